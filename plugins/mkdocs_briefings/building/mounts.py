"""What is mounted where, as Linux lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_LIST = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(r"\\([0-7]{3})")


def mounts() -> Iterator[tuple[str, str]]:
    """The place of each mount, absolute, and the kind of its file system, in the order of the
    list: of two at one place the later one is seen. Nothing on other systems."""
    try:
        listed = _LIST.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in listed.splitlines():
        # 36 35 98:0 /root /where rw,noatime master:1 - ext4 /dev/root rw
        mount, _, kind = line.partition(" - ")
        place = mount.split(" ")[4]
        yield _ESCAPE.sub(lambda sign: chr(int(sign[1], 8)), place), kind.split(" ", 1)[0]


def file_system(path: Path) -> str:
    """The kind of file system that a path is on; empty where nobody can tell."""
    found, length, here = "", -1, str(path.resolve())
    for place, kind in mounts():
        inside = here == place or here.startswith(f"{place.rstrip('/')}/")
        if inside and len(place) >= length:
            found, length = kind, len(place)
    return found
