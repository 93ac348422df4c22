"""The table of promises and the tests are the same."""

from __future__ import annotations

import re

from ..conftest import ROOT

NAMED = re.compile(r"`(test_p\d\d_\w+)`")
DEFINED = re.compile(r"^def (test_p\d\d_\w+)\(", re.MULTILINE)


def test_every_test_that_the_table_names_exists_and_proves_its_promise() -> None:
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in DEFINED.findall(path.read_text(encoding="utf-8"))
    }
    rows = re.findall(r"^\| P(\d+) \|.*$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == len(set(rows)) >= 10
    for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines():
        if promise := re.match(r"\| P(\d+) \|", line):
            names = NAMED.findall(line)
            assert names, line
            assert set(names) <= defined
            assert {name[:8] for name in names} == {f"test_p{int(promise[1]):02}"}
