"""The views of plain pages, the list of changes, and the page for wrong addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..catalog.pages import PlainPage
from . import addresses as places
from .briefing import changes
from .parts import Change, Ref, TocItem
from .records import ChangesView, NotFoundView, PlainView, SearchView
from .shelf import Shelf
from .words import clip, direction


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


def logged(shelf: Shelf) -> list[Change]:
    """Updates and corrections of all briefings, newest first; publications are not changes."""
    return sorted(
        (
            change
            for briefing in shelf.site.catalog.briefings.values()
            for change in changes(briefing, shelf.cards[briefing.slug])
            if change.kind != "published"
        ),
        key=lambda c: (c.date, c.card.slug if c.card else "", c.kind, c.text),
        reverse=True,
    )


def changes_views(shelf: Shelf) -> Iterator[ChangesView]:
    """Updates and corrections of all briefings, newest first, then corrections alone."""
    site = shelf.site
    log = logged(shelf)
    home = Ref(title="Updates and corrections", url=site.addresses.url(places.CHANGES))
    yield ChangesView(
        template="changes.html",
        url=home.url,
        title=home.title,
        description=f"Every logged change to a briefing of {site.name}, the newest first.",
        section="changes",
        trail=shelf.trail(),
        feeds=shelf.feeds(places.CHANGES, f"{site.name}: updates and corrections"),
        intro="Every logged change to a published briefing, the newest first.",
        years=_by_year(log),
    )
    yield ChangesView(
        template="changes.html",
        url=site.addresses.url(places.CORRECTIONS),
        title="Corrections",
        description=f"Every correction to a briefing of {site.name}, the newest first.",
        section="changes",
        trail=shelf.trail(home),
        feeds=shelf.feeds(places.CORRECTIONS, f"{site.name}: corrections"),
        intro="What a published briefing had wrong, and what is right. The newest is first.",
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
    site = shelf.site
    order = list(site.catalog.topics)
    most = sorted(order, key=lambda key: -shelf.topics[key].count)[:OFFERED_TOPICS]
    return SearchView(
        template="search.html",
        url=site.addresses.url(places.SEARCH),
        title="Search",
        description=f"Search every briefing of {site.name}.",
        section="search",
        trail=shelf.trail(),
        noindex=True,
        index=index,
        engine=engine,
        topics=tuple(shelf.bare_topics[key] for key in order if key in most),
        ways=(
            Ref(title="All topics", url=site.addresses.url("topics/")),
            Ref(title="Archive", url=site.addresses.url("archive/")),
        ),
    )


def not_found_view(shelf: Shelf) -> NotFoundView:
    newest = list(shelf.site.catalog.briefings)[-3:]
    return NotFoundView(
        template="404.html",
        url="404.html",
        title="Page not found",
        description="There is no page at this address.",
        noindex=True,
        latest=shelf.picked(reversed(newest)),
    )
