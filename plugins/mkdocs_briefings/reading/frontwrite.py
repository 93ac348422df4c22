"""Front matter, written: the canonical order of keys and quotes exactly where they are needed.

What is written here reads back as the same text in two worlds: with our reader, where a scalar is
its text, and with plain YAML, where `no` is false and `12:30` is 750 unless it is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

KEY_ORDER = (
    "title",
    "author",
    "authors",
    "date",
    "topics",
    "summary",
    "key_points",
    "why",
    "storyline",
    "storylines",
    "events",
    "sources",
    "related",
    "updated",
    "corrections",
    "status",
    "by",
    "aliases",
    "lang",
    "translation_of",
    "image",
    "place",
    "editor",
    "number",
    "draft",
    "slug",
    "facts",
)
"""Keys of a briefing in the order they are written; others follow, in the order given."""

_WIDTH = 88
"""Columns that a list on one line may take."""

# Plain where no YAML, old or new, sees anything but text: begins with a letter, a digit or a sign
# of no meaning, holds nothing that begins a comment or a mapping, and is no word or number.
_PLAIN = re.compile(
    r"[A-Za-z0-9($\u00a1-\u2027\u202a-\ufefe\uff00-\uffef\U00010000-\U0010ffff]"
    r"(?:[^\x00-\x1f\x7f-\xa0#:\u2028\u2029\ufeff]|:(?=[^\s])|(?<=[^\s])#)*"
)
_WORDS_AFTER_NUMBER = re.compile(r" .*[^\W\d_]{3}")
_MEANS_SOMETHING = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"]
)
_SHORT = re.compile(r"[\w .()/&+-]+")
"""An item that may stand in a list on one line, where YAML gives more signs a meaning."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def front_matter(record: Mapping[str, Any]) -> str:
    """The lines of a front matter, each ended by a newline, without the `---` fences.

    Keys come in `KEY_ORDER`. A value is text, a date, a date-time, a number, a bool, a mapping
    with text keys, or a sequence of these; `None` and empty sequences and mappings are left out,
    as a key without a value is a problem.

    Raises:
        ValueError: For text with a lone surrogate, which no file can hold.
        TypeError: For a value of another type.
    """
    order = {key: place for place, key in enumerate(KEY_ORDER)}
    keys = sorted(record, key=lambda key: order.get(key, len(order)))
    lines: list[str] = []
    for key in keys:
        lines += _entry(scalar(key), record[key], indent="")
    return "".join(f"{line}\n" for line in lines)


def _entry(head: str, value: Any, indent: str) -> list[str]:
    if value is None or (_many(value) and not value):
        return []
    if isinstance(value, Mapping):
        inner = [line for k, v in value.items() for line in _entry(scalar(k), v, indent + "  ")]
        return [f"{indent}{head}:", *inner] if inner else []
    if not _many(value):
        return [f"{indent}{head}: {scalar(value)}"]
    row = _row(value)
    if row and len(indent) + len(head) + 2 + len(row) <= _WIDTH:
        return [f"{indent}{head}: {row}"]
    return [f"{indent}{head}:", *(line for item in value for line in _item(item, indent + "  "))]


def _item(value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        inner = [line for k, v in value.items() for line in _entry(scalar(k), v, indent + "  ")]
        # The first key stands beside the dash, the others under it.
        return [f"{indent}- {inner[0].lstrip()}", *inner[1:]] if inner else []
    if _many(value):
        raise TypeError("a list in a list is not front matter")
    return [f"{indent}- {scalar(value)}"]


def _row(values: Sequence[Any]) -> str:
    """The list on one line, or nothing when an item is not short and plain."""
    items = [scalar(value) for value in values if not (_many(value) or isinstance(value, Mapping))]
    if len(items) < len(values) or not all(map(_SHORT.fullmatch, items)):
        return ""
    return f"[{', '.join(items)}]"


def _many(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def scalar(value: Any) -> str:
    """One value as it stands in YAML: plain, in single quotes or, with escapes, in double ones."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # also a date-time
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(f"no front matter for {type(value).__name__}")
    if _is_plain(value):
        return value
    if "'" not in value and _printable(value):
        return f"'{value}'"
    return '"' + "".join(map(_escaped, value)) + '"'


def _is_plain(text: str) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and not text.endswith((" ", ":"))
        and text.casefold() not in _MEANS_SOMETHING
        and not (text[0].isdigit() and not _WORDS_AFTER_NUMBER.search(text))
        and _printable(text)
    )


def _printable(text: str) -> bool:
    return all(_escaped(letter) == letter for letter in text if letter not in '\\"')


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"a lone surrogate U+{code:04X} cannot be written")
    # What YAML calls printable, without the line ends and the mark that only confuse editors.
    if (0x20 <= code < 0x7F or code >= 0xA0) and code not in (0x2028, 0x2029, 0xFEFF):
        if code in (0xFFFE, 0xFFFF):
            return f"\\u{code:04x}"
        return letter
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
