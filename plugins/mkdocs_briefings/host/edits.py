"""Edits of texts: which of them change nothing that others show, and what is told of them."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from ..building.files import Few
from ..building.standing import Line, Row
from ..catalog.briefing import Body
from ..catalog.codes import grade
from ..catalog.problem import Problem, Severity
from ..catalog.settings import Settings
from ..reading.alone import Written
from ..reading.document import open_document
from ..reading.folder import load
from ..reading.nodes import Fault
from ..reading.rewritten import rewritten
from ..viewing.briefing import LONG_READ
from ..weighing import weighed
from .standing import row_of

_OF_THE_HOUSE = "house-"
"""How codes begin of what the house rules have against a briefing."""
_UNTOLD: Mapping[str, Any] = {
    "body": Body(markdown=""),
    "title": "",
    "summary": "",
    "key_points": (),
    "why": "",
}
"""In place of what of a record others show as words alone, if they do."""
_encode = msgspec.json.Encoder(order="deterministic").encode


class Otherwise(Exception):
    """An edit may change more than what is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A file of a briefing, before and now."""

    path: str
    digest: bytes
    """Of its bytes now."""
    before: Written
    now: Written

    @property
    def slug(self) -> str:
        return self.now.slug


def edit_of(
    folder: Path, path: str, settings: Settings, files: Few[Written], digest: bytes
) -> Edit:
    """An edit of a text, or of words of its card: one that changes nothing else that anybody shows
    of its briefing.

    Args:
        folder: Of the content.
        path: The file, relative to it.
        settings: With which it is read.
        files: Know what the file was read as before; told of what it is read as now.
        digest: Of its bytes as they were.

    Raises:
        Otherwise: If it is any other.
    """
    known = files.before(path)
    if known is None or known[0] != digest:
        raise Otherwise("nobody knows what the file was")
    try:
        status = os.lstat(folder / path)
        if not stat.S_ISREG(status.st_mode):
            raise Otherwise("it is no file")
        data = load(folder, path)
        before = known[1]
        now, passing = _read(path, data, before, settings)
    except Fault as fault:
        raise Otherwise(fault.message) from fault
    if passing or now.record is None or outward(now) != outward(before):
        raise Otherwise("others show it otherwise")
    if max(before.body.words, now.body.words) >= LONG_READ:
        raise Otherwise("its citations are files of their own")
    return Edit(path=path, digest=files.keep(path, status, data, now), before=before, now=now)


def _read(path: str, data: bytes, before: Written, settings: Settings) -> tuple[Written, bool]:
    """What a file is read as, and whether it may be read otherwise another time.

    Raises:
        Fault: If it cannot be read.
        Otherwise: If it has no front matter.
    """
    document, _, _ = open_document(path, data, weighed)
    if document is None:
        raise Otherwise("it has no front matter")
    now = rewritten(before, document, settings)
    if now is None:
        # Imported here: most edits leave the front matter as it is.
        from ..reading.written import read_written

        document, _, _ = open_document(path, data, weighed)
        assert document
        now = read_written(document, settings)
    return now, document.passing


def outward(written: Written) -> bytes:
    """All of a briefing's file that pages of others may show, or that decides what they lead to,
    but for words of its card: equal for equal ones.

    That is all but its texts, where in the file links and headings stand, and what is wrong with
    it. By likeness alone its words decide which briefings are related; who shows words of its card
    is known.
    """
    record, body = written.record, written.body
    bare = record and replace(record, **_UNTOLD)
    return _encode(
        (
            replace(written, front=b"", record=bare, loose=None, problems=()),
            record and record.minutes,
            [replace(link, line=0, column=0) for link in body.links],
            [(heading.level, heading.text, heading.anchor) for heading in body.headings],
            body.charts,
        )
    )


def told_after(
    lines: Sequence[Line],
    edits: Iterable[Edit],
    named: Callable[[str], str],
    held: Callable[[Edit], Sequence[Problem]],
    settings: Settings,
) -> Sequence[Line]:
    """What a build tells after edits of texts.

    Args:
        lines: What the one before has told.
        edits: The edits.
        named: Gives the path of a file as it is told.
        held: Gives what the house rules have against a file as it is now.
        settings: Of the site.

    Raises:
        Otherwise: If something is wrong that keeps the site from being published, or if it is not
            clear what is told.
    """
    found = list(lines)
    for edit in edits:
        path = named(edit.path)
        places = [n for n, line in enumerate(found) if line.problems]
        before = [row for n in places for row in found[n].problems if row[0] == path]
        now = _rows_after(edit, before, held(edit), path, settings)
        if now == before:
            continue
        if len(places) != 1 or found[places[0]].level != WARNING:
            raise Otherwise("problems are told otherwise")
        problems = _exchanged(found[places[0]].problems, path, now)
        found[places[0]] = replace(found[places[0]], problems=problems)
    return [line for line in found if line.problems or line.text]


WARNING = 30
"""As Python's logging counts."""


def _rows_after(
    edit: Edit, before: Sequence[Row], held: Sequence[Problem], path: str, settings: Settings
) -> list[Row]:
    """The problems of a file as they are told now, in their order."""
    others = Counter(before)
    others.subtract(_rows(edit.before.problems, path, settings))
    if any(count < 0 for count in others.values()):
        raise Otherwise("not all of its problems were told")
    links = {
        (was.line, was.column): (now.line, now.column)
        for was, now in zip(edit.before.body.links, edit.now.body.links, strict=True)
    }
    found = _rows([*edit.now.problems, *held], path, settings)
    for row in others.elements():
        _, line, column, code, *_ = row
        if code.startswith(_OF_THE_HOUSE):
            continue
        # What stands in the text is said of its links; the rest is said of the front matter.
        if line >= edit.before.body.line:
            if (line, column) not in links:
                raise Otherwise("nobody knows what a problem is of")
            line, column = links[line, column]
        found.append((path, line, column, *row[3:]))
    return sorted(found)


def _rows(problems: Iterable[Problem], path: str, settings: Settings) -> list[Row]:
    graded = grade(problems, settings.severity)
    if any(problem.severity is Severity.ERROR for problem in graded):
        raise Otherwise("nothing is published")
    return [row_of(problem.elsewhere(path)) for problem in graded]


def _exchanged(rows: tuple[Row, ...], path: str, now: Sequence[Row]) -> tuple[Row, ...]:
    """Rows in which those of one path are others."""
    start = next((n for n, row in enumerate(rows) if row[0] == path), None)
    if start is None:
        folder = path.partition("/")[0] + "/"
        later = (n for n, row in enumerate(rows) if row[0].startswith(folder) and row[0] > path)
        start = next(later, None)
        if start is None:
            raise Otherwise("nobody knows where it is told")
    rest = [row for row in rows[start:] if row[0] != path]
    return (*rows[:start], *now, *rest)
