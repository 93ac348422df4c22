"""Raw HTML that Markdown does not read: its text, headings and links."""

from __future__ import annotations

import html
from collections.abc import Callable

from ..catalog import markup
from .body_gather import Found, Gatherer
from .body_tags import Region, Tag
from .body_text import CLOSE, HEAD, OPEN, literal

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
    skipped = unlinked = ""
    for tag in region.tags:
        if at < tag.start and not skipped:
            _prose(text, at, tag.start, gatherer, pieces, linked=not unlinked)
        judge(tag)
        if gatherer.findings.fatal:
            return
        if tag.end < 0:  # A comment without an end takes all that follows.
            at = region.end
            break
        at = tag.end
        if unlinked:
            unlinked = "" if tag.close and tag.name == unlinked else unlinked
        elif tag.name in markup.UNLINKED and not tag.close:
            unlinked = tag.name
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
        _prose(text, at, region.end, gatherer, pieces, linked=not unlinked)
    paragraph("".join(pieces))


def _prose(
    text: str, at: int, end: int, gatherer: Gatherer, pieces: list[str], *, linked: bool
) -> None:
    """Read text between two tags, and the Markdown links to briefings in it."""
    linked = linked and text.find(".md", at, end) >= 0  # Such a link ends in it.
    for link in markup.RAW_LINK.finditer(text, at, end) if linked else ():
        target = gatherer.address(link[2], link.start())
        if target is not None:
            gatherer.links.append(Found(target, link.start(), None))
            pieces += [_decoded(text[at : link.start()]), OPEN, _decoded(link[1]), CLOSE]
            at = link.end()
    pieces.append(_decoded(text[at:end]))


def _decoded(raw: str) -> str:
    return literal(html.unescape(raw))
