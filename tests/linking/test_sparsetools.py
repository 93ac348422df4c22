"""scipy's functions are those that its matrices call, however they are found."""

from __future__ import annotations

import subprocess
import sys

import pytest

FIRST = "from mkdocs_briefings.linking.sparsetools import tools; "
ALONE = "import sys; print('scipy.sparse' in sys.modules)"
AFTERWARDS = """
import numpy as np
from scipy import sparse
one = sparse.csr_matrix(np.array([[0, 2], [3, 0], [4, 5]], np.int32))
ends, rows, data = np.empty(3, np.int32), np.empty(4, np.int32), np.empty(4, np.int32)
tools.csr_tocsc(3, 2, one.indptr, one.indices, one.data, ends, rows, data)
print(ends.tolist(), rows.tolist(), data.tolist(), one.T.tocsr().toarray().tolist())
"""
TURNED = "[0, 2, 4] [1, 2, 0, 2] [3, 4, 2, 5] [[0, 3, 4], [2, 0, 5]]"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param(FIRST + ALONE, "False", id="alone"),
        pytest.param("import scipy.sparse; " + FIRST + AFTERWARDS, TURNED, id="after the rest"),
        pytest.param(FIRST + AFTERWARDS, TURNED, id="before the rest"),
    ],
)
def test_they_are_found(code: str, told: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told


def test_they_are_found_where_they_are_installed_in_another_way() -> None:
    # As of an editable installation, whose modules another finder knows.
    code = f"""
{FIRST}
import sys
from mkdocs_briefings.linking import sparsetools
class Nothing:
    find_spec = staticmethod(lambda *_: None)
sparsetools.PathFinder = Nothing
del sys.modules[sparsetools._NAME]
tools = sparsetools._loaded()
print("scipy.sparse" in sys.modules)
{AFTERWARDS}
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["True", TURNED]
