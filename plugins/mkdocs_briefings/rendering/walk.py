"""The state of the one walk over a body's sanitised HTML, and how tags are read and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from ..catalog import markup
from ..wording.language import Language, direction
from .sanitise import ATTRIBUTE


@dataclass(frozen=True, slots=True)
class Href:
    """Where an internal link leads."""

    url: str
    """Relative to the page that shows the link, or `#anchor` for a place on it."""
    title: str = ""
    """Shown when a wiki-link names no text."""
    lang: str = ""
    """BCP 47 of the target when it differs from the page's language, else empty."""


Resolve = Callable[[str, str], Href | None]
"""Leads from target and fragment, as written, to the address; None for nowhere."""


@dataclass(slots=True)
class HeadingOf:
    """A heading whose id is known only when all headings are."""

    opening: int
    """Where its tags stand in the pieces."""
    closing: int
    level: int
    own: str
    rest: str
    """Its other attributes."""
    text: str = ""


@dataclass(slots=True)
class Walk:
    resolve: Resolve
    sources: frozenset[int]
    lang: str
    language: Language
    """In which names are given to what has none."""
    pieces: list[str] = field(default_factory=list)
    headings: list[HeadingOf] = field(default_factory=list)
    open_heading: HeadingOf | None = None
    cited: dict[int, int] = field(default_factory=dict)
    missing: list[markup.Target] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    note_refs: dict[str, str] = field(default_factory=dict)
    link_end: str = "</a>"
    in_link: bool = False
    empty_title: str = ""
    """What the open link shows when the author gave it no text."""
    name: str = ""
    """What its author wrote instead, escaped."""
    is_mark: bool = False
    """The open link is the number of a source or a footnote."""
    tables: int = 0
    depth: int = 0
    """Open tables."""
    plain: dict[int, str] = field(default_factory=dict)
    """By piece: what it counts for in the plain text of a heading, if not what it shows."""
    code: bool = False
    """Inside highlighted code."""

    def named(self, key: str, **values: object) -> str:
        """Words of ours, escaped: ready for an attribute or a text."""
        return escape(self.language.word(key, **values))


def attributes(tag: re.Match[str]) -> dict[str, str]:
    """Attributes of a tag, values as they are written in it (escaped)."""
    return dict(ATTRIBUTE.findall(tag[3])) if tag[3] else {}


def opening(name: str, given: dict[str, str]) -> str:
    return f"<{name}{written(given)}>"


def written(given: dict[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in given.items())


def lang_of(lang: str, around: str) -> str:
    """The attributes of an element whose text is in `lang`, in a text that is in `around`."""
    turned = f' dir="{direction(lang)}"' if direction(lang) != direction(around) else ""
    return f' lang="{escape(lang)}"{turned}'
