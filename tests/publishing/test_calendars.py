"""Calendar files: two parsers read them, and nothing an author writes breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from mkdocs_briefings.publishing.calendars import calendar
from mkdocs_briefings.viewing.dates import CalendarEntry
from mkdocs_briefings.viewing.parts import Chrome, EventItem, Ref
from mkdocs_briefings.viewing.records import DatesView

from .conftest import FOREIGN, TEXTS, URL, make_card, make_chrome, make_view

LONG = "Die Verordnung über die Wasserstände tritt in Kraft; sie gilt für alle Häfen. " * 5


def dates(**changes: Any) -> DatesView:
    values = {
        "url": "dates/",
        "title": "Dates ahead",
        "groups": (),
        "passed": (),
        "calendar": "dates/calendar.ics",
    }
    view = make_view(DatesView, **values | changes)
    assert isinstance(view, DatesView)
    return view


def entry(
    text: str = "Quotas reviewed", day: date = date(2026, 7, 1), **more: Any
) -> CalendarEntry:
    event: dict[str, Any] = {"date": day, "text": text, "kind": "Review", "key": False}
    event |= {"precision": "day"} | {"card": make_card("quotas"), "anchor": "_event-1"} | more
    return CalendarEntry(
        event=EventItem(**event),
        identity=f"{day}-1-briefing-quotas",
        last=day,
        revised=date(2026, 3, 17),
    )


def written(*entries: CalendarEntry, chrome: Chrome | None = None, **view: Any) -> bytes:
    return calendar(dates(**view), entries, chrome or make_chrome())


def read(data: bytes) -> OtherCalendar:
    return IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))


def events(data: bytes) -> Sequence[Any]:
    made = Calendar.from_ical(data)
    assert not made.errors
    return list(made.walk("VEVENT"))


def test_an_event_says_when_what_and_where_to_read_it() -> None:
    data = written(entry())
    [event] = events(data)
    assert event.decoded("dtstart") == date(2026, 7, 1)
    assert event.decoded("dtend") == date(2026, 7, 2)
    assert event.decoded("dtstamp") == datetime(2026, 3, 17, tzinfo=UTC)
    assert event["uid"] == "2026-07-01-1-briefing-quotas@specimen.example"
    assert event["summary"] == "Quotas reviewed"
    assert event["description"] == "On quotas"
    assert event["url"] == f"{URL}briefings/2026/quotas/"
    assert event["categories"].to_ical() == b"Review"
    assert event["transp"] == "TRANSPARENT"
    [other] = read(data).events
    assert (other.start, other.end, other.uid) == (date(2026, 7, 1), date(2026, 7, 2), event["uid"])
    assert (other.summary, other.categories) == ("Quotas reviewed", ["Review"])


def test_a_calendar_says_what_it_is_and_when_to_ask_again() -> None:
    made = Calendar.from_ical(written(entry()))
    assert made["version"] == "2.0"
    assert str(made["prodid"]).startswith("-//")
    name = "The Specimen & Daily: Dates ahead"
    assert made["name"] == made["x-wr-calname"] == name
    assert made["url"] == f"{URL}dates/"
    assert made["source"] == f"{URL}dates/calendar.ics"
    assert made.decoded("refresh-interval") == timedelta(days=1)
    other = read(written(entry()))
    assert other.name == [name]
    assert other.refresh_interval == timedelta(days=1)


def test_a_month_is_a_span_of_days() -> None:
    [event] = events(written(replace(entry(precision="month"), last=date(2026, 7, 31))))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2026, 7, 1),
        date(2026, 8, 1),
    )


def test_without_a_briefing_the_storyline_is_where_to_read_it() -> None:
    story = Ref(title="The quota review", url="storylines/review/#_event-1")
    [event] = events(written(entry(card=None, story=story)))
    assert event["url"] == f"{URL}storylines/review/#_event-1"
    assert event["description"] == "The quota review"
    [alone] = events(written(entry(card=None), url="storylines/review/"))
    assert alone["url"] == f"{URL}storylines/review/#_event-1"
    assert "description" not in alone


@FOREIGN
def test_texts_come_out_as_they_went_in(text: str) -> None:
    story = Ref(title=text, url="storylines/review/#_event-1")
    data = written(entry(text, card=make_card("quotas", title=text), story=story), title=text)
    shown = " ".join(text.split())
    [event], [other] = events(data), read(data).events
    assert event["summary"] == other.summary == shown
    assert event["description"] == other.description == f"{shown}\n{shown}"
    assert Calendar.from_ical(data)["x-wr-calname"] == f"The Specimen & Daily: {shown}"


HOSTILE = {
    "a property": "Review\r\nATTACH:https://elsewhere.example/\r\nX-A:b",
    "an end": "END:VEVENT\nEND:VCALENDAR",
    "an escaped line": r"One\nTwo\, three\; four\\",
    "separators": 'a,b;c:d"e"',
    "controls": "\x00\x07Re\x1bview\x7f\x85",
    "a parameter": "Review;VALUE=URI:javascript:alert(1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_text_stays_a_text(text: str) -> None:
    data = written(entry(text, card=make_card("quotas", title=text)), title=text)
    [event] = events(data)
    assert set(event.keys()) == set(events(written(entry()))[0].keys())
    assert data.count(b"BEGIN:") == data.count(b"END:V") == 2 or "END:V" in text
    assert len(read(data).events) == 1
    kept = "".join(c for c in " ".join(text.split()) if c.isprintable())
    assert event["summary"] == kept
    assert not [byte for byte in data if byte < 32 and byte not in b"\r\n"]


def test_lines_are_folded_at_75_octets_and_between_characters() -> None:
    texts = [LONG, "関税の見直し" * 30, "👩‍👩‍👧" * 20, *TEXTS.values()]
    data = written(*(entry(text, date(2026, 7, n)) for n, text in enumerate(texts, 1)))
    lines = data.split(b"\r\n")
    assert lines.pop() == b"", "the last line ends, too"
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")
    assert [event["summary"] for event in events(data)] == [" ".join(t.split()) for t in texts]


def test_the_same_entries_are_the_same_bytes_in_their_order() -> None:
    both = (entry("A"), entry("B", date(2026, 8, 1)))
    assert written(*both) == written(*both)
    assert [event["summary"] for event in events(written(*both))] == ["A", "B"]


def test_a_slug_that_is_no_identifier_is_encoded() -> None:
    named = replace(entry(), identity="2026-07-01-1-briefing-関税 x")
    [event] = events(written(named))
    assert event["uid"].isascii()
    assert " " not in event["uid"]


def test_nothing_is_written_that_could_not_be_read(homeless: Chrome) -> None:
    with pytest.raises(ValueError, match="needs an event"):
        written()
    with pytest.raises(ValueError, match="needs site_url"):
        written(entry(), chrome=homeless)
