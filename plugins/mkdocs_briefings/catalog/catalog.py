"""The catalog: all that a site holds, checked, in one frozen record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .briefing import Briefing
from .ledger import Former, Ledger
from .pages import Edition, FrontPage, PlainPage
from .registries import Author, Storyline, Term, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything read from a content folder. Mappings keep the order said here.

    Every key that a briefing names is in the vocabularies: reading adds what an open
    vocabulary lacks.
    """

    briefings: Mapping[str, Briefing] = field(default_factory=dict)
    """By slug, oldest first (`Briefing.moment`). Drafts and future-dated ones are left out unless
    the reader asked for them."""
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """By key, in the order of the registry, parents before children."""
    authors: Mapping[str, Author] = field(default_factory=dict)
    """By key, in the order of the registry."""
    storylines: Mapping[str, Storyline] = field(default_factory=dict)
    """By key, in the order of the registry."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    pages: Mapping[str, PlainPage] = field(default_factory=dict)
    """By slug, in order of path."""
    editions: Mapping[str, Edition] = field(default_factory=dict)
    """By slug, oldest first."""
    front: FrontPage = FrontPage()
    ledger: Ledger | None = None
    """Every address ever published; None for a site that keeps no account."""
    former: Mapping[str, Former] = field(default_factory=dict)
    """Addresses without a page, by address, with `#` and the anchor for a heading."""
    held: frozenset[str] = frozenset()
    """Slugs of drafts and future-dated briefings in `briefings`: only a serving build has any."""
    images: tuple[str, ...] = ()
    """Image files of the content folder, relative to it, sorted."""

    def lineage(self, topic: str) -> tuple[str, ...]:
        """A topic and those above it, nearest first; nothing for the empty key."""
        line: list[str] = []
        while topic in self.topics and topic not in line:
            line.append(topic)
            topic = self.topics[topic].parent
        return tuple(line)
