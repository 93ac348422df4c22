"""The code of compiled templates, kept for other processes where Python keeps that of modules.

Not in the cache of a site, which holds data alone: who can write there would have others run what
he writes. Where Python writes no code, none is kept; a site's pages are the same without.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from ..building.codec import packed, unpacked

KEPT = 8
"""Of so many sites with templates of their own, or states of them; the oldest goes first."""
_DIGEST = 16
_NAME = "templates-of-"


def load(key: str) -> Mapping[str, bytes]:
    """What `keep` was given; nothing where that is not there, or damaged.

    Args:
        key: Of all that the code was made from; empty where nobody can tell.
    """
    if not key:
        return {}
    with contextlib.suppress(OSError, ValueError):
        data = _path(key).read_bytes()
        if data[:_DIGEST] == _digest(key, data[_DIGEST:]):
            return unpacked(data[_DIGEST:])
    return {}


def keep(key: str, code: Mapping[str, bytes]) -> None:
    """Keep code, if it can be kept."""
    if not key or sys.dont_write_bytecode:
        return
    path, data = _path(key), packed(code)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: others may read it at any moment.
        part = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            part.write_bytes(_digest(key, data) + data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        known = sorted(path.parent.glob(f"{_NAME}*"), key=lambda one: one.stat().st_mtime_ns)
        for old in known[:-KEPT]:
            old.unlink(missing_ok=True)


def _path(key: str) -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name(f"{_NAME}{key}.py"))))


def _digest(key: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST, key=key.encode()).digest()
