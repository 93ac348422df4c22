"""Every machine-readable file of a site beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from ..viewing.briefing import LONG_READ
from ..viewing.dates import calendars
from ..viewing.make import Views
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
from .cards import SHARED, Shape, SocialCard, briefing_card, shapes, site_card
from .citations import citation_files
from .entries import LIMIT, Entry, Feed, Written
from .feeds import atom, corrections_feed, feed_of, json_feed, written
from .sitemap import robots, sitemap_names, sitemaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file beside the pages, or several that are made together."""

    urls: tuple[str, ...]
    """Relative to the site's root."""
    make: Callable[[], Sequence[bytes]]
    made_from: tuple[object, ...] | None = None
    """All that decides its content, besides the chrome; None where making it is as cheap."""
    apart: bool = False
    """Whether it may be made in a thread of its own."""

    @classmethod
    def one(
        cls, url: str, make: Callable[[], bytes], made_from: tuple[object, ...] | None = None
    ) -> Output:
        """A single file."""
        return cls(urls=(url,), make=lambda: (make(),), made_from=made_from)


def outputs(
    views: Views,
    shelf: Shelf,
    chrome: Chrome,
    html: Callable[[str], str],
    cards: CardStore,
    state: Callable[[str], object] = str,
) -> Iterator[Output]:
    """Feeds, calendars, citations, sitemaps and cards.

    Nothing where the site does not know its own address: all of them need absolute ones.

    Args:
        views: Of all pages.
        shelf: Of the site.
        chrome: Of the site.
        html: Gives the sanitised body of a briefing by slug, its addresses absolute.
        cards: Draws cards or has them.
        state: Gives what sets a briefing's page apart from what it was, by slug; for who compares
            what a file was made from.
    """
    if not chrome.url:
        return
    briefings = shelf.site.catalog.briefings

    @cache
    def entry(slug: str) -> Written:
        return written(Entry(views.briefing(slug), html(slug), chrome.lang), chrome)

    # Of what may be thousands of briefings few have files of their own: their views stay unmade.
    for view in views.others:
        yield from _feeds(view, shelf, chrome, entry, state)
    yield from _calendars(views.others, shelf, chrome)
    for briefing in briefings.values():
        if briefing.body.words >= LONG_READ:
            for url, content in citation_files(views.briefing(briefing.slug), chrome).items():
                yield Output.one(url, partial(bytes, content))
    rows: list[tuple[str, date | None]]
    rows = [(card.url, _changed(card)) for card in shelf.cards.values() if not card.mark]
    rows += [(view.url, lastmod(view)) for view in views.others if not view.noindex]
    yield from _sitemaps(rows, chrome)
    names = ["sitemap.xml"]
    if now := shelf.site.settings.now:
        recent = [views.briefing(b.slug) for b in briefings.values() if news.may_be_news(b, now)]
        yield Output.one(news.FILE, partial(news.news_sitemap, recent, chrome, now))
        names.append(news.FILE)
    if told := robots(chrome, names):
        yield Output.one("robots.txt", partial(bytes, told))
    if chrome.card:
        yield from _cards(views, chrome, cards, state)


def _sitemaps(rows: Sequence[tuple[str, date | None]], chrome: Chrome) -> Iterator[Output]:
    @cache
    def files() -> Mapping[str, bytes]:
        return sitemaps(rows, chrome)

    def made(name: str) -> bytes:
        return files()[name]

    for name in sitemap_names(len(rows)):
        yield Output.one(name, partial(made, name), (name, rows))


def _cards(
    views: Views, chrome: Chrome, store: CardStore, state: Callable[[str], object]
) -> Iterator[Output]:
    shared = site_card(chrome)
    wanted: list[tuple[Callable[[], SocialCard], Mapping[str, Shape], tuple[object, ...]]]
    wanted = [(lambda: shared, {chrome.card: SHARED}, (shared,))]
    # What a card shows its page shows, too: where that is as it was, the view stays unmade.
    wanted += [
        (_card_of(views, slug, chrome), shapes(slug), (state(slug),)) for slug in views.slugs
    ]
    for card, places, made_from in wanted:
        # What takes longest, compression and reading files, leaves the interpreter to others.
        yield Output(
            urls=tuple(places),
            make=partial(_drawn, store, card, tuple(places.values())),
            made_from=made_from,
            apart=True,
        )


def _card_of(views: Views, slug: str, chrome: Chrome) -> Callable[[], SocialCard]:
    return lambda: briefing_card(views.briefing(slug), chrome)


def _drawn(
    store: CardStore, card: Callable[[], SocialCard], shapes: Sequence[Shape]
) -> Sequence[bytes]:
    return store.get(card(), shapes)


def _calendars(views: Iterable[View], shelf: Shelf, chrome: Chrome) -> Iterator[Output]:
    """The calendar files that pages announce."""
    entries = dict(calendars(shelf))
    for view in views:
        if isinstance(view, DatesView | StorylineView) and view.calendar:
            told = entries[view.calendar]
            yield Output.one(view.calendar, partial(calendar, view, told, chrome))


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
    return latest(map(_changed, cards))


def _changed(card: Card) -> date:
    return card.updated or card.published


def _feeds(
    view: View,
    shelf: Shelf,
    chrome: Chrome,
    entry: Callable[[str], Written],
    state: Callable[[str], object],
) -> Iterator[Output]:
    """The two feeds of a page's list, if it has any."""
    if view.feeds is None:
        return
    of: tuple[object, ...]
    if isinstance(view, ChangesView):
        feed, of = cache(partial(corrections_feed, view, chrome)), (view,)
    else:
        listed = _listed(view, shelf)
        if listed is None:
            return
        # Lists of the graph are oldest first. What is held back is shown by `serve` alone.
        newest = [slug for slug in reversed(list(listed)) if slug not in shelf.site.catalog.held]
        slugs = newest[:LIMIT]

        @cache
        def feed() -> Feed:
            return feed_of(view, map(entry, slugs), chrome)

        about = (view.url, view.feeds, view.lang, view.description)
        of = (*about, [state(slug) for slug in slugs])
    yield Output.one(view.feeds.atom, lambda: atom(feed(), chrome), of)
    yield Output.one(view.feeds.json, lambda: json_feed(feed(), chrome), of)


def _listed(view: View, shelf: Shelf) -> Iterable[str] | None:
    """The slugs that a page lists, oldest first; None for a page whose list is no feed."""
    graph = shelf.site.graph
    match view:
        case FrontView():
            return shelf.site.catalog.briefings
        case TopicView():
            return graph.filed.get(view.key, ())
        case AuthorView():
            return graph.signed.get(view.author.key, ())
        case StorylineView():
            return graph.parts.get(view.storyline.key, ())
    return None
