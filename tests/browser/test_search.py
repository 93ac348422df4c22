"""Searching, as readers do: typing, links, filters, order, going back, the keyboard, faults."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request, Route, expect

from ..making import MakeSite, Site
from ..sites.live import PATIENCE, live
from ..sites.specimen import SPECIMEN
from .conftest import build
from .measuring import SPACING, overflow
from .serving import served
from .test_keyboard import MARK, walk
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser

BIRDS = """\
-- briefings/2026/heron-{n:02}.md --
---
title: Heron report {n}
author: {author}
date: 2026-{month:02}-11
topics: [{topic}]
summary: The herons of week {n}.
---
Counting begins at dawn.

## What was seen

Some {n} herons stood at the weir.

## What else

Nothing but a kingfisher{more}.
"""

LIBRARY = (
    "".join(
        BIRDS.format(
            n=n,
            month=1 + n % 5,
            author="Ada Example" if n % 4 else "Ben Sample",
            topic="marsh" if n % 3 else "weirs",
            more=" and an otter" if n == 7 else "",
        )
        for n in range(1, 24)
    )
    + """\
-- briefings/topics.yml --
marsh:
  title: Marsh
  description: Water that stands.
weirs:
  title: Weirs
-- briefings/2024/garza.md --
---
title: La garza
author: Clara Ejemplo
date: 2024-05-02
topics: [marsh]
summary: Una garza en la marisma.
lang: es
---
Vuelven las golondrinas en abril.
-- briefings/2025/markup.md --
---
title: <b>Bold</b> & <script>alert(1)</script>
author: Ada Example
date: 2025-05-02
topics: [marsh]
summary: What an <mark>angle</mark> & a &lt;bracket&gt; do to zebras.
---
Text of `<img src=x onerror=alert(2)>` & zebras.
"""
)
"""25 briefings: 23 on herons, one of them with an otter, one in Spanish, one hostile."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("library"))
    site.content.mkdir()
    site.write(LIBRARY)
    # Under a sub-path, so that an address that forgets it is found out.
    root = site.root / "host" / "daily"
    build(root, site.configure({"site_url": "https://briefings.example/daily/"}, {}))
    return root


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[str]:
    with served(folder.parent) as origin:
        yield f"{origin}/daily"


def at(reader: Watched, address: str = "search/") -> Page:
    reader.open(address)
    return reader.page


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def titles(page: Page) -> list[str]:
    return page.locator("[data-results] h2").all_inner_texts()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def test_typing_finds(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader)
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("otter")
    says(page, "1 result")
    row = page.locator("[data-results] li").first
    assert titles(page) == ["Heron report 7"]
    expect(row.locator("mark")).to_have_text("otter.")
    expect(row.locator("time")).to_have_text("11 Mar 2026")
    expect(row.get_by_role("link", name="Marsh")).to_have_attribute(
        "href", re.compile(r"/daily/topics/marsh/$")
    )
    assert page.url == f"{library}/search/?q=otter"
    # The section that says it, by its own link.
    row.get_by_role("link", name="What else").click()
    assert page.url == f"{library}/briefings/2026/heron-07/#what-else"
    assert reader.errors == []


def test_a_link_to_a_search_searches(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader, "search/?q=otter")
    says(page, "1 result")
    assert page.get_by_role("searchbox").input_value() == "otter"
    page.get_by_role("link", name="Heron report 7").click()
    expect(page).to_have_url(f"{library}/briefings/2026/heron-07/")
    assert reader.errors == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("Ben Sample", "Heron report", id="a name finds what it signed"),
        pytest.param("golondrinas", "La garza", id="a word of another language"),
        pytest.param("golondrina", "La garza", id="the beginning of a word"),
        pytest.param("marsh", "Marsh", id="a topic comes first by its name"),
        pytest.param('"nothing but a kingfisher and an otter"', "Heron report 7", id="a phrase"),
    ],
)
def test_what_is_found(library: str, visit: MakePage, query: str, first: str) -> None:
    page = at(visit(library), f"search/?q={quote(query)}")
    says(page, "result")
    assert titles(page)[0].startswith(first)


def test_a_foreign_result_says_its_language(library: str, visit: MakePage) -> None:
    page = at(visit(library), "search/?q=golondrinas")
    says(page, "1 result")
    assert page.locator("[data-results] [lang=es] h2").count() == 1


def test_newest_first(library: str, visit: MakePage) -> None:
    page = at(visit(library), "search/?q=herons")
    says(page, "23 results")
    page.get_by_label("Newest first").check()
    expect(page).to_have_url(f"{library}/search/?q=herons&sort=date")
    expect(page.locator("[data-results] time").first).to_have_text("11 May 2026")
    days = [t.get_attribute("datetime") or "" for t in page.locator("[data-results] time").all()]
    assert days == sorted(days, reverse=True)
    page.reload()
    expect(page.get_by_label("Newest first")).to_be_checked()
    expect(page.locator("[data-results] time").first).to_have_text("11 May 2026")


def test_a_word_of_every_page_finds_all_of_them_the_newest_first(
    library: str, visit: MakePage
) -> None:
    """And loads next to nothing: its own part of the index would be the largest."""
    asked: list[str] = []
    reader = visit(library)
    reader.page.on("request", partial(note, asked))
    reader.page.route("**/about.json", partial(add_common, ["the", "of"]))
    page = at(reader, "search/?q=the")
    says(page, "27 results")
    assert len([url for url in asked if ".pf_index" in url]) == 1
    expect(page.locator("[data-results] li.river__row")).to_have_count(10)
    days = [t.get_attribute("datetime") or "" for t in page.locator("[data-results] time").all()]
    assert days == sorted(days, reverse=True)
    assert page.locator("[data-results] mark").count() == 0
    page.get_by_text("Narrow the results").click()
    choice(page, "Author").select_option("ben-sample")
    says(page, "5 results")
    # Beside another word it counts for nothing.
    at(reader, f"search/?q={quote('The otter of')}")
    says(page, "1 result")
    assert reader.errors == []


def add_common(words: list[str], route: Route) -> None:
    """As on a site of more briefings than these."""
    about = route.fetch().json()
    route.fulfill(json={**about, "common": words})


def test_the_first_result_comes_before_the_typeface(library: str, visit: MakePage) -> None:
    asked: list[str] = []
    reader = visit(library)
    reader.page.on("request", partial(note, asked))
    page = at(reader, "search/?q=herons")
    says(page, "23 results")
    page.wait_for_load_state("networkidle")
    order = [url for url in asked if "fragment/" in url or url.endswith(".woff2")]
    assert order[-1].endswith(".woff2")
    assert len(order) == 11
    # Who comes from another page has it already, and sees no text change its face.
    page.goto(f"{library}/topics/")
    page.get_by_role("link", name="Search").first.click()
    page.wait_for_url("**/search/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith(
        "Newsreader,"
    )
    assert reader.errors == []


def test_filters_narrow_and_count(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader, "search/?q=herons")
    says(page, "23 results")
    page.get_by_text("Narrow the results").click()
    topic, author = choice(page, "Topic"), choice(page, "Author")
    expect(topic.locator("option")).to_have_text(["Any", "Marsh (16)", "Weirs (7)"])
    topic.select_option("weirs")
    says(page, "7 results")
    expect(page).to_have_url(f"{library}/search/?q=herons&topic=weirs")
    expect(author.locator("option")).to_have_text(["Any", "Ada Example (6)", "Ben Sample (1)"])
    # What is chosen can be changed for another: its own facet counts without it.
    expect(topic.locator("option")).to_have_text(["Any", "Marsh (16)", "Weirs (7)"])
    author.select_option("ben-sample")
    says(page, "1 result")
    assert titles(page) == ["Heron report 12"]
    # A facet without a choice is not offered.
    expect(choice(page, "Storyline")).to_have_count(0)
    expect(choice(page, "Language")).to_be_visible()
    topic.select_option("")
    says(page, "5 results")
    assert reader.errors == []


def test_a_link_keeps_its_filters(library: str, visit: MakePage) -> None:
    page = at(visit(library), "search/?q=herons&topic=weirs&author=ben-sample")
    says(page, "1 result")
    expect(choice(page, "Topic")).to_have_value("weirs")
    choice(page, "Language").wait_for()
    assert "Spanish (0)" not in choice(page, "Language").inner_text()


def test_filters_are_loaded_when_they_are_opened(library: str, visit: MakePage) -> None:
    asked: list[str] = []
    reader = visit(library)
    reader.page.on("request", partial(note, asked))
    page = at(reader, "search/?q=herons")
    says(page, "23 results")
    assert not [url for url in asked if "pf_filter" in url or "facets" in url]
    page.get_by_text("Narrow the results").click()
    expect(choice(page, "Topic").locator("option")).to_have_count(3)
    assert [url for url in asked if "pf_filter" in url]


def test_ten_at_a_time(library: str, visit: MakePage) -> None:
    page = at(visit(library), "search/?q=herons")
    says(page, "23 results")
    rows = page.locator("[data-results] li.river__row")
    more = page.get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    expect(rows).to_have_count(10)
    more.click()
    expect(rows).to_have_count(20)
    # The keyboard goes on where the new ones begin.
    expect(rows.nth(10).locator("h2 a")).to_be_focused()
    more.click()
    expect(rows).to_have_count(23)
    expect(more).to_be_hidden()
    assert len(set(titles(page))) == 23
    page.reload()
    expect(rows).to_have_count(23)


def test_going_back_and_forth(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader)
    box = page.get_by_role("searchbox")
    # What is typed in one go is one step, whatever was shown meanwhile.
    box.press_sequentially("herons", delay=120)
    says(page, "23 results")
    box.press("Enter")
    box.fill("otter")
    says(page, "1 result")
    page.get_by_label("Newest first").check()
    expect(page).to_have_url(f"{library}/search/?q=otter&sort=date")
    page.go_back()
    expect(page).to_have_url(f"{library}/search/?q=otter")
    expect(page.get_by_label("Best first")).to_be_checked()
    page.go_back()
    says(page, "23 results")
    expect(box).to_have_value("herons")
    page.go_back()
    expect(page).to_have_url(f"{library}/search/")
    expect(page.get_by_role("heading", name="Browse by topic")).to_be_visible()
    page.go_forward()
    says(page, "23 results")
    # From a result one comes back to the list as it was.
    page.get_by_role("link", name="Heron report").first.click()
    page.wait_for_url("**/briefings/**")
    page.go_back()
    says(page, "23 results")
    assert reader.errors == []


def test_nothing_found_offers_topics(library: str, visit: MakePage) -> None:
    reader = visit(library)
    for query in ("qqxx", "zzzz", "“zzzz”"):
        page = at(reader, f"search/?q={quote(query)}")
        says(page, f"Nothing for “{query}”. Check the spelling or try a broader word.")
        assert titles(page) == []
        expect(page.get_by_role("link", name="Marsh")).to_be_visible()
    assert reader.errors == []


def test_hostile_texts_are_shown_as_texts(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader, "search/?q=zebras")
    says(page, "1 result")
    assert titles(page) == ["<b>Bold</b> & <script>alert(1)</script>"]
    row = page.locator("[data-results] li").first
    assert row.locator("b, script, img").count() == 0
    assert "<mark>angle</mark> & a" in row.inner_text()
    assert row.locator("mark").all_inner_texts() == ["zebras.", "zebras."]
    # A query is a text too.
    page = at(reader, f"search/?q={quote('<img>qqxx')}")
    says(page, "Nothing for “<img")
    assert page.locator("main img").count() == 0
    assert reader.errors == []


def test_the_policy_lets_the_search_page_alone_run_the_engine(
    library: str, visit: MakePage
) -> None:
    compiled = """async () => {
      try {
        await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
        return true;
      } catch { return false; }
    }"""
    for address, allowed in (("search/", True), ("", False), ("topics/", False)):
        page = at(visit(library), address)
        assert page.evaluate(compiled) is allowed, address
        # Not even there may a text be run as a script.
        policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
        assert "'unsafe-eval'" not in policy
        assert "'unsafe-inline'" not in policy


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def test_no_other_page_asks_for_the_engine(library: str, visit: MakePage) -> None:
    for address in ("", "briefings/2026/heron-07/", "topics/marsh/", "404.html", "search/"):
        asked: list[str] = []
        reader = visit(library)
        reader.page.on("request", partial(note, asked))
        reader.open(address, idle=True)
        assert [url for url in asked if "/search/index/" in url] == [], (
            f"/{address} loads the search before anybody searches"
        )
        assert any("/search.js" in url for url in asked) is (address == "search/")
        assert not any("/searching" in url for url in asked)
        assert reader.errors == []


def test_what_is_typed_before_the_script_comes_is_searched(library: str, visit: MakePage) -> None:
    reader = visit(library)
    held: list[Route] = []
    reader.page.route("**/searching.js*", lambda route: held.append(route))
    page = at(reader, "search/")
    page.keyboard.type("heron")
    expect(page.get_by_role("searchbox")).to_have_value("heron")
    (route,) = held
    route.continue_()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d"))
    expect(page.get_by_role("searchbox")).to_have_value("heron")
    assert reader.errors == []


def test_without_the_script_the_form_leads_to_the_search(library: str, visit: MakePage) -> None:
    reader = visit(library)
    reader.page.route("**/searching.js*", lambda route: route.abort())
    page = at(reader, "search/")
    with page.expect_event("requestfailed"):
        page.get_by_role("searchbox").fill("heron")
    page.unroute("**/searching.js*")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=heron"))
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d"))


def test_the_page_for_wrong_addresses_leads_to_search(library: str, visit: MakePage) -> None:
    page = at(visit(library.removesuffix("/daily")), "daily/404.html")
    link = page.locator("main").get_by_role("link", name="Search")
    assert (link.get_attribute("href") or "").endswith("/daily/search/")


def test_without_a_script_there_are_other_ways(library: str, visit: MakePage) -> None:
    page = at(visit(library, java_script_enabled=False))
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_text("Search needs JavaScript.")).to_be_visible()
    for name in ("Marsh", "All topics", "Archive"):
        expect(page.locator("main").get_by_role("link", name=name)).to_be_visible()


def test_a_search_that_fails_says_so_and_can_be_tried_again(
    folder: Path, library: str, visit: MakePage
) -> None:
    reader = visit(library)
    page = reader.page
    broken = True

    def answer(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    page.route("**/search/index/**", answer)
    at(reader, "search/?q=otter")
    says(page, "Search could not load. Try again, or browse by topic.")
    expect(page.get_by_role("link", name="Marsh")).to_be_visible()
    broken = False
    page.get_by_role("button", name="Try again").click()
    says(page, "1 result")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def test_an_index_that_was_replaced_is_loaded_anew(
    folder: Path, visit: MakePage, tmp_path: Path, site: MakeSite
) -> None:
    shutil.copytree(folder.parent, tmp_path / "host")
    with served(tmp_path / "host") as origin:
        page = at(visit(f"{origin}/daily"), "search/?q=herons")
        says(page, "23 results")
        changed = site(LIBRARY.replace("and an otter", "and a unicorn"))
        build(tmp_path / "new", changed.configure({}, {}))
        index = tmp_path / "host" / "daily" / "search" / "index"
        shutil.rmtree(index)
        shutil.copytree(tmp_path / "new" / "search" / "index", index)
        page.get_by_role("searchbox").fill("unicorn")
        says(page, "1 result")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(library: str, visit: MakePage, scheme: str, width: int) -> None:
    reader = visit(library, width=width, scheme=scheme)
    for address, words in (
        ("search/?q=herons&topic=weirs", "7 results"),
        ("search/?q=qqxx", "Nothing"),
        ("search/", ""),
    ):
        page = at(reader, address)
        says(page, words)
        if "topic" in address:
            expect(choice(page, "Author").locator("option")).to_have_count(3)
        results = Axe().run(page)
        assert results.violations_count == 0, f"/{address}\n{results.generate_report()}"


def test_a_phone_has_room_for_it(library: str, visit: MakePage) -> None:
    reader = visit(library, width=320, has_touch=True, is_mobile=True, bypass_csp=True)
    page = at(reader)
    # No keyboard comes up uninvited.
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page = at(reader, "search/?q=herons&topic=weirs")
    says(page, "7 results")
    expect(choice(page, "Author").locator("option")).to_have_count(3)
    assert overflow(page) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('main :is(a, button, summary, input, select)')]
          .filter(e => e.checkVisibility())
          .map(e => e.type === 'radio' ? e.closest('label') : e)
          .filter(e => getComputedStyle(e).display !== 'inline')
          .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
          .filter(([_, r]) => r.height < 24 || r.width < 24).map(([text]) => text)"""
    )
    assert small == []
    page.add_style_tag(content=SPACING)
    assert overflow(page) == [], "with text spacing raised"


def test_the_keyboard_alone_is_enough(library: str, visit: MakePage) -> None:
    reader = visit(library)
    page = at(reader)
    page.keyboard.type("herons")
    page.keyboard.press("Enter")
    says(page, "23 results")
    expect(page.locator("[data-results] li.river__row")).to_have_count(10)
    # From the field on: the button, the filters, the order, then the results.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(choice(page, "Topic").locator("option")).to_have_count(3)
    page.keyboard.press("Tab")
    expect(choice(page, "Topic")).to_be_focused()
    page.keyboard.press("w")
    says(page, "7 results")
    expect(choice(page, "Topic")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    names = page.evaluate(MARK)
    stops = [stop for stop in walk(page, "Tab", len(names) + 20) if not stop["extra"]]
    for stop in stops:
        assert stop["ring"], stop
        assert stop["inside"], stop
        assert stop["seen"], stop


def test_what_was_typed_is_not_overtaken_by_what_was_asked_before(
    library: str, visit: MakePage
) -> None:
    """An answer that comes late to an earlier question is not shown."""
    reader = visit(library)
    page = at(reader, "search/?q=otter")
    says(page, "1 result")
    held: list[Route] = []
    holding = True

    def answer(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route("**/fragment/**", answer)
    box = page.get_by_role("searchbox")
    box.fill("golondrinas")
    while not held:
        page.wait_for_timeout(50)
    holding = False
    box.fill("otter")
    expect(page).to_have_url(f"{library}/search/?q=otter")
    says(page, "1 result")
    assert titles(page) == ["Heron report 7"]
    assert held
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert titles(page) == ["Heron report 7"]


def test_while_somebody_writes_the_page_waits_for_the_index(
    site: MakeSite, visit: MakePage
) -> None:
    s = site(SPECIMEN)
    with live(s, "briefings") as server:
        reader = visit(server.origin)
        page = reader.page
        # As it is before the index is made for the first time.
        hidden = True

        def answer(route: Route) -> None:
            if hidden:
                route.fulfill(status=404, body="")
            else:
                route.continue_()

        page.route("**/.search/**", answer)
        page.goto(f"{server.origin}/search/?q=warblers", wait_until="load")
        says(page, "The search index is being made.")
        server.wait("the index", lambda: bool(server.get(".search/about.json")))
        hidden = False
        expect(page.get_by_role("link", name="Reed quota halved")).to_be_visible(
            timeout=PATIENCE * 1000
        )
        # Drafts are found there, marked.
        page.get_by_role("searchbox").fill("CANARYDRAFT")
        expect(page.get_by_role("link", name="CANARYDRAFT plan")).to_be_visible()
        expect(page.locator("[data-results]").get_by_text("Draft", exact=True)).to_be_visible()
        assert [error for error in reader.errors if error.startswith("policy")] == []
