"""A briefing's file → what it says by itself, whatever other files say.

This is the costly half of reading, and a function of the file's bytes and the site's language
alone: it may be kept for as long as the file stands. What names mean is told by `briefings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..catalog.briefing import Body, Briefing, Correction, Pick, Status
from ..catalog.settings import Settings
from ..catalog.slugs import fold, slugify
from . import schema
from .alone import Named, Picture, Written, file_slug
from .document import Document
from .findings import Findings
from .nodes import Node
from .parts import check_counts, check_parts, check_summary, key_points, sources
from .registries import events
from .text import short
from .validate import find, find_key, validate

_SLUG_LIMIT = 120


def read_written(document: Document, settings: Settings) -> Written:
    """Understand `document` by itself, and report what is wrong with it so far."""
    findings, node, path = document.findings, document.node, document.path
    model, document.cut = validate(schema.BriefingModel, node, findings)
    assert model is not None, "the model requires nothing"
    slug, place = slug_of(document, model.slug)
    title = document.title(model.title)
    if model.date is None and "date" not in document.cut:
        hint = "add `date: 2026-03-17`, the day of publication"
        findings.add("missing-date", *document.missing("date"), "no date", hint)
    topics, authors = _topics(document, model), _authors(document, model)
    storylines = _both(document, "storyline", "storylines", model)
    check_counts(model, node, findings)
    summary = check_summary(document, model)
    noted = settings.passages and model.date is not None
    lang = model.lang or settings.lang
    body = document.body(summary=summary, prose=settings.terms, lang=lang if noted else "")
    body = document.charted(body, len(model.sources))
    check_parts(document, model, body)
    related = picks(model.related, "related", node, findings)
    record = None
    if model.date is not None:
        record = _record(model, path, slug, title, summary, related, body, lang)
    return Written(
        path=path,
        front=document.front,
        slug=slug,
        place=Named.at(place),
        record=record,
        loose=None if record else body,
        problems=tuple(findings.problems),
        topics=topics,
        authors=authors,
        storylines=storylines,
        editor=Named.at(find(node, ("editor",)), model.editor) if model.editor else None,
        number=Named.at(find(node, ("number",)), model.number) if model.number else None,
        picture=Picture(
            src=Named.at(find(node, ("image", "src")), model.image.src),
            alt=model.image.alt,
            credit=model.image.credit,
        )
        if model.image
        else None,
        wanted=_wanted(model, node),
        aliases=tuple(
            Named.at(find(node, ("aliases", n)), alias) for n, alias in enumerate(model.aliases)
        ),
    )


def _record(
    model: schema.BriefingModel,
    path: str,
    slug: str,
    title: str,
    summary: str,
    related: tuple[Pick, ...],
    body: Body,
    lang: str,
) -> Briefing:
    assert model.date is not None
    moment = model.date if isinstance(model.date, datetime) else None
    mended = (Correction(date=part.date, text=part.text) for part in model.corrections)
    return Briefing(
        path=path,
        slug=slug,
        title=title,
        authors=(),
        published=moment.date() if moment else model.date,
        published_at=moment,
        summary=summary or body.first_paragraph,
        summary_written=bool(summary),
        key_points=key_points(model),
        why=model.why,
        events=events(model.events),
        sources=sources(model),
        related=related,
        updated=model.updated,
        corrections=tuple(sorted(mended, key=lambda correction: correction.date)),
        status=Status(model.status) if model.status else None,
        superseded_by=fold(model.by),
        lang=lang,
        translation_of=fold(model.translation_of),
        place=model.place,
        number=model.number,
        draft=model.draft,
        facts=tuple(model.facts),
        body=body,
    )


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


def _topics(document: Document, model: schema.BriefingModel) -> tuple[Named, ...]:
    if not model.topics and "topics" not in document.cut:
        hint = "add `topics: […]`, the main one first"
        place = document.missing("topics")
        document.findings.add("missing-topics", *place, "no topics", hint)
    return tuple(
        Named.at(find(document.node, ("topics", n)), typed) for n, typed in enumerate(model.topics)
    )


def _both(
    document: Document, one: str, many: str, model: schema.BriefingModel
) -> tuple[Named, ...]:
    """The entries of `author` or `authors`, with their places; both at once are a problem."""
    node = document.node
    found = [
        Named.at(find(node, (key, n)), typed)
        for key in (one, many)
        for n, typed in enumerate(getattr(model, key))
    ]
    if getattr(model, one) and getattr(model, many):
        message = f"`{one}` and `{many}` are the same key"
        hint = "put all names under one of the two"
        document.findings.at(find_key(node, (many,)), "conflicting-keys", message, hint)
    return tuple(found)


def _authors(document: Document, model: schema.BriefingModel) -> tuple[Named, ...]:
    found = _both(document, "author", "authors", model)
    if not found and not document.cut & {"author", "authors"}:
        line, column = max(document.missing("author"), document.missing("authors"))
        hint = "add `author: …`, a key or name of authors.yml, or a list of them"
        document.findings.add("missing-author", line, column, "no author", hint)
    return found


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


def _wanted(model: schema.BriefingModel, node: Node) -> tuple[Named, ...]:
    """The slugs that the front matter names."""
    found = [
        Named.at(find(node, ("related", n, "slug")), part.slug)
        for n, part in enumerate(model.related)
    ]
    if model.by:
        found.append(Named.at(find(node, ("by",)), model.by))
    if model.translation_of:
        found.append(Named.at(find(node, ("translation_of",)), model.translation_of))
    return tuple(found)
