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
from itertools import accumulate, pairwise, starmap
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

_AT_ONCE = 8
"""Rows whose products are reckoned at a time: what is put together for them is some megabytes."""

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
        self._indptr, self._indices, self._data = rows.indptr, rows.indices, rows.data
        # One vector over all columns, filled and emptied for each comparison.
        self._spread = np.zeros(rows.width, np.int32)

    def among(self, rows: NDArray[Any]) -> Callable[[int, slice], NDArray[np.float64]]:
        """A function from a place in `rows` to the likeness of that row to some of them, 0 to 1."""
        spread = self._spread
        ends = list(zip(self._indptr[rows].tolist(), self._indptr[rows + 1].tolist(), strict=True))
        taken: dict[tuple[int, int], _Some] = {}

        def likeness(place: int, some: slice) -> NDArray[np.float64]:
            few = taken.get((some.start, some.stop))
            if few is None:
                few = taken[some.start, some.stop] = self._some(ends[some])
            span = slice(*ends[place])
            columns = self._indices[span]
            spread[columns] = self._data[span]
            products = few.times(spread)
            spread[columns] = 0
            return products / (ONE * ONE)

        return likeness

    def _some(self, ends: Sequence[tuple[int, int]]) -> _Some:
        lengths = np.array([end - start for start, end in ends])
        spans = [slice(*span) for span in ends]
        return _Some(
            indices=np.concatenate([self._indices[span] for span in spans]),
            data=np.concatenate([self._data[span] for span in spans]),
            starts=(np.cumsum(lengths) - lengths)[lengths > 0],
            filled=np.flatnonzero(lengths),
            count=len(ends),
        )


@dataclass(frozen=True, slots=True)
class _Some:
    """Some vectors, one behind the other. A matrix of them takes longer to make than to use."""

    indices: NDArray[np.int32]
    data: NDArray[np.int32]
    starts: NDArray[np.int64]
    """Where each that is not empty begins."""
    filled: NDArray[np.int64]
    """Which these are."""
    count: int
    """Of all."""

    def times(self, spread: NDArray[np.int32]) -> NDArray[np.int64]:
        """The product of each with one vector that has a number for every column."""
        products = np.zeros(self.count, np.int64)
        if len(self.filled):
            each = spread.take(self.indices) * self.data
            products[self.filled] = np.add.reduceat(each, self.starts)
        return products


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
        self._rows = rows
        few = len(rows) <= max(_FEW, len(space.slugs) / _ONE_IN)
        # Those of few rows take less long than it takes to import scipy.
        self._by_column = ByColumn(space.rows, rows) if few else None
        if not few:
            self._table = space.rows.matrix()
            self._turned = self._table.T.tocsr()

    def each(self, places: range) -> Iterator[NDArray[np.int32]]:
        """The products with all of the rows at some places, one after the other.

        Nearly every row shares a term with another: a sparse matrix of them would take longer.
        """
        if self._by_column:
            yield from map(self._by_column.products, self._rows[places].tolist())
            return
        for start in range(places.start, places.stop, _AT_ONCE):
            yield from self._dense(slice(start, min(start + _AT_ONCE, places.stop)))

    def _dense(self, which: slice) -> NDArray[np.int32]:
        from scipy import sparse

        own = self._table[self._rows[which]]
        others, every = own.shape[0], self._turned.shape[1]
        # The vectors of terms one below the other, as the rows have them. What belongs to another
        # row gets columns of its own, so that one product gives those of all.
        terms = self._turned[own.indices]
        for number, (start, end) in enumerate(pairwise(terms.indptr[own.indptr].tolist())):
            terms.indices[start:end] += number * every
        shape = (others * every, len(own.indices))
        below = sparse.csc_matrix((terms.data, terms.indices, terms.indptr), shape=shape)
        products: NDArray[np.int32] = (below @ own.data).reshape(others, every)
        return products


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
        uses = self._counts[places]
        times = 1 + np.log(np.concatenate([one.counts for one in found]).astype(np.float64))
        weights = times * self._scale.weight[uses]
        telling = self._scale.telling[uses]
        ends = accumulate((len(one.keys) for one in found), initial=0)
        for own in starmap(slice, pairwise(ends)):
            yield self._row(places[own], weights[own], np.flatnonzero(telling[own]))

    def _row(self, places: Rows, weights: NDArray[np.float64], kept: Rows) -> Row:
        """The row of a briefing whose terms have these weights, of which these are kept."""
        length = float(np.sqrt(np.sum(weights * weights)))
        data = np.rint(weights[kept] * (ONE / length) if length else weights[kept])
        if len(data) > LONGEST:
            # By weight, ties by key, then in the order of columns again.
            heavy = np.sort(np.lexsort((np.arange(len(data)), -data))[:LONGEST])
            kept, data = kept[heavy], data[heavy]
        indices = self._columns[places[kept]]
        some = data > 0
        return indices[some], data[some].astype(np.int32)


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
        found: Rows = starts[(keys >> shift).view(np.int64)]
        late = np.flatnonzero(ended[found] < keys)
        while len(late):
            found[late] += 1
            late = late[ended[found[late]] < keys[late]]
        found[ended[found] != keys] = len(known)
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
