"""The report of `briefings import`: what was taken, guessed and cut, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..catalog.problem import Problem, Severity, printable
from ..reading.raw import Note
from .importing import Folder, Plan

_TEXT = 60
"""Code points of a line that the report quotes."""
_TAKEN = {"title": "title", "byline": "byline", "date": "date", "summary": "summary"}


def report(plan: Plan, folder: Folder, *, dry: bool) -> list[str]:
    """The lines about one text that became a briefing."""
    lines = [f"{plan.source.as_posix()}"]
    for head, rows in (
        ("taken", _taken(plan)),
        ("guessed", _guessed(plan)),
        ("cut", _cut(plan.raw.notes)),
        ("for you", _left(plan, folder)),
    ):
        for row in rows:
            lines.append(f"  {head:<8}  {row}")
            head = ""
    arrow = "would write" if dry else "wrote"
    lines.append(f"  {arrow:<8}  {(folder.path / plan.target).as_posix()}")
    return [printable(line) for line in lines]


def failure(plan: Plan) -> list[str]:
    """The lines about one text that became none."""
    return [str(problem) for problem in plan.faults]


def _row(note: Note, more: str = "") -> str:
    return f"line {note.line}: {_quoted(note.text)}{f', {more}' if more else ''}"


def _quoted(text: str) -> str:
    first = " ".join(text.split())
    return f'"{first}"' if len(first) <= _TEXT else f'"{first[: _TEXT - 1].rstrip()}…"'


def _taken(plan: Plan) -> Iterator[str]:
    for note in plan.raw.notes:
        if note.kind in _TAKEN and not note.why.startswith("likely"):
            more = "" if note.kind in {"title", "date"} else note.why
            yield f"{_TAKEN[note.kind]} of {_row(note, more)}"
    if plan.title != plan.raw.title:
        yield f"title as given: {_quoted(plan.title)}"
    if plan.editor:
        yield f"editor: {plan.editor}"
    if plan.day and not plan.day_from:
        yield f"date as given: {plan.day}"
    if plan.topics_given:
        yield f"topics as given: {', '.join(topic.key for topic in plan.topics)}"
    words = sum(len(block.text.split()) for block in plan.raw.blocks)
    number = len(plan.raw.blocks)
    yield f"{number} paragraph{'' if number == 1 else 's'}, {words} words, as typed"


def _guessed(plan: Plan) -> Iterator[str]:
    if plan.day_from:
        yield f"date: {plan.day}, likely: {plan.day_from} says so"
    for topic in () if plan.topics_given else plan.topics:
        yield f"topic: {topic.key}, {topic.sure}: {topic.why}"
    if plan.raw.lang:
        yield f"language of the whole text: {plan.raw.lang}, sure"
    for note in plan.raw.notes:
        if note.kind == "lang":
            yield f'language: {note.why}, sure, marked lang="{note.why}" in {_row(note)}'
        elif note.kind == "title" and note.why.startswith("likely"):
            yield f"title: {note.why} on {_row(note)}"
        elif note.kind in {"heading", "list"}:
            yield f"{note.kind}: likely, {note.why} in {_row(note)}"


def _cut(notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        if note.kind in {"cut", "removed"}:
            yield _row(note, note.why)


def _left(plan: Plan, folder: Folder) -> Iterator[str]:
    for note in plan.raw.notes:
        if note.kind == "kept":
            yield f"look at {_row(note, note.why)}"
    days = {day for _, day, _ in plan.raw.days}
    if plan.day and days and plan.day.isoformat() not in days:
        line, day, _ = plan.raw.days[0]
        yield f"the text dates itself {day} (line {line}), the briefing {plan.day}"
    if plan.new_authors:
        names = ", ".join(author.written for author in plan.new_authors)
        yield f"{names}: not in authors.yml, see below"
    for editor in plan.raw.editors:
        if not plan.editor or editor != folder.registries.authors[plan.editor].name:
            yield f"'{editor}' edited it: add `editor` once authors.yml has the name"
    for problem in plan.found:
        if problem.code != "unknown-author":
            yield _problem(problem)


def _problem(problem: Problem) -> str:
    grade = "" if problem.severity == Severity.WARNING else "must be mended: "
    place = f" (line {problem.line} of the briefing)" if problem.line > 1 else ""
    hint = f": {problem.hint}" if problem.hint else ""
    return f"{grade}{problem.message}{place}{hint}"


def passed_over(paths: Sequence[Path]) -> str:
    """The line about files that are no raw texts; at most five are named."""
    names = ", ".join(printable(path.as_posix()) for path in paths[:5])
    more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
    return f"passed over, as no .txt files: {names}{more}"
