"""What a reader can check and take along: citations, changes, ways to mend a mistake."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rispy
from axe_playwright_python.sync_playwright import Axe
from bibtexparser.entrypoint import parse_string
from mkdocs_briefings.viewing.briefing import LONG_READ
from playwright.sync_api import expect

from ..making import Site
from ..repos import Repo
from ..sites.specimen import SPECIMEN
from .conftest import build
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser

HUB = "https://github.com/ada/daily"
AGREED, CONTESTED = "briefings/2026/harbour-toll-agreed/", "briefings/2025/harbour-toll-contested/"


FOREIGN = """\
---
title: 'Fähren & “Zölle” 関税: 100 %'
author: ada-example
date: 2026-05-02
topics: [tolls]
summary: Boats pay.
---
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The specimen in a repository with two commits; gives the origin of its site."""
    site = Site(tmp_path_factory.mktemp("kept"))
    repo = Repo(site.root)
    site.write(SPECIMEN)
    for slug, length in (("渡し船", 1), ("関税", LONG_READ)):
        path = site.content / f"2026/{slug}.md"
        path.write_text(FOREIGN + "toll " * length, encoding="utf-8")
    repo.commit("content: Begin", "2026-05-18")
    file = site.content / "2026/harbour-toll-agreed.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nIt is for boats.\n", encoding="utf-8")
    repo.commit("content: Say what it is for", "2026-05-21")
    build(site.output, site.configure({"repo_url": HUB}, {}))
    with served(site.output) as origin:
        yield origin


def test_the_button_copies_the_citation_and_says_so(kept: str, visit: MakePage) -> None:
    reader = visit(kept, permissions=["clipboard-read", "clipboard-write"])
    reader.open(AGREED)
    for box in reader.page.locator("[data-cite]").all():
        shown = box.locator("[data-cite-text]").inner_text()
        box.get_by_role("button").click()
        expect(box.get_by_role("status")).to_have_text("Copied.")
        assert reader.page.evaluate("navigator.clipboard.readText()") == shown
    assert "as updated 20 May 2026" in reader.page.locator("[data-cite-text]").first.inner_text()
    assert reader.errors == []


def test_where_copying_is_not_allowed_the_text_is_selected(kept: str, visit: MakePage) -> None:
    reader = visit(kept)
    reader.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    reader.open(AGREED)
    box = reader.page.locator("[data-cite]").first
    box.get_by_role("button").focus()
    reader.page.keyboard.press("Enter")
    assert "Selected" in box.get_by_role("status").inner_text()
    selected = reader.page.evaluate("getSelection().toString()")
    assert selected == box.locator("[data-cite-text]").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize(
    ("slug", "held"),
    [
        pytest.param("渡し船", True, id="the link holds the file"),
        pytest.param("関税", False, id="the file of a long read stands beside it"),
    ],
)
def test_reference_managers_get_their_files(
    kept: str, visit: MakePage, scripts: bool, slug: str, held: bool
) -> None:
    reader = visit(kept, java_script_enabled=scripts)
    reader.open(f"briefings/2026/{slug}/")
    assert (reader.page.locator('a[href^="data:"]').count() == 3) is held
    title = reader.page.locator("h1").inner_text()
    url = reader.page.locator('link[rel="canonical"]').get_attribute("href")
    saved = {}
    for label in ("BibTeX", "RIS", "CSL JSON"):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name=label, exact=True).click()
        saved[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
    assert list(saved) == [f"{slug}.{ending}" for ending in ("bib", "ris", "json")]
    bib, ris, csl = saved.values()
    entry = parse_string(bib).entries[0].fields_dict
    shown = title.replace("&", r"\&").replace("%", r"\%")
    assert (entry["title"].value, entry["url"].value) == (f"{{{shown}}}", url)
    (record,) = rispy.loads(ris)
    assert (record["title"], record["urls"]) == (title, [url])
    (item,) = json.loads(csl)
    assert (item["title"], item["URL"]) == (title, url)
    assert reader.errors == []


def test_the_tools_lead_to_the_citation_at_every_width(kept: str, visit: MakePage) -> None:
    wide = visit(kept)
    wide.open(CONTESTED)
    wide.page.locator(".briefing__side").get_by_role("link", name="Cite this").click()
    assert wide.page.url.endswith("#_cite")
    assert wide.page.locator("#_cite").is_visible()


def test_without_a_script_there_is_no_button_and_the_text_stays(kept: str, visit: MakePage) -> None:
    reader = visit(kept, java_script_enabled=False)
    reader.open(AGREED)
    assert reader.page.locator("[data-copy]:visible").count() == 0
    assert reader.page.locator("[data-cite-text]:visible").count() == 2
    folded = reader.page.locator("details.fold")
    assert not folded.locator("li").first.is_visible()
    folded.locator("summary").click()
    assert [row.inner_text() for row in folded.locator("li a").all()] == [
        "Say what it is for",
        "Begin",
    ]


def test_edits_and_suggestions_lead_to_the_forge(kept: str, visit: MakePage) -> None:
    reader = visit(kept, width=390)
    reader.open(AGREED)
    page = reader.page
    page.locator("details.fold summary").click()
    first = page.locator("details.fold li a").first
    assert (first.get_attribute("href") or "").startswith(f"{HUB}/commit/")
    suggest = page.locator(".briefing__tools").get_by_role("link", name="Suggest a correction")
    assert suggest.get_attribute("href") == (
        f"{HUB}/edit/main/briefings/2026/harbour-toll-agreed.md"
    )
    assert suggest.is_visible()
    version = page.get_by_role("link", name="This version in the repository")
    assert f"{HUB}/blob/" in (version.get_attribute("href") or "")


def test_the_byline_leads_to_the_log_and_the_log_to_all(kept: str, visit: MakePage) -> None:
    reader = visit(kept)
    reader.open(AGREED)
    reader.page.get_by_role("link", name="See all 2 updates").click()
    assert reader.page.locator("#_updates").is_visible()
    assert reader.page.locator("#_updates ~ ol .tag--correction").count() == 1
    reader.page.locator("footer").get_by_role("link", name="Corrections", exact=True).click()
    reader.page.wait_for_load_state()
    assert reader.page.locator("h1").inner_text() == "Corrections"
    assert reader.page.locator(".log li").count() == 1


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_apparatus_is_open_to_everybody(
    kept: str, visit: MakePage, width: int, scheme: str
) -> None:
    reader = visit(kept, width=width, scheme=scheme)
    for address in (AGREED, CONTESTED, "changes/corrections/", "archive/2026/"):
        reader.open(address)
        page = reader.page
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"/{address} is {wide} wide"
        results = Axe().run(page)
        assert results.violations_count == 0, f"/{address}\n{results.generate_report()}"
        for button in page.locator("[data-copy]").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 44


def test_a_printed_briefing_keeps_its_citation_and_no_button(kept: str, visit: MakePage) -> None:
    reader = visit(kept)
    reader.open(AGREED)
    reader.page.emulate_media(media="print")
    assert reader.page.locator("[data-cite-text]:visible").count() == 2
    assert reader.page.locator("button:visible, .cite__files:visible").count() == 0
