"""Small rules of wording that several views share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date


def clip(text: str, limit: int = 155) -> str:
    """At most `limit` characters, cut between words, with an ellipsis when something was cut."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    # A text without spaces, as in Chinese, is cut where it must be.
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"


def letter(title: str) -> str:
    """The jump letter of a title: its first letter without accents, `#` when it has none."""
    for char in unicodedata.normalize("NFKD", title):
        if char.isalpha():
            return char.upper()[0]
        if char.isdigit():
            return "#"
    return "#"


def alphabetical(title: str) -> tuple[bool, str, str]:
    """Sort key for A to Z lists: letters first, accents and case folded, then as written."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(c)
    )
    return (letter(title) == "#", bare, title)


def latest(days: Iterable[date | None]) -> date | None:
    """The last of the days given, or None."""
    known = [day for day in days if day]
    return max(known) if known else None
