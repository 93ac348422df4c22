"""What the repository knows of a text: its commits, apart from what its editors logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A commit that changed a file. Who made it is not kept: the byline says who signs."""

    commit: str
    """Full id, hexadecimal."""
    day: date
    """Of the committer, in the zone written there: when the text came to stand as it does."""
    subject: str
    """First line of the message, as it is; plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHistory:
    """The history of one file, its earlier names included as far as they are known."""

    path: str
    """In the repository, from its root, with `/`."""
    edits: tuple[Edit, ...]
    """Newest first; never empty. The last brought the file in."""
    version: str = ""
    """The newest commit at which the file is what is published now; empty when it was changed
    since and not committed."""
    logged: Mapping[tuple[str, date, str], str] = field(default_factory=dict)
    """Commit by what it logged: `update` or `correction`, its day, its text. What the first version
    said already is not here: there is nothing to compare it with."""
