"""Every machine-readable file of a site beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

from ..viewing.dates import calendars
from ..viewing.parts import Card, Chrome
from ..viewing.records import (
    ArchiveView,
    AuthorView,
    BriefingView,
    ChangesView,
    DatesView,
    EditionsView,
    EditionView,
    FrontView,
    StorylinesView,
    StorylineView,
    TopicsView,
    TopicView,
    View,
)
from ..viewing.shelf import Shelf
from ..viewing.words import latest
from . import news
from .calendars import calendar
from .card_store import CardStore
from .cards import SHARED, briefing_card, shapes, site_card
from .entries import LIMIT, Entry, Feed
from .feeds import atom, corrections_feed, feed_of, json_feed
from .sitemap import robots, sitemaps

BATCH = 64
"""Cards in memory at once."""


def outputs(
    views: Iterable[View],
    shelf: Shelf,
    chrome: Chrome,
    html: Callable[[str], str],
    cards: CardStore,
) -> Iterator[tuple[str, bytes]]:
    """Feeds, calendars, sitemaps and cards as (address relative to the site's root, content).

    Nothing where the site does not know its own address: all of them need absolute ones. `html`
    gives the sanitised body of a briefing by slug, its addresses absolute.
    """
    if not chrome.url:
        return
    views = tuple(views)
    briefings = {view.slug: view for view in views if isinstance(view, BriefingView)}

    @cache
    def entry(slug: str) -> Entry:
        return Entry(view=briefings[slug], html=html(slug), site_lang=chrome.lang)

    for view in views:
        feed = _feed(view, shelf, chrome, entry)
        if feed:
            yield feed.atom_url, atom(feed, chrome)
            yield feed.json_url, json_feed(feed, chrome)
    yield from _calendars(views, shelf, chrome)
    rows = [(view.url, lastmod(view)) for view in views if not view.noindex]
    yield from sitemaps(rows, chrome).items()
    names = ["sitemap.xml"]
    if now := shelf.site.settings.now:
        yield news.FILE, news.news_sitemap(briefings.values(), chrome, now)
        names.append(news.FILE)
    if told := robots(chrome, names):
        yield "robots.txt", told
    if chrome.card:
        yield from _cards(briefings.values(), chrome, cards)


def _cards(
    briefings: Iterable[BriefingView], chrome: Chrome, store: CardStore
) -> Iterator[tuple[str, bytes]]:
    wanted = [(site_card(chrome), {chrome.card: SHARED})]
    wanted += [(briefing_card(view, chrome), shapes(view)) for view in briefings if view.card]
    # What takes longest, compression and reading files, leaves the interpreter to others.
    with ThreadPoolExecutor() as pool:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            drawn = pool.map(lambda each: store.get(each[0], tuple(each[1].values())), batch)
            for (_, urls), pictures in zip(batch, drawn, strict=True):
                yield from zip(urls, pictures, strict=True)
    store.prune()


def _calendars(views: Iterable[View], shelf: Shelf, chrome: Chrome) -> Iterator[tuple[str, bytes]]:
    """The calendar files that pages announce."""
    entries = dict(calendars(shelf))
    for view in views:
        if isinstance(view, DatesView | StorylineView) and view.calendar:
            yield view.calendar, calendar(view, entries[view.calendar], chrome)


def lastmod(view: View) -> date | None:
    """The day of the last logged change of what a page shows; None where no log tells it."""
    if isinstance(view, BriefingView):
        return view.updated or view.published
    if isinstance(view, TopicView):
        return view.updated
    if isinstance(view, StorylineView):
        return _last(view.parts)
    if isinstance(view, AuthorView):
        return _last(card for year in view.years for card in year.cards)
    if isinstance(view, ChangesView):
        return latest(change.date for _, group in view.years for change in group)
    if isinstance(view, EditionView):
        return view.published
    if isinstance(view, EditionsView):
        return latest(published for _, published, _ in view.editions)
    if isinstance(view, TopicsView):
        return latest(row.latest for row in view.tree)
    if isinstance(view, StorylinesView):
        return latest(row.latest for row in (*view.open, *view.closed))
    if isinstance(view, ArchiveView):
        # The page of a year shows its briefings; that of all years shows numbers of them.
        return _last(card for year in view.years for month in year.months for card in month.cards)
    if isinstance(view, FrontView):
        shown = [*view.latest, *([view.lead] if view.lead else [])]
        return latest([_last(shown), *(change.date for change in view.changed)])
    return None


def _last(cards: Iterable[Card]) -> date | None:
    return latest(card.updated or card.published for card in cards)


def _feed(view: View, shelf: Shelf, chrome: Chrome, entry: Callable[[str], Entry]) -> Feed | None:
    graph = shelf.site.graph
    slugs: Iterable[str]
    match view:
        case FrontView():
            slugs = shelf.site.catalog.briefings
        case TopicView():
            slugs = graph.filed.get(view.key, ())
        case AuthorView():
            slugs = graph.signed.get(view.author.key, ())
        case StorylineView():
            slugs = graph.parts.get(view.storyline.key, ())
        case ChangesView():
            return corrections_feed(view, chrome)
        case _:
            return None
    # Lists of the graph are oldest first. What is held back is shown by `serve` alone.
    newest = [slug for slug in reversed(list(slugs)) if slug not in shelf.site.catalog.held]
    return feed_of(view, (entry(slug) for slug in newest[:LIMIT]), chrome)
