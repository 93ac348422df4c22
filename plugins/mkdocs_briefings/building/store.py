"""The store: what a build made, kept for the next one in one SQLite file.

It can only save time. Every row holds a digest of itself, so that a damaged one counts as absent;
a file that is no database, or of another version, is made anew; one that cannot be written is
done without. Rows are written when a build is done, and before that when they are many. What a row
says is true by its key, or by what it holds together with others of its kind, which say that they
belong together: a build that is killed leaves rows that the next one may use.
"""

from __future__ import annotations

import contextlib
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

_DIGEST = struct.Struct("<IQ")
_ABOUT = "create table if not exists about (version text not null)"
_ENTRIES = """create table if not exists entries (
  kind text not null, key text not null, digest blob not null, value blob not null,
  primary key (kind, key)
)"""
_PAGE = 16_384
"""Bytes of a page of the file: most rows are larger than the usual ones of 4 KiB."""
_WAITING = 1 << 23
"""Bytes of values that wait in memory to be written; those of a large site are as large as it."""


class Store:
    """Bytes by kind and key.

    Args:
        path: The SQLite file; None keeps everything in memory for as long as the store lives.
        version: Of all that decides what rows mean. Rows of another version are dropped.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._path = path
        self._version = version
        self._new: dict[tuple[str, str], bytes] = {}
        self._gone: set[tuple[str, str]] = set()
        self._waiting = 0
        self._early = path is not None
        """Whether rows may be written before the build is done."""
        self._written: set[tuple[str, str]] | None = None
        """What was written into a file that held nothing: whatever else a first build asks for need
        not be looked for. None where there was something."""
        self._left: sqlite3.Connection | None = None
        """In a copy of the process that opened it: the file."""
        self._database = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def get(self, kind: str, key: str) -> bytes | None:
        """The value of a key; None when there is none, or it is damaged."""
        if (kind, key) in self._new:
            return self._new[kind, key]
        if (kind, key) in self._gone or (
            self._written is not None and (kind, key) not in self._written
        ):
            return None
        query = "select key, digest, value from entries where kind = ? and key = ?"
        return next((value for _, value in self._sound(kind, self._rows(query, kind, key))), None)

    def has(self, kind: str) -> bool:
        """Whether there may be a value of a kind."""
        rows = self._rows("select 1 from entries where kind = ? limit 1", kind)
        return any(of == kind for of, _ in self._new) or next(rows, None) is not None

    def all(self, kind: str) -> Mapping[str, bytes]:
        """Every sound value of a kind, by key."""
        rows = self._rows("select key, digest, value from entries where kind = ?", kind)
        found = {k: v for k, v in self._sound(kind, rows) if (kind, k) not in self._gone}
        return found | {key: value for (of, key), value in self._new.items() if of == kind}

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value; it is on disk after `save`."""
        self._gone.discard((kind, key))
        self._new[kind, key] = value
        self._waiting += len(value)
        if self._early and self._waiting > _WAITING:
            # Where it fails once it is left to the end: another build may be at work.
            self._early = self.save()

    def drop(self, kind: str, key: str) -> None:
        """Forget a key."""
        self._new.pop((kind, key), None)
        self._gone.add((kind, key))

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Forget every key of a kind but these."""
        kept = set(keys)
        known = {key for (key,) in self._rows("select key from entries where kind = ?", kind)}
        known |= {key for of, key in self._new if of == kind}
        for key in known - kept:
            self._new.pop((kind, key), None)
            self._gone.add((kind, key))

    def save(self) -> bool:
        """Write all changes, or none; False when the file cannot be written now."""
        if self._database is None or not (self._new or self._gone):
            return self._database is not None
        # One after the other: all of them together are as large as the site.
        rows = (
            (kind, key, _digest(kind, key, value), value)
            for (kind, key), value in self._new.items()
        )
        try:
            with self._database:
                self._database.execute("begin immediate")
                self._database.executemany(
                    "delete from entries where kind = ? and key = ?", sorted(self._gone)
                )
                self._database.executemany(
                    "insert or replace into entries values (?, ?, ?, ?)", rows
                )
        except sqlite3.Error:
            return False
        if self._written is not None:
            self._written.update(self._new)
        self._new.clear()
        self._gone.clear()
        self._waiting = 0
        return True

    def copied(self) -> None:
        """Be the store of a copy of this process: SQLite allows no use of a file that another has
        opened. What is in memory is found still, and nothing is written."""
        # Held on to: to close it here would be to use it.
        self._left, self._database, self._early = self._database, None, False

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection | None:
        """The database, made anew when it is none of ours; None where there can be none."""
        for _ in range(2):
            try:
                return self._connected()
            except (sqlite3.Error, OSError):
                # No database, of another version, or half of one: it can only be dropped.
                if not self._drop():
                    break
        return None

    def _connected(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        # Another build that writes just now is not waited for: its rows are as good as ours.
        database = sqlite3.connect(self._path or ":memory:", timeout=0.5, isolation_level=None)
        try:
            # A log written ahead would write all rows of a first build twice, and take twice as
            # long; nobody reads while a build saves.
            database.execute(f"pragma page_size = {_PAGE}")
            database.execute("pragma journal_mode = delete")
            # What the system loses when it stops at once is only time.
            database.execute("pragma synchronous = off")
            database.execute(_ABOUT)
            database.execute(_ENTRIES)
            found = [version for (version,) in database.execute("select version from about")]
            if found != [self._version]:
                database.execute("begin immediate")
                database.execute("delete from about")
                database.execute("drop table entries")
                database.execute(_ENTRIES)
                database.execute("insert into about values (?)", (self._version,))
                database.execute("commit")
            if database.execute("select 1 from entries limit 1").fetchone() is None:
                self._written = set()
        except BaseException:
            database.close()
            raise
        return database

    def _drop(self) -> bool:
        if self._path is None:
            return False
        try:
            for ending in ("", "-journal", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        if self._database is None:
            return
        with contextlib.suppress(sqlite3.Error):
            yield from self._database.execute(query, values)

    def _sound(self, kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, bytes]]:
        for key, digest, value in rows:
            readable = isinstance(key, str) and isinstance(value, bytes)
            if readable and digest == _digest(kind, key, value):
                yield key, value


def _digest(kind: str, key: str, value: bytes) -> bytes:
    """What a row must say of itself: of its place, too, so that no value stands for another.

    It tells damage, not malice: who could write rows could write what they say of themselves. A
    build reads hundreds of megabytes of them, and a cryptographic digest takes five times as long.
    """
    place = zlib.crc32(f"{kind}\0{key}\0".encode("utf-8", "surrogatepass"))
    return _DIGEST.pack(zlib.crc32(value, place), len(value))
