"""A body on which changes are noted, each at its place in the source."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .records import Item

_FENCE = re.compile(
    r"^[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}|~{3,})([^\n]*)$", re.M
)
_RUN = re.compile(r"(?<!\\)`+")
_BRACKET = re.compile(r"(?<!\\)[\[\]]|\n[ \t]*\n")
_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(slots=True)
class Sheet:
    """The text of an item with edits, all given by offsets in the text as it was."""

    item: Item
    text: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    """Spans of code, fenced or between ticks; sorted."""
    brackets: dict[int, int] | None = None
    """Place of each closing bracket → that of its opening one; found when first asked for."""

    @classmethod
    def of(cls, item: Item) -> Sheet:
        sheet = cls(item, item.body)
        sheet.lines = [0, *(m.end() for m in re.finditer("\n", item.body))]
        sheet.code = code_spans(item.body)
        return sheet

    def place(self, offset: int) -> tuple[int, int]:
        """Line in the source file and column of an offset."""
        n = bisect.bisect_right(self.lines, offset) - 1
        return self.item.body_line + n, offset - self.lines[n] + 1

    def note(self, code: str, offset: int, what: str, why: str = "") -> None:
        self.item.note(code, what, why, *self.place(offset))

    def edit(self, start: int, end: int, new: str) -> None:
        self.edits.append((start, end, new))

    def in_code(self, offset: int) -> bool:
        return within(self.code, offset)

    def opening(self, close: int) -> int:
        """Where the bracket opens that closes at `close`; `close` itself when none does."""
        if self.brackets is None:
            self.brackets, waiting = {}, []
            for found in _BRACKET.finditer(self.text):
                match found[0]:
                    case "[":
                        waiting.append(found.start())
                    case "]" if waiting:
                        self.brackets[found.start()] = waiting.pop()
                    case gap if gap[0] == "\n":
                        waiting.clear()
        return self.brackets.get(close, close)

    def result(self) -> str:
        """The text with its edits. Of edits that overlap, the one that begins first counts, or
        of two at one place the longer: what is inside it was part of what it replaced."""
        parts, at = [], 0
        # An insertion at a place stands before the edit that begins there.
        for start, end, new in sorted(self.edits, key=lambda e: (e[0], e[1] != e[0], -e[1])):
            if start < at:
                continue
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at:]])


def within(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of some spans holds an offset; they are sorted and do not overlap."""
    n = bisect.bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return n >= 0 and offset < spans[n][1]


def code_spans(text: str) -> list[tuple[int, int]]:
    """Spans of fenced blocks and of code between ticks."""
    spans: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for found in _FENCE.finditer(text):
        if opened is None:
            if "`" in found[2] and found[1][0] == "`":
                continue
            opened = found[1], found.start(1)
        elif found[1].startswith(opened[0]) and not found[2].strip():
            spans.append((opened[1], found.end()))
            opened = None
    if opened is not None:
        spans.append((opened[1], len(text)))
    if "`" in text:
        at = 0
        for start, end in [*spans, (len(text), len(text))]:
            spans += _ticked(text, at, start)
            at = end
    return sorted(spans)


def _ticked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between runs of ticks of one length; a blank line ends what no run closes."""
    spans = []
    runs = list(_RUN.finditer(text, start, end))
    later: dict[int, list[int]] = {}
    for n in range(len(runs) - 1, -1, -1):
        later.setdefault(len(runs[n][0]), []).append(n)
    n = 0
    while n < len(runs):
        same = later[len(runs[n][0])]
        while same and same[-1] <= n:
            same.pop()
        closer = runs[same[-1]] if same else None
        if closer is None or _BLANK.search(text, runs[n].end(), closer.start()):
            n += 1
            continue
        spans.append((runs[n].start(), closer.end()))
        n = same[-1] + 1
    return spans
