"""House rules: what a publication asks of its briefings beyond what every briefing must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """From `at_least` to `at_most`, both included; 0 is no limit."""

    at_least: int = 0
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class Domains:
    """Hosts by name, in small letters; each stands for those below it, too."""

    allow: tuple[str, ...] = ()
    """If there are any, no others may be led to."""
    refuse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word or phrase that the house does not use."""

    word: str
    """As typed; a `*` at its end stands for any ending."""
    write: str = ""
    """What to write instead; empty where nothing always fits."""
    lang: str = ""
    """Only in briefings of this language; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a house. The usual ones ask for nothing."""

    since: date | None = None
    """Briefings of earlier days are held to none of them."""
    title: Span = Span()
    """Code points."""
    summary: Span = Span()
    """Code points of a written summary."""
    words: Span = Span()
    """Words of the body."""
    require: Mapping[str, int] = field(default_factory=dict)
    """Keys of the front matter, with how many entries each needs at least; 1 for a text."""
    cite: bool = False
    """A body cites a source."""
    avoid: tuple[Avoided, ...] = ()
    links: Domains = Domains()
    """Where links of bodies may lead."""
    sources: Domains = Domains()
    """Where addresses of sources may lead."""
