"""Vectors after an edit of few briefings: only those that may have moved are weighed again.

The result is that of `vectors`, number for number, but for which column is whose. As long as the
briefings are the same, what a term weighs depends on how many have it and on nothing else, and a
vector on what its own terms weigh: one that has no term which weighs otherwise than before stays as
it is. So do the columns: one whose term no longer tells is empty, and that of a new term stands
behind all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .archive import Archive
from .features import Features, Keys
from .table import Table
from .vectors import Scale, Uses, Vectors, Weighing

Rows = NDArray[np.int64]
Row = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Columns and weights."""


def vectors_again(
    space: Vectors, before: Archive, after: Archive, edited: Collection[str]
) -> tuple[Vectors, Rows]:
    """The vectors of an archive, given those of an earlier state with the same briefings.

    Args:
        space: The vectors of `before`.
        edited: Slugs whose features may not be the same.

    Returns:
        The vectors of `after`, on the columns of `space` and some more, and the rows that moved,
        ascending.
    """
    scale = Scale(len(space.slugs))
    terms, change = changes(before, after, edited)
    which, rows = before.holding(terms)
    was = np.bincount(which, minlength=len(terms))
    now = was + change
    other = (scale.weight[was] != scale.weight[now]) | (scale.telling[was] != scale.telling[now])
    uses = counted(space.uses, terms, now)
    weighing = Weighing(uses, scale)
    own = [row for row, slug in enumerate(space.slugs) if slug in edited]
    again = np.union1d(np.array(own, np.int64), rows[other[which]])
    made = {row: weighing.row(after[space.slugs[row]]) for row in again.tolist()}
    return _joined(space, weighing.keys, uses, made)


def changes(
    before: Mapping[str, Features], after: Mapping[str, Features], edited: Collection[str]
) -> tuple[Keys, NDArray[np.int64]]:
    """The terms that more or fewer briefings have than before, sorted, and how many more."""
    none: Keys = np.empty(0, np.uint64)
    gone = np.concatenate([none, *(before[slug].keys for slug in edited)])
    come = np.concatenate([none, *(after[slug].keys for slug in edited)])
    terms, places = np.unique(np.concatenate([gone, come]), return_inverse=True)
    signs = np.repeat([-1, 1], [len(gone), len(come)])
    change = np.bincount(places, signs, len(terms)).astype(np.int64)
    return terms[change != 0], change[change != 0]


def counted(uses: Uses, terms: Keys, now: NDArray[np.int64]) -> Uses:
    """The uses of an archive in which so many briefings now have these terms."""
    places = np.searchsorted(uses.keys, terms)
    kept = np.ones(len(uses.keys), bool)
    for place, term in zip(places.tolist(), terms, strict=True):
        if place < len(kept) and uses.keys[place] == term:
            kept[place] = False
    keys = np.concatenate([uses.keys[kept], terms[now > 1]])
    counts = np.concatenate([uses.counts[kept], now[now > 1].astype(np.int32)])
    order = np.argsort(keys, kind="stable")
    return Uses(keys[order], counts[order])


def _joined(
    space: Vectors, keys: Keys, uses: Uses, made: Mapping[int, Row]
) -> tuple[Vectors, Rows]:
    """A space with some of its rows made anew; and those that differ.

    Args:
        keys: By column of the rows made anew, their terms.
    """
    columns, old = Columns(space.keys), space.rows
    again: dict[int, Row] = {}
    for row, (own, weights) in made.items():
        numbers = columns.of(keys[own])
        order = np.argsort(numbers)
        again[row] = numbers[order], weights[order]
    moved = []
    for row, (own, weights) in again.items():
        was = slice(old.indptr[row], old.indptr[row + 1])
        if not (np.array_equal(own, old.indices[was]) and np.array_equal(weights, old.data[was])):
            moved.append(row)
    keys = columns.keys
    rows = Table(*with_rows(old.indptr, old.indices, old.data, again), len(keys))
    return Vectors(space.slugs, keys, rows, uses), np.array(moved, np.int64)


class Columns:
    """Gives each term its column: the one that it has or had, else a new one behind all.

    Args:
        keys: The terms by column, those in front sorted.
    """

    def __init__(self, keys: Keys) -> None:
        falls = np.flatnonzero(keys[1:] < keys[:-1])
        self._sorted = keys[: falls[0] + 1] if len(falls) else keys
        first = len(self._sorted)
        self._others = {key: first + n for n, key in enumerate(keys[first:].tolist())}

    @property
    def keys(self) -> Keys:
        """The terms by column, with those that got one."""
        return np.concatenate([self._sorted, np.array(list(self._others), np.uint64)])

    def of(self, terms: Keys) -> NDArray[np.int32]:
        """The columns of some terms, in their order."""
        columns = np.searchsorted(self._sorted, terms).astype(np.int32)
        known = columns < len(self._sorted)
        known[known] = self._sorted[columns[known]] == terms[known]
        for place in np.flatnonzero(~known).tolist():
            following = len(self._sorted) + len(self._others)
            columns[place] = self._others.setdefault(int(terms[place]), following)
        return columns


def with_rows(
    ends: NDArray[Any], columns: NDArray[Any], weights: NDArray[Any], rows: Mapping[int, Row]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """The arrays of a matrix in which some rows, ascending, are others: weights, columns, and where
    each row ends. All are new."""
    lengths = np.diff(ends)
    some, others = [columns[:0]], [weights[:0]]
    following = 0
    for row, (own, weighed) in rows.items():
        some += (columns[following : ends[row]], own)
        others += (weights[following : ends[row]], weighed)
        following = ends[row + 1]
        lengths[row] = len(own)
    some.append(columns[following:])
    others.append(weights[following:])
    return (
        np.concatenate(others, dtype=np.int32),
        np.concatenate(some, dtype=np.int32),
        np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))),
    )
