"""Take the content of a proposal into a checkout that is trusted.

    python tools/take_content.py PROPOSED TRUSTED

Both are content folders. TRUSTED is emptied, then gets the regular files of PROPOSED. What is no
regular file is not followed, opened or copied: it is reported, and the exit code is 1. Needs
nothing but Python, so that it can run before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

FILES = 200_000
TOTAL = 4 << 30
"""Most files and bytes: those of `briefings check`."""


class Refused(Exception):
    """A proposal that holds something that may not be in it."""


def regular(root: Path) -> Iterator[tuple[str, int]]:
    """The regular files below a folder, with their sizes, sorted.

    Raises:
        Refused: For a symbolic link, a device, a hidden file or a repository of its own.
    """
    if stat.S_IFMT(root.lstat().st_mode) != stat.S_IFDIR:
        raise Refused(f"{root.name} is no folder")
    for below, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for name in [*folders, *sorted(files)]:
            path = Path(below, name)
            told = ascii(path.relative_to(root).as_posix())
            status = path.lstat()
            kind = stat.S_IFMT(status.st_mode)
            if kind not in {stat.S_IFREG, stat.S_IFDIR}:
                raise Refused(f"{told} is a link or a device, where only files may be")
            if name.lower() == ".git":
                raise Refused(f"{told}: a repository within the content")
            if kind == stat.S_IFREG:
                yield path.relative_to(root).as_posix(), status.st_size


def take(proposed: Path, trusted: Path) -> int:
    """Replace the content of `trusted` by that of `proposed`; gives the number of files.

    Raises:
        Refused: If something may not be taken; nothing was changed then.
    """
    found = list(regular(proposed))
    if len(found) > FILES or sum(size for _, size in found) > TOTAL:
        raise Refused("too many files, or too much in them")
    shutil.rmtree(trusted)
    trusted.mkdir()
    for path, _ in found:
        target = trusted / path
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(proposed / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    return len(found)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        number = take(Path(arguments[0]), Path(arguments[1]))
    except (Refused, OSError) as error:
        # `ascii` above, and this: a name must not end the line or begin a command of the log.
        print(f"error: {str(error).encode('unicode_escape').decode()}")
        return 1
    print(f"{number} files taken")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
