"""The lines that begin, carry on or end a block: containers first, then what stands in them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .body_findings import Findings
from .body_lines import cells_of, fold_name, is_table, skip, width
from .body_tags import DEEPEST, Region

MOST_HEADINGS = 500
MOST_CELLS = 20_000
MOST_RULES = 500
MOST_ABBREVIATIONS = 200
MOST_SEGMENTS = 25_000

WORDS = re.compile(
    r"[^\W\d_]|\*{1,3}(?=[^\W_])|_{1,3}(?=[^\W_])|\d++(?!\.)|[\"'“‘(&<]|\[(?!\^|[xX ]\]|.*\]:)"
)
"""How a line begins that is text and nothing else, unless it is a row of a table."""
_SIMPLE_ITEM = re.compile(rf" {{0,3}}(?:\d+\.|[*+-]) +(?={WORDS.pattern})")
_ITEM = re.compile(r"(?:\d+\.|[*+-])[ \t]+")
_ATX = re.compile(r"(#{1,6}) ")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_NOTE = re.compile(r"\[\^([^\]]*)\]:[ \t]*")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]:[ \t]*+(\S++)[ \t]*+(?:(?:\".*\"|'.*'|\(.*\))[ \t]*)?$")
_ABBREVIATION = re.compile(r"\*\[([^\\\]]*)\] ?: *(?=\S)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) ?[\w-]*(?: +[\w-]+)*(?: +\"(.*?)\")? *$")
_DEFINITION = re.compile(r":[ \t]{1,3}(?=\S)")
_TASK = re.compile(r"\[[xX ]\] +")


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
    running: bool = False
    """It is part of the running text: no heading, title of a box, or cell."""


class Reference(NamedTuple):
    """`[name]: address`: where a reference link leads."""

    address: str
    offset: int


class Reader:
    """State while lines are read from top to bottom."""

    def __init__(self, lines: list[str], findings: Findings) -> None:
        self.lines = lines
        self.kept = list(lines)
        """The lines with the marks of containers blanked out."""
        self.findings = findings
        self.segments: list[Segment] = []
        self.references: dict[str, Reference] = {}
        self.notes: set[str] = set()
        self.start = -1
        """Where the open paragraph begins; -1 for none."""
        self.row = 0
        """Lines of the open paragraph so far."""
        self.fresh = True
        """A new block begins: after a blank line, a heading, a rule."""
        self.listed = False
        """The block began with a list item: more may follow without a blank line."""
        self.depth = 0
        """Open lists and other containers that are indented."""
        self.quotes = 0
        self.outside = 0
        """`depth` where the open quote stands."""
        self.before = 0
        """`depth` before this line: a definition of a name leaves no trace, so lists go on."""
        self.terms = 0
        """Definitions of the block, each of which stands inside the one before."""
        self.headings = 0
        self.rules = 0
        self.abbreviations: list[str] = []
        self.cells = 0

    # What every line may do

    def close(self, end: int) -> None:
        """End the open paragraph at `end`."""
        if self.start >= 0:
            self.segments.append(Segment("text", self.start, end, 0, None, True))
            self.start = -1
        self.row = 0

    def blank(self, offset: int, margin: int | None = None) -> None:
        """A blank line, or one of code or raw HTML, which begins so far from the margin."""
        self.close(offset)
        self.fresh, self.terms = True, 0
        if margin is None:
            self.listed = False
        else:
            self.depth = min(margin // 4, self.depth)

    def begin(self, offset: int) -> None:
        """A paragraph at the left margin: it ends every container."""
        self.depth = self.quotes = 0
        self.start, self.row, self.fresh = offset, 1, False

    def simple(self, index: int, offset: int) -> bool:
        """Read a heading, or an item of a list at the margin, outside of quotes; False for any
        other line, which is for `read`."""
        line = self.lines[index]
        if (item := _SIMPLE_ITEM.match(line)) and (self.fresh or self.listed) and "|" not in line:
            self.close(offset)
            at = item.end()
            self.kept[index] = " " * at + line[at:]
            self.start, self.row, self.depth = offset + at, 1, 1
            self.fresh, self.listed = False, True
        elif self.fresh and (heading := _ATX.match(line)):
            self.depth = 0
            self._atx(line, heading, offset)
        else:
            return False
        return True

    def _open(self, offset: int) -> None:
        """Begin a paragraph, or go on with it."""
        if self.start < 0:
            self.start = offset
        self.row += 1
        self.fresh = False

    def _refuse(self, offset: int, most: int, things: str, hint: str) -> None:
        self.findings.refuse(offset, "too-long", f"more than {most:,} {things}", hint)

    # Containers

    def read(self, index: int, offset: int, column: int) -> int:
        """Read a line that is not plainly the middle of a paragraph.

        Args:
            index: Of the line.
            offset: Of its first character.
            column: Where the line goes on after raw HTML; 0 for the whole line.

        Returns:
            How many more lines were read with it.
        """
        line = self.lines[index]
        at = skip(line, column)
        indent = 0 if column else width(line, 0, at)
        if column:
            self.close(offset)
            self.fresh = True
        self.before = self.depth
        quoted = line[at : at + 1] == ">"
        if self.quotes and (self.fresh or self.listed) and not quoted:
            self.quotes, self.depth = 0, self.outside
        if not (self.quotes and quoted) and self._is_code(indent, offset):
            return 0
        at, quotes = self._containers(line, at, offset, indent)
        if at < 0 or self.findings.fatal:
            return 0
        if self.fresh or quotes > self.quotes:
            self.quotes = quotes
        if quotes and at >= len(line):
            self.close(offset)
            self.fresh = True
            return 0
        if at:
            self.kept[index] = " " * at + line[at:]
        return self._leaf(index, offset, at)

    def _is_code(self, indent: int, offset: int) -> bool:
        """Whether a block that begins so far from the margin is code; else how deep it belongs."""
        if not self.fresh:
            return False
        self.depth = min(indent // 4, self.depth)
        if indent - 4 * self.depth < 4:
            return False
        self.close(offset)
        return True

    def _containers(self, line: str, at: int, offset: int, indent: int) -> tuple[int, int]:
        """Read the marks of quotes and lists.

        Returns:
            Where the rest begins, -1 when it is code; and how many marks of quotes there were.
        """
        quotes = nested = 0
        inside = False
        """A mark of a list was read: what follows stands in its item."""
        while at < len(line):
            sign = line[at]
            margin = 4 * ((self.outside if self.quotes else self.depth) + 1)
            if sign == ">" and (quotes or inside or indent < margin):
                quotes += 1
                if quotes > self.quotes:
                    self.close(offset)
                    self.outside = self.depth if quotes == 1 else self.outside
                    self.fresh, self.depth = True, 0
                first = at + 2 if line[at + 1 : at + 2] == " " else at + 1
                at, inside = skip(line, first), False
                if at < len(line) and line[at] != ">":
                    indent = width(line, first, at)
                    if self._is_code(indent, offset):
                        return -1, quotes
            elif sign == ":" and (term := _DEFINITION.match(line, at)):
                self.close(offset)
                self.terms += 1
                self.depth, self.fresh = min(indent // 4, self.depth) + 1, True
                at = skip(line, term.end())
            elif item := self._item(line, at, indent):
                self.close(offset)
                self.depth = (self.depth if inside else min(indent // 4, self.depth)) + 1
                self.fresh = self.listed = inside = True
                task = _TASK.match(line, item.end())
                at = skip(line, task.end() if task else item.end())
            else:
                break
            nested += 1
            if self._too_deep(offset + at, max(nested, self.terms, self.depth)):
                break
        return at, quotes

    def _too_deep(self, offset: int, depth: int) -> bool:
        if depth > DEEPEST:
            message = f"quotes, lists or boxes are nested deeper than {DEEPEST}"
            self.findings.refuse(offset, "too-deep", message, "nest less, or leave a blank line")
        return depth > DEEPEST

    def _item(self, line: str, at: int, indent: int) -> re.Match[str] | None:
        """The mark of a list item at `at`, when one may stand there."""
        if line[at] not in "*+-0123456789" or not (self.fresh or self.listed):
            return None
        if indent >= 4 * (self.depth + 1) or _rule(line, at):
            return None
        return _ITEM.match(line, at)

    # What stands in them

    def _leaf(self, index: int, offset: int, at: int) -> int:
        """Read the rest of a line behind the marks of its containers."""
        line = self.lines[index]
        sign = line[at : at + 1]
        if sign == "#" and (heading := _ATX.match(line, at)):
            self.close(offset)
            self._atx(line, heading, offset)
        elif sign in ("=", "-") and self.row == 1 and _UNDERLINE.match(line, at):
            start, self.start, self.row = self.start, -1, 0
            self._heading(1 if sign == "=" else 2, start, offset - 1)
        elif sign in ("*", "-", "_") and _rule(line, at):
            self.close(offset)
            self.fresh = True
            self.rules += 1
            if self.rules > MOST_RULES:
                self._refuse(offset, MOST_RULES, "rules", "use headings to divide the text")
        elif sign == "*" and (abbreviation := _ABBREVIATION.match(line, at)):
            self.close(offset)
            self.fresh, self.depth = True, self.before
            self.abbreviations.append(abbreviation[1])
            if len(self.abbreviations) > MOST_ABBREVIATIONS:
                self._refuse(offset, MOST_ABBREVIATIONS, "abbreviations", "explain fewer")
        elif sign == "[" and self._definition(index, offset, at):
            pass
        elif self.fresh and sign in ("!", "?") and (box := _ADMONITION.match(line, at)):
            self.depth += 1
            self._too_deep(offset + at, self.depth)
            if box[1]:
                self.segments.append(Segment("text", offset + box.start(1), offset + box.end(1)))
        elif self.fresh and "|" in line and self._is_table(index, at):
            return self._table(index, offset, at)
        else:
            self._open(offset + at)
        return 0

    def _atx(self, line: str, heading: re.Match[str], offset: int) -> None:
        end = max(heading.end(), len(line.rstrip("#")))
        self._heading(len(heading[1]), offset + heading.end(), offset + end)

    def _heading(self, level: int, start: int, end: int) -> None:
        self.headings += 1
        self.fresh = True
        if self.headings > MOST_HEADINGS:
            self._refuse(start, MOST_HEADINGS, "headings", "make several briefings of it")
        self.segments.append(Segment("heading", start, end, level))

    def _definition(self, index: int, offset: int, at: int) -> bool:
        """Read `[^note]: text` or `[name]: address`."""
        line = self.lines[index]
        if note := _NOTE.match(line, at):
            self.close(offset)
            self.notes.add(note[1])
            self.kept[index] = " " * note.end() + line[note.end() :]
            self.depth = 1
            self._open(offset + note.end())
            return True
        if reference := _REFERENCE.match(line[at:]):
            self.close(offset)
            self.fresh, self.depth = True, self.before
            address = reference[2].lstrip("<").rstrip(">")
            self.references[fold_name(reference[1])] = Reference(address, offset + at)
            return True
        return False

    def _is_table(self, index: int, at: int) -> bool:
        if index + 1 >= len(self.lines):
            return False
        following = self.lines[index + 1]
        return is_table(self.lines[index], at, following, self._inner(following))

    def _inner(self, line: str) -> int:
        """Where a line goes on behind the marks of the open quotes."""
        at = skip(line, 0)
        for _ in range(self.quotes):
            if line[at : at + 1] == ">":
                at = skip(line, at + 1)
        return at

    def _table(self, index: int, offset: int, at: int) -> int:
        """Read a table up to the next blank line; how many lines beyond the first it takes."""
        self.close(offset)
        self.fresh = True
        row = index
        while row < len(self.lines):
            line = self.lines[row]
            first = at if row == index else self._inner(line)
            if not line[first:].strip():
                break
            if row != index + 1:
                cells = cells_of(line, first)
                self.cells += len(cells)
                if self.cells > MOST_CELLS:
                    self._refuse(offset, MOST_CELLS, "table cells", "publish the data as a file")
                    return 0
                self.segments += [Segment("cell", offset + a, offset + b) for a, b in cells]
            offset += len(line) + 1
            row += 1
        return row - index - 1


def _rule(line: str, at: int) -> bool:
    """Whether the rest of a line is three or more `-`, `*` or `_`, at most two spaces apart."""
    rest = line[at:].strip()
    sign = rest[:1]
    if sign not in ("-", "*", "_") or rest.count(sign) < 3:
        return False
    return not rest.strip(sign + " ") and "   " not in rest
