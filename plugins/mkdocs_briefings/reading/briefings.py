"""A briefing's file → its record, and what it says of others."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..catalog.briefing import Body, Briefing, Correction, Pick, Status
from ..catalog.settings import Settings
from ..catalog.slugs import fold, slugify
from . import schema
from .document import Document
from .findings import Findings
from .nodes import Node
from .parts import check_counts, check_parts, check_summary, image, key_points, sources
from .passages import with_passages
from .references import Wanted
from .registries import Registries, events
from .validate import find, find_key, validate
from .values import short
from .vocabulary import Vocabulary

_SLUG_LIMIT = 120


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
    wanted: list[Wanted] = field(default_factory=list)
    aliases: list[tuple[Node, str]] = field(default_factory=list)
    """As typed, with their places."""


def file_slug(path: str) -> str:
    """The slug that a file's name gives."""
    return fold(posixpath.basename(path).removesuffix(".md"))


def read_briefing(
    document: Document, registries: Registries, images: Collection[str], settings: Settings
) -> Draft:
    """Make the record of `document`, and report what is wrong with it."""
    findings, node, path = document.findings, document.node, document.path
    model, document.cut = validate(schema.BriefingModel, node, findings)
    assert model is not None, "the model requires nothing"
    slug, place = slug_of(document, model.slug)
    title = document.title(model.title)
    if model.date is None and "date" not in document.cut:
        hint = "add `date: 2026-03-17`, the day of publication"
        findings.add("missing-date", *document.missing("date"), "no date", hint)
    topics = _topics(document, model, registries.topic_names)
    authors = _authors(document, model, registries.author_names)
    storylines = _storylines(document, model, registries.storyline_names)
    editor = ""
    if model.editor:
        editor = registries.author_names.key(model.editor, find(node, ("editor",)), findings)
    check_counts(model, node, findings)
    summary = check_summary(document, model)
    body = document.charted(document.body(summary=summary), len(model.sources))
    check_parts(document, model, body)
    picture = image(model, node, path, images, findings)
    related = picks(model.related, "related", node, findings)
    draft = Draft(path, slug, place, None, findings, body)
    _links(draft, model, node)
    if findings.firm or model.date is None:
        return draft
    moment = model.date if isinstance(model.date, datetime) else None
    mended = (Correction(date=part.date, text=part.text) for part in model.corrections)
    draft.record = Briefing(
        path=path,
        slug=slug,
        title=title,
        authors=authors,
        published=moment.date() if moment else model.date,
        published_at=moment,
        topics=topics,
        summary=summary or body.first_paragraph,
        summary_written=bool(summary),
        key_points=key_points(model),
        why=model.why,
        storylines=storylines,
        events=events(model.events),
        sources=sources(model),
        related=related,
        updated=model.updated,
        corrections=tuple(sorted(mended, key=lambda correction: correction.date)),
        status=Status(model.status) if model.status else None,
        superseded_by=fold(model.by),
        lang=model.lang or settings.lang,
        translation_of=fold(model.translation_of),
        image=picture,
        place=model.place,
        editor=editor,
        draft=model.draft,
        facts=tuple(model.facts),
        body=with_passages(body, model.lang or settings.lang),
    )
    return draft


def slug_of(document: Document, typed: str) -> tuple[str, Node]:
    """The slug of a file, and where it is written."""
    if not typed:
        return file_slug(document.path), Node("", 1, 1)
    place = find(document.node, ("slug",))
    slug = fold(typed)
    bare = typed.replace("-", "").replace("_", "")
    if not bare.isalnum() or not slug or len(slug.encode()) > _SLUG_LIMIT:
        hint = f"write `slug: {slugify(typed)}`" if slugify(typed) else "leave `slug` out"
        message = f"`slug`: '{short(typed)}' has more than letters, digits and `-`, or is too long"
        document.findings.at(place, "bad-slug", message, hint)
    return slug or file_slug(document.path), place


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


def _topics(
    document: Document, model: schema.BriefingModel, vocabulary: Vocabulary
) -> tuple[str, ...]:
    if not model.topics and "topics" not in document.cut:
        hint = "add `topics: […]`, the main one first"
        place = document.missing("topics")
        document.findings.add("missing-topics", *place, "no topics", hint)
    places = [find(document.node, ("topics", n)) for n in range(len(model.topics))]
    return names(model.topics, places, vocabulary, document.findings)


def _both(
    document: Document, one: str, many: str, model: schema.BriefingModel
) -> tuple[list[str], list[Node]]:
    """The entries of `author` or `authors`, with their places; both at once are a problem."""
    node, typed, places = document.node, [], []
    for key in (one, many):
        entries = getattr(model, key)
        typed += entries
        places += [find(node, (key, n)) for n in range(len(entries))]
    if getattr(model, one) and getattr(model, many):
        message = f"`{one}` and `{many}` are the same key"
        hint = "put all names under one of the two"
        document.findings.at(find_key(node, (many,)), "conflicting-keys", message, hint)
    return typed, places


def _authors(
    document: Document, model: schema.BriefingModel, vocabulary: Vocabulary
) -> tuple[str, ...]:
    typed, places = _both(document, "author", "authors", model)
    if not typed and not document.cut & {"author", "authors"}:
        line, column = max(document.missing("author"), document.missing("authors"))
        hint = "add `author: …`, a key or name of authors.yml, or a list of them"
        document.findings.add("missing-author", line, column, "no author", hint)
    return names(typed, places, vocabulary, document.findings)


def _storylines(
    document: Document, model: schema.BriefingModel, vocabulary: Vocabulary
) -> tuple[str, ...]:
    typed, places = _both(document, "storyline", "storylines", model)
    return names(typed, places, vocabulary, document.findings)


def picks(
    parts: Sequence[schema.PickPart], key: str, node: Node, findings: Findings
) -> tuple[Pick, ...]:
    """Records of picks, each briefing once."""
    found: dict[str, Pick] = {}
    for n, part in enumerate(parts):
        slug = fold(part.slug)
        if slug in found:
            message = f"'{short(part.slug)}' is already in the list"
            place = find(node, (key, n, "slug"))
            findings.at(place, "repeated-name", message, "delete one of the two")
        else:
            found[slug] = Pick(slug=slug, reason=part.reason)
    return tuple(found.values())


def _links(draft: Draft, model: schema.BriefingModel, node: Node) -> None:
    """Collect the slugs and old addresses that the front matter names."""

    def want(slug: str, *path: Any) -> None:
        draft.wanted.append(Wanted(draft.findings, find(node, path), slug, draft.slug))

    for n, part in enumerate(model.related):
        want(part.slug, "related", n, "slug")
    if model.by:
        want(model.by, "by")
    if model.translation_of:
        want(model.translation_of, "translation_of")
    draft.aliases = [(find(node, ("aliases", n)), a) for n, a in enumerate(model.aliases)]


def is_held(briefing: Briefing, now: datetime | None) -> bool:
    """Whether a briefing is a draft, or dated after `now`."""
    if briefing.draft:
        return True
    if now is None:
        return False
    if briefing.published_at:
        return briefing.published_at > (now if now.tzinfo else now.replace(tzinfo=UTC))
    return briefing.published > now.date()
