"""The tree of YAML that is written as nearly all front matter is, without a YAML parser.

One key a line with a text, a list in brackets or a list of lines under it; texts as they stand or
in quotes without escapes. Whatever else YAML knows is left to `nodes`, and so is all that is wrong.
"""

from __future__ import annotations

import re

from .nodes import Entry, Node

LONGEST = 3_000
"""Code points of a text up to which it cannot hold too many keys and values."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ENTRY = re.compile(r"( *)- +")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""Signs with which no text begins that stands as it is."""
_IN_BRACKETS = re.compile(r"( *)([^\s\-?:,\[\]{}#&*!|>'\"%@`][^:,?\[\]{}#'\"]*)(?:,|$)")


def plain_tree(text: str, line: int) -> Node | None:
    """What `nodes.tree` gives for a text whose first line is line `line` of the file; None where
    it is not written plainly."""
    if len(text) > LONGEST or not text.endswith("\n") or not text.replace("\n", "").isprintable():
        return None
    rows = text[:-1].split("\n")
    root: dict[str, Entry] = {}
    at = 0
    while at < len(rows):
        row, place = rows[at], line + at
        name, colon, rest = row.partition(":")
        if not colon or name in root or not _KEY.fullmatch(name):
            return None
        first, at = at, _next(rows, at + 1, listed=not rest)
        if rest:
            value = _value(row, len(name) + 1, rows[first + 1 : at], place)
        else:
            value = _list(rows[first + 1 : at], place + 1)
        if value is None:
            return None
        root[name] = Entry(Node(name, place, 1, True), value)
    return Node(root, line, 1)


def _next(rows: list[str], at: int, *, listed: bool) -> int:
    """The row of the next key: what is indented belongs to the one before, and entries do."""
    while at < len(rows) and rows[at][:1] in (" -" if listed else " ") and rows[at]:
        at += 1
    return at


def _list(rows: list[str], line: int) -> Node | None:
    """The list whose entries are these rows, all indented alike."""
    entries: list[Node] = []
    indent = -1
    for number, row in enumerate(rows):
        mark = _ENTRY.match(row)
        if not mark or indent not in (-1, mark.end(1)):
            return None
        indent = mark.end(1)
        entry = _scalar(row[mark.end() :], line + number, mark.end() + 1)
        if entry is None:
            return None
        entries.append(entry)
    return Node(entries, line, indent + 1) if entries else None


def _value(row: str, at: int, more: list[str], line: int) -> Node | None:
    """The value that begins in a row behind the colon before `at`, and goes on in others."""
    written = row[at:].lstrip(" ")
    if row[at] != " " or not written:
        return None
    column = len(row) - len(written) + 1
    if not more:
        made = _bracketed if written[0] == "[" else _scalar
        return made(written, line, column)
    lines = [written.rstrip(" "), *(part.strip(" ") for part in more)]
    return _scalar(" ".join(lines), line, column) if all(lines) else None


def _bracketed(written: str, line: int, column: int) -> Node | None:
    """A list in brackets, of texts as they stand."""
    inside = written.rstrip(" ")
    if inside[-1] != "]" or len(inside) < 3:
        return None
    inside, entries, at = inside[1:-1], list[Node](), 0
    while at <= len(inside):
        entry = _IN_BRACKETS.match(inside, at)
        # Behind a comma something stands: an entry, or a gap that is none.
        if not entry or (entry.end() == len(inside) and inside[-1] == ","):
            return None
        entries.append(Node(entry[2].rstrip(" "), line, column + 1 + entry.start(2), True))
        at = entry.end() if entry[0].endswith(",") else len(inside) + 1
    return Node(entries, line, column)


def _scalar(written: str, line: int, column: int) -> Node | None:
    """A text, as it stands or in quotes."""
    written = written.rstrip(" ")
    if not written:
        return None
    sign = written[0]
    if sign in "'\"":
        if len(written) < 2 or written[-1] != sign:
            return None
        inside = written[1:-1]
        if sign == '"':
            return None if sign in inside or "\\" in inside else Node(inside, line, column)
        # Two of them stand for one.
        inside = inside.replace("''", "\0")
        return None if sign in inside else Node(inside.replace("\0", "'"), line, column)
    if sign in _INDICATORS or ": " in written or " #" in written or written[-1] == ":":
        return None
    return Node(written, line, column, True)
