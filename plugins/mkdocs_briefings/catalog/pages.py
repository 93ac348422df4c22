"""What is published beside briefings: plain pages, editions, the front page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .briefing import Body, Pick


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A title and a text: About, How to contribute, Editorial rules."""

    path: str
    """Source file, relative to the content folder: `pages/about.md`."""
    slug: str
    title: str
    summary: str = ""
    lang: str = "en"
    body: Body = Body(markdown="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A hand-picked issue: a note from the desk and the briefings it names."""

    path: str
    """`editions/2025-w31.md`."""
    slug: str
    title: str
    published: date
    number: int = 0
    """0 when the editor gave none."""
    summary: str = ""
    picks: tuple[Pick, ...] = ()
    """In the editor's order; `reason` is the line under the pick."""
    lang: str = "en"
    body: Body = Body(markdown="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """An editor's picks for the front page; whatever is empty fills itself by date."""

    path: str = "index.md"
    title: str = ""
    lead: str = ""
    """Slug of the lead briefing."""
    storylines: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    five: tuple[Pick, ...] = ()
    chart: str = ""
    """Slug of the briefing whose first chart is shown."""
    body: Body = Body(markdown="")
