"""The graph: what belongs with what, resolved against the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .terms import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Where a link of a body leads."""

    kind: str
    """`briefing`, `page`, `edition`, `front` (the front page), `made` (a topic, an author, a
    list …), `image` or `self` (a heading of its own page)."""
    key: str
    """Slug of the briefing, page or edition; place of a page that is made; path of the image;
    empty for `front` and `self`."""
    fragment: str = ""
    """Anchor in the target, checked; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlink:
    """A briefing that cites another, with the sentence round its first link."""

    slug: str
    """The citing briefing."""
    before: str
    text: str
    after: str
    """The sentence, cut round the link's text; `before` and `after` may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A related briefing, with the reason a reader is given."""

    slug: str
    score: float
    """Greater is closer; comparable within one list only. Curated ones have infinity."""
    kind: str
    """`curated`, `next`, `earlier`, `topic`, `words`, `author`, `cites` (the same source, which is
    the detail; without one, this page) or `cited` (on this page)."""
    detail: str = ""
    """What the reason speaks of: a topic's key, an author's key, the word shared, the editor's
    words; empty when the kind says it all."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """What each signal gave; their sum is the score. Empty unless asked for, as by `--explain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Slugs before and after in time; empty at the ends."""

    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """All relations of a catalog. Every mapping has an entry for every key of its kind."""

    links: Mapping[str, Mapping[tuple[str, str], Resolved]]
    """By source path (`2025/x.md`, `pages/about.md`): what each `(target, fragment)` as written
    leads to. A link that leads nowhere is absent, and is a problem."""
    backlinks: Mapping[str, tuple[Backlink, ...]]
    """By slug of the cited briefing, newest citing one first."""
    related: Mapping[str, tuple[Related, ...]]
    """By slug, best first, curated ones before all."""
    parts: Mapping[str, tuple[str, ...]]
    """By storyline: slugs, oldest first."""
    filed: Mapping[str, tuple[str, ...]]
    """By topic: slugs filed there or under a topic below it, oldest first."""
    signed: Mapping[str, tuple[str, ...]]
    """By author: slugs, oldest first."""
    in_topic: Mapping[str, Neighbours]
    """By slug: neighbours among the briefings with the same main topic."""
    beside: Mapping[str, tuple[tuple[str, int], ...]]
    """By topic: topics it shares briefings with and how many; most first, then by key. Its
    ancestors and descendants are left out."""
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """By slug: the terms of the glossary in its text, in the order of their first mention."""
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By term: slugs of the briefings that use it, oldest first."""
