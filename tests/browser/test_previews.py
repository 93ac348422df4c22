"""Previews of links: hover, focus, Escape, touch, what is fetched, and where they stand."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from ..making import Site
from .conftest import Served, build
from .serving import served
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser

WAIT = 250
"""Milliseconds for which the pointer rests before a preview opens or closes."""

SITE = """\
-- briefings/glossary.yml --
toll:
  term: Toll
  definition: What a boat pays.
-- briefings/2026/rise.md --
---
title: The rise
author: Ada Example
date: 2026-03-01
topics: [Harbours]
summary: What rises, and by how much.
sources:
  - title: The toll table
    publisher: Harbour office
    date: 2026-02-01
    url: https://harbour.example/table
    kind: official
  - title: 港口费用表
    publisher: Harbour office
    lang: zh
---
The toll rises.[^1] A table says so.[^2] It is small.[^a] See [[fall]], [[fall#why-now]],
[[fall#empty]], [[topics/harbours]], [a picture](pier.png) and [the office](https://harbour.example/).

[^a]: A boat of six metres pays *one* crown.

## Why now

Here it is told.
-- briefings/2026/fall.md --
---
title: The fall & <b>after</b>
author: Ada Example
date: 2026-02-01
topics: [Harbours]
summary: What falls.
---
It fell. Compare [[rise]].

## Why now

Because boats became smaller, and the harbour deeper.

## Empty

| a | b |
|---|---|
| 1 | 2 |

## Later

Text of another section.
-- briefings/2026/arabic.md --
---
title: موجز
author: Ada Example
date: 2026-03-05
topics: [Harbours]
summary: ملخص قصير.
lang: ar
sources:
  - title: وثيقة
    publisher: Harbour office
---
يقع المشروع في تسع صفحات.[^1] انظر [[rise]].
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
RISE, FALL = "briefings/2026/rise/", "briefings/2026/fall/"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("previews"))
    site.content.mkdir()
    site.write(SITE)
    (site.content / "2026" / "pier.png").write_bytes(PIXEL)
    build(site.output, site.configure({}, {}))
    with served(site.output) as found:
        yield found


def preview(page: Page) -> Locator:
    return page.locator(".preview:popover-open")


def rest(page: Page, link: Locator) -> None:
    """Let the pointer rest on a link as long as it takes, and a little more."""
    link.hover()
    page.wait_for_timeout(WAIT + 200)


def opened(page: Page, selector: str) -> str:
    """Hover, and give the text of the preview."""
    page.locator(selector).first.hover()
    preview(page).wait_for(timeout=5000)
    return preview(page).inner_text()


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        pytest.param(".cite-ref", ["The toll table", "Harbour office, 1 February 2026 · Official"],
                     id="a source"),
        pytest.param(".cite-ref >> nth=1", ["港口费用表", "(in Chinese) · Harbour office"],
                     id="a source in another language"),
        pytest.param("sup a[href^='#_note']", ["A boat of six metres pays one crown."],
                     id="a note"),
        pytest.param("a[href$='fall/']",
                     ["The fall & <b>after</b>", "What falls.",
                      "Published 1 February 2026 · 1 min read"], id="a briefing"),
        pytest.param("a[href$='#why-now']",
                     ["Why now", "Because boats became smaller, and the harbour deeper.",
                      "The fall & <b>after</b>"], id="a section"),
        pytest.param("a[href$='#empty']", ["Empty", "The fall & <b>after</b>"],
                     id="a section without a paragraph"),
        pytest.param("a.term", ["Toll", "What a boat pays.", "Glossary"], id="a term"),
        pytest.param("a[href$='topics/harbours/'].internal",
                     ["Harbours", "Every briefing on Harbours. The rise. The fall & <b>after</b>"],
                     id="a topic"),
    ],
)  # fmt: skip
def test_a_preview_says_where_a_link_leads(
    origin: str, visit: MakePage, selector: str, expected: list[str]
) -> None:
    reader = visit(origin)
    reader.open(RISE)
    assert [line for line in opened(reader.page, selector).split("\n") if line] == expected
    assert reader.errors == []


@pytest.mark.parametrize(
    "selector",
    [
        pytest.param("a[href^='https://harbour']", id="out of the site"),
        pytest.param("a[href$='.png']", id="to a picture"),
        pytest.param("a[href^='#_noteref']", id="back to the text"),
    ],
)
def test_other_links_say_nothing_and_ask_for_nothing(
    origin: str, visit: MakePage, selector: str
) -> None:
    reader = visit(origin)
    reader.open(RISE, idle=True)
    asked = requests(reader)
    rest(reader.page, reader.page.locator(f".prose {selector}").first)
    assert preview(reader.page).count() == 0
    assert asked == []


def requests(reader: Watched) -> list[str]:
    """What the page asks for from now on."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    return asked


# WCAG 1.4.13 --------------------------------------------------------------------------------


def test_hover_opens_and_leaving_closes(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    page = reader.page
    opened(page, ".cite-ref")
    link = page.locator(".cite-ref").first
    assert link.get_attribute("aria-describedby") == "_preview"
    assert page.locator("#_preview").get_attribute("role") == "tooltip"
    page.mouse.move(2, 2)
    page.wait_for_timeout(WAIT + 200)
    assert preview(page).count() == 0
    assert link.get_attribute("aria-describedby") is None
    assert reader.errors == []


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("selector", [".cite-ref", "a.term"])
def test_the_pointer_may_enter_and_rest(
    own: Served, visit: MakePage, width: int, selector: str
) -> None:
    reader = visit(own.origin, width=width)
    reader.open(own.richest("briefing"))
    page = reader.page
    opened(page, f".prose {selector}")
    link = page.locator(f".prose {selector}").first.bounding_box()
    box = preview(page).bounding_box()
    assert link
    assert box
    # Slowly and straight, as a hand does, over whatever lies between.
    start = (link["x"] + link["width"] / 2, link["y"] + link["height"] / 2)
    end = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for step in range(1, 21):
        page.mouse.move(*(a + (b - a) * step / 20 for a, b in zip(start, end, strict=True)))
        page.wait_for_timeout(40)
    page.wait_for_timeout(2 * WAIT)
    assert preview(page).count() == 1
    assert page.locator(f".prose {selector}").first.get_attribute("aria-describedby")
    page.mouse.move(2, 2)
    page.wait_for_timeout(WAIT + 200)
    assert preview(page).count() == 0


def test_focus_opens_leaving_closes_and_the_focus_stays(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    page = reader.page
    link = page.locator(".prose .cite-ref").first
    before = page.evaluate(
        """() => { const stops = [...document.querySelectorAll('a[href], button, summary')];
             const at = stops.indexOf(document.querySelector('.prose .cite-ref'));
             stops.slice(0, at).findLast(e => e.checkVisibility()).focus(); }"""
    )
    assert before is None
    page.keyboard.press("Tab")
    preview(page).wait_for(timeout=5000)
    focused = "document.activeElement === document.querySelector('.prose .cite-ref')"
    assert page.evaluate(focused)
    # The pointer elsewhere does not take away what the focus holds.
    page.mouse.move(2, 2)
    page.mouse.move(20, 20)
    page.wait_for_timeout(2 * WAIT)
    assert preview(page).count() == 1
    page.keyboard.press("Escape")
    assert preview(page).count() == 0
    assert page.evaluate(focused), "Escape moved the focus"
    page.wait_for_timeout(2 * WAIT)
    assert preview(page).count() == 0, "it came back by itself"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    preview(page).wait_for(timeout=5000)
    page.keyboard.press("Tab")
    assert not page.evaluate(focused)
    assert link.get_attribute("aria-describedby") is None


def test_escape_closes_while_the_pointer_rests(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    page = reader.page
    opened(page, ".prose a.term")
    page.keyboard.press("Escape")
    assert preview(page).count() == 0
    page.wait_for_timeout(2 * WAIT)
    assert preview(page).count() == 0


def test_there_is_one_at_a_time_and_nothing_in_it_takes_the_focus(
    own: Served, visit: MakePage
) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    page = reader.page
    first = opened(page, ".prose .cite-ref")
    rest(page, page.locator(".prose a.term").first)
    page.wait_for_timeout(WAIT)
    assert preview(page).count() == 1
    assert preview(page).inner_text() != first
    assert page.locator("[aria-describedby=_preview]").count() == 1
    assert page.locator(".preview :is(a, button, [tabindex])").count() == 0


# Touch, network, script ---------------------------------------------------------------------


def test_a_tap_follows_the_link(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin, width=390, has_touch=True, is_mobile=True)
    reader.open(own.richest("briefing"))
    page = reader.page
    page.locator(".prose .cite-ref").first.tap()
    page.wait_for_timeout(WAIT + 200)
    assert "#_source-" in page.url
    assert preview(page).count() == 0
    page.locator(".prose a.term").first.tap()
    page.wait_for_url("**/glossary/#*")
    assert reader.errors == []


def test_a_page_is_asked_for_once_and_not_before_the_pointer_rests(
    origin: str, visit: MakePage
) -> None:
    reader = visit(origin)
    page = reader.page
    # A busy machine may take longer to pass than a reader does to rest.
    for _ in range(6):
        reader.open(RISE, idle=True)
        asked = requests(reader)
        started = time.monotonic()
        page.locator("a[href$='fall/']").first.hover()
        page.mouse.move(2, 2)
        passed = (time.monotonic() - started) * 1000 < WAIT / 2
        page.wait_for_timeout(2 * WAIT)
        if passed:
            break
    else:
        pytest.skip("this machine is too busy to pass over a link in time")
    assert asked == [], "asked for in passing"
    opened(page, "a[href$='fall/']")
    assert asked == [f"{origin}/{FALL}"], "one request, for the page itself"
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * WAIT)
    opened(page, "a[href$='fall/']")
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * WAIT)
    assert opened(page, "a[href$='#why-now']").startswith("Why now")
    assert asked == [f"{origin}/{FALL}"]
    # What stands on the page itself is not asked for at all.
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * WAIT)
    opened(page, ".cite-ref")
    assert len(asked) == 1


def test_whoever_saves_data_is_asked_for_none(origin: str, visit: MakePage) -> None:
    reader = visit(origin)
    reader.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    reader.open(RISE, idle=True)
    asked = requests(reader)
    rest(reader.page, reader.page.locator("a[href$='fall/']").first)
    assert (preview(reader.page).count(), asked) == (0, [])
    opened(reader.page, ".cite-ref")


def test_without_a_network_there_is_no_preview_and_a_second_try(
    origin: str, visit: MakePage
) -> None:
    reader = visit(origin)
    reader.open(RISE)
    page = reader.page
    page.route(f"**/{FALL}", lambda route: route.abort())
    rest(page, page.locator("a[href$='fall/']").first)
    page.wait_for_timeout(WAIT)
    assert preview(page).count() == 0
    assert not [error for error in reader.errors if error.startswith("script")]
    page.unroute(f"**/{FALL}")
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * WAIT)
    assert "What falls." in opened(page, "a[href$='fall/']")


def test_without_a_script_they_are_plain_links(origin: str, visit: MakePage) -> None:
    reader = visit(origin, java_script_enabled=False)
    reader.open(RISE)
    page = reader.page
    rest(page, page.locator("a.term").first)
    assert page.locator(".preview").count() == 0
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary/#toll")
    assert page.locator("h3#toll").inner_text() == "Toll"


# Where it stands ----------------------------------------------------------------------------

PLACE = """() => {
  const box = document.querySelector('.preview:popover-open').getBoundingClientRect();
  const link = document.querySelector('[aria-describedby=_preview]');
  const lines = [...link.getClientRects()];
  return {
    inside: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
    // The line that is read is the first of the link's: hovered in its middle, or in focus.
    covers: lines.some(r => box.left < r.right && box.right > r.left
                         && box.top < r.bottom && box.bottom > r.top) && lines.length === 1,
    scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    width: box.width, dir: getComputedStyle(document.querySelector('.preview')).direction,
    left: box.left, right: box.right,
  };
}"""
EVERY = ".prose :is(.cite-ref, a.term, a.internal)"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(
    ("width", "height"), [(320, 256), (390, 844), (768, 900), (1024, 768), (1440, 900)]
)
def test_it_stays_inside_the_window_and_off_its_line(
    own: Served, visit: MakePage, width: int, height: int, direction: str
) -> None:
    """320 by 256 is a window of 1,280 by 1,024 at 400 percent."""
    reader = visit(own.origin, width=width)
    page = reader.page
    page.set_viewport_size({"width": width, "height": height})
    reader.open(own.richest("briefing"))
    page.evaluate("dir => document.documentElement.dir = dir", direction)
    links = page.locator(EVERY)
    count = links.count()
    assert count > 8
    for number in range(0, count, max(1, count // 8)):
        page.mouse.move(1, 1)
        page.wait_for_timeout(WAIT + 60)
        # At the top of the window, in its middle and at its foot.
        page.evaluate(
            "([link, part]) => scrollBy({behavior: 'instant', top:"
            " link.getBoundingClientRect().top - innerHeight * part})",
            [links.nth(number).element_handle(), (0.05, 0.5, 0.85)[number % 3]],
        )
        links.nth(number).hover(force=True)
        preview(page).wait_for(timeout=5000)
        place = page.evaluate(PLACE)
        what = f"{links.nth(number).inner_text()}: {place}"
        assert place["inside"], what
        assert not place["covers"], what
        assert not place["scrolls"], what
    assert reader.errors == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_source_stands_beside_the_text_where_there_is_room(
    own: Served, visit: MakePage, direction: str
) -> None:
    for width, beside in ((1440, True), (1024, True), (960, False), (390, False)):
        reader = visit(own.origin, width=width)
        reader.open(own.richest("briefing"))
        page = reader.page
        page.evaluate("dir => document.documentElement.dir = dir", direction)
        opened(page, ".prose .cite-ref")
        place = page.evaluate(PLACE)
        text = page.evaluate(
            "() => { const r = document.querySelector('.prose').getBoundingClientRect();"
            " return [r.left, r.right]; }"
        )
        away = place["left"] >= text[1] if direction == "ltr" else place["right"] <= text[0]
        assert away is beside, f"{width} px: {place}, text {text}"


def test_a_page_in_another_direction_says_so_in_its_preview(origin: str, visit: MakePage) -> None:
    reader = visit(origin)
    reader.open("briefings/2026/arabic/")
    page = reader.page
    opened(page, ".prose .cite-ref")
    assert page.evaluate(PLACE)["dir"] == "rtl"
    assert page.evaluate("document.querySelector('.preview b').lang") == "ar"
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * WAIT)
    # The target is in the site's language, and so is what is said of it.
    assert opened(page, ".prose a.internal").startswith("The rise")
    assert page.evaluate(PLACE)["dir"] == "ltr"
    assert page.evaluate("document.querySelector('.preview b').lang") == "en"


def test_it_goes_with_its_link_when_the_page_scrolls(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    page = reader.page
    opened(page, ".prose .cite-ref")
    gap = "document.querySelector('.preview').getBoundingClientRect().top" \
          " - document.querySelector('.prose .cite-ref').getBoundingClientRect().top"  # fmt: skip
    before = page.evaluate(gap)
    page.evaluate("scrollBy({top: 40, behavior: 'instant'})")
    page.wait_for_timeout(100)
    assert page.evaluate(gap) == pytest.approx(before, abs=2)
    page.evaluate("scrollBy({top: 3000, behavior: 'instant'})")
    page.wait_for_timeout(100)
    assert preview(page).count() == 0


def test_it_is_not_printed(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open(own.richest("briefing"))
    opened(reader.page, ".prose .cite-ref")
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".preview").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("selector", [".prose .cite-ref", ".prose a.term", ".stops a"])
def test_axe_with_a_preview_open(own: Served, visit: MakePage, scheme: str, selector: str) -> None:
    reader = visit(own.origin, scheme=scheme)
    reader.open(own.richest("briefing"))
    opened(reader.page, selector)
    results = Axe().run(reader.page)
    assert preview(reader.page).count() == 1
    assert results.violations_count == 0, results.generate_report()
