"""Why two briefings are related: the reasons a reader understands, the most telling first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .features import points, term_keys, words_by_key
from .names import names, spelling
from .sequences import Lines
from .vectors import Vectors
from .words import unspaced, words

Reason = tuple[str, str]
"""`kind` and `detail` of `graph.Related`."""

TELLING = 0.1
"""The least share of the likeness of words that a name must bring to be the reason for it."""

_MOST_TERMS = 10_000
"""Names whose terms are known at a time: some megabytes. Many are in one text after another."""


class Telling:
    """Finds reasons within one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        space: Vectors,
        cited: Mapping[str, frozenset[str]],
        lines: Lines,
    ) -> None:
        self._catalog = catalog
        self._space = space
        self._row = {slug: row for row, slug in enumerate(space.slugs)}
        self._cited = cited
        self._closure = lines.closure
        self._filed = {topic: len(line) for topic, line in lines.filed.items()}
        self._signed = {author: len(line) for author, line in lines.signed.items()}
        self._place = {
            key: {slug: place for place, slug in enumerate(line)}
            for key, line in lines.parts.items()
        }
        # Not by `functools.cache`: of a method, it and its object hold each other for ever.
        self._names_known: dict[str, Mapping[str, str]] = {}
        self._spelt: dict[str, str] = {}
        """Each name once, however many briefings have it."""
        self._terms: dict[str, tuple[int, ...]] = {}
        """By name, the keys of its words and their pairs."""
        self._spread = np.zeros(space.rows.width, np.int32)
        """The vector of one briefing over all columns."""
        self._spread_out = ""
        """Whose it is; empty for nobody's."""
        self._keys_known: tuple[str, Mapping[int, str]] = "", {}
        self._brought_known: tuple[tuple[str, str], Mapping[int, int]] = ("", ""), {}

    def reasons(self, briefing: Briefing, others: Sequence[Briefing]) -> list[Reason]:
        """One reason for each of `others`, which stand in a list in this order.

        Each gets its most telling one. The third takes another, where it has one, when the first
        two have the same: three cards that say one thing tell a reader little.
        """
        chosen: list[Reason] = []
        for other in others:
            found = self._every(briefing, other)
            reason = next(found, ("words", ""))
            if len(chosen) == 2 and chosen[0] == chosen[1] == reason:
                reason = next((another for another in found if another != reason), reason)
            chosen.append(reason)
        return chosen

    def _every(self, briefing: Briefing, other: Briefing) -> Iterator[Reason]:
        """All reasons for one pair, the most telling first. The costly ones come late."""
        yield from self._storyline(briefing, other)
        telling, plain = self._topics(briefing, other)
        yield from telling
        yield from self._name(briefing, other)
        yield from _source(briefing, other)
        yield from self._author(briefing, other)
        yield from plain
        if other.slug in self._cited.get(briefing.slug, ()):
            yield "cited", ""
        if briefing.slug in self._cited.get(other.slug, ()):
            yield "cites", ""
        yield from self._word(briefing, other)

    def _storyline(self, briefing: Briefing, other: Briefing) -> list[Reason]:
        """The part that follows, or an earlier one; of later parts readers are told nothing."""
        keys = [key for key in briefing.storylines if other.slug in self._place.get(key, ())]
        steps = {
            key: self._place[key][other.slug] - self._place[key][briefing.slug] for key in keys
        }
        following: list[Reason] = [("next", key) for key in keys if steps[key] == 1]
        return following + [("earlier", key) for key in keys if steps[key] < 0]

    def _topics(self, briefing: Briefing, other: Briefing) -> tuple[list[Reason], list[Reason]]:
        """Shared topics, rarest first: those that tell something, and those of half the site."""
        theirs = set(self._closure(other))
        shared = [topic for topic in self._closure(briefing) if topic in theirs]
        shared.sort(key=lambda topic: (self._filed[topic], topic not in briefing.topics))
        half = len(self._row) / 2
        telling: list[Reason] = [("topic", t) for t in shared if self._filed[t] <= half]
        return telling, [("topic", topic) for topic in shared if self._filed[topic] > half]

    def _author(self, briefing: Briefing, other: Briefing) -> list[Reason]:
        shared = [author for author in briefing.authors if author in other.authors]
        return [("author", a) for a in sorted(shared, key=lambda a: (self._signed.get(a, 0), a))]

    def _name(self, briefing: Briefing, other: Briefing) -> list[Reason]:
        """The name both texts hold that brings most of their likeness, if it brings enough."""
        mine = self._names(briefing.slug)
        if not mine:
            return []
        brought = self._brought(briefing.slug, other.slug)
        least = max(1, TELLING * sum(brought.values()))
        terms, gains = self._terms, {}
        for name in mine:
            gain = 0
            for key in terms.get(name) or self._terms_of(name):
                if key in brought:
                    gain += brought[key]
            if gain >= least:
                gains[name] = gain
        enough = sorted(gains)
        # Few names bring enough: for nearly all pairs the other text is not looked through.
        theirs = self._names(other.slug) if enough else {}
        shared = [name for name in enough if name in theirs]
        if not shared:
            return []
        best = max(shared, key=lambda name: (gains[name], len(name)))
        return [("words", mine[best])]

    def _word(self, briefing: Briefing, other: Briefing) -> list[Reason]:
        """The single word that brings most of their likeness, as the briefing spells it.

        A word of a title or summary comes before all others, as those say what a text is about,
        and words of one to three letters come last: in most languages those bind sentences.
        """
        brought = self._brought(briefing.slug, other.slug)
        own = words(_head(briefing))
        heads = {*own, *words(_head(other))}
        best = _first(words_by_key(heads), brought, heads)
        # Nearly always it is one of these, and the text need not be looked through. But what only
        # the key points of this briefing share with the other's title is not to be told.
        if not best or _short(best) or best in set(words(points(briefing))).difference(own):
            best = _first(self._keys(briefing.slug), brought, heads)
        text = f"{_head(briefing)}\n{briefing.body.own_text}"
        return [("words", spelling(best, text))] if best else []

    def _brought(self, slug: str, other: str) -> Mapping[int, int]:
        """What each shared term brings to the likeness of two briefings, by its key."""
        # The same pair is asked for twice where no name is reason enough.
        if self._brought_known[0] == (slug, other):
            return self._brought_known[1]
        if self._spread_out != slug:
            # Pairs come in runs of one briefing.
            self._spread[self._span(self._spread_out)[0]] = 0
            columns, weights = self._span(slug)
            self._spread[columns], self._spread_out = weights, slug
        columns, weights = self._span(other)
        mine = self._spread.take(columns)
        shared = np.flatnonzero(mine)
        products = mine[shared] * weights[shared]
        keys = self._space.keys[columns[shared]].tolist()
        brought = dict(zip(keys, products.tolist(), strict=True))
        self._brought_known = (slug, other), brought
        return brought

    def _span(self, slug: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """The columns and weights of one vector; none for no briefing."""
        if not slug:
            return self._spread[:0], self._spread[:0]
        table, row = self._space.rows, self._row[slug]
        span = slice(table.indptr[row], table.indptr[row + 1])
        return table.indices[span], table.data[span]

    def _terms_of(self, name: str) -> tuple[int, ...]:
        if len(self._terms) >= _MOST_TERMS:
            self._terms.clear()
        found = self._terms[name] = tuple(term_keys(words(name)))
        return found

    def _names(self, slug: str) -> Mapping[str, str]:
        found = self._names_known.get(slug)
        if found is None:
            briefing, once = self._catalog.briefings[slug], self._spelt
            found = self._names_known[slug] = {
                once.setdefault(name, name): once.setdefault(spelt, spelt)
                for name, spelt in names(f"{briefing.summary}\n{briefing.body.own_text}").items()
            }
        return found

    def _keys(self, slug: str) -> Mapping[int, str]:
        """The words of a briefing by their keys."""
        # Pairs come in runs of one briefing.
        if self._keys_known[0] != slug:
            briefing = self._catalog.briefings[slug]
            text = f"{_head(briefing)}\n{briefing.body.own_text}"
            self._keys_known = slug, words_by_key(set(words(text)))
        return self._keys_known[1]


def _head(briefing: Briefing) -> str:
    return f"{briefing.title}\n{briefing.summary}"


def _first(known: Mapping[int, str], brought: Mapping[int, int], heads: Collection[str]) -> str:
    """Which of the words known by their keys comes first; empty if none brings anything."""
    ranked = (
        (_short(word), word not in heads, -brought[key], word)
        for key, word in known.items()
        if key in brought and not word.isdecimal()
    )
    return min(ranked, default=(False, False, 0, ""))[-1]


def _short(word: str) -> bool:
    return len(word) < 4 and not unspaced(word)


def _source(briefing: Briefing, other: Briefing) -> list[Reason]:
    theirs = {source.url.partition("#")[0] for source in other.sources if source.url}
    return [
        ("cites", source.title)
        for source in briefing.sources
        if source.url and source.url.partition("#")[0] in theirs
    ]
