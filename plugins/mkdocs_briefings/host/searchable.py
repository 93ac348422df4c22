"""What the search index of a site is made of: its pages, most of which are as they were in an
earlier build."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..building.store import Store
from ..composing.inputs import digest
from ..publishing.search.index import Again, Files, Index, index
from ..publishing.search.records import Entry, Filed, Record, entries, record_of
from ..viewing.parts import Chrome
from ..viewing.records import View
from ..viewing.shelf import Shelf
from .indexing import ROW

if TYPE_CHECKING:
    from .assemble import Assembled

Body = Callable[[str], str]
"""Gives the sanitised body of the page at an address."""


class Told(NamedTuple):
    """What was told of a page."""

    key: str
    """Of all that it is made from."""
    slug: str
    """Of its briefing; empty where it is none's."""
    filed: Filed | None
    """None where it cannot be found."""
    record: Record | None = None
    """Of a page that is no briefing's: these are short, or few."""


_TOLD = msgspec.msgpack.Decoder(tuple[str, dict[str, Told]])


class Page(NamedTuple):
    """A page that may be found."""

    url: str
    slug: str
    """As of `Told`."""
    key: str
    """As of `Told`; empty where nobody can tell."""
    view: Callable[[], View]


def searchable(site: Assembled, body: Body, again: Again) -> Index:
    """What is to be indexed: the views, with the bodies as they were rendered, by address."""
    found = entries(site.views, site.shelf, site.chrome, partial(_html, body))
    return index(found, site.shelf, site.chrome, again)


class Searchable:
    """The same, where most pages are as they were in an earlier build: their records are made only
    for the parts that are made anew.

    Args:
        shelf: Of the site.
        chrome: Of the site.
        body: As of `searchable`.
        store: Keeps what was told of each page.
    """

    def __init__(self, shelf: Shelf, chrome: Chrome, body: Body, store: Store) -> None:
        self._shelf = shelf
        self._chrome = chrome
        self._html = partial(_html, body)
        self._store = store
        catalog = shelf.site.catalog
        self._ground = digest(chrome.lang, [catalog.lineage(key) for key in catalog.topics])
        self._before: dict[str, Told] = {}
        if kept := store.get(*ROW):
            with contextlib.suppress(msgspec.MsgspecError):
                ground, rows = _TOLD.decode(kept)
                self._before = rows if ground == self._ground else {}

    def index(self, pages: Iterable[Page], again: Again) -> Index:
        """What is to be indexed.

        Args:
            pages: All that are published, in the order of the views.
            again: Gives the parts.
        """
        return index(self._entries(pages), self._shelf, self._chrome, again)

    def index_after(
        self, edited: Mapping[str, str], view: Callable[[str, str], View], again: Again
    ) -> Index | None:
        """What is to be indexed where all pages but some are as they were; None where it is not
        known how they were.

        Args:
            edited: The keys of the pages that are others now, by address.
            view: Gives the view of a page, by its address and, of a briefing, its slug.
            again: Gives the parts.
        """
        if not edited.keys() <= self._before.keys():
            return None
        pages = (
            Page(url, told.slug, edited.get(url, told.key), partial(view, url, told.slug))
            for url, told in self._before.items()
        )
        return self.index(pages, again)

    def _entries(self, pages: Iterable[Page]) -> Iterator[Entry]:
        found: dict[str, Told] = {}
        for page in pages:
            told = self._before.get(page.url)
            if told is None or not page.key or told.key != page.key:
                made = record_of(page.view(), self._shelf, self._chrome, self._html)
                filed = Filed.of(made) if made else None
                told = Told(page.key, page.slug, filed, None if page.slug else made)
            if page.key:
                found[page.url] = told
            if told.filed:
                yield Entry(told.filed, partial(self._record, told, page.view))
        # Their order is that of pages of one day.
        if found != self._before or list(found) != list(self._before):
            self._store.put(*ROW, msgspec.msgpack.encode((self._ground, found)))

    def _record(self, told: Told, view: Callable[[], View]) -> Record:
        made = told.record or record_of(view(), self._shelf, self._chrome, self._html)
        assert made, "it had one"
        return made


def _html(body: Body, view: View) -> str:
    return body(view.url)


def afresh(key: str, make: Callable[[], Files]) -> Files:
    """Make every part; nothing is kept."""
    return make()
