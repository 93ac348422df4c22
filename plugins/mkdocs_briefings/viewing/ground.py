"""What the view of a briefing is made from, as a digest: a view is that of before if this is.

A view holds cards of a dozen others, with all that their refs say; to make and to digest it takes
ten times as long as to digest what it is made from, of which each card is digested once.

Whatever `briefing.briefing_view` comes to use has to be told here: that of all briefings in
`site_ground`, that of one in `Grounds.of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from hashlib import blake2b

import msgspec

from ..catalog.briefing import Briefing
from .shelf import Shelf

_OWN = frozenset(
    {
        *("title", "summary", "summary_written", "key_points", "why", "events", "sources"),
        *("corrections", "facts", "body"),
    }
)
"""What a record has from the bytes of its file alone: their digest tells it."""
_NAMED = tuple(field.name for field in fields(Briefing) if field.name not in _OWN)
"""What may depend on other files, too, or is as short as a digest; what is new in a record counts
among it."""
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
        """Of all that the view of a briefing is made from, the site and the code apart, and of
        plain values; empty where nobody can tell."""
        file = self._files.get(briefing.path, b"")
        if not file:
            return b""
        site, cards, slug = self._shelf.site, self._cards, briefing.slug
        graph = site.graph
        told = _encode(
            (
                file,
                [getattr(briefing, name) for name in _NAMED],
                graph.related.get(slug),
                graph.backlinks.get(slug),
                graph.mentions.get(slug),
                self._history(briefing.path),
                site.problems.get(briefing.path),
                site.identities.get(slug),
                self._place(briefing),
                more,
            )
        )
        return blake2b(
            b"".join([told, *[cards.get(name, b"-") for name in self.named(briefing)]]),
            digest_size=16,
        ).digest()

    def named(self, briefing: Briefing) -> Iterator[str]:
        """The slugs whose cards or records its view is made from, some of them more than once; of
        a storyline those beside it and the first."""
        shelf, slug = self._shelf, briefing.slug
        graph = shelf.site.graph
        beside = graph.in_topic[slug]
        yield from (slug, beside.previous, beside.next, briefing.superseded_by)
        for related in graph.related.get(slug, ()):
            yield related.slug
        for backlink in graph.backlinks.get(slug, ()):
            yield backlink.slug
        original = briefing.translation_of or slug
        for other in shelf.translations.get(original, ()):
            yield other.slug
        if briefing.storylines:
            slugs = graph.parts[briefing.storylines[0]]
            here = self._place(briefing)[0] - 1
            yield from (slugs[0], *slugs[max(0, here - 2) : here + 3])

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

    @cached_property
    def _cards(self) -> Mapping[str, bytes]:
        """A digest of the card of each briefing, and of what else others show of it."""
        briefings = self._shelf.site.catalog.briefings
        return {
            slug: blake2b(_encode((card, briefings[slug].translation_of)), digest_size=16).digest()
            for slug, card in self._shelf.cards.items()
        }
