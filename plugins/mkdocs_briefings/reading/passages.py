"""Notes in a body which of its paragraphs are in another language than the page."""

from __future__ import annotations

from dataclasses import replace

from ..catalog.briefing import Body, Passage
from .language import foreign_passages


def with_passages(body: Body, lang: str) -> Body:
    """A body with its foreign passages noted; `lang` is the language of the page, BCP 47."""
    lines = body.text.split("\n")
    found = tuple(Passage(lines[p.index], p.lang) for p in foreign_passages(lines, lang))
    return replace(body, passages=found) if found else body
