"""Anchors: the ids of headings, the same for the checker and for the rendered page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DROPPED = re.compile(r"[^a-z0-9\s_-]+")
_GAPS = re.compile(r"[\s_-]+")
_ASCII = [chr(code) for code in range(128)]
_SIGNS = "".join(filter(_DROPPED.match, map(str.lower, _ASCII))).encode()
"""What is dropped of ASCII."""
_PLAIN = bytes(ord(" " if _GAPS.match(sign) else sign.lower()) for sign in _ASCII) + bytes(128)
"""The rest of it in small letters, with a space for each sign of a gap."""

FALLBACK = "section"
"""Anchor of a heading without a Latin letter or a digit."""


def anchor(text: str) -> str:
    """The id of a heading with this plain text: `[a-z0-9-]`, never empty.

    Accents are folded, apostrophes and other signs dropped, gaps become one hyphen. What has
    neither Latin letter nor digit is "section". Never begins with `_`, as all ids of the
    page's own chrome do.

    >>> anchor("What’s new in Côte d’Ivoire?"), anchor("数字政府"), anchor("snake_case")
    ('whats-new-in-cote-divoire', 'section', 'snake-case')
    """
    if text.isascii():  # Nearly all: the rest of the way does no more to them.
        return b"-".join(text.encode().translate(_PLAIN, _SIGNS).split()).decode() or FALLBACK
    text = unicodedata.normalize("NFKD", text.casefold())
    return _GAPS.sub("-", _DROPPED.sub("", text.lower())).strip("-") or FALLBACK


def anchors(texts: Iterable[str]) -> list[str]:
    """The ids of a page's headings, in order and unique: the second `plan` is `plan-2`.

    A number that another heading already took is passed over. An id that an author wrote
    himself, `{#plan}`, takes part as if it were the heading's text.

    >>> anchors(["Plan", "Plan", "Plan 2", "Plan"])
    ['plan', 'plan-2', 'plan-2-2', 'plan-3']
    """
    taken: set[str] = set()
    last: dict[str, int] = {}
    found = []
    for text in texts:
        wanted = name = anchor(text)
        if name in taken:
            # Counting on from the last number given keeps many equal headings linear.
            number = last.get(wanted, 1)
            while name in taken:
                number += 1
                name = f"{wanted}-{number}"
            last[wanted] = number
        taken.add(name)
        found.append(name)
    return found


def levels(written: Iterable[int]) -> list[int]:
    """The levels at which a page shows a body's headings: from 2, and none is skipped.

    The page's only `h1` is its title. What an author nested stays nested: a heading goes one
    level below the nearest one before it that was written at a smaller level.

    >>> levels([1, 2, 2]), levels([3, 3, 2, 4]), levels([2, 3, 2])
    ([2, 3, 3], [2, 2, 2, 3], [2, 3, 2])
    """
    above: list[int] = []
    shown = []
    for level in written:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        shown.append(min(len(above) + 1, 6))
    return shown
