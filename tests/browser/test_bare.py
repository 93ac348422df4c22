"""Sites with little in them: no page is broken, and none shows a heading over nothing."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..making import MakeSite
from .measuring import headings, overflow
from .serving import served
from .sites import crawl
from .visiting import MakePage

pytestmark = pytest.mark.browser

ONE = """\
-- briefings/first.md --
---
title: The first briefing
author: Ada Example
date: 2026-05-04
topics: [harbour]
---
It has a text and nothing else.
"""

BARE = [
    pytest.param("", {"index.html", "404.html", "topics/index.html"}, id="no briefing at all"),
    pytest.param(ONE, {"briefings/2026/first/index.html", "topics/harbour/index.html"}, id="one"),
    pytest.param(
        "-- briefings/topics.yml --\nharbour: {title: Harbour}\n"
        "-- briefings/storylines.yml --\ntoll: {title: The toll}\n"
        "-- briefings/authors.yml --\nada-example: {name: Ada Example}\n",
        {"topics/harbour/index.html", "storylines/toll/index.html"},
        id="registries before the first briefing",
    ),
    pytest.param(
        f"{ONE}-- briefings/index.md --\n---\nlead: first\n---\nA note from the desk.\n"
        "-- briefings/editions/2026-w19.md --\n---\ntitle: The first edition\n"
        "date: 2026-05-09\nbriefings: [first]\n---\n",
        {"editions/2026-w19/index.html"},
        id="one, led with and picked",
    ),
]

HOLLOW = """() => [...document.querySelectorAll('ul, ol, section, nav, table, dl, aside')]
  .filter(e => e.checkVisibility())
  .filter(e => {
    const bare = e.cloneNode(true);
    bare.querySelectorAll('h1, h2, h3, .needs-script').forEach(h => h.remove());
    return !bare.textContent.trim() && !bare.querySelector('img, svg, input');
  })
  .filter(e => !e.querySelector('.needs-script'))
  .map(e => e.outerHTML.slice(0, 120))"""
"""Lists, and sections with a heading, that hold nothing."""


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_a_bare_site_is_whole(
    text: str, expected: set[str], site: MakeSite, visit: MakePage
) -> None:
    made = site(text)
    built = made.build()
    assert built.exit_code == 0, built.log
    assert expected <= set(built.files)
    with served(made.output) as origin:
        found = crawl(made.output, origin, made.root / "mkdocs.yml")
        reader = visit(origin)
        for address in found.templates:
            reader.open(address)
            page = reader.page
            assert [level for level, _ in headings(page)].count(1) == 1, f"/{address}"
            assert page.evaluate(HOLLOW) == [], f"/{address}"
            results = Axe().run(page)
            assert not results.violations_count, f"/{address}\n{results.generate_report()}"
            page.set_viewport_size({"width": 320, "height": 900})
            assert overflow(page) == [], f"/{address}"
            page.set_viewport_size({"width": 1440, "height": 900})
        assert reader.errors == []


def test_a_heading_over_nothing_would_be_found(site: MakeSite, visit: MakePage) -> None:
    made = site(ONE)
    made.build()
    with served(made.output) as origin:
        reader = visit(origin)
        reader.open("")
        reader.page.evaluate(
            "document.querySelector('main').innerHTML ="
            " '<section><h2>Latest</h2><ul></ul></section>'"
        )
        assert len(reader.page.evaluate(HOLLOW)) == 2
