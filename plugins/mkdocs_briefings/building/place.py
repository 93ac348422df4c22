"""Where builds of a site keep what later ones may use."""

from __future__ import annotations

import contextlib
from pathlib import Path


def cache_beside(config_file: Path) -> Path:
    """The folder of a site whose options stand in a file."""
    return config_file.parent / ".cache" / "briefings"


def store_in(folder: Path) -> Path:
    """The file of the store in such a folder, which is made."""
    return own_folder(folder) / "store.sqlite3"


def lock_in(folder: Path, apart: str = "") -> Path:
    """The lock of what is written; `apart` names a folder that is built into by itself."""
    return own_folder(folder) / f"lock{apart and '-'}{apart}.sqlite3"


def own_folder(folder: Path) -> Path:
    """The folder, told apart from content: no repository takes what is in it."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / ".gitignore"
        if not note.exists():
            note.write_text("*\n", encoding="utf-8")
    return folder
