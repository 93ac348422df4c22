"""Small rules of wording that several views share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar
from unicodedata import combining, normalize

from ..wording.language import primary

Thing = TypeVar("Thing")


def clip(text: str, limit: int = 155) -> str:
    """At most `limit` characters, cut between words, with an ellipsis when something was cut."""
    # Nearly all are so by themselves; no white space but the space can be printed.
    if "  " in text or not text.isprintable() or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    # A text without spaces, as in Chinese, is cut where it must be.
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"


def letter(title: str, lang: str) -> str:
    """The jump letter of a title: its first letter without accents, `#` when it has none."""
    for char in _filed(title, lang):
        if char.isalpha():
            return char.upper()[0]
        if char.isdigit():
            return "#"
    return "#"


def alphabetical(title: str, lang: str) -> tuple[bool, str, str]:
    """Sort key for A to Z lists: letters first, accents and case folded, then as written.

    The order of letters is Unicode's, which is that of most alphabets, with what `_LETTERS` and
    `_ARTICLES` know of `lang`; a library for the orders of all languages is not asked.
    """
    # Quotation marks and brackets do not count; ñ comes after every word that begins with n.
    filed = _SIGNS.sub("", _filed(title, lang))
    key = "".join(f"{_LETTERS[c]}\uffff" if c in _LETTERS else c for c in filed)
    return (letter(title, lang) == "#", key, title)


def by_letter(
    things: Iterable[Thing], name: Callable[[Thing], str], lang: str
) -> Mapping[str, tuple[Thing, ...]]:
    """Things from A to Z in a language, by their jump letters; those of one name as given."""
    found: dict[str, list[Thing]] = {}
    for thing in sorted(things, key=lambda thing: alphabetical(name(thing), lang)):
        found.setdefault(letter(name(thing), lang), []).append(thing)
    return {initial: tuple(those) for initial, those in found.items()}


_SIGNS = re.compile(r"\A[\W_]+")
_LETTERS = {"ñ": "n"}
"""Letters that are not another one with an accent, and the one that each follows. Only Spanish has
any of ours: elsewhere the letter is folded."""
_ARTICLES = {"ar": re.compile(r"^\W*ال(?=\w{2})")}
"""What a title is not filed under: nearly every Arabic one begins with it."""


def _filed(title: str, lang: str) -> str:
    """A title as it is filed: lower case, without accents and article."""
    own = _LETTERS if primary(lang) == "es" else {}
    title = normalize("NFC", title.casefold())
    if article := _ARTICLES.get(primary(lang)):
        # Before letters are folded: an article has a bare alef, the name of Germany has not.
        title = article.sub("", title)
    return "".join(
        c if c in own else "".join(d for d in normalize("NFKD", c) if not combining(d))
        for c in title
    )


def latest(days: Iterable[date | None]) -> date | None:
    """The last of the days given, or None."""
    known = [day for day in days if day]
    return max(known) if known else None
