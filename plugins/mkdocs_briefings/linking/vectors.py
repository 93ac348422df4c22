"""Briefings as vectors of what sets them apart: TF-IDF over words and word pairs.

All weights are whole numbers, so sums of their products are exact, in any order and on any
machine: likeness never depends on the order of files, the number of cores or the processor.

What a change touches. A briefing's features are its own. Its vector also depends on how many
briefings use each of its terms, but only by a coarse step of rarity: in an archive of 2,000, one
more sentence moves some ten vectors and one more briefing some hundreds, where exact rarities would
move all. The ranks of a briefing depend on its own vector and on those it shares a term with. So
after an edit the vectors that moved are found by comparing rows, and the briefings to rank again
are those that share a term with one of them, before or after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .features import Features, Keys

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


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all briefings."""

    slugs: tuple[str, ...]
    """In code point order: the rows of `rows`."""
    keys: Keys
    """Terms, sorted: the columns of `rows`."""
    rows: Any
    """Sparse matrix (CSR, int32, sorted columns): weights, above 0, rows of length `ONE` at
    most."""


class Likeness:
    """Compares few vectors with each other, without a product over all columns."""

    def __init__(self, space: Vectors) -> None:
        self._rows = space.rows
        # One vector over all columns, filled and emptied for each comparison.
        self._spread = np.zeros(space.rows.shape[1], np.int32)

    def among(self, rows: NDArray[Any]) -> Callable[[int], NDArray[np.float64]]:
        """A function from a place in `rows` to the likeness of that row to each, 0 to 1."""
        few, spread = self._rows[rows], self._spread

        def likeness(place: int) -> NDArray[np.float64]:
            span = slice(few.indptr[place], few.indptr[place + 1])
            spread[few.indices[span]] = few.data[span]
            products: NDArray[np.float64] = (few @ spread) / (ONE * ONE)
            spread[few.indices[span]] = 0
            return products

        return likeness


def rarity(uses: NDArray[Any], total: int) -> NDArray[np.float64]:
    """`ln(total / uses)`, in steps: 0 for what everything has, greater the rarer.

    In steps, since one briefing more or less then changes hardly any weight.
    """
    exact = np.log(total / np.maximum(uses, 1))
    steps: NDArray[np.float64] = np.round(exact / RARITY_STEP) * RARITY_STEP
    return steps


def vectors(found: Mapping[str, Features]) -> Vectors:
    """Weigh the features of all briefings against each other.

    The weight of a term is `(1 + ln(times)) * rarity ** RARITY_POWER`, over the length of the
    whole vector. Terms of a single briefing count in that length and are then left out, as are
    the commonest: neither can tell what belongs together.

    Args:
        found: Features by slug, in any order.
    """
    slugs = tuple(sorted(found))
    if not slugs:
        return Vectors((), np.empty(0, np.uint64), sparse.csr_matrix((0, 0), dtype=np.int32))
    every = np.concatenate([found[slug].keys for slug in slugs])
    every.sort()
    starts = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
    uses = np.diff(np.append(starts, len(every)))
    several = uses > 1
    keys, uses = every[starts[several]], uses[several]
    del every, starts, several
    weight = rarity(uses, len(slugs)) ** RARITY_POWER
    single = float(rarity(np.array([1]), len(slugs))[0] ** RARITY_POWER)
    telling = (uses <= min(COMMON, len(slugs) / 2)) & (weight > 0)
    columns = np.cumsum(telling) - 1
    # Filled in place: of a large archive there is no room for two of them.
    most = sum(min(len(found[slug].keys), LONGEST) for slug in slugs)
    indices, data = np.empty(most, np.int32), np.empty(most, np.int32)
    ends = [0]
    for slug in slugs:
        own, weights = _row(found[slug], keys, weight, single, telling, columns)
        start, end = ends[-1], ends[-1] + len(own)
        indices[start:end], data[start:end] = own, weights
        ends.append(end)
    rows = sparse.csr_matrix(
        (data[: ends[-1]], indices[: ends[-1]], ends), shape=(len(slugs), int(telling.sum()))
    )
    return Vectors(slugs, keys[telling], rows)


def _row(
    found: Features,
    keys: Keys,
    weight: NDArray[np.float64],
    single: float,
    telling: NDArray[np.bool_],
    columns: NDArray[Any],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Columns and weights of one briefing."""
    times = 1 + np.log(found.counts.astype(np.float64))
    shared = np.zeros(len(times), dtype=bool)
    places = np.searchsorted(keys, found.keys)
    inside = places < len(keys)
    shared[inside] = keys[places[inside]] == found.keys[inside]
    weights = times * single
    weights[shared] = times[shared] * weight[places[shared]]
    length = float(np.sqrt(np.sum(weights * weights)))
    kept = np.flatnonzero(shared)
    kept = kept[telling[places[kept]]]
    data = np.rint(weights[kept] * (ONE / length) if length else weights[kept]).astype(np.int32)
    if len(data) > LONGEST:
        # By weight, ties by key, then in the order of columns again.
        heavy = np.sort(np.lexsort((np.arange(len(data)), -data))[:LONGEST])
        kept, data = kept[heavy], data[heavy]
    indices = columns[places[kept]].astype(np.int32)
    return indices[data > 0], data[data > 0]
