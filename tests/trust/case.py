"""A case: what somebody sends, and what is to become of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_briefings.catalog.problem import Problem, Severity

CANARY = "kanari"
"""Stands in every hostile value; nothing that could run, load or lead away may hold it."""

HEAD = "author: Ada Example\ndate: 2026-05-01\ntopics: [Money]\nsummary: Short.\n"
"""What a front matter needs beside its title; four lines."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files, and the problems that they give."""

    name: str
    files: Mapping[str, bytes]
    """By path in the content folder."""
    errors: tuple[tuple[str, int], ...] = ()
    """Code and line of each error in the first file, in order; none where it is published."""
    warnings: frozenset[str] = frozenset()
    """Codes of the warnings, of which there may be several each."""
    shown: tuple[str, ...] = ()
    """Words that the page must show, whatever else was dropped."""

    @property
    def path(self) -> str:
        """Of the file that the case is about."""
        return next(iter(self.files))

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".md")

    def write(self, folder: Path) -> None:
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def judged(self, problems: Iterable[Problem]) -> list[str]:
        """What of the problems is not as foreseen, a line each."""
        told = [problem for problem in problems if problem.path == self.path]
        errors = tuple((p.code, p.line) for p in told if p.severity is Severity.ERROR)
        warnings = frozenset(p.code for p in told if p.severity is Severity.WARNING)
        faults = []
        if errors != self.errors:
            faults.append(f"{self.name}: errors {errors} instead of {self.errors}")
        if not self.errors and warnings != self.warnings:
            faults.append(f"{self.name}: warnings {set(warnings)} instead of {set(self.warnings)}")
        faults += [f"{self.name}: no hint: {p}" for p in told if not p.hint]
        return faults


def slug_of(name: str) -> str:
    """A file's name from a case's."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def briefing(
    name: str, body: str | bytes = "Text.", *, title: str = "", more: str = "", head: str = HEAD
) -> tuple[str, bytes]:
    """Path and bytes of a briefing: a title and `HEAD`, `more` keys, and a body from line 8 on,
    or later where there are more keys."""
    text = body.encode() if isinstance(body, str) else body
    front = f"---\ntitle: {title or 'A title'}\n{head}{more}---\n"
    return f"{slug_of(name)}.md", front.encode() + text + b"\n"


def raw(name: str, text: str | bytes) -> tuple[str, bytes]:
    return f"{slug_of(name)}.md", text.encode() if isinstance(text, str) else text


@dataclass
class Table:
    """Collects cases; each has a name of its own, and so a file of its own."""

    cases: list[Case] = field(default_factory=list)

    def page(self, name: str, file: tuple[str, bytes], *warnings: str, shows: str = "") -> None:
        """A case that is published, with these warnings."""
        shown = (shows,) if shows else ()
        self._add(Case(name=name, files=dict([file]), warnings=frozenset(warnings), shown=shown))

    def error(self, name: str, file: tuple[str, bytes], *errors: tuple[str, int]) -> None:
        """A case that is refused, for these reasons."""
        self._add(Case(name=name, files=dict([file]), errors=errors))

    def _add(self, case: Case) -> None:
        assert all(case.path != other.path for other in self.cases), case.path
        self.cases.append(case)
