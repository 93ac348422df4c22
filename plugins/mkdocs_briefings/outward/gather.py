"""The addresses outside the site that bodies and sources lead to, with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ..catalog.briefing import Briefing
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..reading.handler import HANDLER
from ..reading.nodes import Fault, Node
from ..reading.read import Reading
from ..reading.running import outbound
from ..reading.text import decode, for_yaml
from ..reading.validate import find


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is written."""

    path: str
    """File, relative to the content folder."""
    line: int
    column: int
    url: str
    source: bool
    """It is that of a source, which may name a kept copy."""
    archived: str
    """The kept copy that is named, or empty."""
    day: date | None
    """Of the briefing: what was there then is what is meant."""


def gather(reading: Reading, load: Callable[[str], bytes]) -> Iterator[Place]:
    """Every place of every address, file by file.

    Args:
        reading: What was read.
        load: Gives the bytes of a file by its path.
    """
    catalog = reading.catalog
    for briefing in (*catalog.briefings.values(), *reading.drafts):
        yield from _sources(briefing, load)
        for link in outbound(briefing.body.markdown, briefing.body.line):
            place = briefing.path, link.line, link.column, link.url
            yield Place(*place, False, "", briefing.published)
    pages: list[PlainPage | Edition | FrontPage]
    pages = [*catalog.pages.values(), *catalog.editions.values(), catalog.front]
    for page in pages:
        for link in outbound(page.body.markdown, page.body.line):
            yield Place(page.path, link.line, link.column, link.url, False, "", None)


def _sources(briefing: Briefing, load: Callable[[str], bytes]) -> Iterator[Place]:
    if not any(source.url for source in briefing.sources):
        return
    try:
        text = decode(load(briefing.path))
        front = HANDLER.tree(for_yaml(HANDLER.split(text)[0], 2)[0])[0]
    except Fault:
        front = Node({}, 1, 1)
    for n, source in enumerate(briefing.sources):
        if source.url:
            node = find(front, ("sources", n, "url"))
            place = briefing.path, node.line, node.column, source.url
            yield Place(*place, True, source.archived, briefing.published)
