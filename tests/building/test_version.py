"""The version changes with the code, and with nothing else."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest
from mkdocs_briefings.building.version import MADE_BY, PACKAGE, code_version, versions

from ..test_layers import imports, modules


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


def test_versions_are_those_that_python_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert versions(MADE_BY) == {name: version(name) for name in MADE_BY}
    first, second = tmp_path / "first", tmp_path / "second"

    def installed(place: Path, folder: str, told: str) -> None:
        about = place / folder
        about.mkdir(parents=True)
        name = folder.rpartition("-")[0]
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {told}\n")

    installed(first, "Reed_Bed-1.0.dist-info", "1.0")
    installed(second, "reed.bed-2.0.dist-info", "2.0")
    installed(second, "quay-3.0.post1.dist-info", "3.0.post1")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "none"), str(first), str(second)])
    assert versions(["reed-bed", "quay"]) == {"reed-bed": "1.0", "quay": "3.0.post1"}
    installed(first, "quay-4.0.dist-info", "4.0")
    installed(first, "quay-5.0.dist-info", "5.0")
    assert versions(["quay"])["quay"] == version("quay"), "of two what Python takes"
    with pytest.raises(PackageNotFoundError):
        versions(["wherry"])


KEPT = {"catalog", "reading", "linking", "viewing", "rendering", "composing", "publishing"}
"""Layers whose results a build keeps for the next one."""
ELSEWHERE = {
    "pagefind",  # Its version is in the key of what it makes.
    "rcssmin",  # What it makes is made in every build.
}


def test_every_package_that_decides_what_is_kept_counts() -> None:
    found = packages_distributions()
    used: set[str] = set()
    for name, path in modules(PACKAGE).items():
        if name.partition(".")[0] in KEPT:
            tops = {to.partition(".")[0] for _, to in imports(name, path) if to[0] != "."}
            used |= {d for top in tops - sys.stdlib_module_names for d in found.get(top, [top])}
    used = {re.sub("[-_.]+", "-", name).lower() for name in used}
    used -= {"pydantic-core"}  # Comes with pydantic, in the one version that it takes.
    assert {"markdown", "pydantic", "py3langid"} <= used
    assert used - {*MADE_BY} == ELSEWHERE
