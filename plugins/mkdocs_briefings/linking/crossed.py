"""The products of each row of a table with all of its rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Matrices would take new memory for each row, and that costs more.
from .sparsetools import by_column, tools
from .table import Table


class Crossed:
    """A table, with the rows that have each of its columns.

    Args:
        table: With fewer than 2³¹ numbers that are not 0.
    """

    def __init__(self, table: Table) -> None:
        self._height = table.height
        self._ends: list[int] = table.indptr.tolist()
        self._indices, self._data = table.indices, table.data
        # Columns that no earlier row has are asked for together, so they stand together.
        first = np.zeros(table.width, np.int32)
        for row in reversed(range(self._height)):
            first[table.indices[self._ends[row] : self._ends[row + 1]]] = row
        self._number = np.empty(table.width, np.int32)
        self._number[np.argsort(first, kind="stable")] = np.arange(table.width, dtype=np.int32)
        self._starts, self._rows, self._weights = by_column(table, self._number.take(table.indices))
        self._lengths = np.diff(self._starts)
        # One place for what row after row needs: it stays near the processor.
        self._places = np.empty(0, np.int32), np.empty(0, np.int32)

    def products(self, row: int) -> NDArray[np.int32]:
        """The products of one row with all."""
        own = slice(self._ends[row], self._ends[row + 1])
        columns = self._number.take(self._indices[own])
        ends = np.zeros(len(columns) + 1, np.int32)
        np.cumsum(self._lengths.take(columns), out=ends[1:])
        indices, data = self._places
        if ends[-1] > len(data):
            size = 2 * int(ends[-1])
            indices, data = self._places = np.empty(size, np.int32), np.empty(size, np.int32)
        tools.csr_row_index(
            len(columns), columns, self._starts, self._rows, self._weights, indices, data
        )
        found = np.zeros(self._height, np.int32)
        tools.csc_matvec(self._height, len(columns), ends, indices, data, self._data[own], found)
        return found
