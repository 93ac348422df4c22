"""What a build says in MkDocs' log: shown, counted, and kept for the next build to say again."""

from __future__ import annotations

import logging

from mkdocs.utils import CountHandler

from ..building.standing import Line
from ..saying import JsonLines, TextLines, as_json, told
from .standing import row_of

LINE = TextLines()


def show_log(level: int) -> None:
    """Show MkDocs' log as its own command does, without its colours."""
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.INFO)
    if not log.handlers:
        shown = logging.StreamHandler()
        shown.setFormatter(JsonLines() if as_json() else LINE)
        log.addHandler(shown)
    for handler in log.handlers:
        handler.setLevel(level)


class Counts(CountHandler):
    """Counts as MkDocs does, but each of the problems that one record tells."""

    def handle(self, record: logging.LogRecord) -> bool:
        counted = bool(self.filter(record))
        if counted:
            self.counts[record.levelno] += max(1, len(told(record)))
        return counted


def _kept(text: str) -> str:
    """A text without lone surrogates, which are escaped as standard error escapes them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class Told(logging.Handler):
    """Remembers what MkDocs' log is told, whatever is shown of it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[Line] = []

    def emit(self, record: logging.LogRecord) -> None:
        problems = told(record)
        if problems:
            rows = tuple(map(row_of, problems))
            self.lines.append(Line(level=record.levelno, problems=rows))
            return
        text = record.getMessage()
        trace = logging.Formatter().format(record).removeprefix(text).lstrip("\n")
        self.lines.append(Line(level=record.levelno, text=_kept(text), trace=_kept(trace)))

    def __enter__(self) -> Told:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
