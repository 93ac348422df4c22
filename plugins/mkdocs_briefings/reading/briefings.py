"""A briefing as written → its record: what the names in it mean, and what it says of others."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..catalog.briefing import Body, Briefing, Image
from . import hints
from .alone import Named, Picture, Written, named
from .findings import Findings
from .nodes import Node
from .references import Wanted
from .registries import Registries
from .text import short
from .vocabulary import Vocabulary


@dataclass(slots=True)
class Draft:
    """A file of a briefing, read."""

    path: str
    slug: str
    """Where the file's record would stand; also of a file that gave none."""
    place: Node
    """Where the slug is written: its value, or the file's first line."""
    record: Briefing | None
    findings: Findings
    body: Body = Body(markdown="")
    number: Named | None = None
    """Of a reference paper, and where it stands."""
    wanted: list[Wanted] = field(default_factory=list)
    aliases: list[tuple[Node, str]] = field(default_factory=list)
    """As typed, with their places."""


def read_briefing(written: Written, registries: Registries, images: Collection[str]) -> Draft:
    """Make the record of a file, and report what is wrong with the names in it."""
    findings = Findings(written.path)
    findings.problems += written.problems
    topics = _keys(written.topics, registries.topic_names, findings)
    authors = _keys(written.authors, registries.author_names, findings)
    storylines = _keys(written.storylines, registries.storyline_names, findings)
    editor, picture = "", None
    if typed := written.editor:
        editor = registries.author_names.key(typed.text, typed.node, findings)
    if written.picture:
        picture = _image(written.picture, written.path, images, findings)
    draft = Draft(
        path=written.path,
        slug=written.slug,
        place=written.place.node,
        record=None,
        findings=findings,
        body=written.body,
        number=written.number,
        wanted=[Wanted(findings, w.node, w.text, written.slug) for w in written.wanted],
        aliases=[(alias.node, alias.text) for alias in written.aliases],
    )
    if written.record and not findings.firm:
        draft.record = named(written.record, topics, authors, storylines, editor, picture)
    return draft


def _image(
    picture: Picture, path: str, images: Collection[str], findings: Findings
) -> Image | None:
    """The picture, found beside the briefing at `path` or from the top of the folder."""
    src = picture.src.text
    near = posixpath.normpath(posixpath.join(posixpath.dirname(path), src))
    for candidate in (near, posixpath.normpath(src.lstrip("/"))):
        if candidate in images:
            return Image(src=candidate, alt=picture.alt, credit=picture.credit)
    if "://" in src:
        message = f"'{short(src)}' is on another site"
        hint = "save the picture in the content folder: pages ask no other site for anything"
    else:
        message = f"there is no image '{short(src)}' in the content folder"
        close = hints.meant(src, images)
        hint = close or "name a png, jpg, gif, webp or avif file, relative to this one"
    findings.at(picture.src.node, "bad-link", message, hint)
    return None


def names(
    typed: Sequence[str], places: Sequence[Node], vocabulary: Vocabulary, findings: Findings
) -> tuple[str, ...]:
    """Keys of names, each once, in the order typed."""
    keys: dict[str, str] = {}
    for name, place in zip(typed, places, strict=True):
        known = vocabulary.meant(name)
        if len(known) == 1 and known[0] in keys:
            message = f"'{short(name)}' is already there as '{short(keys[known[0]])}'"
            findings.at(place, "repeated-name", message, "delete one of the two")
            continue
        key = vocabulary.key(name, place, findings)
        if key:
            keys[key] = name
    return tuple(keys)


def _keys(typed: Sequence[Named], vocabulary: Vocabulary, findings: Findings) -> tuple[str, ...]:
    texts = tuple([n.text for n in typed])
    known = vocabulary.plain.get(texts)
    if known is None:
        before = len(findings.problems)
        known = names(texts, [n.node for n in typed], vocabulary, findings)
        if len(findings.problems) == before:
            vocabulary.plain[texts] = known
    return known


def is_held(briefing: Briefing, now: datetime | None) -> bool:
    """Whether a briefing is a draft, or dated after `now`."""
    if briefing.draft:
        return True
    if now is None:
        return False
    if briefing.published_at:
        return briefing.published_at > (now if now.tzinfo else now.replace(tzinfo=UTC))
    return briefing.published > now.date()
