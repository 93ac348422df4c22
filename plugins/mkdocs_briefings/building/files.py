"""What was made from files, by path: found again when the file still is what it was.

As in git's index, a file with the same size, times and inode is believed to be unchanged only if
it was last written well before it was looked at; otherwise its bytes are compared by digest. A
clock that jumps, or a file changed while it is read, costs a comparison and no more.
"""

from __future__ import annotations

import os
import struct
from hashlib import blake2b
from typing import Generic, Protocol, TypeVar

from .store import Store

Made = TypeVar("Made")

_HEAD = struct.Struct("<QqqQq16s")
_STAMP = struct.Struct("<QqqQ")
SETTLED = 2_000_000_000
"""Nanoseconds after which a change must show in a file's status: some file systems keep times in
steps of two seconds."""


class Codec(Protocol[Made]):
    """Turns what was made into bytes and back."""

    def encode(self, made: Made, /) -> bytes: ...

    def decode(self, data: bytes, /) -> Made:
        """
        Raises:
            ValueError: If the bytes are none that `encode` gave.
        """


class Files(Generic[Made]):
    """Remembers what was made from each file of a folder.

    Args:
        store: Where it is kept.
        kind: Of its rows there.
        codec: For what is made.
        now: When the folder was looked at, in nanoseconds since 1970: before its files were.
    """

    def __init__(self, store: Store, kind: str, codec: Codec[Made], now: int) -> None:
        self._store = store
        self._kind = kind
        self._codec = codec
        self._now = now
        self._rows = dict(store.all(kind))
        self.known = len(self._rows)
        """Files whose result is known from before."""
        self._seen: set[str] = set()
        self.reused = 0
        """Files whose result was found again."""
        self.digests: dict[str, bytes] = {}
        """Of the bytes of each file whose result is known, by path: what is made of that result
        alone may be kept by it."""

    def unchanged(self, path: str, status: os.stat_result) -> Made | None:
        """What was made from a file, if its status says that it is the same."""
        row = self._rows.get(path)
        if row is None or row[: _HEAD.size - 24] != stamp(status):
            return None
        looked, _ = struct.unpack_from("<q16s", row, _HEAD.size - 24)
        if max(status.st_mtime_ns, status.st_ctime_ns) + SETTLED > looked:
            return None
        return self._found(path, row)

    def same(self, path: str, status: os.stat_result, data: bytes) -> Made | None:
        """What was made from a file, if its bytes are the same."""
        row = self._rows.get(path)
        if row is None or row[_HEAD.size - 16 : _HEAD.size] != _digest(data):
            return None
        made = self._found(path, row)
        if made is not None:
            self._put(path, status, data, row[_HEAD.size :])
        return made

    def keep(self, path: str, status: os.stat_result, data: bytes, made: Made) -> None:
        """Remember what was made from the bytes of a file."""
        self._seen.add(path)
        self._put(path, status, data, self._codec.encode(made))

    def done(self) -> None:
        """Forget the files that were not asked for."""
        self._store.keep_only(self._kind, self._seen)

    def _found(self, path: str, row: bytes) -> Made | None:
        try:
            made = self._codec.decode(row[_HEAD.size :])
        except ValueError:
            return None
        self.digests[path] = row[_HEAD.size - 16 : _HEAD.size]
        del self._rows[path]  # Nobody asks twice, and all of them are as large as the folder.
        self._seen.add(path)
        self.reused += 1
        return made

    def _put(self, path: str, status: os.stat_result, data: bytes, encoded: bytes) -> None:
        self.digests[path] = _digest(data)
        head = stamp(status) + struct.pack("<q16s", self._now, self.digests[path])
        self._store.put(self._kind, path, head + encoded)


class Few(Generic[Made]):
    """The same, where few files are asked for: what is known of the others is not looked at.

    Args:
        store: As of `Files`, and so all others.
    """

    def __init__(self, store: Store, kind: str, codec: Codec[Made], now: int) -> None:
        self._store = store
        self._kind = kind
        self._codec = codec
        self._now = now

    def before(self, path: str) -> tuple[bytes, Made] | None:
        """A digest of the bytes of a file as it was last read, and what was made from them; None
        where nobody knows."""
        row = self._store.get(self._kind, path)
        try:
            made = self._codec.decode(row[_HEAD.size :]) if row else None
        except ValueError:
            return None
        return (row[_HEAD.size - 16 : _HEAD.size], made) if row and made is not None else None

    def keep(self, path: str, status: os.stat_result, data: bytes, made: Made) -> bytes:
        """Remember what was made from the bytes of a file; gives the digest of these."""
        digest = _digest(data)
        head = stamp(status) + struct.pack("<q16s", self._now, digest)
        self._store.put(self._kind, path, head + self._codec.encode(made))
        return digest


def stamp(status: os.stat_result) -> bytes:
    """What of a file's status differs when it was written: size, times and inode."""
    return _STAMP.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def changed(stamps: bytes) -> int:
    """When what has these stamps, one behind the other, last changed, in nanoseconds since 1970."""
    times: list[int] = [max(row[1:3]) for row in _STAMP.iter_unpack(stamps)]
    return max(times)


def size(stamps: bytes) -> int:
    """Of the file that has the first of these stamps, in bytes."""
    found: int = _STAMP.unpack_from(stamps)[0]
    return found


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
