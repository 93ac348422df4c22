"""A briefing's file → its record, and what it says of others."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..catalog.briefing import (
    Body,
    Briefing,
    Correction,
    Image,
    KeyPoint,
    Pick,
    Source,
    Status,
)
from ..catalog.settings import Settings
from ..catalog.slugs import fold, slugify
from . import hints, schema
from .document import Document
from .findings import Findings
from .nodes import Node
from .references import Wanted
from .registries import Registries, events
from .validate import find, find_key, validate
from .values import short
from .vocabulary import Vocabulary

LONG_SUMMARY = 300
_COUNTS = {"author": (0, 50), "authors": (0, 50), "topics": (0, 8), "key_points": (2, 5)}
_OTHERS = (0, 100)
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
    _counts(model, node, findings)
    summary = _summary(document, model)
    body = document.body(summary=summary)
    _check_parts(document, model, body)
    draft = Draft(path, slug, place, None, findings, body)
    _links(draft, model, node)
    if findings.firm or model.date is None:
        return draft
    moment = model.date if isinstance(model.date, datetime) else None
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
        key_points=tuple(KeyPoint(text=p.text, section=_section(p)) for p in model.key_points),
        why=model.why,
        storylines=storylines,
        events=events(model.events),
        sources=tuple(_source(part) for part in model.sources),
        related=_related(model, node, findings),
        updated=model.updated,
        corrections=tuple(
            sorted(
                (Correction(date=part.date, text=part.text) for part in model.corrections),
                key=lambda correction: correction.date,
            )
        ),
        status=Status(model.status) if model.status else None,
        superseded_by=fold(model.by),
        lang=model.lang or settings.lang,
        translation_of=fold(model.translation_of),
        image=_image(model, node, path, images, findings),
        place=model.place,
        editor=editor,
        draft=model.draft,
        facts=tuple(model.facts),
        body=body,
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


def _counts(model: schema.BriefingModel, node: Node, findings: Findings) -> None:
    for key in model.model_fields_set:
        value = getattr(model, key)
        if not isinstance(value, list) or not value:
            continue
        least, most = _COUNTS.get(key, _OTHERS)
        if not least <= len(value) <= most:
            wanted = f"{least} to {most}" if least else f"at most {most}"
            message = f"`{key}` has {len(value)} {'entry' if len(value) == 1 else 'entries'}"
            hint = "choose the most telling ones" if len(value) > most else "add another, or none"
            place = find_key(node, (key,))
            findings.at(place, "bad-count", f"{message}, {wanted} are wanted", hint)


def _summary(document: Document, model: schema.BriefingModel) -> str:
    findings, summary = document.findings, model.summary
    if not summary and "summary" not in document.cut and document.markdown.strip():
        hint = "add `summary: …`, one or two sentences; until then the first paragraph is shown"
        findings.add("missing-summary", *document.missing("summary"), "no summary", hint)
    elif len(summary) > LONG_SUMMARY:
        message = f"the summary has {len(summary)} characters; cards show about {LONG_SUMMARY}"
        place = find(document.node, ("summary",))
        findings.at(place, "long-summary", message, "say it in one or two sentences")
    return summary


def _section(part: schema.KeyPointPart) -> str:
    return part.section.removeprefix("#")


def _check_parts(document: Document, model: schema.BriefingModel, body: Body) -> None:
    """What keys say of the body and of each other: sections, sources, a successor."""
    findings, node = document.findings, document.node
    anchors = {heading.anchor for heading in body.headings}
    for n, point in enumerate(model.key_points):
        section = _section(point)
        if section and section not in anchors:
            hint = hints.meant(section, sorted(anchors), "name a heading of this page")
            message = f"no heading of this page has the anchor '{short(section)}'"
            findings.at(find(node, ("key_points", n, "section")), "bad-anchor", message, hint)
    if "sources" not in document.cut:
        _citations(document, model, body)
    if model.by and model.status != Status.SUPERSEDED and "status" not in document.cut:
        message = "`by` names a successor, but the status is not superseded"
        place = find_key(node, ("by",))
        findings.at(place, "conflicting-keys", message, "add `status: superseded`")


def _citations(document: Document, model: schema.BriefingModel, body: Body) -> None:
    """Numbers that no source has, and sources that nothing cites."""
    findings, node, count = document.findings, document.node, len(model.sources)
    has = f"`sources` has {count}" if count else "there is no `sources`"
    for n, event in enumerate(model.events):
        if event.source > count:
            message = f"there is no source {event.source}: {has}"
            place = find(node, ("events", n, "source"))
            findings.at(place, "unknown-source", message, "sources are counted from 1")
    for number in sorted(body.cited):
        if not 1 <= number <= count:
            message = f"there is no source {number}: {has}"
            hint = f"add it to `sources`, or a note `[^{number}]: …` at the end of the text"
            line, column = _place(body, f"[^{number}]")
            findings.add("unknown-source", line, column, message, hint)
    cited = body.cited | {event.source for event in model.events}
    for number in range(1, count + 1):
        if number not in cited and document.markdown.strip():
            message = f"nothing cites source {number}, '{short(model.sources[number - 1].title)}'"
            place = find(node, ("sources", number - 1))
            hint = f"write `[^{number}]` in the text where it is used"
            findings.at(place, "uncited-source", message, hint)


def _place(body: Body, sign: str) -> tuple[int, int]:
    at = max(body.markdown.find(sign), 0)
    start = body.markdown.rfind("\n", 0, at) + 1
    return body.line + body.markdown.count("\n", 0, at), at - start + 1


def _source(part: schema.SourcePart) -> Source:
    return Source(
        title=part.title,
        publisher=part.publisher,
        date=part.date[2] if part.date else "",
        url=part.url,
        kind=part.kind,
        lang=part.lang,
        archived=part.archived,
    )


def _related(model: schema.BriefingModel, node: Node, findings: Findings) -> tuple[Pick, ...]:
    return picks(model.related, "related", node, findings)


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


def _image(
    model: schema.BriefingModel,
    node: Node,
    path: str,
    images: Collection[str],
    findings: Findings,
) -> Image | None:
    if model.image is None:
        return None
    src = model.image.src
    near = posixpath.normpath(posixpath.join(posixpath.dirname(path), src))
    for candidate in (near, posixpath.normpath(src.lstrip("/"))):
        if candidate in images:
            return Image(src=candidate, alt=model.image.alt, credit=model.image.credit)
    place = find(node, ("image", "src"))
    if "://" in src:
        message = f"'{short(src)}' is on another site"
        hint = "save the picture in the content folder: pages ask no other site for anything"
    else:
        message = f"there is no image '{short(src)}' in the content folder"
        close = hints.meant(src, images)
        hint = close or "name a png, jpg, gif, webp or avif file, relative to this one"
    findings.at(place, "bad-link", message, hint)
    return None


def is_held(briefing: Briefing, now: datetime | None) -> bool:
    """Whether a briefing is a draft, or dated after `now`."""
    if briefing.draft:
        return True
    if now is None:
        return False
    if briefing.published_at:
        return briefing.published_at > (now if now.tzinfo else now.replace(tzinfo=UTC))
    return briefing.published > now.date()
