"""The search index of whole sites: what is in it, what is not, and what happens without it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.host import searchable
from mkdocs_briefings.publishing.search import division
from mkdocs_briefings.publishing.search.documents import EVERY
from mkdocs_briefings.publishing.search.engine import Job, SearchError, engine
from mkdocs_briefings.publishing.search.records import Record, record_of
from mkdocs_briefings.viewing.records import View

from ..links import parse
from ..making import MakeSite, differing
from .index import INDEX, pages, texts
from .live import PATIENCE, live
from .specimen import SPECIMEN

PAGE = "search/index.html"


def test_a_site_has_a_search_page_and_an_index(site: MakeSite) -> None:
    done = site(SPECIMEN).build(strict=True)
    assert done.exit_code == 0, done.log
    found = pages(done.files)
    assert set(found) == {
        "/about/",
        "/briefings/2025/harbour-toll-contested/",
        "/briefings/2025/harbour-toll-proposed/",
        "/briefings/2025/recuento-de-juncos/",
        "/briefings/2025/reed-count/",
        "/briefings/2025/reed-quota/",
        "/briefings/2026/harbour-toll-agreed/",
        "/storylines/harbour-toll/",
        "/topics/money/",
        "/topics/nature/",
        "/topics/tolls/",
    }
    toll = found["/briefings/2025/harbour-toll-contested/"]
    assert toll["meta"] == {
        "title": 'Harbour toll contested: "not a crown"',
        "author": "Ada Example, Ben O'Specimen",
        "every": EVERY,
    }
    assert "fishers < 3 crowns & more" in toll["content"]
    assert "The upper council voted against." in toll["content"]
    assert "boats * 1" not in toll["content"], "nobody searches for code"
    assert [anchor["text"] for anchor in toll["anchors"] if anchor["element"] == "h2"] == [
        "What fishers offer"
    ]
    assert toll["filters"]["topic"] == ["tolls", "money", "nature"]


def test_a_foreign_briefing_is_in_the_one_index(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    languages = json.loads(done.files[f"{INDEX}pagefind-entry.json"])["languages"]
    assert list(languages) == ["en"]
    spanish = pages(done.files)["/briefings/2025/recuento-de-juncos/"]
    assert spanish["filters"]["lang"] == ["es"]
    assert json.loads(spanish["filters"]["about"][0])["lang"] == "es"


@pytest.mark.parametrize("canary", ["CANARYDRAFT", "CANARYFUTURE", "CANARYFACT"])
def test_what_is_hidden_is_not_in_the_index(site: MakeSite, canary: str) -> None:
    s = site(SPECIMEN)
    source = s.content / "2025" / "reed-quota.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("title:", "facts: [CANARYFACT]\ntitle:", 1), encoding="utf-8")
    done = s.build()
    assert "/briefings/2025/reed-quota/" in pages(done.files)
    names = [
        p
        for p, data in texts(done.files).items()
        if canary.lower() in data.decode(errors="replace").lower()
    ]
    assert names == []


def test_two_builds_have_the_same_index(site: MakeSite) -> None:
    one = site(SPECIMEN).run("briefings", "build", env={"TZ": "Asia/Tokyo"})
    other = site(SPECIMEN).run("mkdocs", "build", env={"LC_ALL": "C"})
    assert texts(one.files)
    assert differing(one.files, other.files) == []


def test_without_folders_results_lead_to_files(site: MakeSite) -> None:
    done = site(SPECIMEN).build(use_directory_urls=False)
    assert "search.html" in done.files
    assert "/briefings/2025/reed-quota.html" in pages(done.files)


def test_search_engines_are_told_to_leave_the_page_out(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    assert 'name="robots" content="noindex' in done.text(PAGE)
    assert "/search/" not in done.text("sitemap.xml")


def is_offered(done: Any) -> bool:
    """Whether any page leads to search."""
    return any("search/" in link for page in done.pages.values() for link in parse(page).links)


def test_every_page_leads_to_search(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    for path, page in done.pages.items():
        if not path.startswith(("old/", "news/")):
            assert any(link.endswith("search/") for link in parse(page).links), path


def test_a_site_may_have_no_search(site: MakeSite) -> None:
    done = site(SPECIMEN).build(strict=True, plugin={"search": False})
    assert done.exit_code == 0, done.log
    assert [path for path in done.files if path.startswith("search")] == []
    assert not is_offered(done)


def test_a_site_without_briefings_has_none(site: MakeSite) -> None:
    done = site("-- briefings/pages/about.md --\n---\ntitle: About\n---\nNothing yet.\n").build()
    assert done.exit_code == 0, done.log
    assert not is_offered(done)


@pytest.mark.skipif(os.name == "nt", reason="stands in a shell script for the program")
@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("exit 3", False, id="does not start"),
        pytest.param(
            'test "$1" = --version && echo pagefind 1.5.2 || exit 1', True, id="ends early"
        ),
    ],
)
def test_without_the_engine_the_site_is_whole(
    site: MakeSite, tmp_path: Path, text: str, offered: bool
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    program.chmod(0o755)
    s = site(SPECIMEN)
    done = s.run("briefings", "build", env={"PAGEFIND_BINARY_PATH": str(program)})
    assert done.exit_code == 0, done.log
    assert "Traceback" not in done.log
    assert "WARNING" in done.log
    assert "search" in done.log
    assert "index.html" in done.files
    assert texts(done.files) == {}
    assert is_offered(done) is offered
    strict = s.run("briefings", "build", "--strict", env={"PAGEFIND_BINARY_PATH": str(program)})
    assert strict.exit_code == 1, "a warning, which --strict takes for an error"


def test_the_address_is_kept_for_search(site: MakeSite) -> None:
    done = site(f"{SPECIMEN}-- briefings/pages/search.md --\n---\ntitle: X\n---\nX.\n").build()
    assert done.codes == ["duplicate-permalink"]


def test_an_edit_makes_one_part_of_the_index_anew(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "LARGE", 1)
    monkeypatch.setattr(division, "RECENT", 0)
    made: list[set[str]] = []
    run = Job.run

    def counted(self: Job, pages: Any, *more: Any) -> dict[str, bytes]:
        made.append({url for url, _ in pages})
        return run(self, pages, *more)

    monkeypatch.setattr(Job, "run", counted)
    s = site(SPECIMEN)

    def build() -> dict[str, bytes]:
        made.clear()
        kept = s.build(plugin={"cards": False})
        again = list(made)
        clean = s.build(plugin={"cards": False, "cache": False})
        assert differing(kept.files, clean.files) == []
        assert len(made) == len(again) + 2, "a clean build makes both parts"
        made[:] = again
        return dict(kept.files)

    first = build()
    assert [f"{INDEX}2025/pagefind-entry.json" in first, len(made)] == [True, 2]
    build()
    assert made == [], "nothing changed"
    for year, slug in ((2026, "harbour-toll-agreed"), (2025, "reed-count")):
        path = s.content / str(year) / f"{slug}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nA canary.\n", encoding="utf-8")
        build()
        (pages_made,) = made
        assert f"/briefings/{year}/{slug}/" in pages_made
        assert ("/topics/tolls/" in pages_made) is (year == 2026)


def test_parts_that_are_kept_are_those_of_a_clean_build(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "LARGE", 1)
    monkeypatch.setattr(division, "RECENT", 0)
    s, run, lean = site(SPECIMEN), Job.run, {"cards": False}
    boats = "-- briefings/2024/boats.md --\n---\ntitle: Boats\nauthor: ada-example\n"
    s.write(f"{boats}date: 2024-05-02\ntopics: [tolls]\nsummary: Boats pay.\n---\nThey pay.\n")
    old, new = s.content / "2025/reed-count.md", s.content / "2026/harbour-toll-agreed.md"

    def edit(path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")

    def parts() -> set[str]:
        kept = s.publish(plugin=lean).files
        clean = s.build(plugin={**lean, "cache": False}, site_dir="clean").files
        assert differing(kept, clean) == []
        about = [path for path in kept if re.fullmatch(rf"{INDEX}(.*/)?pagefind-entry.json", path)]
        return {path.removeprefix(INDEX).rpartition("/")[0] for path in about}

    def broken(self: Job, *more: Any) -> dict[str, bytes]:
        raise SearchError("out of order")

    assert parts() == {"", "2024"}
    monkeypatch.setattr(division, "OLDER", 1)
    edit(new)
    year = {"2025-05", "2025-06"}
    assert parts() == {"", "2024", *year}
    min((s.output / INDEX / "2024" / "fragment").iterdir()).unlink()
    edit(new)
    assert parts() == {"", "2024", *year}, "of one that is kept a file was gone"
    edit(old)
    monkeypatch.setattr(Job, "run", broken)
    assert parts() == set(), "half an index is none"
    monkeypatch.setattr(Job, "run", run)
    assert parts() == {"", "2024", *year}
    (s.content / "2024/boats.md").unlink()
    assert parts() == {"", *year}
    monkeypatch.setattr(division, "LARGE", 4_000)
    edit(old)
    assert parts() == {""}


def test_an_edit_asks_for_the_texts_of_one_part(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what else decides what is told of a page has it told anew."""
    monkeypatch.setattr(division, "LARGE", 1)
    monkeypatch.setattr(division, "RECENT", 0)
    asked: list[str] = []

    def counted(view: View, *more: Any) -> Record | None:
        asked.append(view.url)
        return record_of(view, *more)

    monkeypatch.setattr(searchable, "record_of", counted)
    s, lean = site(SPECIMEN), {"cards": False}

    def build() -> set[str]:
        asked.clear()
        kept = s.publish(plugin=lean).files
        again = {url for url in asked if url.startswith("briefings/")}
        clean = s.build(plugin={**lean, "cache": False}, site_dir="clean").files
        assert differing(kept, clean) == []
        return again

    new = s.content / "2026/harbour-toll-agreed.md"
    assert len(build()) == 6
    assert build() == set()
    new.write_text(new.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")
    assert build() == {"briefings/2026/harbour-toll-agreed/"}
    topics = s.content / "topics.yml"
    moved = topics.read_text(encoding="utf-8").replace("  parent: money\n", "")
    topics.write_text(moved, encoding="utf-8")
    assert len(build()) == 6


@pytest.mark.parametrize("command", ["briefings", "mkdocs"])
def test_while_serving_the_index_follows_the_pages(site: MakeSite, command: str) -> None:
    s = site(SPECIMEN)
    with live(s, command) as server:

        def about() -> str:
            return server.get(".search/about.json")

        server.wait("the index", lambda: bool(about()))
        assert 'data-search="../.search/"' in server.get("search/")
        first = about()
        source = s.content / "2025" / "reed-count.md"
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("a tenth more", "a fifth more"), encoding="utf-8")
        server.wait("the edit", lambda: "a fifth more" in server.get("briefings/2025/reed-count/"))
        assert about(), "the old index is there until the new one is"
        server.wait("the next index", lambda: bool(about()) and about() != first)
        assert server.get(".search/pagefind-entry.json")
        # A build that changes nothing that is searched makes no new index.
        second = about()
        (s.content / "authors.yml").touch()
        server.wait("another build", lambda: server.log.count("Reloading") >= 2)
        assert about() == second
        assert "Traceback" not in server.log


@pytest.mark.skipif(os.name == "nt", reason="asks ps")
@pytest.mark.parametrize(
    ("end", "by"),
    [
        ("at once", signal.SIGINT),
        ("after the index", signal.SIGINT),
        ("after the index", signal.SIGTERM),
    ],
)
def test_a_server_that_ends_leaves_no_process_and_no_folder(
    site: MakeSite, tmp_path: Path, end: str, by: signal.Signals
) -> None:
    # A program of its own, to be told from those of others.
    program = shutil.copy(engine().path, tmp_path / "own-pagefind")
    folder = tmp_path / "temporary"
    folder.mkdir()
    env = {"TMPDIR": str(folder), "PAGEFIND_BINARY_PATH": str(program)}
    with live(site(SPECIMEN), "briefings", env=env) as server:
        if end == "after the index":
            server.wait("the index", lambda: bool(server.get(".search/about.json")))
        server.process.send_signal(by)
        assert server.process.wait(PATIENCE) == 0
        assert "Traceback" not in server.log
    assert list(folder.iterdir()) == []
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(program) not in running.stdout
