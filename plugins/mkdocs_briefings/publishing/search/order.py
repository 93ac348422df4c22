"""The same index for the same pages, byte for byte.

Pagefind 1.5 writes the values of a filter in an order that changes from run to run, and names the
file, and the file that names it, after their content. Here the values are sorted and the names
made again. An index that is not as expected is left as it is: it works all the same.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

SIGNATURE = b"pagefind_dcd"
"""Begins each of Pagefind's packed files, before the CBOR."""

ENTRY = "pagefind-entry.json"

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, in an order of their own."""
    try:
        return _settled(files)
    except (KeyError, ValueError, TypeError, IndexError, OSError, EOFError, zlib.error):
        return dict(files)


def _settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    made = dict(files)
    entry = json.loads(made[ENTRY])
    for lang, known in entry["languages"].items():
        packed = made.pop(f"pagefind.{known['hash']}.pf_meta")
        meta = _unpacked(packed)
        named = meta[3]
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
