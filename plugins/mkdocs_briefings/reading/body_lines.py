"""Small questions about single lines: gaps, names, the cells of a row."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"[|:\- ]+$")
_PIPE = re.compile(r"\\.|(`+)|\|")


def fold_name(name: str) -> str:
    """The form under which names of references are compared."""
    return " ".join(name.split()).lower()


def skip(line: str, at: int) -> int:
    """Past spaces and tabs."""
    return len(line) - len(line[at:].lstrip(" \t"))


def width(line: str, start: int, end: int) -> int:
    """How far a gap indents, tabs going to every fourth column."""
    gap = line[start:end]
    return len(gap.expandtabs(4)) if "\t" in gap else len(gap)


def is_table(line: str, at: int, following: str, first: int) -> bool:
    """Whether a line and the next are head and separator of a table.

    Args:
        line: The head.
        at: Where it begins.
        following: The separator.
        first: Where it begins.
    """
    if "-" not in following or not _SEPARATOR.match(following, first):
        return False
    columns = len(cells_of(line, at))
    return columns > 1 and columns == len(cells_of(following, first))


def cells_of(line: str, at: int) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end."""
    first, last = skip(line, at), len(line.rstrip())
    if line[first : first + 1] == "|":
        first += 1
    if last > first and line[last - 1] == "|" and line[last - 2] != "\\":
        last -= 1
    cells = []
    start = first
    code = ""
    for found in _PIPE.finditer(line, first, last):
        if ticks := found[1]:
            if code == ticks:
                code = ""
            elif not code and line.find(ticks, found.end(), last) >= 0:
                code = ticks
        elif found[0] == "|" and not code:
            cells.append((start, found.start()))
            start = found.end()
    cells.append((start, last))
    return cells
