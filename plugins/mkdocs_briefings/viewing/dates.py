"""Everything with a date: the page of dates ahead, and what calendars hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from ..catalog.briefing import Event, last_day
from ..catalog.catalog import Catalog
from . import addresses as places
from .parts import DateGroup, EventItem, Ref
from .records import DatesView
from .shelf import Shelf
from .words import clip, latest

PASSED = timedelta(days=90)
"""How long a day that was due stays on the page of dates while nothing tells of it."""
KEPT = timedelta(days=365)
"""How long an event stays in calendars, which forget what they no longer find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """An event as a calendar holds it."""

    event: EventItem
    identity: str
    """Unique in the site; the same whatever becomes of the event's words."""
    last: date
    """The last day that is meant; `event.date` is the first."""
    revised: date
    """When what is said of it was last changed or checked, as far as the records tell."""


def dates_view(shelf: Shelf) -> DatesView:
    site, word = shelf.site, shelf.site.language.word
    events = site_events(shelf)
    overdue = [event for event in events if event.overdue and event.date > site.today - PASSED]
    return DatesView(
        template="dates.html",
        url=site.addresses.url("dates/"),
        title=word("dates_ahead"),
        description=clip(word("dates_description", site=site.name)),
        section="dates",
        trail=shelf.trail(),
        groups=tuple(
            DateGroup(month=month, precision=precision, events=tuple(found))
            for (month, precision), found in groupby((e for e in events if e.ahead), key=_group)
        ),
        passed=tuple(sorted(overdue, key=lambda event: event.date, reverse=True)),
        calendar=calendar_url(shelf, "dates/", events),
    )


def _group(event: EventItem) -> tuple[date, str]:
    if event.precision == "year":
        return event.date.replace(month=1, day=1), "year"
    return event.date.replace(day=1), "month"


def site_events(shelf: Shelf) -> tuple[EventItem, ...]:
    """Every event of the site, oldest first, each once, with its place on the first storyline.

    Of two that say the same of one day, one with its briefing is shown.
    """
    if shelf.events is None:
        found: dict[tuple[date, str], EventItem] = {}
        for event in (*_of_storylines(shelf), *_of_others(shelf)):
            known = found.setdefault((event.date, event.text), event)
            if event.card and not known.card:
                found[event.date, event.text] = replace(event, story=known.story)
        # What is known by its year alone stands before its months.
        shelf.events = tuple(sorted(found.values(), key=lambda e: (e.date, e.precision != "year")))
    return shelf.events


def _of_storylines(shelf: Shelf) -> Iterator[EventItem]:
    for key, ref in shelf.storylines.items():
        for event in shelf.timeline(key):
            yield replace(event, story=Ref(title=ref.title, url=f"{ref.url}#{event.anchor}"))


def _of_others(shelf: Shelf) -> Iterator[EventItem]:
    """Those of briefings that no storyline holds."""
    for briefing in shelf.site.catalog.briefings.values():
        for event in () if briefing.storylines else briefing.events:
            yield shelf.event(event, briefing, briefing.changed, numbered=False)


def calendar_url(shelf: Shelf, place: str, events: Iterable[EventItem]) -> str:
    """Address of the calendar file of a place; empty where there is none.

    There is one as soon as there is an event to put into it, and for good: whoever follows its
    address must go on finding it.
    """
    return places.calendar(place) if shelf.site.feeds and any(map(_kept, events)) else ""


def calendars(shelf: Shelf) -> Iterator[tuple[str, tuple[CalendarEntry, ...]]]:
    """Address and entries of each calendar file: the site's, then those of storylines."""
    identities = _identities(shelf.site.catalog)
    sources = [("dates/", site_events(shelf))]
    sources += [(places.storyline(key), shelf.timeline(key)) for key in shelf.storylines]
    for place, events in sources:
        if url := calendar_url(shelf, place, events):
            yield url, tuple(_entries(events, identities, shelf))


def _kept(event: EventItem) -> bool:
    """A year is no date for a calendar; what is held back is for a preview alone."""
    return event.precision != "year" and not (event.card and event.card.mark)


def _entries(
    events: Iterable[EventItem], identities: dict[tuple[date, str], _Known], shelf: Shelf
) -> Iterator[CalendarEntry]:
    """What is ahead and what was within a year; the last event of all where there is neither,
    since a calendar may not be empty."""
    kept = [event for event in events if _kept(event)]
    first = shelf.site.today - KEPT
    fresh = [event for event in kept if last_day(event.date, event.precision) > first]
    for event in fresh or kept[-1:]:
        known = identities[event.date, event.text]
        told = shelf.site.catalog.briefings[event.card.slug].changed if event.card else None
        yield CalendarEntry(
            event=event,
            identity=known.identity,
            last=last_day(event.date, event.precision),
            revised=told or known.checked or event.date,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    identity: str
    checked: date | None


def _identities(catalog: Catalog) -> dict[tuple[date, str], _Known]:
    """What each event of a site is known by, by day and text.

    An event is the n-th of its day among those of whoever tells it first: a storyline's own list,
    else the earliest briefing. So new words for it, another kind or another briefing that tells it
    leave it the same event; another day makes it another.
    """
    found: dict[tuple[date, str], _Known] = {}

    def take(owner: str, events: Iterable[Event], checked: date | None) -> None:
        days: Counter[date] = Counter()
        for event in events:
            days[event.date] += 1
            name = f"{event.date.isoformat()}-{days[event.date]}-{owner}"
            found.setdefault((event.date, event.text), _Known(name, checked))

    changed: dict[str, date | None] = {}
    for briefing in catalog.briefings.values():
        for key in briefing.storylines:
            changed[key] = latest([changed.get(key), briefing.changed])
    for storyline in catalog.storylines.values():
        checked = storyline.now.checked if storyline.now else None
        take(f"storyline-{storyline.key}", storyline.events, checked or changed.get(storyline.key))
    for briefing in catalog.briefings.values():
        take(f"briefing-{briefing.slug}", briefing.events, briefing.changed)
    return found
