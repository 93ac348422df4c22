"""The package: what is built holds all that is needed, and the locks hold what is asked for."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .conftest import ROOT

PEERS = ROOT / "tests" / "benchmarks" / "peers"
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "tools/audit/requirements.lock",
    *sorted(path.relative_to(ROOT).as_posix() for path in PEERS.glob("*/requirements.lock")),
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """Names in the wheel and in the sdist, built offline with the build tool of the lock."""
    work = tmp_path_factory.mktemp("dist")
    # From a copy: setuptools leaves a build/ and an egg-info where it builds.
    copy = work / "project"
    copy.mkdir()
    for name in tracked():
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    # setuptools rewrites sys.argv: the folder is read before it starts.
    code = (
        "import sys; to = sys.argv[1]\n"
        "import setuptools.build_meta as b; b.build_sdist(to); b.build_wheel(to)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(work)],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = work.glob("*.whl")
    (sdist,) = work.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    return in_wheel, in_sdist


def tracked() -> list[str]:
    """Files of the project, those not yet committed included; what git ignores left out.

    An unpacked sdist is no repository: there it is every file.
    """
    if not (ROOT / ".git").exists():
        return [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file()]
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_list_of_packages_is_that_of_the_folders(project: dict[str, Any]) -> None:
    folders = {
        ".".join(path.parent.relative_to(ROOT / "plugins").parts)
        for path in (ROOT / "plugins").rglob("__init__.py")
    }
    assert set(project["tool"]["setuptools"]["packages"]) == folders | {"mkdocs_briefings.theme"}


def test_every_folder_with_code_is_a_package() -> None:
    for path in (ROOT / "plugins" / "mkdocs_briefings").rglob("*.py"):
        assert (path.parent / "__init__.py").exists(), f"{path.parent} has no __init__.py"


def test_the_wheel_holds_every_module_and_the_theme(built: tuple[set[str], set[str]]) -> None:
    wheel, _ = built
    expected = set()
    for name in tracked():
        if name.startswith("plugins/"):
            expected.add(name.removeprefix("plugins/"))
        elif name.startswith("theme/"):
            expected.add(f"mkdocs_briefings/{name}")
    assert any(name.endswith("/theme/main.html") for name in expected), "no theme to look for"
    assert expected <= wheel, sorted(expected - wheel)
    assert not [name for name in wheel if name.startswith(("tests/", "briefings/"))]


def test_the_wheel_holds_the_licences(built: tuple[set[str], set[str]], project: Any) -> None:
    wheel, _ = built
    for licence in project["project"]["license-files"]:
        assert any(name.endswith(f"/licenses/{licence}") for name in wheel), licence


def test_the_sdist_keeps_the_theme_where_it_is(built: tuple[set[str], set[str]]) -> None:
    _, sdist = built
    expected = {name for name in tracked() if name.startswith(("theme/", "plugins/"))}
    assert expected <= sdist, sorted(expected - sdist)
    assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"} <= sdist


def test_entry_points_load(project: dict[str, Any]) -> None:
    from mkdocs.plugins import BasePlugin

    (plugin,) = entry_points(group="mkdocs.plugins", name="briefings")
    (theme,) = entry_points(group="mkdocs.themes", name="briefings")
    (command,) = entry_points(group="console_scripts", name="briefings")
    assert issubclass(plugin.load(), BasePlugin)
    assert (Path(next(iter(theme.load().__path__))) / "mkdocs_theme.yml").is_file()
    assert callable(command.load())


def locked(name: str) -> list[tuple[Requirement, int]]:
    """Requirements of a lock, each with its number of hashes."""
    found = []
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in (
        re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    ):
        spec, *hashes = block.split("--hash=sha256:")
        assert all(re.fullmatch(r"[0-9a-f]{64} *", digest) for digest in hashes), block
        found.append((Requirement(spec.strip()), len(hashes)))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_everything_with_hashes_and_names_no_source(name: str) -> None:
    for requirement, hashes in locked(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert requirement.url is None
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE), "a lock holds no options"
    assert not re.search(r"# .*(?<!\w)/", text), "a lock names no folder of a machine"


def test_the_locks_hold_what_the_project_asks_for(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    asked = {
        "requirements.lock": [*project["project"]["dependencies"], *groups["build"]],
        "requirements-dev.lock": [
            *project["project"]["dependencies"],
            *groups["build"],
            *groups["dev"],
        ],
    }
    for name, requirements in asked.items():
        pinned = pins(name)
        for wanted in map(Requirement, requirements):
            version = pinned.get(canonicalize_name(wanted.name))
            assert version, f"{wanted} is not in {name}: make lock"
            assert wanted.specifier.contains(version), f"{wanted}: {name} has {version}: make lock"


def test_both_locks_agree() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run.items() <= dev.items()


def test_a_benchmark_compares_on_the_same_ground() -> None:
    """What a peer shares with us is there in the same version."""
    run = pins("requirements.lock")
    asked = sorted(PEERS.glob("*/requirements.in"))
    assert len(asked) == len(LOCKS) - 3
    for path in asked:
        peer = pins(path.with_suffix(".lock").relative_to(ROOT).as_posix())
        assert canonicalize_name(path.read_text(encoding="utf-8").strip()) in peer, "make lock"
        assert {name: peer[name] for name in peer.keys() & run.keys()}.items() <= run.items()


def pins(name: str) -> dict[str, str]:
    """Versions by name, for the Python and the system of this run."""
    environment: dict[str, str] = {k: str(v) for k, v in default_environment().items()}
    return {
        canonicalize_name(requirement.name): next(iter(requirement.specifier)).version
        for requirement, _ in locked(name)
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }


def test_the_build_tool_is_the_same_for_everybody(project: dict[str, Any]) -> None:
    assert project["dependency-groups"]["build"] == project["build-system"]["requires"]


def test_what_tests_and_tools_need_is_executable() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    for script in (ROOT / "tools").glob("*.sh"):
        assert script.stat().st_mode & 0o111, script
        done = subprocess.run(
            ["sh", "-n", str(script)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "folder", [ROOT / "tests" / "browser", PEERS / "eleventy", ROOT / "tools" / "admin"]
)
def test_a_lock_of_node_pins_everything_with_hashes_and_names_no_source(folder: Path) -> None:
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == asked
    for name, version in asked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name}: say which version"
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
