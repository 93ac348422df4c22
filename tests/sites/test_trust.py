"""Whole sites: what a reader can check, on every page and in every list, and nothing that moves."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest
from mkdocs.config import load_config
from mkdocs_briefings.host.assemble import assemble
from mkdocs_briefings.plugin import BriefingsPlugin
from mkdocs_briefings.viewing.records import BriefingView

from ..links import broken
from ..making import CONFIG, MakeSite, Result, Site, differing, environment
from ..repos import Repo

HUB = "https://github.com/ada/daily"
PAGE = "briefings/2026/rates-held/index.html"

RATES = """\
-- briefings/rates-held.md --
---
title: Rates held
author: ada-example
date: 2026-03-17T09:30:00+02:00
topics: [banks]
summary: The bank kept its rate.
---
The bank kept its rate.
-- briefings/rates-cut.md --
---
title: Rates cut
authors: [ada-example, desk]
date: 2026-04-17
topics: [banks]
summary: The bank cut its rate.
---
The bank cut its rate, see [[rates-held]].
-- briefings/authors.yml --
ada-example: {name: Ada Example}
desk: {name: The Bank Desk, desk: true}
"""
CORRECTED = """\
-- briefings/rates-held.md --
---
title: Rates held
author: ada-example
date: 2026-03-17T09:30:00+02:00
topics: [banks]
summary: The bank kept its rate.
status: superseded
by: rates-cut
corrections:
  - date: 2026-03-20
    text: "The rate was given as 4 percent; it is <3> percent."
---
The bank kept its rate of 3 percent.
"""
CONTRIBUTE = """\
-- briefings/pages/contribute.md --
---
title: How to contribute
---
Three ways.

## Fix a mistake

Tell us.
"""


def build(made: Site, plugin: Mapping[str, object] | None = None, **options: Any) -> Result:
    """Build with these options alone: a site keeps those of its first build otherwise."""
    for name in ("mkdocs.yml", "mkdocs.own.yml"):
        (made.root / name).unlink(missing_ok=True)
    return made.build(plugin=plugin, **options)


@pytest.fixture
def kept(site: MakeSite) -> tuple[Site, Repo, str]:
    """A site in a repository, with a logged correction and a commit that nobody logged."""
    made = site(RATES)
    repo = Repo(made.root)
    repo.write(".gitignore", "/site/\n/mkdocs*.yml\n")
    repo.commit("content: Add two briefings", "2026-03-17")
    made.write(CORRECTED)
    correction = repo.commit("content: Correct the rate <b>", "2026-03-21")
    made.write(CORRECTED.replace("kept its rate of", "held its rate at"))
    repo.commit("Say it better", "2026-05-30")
    return made, repo, correction


def test_history_stands_beside_the_log_and_moves_no_date(kept: tuple[Site, Repo, str]) -> None:
    made, repo, correction = kept
    built = build(made, repo_url=HUB)
    page = built.text(PAGE)
    log, _, edits = page.partition('<details class="fold">')
    assert f'<a href="{HUB}/commit/{correction}" rel="noopener noreferrer">See the change' in log
    assert log.count("See the change") == 1
    assert "All 3 edits to this text" in edits
    assert re.findall(r'">([^<]*)</a></p></li>', edits.partition("</details>")[0]) == [
        "Say it better",
        "Correct the rate &lt;b&gt;",
        "Add two briefings",
    ]
    assert f"{HUB}/blob/{repo.head}/briefings/rates-held.md" in page
    without = build(made, repo_url=HUB, plugin={"history": False})
    assert "edits to this text" not in without.text(PAGE)
    changed = differing(built.files, without.files)
    assert changed == ["briefings/2026/rates-cut/index.html", PAGE], "pages of briefings alone"
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])["@graph"][0]
    assert data["dateModified"] == "2026-03-20"


def test_two_clones_give_the_same_bytes(kept: tuple[Site, Repo, str], tmp_path: Path) -> None:
    made, repo, _ = kept
    repo.git("clone", "--quiet", repo.root.as_uri(), str(tmp_path / "a folder" / "clone"))
    other = Site(tmp_path / "a folder" / "clone")
    here = build(made, repo_url=HUB)
    with environment(TZ="Pacific/Kiritimati"):
        there = build(other, repo_url=HUB)
    assert differing(here.files, there.files) == []


def test_what_is_not_committed_has_no_history(kept: tuple[Site, Repo, str]) -> None:
    made, repo, _ = kept
    before = build(made, repo_url=HUB).text(PAGE)
    made.write(CORRECTED.replace("kept its rate of", "left its rate at"))
    after = build(made, repo_url=HUB).text(PAGE)
    assert "left its rate at" in after
    version = f"/blob/{repo.head}/"
    assert (version in before, version in after) == (True, False)
    assert "All 3 edits to this text" in after


@pytest.mark.parametrize(
    ("options", "plugin", "links"),
    [
        pytest.param({}, {}, False, id="no repository is named"),
        pytest.param({"repo_url": "https://git.example/a/b"}, {}, False, id="an unknown forge"),
        pytest.param(
            {"repo_url": "https://git.example/a/b"}, {"forge": "forgejo"}, True, id="told which"
        ),
    ],
)
def test_links_need_a_known_forge(
    kept: tuple[Site, Repo, str], options: dict[str, str], plugin: dict[str, str], links: bool
) -> None:
    page = build(kept[0], plugin=plugin, **options).text(PAGE)
    assert "All 3 edits to this text" in page
    assert ("See the change" in page, "This version in the repo" in page) == (links, links)


def test_a_shallow_clone_is_told_once_and_shows_nothing(
    kept: tuple[Site, Repo, str], tmp_path: Path
) -> None:
    _, repo, _ = kept
    repo.git("clone", "--quiet", "--depth=1", repo.root.as_uri(), str(tmp_path / "clone"))
    built = Site(tmp_path / "clone").build(repo_url=HUB, strict=True)
    assert built.exit_code == 0
    assert built.log.count("No history is shown: this clone holds a part of the history") == 1
    assert "edits to this text" not in built.text(PAGE)


@pytest.mark.parametrize(
    ("option", "serving", "shown"),
    [
        ("auto", False, True),
        ("auto", True, False),
        (True, True, True),
        (False, False, False),
    ],
)
def test_a_serving_build_waits_for_git_only_when_told_to(
    kept: tuple[Site, Repo, str], option: object, serving: bool, shown: bool
) -> None:
    path = kept[0].configure({}, {"history": option})
    config = load_config(str(path))
    plugin = config.plugins["briefings"]
    assert isinstance(plugin, BriefingsPlugin)
    made = assemble(config, plugin.config, serving=serving, known={})
    counts = {v.edit_count for v in made.views if isinstance(v, BriefingView)}
    assert (counts == {3, 1}, counts == {0}) == (shown, not shown)


def test_history_that_is_asked_for_and_missing_is_told(site: MakeSite) -> None:
    made = site(RATES)
    assert "No history" not in build(made).log
    assert "No history is shown: git knows nothing of briefings" in (
        build(made, plugin={"history": True}).log
    )


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        ({"history": "always"}, "history: `true`, `false` or `auto` is wanted"),
        ({"forge": "sourcehut"}, "forge: 'sourcehut' is not known; known are bitbucket, forgejo"),
        ({"forge": {"commits": "x"}}, "forge: there is no 'commits'"),
        ({"forge": {"file": "{repo}/{commit}"}}, "forge: file: a pattern with {path} in it"),
    ],
)
def test_options_that_cannot_be_meant(
    site: MakeSite, plugin: dict[str, object], message: str
) -> None:
    built = build(site(RATES), plugin)
    assert (built.exit_code != 0, message in built.log) == (True, True), built.log


# Corrections ---------------------------------------------------------------------------------


def feed(built: Result, path: str) -> list[str]:
    parsed = feedparser.parse(built.files[path])
    assert not parsed.bozo
    return [entry.id for entry in parsed.entries]


def test_corrections_have_a_page_and_feeds_one_click_from_everywhere(site: MakeSite) -> None:
    made = site(RATES)
    made.write(CORRECTED)
    made.write("-- briefings/rates-cut.md --\n" + (made.content / "rates-cut.md").read_text()
               .replace("topics:", "updated: 2026-04-20\ntopics:"))  # fmt: skip
    built = build(made)
    page = built.text("changes/corrections/index.html")
    assert "it is &lt;3&gt; percent" in page
    assert "Rates cut" not in page
    assert "_filter" not in page, "nothing to choose from"
    assert 'name="_filter"' in built.text("changes/index.html")
    for kind, name in (("atom+xml", "feed.xml"), ("feed+json", "feed.json")):
        place = f"../../changes/corrections/{name}"
        assert re.search(rf'<link rel="alternate" type="application/{re.escape(kind)}"[^>]* '
                         rf'href="{place}">', page)  # fmt: skip
    assert '<a href="../../changes/corrections/feed.xml">Follow by feed</a>' in page
    corrections, all_ = feed(built, "changes/corrections/feed.xml"), feed(built, "changes/feed.xml")
    assert len(corrections) == 1
    assert len(all_) == 2
    assert set(corrections) < set(all_), "one change has one identity"
    items = json.loads(built.files["changes/corrections/feed.json"])["items"]
    assert [item["id"] for item in items] == corrections
    for path, text in built.pages.items():
        assert "changes/corrections/" in text.partition('<footer class="site-footer"')[2], path
    assert broken(built.files, str(CONFIG["site_url"])) == []


def test_the_frame_is_the_same_with_and_without_corrections(site: MakeSite) -> None:
    made = site(RATES)
    before = build(made)
    assert "No updates or corrections yet." in before.text("changes/corrections/index.html")
    made.write(CORRECTED)
    after = build(made)
    assert "authors/desk/index.html" not in differing(before.files, after.files)


@pytest.mark.parametrize("directories", [True, False])
def test_the_policy_is_the_page_and_not_the_list(site: MakeSite, directories: bool) -> None:
    made = site(RATES)
    assert "correctionsPolicy" not in build(made, use_directory_urls=directories).text("index.html")
    made.write(
        "-- briefings/pages/corrections-policy.md --\n---\ntitle: Corrections policy\n---\nWe do.\n"
    )
    page = build(made, use_directory_urls=directories).text("index.html")
    found = re.findall(r'"correctionsPolicy":"([^"]*)"', page)
    ending = "/" if directories else ".html"
    assert found == [f"{CONFIG['site_url']}corrections-policy{ending}"]


def test_every_list_says_what_became_of_a_briefing(site: MakeSite) -> None:
    made = site(RATES)
    made.write(CORRECTED)
    built = build(made)
    # The front page leaves out what was superseded.
    lists = ("topics/banks/index.html", "authors/ada-example/index.html",
             "archive/2026/index.html", "archive/2026/03/index.html")  # fmt: skip
    for path in lists:
        page = built.text(path)
        assert '<span class="tag">Superseded</span>' in page, path
        assert '<span class="tag tag--correction">Corrected 20 Mar 2026</span>' in page, path


def test_the_byline_has_the_hour_that_was_written(site: MakeSite) -> None:
    made = site(RATES)
    made.write(CORRECTED)
    built = build(made)
    held, cut = (built.text(f"briefings/2026/rates-{name}/index.html") for name in ("held", "cut"))
    assert '<time datetime="2026-03-17T09:30:00+02:00">17 March 2026, 09:30 UTC+2</time>' in held
    assert '<time datetime="2026-03-20">20 March 2026</time>' in held
    assert '<a href="#_updates">See the update</a>' in held
    assert '<time datetime="2026-04-17">17 April 2026</time>' in cut


# Suggest a correction -------------------------------------------------------------------------


def suggested(page: str) -> list[str]:
    main = page.partition('<footer class="site-footer"')[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>Suggest a correction</a>', main)
    assert len(set(found)) <= 1, "two ways to do one thing"
    return found


def test_a_mistake_is_mended_in_the_same_place_on_every_page(site: MakeSite) -> None:
    made = site(RATES + CONTRIBUTE)
    forge = build(made, repo_url=HUB)
    assert suggested(forge.text(PAGE)) == [f"{HUB}/edit/main/briefings/rates-held.md"] * 2
    assert suggested(forge.text("contribute/index.html"))[0].endswith("/pages/contribute.md")
    bare = build(made)
    assert suggested(bare.text(PAGE)) == ["../../../contribute/#fix-a-mistake"] * 2
    for built in (forge, bare):
        for path, page in built.pages.items():
            footer = page.partition('<footer class="site-footer"')[2]
            assert 'contribute/#fix-a-mistake">Suggest a correction</a>' in footer, path
        assert broken(built.files, str(CONFIG["site_url"])) == []


def test_without_a_way_to_mend_there_is_no_link(site: MakeSite) -> None:
    page = site(RATES).build().text(PAGE)
    assert "Suggest a correction" not in page


# Citations ------------------------------------------------------------------------------------


def test_a_briefing_says_how_to_cite_it_and_only_there(site: MakeSite) -> None:
    built = site(RATES).build()
    page = built.text("briefings/2026/rates-cut/index.html")
    url = f"{CONFIG['site_url']}briefings/2026/rates-cut/"
    assert f"Example, Ada, and The Bank Desk. “Rates cut.” Specimen, 17 April 2026. {url}" in page
    assert re.findall(r'download="([^"]*)"', page) == [
        "rates-cut.bib",
        "rates-cut.ris",
        "rates-cut.json",
    ]
    assert '<a href="#_cite">Cite this</a>' in page
    others = [path for path, text in built.pages.items() if "data-cite" in text]
    assert sorted(others) == ["briefings/2026/rates-cut/index.html", PAGE]


def test_the_registry_says_which_part_of_a_name_is_the_familys(site: MakeSite) -> None:
    made = site(RATES.replace("{name: Ada Example}", "{name: Muster Ada, family: Muster}"))
    page = build(made).text(PAGE)
    assert "Muster Ada. “Rates held.”" in page
    assert "Muster, A. (2026, March 17)" in page


def test_without_an_address_there_is_nothing_to_cite(site: MakeSite) -> None:
    page = site(RATES).build(site_url=None).text(PAGE)
    assert "data-cite" not in page
    assert "#_cite" not in page
