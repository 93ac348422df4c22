"""Imports go one way: who may import whom, read from the source, nothing run."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import mkdocs_briefings
import pytest

PACKAGE = Path(mkdocs_briefings.__file__).parent

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "catalog": frozenset(),
    "wording": frozenset(),
    "reading": frozenset({"catalog"}),
    "fixing": frozenset({"catalog", "reading"}),
    "importing": frozenset({"catalog", "reading"}),
    "linking": frozenset({"catalog", "wording"}),
    "viewing": frozenset({"catalog", "linking", "wording"}),
    "comparing": frozenset({"catalog", "linking", "viewing"}),
    "rendering": frozenset({"catalog", "linking", "viewing", "wording"}),
    "building": frozenset(),
    "composing": frozenset(
        {"building", "catalog", "publishing", "rendering", "viewing", "wording"}
    ),
    "outward": frozenset({"catalog", "reading"}),
    "publishing": frozenset({"catalog", "linking", "viewing", "wording"}),
}
"""By layer: the layers below it. `host`, `cli` and the modules beside them may import all."""

STDLIB_ONLY = frozenset({"catalog"})
HOSTS = frozenset({"mkdocs", "material", "properdocs"})
HOST_ALLOWED = ("plugin", "config", "host", "cli.build", "cli.serve")
"""Modules, or packages with all that is in them, that may know MkDocs."""
WITHOUT_HOST = (
    *("cli.main", "cli.check", "cli.new", "cli.asking", "cli.import_", "cli.related"),
    *("cli.schema", "cli.completion", "cli.init", "cli.permalinks"),
)
"""Commands that must run where MkDocs cannot: nothing they import may import it."""


def modules(package: Path) -> dict[str, Path]:
    """Every module by its dotted name within the package; the package itself is ``."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path) -> Iterator[tuple[int, str]]:
    """Each import of a module with its line: ours as `.catalog.slugs`, others as `numpy.linalg`.

    `from .a import b` gives both `.a` and `.a.b`: `b` may be a module.
    """
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    package = [part for part in package if part]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, ours(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package[: len(package) - node.level + 1]
                base = "." + ".".join([*above, *([base] if base else [])])
            base = ours(base)
            yield node.lineno, base
            for alias in node.names:
                yield node.lineno, f"{base.rstrip('.')}.{alias.name}"


def ours(name: str) -> str:
    """`mkdocs_briefings.catalog` as `.catalog`; any other name as it is."""
    root, _, rest = name.partition(".")
    return f".{rest}" if root == "mkdocs_briefings" else name


def layer_faults(package: Path) -> list[str]:
    """Every import that goes the wrong way, as `path:line: may not import x`."""
    faults = []
    for name, path in modules(package).items():
        layer = name.split(".")[0]
        knows_host = any(name == a or name.startswith(f"{a}.") for a in HOST_ALLOWED)
        for line, target in imports(name, path):
            if target.startswith("."):
                below = target.split(".")[1]
                wrong = layer in MAY_IMPORT and below not in MAY_IMPORT[layer] | {layer, ""}
                # The package itself offers its version and nothing else.
                wrong = wrong and target != ".__version__"
            else:
                root = target.split(".")[0]
                wrong = (root in HOSTS and not knows_host) or (
                    layer in STDLIB_ONLY and root not in sys.stdlib_module_names
                )
            if wrong:
                faults.append(f"{path.relative_to(package)}:{line}: may not import {target}")
    return sorted(set(faults))


def way_to_host(package: Path, start: str) -> list[str]:
    """The chain of modules by which `start` comes to import MkDocs; empty when it does not."""
    known = modules(package)
    ways, queue = {start: [start]}, [start]
    while queue:
        name = queue.pop(0)
        for _, target in imports(name, known[name]):
            if target.split(".")[0] in HOSTS:
                return [*ways[name], target]
            parts = target[1:].split(".") if target.startswith(".") else []
            # Importing a.b runs a/__init__.py first.
            for end in range(1, len(parts) + 1):
                found = ".".join(parts[:end])
                if found in known and found not in ways:
                    ways[found] = [*ways[name], found]
                    queue.append(found)
    return []


def test_imports_go_one_way() -> None:
    assert layer_faults(PACKAGE) == []


@pytest.mark.parametrize("command", WITHOUT_HOST)
def test_commands_on_bare_folders_never_reach_mkdocs(command: str) -> None:
    assert way_to_host(PACKAGE, command) == []


@pytest.mark.parametrize(
    ("where", "line", "fault"),
    [
        pytest.param("catalog/slugs.py", "import yaml", "yaml", id="catalog: a library"),
        pytest.param("catalog/slugs.py", "import mkdocs", "mkdocs", id="catalog: the host"),
        pytest.param(
            "catalog/slugs.py",
            "from ..linking import graph",
            ".linking",
            id="catalog: a layer above",
        ),
        pytest.param(
            "reading/__init__.py",
            "from ..linking.graph import Graph",
            ".linking.graph",
            id="sideways",
        ),
        pytest.param(
            "linking/graph.py",
            "from mkdocs_briefings.viewing import records",
            ".viewing",
            id="by the absolute name",
        ),
        pytest.param(
            "viewing/records.py", "from .. import plugin", ".plugin", id="up to the plugin"
        ),
        pytest.param(
            "publishing/__init__.py",
            "def f():\n    from mkdocs.plugins import x",
            "mkdocs.plugins",
            id="within a function",
        ),
        pytest.param(
            "publishing/__init__.py", "from ..rendering import x", ".rendering", id="beside"
        ),
        pytest.param("cli/main.py", "import mkdocs.config", "mkdocs.config", id="a command"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, where: str, line: str, fault: str) -> None:
    package = tmp_path / "mkdocs_briefings"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    target = package / where
    target.write_text(target.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    found = layer_faults(package)
    assert [f for f in found if f.startswith(where)], "the planted import was not found"
    assert any(f.endswith(f"may not import {fault}") for f in found)


def test_a_planted_detour_to_the_host_is_found(tmp_path: Path) -> None:
    (tmp_path / "cli").mkdir()
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "config.py").write_text("from mkdocs.config import base\n")
    (tmp_path / "options.py").write_text("def load():\n    from .config import base\n")
    (tmp_path / "cli" / "__init__.py").write_text("")
    (tmp_path / "cli" / "check.py").write_text("from ..options import load\n")
    assert way_to_host(tmp_path, "cli.check")[:3] == ["cli.check", "options", "config"]


def test_check_runs_without_loading_mkdocs(tmp_path: Path) -> None:
    (tmp_path / "rates.md").write_text(
        "---\ntitle: Rates held\nauthor: Ada Example\ndate: 2026-03-17\ntopics: [banks]\n"
        "summary: The bank held its rate.\n---\nThe bank held its rate.\n",
        encoding="utf-8",
    )
    code = f"""
import sys
from mkdocs_briefings.cli.main import main
try:
    main(["check", sys.argv[1]], standalone_mode=False)
except SystemExit as end:
    assert not end.code, end.code
loaded = {set(HOSTS)!r} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
