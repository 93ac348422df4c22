"""The view of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.registries import Term
from ..linking.terms import other_names
from . import addresses as places
from .parts import Letter, Ref, TermItem, TermMention
from .records import GlossaryView
from .shelf import Shelf
from .words import by_letter

USES = 6
"""Most briefings that the glossary names under a term."""


def glossary_view(shelf: Shelf) -> GlossaryView:
    """Every term, A to Z, with its explanation and the newest briefings that use it."""
    site, word = shelf.site, shelf.site.language.word
    terms = site.catalog.terms.values()
    letters = by_letter(terms, lambda term: term.term, site.lang)
    return GlossaryView(
        template="glossary.html",
        url=site.addresses.url(places.GLOSSARY),
        title=word("glossary"),
        description=word("glossary_description", site=site.name),
        section="glossary",
        trail=shelf.trail(),
        letters=tuple(
            Letter(letter=initial, rows=tuple(_item(term, shelf) for term in those))
            for initial, those in letters.items()
        ),
    )


def _item(term: Term, shelf: Shelf) -> TermItem:
    slugs = tuple(reversed(shelf.site.graph.users.get(term.key, ())))
    return TermItem(
        key=term.key,
        term=term.term,
        definition=term.definition,
        aliases=other_names(term, shelf.site.lang),
        uses=tuple(Ref(title=c.title, url=c.url) for c in shelf.picked(slugs[:USES])),
        more=max(0, len(slugs) - USES),
    )


def term_mentions(slug: str, shelf: Shelf) -> Iterator[TermMention]:
    """The terms that a briefing uses, in the order of its text."""
    for mention in shelf.site.graph.mentions.get(slug, ()):
        yield TermMention(key=mention.key, spellings=mention.spellings, explained=mention.explained)
