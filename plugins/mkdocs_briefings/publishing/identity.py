"""Identities of feed entries: what a feed reader knows a briefing by, for good.

A site with a ledger has ids from there; else they are made from slugs. All decisions are here.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote, urlsplit

from ..viewing.parts import Change, Chrome
from ..viewing.records import BriefingView
from .text import root

# What RFC 4151 allows in the last part of a tag besides letters, digits and -._~, which `quote`
# never encodes. `/` is allowed too, but is ours to divide with.
_SAFE = "!$&'()*+,;=:@"


def entry_id(view: BriefingView, chrome: Chrome) -> str:
    """The id of a briefing in every feed: `tag:DOMAIN,DATE:ID` (RFC 4151).

    Date and id are those of the ledger, so that a new title, text, topic, slug, publication day or
    address pattern leaves it as it was; a new domain does not. Without a ledger they are the day of
    publication and the slug, and are the same there until one of the two changes.

    Raises:
        ValueError: If the site does not know its own address.
    """
    return _tag(chrome, view.first_published or view.published, _id(view.identity or view.slug))


def change_id(change: Change, chrome: Chrome) -> str:
    """The id of an update or correction of a briefing: `tag:DOMAIN,DATE:ID/KIND/DIGEST`.

    The date is that of the change and the digest that of its text, so that it does not depend on
    what else was changed, before or after; a sentence written anew is a new entry.

    Raises:
        ValueError: If the change names no briefing, or the site does not know its own address.
    """
    if change.card is None:
        raise ValueError("a change in a feed needs the briefing it belongs to")
    digest = blake2b(change.text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    name = _id(change.card.identity or change.card.slug)
    return _tag(chrome, change.date, f"{name}/{change.kind}/{digest}")


def event_id(identity: str, chrome: Chrome) -> str:
    """The UID of an event in calendars: what it is known by in the site, and the site's domain.

    The same event has one UID in the calendars of the site and of its storylines.

    Raises:
        ValueError: If the site does not know its own address.
    """
    return f"{quote(identity, safe='')}@{_domain(chrome)}"


def _id(name: str) -> str:
    return quote(name, safe=_SAFE)


def _tag(chrome: Chrome, day: date, specific: str) -> str:
    return f"tag:{_domain(chrome)},{day.isoformat()}:{specific}"


def _domain(chrome: Chrome) -> str:
    return _host(root(chrome, "an entry's id"))


@lru_cache(maxsize=16)
def _host(url: str) -> str:
    host = urlsplit(url).hostname or "localhost"
    return host if host.isascii() else host.encode("idna").decode("ascii")
