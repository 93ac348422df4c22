"""Identities of feed entries: what a feed reader knows a briefing by, for good.

All decisions about identity are here, so that ids kept in a file can take the place of ids made
from slugs without a change elsewhere.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from urllib.parse import quote, urlsplit

from ..viewing.parts import Change, Chrome
from ..viewing.records import BriefingView
from .text import root

# What RFC 4151 allows in the last part of a tag besides letters, digits and -._~, which `quote`
# never encodes. `/` is allowed too, but is ours to divide with.
_SAFE = "!$&'()*+,;=:@"


def entry_id(view: BriefingView, chrome: Chrome) -> str:
    """The id of a briefing in every feed: `tag:DOMAIN,DATE:SLUG` (RFC 4151).

    A new title, text, topic or address pattern leaves it as it was; a new slug, publication day
    or domain does not.

    Raises:
        ValueError: If the site does not know its own address.
    """
    return _tag(chrome, view.published, quote(view.slug, safe=_SAFE))


def change_id(change: Change, chrome: Chrome) -> str:
    """The id of an update or correction of a briefing: `tag:DOMAIN,DATE:SLUG/KIND/DIGEST`.

    The date is that of the change and the digest that of its text, so that it does not depend on
    what else was changed, before or after; a sentence written anew is a new entry.

    Raises:
        ValueError: If the change names no briefing, or the site does not know its own address.
    """
    if change.card is None:
        raise ValueError("a change in a feed needs the briefing it belongs to")
    digest = blake2b(change.text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    slug = quote(change.card.slug, safe=_SAFE)
    return _tag(chrome, change.date, f"{slug}/{change.kind}/{digest}")


def event_id(identity: str, chrome: Chrome) -> str:
    """The UID of an event in calendars: what it is known by in the site, and the site's domain.

    The same event has one UID in the calendars of the site and of its storylines.

    Raises:
        ValueError: If the site does not know its own address.
    """
    return f"{quote(identity, safe='')}@{_domain(chrome)}"


def _tag(chrome: Chrome, day: date, specific: str) -> str:
    return f"tag:{_domain(chrome)},{day.isoformat()}:{specific}"


def _domain(chrome: Chrome) -> str:
    host = urlsplit(root(chrome, "an entry's id")).hostname or "localhost"
    return host if host.isascii() else host.encode("idna").decode("ascii")
