"""A briefing on paper: what is there, what is not, and how many sheets it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import Served
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]

SHEETS = ("A4", "Letter")
WORDS_A_SHEET = 150
"""900 words with their apparatus are to fit on six sheets."""


def printed(reader: Watched, paper: str = "A4") -> list[str]:
    """The text of each sheet, as the browser prints the open page."""
    data = reader.page.pdf(format=paper, prefer_css_page_size=False)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(data)).pages]


def plain(text: str) -> str:
    """Without white space and ligatures, which a PDF places as it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def text_of(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).all_text_contents()
    return [text.strip() for text in found]


@pytest.mark.parametrize("paper", SHEETS)
def test_a_briefing_prints_as_a_paper(own: Served, visit: MakePage, paper: str) -> None:
    reader = visit(own.origin, scheme="dark")
    reader.open(own.richest("briefing"))
    page = reader.page
    sheets = printed(reader, paper)
    on_paper = plain("".join(sheets))
    sources = page.evaluate(
        "[...document.querySelectorAll('a.sources__title')].map(a => a.getAttribute('href'))"
    )
    assert len(sources) > 3
    # A letterhead, then what the paper says, then what it rests on.
    expected = [
        *text_of(page, ".masthead__name"),
        *text_of(page, "h1"),
        *text_of(page, ".byline time"),
        *text_of(page, ".prose h2"),
        *text_of(page, ".sources__title"),
        *sources,
        *text_of(page, ".section > .log time"),
        *text_of(page, "#_sources, #_updates, #_glance"),
    ]
    assert [text for text in expected if plain(text) not in on_paper] == []
    cited = [f"[{text}]" for text in text_of(page, ".prose .cite-ref")]
    assert re.findall(r"\[\d+\]", on_paper)[: len(cited)] == cited, "two numbers are not one"
    first = re.sub(r"^\d+/\d+", "", plain(sheets[0]))
    assert first.startswith(plain(text_of(page, ".masthead__name")[0]))
    numbers = [f"{number}/{len(sheets)}" for number in range(1, len(sheets) + 1)]
    assert [n for n, sheet in zip(numbers, sheets, strict=True) if n not in plain(sheet)] == []
    points = page.evaluate(
        "[...document.querySelectorAll('.points li')].map(li => li.firstChild.textContent.trim())"
    )
    assert [point for point in points if plain(point) not in on_paper] == []
    # What leads elsewhere on a screen leads nowhere on paper.
    absent = [
        *text_of(page, ".section-bar a"),
        *text_of(page, ".story-rail h2, .contents h2, .contents-fold summary"),
        *text_of(page, "#_related, #_cited-by, .pager a"),
        *text_of(page, ".tool__name, [data-print]"),
        *text_of(page, ".site-footer nav h2"),
        *text_of(page, ".points__more"),
    ]
    assert len(absent) > 8
    assert [text for text in set(absent) if stands_alone(text, sheets)] == []


def stands_alone(text: str, sheets: list[str]) -> bool:
    """Whether a text is a line of its own, or ends one: words of it may be in the body."""
    lines = {plain(line) for sheet in sheets for line in sheet.splitlines()}
    return plain(text) in lines


@pytest.mark.parametrize("kind", ["briefing", "plain"])
def test_paper_is_not_wasted(kind: str, own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    # Printing takes a second or two: the longest, and some others.
    for address in sorted({own.richest(kind), *own.types(kind)[::6]}):
        reader.open(address)
        words = len(" ".join(text_of(reader.page, ".prose, .points, .why")).split())
        sheets = printed(reader)
        most = max(2, -(-words // WORDS_A_SHEET))
        assert len(sheets) <= most, f"/{address}: {len(sheets)} sheets for {words} words"
        assert len(plain(sheets[-1])) > 40, f"/{address}: the last sheet is all but empty"


def test_nothing_is_wider_than_the_paper(own: Served, specimen: Served, visit: MakePage) -> None:
    """Tables, code and addresses wrap: a sheet cannot be scrolled."""
    # 170 mm between the margins of A4, in CSS pixels.
    for site in (own, specimen):
        reader = visit(site.origin, width=642)
        reader.page.emulate_media(media="print")
        for kind in ("briefing", "storyline", "topic", "edition", "plain"):
            for address in site.types(kind)[:12]:
                reader.open(address)
                wide = reader.page.evaluate(
                    """() => [...document.querySelectorAll('body *')]
                      .filter(e => e.checkVisibility() && !e.closest('.hidden')
                        && getComputedStyle(e).clipPath !== 'inset(50%)')
                      .filter(e => e.getBoundingClientRect().right > innerWidth + 1
                                || e.scrollWidth > e.clientWidth + 1 && e.clientWidth
                                   && getComputedStyle(e).overflowX !== 'visible')
                      .map(e => e.tagName + '.' + e.className)"""
                )
                assert wide == [], f"/{address}"
