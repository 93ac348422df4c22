"""The views of plain pages, editions, the list of changes, and the page for wrong addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..catalog.pages import Edition, PlainPage
from ..wording.language import direction
from . import addresses as places
from .briefing import changes
from .parts import Ref, RelatedCard, TocItem
from .records import ChangesView, EditionsView, EditionView, NotFoundView, PlainView, View
from .shelf import Shelf
from .words import clip


def plain_view(page: PlainPage, shelf: Shelf) -> PlainView:
    site = shelf.site
    foreign = page.lang != site.lang
    return PlainView(
        template="plain.html",
        url=site.addresses.url(places.plain(page.slug)),
        title=page.title,
        description=clip(page.summary or page.body.first_paragraph or page.title),
        section=f"page:{page.slug}",
        trail=shelf.trail(),
        lang=page.lang if foreign else "",
        dir=direction(page.lang) if foreign else "",
        edit_url=shelf.edit_url(page.path),
        source=page.path,
        toc=tuple(
            TocItem(title=h.text, anchor=h.anchor) for h in page.body.headings if h.level == 2
        ),
    )


def edition_views(shelf: Shelf) -> Iterator[View]:
    """All editions, then each, newest first; nothing when there is none."""
    site = shelf.site
    editions = list(site.catalog.editions.values())
    if not editions:
        return
    refs = [Ref(title=e.title, url=site.addresses.url(places.edition(e.slug))) for e in editions]
    word = site.language.word
    home = Ref(title=word("editions"), url=site.addresses.url("editions/"))
    yield EditionsView(
        template="editions.html",
        url=home.url,
        title=home.title,
        description=word("editions_description", site=site.name),
        section="editions",
        trail=shelf.trail(),
        editions=tuple(
            (ref, edition.published, edition.summary)
            for ref, edition in reversed(list(zip(refs, editions, strict=True)))
        ),
    )
    for at, edition in enumerate(editions):
        yield _edition(
            edition,
            shelf,
            home,
            previous=refs[at - 1] if at else None,
            following=refs[at + 1] if at + 1 < len(refs) else None,
        )


def _edition(
    edition: Edition, shelf: Shelf, home: Ref, *, previous: Ref | None, following: Ref | None
) -> EditionView:
    site = shelf.site
    picks = tuple(
        RelatedCard(card=shelf.cards[pick.slug], reason=pick.reason)
        for pick in edition.picks
        if pick.slug in shelf.cards
    )
    foreign = edition.lang != site.lang
    return EditionView(
        template="edition.html",
        url=site.addresses.url(places.edition(edition.slug)),
        title=edition.title,
        description=clip(edition.summary or edition.body.first_paragraph or edition.title),
        section="editions",
        trail=shelf.trail(home),
        lang=edition.lang if foreign else "",
        dir=direction(edition.lang) if foreign else "",
        edit_url=shelf.edit_url(edition.path),
        source=edition.path,
        number=edition.number,
        published=edition.published,
        minutes=sum(pick.card.minutes for pick in picks),
        picks=picks,
        previous=previous,
        next=following,
    )


def changes_view(shelf: Shelf) -> ChangesView:
    """Updates and corrections of all briefings, newest first; publications are not changes."""
    site, word = shelf.site, shelf.site.language.word
    log = sorted(
        (
            change
            for briefing in site.catalog.briefings.values()
            for change in changes(briefing, shelf.cards[briefing.slug])
            if change.kind != "published"
        ),
        key=lambda c: (c.date, c.card.slug if c.card else "", c.kind, c.text),
        reverse=True,
    )
    return ChangesView(
        template="changes.html",
        url=site.addresses.url("changes/"),
        title=word("updates_and_corrections"),
        description=word("changes_description", site=site.name),
        section="changes",
        trail=shelf.trail(),
        feeds=shelf.feeds("changes/", word("changes_feed", site=site.name)),
        intro=word("changes_intro"),
        years=tuple(
            (year, tuple(group)) for year, group in groupby(log, key=lambda c: c.date.year)
        ),
    )


def not_found_view(shelf: Shelf) -> NotFoundView:
    word = shelf.site.language.word
    newest = list(shelf.site.catalog.briefings)[-3:]
    return NotFoundView(
        template="404.html",
        url="404.html",
        title=word("not_found_title"),
        description=word("not_found"),
        noindex=True,
        latest=shelf.picked(reversed(newest)),
    )
