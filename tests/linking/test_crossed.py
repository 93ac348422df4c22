"""Products of all rows with all: those of whole matrices, whatever is empty."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from mkdocs_briefings.linking.crossed import Crossed
from mkdocs_briefings.linking.table import Table
from numpy.typing import NDArray
from scipy import sparse


def table(whole: NDArray[Any]) -> Table:
    matrix = sparse.csr_matrix(whole.astype(np.int32))
    return Table(matrix.data, matrix.indices, matrix.indptr, matrix.shape[1])


@pytest.mark.parametrize(
    "rows", [[], [0], [3, 0, 3, 8, 29], list(range(30))], ids=["none", "empty", "some", "all"]
)
def test_products_are_those_of_whole_rows(rows: list[int]) -> None:
    numbers = np.random.default_rng(5)
    whole = numbers.integers(1, 1 << 14, (30, 12)) * (numbers.random((30, 12)) < 0.3)
    whole[[0, 7, 29]] = 0
    whole[:, [0, 5]] = 0
    # Much of it in one row, so that more room is needed than before.
    whole[8] = 1
    crossed = Crossed(table(whole))
    found = [crossed.products(row) for row in rows]
    assert all(products.dtype == np.int32 for products in found)
    assert [products.tolist() for products in found] == (whole[rows] @ whole.T).tolist()


@pytest.mark.parametrize("size", [1, 7, 30, 40])
def test_products_onward_are_those_with_all_from_the_first_of_a_run_on(size: int) -> None:
    numbers = np.random.default_rng(size)
    whole = numbers.integers(1, 1 << 14, (30, 12)) * (numbers.random((30, 12)) < 0.3)
    whole[[0, 7, 29]] = 0
    whole[:, [0, 5]] = 0
    crossed = Crossed(table(whole))
    for start in range(0, 30, size):
        rows = range(start, min(start + size, 30))
        found = [products.tolist() for products in crossed.onward(rows)]
        assert found == (whole[rows] @ whole[start:].T).tolist()
    # Whoever asks for those with all is not concerned.
    assert crossed.products(3).tolist() == (whole[3] @ whole.T).tolist()


def test_a_matrix_without_columns_has_products_of_nothing() -> None:
    found = Crossed(table(np.zeros((2, 0)))).products(1)
    assert found.tolist() == [0, 0]
    onward = Crossed(table(np.zeros((2, 0)))).onward(range(2))
    assert [products.tolist() for products in onward] == [[0, 0], [0, 0]]


def test_products_need_no_more_of_scipy_than_is_asked() -> None:
    asked = (
        "import sys; import numpy as np;"
        "from mkdocs_briefings.linking.crossed import Crossed;"
        "from mkdocs_briefings.linking.table import Table;"
        "ones = np.ones(2, np.int32);"
        "table = Table(ones, np.array([0, 0], np.int32), np.array([0, 1, 2]), 1);"
        "print(Crossed(table).products(1).tolist(), 'scipy.sparse' in sys.modules);"
        "import scipy.sparse;"
        "print((scipy.sparse.csr_matrix([[1, 2]]) @ np.array([3, 4])).tolist())"
    )
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, encoding="utf-8"
    )
    assert found.stdout.split("\n")[:2] == ["[1, 1] False", "[11]"]
