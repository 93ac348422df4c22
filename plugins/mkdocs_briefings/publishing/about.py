"""What files beside the pages need of a page that is no briefing's: little, so that it may be kept
and the view need not be made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from ..viewing.parts import Card
from ..viewing.records import (
    ArchiveView,
    AuthorView,
    BriefingView,
    ChangesView,
    DatesView,
    EditionsView,
    EditionView,
    FrontView,
    StorylinesView,
    StorylineView,
    TopicsView,
    TopicView,
    View,
)
from ..viewing.shelf import Shelf
from ..viewing.words import latest
from .entries import LIMIT

_OF_ALL = tuple(field.name for field in fields(View))


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Of one page."""

    page: View
    """What every page has, and nothing of what its view has beyond that."""
    lastmod: date | None
    """As `lastmod` gives it."""
    entries: tuple[str, ...] | None = None
    """Slugs of the briefings in its feeds, newest first; None where none are."""
    changes: bool = False
    """Its feeds are those of corrections."""
    calendar: str = ""
    """The address of its calendar, if it has one."""


def about(view: View, shelf: Shelf) -> About:
    """What there is to know of the page of a view."""
    entries = None
    if view.feeds and (listed := _listed(view, shelf)) is not None:
        # Lists of the graph are oldest first. What is held back is shown by `serve` alone.
        held = shelf.site.catalog.held
        newest = (slug for slug in reversed(list(listed)) if slug not in held)
        entries = tuple(slug for slug, _ in zip(newest, range(LIMIT), strict=False))
    return About(
        page=page_of(view),
        lastmod=lastmod(view),
        entries=entries,
        changes=isinstance(view, ChangesView),
        calendar=view.calendar if isinstance(view, DatesView | StorylineView) else "",
    )


def page_of(view: View) -> View:
    """What every page has, of the page of a view."""
    return View(**{name: getattr(view, name) for name in _OF_ALL})


def lastmod(view: View) -> date | None:
    """The day of the last logged change of what a page shows; None where no log tells it."""
    if isinstance(view, BriefingView):
        return view.updated or view.published
    if isinstance(view, TopicView):
        return view.updated
    if isinstance(view, StorylineView):
        return _last(view.parts)
    if isinstance(view, AuthorView):
        return _last(card for year in view.years for card in year.cards)
    if isinstance(view, ChangesView):
        return latest(change.date for _, group in view.years for change in group)
    if isinstance(view, EditionView):
        return view.published
    if isinstance(view, EditionsView):
        return latest(published for _, published, _ in view.editions)
    if isinstance(view, TopicsView):
        return latest(row.latest for row in view.tree)
    if isinstance(view, StorylinesView):
        return latest(row.latest for row in (*view.open, *view.closed))
    if isinstance(view, ArchiveView):
        # The page of a year shows its briefings; that of all years shows numbers of them.
        return _last(card for year in view.years for month in year.months for card in month.cards)
    if isinstance(view, FrontView):
        shown = [*view.latest, *([view.lead] if view.lead else [])]
        return latest([_last(shown), *(change.date for change in view.changed)])
    return None


def _last(cards: Iterable[Card]) -> date | None:
    return latest(map(changed, cards))


def changed(card: Card) -> date:
    return card.updated or card.published


def _listed(view: View, shelf: Shelf) -> Iterable[str] | None:
    """The slugs that a page lists, oldest first; None for a page whose list is no feed."""
    graph = shelf.site.graph
    match view:
        case FrontView():
            return shelf.site.catalog.briefings
        case TopicView():
            return graph.filed.get(view.key, ())
        case AuthorView():
            return graph.signed.get(view.author.key, ())
        case StorylineView():
            return graph.parts.get(view.storyline.key, ())
    return None
