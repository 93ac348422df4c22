"""Tables of few numbers: what they give is what scipy's matrices of the same give."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from mkdocs_briefings.linking.table import ByColumn, Table

from .catalogs import matrix

HEIGHT, WIDTH = 30, 12


@pytest.fixture
def table() -> Table:
    """One in which some rows and columns are empty."""
    numbers = np.random.default_rng(1)
    whole = numbers.integers(1, 1 << 14, (HEIGHT, WIDTH)) * (numbers.random((HEIGHT, WIDTH)) < 0.3)
    whole[[0, 7, HEIGHT - 1]] = 0
    whole[:, [0, 5]] = 0
    rows, columns = np.nonzero(whole)
    return Table(
        whole[rows, columns].astype(np.int32),
        columns.astype(np.int32),
        np.searchsorted(rows, np.arange(HEIGHT + 1)),
        WIDTH,
    )


def whole(table: Table) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    found: np.ndarray[tuple[int, int], np.dtype[np.int64]] = matrix(table).toarray()
    return found.astype(np.int64)


@pytest.mark.parametrize("rows", [[], [0], [3, 0, 3, 7, 29, 4], list(range(HEIGHT))])
def test_entries_are_the_numbers_of_rows(table: Table, rows: list[int]) -> None:
    which, columns, numbers = table.entries(np.array(rows, np.int64))
    found = np.zeros((len(rows), WIDTH), np.int64)
    found[which, columns] = numbers
    assert np.array_equal(found, whole(table)[rows])


def test_what_pairs_share_is_the_product_of_their_rows(table: Table) -> None:
    rows, others = np.divmod(np.arange(HEIGHT * HEIGHT), HEIGHT)
    expected = (whole(table) @ whole(table).T).ravel()
    assert table.shared(rows, others).tolist() == expected.tolist()
    assert not len(table.shared(rows[:0], others[:0]))


@pytest.mark.parametrize("rows", [[0], [3, 7, 29], list(range(HEIGHT))])
def test_products_of_few_rows_are_those_of_the_whole(table: Table, rows: list[int]) -> None:
    by_column = ByColumn(table, np.array(rows))
    found = [by_column.products(row).tolist() for row in rows]
    assert found == (whole(table)[rows] @ whole(table).T).tolist()


@pytest.mark.parametrize(
    "ends", [[], [1, 2], [0, 1], [0, 3]], ids=["none", "late", "too few", "too many"]
)
def test_arrays_of_several_tables_are_none(ends: list[int]) -> None:
    numbers = np.ones(2, np.int32)
    with pytest.raises(ValueError, match="several tables"):
        Table(numbers, numbers, np.array(ends), 5)
    with pytest.raises(ValueError, match="several tables"):
        Table(numbers, numbers[:1], np.array([0, 2]), 5)


def test_few_rows_need_no_scipy() -> None:
    code = (
        "import sys; import mkdocs_briefings.linking.again, mkdocs_briefings.linking.kept;"
        "print([name for name in sys.modules if name.startswith('scipy')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
