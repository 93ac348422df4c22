"""What a content folder has, by key: for completion, which must answer while somebody types.

Nothing is checked here: what cannot be read is left out. Neither MkDocs nor pydantic is imported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

FRONT = 4096
"""Bytes of a briefing in which its slug and title stand."""
_SLUG = re.compile(r"^slug: *(['\"]?)(?P<slug>[^\s'\"#]+)\1", re.M)
_TITLE = re.compile(r"^title: *(['\"]?)(?P<title>.+?)\1[ \t]*\r?$", re.M)

Known = Callable[[Path], Mapping[str, str]]
"""What of a content folder, by key."""


def topics(folder: Path) -> Mapping[str, str]:
    """Titles by key, those below others included, in the order of the file."""
    found: dict[str, str] = {}

    def add(entries: Any) -> None:
        for key, entry in entries.items() if isinstance(entries, dict) else ():
            told = entry if isinstance(entry, dict) else {}
            found.setdefault(str(key), str(told.get("title") or _label(str(key))))
            add(told.get("children"))

    add(_registry(folder / "topics.yml"))
    return found


def authors(folder: Path) -> Mapping[str, str]:
    """Names by key."""
    return _labelled(folder / "authors.yml", "name")


def storylines(folder: Path) -> Mapping[str, str]:
    """Titles by key."""
    return _labelled(folder / "storylines.yml", "title")


def briefings(folder: Path) -> Mapping[str, str]:
    """Titles by slug, sorted; drafts included."""
    return dict(sorted(_briefings(folder)))


def _briefings(folder: Path) -> Iterator[tuple[str, str]]:
    for parent, folders, files in os.walk(folder):
        if Path(parent) == folder:
            folders[:] = [name for name in folders if name not in ("pages", "editions")]
            files = [name for name in files if name != "index.md"]
        for name in files:
            if name.endswith(".md"):
                try:
                    with open(os.path.join(parent, name), "rb") as file:  # noqa: PTH118, PTH123
                        start = file.read(FRONT).decode("utf-8", "replace")
                except OSError:
                    continue
                front = start[4:].partition("\n---")[0] if start.startswith("---") else ""
                slug, title = _SLUG.search(front), _TITLE.search(front)
                yield (
                    slug["slug"] if slug else name.removesuffix(".md"),
                    title["title"] if title else "",
                )


def _labelled(path: Path, label: str) -> Mapping[str, str]:
    found = {}
    for key, entry in _registry(path).items():
        told = entry if isinstance(entry, dict) else {}
        found[str(key)] = str(told.get(label) or _label(str(key)))
    return found


def _registry(path: Path) -> Mapping[Any, Any]:
    # Imported here: options are completed without it.
    import yaml

    try:
        found = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _label(key: str) -> str:
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]
