"""Every page opens cleanly: status, console, policy, origin, headings, reflow, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .conftest import KINDS, TYPES, Served
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]

SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
} p { margin-block-end: 2em !important; }"""
"""What a reader may impose: WCAG 2.2, 1.4.12."""


def test_every_type_of_page_is_reached_from_the_front_page(own: Served) -> None:
    missing = [kind for kind in TYPES if kind != "older" and not own.types(kind)]
    assert missing == []


def test_every_page_opens_without_an_error_or_a_request_elsewhere(
    own: Served, visit: MakePage
) -> None:
    reader = visit(own.origin)
    faults = {}
    # One of each type is watched for longer: what a script does later it does on all of them.
    rich = {own.richest(kind) for kind in TYPES if own.types(kind)}
    for address in [*own.pages, "404.html"]:
        reader.errors.clear()
        reader.open(address, idle=address in rich)
        if reader.errors:
            faults[address] = list(reader.errors)
        assert reader.page.locator("h1").count() == 1, f"/{address}: not one h1"
    assert faults == {}


def test_every_page_has_a_policy_that_stops_a_foreign_script(own: Served, visit: MakePage) -> None:
    for kind in KINDS:
        if kind == "older":
            continue
        address = "404.html" if kind == "missing" else own.richest(kind)
        reader = visit(own.origin)
        reader.open(address)
        reader.page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.__planted = true';
              document.body.append(script);
              const picture = document.createElement('img');
              picture.src = 'https://elsewhere.example/pixel.png';
              document.body.append(picture);
            }"""
        )
        reader.page.wait_for_timeout(100)
        assert reader.page.evaluate("window.__planted") is None, f"/{address} ran a planted script"
        stopped = [error for error in reader.errors if error.startswith("policy: ")]
        assert len(stopped) == 2, f"/{address}: {reader.errors}"


def test_a_missing_address_shows_the_page_for_it(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open("no/such/page/at/all/", status=404, idle=True)
    # The browser reports the status of the document itself; all else must have been found.
    assert [e for e in reader.errors if "404 (" not in e] == []
    assert reader.page.locator("h1").count() == 1
    home = reader.page.locator("main a[href]").first
    home.click()
    reader.page.wait_for_load_state()
    assert reader.page.title()
    assert reader.page.locator("h1").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_sideways_scroll_at_320(kind: str, place: Place, visit: MakePage) -> None:
    origin, address = place(kind)
    reader = visit(origin, width=320, bypass_csp=True)
    reader.open(address)
    assert overflow(reader.page) == []
    reader.page.add_style_tag(content=SPACING)
    assert overflow(reader.page) == [], "with text spacing raised"


def test_a_wide_thing_would_be_found(place: Place, visit: MakePage) -> None:
    origin, address = place("briefing")
    reader = visit(origin, width=320)
    reader.open(address)
    reader.page.evaluate("document.querySelector('main').append('x'.repeat(2000))")
    assert overflow(reader.page) != []


def overflow(page: Page) -> list[str]:
    """What sticks out of the window sideways; empty when nothing makes the page scroll."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > width + 1
                      || e.getBoundingClientRect().left < -1)
            .slice(0, 8)
            .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
        }"""
    )
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_without_scripts_has_the_same_links_and_no_dead_button(
    kind: str, place: Place, visit: MakePage
) -> None:
    origin, address = place(kind)
    links = "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
    with_scripts = visit(origin)
    with_scripts.open(address)
    without = visit(origin, java_script_enabled=False)
    without.open(address)
    found = without.page.evaluate(links)
    assert len(found) > 5
    assert set(with_scripts.page.evaluate(links)) <= set(found)
    buttons = without.page.locator("button:visible").all()
    assert [b.text_content() for b in buttons if not b.evaluate("b => !!b.form")] == []
    assert without.page.locator("h1").count() == 1
    assert without.errors == []
