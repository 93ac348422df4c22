"""What files were read as, as bytes and back: an edit asks few of them for their long texts.

Those are kept apart, and read when they are asked for: they are three quarters of all that is known
of a folder.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import blake2b
from pathlib import Path

from ..building.codec import Codec
from ..building.store import Store
from ..catalog.briefing import Texts, held, hold, without_texts
from ..catalog.settings import Settings
from ..reading.alone import Written
from ..reading.document import open_document
from ..reading.folder import load
from ..reading.nodes import Fault

_LENGTHS = struct.Struct("<QQQ")
"""Of the long texts."""
_DIGEST = 16
"""Bytes of a digest of them, by which they are what the rest was read with."""
_REST = Codec(Written)


def kind_of(settings: Settings) -> str:
    """What decides what is noted of a file besides its bytes: running text is where there is a
    glossary."""
    return f"{settings.lang}-terms" if settings.terms else settings.lang


class WrittenCodec:
    """JSON without the long texts; these are rows of their own.

    Args:
        store: Where they are kept.
        kind: Of their rows there, by path.
        again: Reads those of the file at a path from the file itself: for rows that are lost.
        at_once: Whether they are read with the rest: where records outlive the store.
    """

    def __init__(
        self, store: Store, kind: str, again: Callable[[str], Texts], *, at_once: bool
    ) -> None:
        self._store = store
        self._kind = kind
        self._again = again
        self._at_once = at_once
        self._rows: dict[str, bytes] | None = None
        """Those of all files, where they are read at once, until each is asked for."""

    def encode(self, written: Written) -> bytes:
        texts = held(written.body)
        long = b"".join([_LENGTHS.pack(*map(len, texts)), *texts])
        self._store.put(self._kind, written.path, long)
        with without_texts(written.body):
            return _digest(long) + _REST.encode(written)

    def decode(self, data: bytes) -> Written:
        """
        Raises:
            ValueError: If the bytes are none that `encode` gave.
        """
        written = _REST.decode(data[_DIGEST:])
        fetch = partial(self._fetch, written.path, data[:_DIGEST])
        if self._at_once:
            try:
                texts = fetch()
            except OSError as error:
                raise ValueError(str(error)) from error
            fetch = partial(_itself, texts)
        hold(written.body, fetch)
        return written

    def done(self, paths: Iterable[str]) -> None:
        """Forget the long texts of all other files."""
        self._store.keep_only(self._kind, paths)

    def _fetch(self, path: str, digest: bytes) -> Texts:
        """
        Raises:
            OSError: If they are lost, and the file says something else by now.
        """
        if self._at_once and self._rows is None:
            self._rows = dict(self._store.all(self._kind))
        long = (self._rows or {}).pop(path, b"") or self._store.get(self._kind, path) or b""
        if _digest(long) != digest:
            texts = self._again(path)
            long = b"".join([_LENGTHS.pack(*map(len, texts)), *texts])
            if _digest(long) != digest:
                raise OSError(f"{path} has changed since the build began")
            self._store.put(self._kind, path, long)
            return texts
        first, second, third = _LENGTHS.unpack_from(long)
        middle = _LENGTHS.size + first
        last = middle + second
        return long[_LENGTHS.size : middle], long[middle:last], long[last : last + third]


def texts_of(folder: Path, settings: Settings, path: str) -> Texts:
    """The long texts of a briefing as its file has them now; none where it has no front matter.

    Raises:
        OSError: If the file cannot be read.
    """
    # Imported here: it takes long, and rows are seldom lost.
    from ..reading.written import read_written

    try:
        document, body, _ = open_document(path, load(folder, path))
    except Fault as fault:
        raise OSError(f"{path}: {fault.message}") from fault
    return held(read_written(document, settings).body if document else body)


def _itself(texts: Texts) -> Texts:
    return texts


def _digest(long: bytes) -> bytes:
    return blake2b(long, digest_size=_DIGEST).digest()
