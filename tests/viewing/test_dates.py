"""Dates: what is ahead, what was due, what a timeline can have said when, what calendars hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Body, Event, Source, last_day
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.catalog.pages import FrontPage
from mkdocs_briefings.catalog.registries import Now, Storyline
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.dates import CalendarEntry, calendars, dates_view, site_events
from mkdocs_briefings.viewing.front import front_view
from mkdocs_briefings.viewing.parts import EventItem
from mkdocs_briefings.viewing.shelf import Shelf, Site
from mkdocs_briefings.viewing.storylines import storyline_views

from ..linking.catalogs import briefing, catalog

TODAY = date(2026, 6, 1)


def shelf(held: Catalog, *, today: date = TODAY, feeds: bool = True) -> Shelf:
    graph, _ = connect(held, related=0)
    return Shelf(
        Site(
            catalog=held,
            graph=graph,
            settings=Settings(),
            addresses=Addresses(),
            name="Specimen",
            today=today,
            feeds=feeds,
        )
    )


def event(day: date, text: str = "Review", **more: Any) -> Event:
    return Event(date=day, text=text, **more)


def story(*events: Event, key: str = "rates", **more: Any) -> Storyline:
    return Storyline(key=key, title=key.title(), events=events, **more)


def site(*briefings: Any, stories: tuple[Storyline, ...] = (), **more: Any) -> Catalog:
    held = catalog(*briefings, **more)
    return replace(held, storylines={**held.storylines, **{one.key: one for one in stories}})


def entries(held: Catalog, place: str = "dates/", **more: Any) -> dict[str, CalendarEntry]:
    """Entries of one calendar by text."""
    found = dict(calendars(shelf(held, **more))).get(f"{place}calendar.ics", ())
    return {entry.event.text: entry for entry in found}


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        pytest.param(date(2026, 7, 1), "day", date(2026, 7, 1), id="a day is itself"),
        pytest.param(date(2028, 2, 1), "month", date(2028, 2, 29), id="a month has its own length"),
        pytest.param(date(2026, 12, 1), "month", date(2026, 12, 31), id="the last month"),
        pytest.param(date(2026, 1, 1), "year", date(2026, 12, 31), id="a year"),
    ],
)
def test_the_last_day_that_may_be_meant(day: date, precision: str, last: date) -> None:
    assert last_day(day, precision) == last


@pytest.mark.parametrize(
    ("day", "precision", "told", "today", "expected"),
    [
        pytest.param(date(2026, 7, 1), "day", 30, date(2026, 6, 30), "ahead", id="to come"),
        pytest.param(date(2026, 7, 1), "day", 30, date(2026, 7, 1), "ahead", id="on its day"),
        pytest.param(date(2026, 7, 1), "day", 30, date(2026, 7, 2), "overdue", id="the day after"),
        pytest.param(date(2026, 1, 9), "day", 30, TODAY, "past", id="told afterwards"),
        pytest.param(date(2026, 7, 1), "month", 30, date(2026, 7, 20), "ahead", id="in its month"),
        pytest.param(date(2026, 7, 1), "month", 30, date(2026, 7, 31), "ahead", id="its last day"),
        pytest.param(date(2026, 7, 1), "month", 30, date(2026, 8, 1), "overdue", id="month over"),
        pytest.param(date(2026, 1, 1), "month", 20, date(2026, 1, 25), "past", id="told within it"),
        pytest.param(date(2027, 1, 1), "year", 30, date(2027, 5, 5), "ahead", id="in its year"),
        pytest.param(date(2026, 1, 1), "year", 30, TODAY, "past", id="told in its year"),
    ],
)
def test_ahead_until_it_must_have_been(
    day: date, precision: str, told: int, today: date, expected: str
) -> None:
    plan = event(day, precision=precision)
    held = site(briefing("plan", day=told, storylines=("rates",), events=(plan,)))
    [found] = shelf(held, today=today).timeline("rates")
    state = "ahead" if found.ahead else "overdue" if found.overdue else "past"
    assert state == expected


def test_a_page_of_its_own_says_nothing_that_depends_on_the_clock() -> None:
    plan = event(date(2026, 7, 1))
    told = briefing("plan", day=30, events=(plan,))
    made = [
        shelf(site(told), today=today).event(plan, told, None, numbered=True)
        for today in (date(2026, 6, 1), date(2026, 9, 1))
    ]
    assert made[0] == made[1]
    assert not made[0].ahead


@pytest.mark.parametrize(
    ("day", "own", "told", "since"),
    [
        pytest.param(date(2026, 2, 1), True, (), date(2026, 2, 1), id="a list of its own"),
        pytest.param(date(2026, 2, 1), False, (50,), date(2026, 2, 19), id="told later"),
        pytest.param(date(2026, 2, 1), False, (50, 90), date(2026, 2, 19), id="told twice"),
        pytest.param(date(2026, 2, 1), True, (50,), date(2026, 2, 1), id="in both: not news"),
        pytest.param(date(2026, 7, 1), False, (50,), date(2026, 2, 19), id="ahead: as a plan"),
        pytest.param(date(2026, 7, 1), True, (), None, id="ahead in its own list: unknown"),
        pytest.param(date(2026, 3, 9), False, (50,), date(2026, 2, 19), id="due, not confirmed"),
    ],
)
def test_since_when_a_timeline_can_have_said_it(
    day: date, own: bool, told: tuple[int, ...], since: date | None
) -> None:
    one = event(day)
    held = site(
        *(briefing(f"b{n}", day=n, storylines=("rates",), events=(one,)) for n in told),
        stories=(story(*([one] if own else [])),),
    )
    [found] = shelf(held).timeline("rates")
    assert found.since == since


def test_events_of_one_day_stay_in_the_order_written() -> None:
    day = date(2026, 3, 1)
    own = story(event(day, "Zinc first"), event(day, "A second"), event(day, "Much later"))
    told = briefing("b", day=60, storylines=("rates",), published=day)
    [_, view] = storyline_views(shelf(site(told, stories=(own,))))
    [year] = view.years  # type: ignore[attr-defined]
    assert [e.text for e in year.events] == ["", "Zinc first", "A second", "Much later"]


def test_an_event_of_a_storyline_names_the_briefing_that_tells_it() -> None:
    own = story(event(date(2026, 3, 1), briefing="told"), event(date(2026, 4, 1), briefing="gone"))
    first, second = shelf(site(briefing("told"), stories=(own,))).timeline("rates")
    assert first.card
    assert first.card.slug == "told"
    assert second.card is None


def test_anchors_differ_by_day_and_text_and_by_nothing_else() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 2))
    own = story(*(event(day, text) for day in days for text in ("A", "B")))
    found = shelf(site(stories=(own,))).timeline("rates")
    assert len({e.anchor for e in found}) == 4
    assert all(e.anchor.startswith("_event-202603") for e in found)
    other = shelf(site(stories=(story(event(days[0], "A", kind="talks"), key="x"),))).timeline("x")
    assert other[0].anchor == found[0].anchor


PLAN = event(date(2026, 7, 1), "Review", kind="review")


def test_the_site_has_each_event_once_with_its_briefing_and_its_storyline() -> None:
    told = briefing("told", day=3, storylines=("b",), events=(PLAN,))
    held = site(told, stories=(story(PLAN, key="a"), story(key="b")))
    # The registry's order, whatever the catalog was made from.
    held = replace(held, storylines={key: held.storylines[key] for key in ("a", "b")})
    [found] = site_events(shelf(held))
    assert found.card
    assert found.card.slug == "told"
    assert found.story
    assert found.story.url == f"storylines/a/#{found.anchor}"


def test_the_page_of_dates_groups_what_is_ahead_and_tells_what_was_due() -> None:
    plans = (
        event(date(2026, 8, 9), "Late"),
        event(date(2026, 7, 1), "Month", precision="month"),
        event(date(2026, 7, 15), "Day"),
        event(date(2027, 1, 1), "January"),
        event(date(2027, 1, 1), "Year", precision="year"),
        event(date(2026, 5, 20), "Due"),
        event(date(2026, 2, 1), "Forgotten"),
        event(date(2026, 1, 2), "Happened"),
    )
    alone = briefing("alone", day=10, events=plans)
    view = dates_view(shelf(site(alone)))
    assert [(g.month, g.precision, [e.text for e in g.events]) for g in view.groups] == [
        (date(2026, 7, 1), "month", ["Month", "Day"]),
        (date(2026, 8, 1), "month", ["Late"]),
        (date(2027, 1, 1), "year", ["Year"]),
        (date(2027, 1, 1), "month", ["January"]),
    ]
    assert [e.text for e in view.passed] == ["Due"]
    assert [e.story for g in view.groups for e in g.events] == [None] * 5
    assert view.calendar == "dates/calendar.ics"


def test_without_a_date_there_is_a_page_and_no_calendar() -> None:
    view = dates_view(shelf(site(briefing("calm"))))
    assert (view.groups, view.passed, view.calendar) == ((), (), "")
    assert not dict(calendars(shelf(site(briefing("calm")))))


def test_a_site_without_an_address_has_no_calendars() -> None:
    held = site(briefing("plan", storylines=("rates",), events=(PLAN,)))
    assert dates_view(shelf(held, feeds=False)).calendar == ""
    assert not dict(calendars(shelf(held, feeds=False)))


def test_the_front_page_shows_the_soonest_dates() -> None:
    plans = tuple(event(date(2026, 7, n), f"Plan {n}") for n in range(20, 1, -1))
    front = front_view(shelf(site(briefing("plan", events=plans))))
    assert [e.text for e in front.ahead] == [f"Plan {n}" for n in range(2, 7)]


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


@pytest.mark.parametrize(
    ("events", "kept"),
    [
        pytest.param([event(days(364), "In")], ["In"], id="within a year"),
        pytest.param([event(days(365), "Out"), event(days(9), "In")], ["In"], id="over a year ago"),
        pytest.param([event(days(900), "A"), event(days(800), "B")], ["B"], id="never empty"),
        pytest.param([event(days(-900), "Far"), event(days(500), "Out")], ["Far"], id="far ahead"),
        pytest.param(
            [event(date(2027, 1, 1), "Year", precision="year"), event(days(1), "Day")],
            ["Day"],
            id="a year is no date",
        ),
        pytest.param(
            [event(date(2025, 6, 1), "Month", precision="month")],
            ["Month"],
            id="a month counts to its end",
        ),
    ],
)
def test_what_a_calendar_keeps(events: list[Event], kept: list[str]) -> None:
    held = site(stories=(story(*sorted(events, key=lambda e: e.date)),))
    assert list(entries(held)) == kept
    assert list(entries(held, "storylines/rates/")) == kept


def test_a_month_spans_its_days() -> None:
    month = event(date(2026, 9, 1), "Vote", precision="month")
    entry = entries(site(stories=(story(month),)))["Vote"]
    assert (entry.event.date, entry.last) == (date(2026, 9, 1), date(2026, 9, 30))


def test_what_is_held_back_is_in_no_calendar() -> None:
    held = site(
        briefing("draft", storylines=("rates",), events=(PLAN,), draft=True),
        briefing("shown", day=2, storylines=("rates",), events=(event(days(3), "Told"),)),
        held=frozenset({"draft"}),
    )
    assert [e.text for e in shelf(held).timeline("rates")] == ["Told", "Review"], "a preview has it"
    assert list(entries(held)) == ["Told"]


TOLD = briefing("told", day=3, storylines=("rates",), events=(PLAN,))
OTHER = briefing("later", day=9, storylines=("rates",), events=(PLAN,))
AGAIN = event(PLAN.date, "Another of the same day")


def moved(*events: Event) -> Catalog:
    return site(replace(TOLD, events=events))


@pytest.mark.parametrize(
    ("after", "same"),
    [
        pytest.param(moved(replace(PLAN, text="A review")), True, id="new words"),
        pytest.param(moved(replace(PLAN, kind="deadline", key=True)), True, id="another kind"),
        pytest.param(moved(replace(PLAN, source=1)), True, id="a source"),
        pytest.param(moved(PLAN, AGAIN), True, id="another one after it"),
        pytest.param(moved(event(days(5)), PLAN), True, id="another day before it"),
        pytest.param(site(TOLD, OTHER), True, id="told again later"),
        pytest.param(site(replace(TOLD, title="New")), True, id="the briefing's title"),
        pytest.param(moved(replace(PLAN, date=date(2026, 7, 2))), False, id="another day"),
        pytest.param(site(replace(TOLD, slug="new")), False, id="another address"),
    ],
)
def test_the_identity_of_an_event(after: Catalog, same: bool) -> None:
    [before] = entries(site(TOLD)).values()
    found = [entry for entry in entries(after).values() if entry.event.date >= PLAN.date]
    assert (found[0].identity == before.identity) is same
    assert len({entry.identity for entry in found}) == len(found)


def test_an_event_has_one_identity_in_all_calendars() -> None:
    held = site(TOLD, stories=(story(key="rates"), story(PLAN, key="ports")))
    places = ("dates/", "storylines/rates/", "storylines/ports/")
    identities = {entries(held, place)["Review"].identity for place in places}
    assert identities == {"2026-07-01-1-storyline-ports"}


def test_an_entry_was_revised_when_its_briefing_was_or_its_list_was_checked() -> None:
    checked = story(PLAN, key="x", now=Now(text="So.", checked=date(2026, 5, 5)))
    assert entries(site(stories=(checked,)))["Review"].revised == date(2026, 5, 5)
    updated = replace(TOLD, updated=date(2026, 4, 4))
    assert entries(site(updated))["Review"].revised == date(2026, 4, 4)
    assert entries(site(stories=(story(PLAN, key="x"),)))["Review"].revised == PLAN.date


def test_an_editor_picks_a_chart_for_the_front_page() -> None:
    chart = Chart(
        title="Rates fell",
        bars=(Bar(label="a", value=Decimal(1), shown="1"),),
        source=2,
        first=0,
        last=3,
    )
    sources = (Source(title="One"), Source(title="Two", publisher="The bank"))
    drawn = briefing("drawn", sources=sources)
    drawn = replace(drawn, body=Body(markdown="", charts=(chart, replace(chart, title="Second"))))
    held = site(drawn, front=FrontPage(chart="drawn"))
    found = front_view(shelf(held)).chart
    assert found
    assert (found.chart, found.source, found.card.slug) == (chart, "The bank", "drawn")
    assert front_view(shelf(site(drawn))).chart is None


def test_a_timeline_is_made_once() -> None:
    made = shelf(site(TOLD))
    assert made.timeline("rates") is made.timeline("rates")
    assert site_events(made) is site_events(made)
    assert all(isinstance(e, EventItem) for e in made.timeline("rates"))
