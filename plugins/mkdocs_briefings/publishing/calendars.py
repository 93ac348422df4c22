"""Calendar files (RFC 5545 with the names of RFC 7986): the dates of a site or of a storyline.

Events are whole days without a zone, free time, and from the data alone: the stamp of each is the
day on which what is said of it last changed, never the clock.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from ..viewing.dates import CalendarEntry
from ..viewing.parts import Chrome
from ..viewing.records import DatesView, StorylineView
from .identity import event_id
from .text import absolute, root

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//mkdocs-briefings//dates//EN"
AGAIN = timedelta(days=1)
"""After how long programs should ask again; many have their own mind."""


def calendar(
    view: DatesView | StorylineView, entries: Iterable[CalendarEntry], chrome: Chrome
) -> bytes:
    """The calendar file of a page, its events by day and then in the order given.

    Raises:
        ValueError: If the site does not know its own address, or there is no event: the format
            knows no empty calendar.
    """
    # Imported here: it costs more than most commands take.
    from icalendar import Calendar, vDuration

    root(chrome, "a calendar")
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    name = _line(f"{chrome.name}: {view.title}")
    # The second of each pair is for programs that do not know the first.
    for key in ("name", "x-wr-calname"):
        made.add(key, name)
    made.add("url", absolute(chrome, view.url))
    made.add("source", absolute(chrome, view.calendar), parameters={"value": "URI"})
    made.add("refresh-interval", vDuration(AGAIN), parameters={"value": "DURATION"})
    made.add("x-published-ttl", vDuration(AGAIN))
    for entry in entries:
        made.add_component(_event(entry, view, chrome))
    if not made.subcomponents:
        raise ValueError("a calendar needs an event")
    written: bytes = made.to_ical()
    return written


def _event(entry: CalendarEntry, view: DatesView | StorylineView, chrome: Chrome) -> Event:
    from icalendar import Event

    event, told = entry.event, entry.event.card
    made = Event()
    made.add("uid", event_id(entry.identity, chrome))
    made.add("dtstamp", datetime.combine(entry.revised, time(), UTC))
    made.add("dtstart", event.date)
    # The end is the day after the last.
    made.add("dtend", entry.last + timedelta(days=1))
    made.add("summary", _line(event.text))
    place = told.url if told else (event.story.url if event.story else f"{view.url}#{event.anchor}")
    made.add("url", absolute(chrome, place))
    lines = [told.title] if told else []
    if event.story:
        lines.append(event.story.title)
    if lines:
        made.add("description", "\n".join(_line(text) for text in lines))
    if event.kind:
        made.add("categories", [event.kind])
    # All-day events would otherwise make a reader look busy.
    made.add("transp", "TRANSPARENT")
    return made


def _line(text: str) -> str:
    """Text on one line, without control characters."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in {"Cc", "Cs"})
