"""The products of each row of a sparse matrix with all of its rows, one row after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# What scipy's matrices call: they would take new memory for each row, and that costs more.
from scipy.sparse import _sparsetools


class Crossed:
    """A matrix, with the rows that have each of its columns.

    Args:
        matrix: CSR of int32, with fewer than 2³¹ numbers that are not 0.
    """

    def __init__(self, matrix: Any) -> None:
        self._height, width = matrix.shape
        self._ends: list[int] = matrix.indptr.tolist()
        self._indices, self._data = matrix.indices, matrix.data
        # Columns that no earlier row has are asked for together, so they stand together.
        first = np.zeros(width, np.int32)
        for row in reversed(range(self._height)):
            first[matrix.indices[self._ends[row] : self._ends[row + 1]]] = row
        self._number = np.empty(width, np.int32)
        self._number[np.argsort(first, kind="stable")] = np.arange(width, dtype=np.int32)
        arrays = matrix.data, self._number.take(matrix.indices), matrix.indptr
        self._turned = sparse.csr_matrix(arrays, shape=matrix.shape).T.tocsr()
        self._lengths = np.diff(self._turned.indptr)

    def products(self, rows: Iterable[int]) -> Iterator[NDArray[np.int32]]:
        """The products of some rows with all, one row after the other, in their order."""
        turned = self._turned
        indices, data = np.empty(0, np.int32), np.empty(0, np.int32)
        for row in rows:
            own = slice(self._ends[row], self._ends[row + 1])
            columns = self._number.take(self._indices[own])
            ends = np.zeros(len(columns) + 1, np.int32)
            np.cumsum(self._lengths.take(columns), out=ends[1:])
            if ends[-1] > len(data):
                # One place for what row after row needs: it stays near the processor.
                indices, data = (np.empty(2 * int(ends[-1]), np.int32) for _ in range(2))
            _sparsetools.csr_row_index(
                len(columns), columns, turned.indptr, turned.indices, turned.data, indices, data
            )
            found = np.zeros(self._height, np.int32)
            _sparsetools.csc_matvec(
                self._height, len(columns), ends, indices, data, self._data[own], found
            )
            yield found
