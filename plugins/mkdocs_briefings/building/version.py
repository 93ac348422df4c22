"""The version of everything that decides what a build makes of its input, besides the input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
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
    for name in sorted(packages):
        digest.update(f"{name}=={version(name)}\n".encode())
    for path in sorted(_files(str(folder))):
        # Of hundreds, in each build: a Path takes twice as long.
        with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123
            data = file.read()
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """The code and message catalogs below a folder, by their paths from there, with `/`."""
    for place, folders, names in os.walk(folder):
        above = place[len(folder) :].replace(os.sep, "/")[1:]
        if not above and THEME in folders:
            folders.remove(THEME)
        for name in names:
            if name.endswith((".py", ".po")):
                yield f"{above}/{name}" if above else name
