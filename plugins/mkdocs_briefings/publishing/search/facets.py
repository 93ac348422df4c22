"""By what results can be narrowed, and which words are too common to look for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from ...viewing.shelf import Shelf
from ...viewing.words import alphabetical
from .records import Entry, Record

FACETS = ("topic", "author", "storyline", "year", "lang")

_TAGS = re.compile(r"<[^>]*>")
LONGEST_COMMON = 4
"""Letters: a longer word may be what somebody is after, however common it is."""
_LETTER = r"[^\W\d_]"
_SHORT = re.compile(rf"(?<!{_LETTER}){_LETTER}{{1,{LONGEST_COMMON}}}(?!{_LETTER})")
FEWEST = 50
"""Briefings: on a smaller site no part of the index is large."""


def facets(found: Sequence[Entry], shelf: Shelf) -> dict[str, list[tuple[str, str]]]:
    """The values of each facet as (key, label), in the order of a list to choose from.

    Only what some page has, and only facets with a choice. Years are newest first, names A to
    Z; topics and storylines stand as in the registry. A language is its own label: the browser
    knows its name in the reader's language.
    """
    filed = [entry.filed.facets for entry in found]
    used = {facet: {key for each in filed for key in each.get(facet, ())} for facet in FACETS}
    lang = shelf.site.lang
    authors = sorted(shelf.authors.values(), key=lambda ref: alphabetical(ref.name, lang))
    values = {
        "topic": [(key, ref.title) for key, ref in shelf.topics.items()],
        "author": [(ref.key, ref.name) for ref in authors],
        "storyline": [(key, ref.title) for key, ref in shelf.storylines.items()],
        "year": [(year, year) for year in sorted(used["year"], reverse=True)],
        "lang": [(tag, tag) for tag in sorted(used["lang"])],
    }
    offered = {
        facet: [(key, label) for key, label in values[facet] if key in used[facet]]
        for facet in FACETS
    }
    return {facet: pairs for facet, pairs in offered.items() if len(pairs) > 1}


@dataclass(frozen=True, slots=True)
class Words:
    """The short words of some briefings."""

    briefings: int
    counts: Mapping[str, int]
    """In how many of them a word is."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        briefings = 0
        counts: Counter[str] = Counter()
        for record in records:
            if record.kind == "briefing":
                briefings += 1
                counts.update(set(_short_words(record)))
        return cls(briefings, counts)


def common(parts: Iterable[Words]) -> list[str]:
    """Short words that nine in ten briefings hold, sorted: "the", "of", "and".

    A query leaves them out when it has others. They tell no page from another, and their parts of
    the index are the largest. They are counted and not listed, so that every language has its
    own.
    """
    briefings = 0
    counts: Counter[str] = Counter()
    for part in parts:
        briefings += part.briefings
        counts.update(part.counts)
    if briefings < FEWEST:
        return []
    return sorted(word for word, count in counts.items() if count * 10 >= briefings * 9)


def _short_words(record: Record) -> Iterable[str]:
    text = " ".join((*record.lead, *record.lines, _TAGS.sub(" ", record.body)))
    return _SHORT.findall(text.casefold())
