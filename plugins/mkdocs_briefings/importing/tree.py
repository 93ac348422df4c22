"""The source tree: which files there are, read with care, as any of them may be hostile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..reading.nodes import Fault

TEXT_LIMIT = 8 << 20
"""Most bytes of a text or settings file."""
COUNT_LIMIT = 200_000
DEPTH_LIMIT = 40
_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"})
"""Folders of tools: named in the report, not walked."""


@dataclass(slots=True)
class Tree:
    """The regular files below a folder. No link is followed, and nothing outside is touched."""

    root: Path
    files: dict[str, int] = field(default_factory=dict)
    """Path relative to the root, with `/` → size in bytes; in order of path."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """What is there and is not read, with the reason."""

    @classmethod
    def of(cls, root: Path) -> Tree:
        tree = cls(root)
        found = {}
        for path, size in _walk(root, "", tree.refused, 0):
            found[path] = size
            if len(found) > COUNT_LIMIT:
                raise Fault("too-large", 1, 1, f"over {COUNT_LIMIT:,} files")
        tree.files = dict(sorted(found.items()))
        return tree

    @classmethod
    def chosen(cls, files: Sequence[Path]) -> Tree:
        """The files of one folder that somebody named."""
        tree = cls(files[0].parent)
        tree.files = {path.name: path.stat().st_size for path in sorted(set(files))}
        return tree

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def data(self, path: str, limit: int = TEXT_LIMIT) -> bytes:
        """The bytes of a file.

        Raises:
            Fault: If it cannot be read, is no regular file any more, or is over the limit.
        """
        try:
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with os.fdopen(os.open(self.root / path, flags), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Fault("bad-file", 1, 1, "not a regular file")
                data = file.read(limit + 1)
        except OSError as error:
            message = f"it cannot be read: {error.strerror or error}"
            raise Fault("unreadable", 1, 1, message) from None
        if len(data) > limit:
            raise Fault("too-large", 1, 1, f"it is over {limit >> 20} MiB")
        return data

    def below(self, folder: str) -> Iterator[str]:
        """The files below a folder given with its trailing `/`."""
        return (path for path in self.files if path.startswith(folder))


def _walk(
    root: Path, below: str, refused: list[tuple[str, str]], depth: int
) -> Iterator[tuple[str, int]]:
    if depth > DEPTH_LIMIT:
        refused.append((below, f"folders in folders, over {DEPTH_LIMIT} deep"))
        return
    try:
        with os.scandir(root / below) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        refused.append((below or ".", f"the folder cannot be read: {error.strerror or error}"))
        return
    for entry in listed:
        path = f"{below}/{entry.name}" if below else entry.name
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            refused.append((path, "a symbolic link, which is not followed"))
        elif stat.S_ISDIR(status.st_mode):
            if entry.name in _SKIPPED:
                refused.append((path, "a folder of tools"))
            else:
                yield from _walk(root, path, refused, depth + 1)
        elif stat.S_ISREG(status.st_mode):
            yield path, status.st_size
        else:
            refused.append((path, "neither a file nor a folder"))
