"""A whole site under every configuration: what is written, and that every link leads somewhere."""

from __future__ import annotations

import os
import re
from typing import Any

import html5lib
import pytest

from ..links import broken, citations, parse
from ..making import MakeSite, differing, parts, tree
from .specimen import SPECIMEN

PAGES = {
    "index.html",
    "404.html",
    "search/index.html",
    "about/index.html",
    "archive/2025/05/index.html",
    "archive/2025/index.html",
    "archive/index.html",
    "authors/ada-example/index.html",
    "authors/ben-specimen/index.html",
    "authors/harbour-desk/index.html",
    "authors/index.html",
    "briefings/2025/harbour-toll-contested/index.html",
    "briefings/2025/harbour-toll-proposed/index.html",
    "briefings/2025/recuento-de-juncos/index.html",
    "briefings/2025/reed-count/index.html",
    "briefings/2025/reed-quota/index.html",
    "briefings/2026/harbour-toll-agreed/index.html",
    "changes/index.html",
    "dates/index.html",
    "storylines/harbour-toll/index.html",
    "storylines/index.html",
    "topics/index.html",
    "topics/money/index.html",
    "topics/nature/index.html",
    "topics/tolls/index.html",
    # The aliases of a briefing redirect to it.
    "news/toll.html",
    "old/toll/index.html",
}

COMMANDS = [
    pytest.param(("mkdocs", "build"), id="mkdocs build"),
    pytest.param(("mkdocs", "build", "--strict"), id="mkdocs build --strict"),
    pytest.param(("briefings", "build"), id="briefings build"),
    pytest.param(("briefings", "build", "--strict"), id="briefings build --strict"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_publish_every_page(site: MakeSite, command: tuple[str, ...]) -> None:
    s = site(SPECIMEN)
    before = tree(s.content)
    done = s.run(*command)
    assert done.exit_code == 0, done.log
    assert done.problems == []
    assert set(done.pages) >= PAGES, sorted(PAGES - set(done.pages))
    assert differing(tree(s.content), before) == [], (
        "a build writes nothing into the content folder"
    )


def test_both_commands_write_the_same_bytes(site: MakeSite) -> None:
    s = site(SPECIMEN)
    ours, theirs = s.run("briefings", "build").files, s.run("mkdocs", "build").files
    assert differing(ours, theirs) == []


def test_the_fast_way_writes_the_same_bytes(site: MakeSite) -> None:
    s = site(SPECIMEN)
    lean = {"search": False, "cards": False, "cache": False}
    parsed = s.build(plugin={**lean, "fast_markdown": False})
    assert differing(s.build(plugin=lean).files, parsed.files) == []


CONFIGURATIONS = [
    pytest.param({}, "https://briefings.example/", id="at the root of a host"),
    pytest.param(
        {"site_url": "https://briefings.example/a/b/"},
        "https://briefings.example/a/b/",
        id="under a sub-path",
    ),
    pytest.param(
        {"site_url": "https://briefings.example/a/b"},
        "https://briefings.example/a/b/",
        id="under a sub-path without its slash",
    ),
    pytest.param({"site_url": None}, "https://site.test/", id="without an address"),
]


@pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize(("options", "root"), CONFIGURATIONS)
def test_every_link_leads_somewhere(
    site: MakeSite, options: dict[str, Any], root: str, directories: bool
) -> None:
    done = site(SPECIMEN).build(
        strict=True, plugin={"page_size": 2}, use_directory_urls=directories, **options
    )
    assert done.exit_code == 0, done.log
    assert broken(done.files, root) == []
    name = "topics/tolls/index.html" if directories else "topics/tolls.html"
    assert name in done.files
    linked = {link for page in done.pages.values() for link in parse(page).links}
    assert any("harbour-toll-agreed" in link for link in linked)


@pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
def test_every_page_is_reached_from_the_front_page(site: MakeSite, directories: bool) -> None:
    from posixpath import join, normpath

    done = site(SPECIMEN).build(plugin={"page_size": 2}, use_directory_urls=directories)
    seen, queue = set(), ["index.html"]
    while queue:
        path = queue.pop()
        if path in seen or path not in done.pages:
            continue
        seen.add(path)
        for link in parse(done.pages[path]).links:
            target = link.split("#")[0]
            if not target or ":" in target:
                continue
            joined = normpath(join(path.rpartition("/")[0], target))
            queue.append(join(joined, "index.html") if target.endswith("/") else joined)
            queue.append(normpath(join(joined, "index.html")))
    # A redirect and the page for what is missing are met by those who have an old address.
    alone = {p for p in done.pages if p.startswith(("old/", "news/"))} | {"404.html"}
    assert set(done.pages) - seen == alone


def test_every_link_shows_as_a_backlink_on_its_target(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    cited = citations(done.files, "prose")
    assert len(cited) == 5
    assert {(target, source) for source, target in citations(done.files, "backlinks")} == cited


def test_pages_are_well_formed(site: MakeSite) -> None:
    done = site(SPECIMEN).build(plugin={"page_size": 2})
    for path, page in done.pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page)
        assert parser.errors == [], f"{path}: {parser.errors}"
        assert parse(page).repeated == [], f"{path}: an id is used twice"


def test_canonical_addresses_are_those_of_the_site(site: MakeSite) -> None:
    done = site(SPECIMEN).build(site_url="https://briefings.example/a/b/")
    page = done.text("topics/tolls/index.html")
    assert '"https://briefings.example/a/b/topics/tolls/"' in page
    assert "<loc>https://briefings.example/a/b/topics/tolls/</loc>" in done.text("sitemap.xml")


def test_a_site_without_an_address_claims_none(site: MakeSite) -> None:
    done = site(SPECIMEN).build(site_url=None)
    assert done.exit_code == 0, done.log
    for path, page in done.pages.items():
        assert 'rel="canonical" href="/' not in page, path
        assert "None" not in parse(page).assets, path


def test_a_site_has_a_calendar_and_so_has_each_storyline(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    own, story = done.text("dates/calendar.ics"), done.text("storylines/harbour-toll/calendar.ics")
    for text in (own, story):
        assert "SUMMARY:The toll begins." in text
        assert "UID:2026-07-01-1-briefing-harbour-toll-agreed@briefings.example" in text
    page = done.text("dates/index.html")
    assert "https://briefings.example/dates/calendar.ics" in page
    assert '<link rel="alternate" type="text/calendar"' in page
    assert "The toll begins." in page
    # Where it stands on the timeline.
    [address] = {link for link in parse(page).links if "#_event-" in link}
    assert address.split("#")[1] in parse(done.text("storylines/harbour-toll/index.html")).anchors
    assert 'href="./dates/"' in done.text("index.html")


@pytest.mark.parametrize("file", ["dates/calendar.ics", "storylines/harbour-toll/calendar.ics"])
def test_a_calendar_is_for_sites_with_an_address(site: MakeSite, file: str) -> None:
    done = site(SPECIMEN).build(site_url=None)
    assert file not in done.files
    assert [path for path, page in done.pages.items() if "calendar.ics" in page] == []
    assert "The toll begins." in done.text("dates/index.html")


def test_a_site_without_dates_says_so_and_has_no_calendar(site: MakeSite) -> None:
    done = site(
        "-- briefings/a.md --\n---\ntitle: A\nauthor: ada-example\ndate: 2026-01-01\n"
        "topics: [money]\nsummary: A.\n---\nText.\n"
    ).build(strict=True)
    assert done.exit_code == 0, done.log
    assert "No fixed dates." in done.text("dates/index.html")
    assert [path for path in done.files if path.endswith(".ics")] == []


def test_the_page_of_dates_has_its_address_to_itself(site: MakeSite) -> None:
    s = site(SPECIMEN)
    s.write("-- briefings/pages/dates.md --\n---\ntitle: Dates\n---\nOurs.\n")
    assert s.build().codes == ["duplicate-permalink"]


def test_two_builds_are_equal_byte_for_byte(site: MakeSite) -> None:
    """Whatever the clock's zone, the locale, the hash seed, the folder and the order of files."""
    first = site(SPECIMEN).run(
        "briefings",
        "build",
        env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"},
    )
    other = site("")
    for name, body in reversed(list(parts(SPECIMEN))):
        other.write(f"-- {name} --\n{body}")
    second = other.run(
        "briefings",
        "build",
        env={"TZ": "America/Lima", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
    )
    assert first.exit_code == 0, first.log
    assert differing(first.files, second.files) == []


@pytest.mark.parametrize("canary", ["CANARYDRAFT", "CANARYFUTURE"])
def test_what_is_held_back_is_nowhere(site: MakeSite, canary: str) -> None:
    done = site(SPECIMEN).build()
    assert [path for path, body in done.files.items() if canary.encode() in body] == []
    slug = {"CANARYDRAFT": "draft-of-a-plan", "CANARYFUTURE": "toll-of-next-year"}[canary]
    assert [path for path, body in done.files.items() if slug.encode() in body] == []


def test_a_future_briefing_comes_out_on_its_day(site: MakeSite) -> None:
    s = site(SPECIMEN)
    later = s.run("briefings", "build", env={"SOURCE_DATE_EPOCH": "1800000000"})  # 15 January 2027
    assert later.exit_code == 0, later.log
    assert "CANARYFUTURE" in later.text("briefings/2027/toll-of-next-year/index.html")
    assert "CANARYFUTURE" in later.text("topics/money/index.html")


def test_nothing_of_the_folder_is_published_as_it_is(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    assert [path for path in done.files if path.endswith((".md", ".yml", ".yaml", ".lock"))] == []


def test_nothing_of_this_machine_is_published(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_SECRET", "CANARYSECRET")
    s = site(SPECIMEN)
    done = s.run("mkdocs", "build")
    assert done.exit_code == 0, done.log
    private = (b"CANARYSECRET", os.fsencode(s.root))
    assert [p for p, body in done.files.items() if any(word in body for word in private)] == []


def test_stylesheets_of_the_site_follow_ours(site: MakeSite) -> None:
    s = site(SPECIMEN)
    s.write("-- overrides/assets/own 1.css --\n:root { --link: #90c; }\n")
    theme = {"name": "briefings", "custom_dir": "overrides"}
    built = s.build(theme=theme, extra_css=["assets/own 1.css"])
    assert built.text("assets/own 1.css") == ":root { --link: #90c; }\n"
    pages = [body for path, body in built.files.items() if path.endswith(".html")]
    heads = [
        re.findall(rb'stylesheet" href="([./]*)assets/([\w%]+)\.css\?v=(\w+)', p) for p in pages
    ]
    told = [[name for _, name, _ in head] for head in heads if head]
    assert told.count([b"briefings", b"own%201"]) == len(told) > 20
    s.write("-- overrides/assets/own 1.css --\n:root { --link: #c09; }\n")
    again = s.build(theme=theme, extra_css=["assets/own 1.css"])
    assert again.text("index.html") != built.text("index.html"), (
        "browsers keep what has one address"
    )


@pytest.mark.parametrize(
    "written", ["https://fonts.example/a.css", "../../secret.css", "/etc/a.css", "assets/none.css"]
)
def test_a_stylesheet_that_is_not_the_sites_is_told(site: MakeSite, written: str) -> None:
    theme = {"name": "briefings", "custom_dir": "overrides"}
    s = site(SPECIMEN)
    s.write("-- overrides/assets/own.css --\na { color: red; }\n")
    built = s.build(theme=theme, extra_css=[written])
    assert f"extra_css: '{written}' is left out" in built.log
    assert written.encode() not in built.files["index.html"]


def test_scripts_of_a_site_are_left_out_and_told(site: MakeSite) -> None:
    built = site().build(extra_javascript=["own.js", {"path": "own.mjs", "type": "module"}])
    for name in ("own.js", "own.mjs"):
        assert f"extra_javascript: '{name}' is left out" in built.log
        assert name not in built.text("index.html")


def test_the_stylesheet_is_published_compact_and_an_own_one_as_it_is(site: MakeSite) -> None:
    s = site(SPECIMEN)
    built = s.build()
    (asked,) = set(re.findall(r"briefings\.css\?v=(\w+)", built.text("index.html")))
    assert "/*" not in built.text("assets/briefings.css")
    assert "light-dark(#ffffff,#0f1513)" in built.text("assets/briefings.css")
    own = "/* Ours. */\na {\n  color: red;\n}\n"
    s.write(f"-- overrides/assets/briefings.css --\n{own}")
    built = s.build(theme={"name": "briefings", "custom_dir": "overrides"})
    assert built.text("assets/briefings.css") == own
    assert f"briefings.css?v={asked}" not in built.text("index.html")
