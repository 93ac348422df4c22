"""Specimens of timelines: one that has just begun, and one with 150 events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mkdocs_briefings.viewing.parts import (
    Card,
    DateGroup,
    EventItem,
    Ref,
    StorylineRef,
    TimelineYear,
)
from mkdocs_briefings.viewing.records import DatesView

from .basin import CARDS, TARIFF, WATER, card
from .briefing_views import TODAY, event
from .front_views import STORYLINE

TEXTS = (
    "The secretariat opens talks on the winter floor.",
    "Hale's council votes, 14 to 9, to keep its own gauge and to publish what it reads each day.",
    "A dry-month order takes effect: a tenth less for each town, a fifth less for its canals.",
    "The power board answers with an order of its own.",
    "Readings of the month: the lake stands 11 centimetres below the mean.",
    "A court at Sedi sets the order aside for one town and leaves it in force for three.",
)
KINDS = ("Talks", "Ruling", "Measure", "Response", "Data", "")

YOUNG = replace(
    STORYLINE,
    url="storylines/young/",
    title="The new pier",
    storyline=StorylineRef(
        key="young", title="The new pier", url="storylines/young/", status="Developing"
    ),
    intro="",
    now="The harbour fund has the money; the council has not decided where the pier goes.",
    ahead=(event(date(2031, 6, 30), "The council decides on the place", "Ruling", ahead=True),),
    years=(
        TimelineYear(
            year=2031,
            events=(
                event(date(2031, 5, 4), "", card=CARDS[6], since=date(2031, 5, 4)),
                event(date(2031, 4, 3), "A storm takes the pier at Hale.", key=True),
            ),
        ),
    ),
    parts=(CARDS[6],),
    events=2,
    topics=(),
    calendar="storylines/young/calendar.ics",
)


def parts() -> Iterator[Card]:
    """Twenty-four briefings, oldest first, two months apart."""
    for number in range(24):
        yield card(
            f"part-{number + 1}",
            f"Part {number + 1}: what the month's readings say of the floor",
            "Four towns, one lake, and what they pumped of it." if number % 3 else "",
            date(2027, 6, 10) + timedelta(days=61 * number),
            4,
            topic=WATER,
            storyline=TARIFF,
            part=number + 1,
        )


PARTS = tuple(parts())


def told() -> Iterator[EventItem]:
    """A hundred and forty events, oldest first: some days have three, some briefings tell ten."""
    for number in range(140):
        day = date(2027, 5, 2) + timedelta(days=30 * (number // 3) + (number % 3) // 2)
        yield event(
            day,
            f"{TEXTS[number % 6]} No. {number + 1}.",
            KINDS[number % 6],
            key=number % 7 == 0,
            precision="month" if number == 50 else "day",
            card=PARTS[number // 10] if number % 5 else None,
            anchor=f"_event-{day:%Y%m%d}-{number:08x}",
            since=day,
            overdue=number == 139,
        )


def years() -> tuple[TimelineYear, ...]:
    entries = [
        *(event(one.published, "", card=one, since=one.published) for one in reversed(PARTS)),
        *told(),
    ]
    entries.sort(key=lambda entry: entry.date, reverse=True)
    found: dict[int, list[EventItem]] = {}
    for entry in entries:
        found.setdefault(entry.date.year, []).append(entry)
    return tuple(TimelineYear(year=year, events=tuple(group)) for year, group in found.items())


AHEAD = tuple(
    event(
        date(2031, 6, 1) + timedelta(days=43 * number),
        f"{TEXTS[number % 6].rstrip('.')}, as planned",
        KINDS[number % 6],
        key=number == 4,
        anchor=f"_event-ahead-{number}",
        ahead=True,
        card=PARTS[23 - number // 4],
    )
    for number in range(10)
)

LONG = replace(
    STORYLINE,
    url="storylines/long/",
    title="The winter floor",
    storyline=StorylineRef(
        key="long", title="The winter floor", url="storylines/long/", status="Developing"
    ),
    ahead=AHEAD[::-1],
    years=years(),
    parts=PARTS,
    events=150,
    calendar="storylines/long/calendar.ics",
)

STORY = Ref(title=LONG.title, url=LONG.url)
DATES = DatesView(
    template="dates.html",
    url="dates/",
    title="Dates ahead",
    description="Every dated event that The Oren Brief expects, the soonest first.",
    section="dates",
    trail=(TODAY,),
    groups=(
        DateGroup(
            month=date(2031, 6, 1),
            precision="month",
            events=(
                replace(AHEAD[0], story=STORY),
                event(date(2031, 6, 2), "The gauge committee meets", "Talks", card=CARDS[0]),
                event(date(2031, 6, 5), "The boats change to their summer hours"),
            ),
        ),
        DateGroup(
            month=date(2031, 9, 1),
            precision="month",
            events=(
                event(
                    date(2031, 9, 1), "Councils vote", "Ruling", precision="month", card=CARDS[5]
                ),
            ),
        ),
        DateGroup(
            month=date(2032, 1, 1),
            precision="year",
            events=(
                event(date(2032, 1, 1), "First dry-month plan", precision="year", story=STORY),
            ),
        ),
    ),
    passed=(
        event(date(2031, 5, 12), "The board publishes its plan", "Data", overdue=True, story=STORY),
    ),
    calendar="dates/calendar.ics",
)
EMPTY_DATES = replace(DATES, groups=(), passed=(), calendar="")
