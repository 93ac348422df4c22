"""What scipy's sparse matrices call, without the matrices: `scipy.sparse` imports numpy's compiler
for Fortran and hundreds of other modules, which takes a tenth of a second."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

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
