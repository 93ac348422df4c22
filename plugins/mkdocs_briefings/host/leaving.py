"""What a build leaves for one after an edit of few texts: by key, all that a page is made from
besides its own text.

A row is of one state of the site, which all of them name: those of two states are of no use.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

from ..building.publication import served
from ..building.standing import Seen, Stamp
from ..building.store import Store
from ..catalog.briefing import Body, Image, Pick
from ..catalog.forges import Forge
from ..catalog.pages import Edition, PlainPage
from ..catalog.registries import Author, Storyline, Term, Topic
from ..catalog.rules import Rules
from ..catalog.settings import Settings
from ..composing.inputs import Frame
from ..linking.graph import Backlink, Neighbours, Resolved
from ..linking.terms import Mention
from ..viewing.addresses import Addresses
from ..viewing.parts import Card, Chrome
from . import histories
from .indexing import ROW
from .keys import KeptKeys, KeptOthers, digested

if TYPE_CHECKING:
    from .assemble import Assembled
    from .publish import Publishing

KIND = "edits"
SEARCH = "search"
_NOTE, _WHOLE, _BESIDE = "note", "whole", "beside"
_SHARDS = 128
"""How many there are of what is kept of each briefing: an edit asks for a dozen of them."""
_EMPTY = Body(markdown="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What there is to know of a briefing besides its file."""

    path: str
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    storylines: tuple[str, ...]
    editor: str
    image: Image | None
    aliases: tuple[str, ...]
    related: tuple[Pick, ...]
    superseded_by: str
    translation_of: str
    card: Card
    backlinks: tuple[Backlink, ...]
    mentions: tuple[Mention, ...]
    in_topic: Neighbours
    links: tuple[tuple[str, str, Resolved], ...]
    """Target and fragment of each as written, and where it leads."""
    identity: tuple[date, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`composing.inputs.Frame` without the chrome; none of the extensions is an object."""

    templates: Mapping[str, str]
    behind: tuple[str, ...]
    extensions: tuple[str, ...]
    extension_configs: Mapping[str, Mapping[str, Any]]
    code: Mapping[str, str]
    fast: bool

    def frame(self, chrome: Chrome) -> Frame:
        return Frame(
            chrome=chrome,
            templates=self.templates,
            behind=self.behind,
            extensions=self.extensions,
            extension_configs=self.extension_configs,
            code=self.code,
            fast=self.fast,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What there is to know of a site besides its briefings."""

    state: bytes
    folder: str
    """The content folder."""
    own: str
    """The site's own folder of the theme, or empty."""
    settings: Settings
    addresses: Addresses
    feeds: bool
    cards: bool
    lead_topics: tuple[str, ...]
    purpose: str
    forge: Forge
    chrome: Chrome
    made: Made
    topics: dict[str, Topic]
    authors: dict[str, Author]
    storylines: dict[str, Storyline]
    terms: dict[str, Term]
    pages: dict[str, PlainPage]
    """Without their texts, as editions."""
    editions: dict[str, Edition]
    parts: dict[str, tuple[str, ...]]
    filed: dict[str, tuple[str, ...]]
    signed: dict[str, tuple[str, ...]]
    translations: dict[str, tuple[str, ...]]
    """By slug of an original, that and its translations."""
    identified: bool
    """Whether each briefing has an identity."""
    rules: Rules
    """Of the house."""
    committed: bool
    """Whether the histories of files are kept."""
    linked: tuple[str, ...]
    """Slugs of the briefings to which the bodies of other pages lead."""
    redirects: dict[str, str]
    """Old address → that of the page to which it leads."""
    search: str
    """Version of what makes the search index; empty for a site without search."""


class _Shard(msgspec.Struct):
    """Of some briefings, by slug, each decoded when it is asked for."""

    state: bytes
    rows: dict[str, msgspec.Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Of which state all that is left is."""

    state: bytes
    stamp: str
    """Digest of `building.standing.Stamp` of that state."""
    seen: Seen
    """How the ground of it was."""
    rows: Mapping[str, bytes]
    """Digests of rows that builds leave for other ends."""
    served: str
    """What `building.publication.served` gave."""


@dataclass(frozen=True, slots=True)
class Left:
    """All that was left of one state."""

    note: Note
    whole: Whole
    store: Store
    shards: dict[int, Mapping[str, msgspec.Raw]] = field(default_factory=dict)
    """Those that were asked for."""

    def beside(self, slug: str) -> Beside | None:
        """What there is to know of a briefing besides its file; None where nobody knows."""
        number = _shard_of(slug)
        if number not in self.shards:
            self.shards[number] = self._shard(number)
        row = self.shards[number].get(slug)
        return _ONE.decode(row) if row else None

    def again(self, besides: Mapping[str, Beside]) -> None:
        """Leave what there is to know of some briefings by slug, and of all others what there was.

        Nothing tells one of these rows from that of before: whoever believes it must know that all
        else is of now.
        """
        for slug, beside in besides.items():
            number = _shard_of(slug)
            rows = {**self.shards.get(number, {}), slug: msgspec.Raw(_ENCODER.encode(beside))}
            self.shards[number] = rows
            shard = _Shard(self.note.state, rows)
            self.store.put(KIND, f"{_BESIDE}-{number}", _ENCODER.encode(shard))

    def _shard(self, number: int) -> Mapping[str, msgspec.Raw]:
        with contextlib.suppress(msgspec.MsgspecError):
            found = _SHARD.decode(self.store.get(KIND, f"{_BESIDE}-{number}") or b"")
            if found.state == self.note.state:
                return found.rows
        return {}


def _shard_of(slug: str) -> int:
    return crc32(slug.encode("utf-8", "surrogatepass")) % _SHARDS


_NOTES = msgspec.msgpack.Decoder(Note)
_WHOLES = msgspec.msgpack.Decoder(Whole)
_SHARD = msgspec.msgpack.Decoder(_Shard)
_ONE = msgspec.msgpack.Decoder(Beside)
_ENCODER = msgspec.msgpack.Encoder()


def rows_of(lang: str, *, search: bool) -> Mapping[str, tuple[str, str]]:
    """Kind and key of the rows that belong to a state, of a site with or without search."""
    return {
        "keys": ("pages", "keys"),
        "others": ("pages", "others"),
        "lists": ("related", "lists"),
        "texts": ("related", f"texts-{lang}"),
        **({SEARCH: ROW} if search else {}),
    }


def leave(store: Store, done: Publishing, seen: Seen, stamp: Stamp) -> None:
    """Leave what there is to know of a site that was built whole; nothing where an edit of a text
    may change more than is known here.

    Args:
        store: Where.
        done: The build.
        seen: How the ground of it was.
        stamp: The same in short.
    """
    state = os.urandom(16)
    store.keep_only(KIND, ())
    histories.keep(store, state, None)
    lang = done.site.shelf.site.settings.lang
    search = done.site.engine is not None
    rows = {name: store.get(*row) for name, row in rows_of(lang, search=search).items()}
    told = {name: digested(row) for name, row in rows.items() if row}
    name = served(store, done.publication.folder)
    if not name or len(told) < len(rows) or not _fits(done, rows):
        return
    try:
        whole = _ENCODER.encode(_whole(done, state))
        if _WHOLES.decode(whole).made.frame(done.frame.chrome) != done.frame:
            return
        shards: dict[int, dict[str, msgspec.Raw]] = {}
        for slug, row in _besides(done):
            shards.setdefault(_shard_of(slug), {})[slug] = msgspec.Raw(row)
        for number, rows_of_some in shards.items():
            shard = _Shard(state, rows_of_some)
            store.put(KIND, f"{_BESIDE}-{number}", _ENCODER.encode(shard))
        store.put(KIND, _WHOLE, whole)
        histories.keep(store, state, done.site.committed)
        note = Note(state=state, stamp=stamp.digest, seen=seen, rows=told, served=name)
        leave_again(store, note)
    except (TypeError, ValueError):  # Something is no plain data.
        return


def leave_again(store: Store, note: Note) -> None:
    """Leave word that all but a note is as it was."""
    store.put(KIND, _NOTE, _ENCODER.encode(note))


def note(store: Store) -> Note | None:
    """What was left last, in short; None for nothing."""
    row = store.get(KIND, _NOTE)
    try:
        return _NOTES.decode(row) if row else None
    except msgspec.MsgspecError:
        return None


def left(store: Store, note: Note) -> Left | None:
    """The rest of it; None where it is missing, damaged or of another state."""
    try:
        whole = _WHOLES.decode(store.get(KIND, _WHOLE) or b"")
    except msgspec.MsgspecError:
        return None
    return Left(note, whole, store) if whole.state == note.state else None


def _fits(done: Publishing, rows: Mapping[str, bytes | None]) -> bool:
    """Whether what was kept for other ends is of this very state, and an edit of a text touches
    nothing that is not looked at."""
    site = done.site
    settings, briefings = site.shelf.site.settings, site.catalog.briefings
    keys = msgspec.msgpack.decode(rows["keys"] or b"", type=KeptKeys)
    others = msgspec.msgpack.decode(rows["others"] or b"", type=KeptOthers)
    return (
        done.repeatable
        and not site.chrome.serving
        and (site.committed is not None or not site.shelf.site.history)
        and not settings.faults
        and bool(keys.ground)
        and keys.pages.keys() == briefings.keys()
        and bool(others.ground)
        and others.ground == site.others.ground
        and others.frame == done.key
    )


def _whole(done: Publishing, state: bytes) -> Whole:
    site, shown, frame = done.site, done.site.shelf.site, done.frame
    catalog, graph = site.catalog, site.graph
    if any(not isinstance(extension, str) for extension in frame.extensions):
        raise TypeError("an extension is an object")
    return Whole(
        state=state,
        folder=done.config.docs_dir,
        own=done.config.theme.custom_dir or "",
        settings=shown.settings,
        addresses=shown.addresses,
        feeds=shown.feeds,
        cards=shown.cards,
        lead_topics=shown.lead_topics,
        purpose=shown.purpose,
        forge=shown.forge,
        chrome=site.chrome,
        made=Made(
            templates=frame.templates,
            behind=frame.behind,
            extensions=tuple(map(str, frame.extensions)),
            extension_configs=frame.extension_configs,
            code=frame.code,
            fast=frame.fast,
        ),
        topics=dict(catalog.topics),
        authors=dict(catalog.authors),
        storylines=dict(catalog.storylines),
        terms=dict(catalog.terms),
        pages={slug: replace(page, body=_EMPTY) for slug, page in catalog.pages.items()},
        editions={slug: replace(one, body=_EMPTY) for slug, one in catalog.editions.items()},
        parts=dict(graph.parts),
        filed=dict(graph.filed),
        signed=dict(graph.signed),
        translations={
            slug: tuple(one.slug for one in group)
            for slug, group in site.shelf.translations.items()
        },
        identified=bool(shown.identities),
        rules=site.rules,
        committed=site.committed is not None,
        linked=_linked(site),
        redirects=site.moved,
        search=site.engine.version if site.engine else "",
    )


def _linked(site: Assembled) -> tuple[str, ...]:
    catalog = site.catalog
    paths = {catalog.front.path}.union(page.path for page in catalog.pages.values())
    paths.update(edition.path for edition in catalog.editions.values())
    found = (site.graph.links.get(path, {}).values() for path in paths)
    return tuple(sorted({to.key for links in found for to in links if to.kind == "briefing"}))


def _besides(done: Publishing) -> Iterator[tuple[str, bytes]]:
    site, graph = done.site, done.site.graph
    for slug, briefing in site.catalog.briefings.items():
        links = graph.links.get(briefing.path, {})
        beside = Beside(
            path=briefing.path,
            topics=briefing.topics,
            authors=briefing.authors,
            storylines=briefing.storylines,
            editor=briefing.editor,
            image=briefing.image,
            aliases=briefing.aliases,
            related=briefing.related,
            superseded_by=briefing.superseded_by,
            translation_of=briefing.translation_of,
            card=site.shelf.cards[slug],
            backlinks=graph.backlinks.get(slug, ()),
            mentions=graph.mentions.get(slug, ()),
            in_topic=graph.in_topic[slug],
            links=tuple((*link, to) for link, to in links.items()),
            identity=site.shelf.site.identities.get(slug),
        )
        yield slug, _ENCODER.encode(beside)
