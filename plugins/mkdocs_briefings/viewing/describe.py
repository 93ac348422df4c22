"""Descriptions long enough to tell something where a page is found or its link is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from .parts import Card
from .records import (
    ArchiveView,
    AuthorView,
    BriefingView,
    ChangesView,
    FrontView,
    ListView,
    TopicView,
    View,
)
from .shelf import Site
from .words import clip

AnyView = TypeVar("AnyView", bound=View)

LEAST = 70
"""Characters: results and shared links have room for twice as much."""


def described(view: AnyView, site: Site) -> AnyView:
    """A view whose description, when it is short, is followed by more that its page says.

    A briefing goes on with why it matters, its key points and its first paragraph; any other page
    with what the site is for, and where no one has said that with the briefings that it lists.
    Where there is nothing to go on with, it stays short.
    """
    if len(view.description) >= LEAST or view.noindex:
        return view
    text = lengthen(view.description, _more(view, site))
    return view if text == view.description else replace(view, description=text)


def lengthen(text: str, more: Iterable[str]) -> str:
    """A text followed by as much of `more` as it takes to be long enough, and by nothing twice.

    >>> lengthen("It opens", ["It opens on Monday.", "It opens on Monday."])
    'It opens on Monday.'
    """
    for next_one in more:
        if len(text) >= LEAST:
            break
        if next_one.startswith(text):
            text = next_one
        elif next_one not in text:
            text = f"{_ended(text)} {next_one}"
    return clip(text)


def _more(view: View, site: Site) -> Iterator[str]:
    if isinstance(view, BriefingView):
        yield view.why
        yield from (point.text for point in view.key_points)
        yield site.catalog.briefings[view.slug].body.first_paragraph
    elif not view.lang:
        # The purpose is in the site's language.
        yield site.purpose
        yield from (card.title for card in _listed(view) if not card.lang)


def _listed(view: View) -> Iterator[Card]:
    """The briefings that a page lists, the newest first."""
    match view:
        case TopicView() | AuthorView() | ListView():
            yield from (card for year in view.years for card in year.cards)
        case ArchiveView():
            months = (month for year in view.years for month in year.months)
            yield from (card for month in months for card in month.cards)
        case FrontView():
            yield from ([view.lead] if view.lead else [])
            yield from view.latest
        case ChangesView():
            yield from (each.card for _, group in view.years for each in group if each.card)


def _ended(text: str) -> str:
    """A text that ends a sentence."""
    return text if text[-1] in ".!?…。！？؟" else f"{text}."
