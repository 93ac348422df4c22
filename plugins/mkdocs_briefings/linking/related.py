"""Related briefings: what a reader of one should be offered next, and why.

The score of a pair is `evidence * (1 + stress)`. Evidence is the likeness of words, with a little
for shared topics, storylines, links, sources and authors; each of these, and closeness in time,
stresses it (`signals.WEIGHTS`). Multiplying keeps the balance between words and the rest alike in
archives of long texts, where likenesses run small, and of short ones.

Near copies are never offered, and of two alike the second counts less, so that a list shows more
than one thing. Newer briefings count as older ones do: an old page must lead on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .features import features
from .graph import Related
from .sequences import Lines, Order
from .signals import WEIGHTS, Rows, Signals, Tables, Values
from .telling import Telling
from .variety import COPY, DIGITS, choose
from .vectors import ONE, Likeness, Products, Vectors, vectors

CANDIDATES = 60
"""How many briefings of the likest words are looked at closely, for each: several times a list, as
other signals reorder them and some are copies of each other."""

LEAST_WORDS = 0.01
"""The least likeness of words that relates two briefings by itself: half a tenth best match."""

LEAST_OTHER = 0.001
"""The least evidence besides words that does so: about a topic in common among several."""

FEW = 10
"""With no more candidates than this, those close by under the same topics are looked at, too."""

_LIKE = ONE * ONE >> 7
"""A product of two vectors that is above most and below the greatest: in a large archive those of
nearly every briefing with some hundreds of others are above it."""

_BLOCK = 200
"""Briefings ranked at a time: what is known of their candidates is held at once."""

_MANY = range(500, 1 << 23)
"""So many briefings are looked at in pairs when all of them are ranked: of fewer that takes as
long, and of more there is no room (`likest.MOST_ROWS`)."""


def related_briefings(
    catalog: Catalog,
    cited: Mapping[str, Iterable[str]],
    *,
    limit: int = 10,
    only: Collection[str] | None = None,
    explain: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Mapping[str, tuple[Related, ...]]:
    """Rank the related briefings of each briefing, best first, each with a reason.

    Those an editor named in `related` come first, in the editor's order. Ties go to the newer
    briefing, then to the slug. The same on every machine and for any order of input.

    Args:
        catalog: What is published, in any order.
        cited: By slug, the briefings its body links to.
        limit: Most entries of a list, the editor's included.
        only: Slugs to rank; all when None. What they get does not depend on it.
        explain: Fill `Related.parts`.
        progress: Told how many briefings are ranked, and of how many, now and then.
    """
    space = vectors({slug: features(entry) for slug, entry in catalog.briefings.items()})
    return rank(catalog, space, cited, limit=limit, only=only, explain=explain, progress=progress)


def rank(
    catalog: Catalog,
    space: Vectors,
    cited: Mapping[str, Iterable[str]],
    *,
    limit: int = 10,
    only: Collection[str] | None = None,
    explain: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Mapping[str, tuple[Related, ...]]:
    """As `related_briefings`, from vectors of the same catalog: their features may be kept."""
    if limit < 1:
        return dict.fromkeys(catalog.briefings if only is None else only, ())
    wanted = [row for row, slug in enumerate(space.slugs) if only is None or slug in only]
    ranking = Ranking(catalog, space, cited, limit, explain)
    return ranking.lists(np.array(wanted, np.int64), progress)


Candidates = tuple[Rows, NDArray[np.int32]]
"""Rows to look at for one, and the products of its vector with theirs."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """Candidates of several briefings, each with its score and what went into it."""

    rows: Rows
    words: Values
    """Likeness of words, 0 to 1."""
    signals: Mapping[str, Values]
    evidence: Values
    scores: Values

    def parts(self, place: int, kept: float) -> dict[str, float]:
        """What each signal gave to a score; their sum is `kept`, what variety left of it."""
        evidence = float(self.evidence[place])
        given = {"words": float(self.words[place])}
        for name, weight in WEIGHTS.items():
            value = float(self.signals[name][place])
            given[name] = value * (weight.evidence + weight.stress * evidence)
        given["variety"] = kept - sum(given.values())
        return {name: round(value, DIGITS) for name, value in given.items()}


class Ranking:
    """What ranking needs to know of a catalog."""

    def __init__(
        self,
        catalog: Catalog,
        space: Vectors,
        cited: Mapping[str, Iterable[str]],
        limit: int,
        explain: bool = False,
        lines: Lines | None = None,
        tables: Tables | None = None,
    ) -> None:
        self._catalog = catalog
        self._space = space
        self._row = {slug: row for row, slug in enumerate(space.slugs)}
        lines = lines or Lines(Order(catalog))
        self.tables = tables or Tables.of(catalog, space.slugs, cited, lines)
        self.signals = Signals(catalog, space.slugs, lines, self.tables)
        self._lines = lines
        self._cited = {slug: frozenset(others) for slug, others in cited.items()}
        self._limit = limit
        self.least = np.zeros(len(space.slugs), np.int32)
        """By row ranked so far: the product of words that others must reach to be looked at
        closely; 0 where all are that have one."""
        self._explain = explain

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._space)

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self._catalog, self._space, self._cited, self._lines)

    def see(self, space: Vectors) -> None:
        """Take these vectors for those of before, of which nothing but `candidates` was asked."""
        self._space = space

    def lists(
        self, rows: Rows, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> dict[str, tuple[Related, ...]]:
        """The lists of these rows, which are ascending, by slug."""
        found: dict[str, tuple[Related, ...]] = {}
        every = len(rows) == len(self._space.slugs) and len(rows) in _MANY
        for some, pairs in self._every() if every else self._several(rows):
            found.update(self.lists_of(some, pairs))
            progress(len(found), len(rows))
        return found

    def _several(self, rows: Rows) -> Iterator[tuple[Rows, list[Candidates]]]:
        """These rows, so many at a time, with the candidates of each."""
        products = Products(self._space, rows)
        for start in range(0, len(rows), _BLOCK):
            places = range(start, min(start + _BLOCK, len(rows)))
            some = rows[places.start : places.stop]
            yield some, list(map(self.candidates, some.tolist(), products.each(places)))

    def _every(self) -> Iterator[tuple[Rows, list[Candidates]]]:
        """The same of all rows."""
        # Imported here: scipy takes longer than the products of few rows.
        from .likest import Likest

        likest = Likest(self._space.rows, CANDIDATES + 1, self.signals.every_beside)
        for rows, found in likest.runs(_BLOCK):
            pairs: list[Candidates] = []
            for row, likely in zip(rows, found, strict=True):
                if likely:
                    others, products, self.least[row] = likely
                    pairs.append((others, products))
                else:
                    pairs.append(self.candidates(row, likest.products(row)))
            yield np.arange(rows.start, rows.stop), pairs

    def lists_of(self, rows: Rows, pairs: Sequence[Candidates]) -> dict[str, tuple[Related, ...]]:
        """The lists of few rows, ascending, by slug; the candidates of each are known."""
        return dict(self._block(rows, pairs)) if len(rows) else {}

    def _block(
        self, rows: Rows, pairs: Sequence[Candidates]
    ) -> Iterator[tuple[str, tuple[Related, ...]]]:
        counts = [len(others) for others, _ in pairs]
        others = np.concatenate([others for others, _ in pairs])
        words = np.concatenate([values for _, values in pairs]) / (ONE * ONE)
        scored = self._score(np.repeat(rows, counts), others, words)
        ranked, ends = self._ranked(np.repeat(rows, counts), scored, rows)
        briefings = [self._catalog.briefings[self._space.slugs[row]] for row in rows.tolist()]
        # Each step of all of them before the next: what it runs stays near the processor.
        chosen = [
            self._chosen(briefing, scored, ranked[start:end])
            for briefing, start, end in zip(briefings, ends, ends[1:], strict=False)
        ]
        for briefing, (curated, best) in zip(briefings, chosen, strict=True):
            yield briefing.slug, (*curated, *self._told(briefing, scored, best))

    def candidates(self, row: int, products: NDArray[np.int32]) -> Candidates:
        """The rows to look at for one, ascending, and the products of its vector with theirs."""
        likest, self.least[row] = _best(products)
        beside = self.signals.beside(row)
        if beside or len(likest) <= FEW:
            best = set(likest.tolist()) | beside
            if len(best) <= FEW:
                best |= self.signals.filed_near(row)
            likest = np.array(list(best), np.int64)
        chosen = np.sort(likest[likest != row])
        return chosen, products[chosen]

    def scores(self, rows: Rows, others: Rows, products: NDArray[np.int32]) -> Values:
        """What each of some others scores for each of some rows; the products are of their
        vectors."""
        return self._score(rows, others, products / (ONE * ONE)).scores

    def _score(self, rows: Rows, others: Rows, words: Values) -> _Scored:
        signals = self.signals.of(rows, others)
        evidence, stress = words.copy(), np.ones(len(words))
        for name, weight in WEIGHTS.items():
            evidence += weight.evidence * signals[name]
            stress += weight.stress * signals[name]
        return _Scored(others, words, signals, evidence, np.round(evidence * stress, DIGITS))

    def _ranked(self, rows: Rows, scored: _Scored, wanted: Rows) -> tuple[Rows, list[int]]:
        """The places in `scored` of what may be offered, those for each of `wanted` together and
        best first, ties newer first, then by slug; and where those for each begin and end.

        `rows` says for whom each is scored: `wanted` in its order.
        """
        other = scored.evidence - scored.words
        fit = (scored.words >= LEAST_WORDS) | (other >= LEAST_OTHER)
        fit &= scored.words < COPY
        fit &= self.tables.originals[scored.rows] != self.tables.originals[rows]
        places = np.flatnonzero(fit)
        rows, others = rows[places], scored.rows[places]
        # Rows stand in the order of slugs.
        order = np.lexsort((others, -self.signals.days[others], -scored.scores[places], rows))
        ends = np.searchsorted(rows[order], wanted)
        return places[order], [*ends.tolist(), len(order)]

    def _chosen(
        self, briefing: Briefing, scored: _Scored, ranked: Rows
    ) -> tuple[list[Related], list[tuple[int, float]]]:
        """The editor's choice, and the best of the others, whose places are `ranked`."""
        curated: list[Related] = []
        if briefing.related:
            curated = self._curated(briefing)
            picked = [self._row[pick.slug] for pick in curated]
            ranked = ranked[~np.isin(scored.rows[ranked], picked)]
        return curated, self._varied(scored, ranked, self._limit - len(curated))

    def _told(
        self, briefing: Briefing, scored: _Scored, chosen: Sequence[tuple[int, float]]
    ) -> list[Related]:
        """The others that were chosen, each with its reason."""
        others = [
            self._catalog.briefings[self._space.slugs[scored.rows[place]]] for place, _ in chosen
        ]
        reasons = self._telling.reasons(briefing, others)
        return [
            Related(
                slug=other.slug,
                score=score,
                kind=kind,
                detail=detail,
                parts=scored.parts(place, score) if self._explain else {},
            )
            for (place, score), other, (kind, detail) in zip(chosen, others, reasons, strict=True)
        ]

    def _curated(self, briefing: Briefing) -> list[Related]:
        """What the editor named, of what there is."""
        picks = {
            pick.slug: Related(
                slug=pick.slug, score=float("inf"), kind="curated", detail=pick.reason
            )
            for pick in reversed(briefing.related)
            if pick.slug in self._catalog.briefings and pick.slug != briefing.slug
        }
        return [picks.pop(p.slug) for p in briefing.related if p.slug in picks][: self._limit]

    def _varied(self, scored: _Scored, ranked: Rows, limit: int) -> list[tuple[int, float]]:
        """Places in `scored`, each unlike those before it, with what is left of the score."""
        if not limit or not len(ranked):
            return []
        alike = self._likeness.among(scored.rows[ranked])
        chosen = choose(scored.scores[ranked], alike, limit)
        return [(int(ranked[place]), score) for place, score in chosen]


def _best(products: NDArray[np.int32]) -> tuple[NDArray[np.int64], int]:
    """The rows with the greatest products above 0, at most `CANDIDATES`, ties going to the first
    slugs; and the least product among them, 0 when they are fewer."""
    # One more than that: the row itself is among them.
    most = CANDIDATES + 1
    rows = np.flatnonzero(products > _LIKE)
    if len(rows) < most:
        rows = np.flatnonzero(products)
        if len(rows) < most:
            return rows, 0
    some = products[rows]
    least = np.partition(some, len(some) - most)[len(some) - most]
    above = rows[some > least]
    level = rows[some == least]
    return np.concatenate([above, level[: most - len(above)]]), int(least)
