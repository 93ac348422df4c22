"""A content folder mended: every file, until nothing is left to mend."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..catalog.settings import Settings
from ..reading.alone import Written
from ..reading.document import Weigh, light
from ..reading.folder import load
from ..reading.nodes import Fault
from ..reading.read import Reading, read
from .mend import Fix, Known, mend

MOST_READINGS = 10
"""What one file says may show what to mend in another; no folder has needed more than three."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that was mended."""

    before: bytes
    after: bytes
    fixes: tuple[Fix, ...]
    """In the order in which they were made."""


@dataclass(slots=True)
class Recent:
    """What files were read as a moment ago, known again by their bytes."""

    files: dict[str, tuple[bytes, Written]] = field(default_factory=dict)

    def unchanged(self, path: str, status: os.stat_result, /) -> None:
        return None

    def same(self, path: str, status: os.stat_result, data: bytes, /) -> Written | None:
        known = self.files.get(path)
        return known[1] if known and known[0] == data else None

    def keep(self, path: str, status: os.stat_result, data: bytes, written: Written, /) -> None:
        self.files[path] = data, written


def mend_folder(
    folder: Path,
    settings: Settings,
    moved: Mapping[str, tuple[str, ...]],
    reading: Reading,
    recent: Recent,
    only: Container[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    weigh: Weigh = light,
) -> tuple[Mapping[str, Changed], Reading]:
    """What is to be written to mend a folder, by path, and what the folder then reads as.

    Nothing is written here.

    Args:
        folder: The content folder.
        settings: Of the site.
        moved: Old addresses by the path of the file that had them.
        reading: What the folder reads as now.
        recent: What `reading` was made with.
        only: Paths of the files that may be mended; None for all.
        progress: As for `read`.
        weigh: As for `read`.
    """
    changed: dict[str, Changed] = {}
    for _ in range(MOST_READINGS):
        known = len(changed), sum(len(c.fixes) for c in changed.values())
        for path in reading.files:
            if only is not None and path not in only:
                continue
            if path in changed:
                before, data, fixes = changed[path].before, changed[path].after, changed[path].fixes
            else:
                try:
                    before = data = load(folder, path)
                except Fault:
                    continue
                fixes = ()
            mended = mend(path, data, Known(reading.registries, settings, moved.get(path, ())))
            if mended.data != data:
                changed[path] = Changed(before, mended.data, (*fixes, *mended.fixes))
        if (len(changed), sum(len(c.fixes) for c in changed.values())) == known:
            break
        instead = {path: file.after for path, file in changed.items()}
        reading = read(folder, settings, progress, recent, instead, weigh)
    return changed, reading
