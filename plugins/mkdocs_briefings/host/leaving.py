"""What a build leaves for one after an edit of few texts: by key, all that a page is made from
besides its own text.

A row is of one state of the site, which all of them name: those of two states are of no use.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..building.publication import served
from ..building.standing import Seen
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
from ..reading.folder import RULES
from ..viewing.addresses import Addresses
from ..viewing.parts import Card, Chrome
from .keys import KeptKeys, KeptOthers

if TYPE_CHECKING:
    from .publish import Publishing

KIND = "edits"
_NOTE, _WHOLE, _BESIDE = "note", "whole", "beside"
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


class Besides(msgspec.Struct):
    """Of all briefings, by slug, each decoded when it is asked for."""

    state: bytes
    rows: dict[str, msgspec.Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Of which state all that is left is."""

    state: bytes
    seen: Seen
    """How the ground of that state was."""
    rows: Mapping[str, bytes]
    """Digests of rows that builds leave for other ends."""
    served: str
    """What `building.publication.served` gave."""


@dataclass(frozen=True, slots=True)
class Left:
    """All that was left of one state."""

    note: Note
    whole: Whole
    besides: Besides


_NOTES = msgspec.msgpack.Decoder(Note)
_WHOLES = msgspec.msgpack.Decoder(Whole)
_ALL = msgspec.msgpack.Decoder(Besides)
_ENCODER = msgspec.msgpack.Encoder()


def rows_of(lang: str) -> Mapping[str, tuple[str, str]]:
    """Kind and key of the rows that belong to a state."""
    return {
        "keys": ("pages", "keys"),
        "others": ("pages", "others"),
        "lists": ("related", "lists"),
        "texts": ("related", f"texts-{lang}"),
    }


def digested(row: bytes) -> bytes:
    return blake2b(row, digest_size=16).digest()


def leave(store: Store, done: Publishing, seen: Seen) -> None:
    """Leave what there is to know of a site that was built whole; nothing where an edit of a text
    may change more than is known here.

    Args:
        store: Where.
        done: The build.
        seen: The ground of it.
    """
    state = os.urandom(16)
    store.keep_only(KIND, ())
    lang = done.site.shelf.site.settings.lang
    rows = {name: store.get(*row) for name, row in rows_of(lang).items()}
    told = {name: digested(row) for name, row in rows.items() if row}
    name = served(store, done.publication.folder)
    if not name or len(told) < len(rows) or not _fits(done, rows):
        return
    try:
        whole = _ENCODER.encode(_whole(done, state))
        if _WHOLES.decode(whole).made.frame(done.frame.chrome) != done.frame:
            return
        besides = Besides(state, {slug: msgspec.Raw(row) for slug, row in _besides(done)})
        note = Note(state=state, seen=seen, rows=told, served=name)
        for key, row in ((_WHOLE, whole), (_BESIDE, besides), (_NOTE, note)):
            store.put(KIND, key, row if isinstance(row, bytes) else _ENCODER.encode(row))
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
    """All of it; None where something is missing, damaged or of another state."""
    whole, besides = store.get(KIND, _WHOLE), store.get(KIND, _BESIDE)
    if not whole or not besides:
        return None
    try:
        found = Left(note, _WHOLES.decode(whole), _ALL.decode(besides))
    except msgspec.MsgspecError:
        return None
    same = {found.whole.state, found.besides.state} == {note.state}
    return found if same else None


def _fits(done: Publishing, rows: Mapping[str, bytes | None]) -> bool:
    """Whether what was kept for other ends is of this very state, and an edit of a text touches
    nothing that is not looked at."""
    site = done.site
    settings, briefings = site.shelf.site.settings, site.catalog.briefings
    keys = msgspec.msgpack.decode(rows["keys"] or b"", type=KeptKeys)
    others = msgspec.msgpack.decode(rows["others"] or b"", type=KeptOthers)
    return (
        done.repeatable
        and site.engine is None
        and not site.chrome.serving
        and not site.shelf.site.history
        and not settings.faults
        and settings.rules == Rules()
        and not (Path(done.config.docs_dir) / RULES).exists()
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
    )


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
