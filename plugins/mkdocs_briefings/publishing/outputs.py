"""Every machine-readable file of a site beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from ..viewing.parts import Chrome
from ..viewing.records import (
    AuthorView,
    BriefingView,
    ChangesView,
    FrontView,
    StorylineView,
    TopicView,
    View,
)
from ..viewing.shelf import Shelf
from .entries import LIMIT, Entry, Feed
from .feeds import atom, corrections_feed, feed_of, json_feed
from .sitemap import sitemaps


def outputs(
    views: Iterable[View], shelf: Shelf, chrome: Chrome, html: Callable[[str], str]
) -> Iterator[tuple[str, bytes]]:
    """Feeds and sitemap as (address relative to the site's root, content).

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
    rows = [(view.url, lastmod(view)) for view in views if not view.noindex]
    yield from sitemaps(rows, chrome).items()


def lastmod(view: View) -> date | None:
    """The day of the last logged change of what a page shows; None where no log tells it."""
    if isinstance(view, BriefingView):
        return view.updated or view.published
    if isinstance(view, TopicView):
        return view.updated
    if isinstance(view, StorylineView):
        return max((card.updated or card.published for card in view.parts), default=None)
    return None


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
