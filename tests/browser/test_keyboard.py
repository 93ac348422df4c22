"""The keyboard reaches everything, in the order of the source, and shows where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import KINDS as ALL_KINDS
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]

# The page that searches begins in its field; its tests have a walk of its own.
KINDS = tuple(kind for kind in ALL_KINDS if kind != "search")

MARK = """() => {
  // Number every stop in source order. Of a group of radio buttons Tab stops at one.
  const stops = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length > 0
              && e.checkVisibility({visibilityProperty: true}));
  const groups = new Map();
  window.stops = stops.filter(e => {
    if (e.type !== 'radio') return true;
    const group = [...document.getElementsByName(e.name)];
    return e === (group.find(r => r.checked) || group[0]);
  });
  return window.stops.map(e => (e.getAttribute('aria-label') || e.textContent || e.name || '')
    .trim().replace(/\\s+/g, ' ').slice(0, 50) + ' <' + e.tagName.toLowerCase() + '>');
}"""

WHERE = """() => {
  // Where the focus is: its number, -1 for a stop that is none of ours, null outside of the page.
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), number = window.stops.indexOf(e);
  const box = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1);
  const x = box ? box.left + box.width / 2 : -1, y = box ? box.top + box.height / 2 : -1;
  const top = box ? document.elementFromPoint(x, y) : null;
  // A box with a label over it, as a radio button may have, is seen by its label.
  const label = e.labels && e.labels.length ? e.labels[0] : null;
  const seen = top && (e.contains(top) || top.contains(e) || (label && label.contains(top)));
  const scrolls = e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight;
  const outlined = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  return {
    number,
    ring: outlined(style) || (label !== null && outlined(getComputedStyle(label))),
    inside: !!box && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
    seen: !!seen,
    extra: number < 0 && scrolls,
    what: e.outerHTML.slice(0, 120),
  };
}"""


def walk(page: Page, key: str, most: int, *, until: int = -2) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page, or is at stop `until`; the stops on the way."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        where = page.evaluate(WHERE)
        if where is None:
            return found
        found.append(where)
        if where["number"] == until:
            return found
    raise AssertionError(f"after {most} times {key} the focus is still in the page: a trap?")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_tab_reaches_everything_in_order_and_back(
    kind: str, width: int, place: Place, visit: MakePage
) -> None:
    origin, address = place(kind)
    reader = visit(origin, width=width)
    reader.open(address)
    names = reader.page.evaluate(MARK)
    assert len(names) > 5
    forth = walk(reader.page, "Tab", len(names) + 20)
    # A region that scrolls is a stop of the browser's own making.
    stops = [stop for stop in forth if not stop["extra"]]
    order = [stop["number"] for stop in stops]
    missed = [name for number, name in enumerate(names) if number not in order]
    assert missed == [], f"/{address}: Tab does not reach these"
    assert order == sorted(order), f"/{address}: not in source order"
    for what, wrong in {
        "no ring of at least 2 px": [s["what"] for s in stops if not s["ring"]],
        "outside of the window": [s["what"] for s in stops if not s["inside"]],
        "covered": [s["what"] for s in stops if not s["seen"]],
    }.items():
        assert wrong == [], f"/{address}: focus is {what}"
    # Going back, the browser may begin again at the end without leaving the page.
    back = walk(reader.page, "Shift+Tab", len(forth) + 20, until=forth[0]["number"])
    assert [s["number"] for s in back] == [s["number"] for s in reversed(forth)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_tab_offers_to_skip_to_the_content(
    kind: str, place: Place, visit: MakePage
) -> None:
    origin, address = place(kind)
    reader = visit(origin)
    reader.open(address)
    page = reader.page
    page.keyboard.press("Tab")
    first = page.evaluate(
        """() => { const e = document.activeElement, r = e.getBoundingClientRect();
          return {href: e.getAttribute('href'), text: e.textContent.trim(),
                  shown: r.top >= 0 && r.left >= 0 && r.height >= 24}; }"""
    )
    assert first["href"].startswith("#"), first
    assert "skip" in first["text"].lower()
    assert first["shown"], "the skip link stays hidden when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("h => !!document.querySelector(h).closest('main')", first["href"])
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')") or (
        page.locator("main a[href], main button").count() == 0
    ), "after the skip link Tab does not go on in the content"


def test_the_ring_is_looked_for_in_earnest(place: Place, visit: MakePage) -> None:
    """The self-check: without outlines, and with a stop out of reach, the walk says so."""
    origin, address = place("front")
    reader = visit(origin, bypass_csp=True)
    reader.open(address)
    reader.page.add_style_tag(content="* { outline: none !important; }")
    names = reader.page.evaluate(MARK)
    assert not any(stop["ring"] for stop in walk(reader.page, "Tab", len(names) + 20))
