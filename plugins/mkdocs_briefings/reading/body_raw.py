"""Raw HTML that Markdown does not read: its text, headings and links."""

from __future__ import annotations

import html
from collections.abc import Callable

from ..catalog import markup
from .body_gather import Gatherer
from .body_tags import Region, Tag
from .body_text import HEAD, literal

_SKIPPED = frozenset({"script", "style", "pre"})
"""Elements whose content is no prose."""


def read_raw(
    text: str,
    region: Region,
    gatherer: Gatherer,
    judge: Callable[[Tag], None],
    paragraph: Callable[[str], None],
) -> None:
    """Read a region and hand its text to `paragraph`, one block element after another.

    Args:
        text: The source.
        region: Where the raw HTML is, with its tags.
        gatherer: Collects links and headings.
        judge: Told of every tag.
        paragraph: Takes text with sentinels round links and headings.
    """
    gatherer.begin()
    pieces: list[str] = []
    at = region.start
    skipped = ""
    for tag in region.tags:
        if at < tag.start and not skipped:
            pieces.append(_decoded(text[at : tag.start]))
        judge(tag)
        if gatherer.findings.fatal:
            return
        if tag.end < 0:  # A comment without an end takes all that follows.
            at = region.end
            break
        at = tag.end
        if skipped:
            skipped = "" if tag.close and tag.name == skipped else skipped
        elif tag.name in _SKIPPED and not tag.close:
            skipped = tag.name
        elif tag.name in markup.BLOCK and not (HEAD in pieces or tag.name in markup.HEADINGS):
            paragraph("".join(pieces))
            pieces = []
            gatherer.begin()
        else:
            gatherer.tag(tag, pieces)
            if tag.name in markup.HEADINGS and tag.close:
                paragraph("".join(pieces))
                pieces = []
                gatherer.begin()
    if at < region.end and not skipped:
        pieces.append(_decoded(text[at : region.end]))
    paragraph("".join(pieces))


def _decoded(raw: str) -> str:
    return literal(html.unescape(raw))
