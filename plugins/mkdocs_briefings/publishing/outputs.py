"""Every machine-readable file of a site beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from ..viewing.briefing import LONG_READ
from ..viewing.dates import CalendarEntry, calendars
from ..viewing.make import Views
from ..viewing.parts import Chrome
from ..viewing.records import ChangesView, DatesView, StorylineView, View
from ..viewing.shelf import Shelf
from . import news
from .about import About, changed
from .calendars import calendar
from .card_store import CardStore
from .cards import SHARED, Shape, SocialCard, briefing_card, shapes, site_card
from .citations import citation_files
from .entries import Entry, Feed, Written
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
    others: Sequence[About],
    shelf: Shelf,
    chrome: Chrome,
    html: Callable[[str], str],
    cards: CardStore,
    state: Callable[[str], object] = str,
    ground: str = "",
) -> Iterator[Output]:
    """Feeds, calendars, citations, sitemaps and cards.

    Nothing where the site does not know its own address: all of them need absolute ones.

    Args:
        views: Of all pages.
        others: Of those that are no briefings', in their order.
        shelf: Of the site.
        chrome: Of the site.
        html: Gives the sanitised body of a briefing by slug, its addresses absolute.
        cards: Draws cards or has them.
        state: Gives what sets a briefing's page apart from what it was, by slug; for who compares
            what a file was made from.
        ground: A digest of all that the views of `others` are made from; empty where nobody can
            tell.
    """
    if not chrome.url:
        return
    briefings = shelf.site.catalog.briefings

    @cache
    def entry(slug: str) -> Written:
        return written(Entry(views.briefing(slug), html(slug), chrome.lang), chrome)

    # Of what may be thousands of views few have files of their own: they stay unmade.
    for number, one in enumerate(others):
        yield from feeds(one, _nth(views, number), chrome, entry, state, ground)
    yield from _calendars(others, views, shelf, chrome, ground)
    for briefing in briefings.values():
        if briefing.body.words >= LONG_READ:
            for url, content in citation_files(views.briefing(briefing.slug), chrome).items():
                yield Output.one(url, partial(bytes, content))
    rows: list[tuple[str, date | None]]
    rows = [(card.url, changed(card)) for card in shelf.cards.values() if not card.mark]
    rows += [(one.page.url, one.lastmod) for one in others if not one.page.noindex]
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


def _nth(views: Views, number: int) -> Callable[[], View]:
    return lambda: views.others[number]


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


def _calendars(
    others: Iterable[About], views: Views, shelf: Shelf, chrome: Chrome, ground: str
) -> Iterator[Output]:
    """The calendar files that pages announce."""

    @cache
    def entries() -> Mapping[str, tuple[CalendarEntry, ...]]:
        return dict(calendars(shelf))

    def made(number: int, url: str) -> bytes:
        view = views.others[number]
        assert isinstance(view, DatesView | StorylineView)
        return calendar(view, entries()[url], chrome)

    for number, one in enumerate(others):
        if url := one.calendar:
            yield Output.one(url, partial(made, number, url), (url, ground) if ground else None)


def feeds(
    one: About,
    view: Callable[[], View],
    chrome: Chrome,
    entry: Callable[[str], Written],
    state: Callable[[str], object],
    ground: str,
) -> Iterator[Output]:
    """The two feeds of a page's list, if it has any.

    Args:
        one: The page.
        view: Gives its view; asked for where its feeds are of no briefings.
        chrome: Of the site.
        entry: Gives what the feeds have of a briefing, by slug.
        state: As of `outputs`.
        ground: As of `outputs`.
    """
    page, slugs = one.page, one.entries
    if page.feeds is None or (slugs is None and not one.changes):
        return
    of: tuple[object, ...] | None

    @cache
    def feed() -> Feed:
        if slugs is not None:
            return feed_of(page, map(entry, slugs), chrome)
        changes = view()
        assert isinstance(changes, ChangesView)
        return corrections_feed(changes, chrome)

    if slugs is None:
        of = (page.url, ground) if ground else None
    else:
        of = (page.url, page.feeds, page.lang, page.description, [state(slug) for slug in slugs])
    yield Output.one(page.feeds.atom, lambda: atom(feed(), chrome), of)
    yield Output.one(page.feeds.json, lambda: json_feed(feed(), chrome), of)
