"""The version of everything that decides what a build makes of its input, besides the input."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
THEME = "theme"
"""A folder of the package where it is installed, and beside it where it is worked on: no code."""
MADE_BY = (
    *("babel", "feedgenerator", "icalendar", "jinja2", "markdown", "markupsafe", "mkdocs"),
    *("mkdocs-material", "msgspec", "nh3", "numpy", "pillow", "py3langid", "pydantic", "pygments"),
    *("pymdown-extensions", "python-frontmatter", "pyyaml", "rapidfuzz", "scipy"),
)
"""Packages whose versions decide what is made of a text, or what is said of it. Python's own is
always counted."""

_ABOUT = ".dist-info"
"""Ends the name of the folder with what there is to know of a package: `PyYAML-6.0.3.dist-info`."""


@cache
def code() -> str:
    """A digest of all code that decides what is made, and of the messages: equal on all machines
    that make the same."""
    return code_version(PACKAGE, MADE_BY)


def code_version(folder: Path, packages: Iterable[str]) -> str:
    """A digest of the code and message catalogs below `folder`, of Python, and of packages.

    The files and not only a version number: who works on them must not meet results of what they
    were before.

    Raises:
        PackageNotFoundError: If a package is not installed.
    """
    digest = blake2b(digest_size=16)
    digest.update(f"{sys.implementation.cache_tag}\n".encode())
    for name, version in sorted(versions(packages).items()):
        digest.update(f"{name}=={version}\n".encode())
    for path in sorted(_files(str(folder))):
        # Of hundreds, in each build: a Path takes twice as long.
        with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123
            data = file.read()
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The versions of packages, by their names.

    Raises:
        PackageNotFoundError: If a package is not installed.
    """
    wanted = {_folded(name): name for name in packages}
    found: dict[str, str] = {}
    for place in sys.path:
        here: dict[str, str] = {}
        with contextlib.suppress(OSError):
            for name in os.listdir(place or os.curdir):  # noqa: PTH208  # As below.
                if name.endswith(_ABOUT):
                    package, _, version = name.removesuffix(_ABOUT).rpartition("-")
                    key = wanted.get(_folded(package), "")
                    # With two of one package beside each other nobody knows which counts.
                    here[key] = "" if key in here else version
        found = here | found
    unknown = [name for name in wanted.values() if not found.get(name)]
    if unknown:
        # Imported here: it takes longer than all else of this, and reads what the names tell.
        from importlib import metadata

        found |= {name: metadata.version(name) for name in unknown}
    return {name: found[name] for name in wanted.values()}


def _folded(name: str) -> str:
    """A name of a package as all ways to write it have it.

    >>> _folded("PyYAML"), _folded("ruamel.yaml-clib")
    ('pyyaml', 'ruamel_yaml_clib')
    """
    return name.lower().replace("-", "_").replace(".", "_")


def _files(folder: str) -> Iterator[str]:
    """The code and message catalogs below a folder, by their paths from there, with `/`."""
    for place, folders, names in os.walk(folder):
        above = place[len(folder) :].replace(os.sep, "/")[1:]
        if not above and THEME in folders:
            folders.remove(THEME)
        for name in names:
            if name.endswith((".py", ".po")):
                yield f"{above}/{name}" if above else name
