"""The version changes with the code, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from mkdocs_briefings.building.version import code_version


def test_it_changes_with_the_code_and_its_names(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    (one / "inner").mkdir(parents=True)
    (one / "inner" / "a.py").write_text("x = 1\n")
    (one / "notes.txt").write_text("nothing")
    shutil.copytree(one, two)
    before = code_version(one, ["markdown"])
    assert code_version(two, ["markdown"]) == before, "wherever it stands"
    (two / "notes.txt").write_text("something")
    assert code_version(two, ["markdown"]) == before
    (two / "inner" / "a.py").write_text("x = 2\n")
    assert code_version(two, ["markdown"]) != before
    shutil.copytree(one / "inner", one / "other")
    assert code_version(one, ["markdown"]) != before
    assert code_version(one, ["markdown", "jinja2"]) != code_version(one, ["markdown"])
