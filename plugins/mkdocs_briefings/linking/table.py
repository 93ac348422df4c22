"""Tables of whole numbers, most of them 0, row by row.

scipy has such tables and all that one does with them, but takes a tenth of a second to import.
Whoever asks for few rows, as after an edit, does without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as scipy's CSR matrices have it: the arrays bear their names."""

    data: NDArray[np.int32]
    """The numbers that are not 0, above it, row by row."""
    indices: NDArray[np.int32]
    """The column of each; they ascend in every row."""
    indptr: NDArray[Any]
    """Where each row begins, and behind the last where it ends."""
    width: int
    """How many columns there are."""

    def __post_init__(self) -> None:
        """
        Raises:
            ValueError: If the arrays do not belong together.
        """
        ends, length = self.indptr, len(self.data)
        if not len(ends) or ends[0] or ends[-1] != length or len(self.indices) != length:
            raise ValueError("arrays of several tables")

    @property
    def height(self) -> int:
        return len(self.indptr) - 1

    def entries(self, rows: Rows) -> tuple[Rows, NDArray[np.int32], NDArray[np.int32]]:
        """The numbers of some rows, one row behind the other: for each, which of `rows` has it, its
        column, and itself."""
        starts = self.indptr[rows].astype(np.int64)
        lengths = self.indptr[rows + 1] - starts
        places = runs(starts, lengths)
        return np.repeat(np.arange(len(rows)), lengths), self.indices[places], self.data[places]

    def shared(self, rows: Rows, others: Rows) -> NDArray[np.float64]:
        """The product of the two rows of each pair `rows[n]`, `others[n]`: a whole number."""
        which, columns, numbers = self.entries(rows)
        whose, theirs, factors = self.entries(others)
        mine = which * self.width + columns
        wanted = whose * self.width + theirs
        places = np.searchsorted(mine, wanted)
        found = np.flatnonzero(places < len(mine))
        found = found[mine[places[found]] == wanted[found]]
        products = numbers[places[found]].astype(np.float64) * factors[found]
        return np.bincount(whose[found], products, len(rows)).astype(np.float64, copy=False)


class ByColumn:
    """A table turned round, as far as some of its rows have columns.

    Args:
        table: The table.
        rows: Those whose products with all will be asked for.
    """

    def __init__(self, table: Table, rows: Rows) -> None:
        self._table = table
        wanted = np.zeros(table.width, bool)
        wanted[table.entries(rows)[1]] = True
        self._number = np.cumsum(wanted) - 1
        """By column: which of those that are wanted."""
        places = np.flatnonzero(wanted[table.indices])
        numbers = self._number[table.indices[places]]
        count = int(np.count_nonzero(wanted))
        # Of short numbers a sort takes time in proportion to how many there are.
        short = np.uint16 if count <= 1 << 16 else np.int64
        order = np.argsort(numbers.astype(short), kind="stable")
        places = places[order]
        self._starts = np.searchsorted(numbers[order], np.arange(count + 1))
        self._rows = np.searchsorted(table.indptr, places, side="right") - 1
        self._data = table.data[places]

    def products(self, row: int) -> NDArray[np.int32]:
        """The products of one of the rows with every row of the table."""
        _, columns, factors = self._table.entries(np.array([row]))
        numbers = self._number[columns]
        starts = self._starts[numbers]
        lengths = self._starts[numbers + 1] - starts
        places = runs(starts, lengths)
        products = self._data[places] * np.repeat(factors, lengths)
        # Sums of whole numbers below 2 ** 53 are exact.
        sums = np.bincount(self._rows[places], products, self._table.height)
        return sums.astype(np.int32)


def runs(starts: Rows, lengths: Rows) -> Rows:
    """The whole numbers of runs, one run behind the other.

    >>> runs(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(lengths)
    return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
