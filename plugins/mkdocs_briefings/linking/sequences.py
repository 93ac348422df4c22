"""Briefings in order: of a storyline, a topic, an author, and who stands next to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .graph import Neighbours


def parts(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By storyline: the slugs of its briefings, oldest first; an entry for each storyline."""
    return _grouped(catalog, catalog.storylines, lambda briefing: briefing.storylines)


def signed(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By author: the slugs of what they signed, oldest first; an entry for each author."""
    return _grouped(catalog, catalog.authors, lambda briefing: briefing.authors)


def filed(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By topic: slugs filed there or under a topic below it, oldest first, each once."""
    above = ancestors(catalog)
    return _grouped(catalog, catalog.topics, lambda briefing: closure(briefing, above))


def ancestors(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By topic: the topics above it, nearest first."""
    return {key: catalog.lineage(key)[1:] for key in catalog.topics}


class Lines:
    """The orders of a catalog that ranking asks for again and again, each made once."""

    def __init__(self, catalog: Catalog) -> None:
        self.above = ancestors(catalog)
        self.parts = parts(catalog)
        self.filed = filed(catalog)


def in_topic(catalog: Catalog) -> Mapping[str, Neighbours]:
    """By slug: who comes before and after among the briefings with the same main topic.

    A briefing without a topic has no neighbours.
    """
    lines: dict[str, list[str]] = {}
    for briefing in _oldest_first(catalog):
        lines.setdefault(briefing.topics[0] if briefing.topics else "", []).append(briefing.slug)
    lines[""] = []
    found = dict.fromkeys(catalog.briefings, Neighbours())
    for line in lines.values():
        for previous, slug, following in zip(["", *line], line, [*line[1:], ""], strict=False):
            found[slug] = Neighbours(previous=previous, next=following)
    return found


def beside(catalog: Catalog) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By topic: the topics it shares briefings with and how many; most first, then by key.

    Filing under a topic counts for those above it too, as in `filed`. The topics above and below
    are left out: they share by nature.
    """
    above = ancestors(catalog)
    shared: dict[str, Counter[str]] = {key: Counter() for key in catalog.topics}
    for briefing in catalog.briefings.values():
        topics = closure(briefing, above)
        for key in topics:
            shared[key].update(topics)
    return {
        key: tuple(
            sorted(
                (
                    (other, count)
                    for other, count in counts.items()
                    if other != key and other not in above[key] and key not in above[other]
                ),
                key=lambda entry: (-entry[1], entry[0]),
            )
        )
        for key, counts in shared.items()
    }


def _oldest_first(catalog: Catalog) -> list[Briefing]:
    return sorted(catalog.briefings.values(), key=lambda briefing: briefing.moment)


def closure(briefing: Briefing, above: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics of a briefing and all above them, each once."""
    return tuple(
        dict.fromkeys(
            key for topic in briefing.topics if topic in above for key in (topic, *above[topic])
        )
    )


def _grouped(
    catalog: Catalog, keys: Iterable[str], of: Callable[[Briefing], tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {key: [] for key in keys}
    for briefing in _oldest_first(catalog):
        for key in dict.fromkeys(of(briefing)):
            if key in groups:
                groups[key].append(briefing.slug)
    return {key: tuple(slugs) for key, slugs in groups.items()}
