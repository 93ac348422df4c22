"""What is in a folder of the site, and when it changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

Listed = tuple[dict[str, tuple[int, int, int]], dict[str, int]]
"""Every file below a folder with its size, time and inode, and when each folder last changed, in
nanoseconds; the folder itself is the empty path."""


def listed(folder: Path) -> Listed:
    """All that is below a folder; links are not followed."""
    files, times = {}, {}
    waiting = [(str(folder), "")]
    while waiting:
        place, above = waiting.pop()
        times[above[:-1]] = os.lstat(place).st_mtime_ns  # First: what comes later changes it.
        with os.scandir(place) as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{path}/"))
                else:
                    files[path] = status_of(entry.stat(follow_symlinks=False))
    return files, times


def status_of(status: os.stat_result) -> tuple[int, int, int]:
    """Size, time in nanoseconds, and inode."""
    # A file that its owner may not read is as good as gone, also to root, who may. Who else may
    # read it is for those to say who serve the folder.
    inode = status.st_ino if status.st_mode & stat.S_IRUSR else 0
    return status.st_size, status.st_mtime_ns, inode


def times_of(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """When each of some folders below one changed."""
    above = f"{folder}{os.sep}"
    for path in paths:
        yield path, os.lstat(above + path).st_mtime_ns  # Of thousands: a Path takes longer.


def names_in(paths: Iterable[str]) -> dict[str, set[str]]:
    """What is in each folder that files are in: names, those of folders with `/` behind.

    >>> {folder: sorted(names) for folder, names in names_in(["a/b/c", "d"]).items()}
    {'': ['a/', 'd'], 'a/b': ['c'], 'a': ['b/']}
    """
    names: dict[str, set[str]] = {"": set()}
    for path in paths:
        above, _, name = path.rpartition("/")
        while above not in names:
            names[above] = {name}
            above, _, name = above.rpartition("/")
            name += "/"
        names[above].add(name)
    return names
