"""A finding: one fault in a body, before the file it stands in is known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a body, where it is and how to mend it."""

    line: int
    """1-based, counted in the file on disk."""
    column: int
    """1-based, in code points."""
    code: str
    message: str
    hint: str


@dataclass(slots=True)
class Findings:
    """Collects the findings of one body and turns offsets into places."""

    text: str
    first: int
    """Line of the file where `text` begins."""
    found: list[Finding] = field(default_factory=list)
    fatal: bool = False
    """A limit is passed: nothing slower may look at the text."""
    _starts: list[int] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in `text`."""
        if not self._starts:
            lines = self.text.split("\n")
            self._starts = list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0))
        row = bisect_right(self._starts, offset) - 1
        return self.first + row, offset - self._starts[row] + 1

    def add(self, offset: int, code: str, message: str, hint: str = "") -> None:
        """Note a fault at `offset`."""
        line, column = self.place(offset)
        self.found.append(Finding(line, column, code, message, hint))

    def refuse(self, offset: int, code: str, message: str, hint: str = "") -> None:
        """Note a fault after which the text is not looked at any further."""
        self.add(offset, code, message, hint)
        self.fatal = True

    def sorted(self) -> tuple[Finding, ...]:
        """All findings by place, each once."""
        order = sorted(set(self.found), key=lambda f: (f.line, f.column, f.code, f.message))
        return tuple(order)
