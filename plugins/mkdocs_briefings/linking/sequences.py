"""Briefings in order: of a storyline, a topic, an author, and who stands next to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .graph import Neighbours

Line = Mapping[str, tuple[str, ...]]
"""Slugs by key, oldest first."""


class Order:
    """A catalog in order of time, and under which topics each briefing stands: what all sequences
    ask for, looked up once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.above = ancestors(catalog)
        self._closures: dict[tuple[str, ...], tuple[str, ...]] = {}

    @cached_property
    def oldest(self) -> Sequence[Briefing]:
        """The briefings, oldest first."""
        return sorted(self.catalog.briefings.values(), key=attrgetter("moment"))

    def closure(self, briefing: Briefing) -> tuple[str, ...]:
        """As the function of this name."""
        found = self._closures.get(briefing.topics)
        if found is None:
            found = self._closures[briefing.topics] = closure(briefing, self.above)
        return found


def parts(order: Order) -> Mapping[str, tuple[str, ...]]:
    """By storyline: the slugs of its briefings, oldest first; an entry for each storyline."""
    return _grouped(order, order.catalog.storylines, attrgetter("storylines"))


def signed(order: Order) -> Mapping[str, tuple[str, ...]]:
    """By author: the slugs of what they signed, oldest first; an entry for each author."""
    return _grouped(order, order.catalog.authors, attrgetter("authors"))


def filed(order: Order) -> Mapping[str, tuple[str, ...]]:
    """By topic: slugs filed there or under a topic below it, oldest first, each once."""
    return _grouped(order, order.catalog.topics, order.closure)


def ancestors(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By topic: the topics above it, nearest first."""
    return {key: catalog.lineage(key)[1:] for key in catalog.topics}


class Lines:
    """The orders of a catalog that ranking asks for again and again, each made once.

    Args:
        order: Of the catalog.
        known: Its parts, what is filed and what is signed, as the functions of these names give
            them, where that is known: then nothing is put into order.
    """

    def __init__(self, order: Order, known: tuple[Line, Line, Line] | None = None) -> None:
        self.above = order.above
        self.closure = order.closure
        told = known or (parts(order), filed(order), signed(order))
        self.parts, self.filed, self.signed = told


def in_topic(order: Order) -> Mapping[str, Neighbours]:
    """By slug: who comes before and after among the briefings with the same main topic.

    A briefing without a topic has no neighbours.
    """
    lines: dict[str, list[str]] = {}
    for briefing in order.oldest:
        lines.setdefault(briefing.topics[0] if briefing.topics else "", []).append(briefing.slug)
    lines[""] = []
    found = dict.fromkeys(order.catalog.briefings, Neighbours())
    for line in lines.values():
        for previous, slug, following in zip(["", *line], line, [*line[1:], ""], strict=False):
            found[slug] = Neighbours(previous=previous, next=following)
    return found


def beside(order: Order) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By topic: the topics it shares briefings with and how many; most first, then by key.

    Filing under a topic counts for those above it too, as in `filed`. The topics above and below
    are left out: they share by nature.
    """
    above = order.above
    shared: dict[str, Counter[str]] = {key: Counter() for key in order.catalog.topics}
    # Many are filed alike.
    for topics, count in Counter(map(order.closure, order.oldest)).items():
        for key in topics:
            counts = shared[key]
            for other in topics:
                counts[other] += count
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


def closure(briefing: Briefing, above: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics of a briefing and all above them, each once."""
    return tuple(
        dict.fromkeys(
            key for topic in briefing.topics if topic in above for key in (topic, *above[topic])
        )
    )


def _grouped(
    order: Order, keys: Iterable[str], of: Callable[[Briefing], tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {key: [] for key in keys}
    for briefing in order.oldest:
        for key in dict.fromkeys(of(briefing)):
            if key in groups:
                groups[key].append(briefing.slug)
    return {key: tuple(slugs) for key, slugs in groups.items()}
