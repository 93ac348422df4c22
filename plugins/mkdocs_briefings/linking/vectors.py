"""Briefings as vectors of what sets them apart: TF-IDF over words and word pairs.

All weights are whole numbers, so sums of their products are exact, in any order and on any
machine: likeness never depends on the order of files, the number of cores or the processor.

What a change touches. A briefing's features are its own. Its vector also depends on how many
briefings use each of its terms, but only by a coarse step of rarity: in an archive of 2,000, one
more sentence moves some ten vectors and one more briefing some hundreds, where exact rarities would
move all. The ranks of a briefing depend on its own vector and on those it shares a term with. So
after an edit only those that have a term of another step are weighed again (`moved`), and the
briefings to rank again are those that share a term with one that moved, before or after (`again`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import Features, Keys
from .table import ByColumn, Table

ONE = 1 << 15
"""The length of every vector; the likeness of two equal texts is `ONE * ONE`."""

RARITY_POWER = 1.5
"""Rarity counts more than in proportion: a name in three briefings says more than a theme."""

RARITY_STEP = 0.5
"""Rarity `ln(n / uses)` is rounded to this step: lists are as good as with exact ones."""

COMMON = 500
"""A term in more briefings than this, or than half of all, is left out: it says the least and costs
the most. This is also what keeps the work near-linear: no term brings more others into sight."""

LONGEST = 1024
"""Most terms kept of one briefing, the heaviest first, so that a book costs no more than a page."""

_WEIGHED = 64
"""Briefings that are weighed at a time."""

_FEW, _ONE_IN = 64, 50
"""So many rows are few, and so is one in so many: the terms of all of them are a small part of all,
or what is to be done is little anyway."""


_ALL_BITS = (1 << 64) - 1

Rows = NDArray[np.int64]
Row = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Columns and weights."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The terms that several briefings of an archive have."""

    keys: Keys
    """Sorted."""
    counts: NDArray[np.int32]
    """By term: how many briefings have it, 2 or more."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all briefings."""

    slugs: tuple[str, ...]
    """In code point order: the rows of `rows`."""
    keys: Keys
    """Terms: the columns of `rows`; sorted, but for those that came by edits."""
    rows: Table
    """Weights, above 0, rows of length `ONE` at most."""
    uses: Uses
    """What terms were weighed by: `keys` are those of them that tell, or did before an edit."""


class Likeness:
    """Compares few vectors with each other, without a product over all columns."""

    def __init__(self, space: Vectors) -> None:
        rows = space.rows
        self._ends: list[int] = rows.indptr.tolist()
        self._indices, self._data = rows.indices, rows.data
        self._free: list[NDArray[np.int32]] = []
        """Zeros for all columns, for vectors to be spread out over them."""
        self._spread: list[tuple[NDArray[np.int32], slice]] = []
        """Vectors that are spread out, and where in the rows they stand."""
        self._columns = rows.width

    def among(self, rows: NDArray[Any]) -> Callable[[int, Sequence[int]], list[float]]:
        """A function from one place in `rows` and some others to the likeness of their rows, 0 to
        1, in the order of the others: of use until it is asked for that of other rows.

        The vectors of the others are spread out, each in memory for all columns.
        """
        while self._spread:
            old, span = self._spread.pop()
            old[self._indices[span]] = 0
            self._free.append(old)
        numbers: list[int] = rows.tolist()
        known: dict[int, NDArray[np.int32]] = {}

        def likeness(place: int, others: Sequence[int]) -> list[float]:
            own = self._span(numbers[place])
            columns, weights = self._indices[own], self._data[own]
            found = []
            for other in others:
                if other not in known:
                    known[other] = self._out(self._span(numbers[other]))
                found.append(int(known[other].take(columns).dot(weights)) / (ONE * ONE))
            return found

        return likeness

    def _span(self, row: int) -> slice:
        return slice(self._ends[row], self._ends[row + 1])

    def _out(self, span: slice) -> NDArray[np.int32]:
        spread = self._free.pop() if self._free else np.zeros(self._columns, np.int32)
        spread[self._indices[span]] = self._data[span]
        self._spread.append((spread, span))
        return spread


def rarity(uses: NDArray[Any], total: int) -> NDArray[np.float64]:
    """`ln(total / uses)`, in steps: 0 for what everything has, greater the rarer.

    In steps, since one briefing more or less then changes hardly any weight.
    """
    exact = np.log(total / np.maximum(uses, 1))
    steps: NDArray[np.float64] = np.round(exact / RARITY_STEP) * RARITY_STEP
    return steps


class Products:
    """The products of some vectors with all."""

    def __init__(self, space: Vectors, rows: NDArray[np.int64]) -> None:
        self._rows, table = rows, space.rows
        if len(rows) <= max(_FEW, len(space.slugs) / _ONE_IN):
            self._products = ByColumn(table, rows).products
        else:
            # Imported here: scipy takes longer than the products of few rows.
            from .crossed import Crossed

            self._products = Crossed(table).products

    def each(self, places: range) -> Iterator[NDArray[np.int32]]:
        """The products with all of the rows at some places, one after the other.

        Nearly every row shares a term with another: a sparse matrix of them would take longer.
        """
        return map(self._products, self._rows[places.start : places.stop].tolist())


class Scale:
    """What terms weigh in an archive of so many briefings, by how many of them have one."""

    def __init__(self, total: int) -> None:
        uses = np.arange(total + 1)
        self.weight: NDArray[np.float64] = rarity(uses, max(total, 1)) ** RARITY_POWER
        self.telling: NDArray[np.bool_] = (
            (uses > 1) & (uses <= min(COMMON, total / 2)) & (self.weight > 0)
        )
        """Whether it can tell what belongs together."""


class Weighing:
    """Weighs briefings, given what all of them have.

    Args:
        uses: Of the whole archive.
        scale: For as many briefings.
        many: Nearly all of them will be weighed.
    """

    def __init__(self, uses: Uses, scale: Scale, *, many: bool = False) -> None:
        self._scale = scale
        telling = scale.telling[uses.counts]
        self.keys: Keys = uses.keys[telling]
        """Terms that tell: the columns."""
        self._columns = np.cumsum(telling, dtype=np.int32) - np.int32(1)
        # Behind the last stands what a term of a single briefing has.
        self._counts = np.append(uses.counts, np.int32(1))
        self._places = search_by_bits(uses.keys) if many else search(uses.keys)

    def row(self, found: Features) -> Row:
        """Columns, ascending, and weights of one briefing."""
        return next(self.rows([found]))

    def rows(self, found: Sequence[Features]) -> Iterator[Row]:
        """Columns and weights of some briefings, in their order: of few enough to be held at
        once."""
        places = self._places(np.concatenate([one.keys for one in found]))
        # Of millions: to take costs less than to index.
        uses = self._counts.take(places)
        times = 1 + np.log(np.concatenate([one.counts for one in found]).astype(np.float64))
        weights = times * self._scale.weight.take(uses)
        sizes = np.array([len(one.keys) for one in found])
        ends = np.cumsum(sizes)
        squares = np.zeros(len(found))
        squares[sizes > 0] = np.add.reduceat(weights * weights, (ends - sizes)[sizes > 0])
        lengths = np.sqrt(squares)
        # One of length 0 has no weights but 0.
        scales = np.divide(ONE, lengths, where=lengths > 0, out=np.ones(len(found)))
        whole = np.rint(weights * np.repeat(scales, sizes)).astype(np.int32)
        kept = np.flatnonzero(self._scale.telling.take(uses) & (whole > 0))
        columns, whole = self._columns.take(places.take(kept)), whole.take(kept)
        for own in starmap(slice, pairwise([0, *np.searchsorted(kept, ends).tolist()])):
            yield _heaviest(columns[own], whole[own])


def _heaviest(columns: NDArray[np.int32], weights: NDArray[np.int32]) -> Row:
    """At most `LONGEST` of some columns, by weight, ties by key, in their order."""
    if len(columns) > LONGEST:
        heavy = np.sort(np.lexsort((columns, -weights))[:LONGEST])
        columns, weights = columns[heavy], weights[heavy]
    return columns, weights


def search(known: Keys) -> Callable[[Keys], Rows]:
    """A function that gives the place in `known`, which is sorted, of each of some keys: its length
    for those that are not there."""

    def places(keys: Keys) -> Rows:
        found: Rows = np.searchsorted(known, keys)
        inside = np.flatnonzero(found < len(known))
        found[inside[known[found[inside]] != keys[inside]]] = len(known)
        return found

    return places


def search_by_bits(known: Keys) -> Callable[[Keys], Rows]:
    """As `search`, for very many keys: they are hashes and spread evenly, so the first bits of one
    say nearly where it stands."""
    bits = max(1, len(known).bit_length())
    shift = np.uint64(64 - bits)
    counts = np.bincount((known >> shift).view(np.int64), minlength=1 << bits)
    starts = np.cumsum(counts) - counts
    # Behind the last stands the greatest of all, which ends every search.
    ended = np.append(known, np.uint64(_ALL_BITS))

    def places(keys: Keys) -> Rows:
        found: Rows = starts.take((keys >> shift).view(np.int64))
        there = ended.take(found)
        late = np.flatnonzero(there < keys)
        while len(late):
            further = found.take(late) + 1
            beside = ended.take(further)
            found[late], there[late] = further, beside
            late = late[beside < keys.take(late)]
        found[there != keys] = len(known)
        return found

    return places


def vectors(found: Mapping[str, Features]) -> Vectors:
    """Weigh the features of all briefings against each other.

    The weight of a term is `(1 + ln(times)) * rarity ** RARITY_POWER`, over the length of the
    whole vector. Terms of a single briefing count in that length and are then left out, as are
    the commonest: neither can tell what belongs together.

    Args:
        found: Features by slug, in any order.
    """
    slugs = tuple(sorted(found))
    uses = _uses(found)
    weighing = Weighing(uses, Scale(len(slugs)), many=True)
    # Filled in place: of a large archive there is no room for two of them.
    most = sum(min(len(found[slug].keys), LONGEST) for slug in slugs)
    indices, data = np.empty(most, np.int32), np.empty(most, np.int32)
    ends = [0]
    for first in range(0, len(slugs), _WEIGHED):
        some = [found[slug] for slug in slugs[first : first + _WEIGHED]]
        for own, weights in weighing.rows(some):
            start, end = ends[-1], ends[-1] + len(own)
            indices[start:end], data[start:end] = own, weights
            ends.append(end)
    rows = Table(data[: ends[-1]], indices[: ends[-1]], np.array(ends), len(weighing.keys))
    return Vectors(slugs, weighing.keys, rows, uses)


def _uses(found: Mapping[str, Features]) -> Uses:
    every = np.concatenate([np.empty(0, np.uint64), *(one.keys for one in found.values())])
    every.sort()
    starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])[: len(every)])
    counts = np.diff(np.append(starts, len(every)))
    several = counts > 1
    return Uses(every[starts[several]], counts[several].astype(np.int32))
