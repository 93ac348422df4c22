"""The blocks of a body: which stretches are text, headings, table cells, code or raw HTML.

A reading of lines, not a Markdown parser: every line is looked at once, and offsets stay those of
the source. What is not text (markers of lists and quotes, code, definitions) is blanked out with
spaces of the same length, so that a stretch of the masked text holds text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .body_findings import Findings
from .body_tags import DEEPEST, Region, regions

MOST_HEADINGS = 500
MOST_CELLS = 20_000
MOST_NOTES = 500

_FENCE = re.compile(r"[> \t]*(`{3,}|~{3,})([^`\n]*)$")
_QUOTE = re.compile(r" {0,3}>( ?)")
_ITEM = re.compile(r"(?:\d+\.|[*+-])( +)(?=\S)")
_ATX = re.compile(r"(#{1,6}) (.*?)#*$")
_RULE = re.compile(r"(?:(?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}) *$")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_NOTE = re.compile(r"\[\^([^\]]*)\]: *")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]: *([^\s]+) *((\"|').*\4 *|\(.*\) *)?$")
_ABBREVIATION = re.compile(r"\*\[[^\\]*?\] ?: *(?=\S)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) ?[\w-]*(?: +[\w-]+)*(?: +\"(.*?)\")? *$")
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)")
_TASK = re.compile(r"\[[xX ]\] +")
_SEPARATOR = re.compile(r"[|:\- ]+$")
_PIPE = re.compile(r"\\.|(`+)|\|")


class Segment(NamedTuple):
    """A stretch of the masked text."""

    kind: str
    """`text`, `heading`, `cell` or `raw`."""
    start: int
    end: int
    level: int = 0
    """Of a heading."""
    region: Region | None = None
    """Of raw HTML."""


class Reference(NamedTuple):
    """`[name]: address`: what a reference link leads to."""

    address: str
    offset: int


@dataclass(slots=True)
class Layout:
    """What the block reader found."""

    masked: str
    segments: list[Segment]
    references: dict[str, Reference]
    notes: set[str]
    """Labels of the footnotes that the body itself defines."""


@dataclass(slots=True)
class _Reader:
    """State while lines are read from top to bottom."""

    lines: list[str]
    kept: list[str]
    findings: Findings
    segments: list[Segment] = field(default_factory=list)
    references: dict[str, Reference] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    start: int = -1
    """Where the open paragraph begins; -1 for none."""
    row: int = 0
    """Lines of the open paragraph so far."""
    fresh: bool = True
    """A new block begins: after a blank line, a heading, a rule."""
    listed: bool = False
    """The block began with a list item: more may follow without a blank line."""
    depth: int = 0
    """Open lists and other indented containers."""
    quotes: int = 0
    headings: int = 0
    cells: int = 0

    def close(self, end: int) -> None:
        """End the open paragraph at `end`."""
        if self.start >= 0:
            self.segments.append(Segment("text", self.start, end))
            self.start = -1
        self.row = 0

    def open(self, offset: int) -> None:
        if self.start < 0:
            self.start = offset
        self.row += 1
        self.fresh = False


def read_blocks(text: str, findings: Findings) -> Layout:
    """Cut a body into segments; refuses through `findings` what passes a limit."""
    lines = text.split("\n")
    kept = list(lines)
    fenced = _fences(lines) if "```" in text or "~~~" in text else {}
    if "\t" in text:
        lines = [
            line.expandtabs(4) if "\t" in line and len(line.expandtabs(4)) == len(line) else line
            for line in lines
        ]
    for index in fenced:
        kept[index] = " " * len(lines[index])
    raw = regions("\n".join(kept)) if "<" in text else []
    tails: dict[int, int] = {}
    if raw:
        kept = _blank(kept, raw, tails)
    reader = _Reader(lines=kept, kept=list(kept), findings=findings)
    offset = 0
    index = 0
    count = len(kept)
    while index < count:
        line = kept[index]
        if index in fenced:
            reader.close(offset)
            reader.fresh = True
        elif not line or line.isspace():
            reader.close(offset)
            reader.fresh = True
            reader.listed = False
        elif reader.row and not reader.quotes and line[0].isalpha():
            # The common case: a paragraph goes on.
            reader.row += 1
        else:
            taken = _line(reader, index, offset, tails.get(index, 0))
            if findings.fatal:
                return Layout("", [], {}, set())
            for _ in range(taken):
                offset += len(kept[index]) + 1
                index += 1
        offset += len(kept[index]) + 1
        index += 1
    reader.close(len(text))
    segments = reader.segments
    if raw:
        segments += [Segment("raw", region.start, region.end, 0, region) for region in raw]
        segments.sort(key=lambda segment: segment.start)
    return Layout("\n".join(reader.kept), segments, reader.references, reader.notes)


def _blank(lines: list[str], raw: list[Region], tails: dict[int, int]) -> list[str]:
    """Blank raw HTML out; in `tails` note at which column a line goes on after it."""
    text = "\n".join(lines)
    pieces = []
    at = 0
    newline = re.compile(r"[^\n]+")
    for region in raw:
        pieces.append(text[at : region.start])
        pieces.append(newline.sub(lambda m: " " * len(m[0]), text[region.start : region.end]))
        at = region.end
        row = text.count("\n", 0, at)
        tails[row] = at - (text.rfind("\n", 0, at) + 1)
    pieces.append(text[at:])
    return "".join(pieces).split("\n")


def _fences(lines: list[str]) -> dict[int, None]:
    """The lines of fenced code, fences included. A fence that is never closed is text."""
    found: dict[int, None] = {}
    start = -1
    mark, indent, close = "", 0, re.compile("")
    for index, line in enumerate(lines):
        if start < 0:
            opening = _FENCE.match(line)
            if opening:
                start, mark = index, opening[1]
                indent = opening.start(1)
                close = re.compile(rf"[> \t]{{0,{indent}}}{re.escape(mark)}[ \t]*$")
            continue
        if close.match(line):
            found.update(dict.fromkeys(range(start, index + 1)))
            start = -1
        elif line.strip("> \t") and len(line) - len(line.lstrip("> \t")) < indent:
            # A line that is not indented as the fence is ends the attempt.
            start = -1
    return found


def _line(reader: _Reader, index: int, offset: int, column: int) -> int:
    """Read a line that is not plainly the middle of a paragraph; how many more lines it took."""
    line = reader.lines[index]
    end = offset + len(line)
    indent = 0
    if not column:
        indent = len(line) - len(line.lstrip(" "))
    else:
        reader.close(offset)
        reader.fresh = True
        column += len(line) - column - len(line[column:].lstrip(" "))
    level = min(indent // 4, reader.depth)
    if reader.fresh and indent >= 4 and indent - 4 * level >= 4:
        reader.close(offset)
        reader.depth = level
        reader.kept[index] = " " * len(line)
        return 0
    at = column or indent
    if reader.fresh:
        reader.depth = level
    quotes = 0
    nested = 0
    while True:
        rest = line[at:]
        sign = rest[:1]
        if sign == ">" and (at - indent <= 4 or quotes):
            quotes += 1
            nested += 1
            at = _after(line, at + 1)
            if quotes > reader.quotes:
                reader.close(offset)
                reader.fresh, reader.depth = True, 0
        elif sign in "*+-0123456789" and (reader.fresh or reader.listed) and not _RULE.match(rest):
            item = _ITEM.match(rest)
            if not item or indent - 4 * reader.depth >= 4:
                break
            reader.close(offset)
            reader.depth = (min(indent // 4, reader.depth) if not nested else reader.depth) + 1
            reader.fresh = reader.listed = True
            nested += 1
            at += item.end()
            if task := _TASK.match(line, at):
                at = task.end()
        elif sign == ":" and _DEFINITION.match(rest):
            reader.close(offset)
            reader.depth, reader.fresh = level + 1, True
            at += 2
        else:
            break
        at += len(line) - at - len(line[at:].lstrip(" ")) if nested <= DEEPEST else 0
        if nested > DEEPEST or reader.depth > DEEPEST:
            reader.findings.refuse(
                offset + at,
                "too-deep",
                f"quotes and lists are nested deeper than {DEEPEST}",
                "nest less",
            )
            return 0
    if quotes < reader.quotes and reader.fresh:
        reader.quotes = 0
    reader.quotes = max(quotes, 0 if reader.fresh else reader.quotes)
    if quotes and at >= len(line):
        reader.close(offset)
        reader.fresh = True
        return 0
    if at:
        reader.kept[index] = " " * at + line[at:]
    return _leaf(reader, index, offset, at, end)


def _after(line: str, at: int) -> int:
    """Past one space, if there is one."""
    return at + 1 if line[at : at + 1] == " " else at


def _leaf(reader: _Reader, index: int, offset: int, at: int, end: int) -> int:
    """Read what stands in a line behind the marks of its containers."""
    line = reader.lines[index]
    rest = line[at:]
    sign = rest[:1]
    if sign == "#" and (heading := _ATX.match(rest)):
        reader.close(offset)
        _heading(
            reader, len(heading[1]), offset + at + heading.start(2), offset + at + heading.end(2)
        )
        return 0
    if sign == "[" and _definition(reader, index, offset, at):
        return 0
    if reader.row == 1 and sign in "=-" and _UNDERLINE.match(rest):
        start = reader.start
        reader.start = -1
        reader.row = 0
        _heading(reader, 1 if sign == "=" else 2, start, offset - 1)
        return 0
    if sign in "*-_" and sign and _RULE.match(rest):
        reader.close(offset)
        reader.fresh = True
        return 0
    if sign == "*" and _ABBREVIATION.match(rest):
        reader.close(offset)
        reader.kept[index] = " " * len(line)
        reader.fresh = True
        return 0
    if reader.fresh and sign in "!?" and (admonition := _ADMONITION.match(rest)):
        reader.depth += 1
        if admonition[1]:
            start = offset + at + admonition.start(1)
            reader.segments.append(Segment("text", start, start + len(admonition[1])))
        reader.fresh = True
        return 0
    if reader.fresh and index + 1 < len(reader.lines):
        following = reader.lines[index + 1].strip()
        if "|" in rest and following and _SEPARATOR.match(following):
            taken = _table(reader, index, offset, at)
            if taken:
                return taken
    reader.open(offset + at)
    return 0


def _heading(reader: _Reader, level: int, start: int, end: int) -> None:
    reader.headings += 1
    reader.fresh = True
    if reader.headings > MOST_HEADINGS:
        reader.findings.refuse(
            start, "too-long", f"more than {MOST_HEADINGS} headings", "make several briefings of it"
        )
    reader.segments.append(Segment("heading", start, end, level))


def _definition(reader: _Reader, index: int, offset: int, at: int) -> bool:
    """Read `[^note]: text` or `[name]: address`."""
    line = reader.lines[index]
    if note := _NOTE.match(line, at):
        reader.close(offset)
        reader.notes.add(note[1])
        if len(reader.notes) > MOST_NOTES:
            reader.findings.refuse(
                offset,
                "too-long",
                f"more than {MOST_NOTES} footnotes",
                "make several briefings of it",
            )
        reader.kept[index] = " " * note.end() + line[note.end() :]
        reader.depth = 1
        reader.open(offset + note.end())
        return True
    if reference := _REFERENCE.match(line[at:]):
        reader.close(offset)
        name = " ".join(reference[1].split()).lower()
        address = reference[2].lstrip("<").rstrip(">")
        reader.references[name] = Reference(address, offset + at)
        reader.kept[index] = " " * len(line)
        reader.fresh = True
        return True
    return False


def _table(reader: _Reader, index: int, offset: int, at: int) -> int:
    """Read a table; how many lines beyond the first it takes, 0 when it is none."""
    head = _cells(reader.lines[index], at)
    columns = len(head)
    if columns < 2 or columns != len(_cells(reader.lines[index + 1], 0)):
        return 0
    reader.close(offset)
    row = index
    while row < len(reader.lines) and reader.lines[row].strip():
        line = reader.lines[row]
        if row != index + 1:
            cells = head if row == index else _cells(line, 0)
            reader.cells += len(cells)
            for first, last in cells:
                reader.segments.append(Segment("cell", offset + first, offset + last))
        offset += len(line) + 1
        row += 1
    if reader.cells > MOST_CELLS:
        reader.findings.refuse(
            offset - 1,
            "too-long",
            f"more than {MOST_CELLS} table cells",
            "publish the data as a file",
        )
    reader.fresh = True
    return row - index - 1


def _cells(line: str, at: int) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end."""
    first = at + len(line[at:]) - len(line[at:].lstrip(" "))
    last = len(line.rstrip(" "))
    if line[first : first + 1] == "|":
        first += 1
    if line[last - 1 : last] == "|" and line[last - 2 : last - 1] != "\\":
        last -= 1
    cells = []
    start = first
    code = ""
    for found in _PIPE.finditer(line, first, last):
        if found[1]:
            if not code and line.find(found[1], found.end(), last) >= 0:
                code = found[1]
            elif found[1] == code:
                code = ""
        elif found[0] == "|" and not code:
            cells.append((start, found.start()))
            start = found.end()
    cells.append((start, last))
    return cells
