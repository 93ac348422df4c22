"""The views of plain pages, the list of changes, and the page for wrong addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..catalog.ledger import Former
from ..catalog.pages import PlainPage
from . import addresses as places
from .briefing import changes
from .parts import Change, Ref, TocItem
from .records import ChangesView, NotFoundView, PlainView, SearchView
from .shelf import Shelf
from .words import clip


def plain_view(page: PlainPage, shelf: Shelf) -> PlainView:
    site = shelf.site
    lang, turned = site.foreign(page.lang)
    return PlainView(
        template="plain.html",
        url=site.addresses.url(places.plain(page.slug)),
        title=page.title,
        description=clip(page.summary or page.body.first_paragraph or page.title),
        section=f"page:{page.slug}",
        trail=shelf.trail(),
        lang=lang,
        dir=turned,
        edit_url=shelf.edit_url(page.path),
        source=page.path,
        toc=tuple(
            TocItem(title=h.text, anchor=h.anchor) for h in page.body.headings if h.level == 2
        ),
    )


def withdrawn_view(former: Former, shelf: Shelf) -> PlainView:
    """The page at the address of one that was withdrawn: what it was, since when, and why."""
    return PlainView(
        template="plain.html",
        url=shelf.site.addresses.url(former.path),
        title=former.title,
        description=clip(former.reason),
        trail=shelf.trail(),
        noindex=True,
        withdrawn=former.withdrawn,
        reason=former.reason,
    )


def logged(shelf: Shelf) -> list[Change]:
    """Updates and corrections of all briefings, newest first; publications are not changes."""
    return sorted(
        (
            change
            for briefing in shelf.site.catalog.briefings.values()
            if briefing.updated or briefing.corrections
            for change in changes(briefing, shelf.cards[briefing.slug])
            if change.kind != "published"
        ),
        key=lambda c: (c.date, c.card.slug if c.card else "", c.kind, c.text),
        reverse=True,
    )


def changes_views(shelf: Shelf) -> Iterator[ChangesView]:
    """Updates and corrections of all briefings, newest first, then corrections alone."""
    site, word = shelf.site, shelf.site.language.word
    log = logged(shelf)
    home = Ref(title=word("updates_and_corrections"), url=site.addresses.url(places.CHANGES))
    yield ChangesView(
        template="changes.html",
        url=home.url,
        title=home.title,
        description=word("changes_description", site=site.name),
        section="changes",
        trail=shelf.trail(),
        feeds=shelf.feeds(places.CHANGES, word("changes_feed", site=site.name)),
        intro=word("changes_intro"),
        years=_by_year(log),
    )
    yield ChangesView(
        template="changes.html",
        url=site.addresses.url(places.CORRECTIONS),
        title=word("corrections"),
        description=word("corrections_description", site=site.name),
        section="changes",
        trail=shelf.trail(home),
        feeds=shelf.feeds(places.CORRECTIONS, word("corrections_feed", site=site.name)),
        intro=word("corrections_intro"),
        years=_by_year([change for change in log if change.kind == "correction"]),
    )


def _by_year(log: list[Change]) -> tuple[tuple[int, tuple[Change, ...]], ...]:
    return tuple((year, tuple(group)) for year, group in groupby(log, key=lambda c: c.date.year))


OFFERED_TOPICS = 16
"""Most topics that the search page offers."""


def search_view(shelf: Shelf, index: str, engine: str) -> SearchView:
    """The page that searches the index at `index`, by an engine of a version.

    It offers the topics with most briefings, in the registry's order.
    """
    site, word = shelf.site, shelf.site.language.word
    order = list(site.catalog.topics)
    most = sorted(order, key=lambda key: -shelf.topics[key].count)[:OFFERED_TOPICS]
    return SearchView(
        template="search.html",
        url=site.addresses.url(places.SEARCH),
        title=word("search"),
        description=word("search_description", site=site.name),
        section="search",
        trail=shelf.trail(),
        noindex=True,
        index=index,
        engine=engine,
        topics=tuple(shelf.bare_topics[key] for key in order if key in most),
        ways=(
            Ref(title=word("all_topics"), url=site.addresses.url("topics/")),
            Ref(title=word("archive"), url=site.addresses.url("archive/")),
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
