"""A problem: one fault in what a contributor wrote, where it is and how to mend it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_OFFERS: Final = 100
"""Of the faults of one file, so many are told what is named like them: to look through all names
of an archive takes long, and nobody mends by hand what is wrong so often."""


class Severity(StrEnum):
    """How a build treats a problem."""

    ERROR = "error"
    """Nothing is published; a serving build shows the problem on the page."""
    WARNING = "warning"
    """Reported and published; an error when strict."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault, sorted by place."""

    path: str
    """File, relative to the content folder, with `/` on every system; who prints it adds the
    folder as the user named it."""
    line: int
    """1-based, counted in the file on disk, front matter included."""
    column: int
    """1-based, in code points."""
    code: str
    """Stable word for docs and tests, such as `unknown-topic`; a key of `codes.CODES`."""
    message: str
    """What is wrong and what was found, in one line."""
    hint: str = ""
    """How to mend it, in one line; empty when the message says it all."""
    severity: Severity = Severity.ERROR

    # Archives have tens of thousands, and `dataclasses.replace` takes four times as long.
    def elsewhere(self, path: str) -> Problem:
        """The same at another path."""
        return Problem(
            path, self.line, self.column, self.code, self.message, self.hint, self.severity
        )

    def graded(self, severity: Severity) -> Problem:
        """The same with another severity."""
        return Problem(
            self.path, self.line, self.column, self.code, self.message, self.hint, severity
        )

    def __str__(self) -> str:
        path, message, hint = self.path, self.message, self.hint
        # Nearly always, and archives have tens of thousands.
        if not f"{path}{message}{hint}".isprintable():
            path, message, hint = map(printable, (path, message, hint))
        return shown(path, self.line, self.column, self.code, message, hint, self.severity)


def shown(
    path: str, line: int, column: int, code: str, message: str, hint: str, severity: Severity
) -> str:
    """A problem as people read it, of parts that are printable."""
    text = f"{path}:{line}:{column}: {severity}[{code}]: {message}"
    return f"{text}\n  hint: {hint}" if hint else text


def printable(text: str) -> str:
    r"""Escape what could paint a terminal or forge a log line: controls, bidi, lone surrogates.

    >>> printable("a\nb\u202e")
    'a\\nb\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(
        c.encode("unicode_escape").decode("ascii")
        if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"} and c != "\u200d"
        else c
        for c in text
    )
