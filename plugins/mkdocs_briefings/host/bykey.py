"""A site of which few briefings are asked for: each is made of what was left when it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from ..building.files import Few
from ..catalog.briefing import Briefing, Link
from ..catalog.catalog import Catalog
from ..catalog.history import FileHistory
from ..linking.backlinks import backlink, cited_by
from ..linking.graph import Backlink, Graph, Related, Resolved
from ..reading.alone import Written, named
from ..viewing.addresses import Addresses
from ..viewing.parts import Card, Chrome
from ..viewing.shelf import Shelf, Site
from ..wording.language import language
from .edits import Otherwise
from .leaving import Beside, Left

Value = TypeVar("Value")


class ByKey(Mapping[str, Value], Generic[Value]):
    """Values that are made when they are first asked for."""

    def __init__(self, keys: Collection[str], make: Callable[[str], Value]) -> None:
        self._keys = keys
        self._make = make
        self._made: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Titles:
    """Of pages that are no briefings'."""

    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A site as `inputs.Parts` has it."""

    catalog: Catalog
    graph: Graph
    shelf: Shelf
    chrome: Chrome
    addresses: Addresses
    views: Titles


class Briefings:
    """The briefings of a site as they are now.

    Args:
        left: What was left of it.
        slugs: Of all that are published.
        files: Know the files that were not edited.
        digests: By path, a digest of the bytes of each file as it was when that was left.
        edited: By slug, the files that were edited, as they are now.
    """

    def __init__(
        self,
        left: Left,
        slugs: Collection[str],
        files: Few[Written],
        digests: Mapping[str, bytes],
        edited: Mapping[str, Written],
    ) -> None:
        whole = left.whole
        self._files = files
        self._digests = digests
        self._edited = edited
        self._left = left
        self.beside = ByKey(slugs, self._beside)
        self.slugs: dict[str, str] = {}
        """By path, of each that was asked for."""
        self.catalog = Catalog(
            briefings=ByKey(slugs, self._briefing),
            topics=whole.topics,
            authors=whole.authors,
            storylines=whole.storylines,
            terms=whole.terms,
            pages=whole.pages,
            editions=whole.editions,
        )

    def _beside(self, slug: str) -> Beside:
        found = self._left.beside(slug)
        if found is None:
            raise Otherwise("something is missing")
        return found

    def _briefing(self, slug: str) -> Briefing:
        beside = self.beside[slug]
        written = self._edited.get(slug)
        if written is None:
            known = self._files.before(beside.path)
            if known is None or known[0] != self._digests.get(beside.path):
                raise Otherwise("nobody knows what a file was")
            written = known[1]
        if written.record is None or written.slug != slug:
            raise Otherwise("it was no briefing")
        self.slugs[beside.path] = slug
        record = named(
            written.record,
            beside.topics,
            beside.authors,
            beside.storylines,
            beside.editor,
            beside.image,
        )
        return replace(
            record,
            aliases=beside.aliases,
            related=beside.related,
            superseded_by=beside.superseded_by,
            translation_of=beside.translation_of,
        )

    def _backlinks(self, slug: str) -> tuple[Backlink, ...]:
        beside, briefings = self.beside[slug], self.catalog.briefings
        title = briefings[slug].title if slug in self._edited else beside.card.title
        if title == beside.card.title:
            return beside.backlinks
        # A link without a text of its own has the title.
        return tuple(
            backlink(briefings[one.slug], self._cited_by(one.slug)[slug], title)
            for one in beside.backlinks
        )

    def _cited_by(self, slug: str) -> Mapping[str, Link]:
        return cited_by(self.catalog.briefings[slug], self._links(slug))

    def _links(self, slug: str) -> Mapping[tuple[str, str], Resolved]:
        return {(one, two): to for one, two, to in self.beside[slug].links}

    def _identity(self, slug: str) -> tuple[date, str]:
        found = self.beside[slug].identity
        assert found, "each has one, or none"
        return found

    def site(
        self,
        related: Callable[[str], tuple[Related, ...]],
        titles: Mapping[str, str],
        history: Mapping[str, FileHistory],
        now: datetime,
    ) -> Made:
        """All that pages are made from.

        Args:
            related: Gives the list of a briefing, by its slug.
            titles: Of pages that are no briefings', by address.
            history: Of files, by path.
            now: The moment that the build is of.
        """
        whole, catalog, beside = self._left.whole, self.catalog, self.beside
        every = beside.keys()
        graph = Graph(
            links=ByKey(self.slugs, lambda path: self._links(self.slugs[path])),
            backlinks=ByKey(every, self._backlinks),
            related=ByKey(every, related),
            parts=whole.parts,
            filed=whole.filed,
            signed=whole.signed,
            in_topic=ByKey(every, lambda slug: beside[slug].in_topic),
            beside={},
            mentions=ByKey(every, lambda slug: beside[slug].mentions),
        )
        site = Site(
            catalog=catalog,
            graph=graph,
            settings=replace(whole.settings, now=now),
            addresses=whole.addresses,
            name=whole.chrome.name,
            today=now.date(),
            lang=whole.settings.lang,
            language=language(whole.settings.lang),
            purpose=whole.purpose,
            forge=whole.forge,
            feeds=whole.feeds,
            cards=whole.cards,
            lead_topics=whole.lead_topics,
            history=history,
            identities=ByKey(every if whole.identified else (), self._identity),
        )

        def card(slug: str) -> Card:
            edited = slug in self._edited
            return shelf.card_of(catalog.briefings[slug]) if edited else beside[slug].card

        groups = whole.translations
        translations = ByKey(
            groups.keys(), lambda slug: [catalog.briefings[one] for one in groups[slug]]
        )
        shelf = Shelf(site, ByKey(every, card), translations)
        return Made(
            catalog=catalog,
            graph=graph,
            shelf=shelf,
            chrome=whole.chrome,
            addresses=whole.addresses,
            views=Titles(titles),
        )
