"""What the search index of a site is made of: its pages, most of which are as they were in an
earlier build."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from ..building.store import Store
from ..composing.inputs import digest
from ..publishing.search.index import Again, Files, Index, index
from ..publishing.search.records import Entry, Filed, Record, entries, record_of
from ..viewing.records import View
from .assemble import Assembled

Body = Callable[[str], str]
"""Gives the sanitised body of the page at an address."""
_ENTRIES = msgspec.msgpack.Decoder(tuple[str, dict[str, tuple[str, Filed | None]]])


def searchable(site: Assembled, body: Body, again: Again) -> Index:
    """What is to be indexed: the views, with the bodies as they were rendered, by address."""
    found = entries(site.views, site.shelf, site.chrome, partial(_html, body))
    return index(found, site.shelf, site.chrome, again)


def searchable_again(
    site: Assembled,
    pages: Iterable[tuple[str, str, Callable[[], View]]],
    body: Body,
    again: Again,
    store: Store,
) -> Index:
    """The same, where most pages are as they were in an earlier build: their records are made only
    for the parts that are made anew.

    Args:
        site: What is published.
        pages: Of each its address, a key of all that it is made from, empty where nobody can tell,
            and what gives its view; in the order of the views.
        body: As of `searchable`.
        again: Gives the parts.
        store: Keeps what was told of each page.
    """
    return index(_entries(site, pages, body, store), site.shelf, site.chrome, again)


def _entries(
    site: Assembled,
    pages: Iterable[tuple[str, str, Callable[[], View]]],
    body: Body,
    store: Store,
) -> Iterator[Entry]:
    catalog = site.catalog
    ground = digest(site.chrome.lang, [catalog.lineage(key) for key in catalog.topics])
    before: dict[str, tuple[str, Filed | None]] = {}
    if kept := store.get("search-pages", "entries"):
        with contextlib.suppress(msgspec.MsgspecError):
            known, rows = _ENTRIES.decode(kept)
            before = rows if known == ground else {}
    found: dict[str, tuple[str, Filed | None]] = {}
    html = partial(_html, body)
    for url, key, view in pages:
        known, filed = before.get(url, ("", None))
        if not key or known != key:
            made = record_of(view(), site.shelf, site.chrome, html)
            filed = Filed.of(made) if made else None
        if key:
            found[url] = key, filed
        if filed:
            yield Entry(filed, partial(_record, site, view, html))
    if found != before:
        store.put("search-pages", "entries", msgspec.msgpack.encode((ground, found)))


def _record(site: Assembled, view: Callable[[], View], html: Callable[[View], str]) -> Record:
    made = record_of(view(), site.shelf, site.chrome, html)
    assert made, "it had one"
    return made


def _html(body: Body, view: View) -> str:
    return body(view.url)


def afresh(key: str, make: Callable[[], Files]) -> Files:
    """Make every part; nothing is kept."""
    return make()
