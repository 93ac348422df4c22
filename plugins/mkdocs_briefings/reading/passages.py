"""Notes in a body which of its paragraphs are in another language than the page."""

from __future__ import annotations

from dataclasses import replace

from ..catalog.briefing import Body, Passage
from ..catalog.settings import Settings
from .language import foreign_passages


def with_passages(body: Body, lang: str, settings: Settings) -> Body:
    """A body with its foreign passages noted, if the settings ask for them; `lang` is the language
    of the page, BCP 47."""
    if not settings.passages:
        return body
    lines = body.text.split("\n")
    foreign = foreign_passages(lines, lang, spaced=True)
    found = tuple(Passage(lines[p.index], p.lang) for p in foreign)
    return replace(body, passages=found) if found else body
