"""Parts of a briefing: their number, and what they say of its text and of each other."""

from __future__ import annotations

from ..catalog.briefing import Body, KeyPoint, Source, Status
from . import hints, schema
from .document import Document
from .findings import Findings
from .nodes import Node
from .text import short
from .validate import find, find_key

LONG_SUMMARY = 300
"""Code points from which on a summary is cut in lists."""
COUNTS = {"author": (0, 50), "authors": (0, 50), "topics": (0, 8), "key_points": (2, 5)}
OTHERS = (0, 100)


def check_counts(model: schema.BriefingModel, node: Node, findings: Findings) -> None:
    """Report lists with too many entries, or too few."""
    for key in model.model_fields_set:
        value = getattr(model, key)
        if not isinstance(value, list) or not value:
            continue
        least, most = COUNTS.get(key, OTHERS)
        if not least <= len(value) <= most:
            wanted = f"{least} to {most}" if least else f"at most {most}"
            message = f"`{key}` has {len(value)} {'entry' if len(value) == 1 else 'entries'}"
            hint = "choose the most telling ones" if len(value) > most else "add another, or none"
            place = find_key(node, (key,))
            findings.at(place, "bad-count", f"{message}, {wanted} are wanted", hint)


def check_summary(document: Document, model: schema.BriefingModel) -> str:
    """The written summary, which may be empty; reported when it is missing or long."""
    findings, summary = document.findings, model.summary
    if not summary and "summary" not in document.cut and document.markdown.strip():
        hint = "add `summary: …`, one or two sentences; until then the first paragraph is shown"
        findings.add("missing-summary", *document.missing("summary"), "no summary", hint)
    elif len(summary) > LONG_SUMMARY:
        message = f"the summary has {len(summary)} characters; cards show about {LONG_SUMMARY}"
        place = find(document.node, ("summary",))
        findings.at(place, "long-summary", message, "say it in one or two sentences")
    return summary


def key_points(model: schema.BriefingModel) -> tuple[KeyPoint, ...]:
    """Records of the key points."""
    return tuple(KeyPoint(text=part.text, section=_section(part)) for part in model.key_points)


def _section(part: schema.KeyPointPart) -> str:
    return part.section.removeprefix("#")


def check_parts(document: Document, model: schema.BriefingModel, body: Body) -> None:
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


def sources(model: schema.BriefingModel) -> tuple[Source, ...]:
    """Records of the sources, in order."""
    return tuple(_source(part) for part in model.sources)


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
