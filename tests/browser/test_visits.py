"""What is new since the last visit: told by the reader's own browser, which alone keeps when."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from ..making import Site
from .conftest import Served, build, crawl
from .serving import served
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser

KEY = "briefings-visits"
SITE = """\
-- briefings/storylines.yml --
toll:
  title: The toll
  now:
    text: It has begun.
    checked: 2026-05-25
  events:
    - date: 2026-04-02
      text: The council votes.
    - date: 2026-05-21
      text: The toll begins.
    - date: 2026-08-01
      text: The council looks again.
-- briefings/old.md --
---
title: Old
author: ada-example
date: 2026-03-01
topics: [tolls, ports, boats]
storyline: toll
summary: Before all.
events:
  - date: 2026-07-01
    text: The quay opens.
---
Text.
-- briefings/mended.md --
---
title: Mended
author: ada-example
date: 2026-03-02
updated: 2026-05-20
topics: [tolls]
summary: Mended since.
---
Text.
-- briefings/new.md --
---
title: New one
author: ada-example
date: 2026-05-20
topics: [tolls]
storyline: toll
summary: After all.
events:
  - date: 2026-02-01
    text: What only the new one tells.
  - date: 2026-09-01
    text: What it expects.
---
Text.
"""


@pytest.fixture(scope="module")
def toll(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Site(tmp_path_factory.mktemp("visits"))
    site.content.mkdir()
    site.write(SITE)
    config = site.configure({}, {})
    build(site.output, config)
    with served(site.output) as origin:
        yield crawl(site.output, origin, config)


def kept(page: Page) -> str | None:
    found: str | None = page.evaluate(f"localStorage.getItem('{KEY}')")
    return found


def marked(page: Page) -> list[str]:
    """The entries that bear the tag, by their headline, or text where they have none."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main .tag--new')].map(tag => {
             const entry = tag.closest('li, article, section');
             return (entry.querySelector('h2, h3, h4')
               || entry.querySelector('.event__head').nextSibling).textContent.trim();
           })"""
    )
    return found


def said(page: Page) -> str:
    status = page.get_by_role("status")
    return status.inner_text() if status.count() else ""


def at(reader: Watched, moment: str, address: str) -> Page:
    reader.page.clock.set_fixed_time(moment)
    reader.open(address)
    return reader.page


STORY = "storylines/toll/"


def test_the_first_visit_shows_nothing_new(toll: Served, visit: MakePage) -> None:
    reader = visit(toll.origin)
    for address in ("", STORY, "topics/tolls/"):
        page = at(reader, "2026-05-12T10:00:00Z", address)
        assert (said(page), marked(page)) == ("", []), address
    assert re.fullmatch(r"0 \d{13}", kept(reader.page) or "")


def test_the_next_visit_shows_what_came_and_goes_on_showing_it(
    toll: Served, visit: MakePage
) -> None:
    reader = visit(toll.origin)
    at(reader, "2026-05-12T10:00:00Z", "")
    page = at(reader, "2026-06-01T09:00:00Z", STORY)
    fresh = ["What it expects.", "The toll begins.", "New one", "What only the new one tells."]
    assert marked(page) == fresh
    assert said(page) == "4 new since 12 May 2026"
    # Within the visit nothing changes, on whatever page the time goes by.
    for time, address in (("09:20", ""), ("09:45", "briefings/2026/old/"), ("10:05", STORY)):
        page = at(reader, f"2026-06-01T{time}:00Z", address)
    assert marked(page) == fresh
    page = at(reader, "2026-06-01T10:06:00Z", "topics/tolls/")
    assert marked(page) == ["New one", "Mended"], "what changed counts on lists"
    page = at(reader, "2026-06-01T10:07:00Z", "")
    assert marked(page) == ["New one", "Mended"]
    assert said(page) == "2 new since 12 May 2026"
    assert reader.errors == []


def test_half_an_hour_without_a_page_ends_a_visit(toll: Served, visit: MakePage) -> None:
    reader = visit(toll.origin)
    at(reader, "2026-05-12T10:00:00Z", "")
    assert marked(at(reader, "2026-06-01T09:00:00Z", STORY))
    page = at(reader, "2026-06-01T09:31:00Z", STORY)
    assert (marked(page), said(page)) == ([], "")


@pytest.mark.parametrize(
    ("zone", "last", "count"),
    [
        pytest.param("UTC", "2026-05-20T23:59:00Z", 4, id="the day of the visit counts"),
        pytest.param("UTC", "2026-05-21T00:01:00Z", 1, id="the day after it"),
        pytest.param("Pacific/Auckland", "2026-05-20T23:59:00Z", 1, id="a reader ahead"),
        pytest.param("America/Lima", "2026-05-21T04:00:00Z", 4, id="a reader behind"),
        pytest.param("UTC", "2026-05-22T00:01:00Z", 0, id="after all"),
    ],
)
def test_days_are_those_of_the_reader(
    toll: Served, visit: MakePage, zone: str, last: str, count: int
) -> None:
    reader = visit(toll.origin, timezone_id=zone)
    at(reader, last, "")
    page = at(reader, "2026-06-01T09:00:00Z", STORY)
    assert len(marked(page)) == count


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("", id="empty"),
        pytest.param("nonsense", id="no numbers"),
        pytest.param("1 x", id="half a record"),
        pytest.param("0 9999999999999", id="a clock that went back"),
        pytest.param("9999999999999 1780304390000", id="a visit to come"),
        pytest.param("-5 1780304390000", id="before all time"),
        pytest.param("<b>1</b> <img src=x onerror=alert(1)>", id="markup"),
    ],
)
def test_a_record_that_makes_no_sense_is_begun_anew(
    toll: Served, visit: MakePage, record: str
) -> None:
    reader = visit(toll.origin)
    at(reader, "2026-06-01T08:59:00Z", "")
    reader.page.evaluate("([k, v]) => localStorage.setItem(k, v)", [KEY, record])
    page = at(reader, "2026-06-01T09:00:00Z", STORY)
    assert (marked(page), said(page)) == ([], "")
    assert re.fullmatch(r"0 1780304400000", kept(page) or "")
    assert reader.errors == []


def test_where_storage_is_forbidden_nothing_is_shown(toll: Served, visit: MakePage) -> None:
    reader = visit(toll.origin)
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    for moment in ("2026-05-12T10:00:00Z", "2026-06-01T09:00:00Z"):
        page = at(reader, moment, STORY)
        assert (marked(page), said(page)) == ([], "")
    assert reader.errors == []


def test_without_scripts_nothing_is_shown(toll: Served, visit: MakePage) -> None:
    reader = visit(toll.origin, java_script_enabled=False)
    reader.open(STORY)
    assert reader.page.locator(".tag--new:visible").count() == 0
    assert reader.page.get_by_role("status").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_kept_is_two_moments_and_nothing_moves(
    own: Served, visit: MakePage, width: int
) -> None:
    """On our own site: no request, no more than one small record, no shift of what is shown."""
    reader = visit(own.origin, width=width)
    story = own.richest("storyline")
    at(reader, "2026-01-12T10:00:00Z", "")
    reader.page.add_init_script(
        """window.shift = 0;
           new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value; })
             .observe({type: 'layout-shift', buffered: true});"""
    )
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    for address in ("", story, own.richest("topic")):
        page = at(reader, "2026-06-01T09:00:00Z", address)
        page.wait_for_timeout(200)
        assert marked(page), address
        assert said(page).endswith("new since 12 January 2026")
        assert page.evaluate("shift") < 0.02, address
    assert all(entry.startswith(f"GET {own.origin}/") for entry in asked)
    stored = reader.page.evaluate("JSON.stringify(localStorage)")
    assert re.fullmatch(rf'\{{"{KEY}":"\d{{13}} \d{{13}}"\}}', stored)
    assert reader.page.evaluate("document.cookie") == ""
    assert reader.errors == []


def test_the_footer_says_what_is_kept(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open("")
    footer = reader.page.get_by_role("contentinfo").inner_text()
    assert "When you were last here is kept in your browser only." in footer
