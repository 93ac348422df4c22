"""Reads a search index as its page does, but for the searching."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

INDEX = "search/index/"


def unpacked(data: bytes) -> bytes:
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def texts(files: Mapping[str, bytes], index: str = INDEX) -> dict[str, bytes]:
    """Every file of the index as it is when unpacked."""
    return {path: unpacked(data) for path, data in files.items() if path.startswith(index)}


def pages(files: Mapping[str, bytes], index: str = INDEX) -> dict[str, dict[str, Any]]:
    """Every indexed page by its address."""
    told = (
        json.loads(data.removeprefix(b"pagefind_dcd"))
        for path, data in texts(files, index).items()
        if "/fragment/" in path
    )
    return {page["url"]: page for page in told}
