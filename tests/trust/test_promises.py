"""The table of promises and the tests are the same."""

from __future__ import annotations

import re

from ..conftest import ROOT

NAMED = re.compile(r"`(test_p\d\d_\w+)`")
ROW = re.compile(r"^\| P(\d+) \|.*\| ([^|]*) \|$", re.MULTILINE)
ALSO = re.compile(r"`(tests/[\w/]+\.py(?:::\w+)?)`")
DEFINED = re.compile(r"^def (test_p\d\d_\w+)\(", re.MULTILINE)


def test_every_test_that_the_table_names_exists_and_proves_its_promise() -> None:
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in DEFINED.findall(path.read_text(encoding="utf-8"))
    }
    rows = ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _ in rows] == list(range(1, 20))
    for number, cell in rows:
        names = set(NAMED.findall(cell))
        assert {name[:8] for name in names} == {f"test_p{int(number):02}"}
        assert names <= defined
        for path in ALSO.findall(cell):
            file, _, test = path.partition("::")
            assert f"def {test or 'test_'}" in (ROOT / file).read_text(encoding="utf-8")
