"""The specimens in a real Chromium: axe, narrow windows, print, forced colours, both directions."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ..browser.measuring import SPACING, overflow, plain_links, small_targets
from ..browser.visiting import MakePage
from .render import output
from .specimen import specimens

pytestmark = pytest.mark.browser
ADDRESSES = {specimen.name: output(specimen) for specimen in specimens()}
RICH = (
    *("front", "briefing", "briefing-everything", "topic", "topics", "changes", "dates"),
    *("storyline", "storyline-long", "storyline-young"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_specimen(rendered: str, visit: MakePage, scheme: str) -> None:
    found = {}
    reader = visit(rendered, width={"light": 1440, "dark": 390}[scheme], scheme=scheme)
    for name, address in ADDRESSES.items():
        reader.open(address)
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        results = Axe().run(reader.page)
        if results.violations_count:
            found[name] = results.generate_report()
    assert reader.errors == []
    assert found == {}


def test_nothing_sticks_out_at_320_with_more_space(rendered: str, visit: MakePage) -> None:
    reader = visit(rendered, width=320, bypass_csp=True)
    found = {}
    for name, address in ADDRESSES.items():
        reader.open(address)
        found[name] = overflow(reader.page)
        reader.page.add_style_tag(content=SPACING)
        found[f"{name}, spaced"] = overflow(reader.page)
    assert {name: out for name, out in found.items() if out} == {}


@pytest.mark.parametrize("width", [1440, 1024, 768, 390])
def test_a_page_that_runs_from_right_to_left_has_no_overflow(
    rendered: str, visit: MakePage, width: int
) -> None:
    reader = visit(rendered, width=width)
    for name in (*RICH, "briefing-foreign"):
        reader.open(ADDRESSES[name])
        reader.page.evaluate("document.documentElement.dir = 'rtl'")
        scrolls = reader.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert scrolls == 0, name


def shown(page: Page, selector: str) -> int:
    return int(
        page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.getClientRects().length).length",
            selector,
        )
    )


def test_each_width_has_its_own_way_through_a_briefing(rendered: str, visit: MakePage) -> None:
    """Contents beside the text, or folded above it; the story beside it, or a strip above."""
    expected = {1440: (1, 0, 1, 0), 1024: (0, 1, 1, 0), 768: (0, 1, 1, 1), 390: (0, 1, 1, 1)}
    for width, counts in expected.items():
        reader = visit(rendered, width=width)
        reader.open(ADDRESSES["briefing"])
        parts = (".contents", ".contents-fold", ".story-rail", ".story-strip")
        assert tuple(shown(reader.page, part) for part in parts) == counts, width


def test_print_keeps_the_text_and_drops_the_tools(rendered: str, visit: MakePage) -> None:
    reader = visit(rendered, scheme="dark")
    reader.open(ADDRESSES["briefing"])
    page = reader.page
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".masthead__name", ".summary-box", ".sources", ".log", ".byline"):
        assert shown(page, part), part
    for part in (".section-bar", ".story-rail", ".contents", "button", ".cards", ".chip"):
        assert not shown(page, part), part
    background, ink = page.evaluate(
        "(s => [s.backgroundColor, s.color])(getComputedStyle(document.documentElement))"
    )
    assert background == "rgb(255, 255, 255)"
    assert ink == "rgb(19, 32, 27)"
    address = page.evaluate(
        "getComputedStyle(document.querySelector('.sources a[href^=http]'), '::after').content"
    )
    assert "https://secretariat.example/draft" in address


def test_a_filter_needs_no_script(rendered: str, visit: MakePage) -> None:
    reader = visit(rendered, java_script_enabled=False)
    for name, row, kept in (
        ("storyline", ".event", ".event--key"),
        ("storyline-long", ".event", ".event--key"),
        ("changes", ".log li", ".log__correction"),
    ):
        reader.open(ADDRESSES[name])
        everything, some = shown(reader.page, row), shown(reader.page, kept)
        assert everything > some > 0
        reader.page.locator("input[type=radio]").nth(1).check()
        assert shown(reader.page, row) == some
        reader.page.emulate_media(media="print")
        assert shown(reader.page, row) == everything, "print leaves nothing out"
        reader.page.emulate_media(media="screen")


def test_a_short_timeline_has_no_tools_and_a_long_one_keeps_them_at_hand(
    rendered: str, visit: MakePage
) -> None:
    for width, kept in ((1440, True), (390, False)):
        reader = visit(rendered, width=width)
        reader.open(ADDRESSES["storyline-young"])
        assert shown(reader.page, ".event") == 3
        assert not shown(reader.page, ".jump, .filter")
        reader.open(ADDRESSES["storyline-long"])
        page = reader.page
        assert shown(page, ".event") > 150
        page.locator(".jump a", has_text="2028").click()
        bar, head = (
            page.locator(place).bounding_box() for place in (".timeline__bar", "#_year-2028")
        )
        assert bar
        assert head
        assert (bar["y"] == 0) is kept
        # The year stands in sight, below the bar where that is kept.
        assert head["y"] >= (bar["y"] + bar["height"] if kept else 0)
        assert head["y"] < 200


def test_a_day_is_written_once_and_again_where_the_filter_took_the_first(
    rendered: str, visit: MakePage
) -> None:
    reader = visit(rendered, java_script_enabled=False)
    reader.open(ADDRESSES["storyline-long"])
    narrow = """() => [...document.querySelectorAll('.event--same')]
      .filter(e => e.checkVisibility())
      .map(e => e.querySelector('time')?.getBoundingClientRect().width > 1)"""
    assert set(reader.page.evaluate(narrow)) == {False}
    reader.page.get_by_label("Turning points").check()
    assert set(reader.page.evaluate(narrow)) == {True}


def test_in_forced_colours_boxes_have_borders_and_marks_are_seen(
    rendered: str, visit: MakePage
) -> None:
    reader = visit(rendered, forced_colors="active")
    reader.open(ADDRESSES["briefing"])
    page = reader.page
    assert page.evaluate("getComputedStyle(document.querySelector('.box')).borderTopWidth") != "0px"
    # A border that is transparent elsewhere must not appear and fake a current section.
    plain, canvas = page.evaluate(
        """() => [getComputedStyle(document.querySelector('.section-bar a:not([aria-current])'))
            .borderBottomColor, getComputedStyle(document.documentElement).backgroundColor]"""
    )
    assert plain == canvas


def test_prose_links_are_underlined(rendered: str, visit: MakePage) -> None:
    reader = visit(rendered)
    for name in ("briefing", "briefing-everything", "plain"):
        reader.open(ADDRESSES[name])
        assert plain_links(reader.page) == [], name


def test_targets_are_large_enough(rendered: str, visit: MakePage) -> None:
    for width in (1440, 390):
        reader = visit(rendered, width=width)
        for name in RICH:
            reader.open(ADDRESSES[name])
            assert small_targets(reader.page) == [], f"{name} at {width}"
