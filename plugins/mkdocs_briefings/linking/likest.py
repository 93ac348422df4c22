"""The rows of a table that have the greatest products with each, where all rows are asked for.

The product of two rows is reckoned once, for the one that comes first. What may be among the
greatest of the other is kept until its turn comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from .crossed import Crossed
from .table import Table

Rows = NDArray[np.int64]
Products = NDArray[np.int32]
Likely = tuple[Rows, Products, int]
"""Rows, their products with one, and the least product of those that are wanted for being great."""

# A pair of rows is held as one number: which row of a run it is for; its product, turned round; the
# other row; and whether that is wanted whatever its product. So pairs sort as they are wanted: row
# by row, the greatest products first, ties going to the first rows.
_Pairs = NDArray[np.int64]
_BESIDE, _OTHER, _PRODUCT, _ROW = 0, 1, 24, 55
"""The first bit of each, the last of these first."""
_GREATEST = (1 << _ROW - _PRODUCT) - 1
MOST_ROWS = 1 << _PRODUCT - _OTHER
"""More rows than that have no room in such a number."""

_SAMPLE = 64
"""Rows that tell how great products are."""
_SPARE = 4
"""How many times as many pairs as are wanted are kept, on average. More take time and memory; with
fewer, more rows have too few."""


class Likest:
    """The rows of a table that have the greatest products with each.

    Args:
        table: With `MOST_ROWS` at most, and no product of two rows above 2³¹.
        most: How many are wanted for each row, itself among them.
        beside: By row, others that are wanted whatever their products; each of them has the row
            beside it, too.
    """

    def __init__(self, table: Table, most: int, beside: Mapping[int, Collection[int]]) -> None:
        self._crossed = Crossed(table)
        self._height, self._most = table.height, most
        self._beside = {row: np.array(sorted(rows), np.int64) for row, rows in beside.items()}
        self._least = self._sampled()
        """Products must be above it to be kept for being great."""

    def products(self, row: int) -> Products:
        """The products of one row with all."""
        return self._crossed.products(row)

    def runs(self, size: int) -> Iterator[tuple[range, list[Likely | None]]]:
        """All rows in runs of a size, 255 at most, with the others that are wanted for each, ties
        going to the first; None for a row of which too few products were kept."""
        kept: dict[int, list[_Pairs]] = {}
        """By the start of a run to come: pairs of its rows with earlier ones."""
        for start in range(0, self._height, size):
            rows = range(start, min(start + size, self._height))
            others, products, own = self._onward(rows)
            later = np.flatnonzero(others >= rows.stop)
            theirs = others[later] % size
            pairs = (theirs << _ROW) | products[later] | (own[later] + start) << _OTHER
            for run, some in _split(others[later] - theirs, pairs):
                kept.setdefault(run, []).append(some)
            pairs = (own << _ROW) | products | others << _OTHER
            yield rows, self._wanted(rows, np.concatenate([*kept.pop(start, ()), pairs]))

    def _onward(self, rows: range) -> tuple[Rows, _Pairs, Rows]:
        """What is kept of a run and the rows from its first one on, pair by pair: the other row;
        the product and whether it is beside, where they stand in a pair; and of which row of the
        run it is, these ascending."""
        places: list[Rows] = []
        values: list[Products] = []
        marked: list[Rows] = []
        count = 0
        for row, products in zip(rows, self._crossed.onward(rows), strict=True):
            kept = products > self._least
            beside = self._beside.get(row)
            if beside is not None:
                beside = beside[beside >= rows.start] - rows.start
                kept[beside] = True
            found = kept.nonzero()[0]
            if beside is not None:
                marked.append(count + found.searchsorted(beside))
            places.append(found)
            values.append(products[found])
            count += len(found)
        turned = (_GREATEST - np.concatenate(values).astype(np.int64)) << _PRODUCT
        turned[np.concatenate([np.empty(0, np.int64), *marked])] |= 1 << _BESIDE
        own = np.repeat(np.arange(len(rows)), list(map(len, places)))
        return np.concatenate(places) + rows.start, turned, own

    def _wanted(self, rows: range, pairs: _Pairs) -> list[Likely | None]:
        """What is wanted for each row of a run, given all pairs that were kept for it."""
        if not len(pairs):
            return [None] * len(rows)
        pairs.sort()
        firsts = np.arange(len(rows) + 1) << _ROW
        starts = pairs.searchsorted(firsts)
        great = pairs.searchsorted(firsts[:-1] + (_GREATEST - self._least << _PRODUCT))
        enough = great - starts[:-1] >= self._most
        last = pairs.take(starts[:-1] + self._most - 1, mode="clip")
        ranks = np.arange(len(pairs)) - np.repeat(starts[:-1], np.diff(starts))
        wanted = (ranks < self._most) | (pairs >> _BESIDE & 1 > 0)
        wanted &= _other(pairs) != (pairs >> _ROW) + rows.start
        pairs = pairs[wanted]
        others, products, least = _other(pairs), _product(pairs), _product(last)
        ends = pairs.searchsorted(firsts).tolist()
        return [
            (others[start:end], products[start:end], value) if known else None
            for known, value, start, end in zip(
                enough.tolist(), least.tolist(), ends, ends[1:], strict=False
            )
        ]

    def _sampled(self) -> int:
        some = range(0, self._height, max(1, self._height // _SAMPLE))
        found = np.concatenate([np.zeros(1, np.int32), *map(self.products, some)])
        last = max(0, len(found) - 1 - _SPARE * self._most * len(some))
        return int(np.partition(found, last)[last])


def _split(runs: Rows, pairs: _Pairs) -> Iterator[tuple[int, _Pairs]]:
    """The pairs of each run, given the start of that of every pair."""
    order = np.argsort(runs, kind="stable")
    numbers, starts = np.unique(runs[order], return_index=True)
    for number, some in zip(numbers.tolist(), np.split(pairs[order], starts)[1:], strict=True):
        # A part of an array would hold all of it.
        yield number, some.copy()


def _other(pairs: _Pairs) -> Rows:
    return pairs >> _OTHER & MOST_ROWS - 1


def _product(pairs: _Pairs) -> Products:
    return (_GREATEST - (pairs >> _PRODUCT & _GREATEST)).astype(np.int32)
