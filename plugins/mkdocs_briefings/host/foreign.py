"""Code that is neither ours nor a known package's, and decides what a build makes all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from markdown.extensions import Extension

from ..building.version import MADE_BY

_GROUP = "markdown.extensions"
_COUNTED = frozenset({"markdown", "pymdownx", *MADE_BY})
"""Top packages whose versions count already."""


def extension_files(extensions: Iterable[str | Extension]) -> tuple[str, ...]:
    """The files of code behind Markdown extensions that a site has added, sorted.

    A module stands for its package: what it imports from elsewhere is not known.
    """
    named = {point.name: point.module for point in entry_points(group=_GROUP)}
    names = {name for name in extensions if isinstance(name, str)}
    modules = {named.get(name, name.partition(":")[0]) for name in names}
    return tuple(sorted({str(path) for module in modules for path in _files(module)}))


def _files(module: str) -> Iterator[Path]:
    top = module.partition(".")[0]
    if top in _COUNTED:
        return
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return
    if spec is None or not spec.origin or not Path(spec.origin).is_file():
        return
    origin = Path(spec.origin)
    yield from sorted(origin.parent.rglob("*.py")) if spec.submodule_search_locations else [origin]
