"""The vectors of an archive by column, as they were at one time, and the few that are others since.

Whoever asks for the products of few vectors with all looks at the columns of those few, and need
not turn the whole table round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import Keys
from .moved import with_rows
from .table import Table, runs

Rows = NDArray[np.int64]

RESTS = 256
"""Pieces of what has no weight, by the first bits of its marks: an edit asks for few of them."""
_PIECE_BITS = 24
"""Bits of a mark behind those."""
_FRONT = np.uint64(0xFFFF_FFFF_0000_0000)
"""The bits of a term that are its mark."""
_PIECE = 1 << 18
"""So many numbers are looked through at a time: what is made of them stays near the processor."""


@dataclass(frozen=True, slots=True)
class Own:
    """What one briefing has."""

    columns: NDArray[np.int32]
    """Of its vector, ascending."""
    weights: NDArray[np.int32]
    rest: Keys
    """Its terms that have no weight in it, sorted."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Who has some of the terms that have no weight in the vector of one that has them."""

    marks: NDArray[np.uint32]
    """Of the terms, sorted: two of them may have the same."""
    whose: NDArray[Any]
    """The row that has each."""


@dataclass(frozen=True, slots=True)
class Base:
    """The vectors of all briefings by column, and what has no weight in them."""

    ends: NDArray[Any]
    """Where in the next two each column begins, and behind the last where it ends."""
    rows: NDArray[Any]
    """Whose vectors have it, ascending in every column."""
    weights: NDArray[np.uint16]
    """What it weighs in each."""
    rests: Callable[[int], Rest]
    """Gives each of the `RESTS` pieces of what has no weight, by its number.

    Raises:
        ValueError: If it is missing, damaged, or of another state.
    """
    height: int
    """How many rows there are."""

    def holding(self, columns: NDArray[np.int32], terms: Keys) -> Rows:
        """The rows that have one of some columns, or one of some terms without weight, and perhaps
        some that have none of them; each once."""
        columns = columns[columns < len(self.ends) - 1]
        starts = self.ends[columns].astype(np.int64)
        found = [self.rows[runs(starts, self.ends[columns + 1] - starts)]]
        marks = marks_of(terms)
        pieces = marks >> _PIECE_BITS
        for number in np.unique(pieces).tolist():
            rest, wanted = self.rests(number), marks[pieces == number]
            first = np.searchsorted(rest.marks, wanted)
            last = np.searchsorted(rest.marks, wanted, side="right")
            found.append(rest.whose[runs(first, last - first)])
        return np.unique(np.concatenate(found)).astype(np.int64)


@dataclass(frozen=True)
class Turned:
    """All vectors."""

    base: Base
    since: Mapping[int, Own]
    """By row, those that may be others than in the base."""

    def with_rows(self, rows: Mapping[int, Own]) -> Turned:
        """The same, some rows being others now."""
        return replace(self, since={**self.since, **rows})

    @cached_property
    def _others(self) -> tuple[Rows, NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """The rows that may be others than in the base; then for each of their columns which of
        them has it, the column, and its weight."""
        owns = list(self.since.values())
        which = np.repeat(np.arange(len(owns)), [len(own.columns) for own in owns])
        nothing = np.empty(0, np.int32)
        return (
            np.array(list(self.since), np.int64),
            which.astype(np.int64),
            np.concatenate([nothing, *(own.columns for own in owns)]),
            np.concatenate([nothing, *(own.weights for own in owns)]),
        )

    def products(
        self, columns: NDArray[np.int32], weights: NDArray[np.int32], width: int
    ) -> NDArray[np.int32]:
        """The products of a vector with all.

        Args:
            columns: Of the vector.
            weights: Of the vector.
            width: How many columns there are.
        """
        base, known = self.base, columns < len(self.base.ends) - 1
        starts = base.ends[columns[known]].astype(np.int64)
        lengths = base.ends[columns[known] + 1] - starts
        places = runs(starts, lengths)
        products = base.weights[places] * np.repeat(weights[known], lengths)
        # Sums of whole numbers below 2 ** 53 are exact.
        sums = np.bincount(base.rows[places], products, base.height)
        rows, which, theirs, factors = self._others
        if len(rows):
            spread = np.zeros(width, np.int32)
            spread[columns] = weights
            sums[rows] = np.bincount(which, spread[theirs] * factors, len(rows))
        return sums.astype(np.int32)

    def holding(self, columns: NDArray[np.int32], terms: Keys) -> Rows:
        """As of `Base`; the terms are those of the columns, too."""
        found = self.base.holding(columns, terms)
        rows, which, theirs, _ = self._others
        having = rows[np.unique(which[np.isin(theirs, columns)])]
        # Those that are others now may have them no more, which does no harm.
        more = [row for row, own in self.since.items() if np.isin(own.rest, terms).any()]
        return np.union1d(np.union1d(found, having), np.array(more, np.int64))

    def table(self, rows: Rows, width: int) -> Table:
        """A table of the vectors of some rows, the others being empty.

        Args:
            rows: Those rows, ascending.
            width: How many columns there are.
        """
        base = self.base
        wanted = np.zeros(base.height, bool)
        wanted[rows] = True
        own = {row: self.since[row] for row in rows.tolist() if row in self.since}
        wanted[list(own)] = False
        pieces = [
            np.flatnonzero(wanted[base.rows[start : start + _PIECE]]) + start
            for start in range(0, len(base.rows) if len(own) < len(rows) else 0, _PIECE)
        ]
        places = np.concatenate([np.empty(0, np.int64), *pieces])
        whose = base.rows[places]
        order = np.argsort(whose, kind="stable")
        held = np.diff(np.searchsorted(places, base.ends))
        columns = np.repeat(np.arange(len(held), dtype=np.int32), held)[order]
        ends = np.concatenate([[0], np.cumsum(np.bincount(whose, minlength=base.height))])
        others = {row: (one.columns, one.weights) for row, one in sorted(own.items())}
        return Table(*with_rows(ends, columns, base.weights[places[order]], others), width)

    def whole(self, width: int) -> Table:
        """A table of all vectors."""
        base = self.base
        order = np.argsort(base.rows, kind="stable")
        columns = np.repeat(np.arange(len(base.ends) - 1, dtype=np.int32), np.diff(base.ends))
        ends = np.concatenate([[0], np.cumsum(np.bincount(base.rows, minlength=base.height))])
        others = {row: (own.columns, own.weights) for row, own in sorted(self.since.items())}
        return Table(*with_rows(ends, columns[order], base.weights[order], others), width)


def turned(table: Table, keys: Keys, terms: Iterable[Keys]) -> Base:
    """A table by column.

    Args:
        table: The vectors.
        keys: Terms, by column.
        terms: All terms of each row's briefing, sorted.
    """
    # Imported here: after an edit nobody turns a table.
    from .sparsetools import by_column

    height, kind = table.height, row_kind(table.height)
    spans = map(slice, table.indptr[:-1].tolist(), table.indptr[1:].tolist())
    # Marks and whose they are side by side in one number: quicker than to sort by one what goes
    # along with it. Of a large archive all of them are a hundred megabytes.
    pieces = [np.empty(0, np.uint64)]
    for row, (own, span) in enumerate(zip(terms, spans, strict=True)):
        piece = rest_of(own, keys[table.indices[span]])
        piece &= _FRONT
        piece |= np.uint64(row)
        pieces.append(piece)
    together = np.concatenate(pieces)
    del pieces
    together.sort()
    marks, whose = marks_of(together), together.astype(np.uint32).astype(kind)
    del together
    ends, rows, weights = by_column(table, table.indices)
    bounds = np.searchsorted(marks >> _PIECE_BITS, np.arange(RESTS + 1))

    def rest(number: int) -> Rest:
        own = slice(bounds[number], bounds[number + 1])
        return Rest(marks[own], whose[own])

    return Base(
        ends=ends,
        rows=rows.astype(kind),
        weights=weights.astype(np.uint16),
        rests=rest,
        height=height,
    )


def rest_of(terms: Keys, weighed: Keys) -> Keys:
    """The terms of a briefing, sorted, but for those that have a weight in its vector."""
    without = np.ones(len(terms), bool)
    without[np.searchsorted(terms, weighed)] = False
    return terms[without]


def row_kind(height: int) -> type[np.uint16] | type[np.uint32]:
    """As what rows are kept where there are so many."""
    return np.uint16 if height <= 1 << 16 else np.uint32


def marks_of(terms: Keys) -> NDArray[np.uint32]:
    """The first half of each term, by which nearly all are told apart."""
    return (terms >> np.uint64(32)).astype(np.uint32)
