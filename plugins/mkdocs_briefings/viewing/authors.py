"""The views of authors: each author, their older pages, and everybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..catalog.registries import Author
from . import addresses as places
from .paging import first_paging, pages
from .parts import AuthorItem, Letter, LetterPage, Ref
from .records import AuthorsView, AuthorView, View
from .shelf import Shelf
from .topics import older_views
from .words import by_letter, clip

_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
TOPICS = 12
"""Most topics that an author's page names."""
EDITS = 10
"""Most briefings that the page of somebody who only edits names."""
TOGETHER = 120
"""Most authors that stand on one page; where there are more, each letter has a page."""
FOREMOST = 24
"""Most authors that the page of all letters names by itself: those who signed most."""


def author_views(shelf: Shelf) -> Iterator[View]:
    """Everybody who signs, then each author with their older pages, in the registry's order."""
    catalog = shelf.site.catalog
    yield from _everybody(shelf)
    edited: dict[str, list[str]] = {}
    for slug in reversed(list(catalog.briefings)):
        edited.setdefault(catalog.briefings[slug].editor, []).append(slug)
    for author in catalog.authors.values():
        yield from _author(author, shelf, edited.get(author.key, []))


def _everybody(shelf: Shelf) -> Iterator[AuthorsView]:
    """All of them on one page, or a page for each letter below one that leads to it."""
    site, word = shelf.site, shelf.site.language.word
    items = [
        AuthorItem(author=ref, count=len(site.graph.signed.get(key, ())))
        for key, ref in shelf.authors.items()
    ]
    letters = by_letter(items, lambda item: item.author.name, site.lang)
    home = AuthorsView(
        template="authors.html",
        url=site.addresses.url("authors/"),
        title=word("who_writes"),
        description=word("authors_description", site=site.name),
        section="authors",
        trail=shelf.trail(),
        count=len(items),
        letters=tuple(Letter(letter=initial, rows=rows) for initial, rows in letters.items()),
    )
    if len(items) <= TOGETHER:
        yield home
        return
    pages = _pages(shelf, letters)
    signing = [item for rows in letters.values() for item in rows if item.count]
    most = sorted(signing, key=lambda item: -item.count)
    yield replace(home, letters=(), pages=pages, most=tuple(most[:FOREMOST]))
    trail = shelf.trail(Ref(title=home.title, url=home.url))
    for page, letter in zip(pages, home.letters, strict=True):
        yield replace(
            home,
            url=page.url,
            title=word("who_writes_under", letter=page.letter),
            trail=trail,
            noindex=True,
            count=page.count,
            letters=(letter,),
            pages=pages,
        )


def _pages(shelf: Shelf, letters: Mapping[str, Sequence[AuthorItem]]) -> tuple[LetterPage, ...]:
    return tuple(
        LetterPage(
            letter=initial,
            url=shelf.site.addresses.url(places.authors_under(initial)),
            count=len(rows),
            first=rows[0].author.name,
            last=rows[-1].author.name,
        )
        for initial, rows in letters.items()
    )


def _author(author: Author, shelf: Shelf, edited: list[str]) -> Iterator[View]:
    site, word = shelf.site, shelf.site.language.word
    place = places.author(author.key)
    slugs = site.graph.signed.get(author.key, ())
    briefings = [site.catalog.briefings[slug] for slug in slugs]
    recent, older = pages(slugs, site.settings.page_size)
    topics = Counter(key for briefing in briefings for key in briefing.topics)
    ref = shelf.authors[author.key]
    everybody = shelf.trail(Ref(title=word("who_writes"), url=site.addresses.url("authors/")))
    yield AuthorView(
        template="author.html",
        url=ref.url,
        title=author.name,
        description=clip(
            author.bio or word("author_description", author=author.name, site=site.name)
        ),
        section="authors",
        trail=everybody,
        feeds=shelf.feeds(place, author.name),
        author=ref,
        affiliation=author.affiliation,
        bio=author.bio,
        contact=_contact(author.contact),
        interests=author.interests,
        count=len(slugs),
        corrections=sum(len(briefing.corrections) for briefing in briefings),
        topics=tuple(
            # The count here is the author's own, not the topic's.
            shelf.counted(key, topics[key])
            for key in sorted(topics, key=lambda key: (-topics[key], key))[:TOPICS]
        ),
        years=shelf.years(recent),
        paging=first_paging(shelf, place, len(older)),
        edited=len(edited),
        edits=() if slugs else shelf.picked(edited[:EDITS]),
    )
    trail = (*everybody, Ref(title=author.name, url=ref.url))
    yield from older_views(shelf, place, older, trail, author.name)


def _contact(contact: str) -> Ref | None:
    """A link for a web address or a mail address; anything else is shown as text."""
    if not contact:
        return None
    if contact.startswith(("https://", "http://", "mailto:")):
        return Ref(title=contact.removeprefix("mailto:"), url=contact)
    return Ref(title=contact, url=f"mailto:{contact}" if _MAIL.fullmatch(contact) else "")
