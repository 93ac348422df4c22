"""The products of rows of a table with its rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

# Matrices would take new memory for each row, and that costs more.
from .sparsetools import by_column, tools
from .table import Table

_Numbers = NDArray[np.int32]


class Crossed:
    """A table, with the rows that have each of its columns.

    Args:
        table: With fewer than 2³¹ numbers that are not 0.
    """

    def __init__(self, table: Table) -> None:
        self._height = table.height
        self._ends: list[int] = table.indptr.tolist()
        self._indices, self._data = table.indices, table.data
        starts, self._rows, self._weights = by_column(table, table.indices)
        self._stops = starts[1:]
        self._starts = starts[:-1]
        self._reached = self._starts.copy()
        """Where in each column those stand that `onward` was not asked for."""

    def products(self, row: int) -> _Numbers:
        """The products of one row with all."""
        found = np.zeros(self._height, np.int32)
        spans, factors = self._spread(row, row + 1, self._starts)
        self._add(spans, factors, found)
        return found

    def onward(self, rows: range) -> Iterator[_Numbers]:
        """The products of each of some rows in a run with the first of them and all behind it, one
        after the other: each of use until the next is asked for.

        Ask for one run after the other, from the first row on: half of what `products` of all
        would take is not reckoned then.
        """
        first = self._ends[rows.start]
        spans, factors = self._spread(rows.start, rows.stop, self._reached)
        found = np.zeros(self._height, np.int32)
        stop = len(spans)
        for end in self._ends[rows.start + 1 : rows.stop + 1]:
            start = len(spans) - 2 * (end - first)
            found[rows.start :] = 0
            self._add(spans[start:stop], factors[start:stop], found)
            yield found[rows.start :]
            stop = start
        columns = self._indices[first : self._ends[rows.stop]]
        self._reached += np.bincount(columns, minlength=len(self._reached)).astype(np.int32)

    def _spread(self, first: int, last: int, starts: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Of some rows that follow each other, the last number first: where each column begins and
        where it ends, and what it is to be multiplied by, with a 0 behind each."""
        own = slice(self._ends[first], self._ends[last])
        columns = self._indices[own][::-1]
        spans, factors = np.empty(2 * len(columns), np.int32), np.zeros(2 * len(columns), np.int32)
        spans[::2], spans[1::2] = starts.take(columns), self._stops.take(columns)
        factors[::2] = self._data[own][::-1]
        return spans, factors

    def _add(self, spans: _Numbers, factors: _Numbers, found: _Numbers) -> None:
        """Add the products of one row to `found`."""
        if len(spans):
            # What is asked for is the product of a matrix with a vector. Its columns are those of
            # the row and, between any two, what stands from the end of one to the start of the
            # other: from there on backward, so that is nothing, and no column is copied.
            columns = len(spans) - 1
            tools.csc_matvec(
                self._height, columns, spans, self._rows, self._weights, factors, found
            )
