"""Cards that were drawn before, kept by what they say: a build draws only what is new.

A kept card is believed when its own digest says that it is whole. Whatever goes wrong with the
folder costs time and nothing else.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from pathlib import Path

from .cards import VERSION, SocialCard
from .face import FACE

_DIGEST = 16
"""Bytes."""


class CardStore:
    """Draws cards, or takes them from a folder where builds before this one have left them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        """None keeps nothing."""
        self.used: set[str] = set()
        self.drawn = 0

    def get(self, card: SocialCard) -> bytes:
        """The picture of a card; the same bytes whether it was kept or not."""
        if self.folder is None:
            return _draw(card)
        name = key(card)
        self.used.add(name)
        path = self.folder / name
        with suppress(OSError):
            kept = path.read_bytes()
            content = kept[_DIGEST:]
            if kept[:_DIGEST] == _digest(content):
                return content
        content = _draw(card)
        self.drawn += 1
        self._keep(path, _digest(content) + content)
        return content

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


def key(card: SocialCard) -> str:
    """The name under which a card is kept: of all that its bytes depend on."""
    said = json.dumps([asdict(card), *_tools()], sort_keys=True)
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


def _draw(card: SocialCard) -> bytes:
    # Imported here: it takes a third of a second, and a build of kept cards draws nothing.
    from .drawing import draw

    return draw(card)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
