"""Names of authors as citations want them: the family name apart from the others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..viewing.parts import AuthorRef
from .text import line

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DIVIDED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Scripts in which given names come first, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in two parts, or one that is not divided: a desk, a single word."""

    family: str
    given: str = ""
    first: bool = False
    """The family name stands first in the name itself, so that lists need not turn it."""

    @property
    def turned(self) -> str:
        """`Example, Ada`"""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def plain(self) -> str:
        """`Ada Example`"""
        parts = (self.family, self.given) if self.first else (self.given, self.family)
        return " ".join(filter(None, parts))

    @property
    def heading(self) -> str:
        """As a list begins with it: turned, unless it is so by itself."""
        return self.plain if self.first else self.turned

    @property
    def initials(self) -> str:
        """`Example, A.-M. B.`"""
        words = (word.split("-") for word in self.given.split())
        letters = ("-".join(f"{part[0]}." for part in parts if part) for parts in words)
        return ", ".join(filter(None, (self.family, " ".join(letters))))


# Of each briefing, and authors write many.
@lru_cache(maxsize=4096)
def name_of(author: AuthorRef) -> Name:
    """The parts of an author's name.

    The family name is what the registry says; else the last word, with the small ones before it
    (`de`, `van der`) and a suffix after it. A desk's name is not divided, nor one written in a
    script in which the order is not known.
    """
    name = line(author.name)
    words = name.split()
    if author.family and not author.desk:
        family = line(author.family)
        if name.startswith(f"{family} "):
            return Name(family, name.removeprefix(family).strip(), first=True)
        if name.endswith(f" {family}"):
            return Name(family, name.removesuffix(family).strip())
        return Name(name)
    if author.desk or len(words) < 2 or not _divided(name):
        return Name(name)
    end = len(words) - 1
    if words[end].rstrip(".").casefold() in _SUFFIXES and end > 1:
        end -= 1
    while end > 1 and words[end - 1].islower():
        end -= 1
    return Name(" ".join(words[end:]), " ".join(words[:end]))


def _divided(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith(_DIVIDED) for c in letters)
