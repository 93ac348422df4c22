"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, in full, of the site or of one of its lists.

Both need the absolute address of the site: whoever writes them checks `chrome.url` first. No byte
depends on the clock: a feed was updated when the newest of its entries was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice

from ..viewing.parts import Change, Chrome, FeedRef
from ..viewing.records import ChangesView, View
from .entries import LIMIT, Entry, Feed, Told, told
from .text import ICON, absolute, clean, compact, root

__all__ = ["Entry", "Feed", "atom", "corrections_feed", "feed_of", "json_feed"]


def feed_of(
    view: View,
    entries: Iterable[Entry | Change],
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


def atom(feed: Feed, chrome: Chrome) -> bytes:
    """A feed in Atom, UTF-8.

    Raises:
        ValueError: If the site does not know its own address.
    """
    # Imported here: it brings half of `urllib` along, which no other command needs.
    from .atom_writer import write

    return write(feed, _told(feed, chrome), chrome)


def json_feed(feed: Feed, chrome: Chrome) -> bytes:
    """A feed in JSON Feed 1.1, UTF-8.

    Raises:
        ValueError: If the site does not know its own address.
    """
    entries = _told(feed, chrome)
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
    document["items"] = [_item(entry) for entry in entries]
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _told(feed: Feed, chrome: Chrome) -> tuple[Told, ...]:
    """The entries, each id once."""
    root(chrome, "a feed")
    return tuple(
        {each.id: each for each in (told(entry, chrome) for entry in feed.entries)}.values()
    )


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
