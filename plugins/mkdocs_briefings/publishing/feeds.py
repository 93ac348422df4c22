"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, in full, of the site or of one of its lists.

Both need the absolute address of the site: whoever writes them checks `chrome.url` first. No byte
depends on the clock: a feed was updated when the newest of its entries was.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import msgspec

from ..viewing.parts import Change, Chrome, FeedRef
from ..viewing.records import ChangesView, View
from .entries import LIMIT, Entry, Feed, Told, Written, told
from .text import ICON, absolute, clean, compact, root

__all__ = ["Entry", "Feed", "atom", "corrections_feed", "feed_of", "json_feed", "written"]


def feed_of(
    view: View,
    entries: Iterable[Entry | Change | Written],
    chrome: Chrome,
    *,
    at: FeedRef | None = None,
) -> Feed:
    """The feed of a page's list: its first `LIMIT` entries.

    Args:
        view: The page that shows the same list.
        entries: Newest first.
        chrome: Of the site.
        at: Title and addresses; those that the page announces when left out.

    Raises:
        ValueError: If the page announces none and none is given.
    """
    announced = at or view.feeds
    if announced is None:
        raise ValueError(f"the page {view.url!r} announces no feed")
    return Feed(
        title=announced.title,
        home=view.url,
        atom_url=announced.atom,
        json_url=announced.json,
        entries=tuple(islice(entries, LIMIT)),
        lang=view.lang or chrome.lang,
        description=view.description,
    )


def corrections_feed(view: ChangesView, chrome: Chrome, *, at: FeedRef | None = None) -> Feed:
    """The feed of all updates and corrections, as the page of changes lists them.

    Raises:
        ValueError: If the page announces no feed and none is given.
    """
    changes = (change for _, group in view.years for change in group if change.card)
    return feed_of(view, changes, chrome, at=at)


def written(entry: Entry | Change, chrome: Chrome) -> Written:
    """An entry as the feeds of a site write it.

    Raises:
        ValueError: If the site does not know its own address, or a change names no briefing.
    """
    # Imported here: it brings half of `urllib` along, which no other command needs.
    from .atom_writer import children

    said = told(entry, chrome)
    return Written(
        id=said.id,
        updated=said.updated,
        lang=said.lang,
        atom=children(said),
        json=msgspec.json.encode(_item(said)),
    )


def atom(feed: Feed, chrome: Chrome) -> bytes:
    """A feed in Atom, UTF-8.

    Raises:
        ValueError: If the site does not know its own address.
    """
    from .atom_writer import write

    return write(feed, _written(feed, chrome), chrome)


def json_feed(feed: Feed, chrome: Chrome) -> bytes:
    """A feed in JSON Feed 1.1, UTF-8.

    Raises:
        ValueError: If the site does not know its own address.
    """
    entries = _written(feed, chrome)
    document = compact(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": clean(feed.title),
            "home_page_url": absolute(chrome, feed.home),
            "feed_url": absolute(chrome, feed.json_url),
            "description": clean(feed.description),
            "icon": absolute(chrome, ICON),
            "language": feed.lang,
            "authors": [{"name": clean(chrome.name), "url": absolute(chrome, "")}],
        }
    )
    # Kept when empty: the format asks for it.
    document["items"] = [msgspec.Raw(entry.json) for entry in entries]
    return msgspec.json.encode(document) + b"\n"


def _written(feed: Feed, chrome: Chrome) -> tuple[Written, ...]:
    """The entries, each id once."""
    root(chrome, "a feed")
    entries = (
        each if isinstance(each, Written) else written(each, chrome) for each in feed.entries
    )
    return tuple({each.id: each for each in entries}.values())


def _item(entry: Told) -> dict[str, object]:
    return compact(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "image": entry.image,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [
                compact({"name": person.name, "url": person.url}) for person in entry.authors
            ],
            "tags": [title for _, title in entry.topics],
            "language": entry.lang,
        }
    ) | {"content_html": entry.html}
