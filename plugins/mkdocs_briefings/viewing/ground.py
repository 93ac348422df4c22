"""What the view of a briefing is made from, as a digest: a view is that of before if this is.

A view holds cards of a dozen others, with all that their refs say; to make and to digest it takes
ten times as long as to digest what it is made from. Of the cards each is digested once, and only
which they are is told for each view: after an edit few cards have moved.

Whatever `briefing.briefing_view` comes to use has to be told here: that of all briefings in
`site_ground`, that of one in `Grounds.of`, of whom it shows a card in `Grounds.named`; and what the
views of other pages come to use of the texts of briefings in `others_ground`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import msgspec

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from ..catalog.settings import Settings
from ..linking.graph import Neighbours
from .parts import Card
from .records import View
from .shelf import Shelf

_OWN = frozenset(
    {
        *("title", "summary", "summary_written", "key_points", "why", "events", "sources"),
        *("corrections", "facts", "body"),
    }
)
"""What a record has from the bytes of its file alone: their digest tells it."""
_rest = attrgetter(*(field.name for field in fields(Briefing) if field.name not in _OWN))
"""What may depend on other files, too, or is as short as a digest; what is new in a record counts
among it."""
_BY_CARDS = ("title", "summary", "key_points", "why")
"""What views of pages that are no briefings' have of a briefing only where they show its card."""
_but_texts = attrgetter(
    *(field.name for field in fields(Briefing) if field.name not in {"body", *_BY_CARDS}),
    *("minutes", "body.charts"),
)
_BESIDE_BRIEFINGS = tuple(field.name for field in fields(Catalog) if field.name != "briefings")
_BESIDE_THE_CLOCK = tuple(field.name for field in fields(Settings) if field.name != "now")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def site_ground(shelf: Shelf) -> tuple[object, ...]:
    """All that views of briefings have from the site, besides the code and what is of one briefing
    or of few."""
    site = shelf.site
    return (
        *(site.addresses, site.lang, site.purpose, site.feeds, site.cards, site.forge),
        *(site.lead_topics, site.settings.related, site.language.tag),
        *(site.catalog.topics, site.catalog.authors),
        *(shelf.bare_topics, shelf.authors, shelf.storylines),
    )


def others_ground(shelf: Shelf) -> tuple[Sequence[object], Mapping[str, bytes]]:
    """All that the views of pages that are no briefings' have from the site, besides the code, and
    what their bodies have: of briefings all but their texts, and what is found by these.

    What is given second are `card_digests`. As long as the first is the same, a view is another
    only where it shows a briefing whose card is. See `shown`.
    """
    site, catalog = shelf.site, shelf.site.catalog
    beside = [getattr(catalog, name) for name in _BESIDE_BRIEFINGS]
    paths = [page.path for page in catalog.pages.values()]
    paths += [edition.path for edition in catalog.editions.values()]
    links = [
        sorted(site.graph.links.get(path, {}).items()) for path in (*paths, catalog.front.path)
    ]
    first = (
        site_ground(shelf),
        (site.name, site.today, [getattr(site.settings, name) for name in _BESIDE_THE_CLOCK]),
        (site.problems, site.identities, site.graph.users, site.graph.mentions),
        # A digest knows no order of keys, and lists of topics have that of their registry.
        [(list(told), told) if isinstance(told, Mapping) else told for told in beside],
        list(map(_but_texts, catalog.briefings.values())),
        links,
    )
    return first, card_digests(shelf)


def card_digests(shelf: Shelf) -> Mapping[str, bytes]:
    """A digest of the card of each briefing, and of what else others show of it, by slug."""
    briefings = shelf.site.catalog.briefings
    return {slug: card_digest(card, briefings[slug]) for slug, card in shelf.cards.items()}


def card_digest(card: Card, briefing: Briefing) -> bytes:
    """That of one briefing."""
    told = _encode((card, briefing.translation_of, briefing.key_points, briefing.why))
    return blake2b(told, digest_size=16).digest()


def shown(view: View, slugs: Mapping[str, str]) -> set[str]:
    """The slugs of all briefings that a view shows: as cards, or by their addresses.

    `slugs` has those of all by the addresses of their pages.
    """
    urls: set[str] = set()
    waiting: list[Any] = [view]
    while waiting:
        value = waiting.pop()
        kind: Any = type(value)
        if kind is tuple:
            waiting += value
        elif kind is Card:
            urls.add(value.url)
        elif names := _fields(kind):
            if "url" in names:
                urls.add(value.url)
            waiting += [getattr(value, name) for name in names]
    return {slugs[url] for url in urls & slugs.keys()}


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a type; none where it is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


class Grounds:
    """Digests what views are made from.

    Args:
        shelf: Of the site.
        files: A digest of the bytes of each source file that is known, by path.
    """

    def __init__(self, shelf: Shelf, files: Mapping[str, bytes]) -> None:
        self._shelf = shelf
        self._files = files

    def of(self, briefing: Briefing, *more: object) -> bytes:
        """Of all that the view of a briefing is made from, and of plain values; empty where nobody
        can tell.

        But for the site, the code, and the cards of `named`: which those are is told.
        """
        file = self._files.get(briefing.path, b"")
        if not file:
            return b""
        site, slug, path = self._shelf.site, briefing.slug, briefing.path
        graph = site.graph
        told = _encode(
            (
                file,
                _rest(briefing),
                graph.related.get(slug),
                graph.backlinks.get(slug),
                graph.mentions.get(slug),
                graph.in_topic[slug],
                self._history(path),
                site.problems.get(path),
                site.identities.get(slug),
                self._place(briefing),
                self._beside(briefing),
                more,
            )
        )
        return blake2b(told, digest_size=16).digest()

    def named(self, briefing: Briefing) -> Iterator[str]:
        """The slugs whose cards or records its view is made from, some of them more than once; of
        a storyline those beside it and the first."""
        graph, slug = self._shelf.site.graph, briefing.slug
        yield from (slug, *_slugs(graph.in_topic[slug]), briefing.superseded_by)
        for related in graph.related.get(slug, ()):
            yield related.slug
        for backlink in graph.backlinks.get(slug, ()):
            yield backlink.slug
        yield from self._beside(briefing)

    def _beside(self, briefing: Briefing) -> Sequence[str]:
        """The slugs of its translations, and of its storyline."""
        shelf = self._shelf
        group = shelf.translations.get(briefing.translation_of or briefing.slug, ())
        found = [other.slug for other in group]
        if briefing.storylines:
            slugs = shelf.site.graph.parts[briefing.storylines[0]]
            here = self._place(briefing)[0] - 1
            found += (slugs[0], *slugs[max(0, here - 2) : here + 3])
        return found

    def _history(self, path: str) -> tuple[object, ...]:
        """What the repository knows of a file; its log is by what is no key of plain data."""
        told = self._shelf.site.history.get(path)
        if told is None:
            return ()
        return replace(told, logged={}), sorted(told.logged.items())

    def _place(self, briefing: Briefing) -> tuple[int, int]:
        """Which part of its storyline it is, and of how many; 0 where it has none."""
        if not briefing.storylines:
            return 0, 0
        key = briefing.storylines[0]
        return self._shelf.part[key, briefing.slug], len(self._shelf.site.graph.parts[key])


def _slugs(beside: Neighbours) -> tuple[str, str]:
    return beside.previous, beside.next
