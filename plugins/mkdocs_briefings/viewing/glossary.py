"""The view of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from ..linking.terms import other_names
from . import addresses as places
from .parts import Ref, TermItem, TermLetter, TermMention
from .records import GlossaryView
from .shelf import Shelf
from .words import alphabetical, letter

USES = 6
"""Most briefings that the glossary names under a term."""


def glossary_view(shelf: Shelf) -> GlossaryView:
    """Every term, A to Z, with its explanation and the newest briefings that use it."""
    site, word = shelf.site, shelf.site.language.word
    terms = site.catalog.terms.values()
    letters: dict[str, list[TermItem]] = {}
    for term in sorted(terms, key=lambda term: (alphabetical(term.term), term.key)):
        slugs = tuple(reversed(site.graph.users.get(term.key, ())))
        item = TermItem(
            key=term.key,
            term=term.term,
            definition=term.definition,
            aliases=other_names(term, site.lang),
            uses=tuple(Ref(title=c.title, url=c.url) for c in shelf.picked(slugs[:USES])),
            more=max(0, len(slugs) - USES),
        )
        letters.setdefault(letter(term.term), []).append(item)
    return GlossaryView(
        template="glossary.html",
        url=site.addresses.url(places.GLOSSARY),
        title=word("glossary"),
        description=word("glossary_description", site=site.name),
        section="glossary",
        trail=shelf.trail(),
        letters=tuple(TermLetter(letter=k, rows=tuple(rows)) for k, rows in letters.items()),
    )


def term_mentions(slug: str, shelf: Shelf) -> Iterator[TermMention]:
    """The terms that a briefing uses, in the order of its text."""
    for mention in shelf.site.graph.mentions.get(slug, ()):
        yield TermMention(key=mention.key, spellings=mention.spellings, explained=mention.explained)
