"""A state of a site: what two of are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..catalog.problem import Problem
from ..linking.graph import Graph, Resolved
from ..viewing import addresses as places
from ..viewing.addresses import Addresses
from ..viewing.parts import Chrome
from ..viewing.records import DatesView, StorylineView, View
from ..viewing.shelf import Shelf

Source = Briefing | PlainPage | Edition | FrontPage
"""The record of a file that is a page."""

FILES = frozenset({"feed", "calendar"})
"""Kinds of addresses that belong to a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A site as a build would publish it."""

    catalog: Catalog
    graph: Graph
    addresses: Addresses
    views: tuple[View, ...]
    chrome: Chrome
    shelf: Shelf
    problems: tuple[Problem, ...] = ()
    """Graded and sorted."""
    broken: frozenset[str] = frozenset()
    """Paths of files that gave no record, so that they have no page."""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """Of the bytes of each file, by path."""
    options: Mapping[str, object] = field(default_factory=dict)
    """All of `mkdocs.yml`, as data."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The record of each page that has a file, by path."""
        catalog = self.catalog
        every: tuple[Source, ...] = (
            *catalog.briefings.values(),
            *catalog.pages.values(),
            *catalog.editions.values(),
            catalog.front,
        )
        return {source.path: source for source in every}

    def address(self, source: Source) -> str:
        """Where the page of a file is."""
        url, plain = self.addresses.url, source
        if isinstance(plain, Briefing):
            return url(self.addresses.briefing(plain))
        if isinstance(plain, PlainPage):
            return url(places.plain(plain.slug))
        return url(places.edition(plain.slug)) if isinstance(plain, Edition) else ""

    def leads(self, path: str, to: Resolved) -> str:
        """Where a link of the file at `path` leads."""
        catalog, key = self.catalog, to.key
        if to.kind == "briefing":
            found = self.address(catalog.briefings[key])
        elif to.kind == "page":
            found = self.address(catalog.pages[key])
        elif to.kind == "edition":
            found = self.address(catalog.editions[key])
        elif to.kind == "made":
            found = self.addresses.url(key)
        elif to.kind == "image":
            found = quote(key)
        else:
            found = self.address(self.sources[path]) if to.kind == "self" else ""
        return f"{found}#{to.fragment}" if to.fragment else found

    @property
    def redirects(self) -> Mapping[str, str]:
        """Old address → the page that it leads to."""
        found = {}
        for briefing in self.catalog.briefings.values():
            for alias in briefing.aliases:
                found[quote(alias)] = self.address(briefing)
                if alias.endswith("/") and not self.addresses.directory_urls:
                    # Where a page of that place stood, its redirect stands, too.
                    found[quote(f"{alias.rstrip('/')}.html")] = self.address(briefing)
        return found

    def files(self) -> Iterator[tuple[str, str, str]]:
        """Address and kind of each file beside the pages, and the page that it belongs to."""
        for view in self.views:
            # Pages also announce the feeds of others, as a briefing does those of its topic.
            own = view.url.removesuffix("index.html").removesuffix(".html").rstrip("/")
            if view.feeds and view.feeds.atom.rpartition("/")[0] == own:
                yield view.feeds.atom, "feed", view.url
                yield view.feeds.json, "feed", view.url
            if isinstance(view, StorylineView | DatesView) and view.calendar:
                yield view.calendar, "calendar", view.url
        for image in self.catalog.images:
            yield quote(image), "image", ""


def kind_of(view: View) -> str:
    """What a page is.

    >>> kind_of(View(template="topic.html", url="topics/tea/", title="Tea", description=""))
    'topic'
    """
    kind = view.template.removesuffix(".html")
    return "page" if kind == "plain" else kind
