"""The keys of pages, and what is known of them, as one build leaves them to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NamedTuple
from zlib import crc32

import msgspec

from ..publishing.about import About

OUTLINES = "outlines"
"""Kind of the rows with what `viewing.outline` leaves of views, by the addresses of their pages. By
the key of its page it is told that one is right."""
MOST_MOVED = 500
"""With more cards that have moved than this all pages are looked at, which takes no longer."""


class Keys(NamedTuple):
    """Of one page."""

    told: bytes
    """A digest of all that its view is made from, but for cards: see `viewing.ground`."""
    named: bytes
    """The marks of those whose cards it is made from, or the titles of whose pages, one behind the
    other."""
    key: str
    """Of the page."""
    body_key: str
    """Of its body; empty where it has none."""


def digested(row: bytes) -> bytes:
    """By which rows tell that they belong together."""
    return blake2b(row, digest_size=16).digest()


def mark_of(slug: str) -> bytes:
    """Four bytes for a slug. Where others have the same, a page is looked at without need."""
    return crc32(slug.encode("utf-8", "surrogatepass")).to_bytes(4, "little")


@dataclass(frozen=True, slots=True)
class KeptKeys:
    """Of all pages of briefings, as far as they are known."""

    ground: str
    """A digest of all that decides them besides what is told of each; empty where nobody can
    tell."""
    cards: Mapping[str, bytes] = field(default_factory=dict)
    """A digest of the card of each briefing, by slug."""
    pages: dict[str, Keys] = field(default_factory=dict)
    """By slug."""

    @property
    def of_cards(self) -> bytes:
        """A digest of all cards."""
        return of_cards(self.cards)

    def moved(self, now: KeptKeys) -> Collection[bytes]:
        """The marks of those whose cards are others now, or come or go."""
        return {mark_of(slug) for slug, _ in self.cards.items() ^ now.cards.items()}


def of_cards(cards: Mapping[str, bytes]) -> bytes:
    """A digest of all cards, given those of each by slug."""
    return blake2b(msgspec.msgpack.encode(cards), digest_size=16).digest()


class Other(NamedTuple):
    """A page that is no briefing's."""

    about: About
    key: str
    """Of the page."""
    body_key: str
    """Of its body; empty where it has none."""
    named: bytes
    """The marks of all briefings that it shows."""


@dataclass(frozen=True, slots=True)
class KeptOthers:
    """All of these pages, in their order; none where nothing is known."""

    ground: str = ""
    """A digest of all that their views are made from, as `ground_of` gives it; empty where nobody
    can tell."""
    order: str = ""
    """Of all but the words that they have by cards alone."""
    frame: str = ""
    """Of all else that decides their keys."""
    cards: bytes = b""
    """Of the cards that they were made with: another build may have left those of `KeptKeys`."""
    pages: tuple[Other, ...] = ()


KEYS: Final = msgspec.msgpack.Decoder(KeptKeys)
OTHERS: Final = msgspec.msgpack.Decoder(KeptOthers)
"""Both raise `msgspec.MsgspecError` for what is no such row."""


def ground_of(order: str, cards: bytes) -> str:
    """A digest of all that the views of these pages are made from; empty where nobody can tell.

    Args:
        order: As of `KeptOthers`.
        cards: The same.
    """
    return order and blake2b(order.encode() + cards, digest_size=16).hexdigest()
