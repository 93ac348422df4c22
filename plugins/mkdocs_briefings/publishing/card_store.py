"""Cards that were drawn before, kept by what they say: a build draws only what is new.

All shapes of a card are one file: they are asked for together.

A kept card is believed when its own digest says that it is whole. Whatever goes wrong with the
folder costs time and nothing else.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from pathlib import Path

from .cards import VERSION, Shape, SocialCard
from .face import FACE

_DIGEST = 16
"""Bytes."""
_LENGTH = struct.Struct("<I")


class CardStore:
    """Draws cards, or takes them from a folder where builds before this one have left them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        """None keeps nothing."""
        self.used: set[str] = set()
        self.drawn = 0

    def get(self, card: SocialCard, shapes: Sequence[Shape]) -> tuple[bytes, ...]:
        """The pictures of a card in some shapes; the same bytes whether they were kept or not."""
        if self.folder is None:
            return _draw(card, shapes)
        name = key(card, shapes)
        self.used.add(name)
        path = self.folder / name
        with suppress(OSError):
            kept = path.read_bytes()
            content = kept[_DIGEST:]
            if kept[:_DIGEST] == _digest(content):
                return tuple(_divided(content))
        pictures = _draw(card, shapes)
        self.drawn += 1
        content = b"".join(_LENGTH.pack(len(picture)) + picture for picture in pictures)
        self._keep(path, _digest(content) + content)
        return pictures

    def _keep(self, path: Path, content: bytes) -> None:
        """Write whole or not at all: a reader never meets half a file."""
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            part.write_bytes(content)
            part.replace(path)

    def prune(self) -> None:
        """Remove what this build did not ask for."""
        if self.folder is None:
            return
        with suppress(OSError):
            for path in list(self.folder.iterdir()):
                if path.name not in self.used and path.is_file():
                    path.unlink(missing_ok=True)


def key(card: SocialCard, shapes: Iterable[Shape]) -> str:
    """The name under which a card is kept: of all that its bytes depend on."""
    sizes = [(shape.width, shape.height) for shape in shapes]
    said = json.dumps([asdict(card), sizes, *_tools()], sort_keys=True)
    return blake2b(said.encode(), digest_size=20).hexdigest()


@cache
def _tools() -> tuple[str, ...]:
    """Versions of what draws: the design, the face, the libraries."""
    from PIL import __version__, features

    face = b"".join(path.read_bytes() for path in sorted(FACE.parent.iterdir()))
    return (
        str(VERSION),
        blake2b(face, digest_size=8).hexdigest(),
        __version__,
        str(features.version("freetype2")),
        zlib.ZLIB_RUNTIME_VERSION,
    )


def _draw(card: SocialCard, shapes: Iterable[Shape]) -> tuple[bytes, ...]:
    # Imported here: it takes a third of a second, and a build of kept cards draws nothing.
    from .drawing import draw

    return tuple(draw(card, shape) for shape in shapes)


def _divided(content: bytes) -> Iterator[bytes]:
    """The pictures in what was kept, each behind its length."""
    at = 0
    while at < len(content):
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        yield content[at : at + length]
        at += length


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
