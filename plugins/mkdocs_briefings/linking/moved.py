"""Vectors after an edit of few briefings: only those that may have moved are weighed again.

The result is that of `vectors`, number for number. As long as the briefings are the same, what a
term weighs depends on how many have it and on nothing else, and a vector on what its own terms
weigh: one that has no term which weighs otherwise than before stays as it is, but for the numbers
of its columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .archive import Archive
from .features import Keys
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
        The vectors of `after`, and the rows that moved, ascending.
    """
    scale = Scale(len(space.slugs))
    terms, change = _changes(before, after, edited)
    which, rows = before.holding(terms)
    was = np.bincount(which, minlength=len(terms))
    now = was + change
    other = (scale.weight[was] != scale.weight[now]) | (scale.telling[was] != scale.telling[now])
    uses = _counted(space.uses, terms, now)
    weighing = Weighing(uses, scale)
    own = [row for row, slug in enumerate(space.slugs) if slug in edited]
    again = np.union1d(np.array(own, np.int64), rows[other[which]])
    made = {row: weighing.row(after[space.slugs[row]]) for row in again.tolist()}
    return _joined(space, weighing.keys, uses, made)


def _changes(
    before: Archive, after: Archive, edited: Collection[str]
) -> tuple[Keys, NDArray[np.int64]]:
    """The terms that more or fewer briefings have than before, sorted, and how many more."""
    none: Keys = np.empty(0, np.uint64)
    gone = np.concatenate([none, *(before[slug].keys for slug in edited)])
    come = np.concatenate([none, *(after[slug].keys for slug in edited)])
    terms, places = np.unique(np.concatenate([gone, come]), return_inverse=True)
    signs = np.repeat([-1, 1], [len(gone), len(come)])
    change = np.bincount(places, signs, len(terms)).astype(np.int64)
    return terms[change != 0], change[change != 0]


def _counted(uses: Uses, terms: Keys, now: NDArray[np.int64]) -> Uses:
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
    """A space with some of its rows made anew, over these columns; and those that differ."""
    old = space.rows
    lengths = np.diff(old.indptr)
    for row, (own, _) in made.items():
        lengths[row] = len(own)
    ends = np.concatenate(([0], np.cumsum(lengths)))
    indices, data = np.empty(ends[-1], np.int32), np.empty(ends[-1], np.int32)
    # Where each column stands now. No row that is taken over has one that is gone.
    columns = np.searchsorted(keys, space.keys).astype(np.int32)
    moved = []
    following = 0
    for row in (*made, len(space.slugs)):
        start, end = old.indptr[following], old.indptr[row]
        to = slice(ends[following], ends[row])
        indices[to], data[to] = columns[old.indices[start:end]], old.data[start:end]
        following = row + 1
        if row in made:
            own, weights = made[row]
            to, was = slice(ends[row], ends[row + 1]), slice(end, old.indptr[row + 1])
            indices[to], data[to] = own, weights
            same = np.array_equal(keys[own], space.keys[old.indices[was]])
            if not (same and np.array_equal(weights, old.data[was])):
                moved.append(row)
    rows = sparse.csr_matrix((data, indices, ends), shape=(len(space.slugs), len(keys)))
    return Vectors(space.slugs, keys, rows, uses), np.array(moved, np.int64)
