"""P17: what is released is built from locked packages, twice, with equal bytes, and is signed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT
from .test_project import locked

RELEASE = ROOT / ".github" / "workflows" / "release.yml"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` makes."""
    return made(tmp_path_factory.mktemp("dist"), umask=0o022, TZ="UTC", PYTHONHASHSEED="1")


def made(folder: Path, *, umask: int, **environment: str) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("packages are built from a repository")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "dist.py"), str(folder)],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1780315200", **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_p17_two_builds_are_equal(dist: Path, tmp_path: Path) -> None:
    other = made(tmp_path, umask=0o077, TZ="Asia/Tokyo", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    names = sorted(path.name for path in dist.iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["SHA256SUMS", "whl", "gz", "json"]
    for name in names:
        assert (dist / name).read_bytes() == (other / name).read_bytes(), name
    sums = (dist / "SHA256SUMS").read_text(encoding="utf-8").split()
    for digest, name in zip(sums[::2], sums[1::2], strict=True):
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest


def test_p17_a_package_tells_nothing_of_who_built_it(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 6, 1, 12, 0, 0)}
        text = b"".join(archive.read(entry) for entry in archive.infolist())
    for word in (str(ROOT), str(Path.home() / "x")[:-2]):
        assert len(word) < 6 or word.encode() not in text


def test_p17_the_sbom_names_all_that_is_installed(dist: Path) -> None:
    told = json.loads((dist / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    parts = told["components"]
    wanted = [(r.name, next(iter(r.specifier)).version, n) for r, n in locked("requirements.lock")]
    found = [
        (part["name"], part["version"], len(part["externalReferences"][0]["hashes"]))
        for part in parts
    ]
    assert found == wanted
    refs = [part["bom-ref"] for part in parts]
    assert len(set(refs)) == len(refs)
    assert told["dependencies"][0]["dependsOn"] == refs
    assert all(part["purl"] == f"pkg:pypi/{ref}" for part, ref in zip(parts, refs, strict=True))


FAKE = """\
#!/bin/sh
echo "$FAKE_SAYS" >&2
exit "$FAKE_CODE"
"""


@pytest.mark.parametrize(
    ("says", "code", "required", "expected", "told"),
    [
        ("No known vulnerabilities found", 0, "", 0, "No known"),
        ("Found 1 known vulnerability in 1 package", 1, "", 1, "Found 1"),
        ("requests.exceptions.ConnectionError: no route", 1, "", 0, "audit: skipped: pip-audit"),
        ("requests.exceptions.ConnectionError: no route", 1, "required", 1, "audit: failed"),
        ("error: the lock cannot be read", 2, "", 1, "audit: failed"),
        ("x  Dependency could not be audited: x\nNo known", 0, "", 0, "audit: skipped: 1 packages"),
        ("x  Dependency could not be audited: x\nNo known", 0, "required", 1, "audit: failed"),
    ],
)
def test_p17_an_audit(
    tmp_path: Path, says: str, code: int, required: str, expected: int, told: str
) -> None:
    tool = tmp_path / "pip-audit"
    tool.write_text(FAKE, encoding="utf-8")
    tool.chmod(0o755)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "audit.py")],
        env={
            **os.environ,
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "FAKE_SAYS": says,
            "FAKE_CODE": str(code),
            "BRIEFINGS_AUDIT": required,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    assert told in done.stdout + done.stderr


@pytest.fixture(scope="module")
def release() -> Mapping[Any, Any]:
    loaded: Mapping[Any, Any] = yaml.safe_load(RELEASE.read_text(encoding="utf-8"))
    return loaded


def test_p17_a_release_runs_what_is_pinned_and_may_do_little(release: Mapping[Any, Any]) -> None:
    assert release[True] == {"push": {"tags": ["v*"]}}, "YAML reads `on` as a truth"
    assert release["permissions"] == {}
    build, publish = release["jobs"]["build"], release["jobs"]["publish"]
    assert build["permissions"] == {"contents": "read"}
    assert publish["environment"] == "release"
    for job in (build, publish):
        assert job["timeout-minutes"] <= 15
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), step
            assert "${{" not in step.get("run", ""), "values come by the environment"
    text = RELEASE.read_text(encoding="utf-8")
    assert all(
        re.search(r"@[0-9a-f]{40} # v\d", line) for line in text.splitlines() if "uses:" in line
    )


def test_p17_a_release_compares_signs_and_then_publishes(release: Mapping[Any, Any]) -> None:
    build, publish = release["jobs"]["build"], release["jobs"]["publish"]
    assert len(build["strategy"]["matrix"]["machine"]) == 2
    runs = [step.get("run", "") for step in build["steps"]]
    assert runs.index("make dist") < runs.index("make audit")
    assert publish["needs"] == "build"
    steps = [step.get("run") or step["uses"].partition("@")[0] for step in publish["steps"]]
    kinds = ("diff --recursive one other", "actions/attest-build-provenance", "gh release create")
    order = [next(n for n, step in enumerate(steps) if step.startswith(kind)) for kind in kinds]
    assert order == sorted(order)
