"""One build at a time for a site."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class LockedError(Exception):
    """Another build of the site is at work; says which."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a site: the system frees it when the process ends, however it ends.

    SQLite takes it, since it knows how on every system. Where the file cannot be written nothing
    is locked.

    Args:
        path: A file that is there for this alone.

    Raises:
        LockedError: If somebody else holds it.
    """
    holder = path.with_suffix(".txt")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error):
        yield
        return
    with contextlib.closing(database):
        try:
            database.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                yield
                return
            raise LockedError(f"another build is at work: {_told(holder)}") from error
        except sqlite3.Error:  # Not a database: whoever put it there has no lock, either.
            yield
            return
        with contextlib.suppress(OSError):
            began = datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
            holder.write_text(f"process {os.getpid()}, since {began}\n", encoding="utf-8")
        yield


def _told(holder: Path) -> str:
    """Who has the lock. What this process wrote when it had it before stands until the other has
    written, which is at once."""
    told, own = "", f"process {os.getpid()},"
    for _ in range(20):
        try:
            told = holder.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return "nobody knows which"
        if not told.startswith(own):
            break
        time.sleep(0.01)
    return told
