"""Terms of the glossary in running text: who uses which, and which of them a page explains.

What is decided here, from the text that reading kept, is all that rendering marks: a page does not
look for terms again, it finds the places of those that were found, by the same `Spellings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from ..catalog.registries import Term
from ..wording.language import primary
from .words import unspaced

MOST_EXPLAINED = 10
"""Terms that one briefing explains, the first in its text: more dots would be noise."""

_WORD = re.compile(r"\w+")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)\Z")
_TO_IES = re.compile(r"[^aeiou\W]y\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A term that a briefing uses."""

    key: str
    spellings: tuple[str, ...]
    """Each as it stands in the text, in its order."""
    explained: bool
    """Its first mention is a link to the glossary."""


class Place(NamedTuple):
    """Where a term stands in a text."""

    start: int
    end: int
    key: str


class Spellings:
    """Finds spellings of terms in texts, as whole words.

    Not in `anti-form`, `forms-based` nor before decimals, as in `Section 301.5`; scripts that put
    no space between words have no such edges. Apostrophes and hyphens of all kinds are one.

    Args:
        keys: Keys of terms by spelling; of two that are the same, the first counts.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys: dict[str, str] = {}
        self._by_word: dict[str, list[tuple[str, frozenset[str]]]] = {}
        """Those that are whole words, with all of them, by the first."""
        self._others: list[str] = []
        """Those in a script that puts no space between words."""
        for spelling, key in keys.items():
            form = _compared(spelling)
            if form and form not in self._keys:
                self._keys[form] = key
                words = _WORD.findall(form)
                if words and not any(map(unspaced, form)):
                    self._by_word.setdefault(words[0], []).append((form, frozenset(words)))
                else:
                    self._others.append(form)

    def find(self, text: str) -> Iterator[Place]:
        """The terms in a text, from left to right; of two at one place the longer.

        None goes over the end of a line.
        """
        text = _compared(text)
        end = 0
        for place in sorted(self._places(text), key=lambda place: (place.start, -place.end)):
            if place.start >= end:
                end = place.end
                yield place

    def _places(self, text: str) -> Iterator[Place]:
        """All places, in any order; some may overlap."""
        # Nearly all spellings are ruled out by the words of the text: the rest is looked for.
        words = set(_WORD.findall(text))
        likely = chain(*(self._by_word[word] for word in self._by_word.keys() & words))
        for form in chain(self._others, (form for form, needed in likely if needed <= words)):
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                if _is_whole(text, start, end):
                    yield Place(start, end, self._keys[form])
                start = text.find(form, start + 1)


def _compared(text: str) -> str:
    """A text as long as the one given, in which signs that mean the same are the same."""
    if text.isascii():
        return text
    return text.replace("’", "'").replace("\u2011", "-").replace("\xa0", " ")


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if _joins(before) and not unspaced(text[start]):
        return False
    if after and after in ".," and text[end + 1 : end + 2].isdigit():
        return False
    return not _joins(after) or unspaced(text[end - 1])


def _joins(char: str) -> bool:
    return char.isalnum() or char in ("-", "_")


def spellings(name: str, lang: str) -> tuple[str, ...]:
    """How texts may spell a name: with either initial where it has no other capital, and plural.

    Names that begin with a capital alone, as all of a glossary may do, have two initials; those
    with capitals elsewhere only the one they are written with.

    >>> spellings("Port fee", "en"), spellings("TEU", "en-GB"), spellings("Zoll", "de")
    (('port fee', 'port fees', 'Port fee', 'Port fees'), ('TEU', 'TEUs'), ('zoll', 'Zoll'))
    """
    form = " ".join(name.split())
    ordinary = form[1:] == form[1:].lower()
    initials = (form[:1].lower(), form[:1].upper()) if ordinary else (form[:1],)
    found = []
    for initial in dict.fromkeys(initials):
        found.append(initial + form[1:])
        if primary(lang) == "en" and form[-1:].isalpha():
            found.append(_plural(found[-1]))
    return tuple(found)


def _plural(form: str) -> str:
    if _TO_IES.search(form):
        return f"{form[:-1]}ies"
    return f"{form}es" if _SIBILANT.search(form) else f"{form}s"


def other_names(term: Term, lang: str) -> tuple[str, ...]:
    """The aliases of a term that say more than its name: no plurals, no other initials."""
    known = set(spellings(term.term, lang))
    kept = []
    for alias in term.aliases:
        if " ".join(alias.split()) not in known:
            kept.append(alias)
            known.update(spellings(alias, lang))
    return tuple(kept)


def glossary(terms: Mapping[str, Term], lang: str) -> Spellings:
    """All spellings of a glossary; of two terms with one name, it means the first."""
    keys: dict[str, str] = {}
    for key, term in terms.items():
        for name in (term.term, *term.aliases):
            for spelling in spellings(name, lang):
                keys.setdefault(spelling, key)
    return Spellings(keys)


def mentions(prose: str, known: Spellings) -> tuple[Mention, ...]:
    """The terms in a running text, as `Body.prose` is one, in the order of their first mention."""
    found: dict[str, dict[str, None]] = {}
    for start, end, key in known.find(prose):
        found.setdefault(key, {})[prose[start:end]] = None
    return tuple(
        Mention(key=key, spellings=tuple(spelt), explained=number < MOST_EXPLAINED)
        for number, (key, spelt) in enumerate(found.items())
    )


def mentioned(catalog: Catalog, lang: str) -> Mapping[str, tuple[Mention, ...]]:
    """By slug: the terms that each briefing uses. Briefings in another language use none."""
    if not catalog.terms:
        return dict.fromkeys(catalog.briefings, ())
    known, home = glossary(catalog.terms, lang), primary(lang)
    return {
        slug: mentions(briefing.body.home_prose, known) if primary(briefing.lang) == home else ()
        for slug, briefing in catalog.briefings.items()
    }


def users(
    mentions: Mapping[str, tuple[Mention, ...]], catalog: Catalog
) -> Mapping[str, tuple[str, ...]]:
    """By term: the slugs of the briefings that use it, oldest first; an entry for each."""
    found: dict[str, list[Briefing]] = {key: [] for key in catalog.terms}
    for slug, those in mentions.items():
        for mention in those:
            found[mention.key].append(catalog.briefings[slug])
    return {
        key: tuple(briefing.slug for briefing in sorted(those, key=lambda b: b.moment))
        for key, those in found.items()
    }
