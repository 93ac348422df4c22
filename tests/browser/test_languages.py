"""Sites in Arabic and Spanish in a real browser: direction, room, contrast, order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..making import Site
from ..sites.languages import ARABIC, SPANISH
from .conftest import Served, build, crawl
from .measuring import SPACING, overflow
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser

RICH = (
    "",
    "briefings/2025/toll-proposed/",
    "briefings/2026/toll-agreed/",
    "briefings/2025/reed-count/",
    "topics/tolls/",
    "storylines/harbour-toll/",
    "editions/2026-w21/",
)
"""A page of each type with most on it, and one in English."""


def site(folder: Any, text: str) -> Site:
    made = Site(folder)
    made.content.mkdir()
    made.write(text)
    build(made.output, made.root / "mkdocs.yml")
    return made


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = site(tmp_path_factory.mktemp("arabic"), ARABIC)
    with served(made.output) as origin:
        yield crawl(made.output, origin, made.root / "mkdocs.yml")


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = site(tmp_path_factory.mktemp("spanish"), SPANISH)
    with served(made.output) as origin:
        yield crawl(made.output, origin, made.root / "mkdocs.yml")


def test_every_arabic_page_opens_cleanly_and_fits(arabic: Served, visit: MakePage) -> None:
    faults = {}
    for width in (1440, 390):
        reader = visit(arabic.origin, width=width)
        for address in [*arabic.pages, "404.html"]:
            reader.errors.clear()
            reader.open(address)
            found = [*reader.errors, *overflow(reader.page)]
            if found:
                faults[address, width] = found
    assert faults == {}


@pytest.mark.parametrize("address", RICH)
def test_no_sideways_scroll_at_320(address: str, arabic: Served, visit: MakePage) -> None:
    reader = visit(arabic.origin, width=320, bypass_csp=True)
    reader.open(address)
    assert overflow(reader.page) == []
    reader.page.add_style_tag(content=SPACING)
    assert overflow(reader.page) == [], "with text spacing raised"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("address", RICH)
def test_axe(address: str, scheme: str, width: int, arabic: Served, visit: MakePage) -> None:
    reader = visit(arabic.origin, width=width, scheme=scheme)
    reader.open(address)
    reader.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    results = Axe().run(reader.page)
    assert results.violations_count == 0, f"/{address}\n{results.generate_report()}"


def test_the_page_is_mirrored(arabic: Served, visit: MakePage) -> None:
    """What begins on the left in English begins on the right: text, contents, rail, marks, bars."""
    reader = visit(arabic.origin)
    reader.open("briefings/2025/toll-proposed/")
    left = "e => e.getBoundingClientRect().left"
    right = "e => e.getBoundingClientRect().right"

    def at(selector: str, edge: str) -> float:
        return float(reader.page.locator(selector).first.evaluate(edge))

    assert at(".briefing__side", left) > at(".briefing__text", right)
    assert at(".story-rail", right) < at(".briefing__text", left)
    assert at(".masthead__name", left) > at(".masthead__tools", right)
    # A stop's mark is on the side where its text begins.
    stop, text = at(".stops__stop", right), at(".stops__stop a, .stops__stop b", right)
    assert text < stop
    # Bars grow from their labels, wherever those are.
    bar = reader.page.locator(".chart__fill").first
    assert bar.evaluate(
        "e => { const s = e.closest('svg').getBoundingClientRect(), b = e.getBoundingClientRect();"
        " return s.right - b.right < b.left - s.left; }"
    )


def test_addresses_and_names_keep_their_own_direction(arabic: Served, visit: MakePage) -> None:
    reader = visit(arabic.origin)
    reader.open("authors/huda/")
    link = reader.page.locator("a bdi", has_text="https://").first
    assert link.evaluate("e => getComputedStyle(e).direction") == "ltr"
    # The last sign, a slash, is on the right of the first.
    edges = link.evaluate(
        """e => {
          const place = (from, to) => {
            const range = document.createRange();
            range.setStart(e.firstChild, from);
            range.setEnd(e.firstChild, to);
            return range.getBoundingClientRect().left;
          };
          const length = e.firstChild.length;
          return [place(0, 1), place(length - 1, length)];
        }"""
    )
    assert edges[0] < edges[1]


def test_our_words_on_an_english_page_of_an_arabic_site_run_their_own_way(
    arabic: Served, visit: MakePage
) -> None:
    reader = visit(arabic.origin)
    reader.open("briefings/2025/reed-count/")
    page = reader.page
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "ltr"
    # In a card's small line the day comes first, and first is on the right.
    line = page.locator(".card .meta").first
    day = line.locator("time").evaluate("e => e.getBoundingClientRect().left")
    minutes = line.locator("span").first.evaluate("e => e.getBoundingClientRect().left")
    assert day > minutes


def test_the_theme_switch_says_what_it_shows(
    arabic: Served, spanish: Served, visit: MakePage
) -> None:
    for served_site, shown, name in (
        (arabic, "داكن", "مظهر داكن"),
        (spanish, "Oscuro", "Tema oscuro"),
    ):
        reader = visit(served_site.origin)
        reader.open("")
        button = reader.page.get_by_role("button", name=name)
        assert button.count() == 1
        assert button.inner_text().split("\n")[0].strip().startswith(shown)
        button.click()
        assert reader.page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("width", [1440, 390])
def test_every_spanish_page_opens_cleanly_and_fits(
    width: int, spanish: Served, visit: MakePage
) -> None:
    reader = visit(spanish.origin, width=width)
    for address in spanish.pages:
        reader.open(address)
        assert overflow(reader.page) == [], address
    assert reader.errors == []
    assert Axe().run(reader.page).violations_count == 0
