"""Addresses as writers give them: relative to the site, without anything but their path."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SEGMENT = re.compile(r"[\w~-][\w.~-]*")
_FILE = re.compile(r"\.html?\Z", re.IGNORECASE)


def relative_address(typed: str) -> tuple[str, str, str]:
    """An old address in its usual form, or a fault with its hint.

    Percent signs are decoded first: `%2e%2e/` climbs as `../` does, and `%74opics/` is `topics/`.
    """
    typed = unquote(typed)
    bare = re.sub(r"\A[a-z][a-z0-9+.-]*:/*[^/]*", "", typed, flags=re.IGNORECASE).strip("/")
    hint = f"write '{bare}/'" if bare and not _FILE.search(bare) else f"write '{bare}'"
    if typed.startswith("/") or ":" in typed.split("/")[0]:
        return "", "is absolute; old addresses are relative to the site", hint
    parts = typed.removesuffix("/").split("/")
    if any(part in {".", ".."} for part in parts):
        return "", "climbs out of its folder", "write the whole address, without dots"
    if not all(_SEGMENT.fullmatch(part) for part in parts):
        hint = "letters, digits, `-`, `_`, `.` and `~` between slashes"
        return "", "has more in it than the path of an address", hint
    alias = "/".join(parts)
    return (alias if _FILE.search(alias) else alias + "/"), "", ""
