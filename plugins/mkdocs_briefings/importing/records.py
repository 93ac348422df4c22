"""What is known of an old site while it is brought in: its files, findings and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A value of old front matter. Every scalar is its text."""

TAKEN, GUESSED, LEFT = "taken", "guessed", "left"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the report says of one place of a source file."""

    code: str
    """A key of `findings.CODES`, which says whether it was taken, guessed or left."""
    line: int
    """1-based, in the source file; 0 for the whole file."""
    column: int
    what: str
    """As it stood in the source, whole."""
    why: str = ""
    """What became of it, or what to do."""


@dataclass(slots=True)
class Matter:
    """Front matter as it was written."""

    values: dict[str, Value] = field(default_factory=dict)
    """By key as written."""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each key."""
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    """Line, column and text of what was written for writers only."""

    def place(self, key: str) -> tuple[int, int]:
        return self.places.get(key, (1, 1))


@dataclass(slots=True, kw_only=True)
class Item:
    """One source file on its way in."""

    source: str
    """Path in the source tree, with `/`."""
    kind: str
    """`briefing`, `page`, `section`, `topic` or `author`."""
    matter: Matter = field(default_factory=Matter)
    body: str = ""
    body_line: int = 1
    """Line of the source on which the body begins."""
    title: str = ""
    slug: str = ""
    day: date | datetime | None = None
    key: str = ""
    """Of a topic or an author."""
    url: str = ""
    """Old address, root-relative, when the file itself or a rule says it."""
    old: list[str] = field(default_factory=list)
    """Every old address, root-relative, the main one first."""
    findings: list[Finding] = field(default_factory=list)
    original: str = ""
    """Source path of the text that it translates."""
    slug_new: str = ""
    """Its slug with us."""
    target: str = ""
    """Path in the content folder; empty for what becomes no file of its own."""
    record: dict[str, object] = field(default_factory=dict)
    """Our front matter."""
    text: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures that were inside the file, by the name the body gives them."""

    def note(self, code: str, what: str, why: str = "", line: int = 0, column: int = 1) -> None:
        self.findings.append(Finding(code, line, column, what, why))

    def note_key(self, code: str, key: str, what: str, why: str = "") -> None:
        line, column = self.matter.place(key)
        self.note(code, what, why, line, column)


@dataclass(slots=True, kw_only=True)
class Site:
    """An old site, read but not translated."""

    form: str
    dialect: str
    """Which marks its bodies hold: `hugo`, `liquid`, `pelican`, `mkdocs` or `plain`."""
    items: list[Item] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    """Where it stood: `https://old.example/blog/`, the first the main one."""
    variables: dict[str, str] = field(default_factory=dict)
    """What `{{ site.x }}` means."""
    content: str = ""
    """Folder of its texts, with a trailing `/`; empty for the top."""
    statics: list[str] = field(default_factory=list)
    """Folders whose files stood at the root of the old site."""
    authors: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Entries of the old registry of authors: key → fields."""
    topics: dict[str, dict[str, Value]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """Source files that were understood, beside those of the items."""
    findings: list[tuple[str, Finding]] = field(default_factory=list)
    """What is to be said of files that are no items."""
    permalink: str = ""
    """Rule of addresses, as `/:year/:month/:day/:slug/`; empty when every item has its `url`."""
    permalink_open: bool = False
    """The rule is a default that links may refute."""


def text(value: Value | None) -> str:
    """A scalar as text; lists joined by commas; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(filter(None, (text(item) for item in value)))
    return "; ".join(f"{key}: {text(item)}" for key, item in value.items())


def texts(value: Value | None) -> list[str]:
    """A value as a list of names: a list, or one text with commas in it only when it is quoted
    as a list."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [" ".join(value.split())]
    if isinstance(value, list):
        return [name for item in value for name in texts(item)]
    named = value.get("name") or value.get("title") or value.get("slug")
    return texts(named) if named else []
