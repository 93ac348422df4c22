"""The page fits the reader: narrow windows, raised spacing, forced colours, less motion, either
direction, no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from .conftest import KINDS
from .measuring import SPACING, box, clipped, main_lines, moving, overflow
from .visiting import WIDTHS, MakePage, Watched, visits

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]


@pytest.fixture(scope="module", params=KINDS)
def kept(
    request: pytest.FixtureRequest, place: Place, browser: Browser
) -> Iterator[tuple[Watched, str]]:
    """A page of each type and its address; one window serves all tests of a type."""
    origin, address = place(request.param)
    with visits(browser) as make:
        yield make(origin, bypass_csp=True), address


@pytest.fixture
def reader(kept: tuple[Watched, str]) -> Watched:
    """The page as it opens on a wide screen, whatever an earlier test did to it."""
    reader, address = kept
    reader.page.set_viewport_size({"width": 1440, "height": 900})
    reader.page.emulate_media(forced_colors="none", reduced_motion="reduce")
    reader.open(address)
    return reader


def test_nothing_is_cut_off_at_320_with_more_space(reader: Watched) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 900})
    reader.unfold()
    assert overflow(reader.page) == []
    assert clipped(reader.page) == []
    reader.page.add_style_tag(content=SPACING)
    assert overflow(reader.page) == [], "with text spacing raised"
    assert clipped(reader.page) == [], "with text spacing raised"


def test_a_wide_thing_and_a_cut_text_would_be_found(place: Place, visit: MakePage) -> None:
    origin, address = place("briefing")
    reader = visit(origin, width=320, bypass_csp=True)
    reader.open(address)
    reader.page.add_style_tag(content=".dek { max-block-size: 1rem; overflow: hidden; }")
    assert len(clipped(reader.page)) == 1
    reader.page.evaluate("document.querySelector('main').append('x'.repeat(2000))")
    assert overflow(reader.page) != []


def test_turned_round_the_page_fits_and_its_columns_change_sides(reader: Watched) -> None:
    page = reader.page
    before = sides(page)
    # On a page in another language, parts of the frame have a direction of their own.
    page.evaluate(
        """() => { for (const e of document.querySelectorAll('[dir]'))
             e.dir = e.dir === 'rtl' ? 'ltr' : 'rtl'; }"""
    )
    after = sides(page)
    assert before, "nothing stands on a side"
    assert after == {
        part: {"left": "right", "right": "left"}[side] for part, side in before.items()
    }
    for width in (*WIDTHS, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == [], f"at {width}"


SIDES = (
    ".masthead__tools",
    ".section-bar li:first-child",
    ".breadcrumb li:first-child",
    ".briefing__side",
    ".story-rail",
    ".split__side",
    ".five",
    ".river__day",
)
"""Parts that stand on one side of a wide page."""


def sides(page: Page) -> dict[str, str]:
    """On which side of the window's middle the centre of each part is."""
    found = {}
    for part in SIDES:
        if page.evaluate("s => !!document.querySelector(s)?.checkVisibility()", part):
            at = box(page, part)
            # A bar in the middle of the front page is on no side.
            middle = (at["left"] + at["right"]) / 2 - page.evaluate("innerWidth") / 2
            if abs(middle) > 100:
                found[part] = "right" if middle > 0 else "left"
    return found


def test_who_wants_less_motion_gets_none(reader: Watched) -> None:
    assert moving(reader.page) == []


def test_without_that_wish_pages_scroll_smoothly(place: Place, visit: MakePage) -> None:
    """The self-check: the motion that is there is found."""
    origin, address = place("briefing")
    reader = visit(origin, reduced_motion="no-preference")
    reader.open(address)
    assert moving(reader.page) == ["HTML."]


CURRENT = """() => [...document.querySelectorAll('[aria-current]')]
  .filter(e => e.checkVisibility())
  .flatMap(e => [...(e.closest('nav, ol, ul') || document.body).querySelectorAll(e.tagName)]
    .filter(peer => !peer.hasAttribute('aria-current') && peer.checkVisibility())
    .map(peer => [peer, getComputedStyle(e), getComputedStyle(peer)]))
  .filter(([peer, mine, its]) => ['borderBottom', 'borderLeft', 'borderRight'].some(side =>
    parseFloat(its[side + 'Width']) > 0 && its[side + 'Style'] !== 'none'
    && its[side + 'Color'] === mine[side + 'Color']
    && its[side + 'Color'] !== getComputedStyle(document.documentElement).backgroundColor))
  .map(([peer]) => peer.textContent.trim())"""
"""Links that look as current as the current one, by their borders."""


def test_in_forced_colours_only_the_current_looks_current(reader: Watched) -> None:
    reader.page.emulate_media(forced_colors="active")
    assert reader.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert reader.page.evaluate(CURRENT) == []
    bare = reader.page.evaluate(
        """() => [...document.querySelectorAll(
            '.box, .banner, .tag, .pill, .invite__box, .problems')]
          .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) === 0)
          .map(e => e.className)"""
    )
    assert bare == [], "boxes that are told by their colour alone"


def test_without_scripts_the_page_has_all_that_it_has_with_them(
    kept: tuple[Watched, str], reader: Watched, visit: MakePage
) -> None:
    links = "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
    without = visit(reader.origin, java_script_enabled=False)
    without.open(kept[1])
    page = without.page
    found = page.evaluate(links)
    assert len(found) > 5
    assert set(reader.page.evaluate(links)) <= set(found)
    # Tools that need scripts are shown with them alone.
    reader.page.evaluate("document.querySelectorAll('.needs-script').forEach(e => e.remove())")
    if without.page.locator("form[data-search]").count() == 0:  # Search is the one exception.
        assert main_lines(reader.page) == main_lines(page)
    buttons = page.locator("button:visible").all()
    assert [b.text_content() for b in buttons if not b.evaluate("b => !!b.form")] == [], "dead"
    assert page.locator("h1").count() == 1
    # What is folded away opens, and filters filter.
    for fold in page.locator("summary:visible").all():
        fold.click()
        assert fold.evaluate("s => s.parentElement.open")
    for choice in page.locator(".filter input:visible").all()[1:2]:
        rows = page.locator(".filterable :is(.event, .log li):visible").count()
        choice.check()
        assert 0 < page.locator(".filterable :is(.event, .log li):visible").count() < rows
    assert without.errors == []
