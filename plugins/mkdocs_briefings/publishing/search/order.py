"""The same index for the same pages, byte for byte, and little to load of it.

Pagefind 1.5 writes the values of a filter in an order that changes from run to run, and names the
file, and the file that names it, after their content. Here the values are sorted and the names
made again.

Every search loads the list of all pages and all chunks, with their names and lengths, most of
which is noise to a compressor. So the names are cut to what tells them apart, and lengths, which
only weigh results, are rounded.

An index that is not as expected is left as it is: it works all the same.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

SIGNATURE = b"pagefind_dcd"
"""Begins each of Pagefind's packed files, before the CBOR."""

ENTRY = "pagefind-entry.json"

_LETTERS = 5
"""Hexadecimal digits of a name at least. One in a million changed files has its old name, and is
taken for the old one by a browser that still has that."""
_BITS = 4
"""Binary digits of a length that are kept: it is right to one part in 16."""

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


def settled(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    """The files of an index, in an order of their own.

    The names of pages and chunks begin with the prefix, which tells apart those of several indexes
    that are searched together.
    """
    try:
        return _settled(files, prefix)
    except (KeyError, ValueError, TypeError, IndexError, OSError, EOFError, zlib.error):
        return dict(files)


def told(fragment: bytes) -> Any:
    """What an index stores of a page: its address, text, headings and filters."""
    return json.loads(gzip.decompress(fragment).removeprefix(SIGNATURE))


def _settled(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    made = dict(files)
    entry = json.loads(made[ENTRY])
    for lang, known in entry["languages"].items():
        packed = made.pop(f"pagefind.{known['hash']}.pf_meta")
        meta = _unpacked(packed)
        _, pages, chunks, named, *_ = meta
        _rename(made, "fragment/{}.pf_fragment", pages, 0, prefix)
        _rename(made, "index/{}.pf_index", chunks, 2, prefix)
        for page in pages:
            page[1] = _rounded(page[1])
        for each in named:
            _, old = each
            chunk = _unpacked(made.pop(f"filter/{old}.pf_filter"))
            chunk[1].sort(key=lambda value: value[0])
            each[1] = f"{lang}_{_name(chunk)}"
            made[f"filter/{each[1]}.pf_filter"] = _packed(chunk)
        named.sort()
        known["hash"] = f"{lang}_{_name(meta)}"
        made[f"pagefind.{known['hash']}.pf_meta"] = _packed(meta)
    made[ENTRY] = json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()
    return dict(sorted(made.items()))


def _rename(
    files: dict[str, bytes], path: str, rows: Sequence[list[Any]], column: int, prefix: str
) -> None:
    """Cut the names in a column, and those of their files: `en_18835d4` to `en_18835`."""
    hashes = {row[column]: row[column].rpartition("_")[2] for row in rows}
    short = _short(hashes.values(), _LETTERS)
    names = {old: f"{prefix}_{short[own]}" for old, own in hashes.items()}
    contents = {new: files.pop(path.format(old)) for old, new in names.items()}
    files |= {path.format(new): content for new, content in contents.items()}
    for row in rows:
        row[column] = names[row[column]]


def _short(names: Iterable[str], least: int) -> dict[str, str]:
    """A beginning of each name that is no other's, of at least so many characters.

    >>> _short(["abcd1", "abcd2", "1234567"], 3)
    {'abcd1': 'abcd1', 'abcd2': 'abcd2', '1234567': '123'}
    """
    short = {name: name[:least] for name in names}
    while len(held := Counter(short.values())) < len(short):
        short = {
            name: name[: len(cut) + 1] if held[cut] > 1 else cut for name, cut in short.items()
        }
    return short


def _rounded(number: int) -> int:
    """The nearest number of so many binary digits, zeros after them.

    >>> [_rounded(number) for number in (7, 15, 17, 31, 1000)]
    [7, 15, 18, 32, 1024]
    """
    others = max(number.bit_length() - _BITS, 0)
    half = 1 << others >> 1
    return number + half >> others << others


def _name(value: Any) -> str:
    return hashlib.blake2b(b"".join(_written(value)), digest_size=5).hexdigest()


def _packed(value: Any) -> bytes:
    return gzip.compress(SIGNATURE + b"".join(_written(value)), 9, mtime=0)


def _unpacked(packed: bytes) -> Any:
    data = gzip.decompress(packed)
    if not data.startswith(SIGNATURE):
        raise ValueError("not one of Pagefind's files")
    data = data[len(SIGNATURE) :]
    value, end = _read(data, 0)
    # Whatever this does not know how to write stays as it was.
    if end != len(data) or b"".join(_written(value)) != data:
        raise ValueError("not the CBOR that this writes")
    return value


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """A value of the small part of CBOR (RFC 8949) that Pagefind uses, and where it ends."""
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number >= 24:
        size = _SIZES[number]
        number = int.from_bytes(data[at : at + size])
        at += size
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 3:
            return data[at : at + number].decode(), at + number
        case 4:
            values = []
            for _ in range(number):
                value, at = _read(data, at)
                values.append(value)
            return values, at
    raise ValueError(f"CBOR of kind {kind}")


def _written(value: Any) -> Iterator[bytes]:
    if isinstance(value, int):
        yield _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    elif isinstance(value, str):
        text = value.encode()
        yield _head(_TEXT, len(text))
        yield text
    else:
        yield _head(_ARRAY, len(value))
        for each in value:
            yield from _written(each)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for code, size in _SIZES.items():
        if number < 1 << 8 * size:
            return bytes([kind << 5 | code]) + number.to_bytes(size)
    raise ValueError(f"{number} is too large")
