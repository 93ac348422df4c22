"""Light and dark: the system decides, the button overrules it, and the choice is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page

from .conftest import Served
from .visiting import MakePage

pytestmark = pytest.mark.browser

NAME = re.compile(r"\b(dark|light)\b", re.IGNORECASE)


def paper(page: Page) -> float:
    """Lightness of the page's own background, 0 to 255."""
    colour: str = page.evaluate(
        """() => [document.body, document.documentElement]
          .map(e => getComputedStyle(e).backgroundColor)
          .find(c => c !== 'rgba(0, 0, 0, 0)') || 'rgb(255, 255, 255)'"""
    )
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3


def button(page: Page) -> Locator:
    return page.get_by_role("button", name=NAME)


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_the_system_decides_also_without_scripts(
    own: Served, visit: MakePage, scheme: str, light: bool
) -> None:
    for scripts in (True, False):
        reader = visit(own.origin, scheme=scheme, java_script_enabled=scripts)
        reader.open("")
        assert (paper(reader.page) > 128) is light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_switches_and_the_choice_is_kept(
    own: Served, visit: MakePage, scheme: str
) -> None:
    reader = visit(own.origin, scheme=scheme)
    reader.open("")
    page, was_light = reader.page, scheme == "light"
    # Its name is the mode that one will get.
    label = button(page).inner_text() or button(page).get_attribute("aria-label") or ""
    assert ("dark" in label.lower()) is was_light
    button(page).click()
    assert (paper(page) > 128) is not was_light
    label = button(page).inner_text() or button(page).get_attribute("aria-label") or ""
    assert ("light" in label.lower()) is was_light
    page.reload()
    assert (paper(page) > 128) is not was_light, "lost on reload"
    reader.open(own.richest("briefing"))
    assert (paper(page) > 128) is not was_light, "lost on another page"
    button(page).press("Enter")
    assert (paper(page) > 128) is was_light
    assert reader.errors == []


def test_a_kept_choice_is_there_before_the_first_paint(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin, scheme="light")
    reader.open("")
    button(reader.page).click()
    # Ask as soon as there is a body, before the page has loaded.
    reader.page.add_init_script(
        """new MutationObserver((_, o) => { if (document.body) { o.disconnect();
             window.first = getComputedStyle(document.documentElement).colorScheme; } })
           .observe(document, {childList: true, subtree: true});"""
    )
    reader.page.reload()
    assert "dark" in reader.page.evaluate("window.first")
