"""What scipy's sparse matrices call, without the matrices: `scipy.sparse` imports numpy's compiler
for Fortran and hundreds of other modules, which takes a tenth of a second."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .table import Table

_NAME = "scipy.sparse._sparsetools"


def _loaded() -> Any:
    """The module itself."""
    if _NAME in sys.modules:
        return sys.modules[_NAME]
    # For the libraries that come with it, which it makes known.
    import scipy

    spec = PathFinder.find_spec(_NAME, [f"{folder}/sparse" for folder in scipy.__path__])
    if spec and spec.loader:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    # Installed in another way: with all the rest.
    from scipy.sparse import _sparsetools

    return _sparsetools


tools = _loaded()
"""`csr_tocsc` and others, as `scipy/sparse/sparsetools` in its sources says."""


def by_column(
    table: Table, columns: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """A table by column: where in the next two each begins, and behind the last where it ends; the
    rows that have it, in order; and the number in each.

    Args:
        table: By row.
        columns: Those of its numbers, in place of `table.indices`.
    """
    ends = np.empty(table.width + 1, np.int32)
    rows, numbers = np.empty(len(columns), np.int32), np.empty_like(table.data)
    tools.csr_tocsc(
        *(table.height, table.width, table.indptr.astype(np.int32)),
        *(columns.astype(np.int32, copy=False), table.data),
        *(ends, rows, numbers),
    )
    return ends, rows, numbers
