"""Social cards of a whole site: where they are drawn, kept and left out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs_briefings.publishing.cards import SHAPES, site_card
from mkdocs_briefings.publishing.drawing import draw

from ..machines import Page, pages
from ..making import NOW, MakeSite, Site, differing, environment, tree
from ..publishing.conftest import make_chrome
from .live import live
from .specimen import SPECIMEN

ILLUSTRATED = """
-- briefings/2026/with-a-picture.md --
---
title: The toll in a picture
author: ada-example
date: 2026-05-25
topics: [tolls]
summary: What the harbour looked like on the day that both councils agreed on the toll.
image: {src: ../images/toll.png, alt: "Boats <at> dawn", credit: C. Invented}
---
What the harbour looked like.
"""
ROOT = "https://briefings.example/"


def cards(files: Mapping[str, bytes]) -> set[str]:
    return {path for path in files if path.startswith("assets/card")}


def page(files: Mapping[str, bytes], path: str) -> Page:
    (found,) = [page for page in pages(files, ROOT) if page.path == path]
    return found


def test_a_card_for_each_briefing_and_one_for_the_site(site: MakeSite) -> None:
    done = site(SPECIMEN).build()
    slugs = {path.split("/")[2] for path in done.pages if path.startswith("briefings/")}
    folders = ("", *(f"{name}/" for name in SHAPES))
    drawn = {f"assets/cards/{folder}{slug}.png" for slug in slugs for folder in folders}
    assert cards(done.files) == drawn | {"assets/card.png"}


@pytest.mark.parametrize(
    ("plugin", "options"),
    [
        pytest.param({}, {"site_url": None}, id="a site that does not know its address"),
        pytest.param({"cards": False}, {}, id="a site that wants none"),
    ],
)
def test_a_site_without_cards(
    site: MakeSite, plugin: dict[str, bool], options: dict[str, Any]
) -> None:
    s = site(SPECIMEN)
    done = s.build(plugin=plugin, **options)
    assert done.exit_code == 0, done.log
    assert cards(done.files) == set()
    assert not (s.root / ".cache" / "briefings" / "cards").exists()
    for path, text in done.pages.items():
        assert "og:image" not in text, path
        assert "assets/card" not in text, path


def test_a_picture_of_its_own_is_shared_where_there_are_no_cards(site: MakeSite) -> None:
    def illustrated() -> Site:
        s = site(SPECIMEN + ILLUSTRATED)
        (s.content / "images").mkdir()
        (s.content / "images" / "toll.png").write_bytes(draw(site_card(make_chrome())))
        return s

    path = "briefings/2026/with-a-picture/index.html"
    picture = f"{ROOT}images/toll.png"
    without = page(illustrated().build(plugin={"cards": False}).files, path)
    assert without.says("og:image") == picture
    assert without.says("og:image:alt") == "Boats <at> dawn"
    assert [image["url"] for image in without.node("NewsArticle")["image"]] == [picture]
    both = page(illustrated().build().files, path)
    assert both.says("og:image") == f"{ROOT}assets/cards/with-a-picture.png"
    urls = [image["url"] for image in both.node("NewsArticle")["image"]]
    shapes = [f"{ROOT}assets/cards/{name}/with-a-picture.png" for name in SHAPES]
    assert urls == [picture, both.says("og:image"), *shapes]


def test_kept_cards_change_no_byte(site: MakeSite) -> None:
    s = site(SPECIMEN)
    first = s.build()
    kept = s.root / ".cache" / "briefings" / "cards"
    names = {path.name for path in kept.iterdir()}
    pictures = [path for path in cards(first.files) if path.count("/") < 3]
    assert len(names) == len(pictures), "all shapes of a card are kept together"
    assert differing(first.files, s.build().files) == []
    for n, path in enumerate(sorted(kept.iterdir())):
        path.write_bytes(path.read_bytes()[: n * 1000])
    assert differing(first.files, s.build().files) == [], "damage costs time and nothing else"
    s.write(
        "-- briefings/2025/reed-quota.md --\n---\ntitle: Reed quota kept\nauthor: ada-example\n"
        "date: 2025-05-11\ntopics: [nature]\nsummary: S.\n---\nS.\n"
    )
    second = s.build()
    changed = {path for path in differing(first.files, second.files) if path in cards(second.files)}
    assert changed == {f"assets/cards/{f}reed-quota.png" for f in ("", "16x9/", "4x3/", "1x1/")}
    after = {path.name for path in kept.iterdir()}
    assert len(after - names) == len(names - after) == 1, "what nobody asks for is removed"


def test_who_draws_no_card_or_few_keeps_the_others(site: MakeSite) -> None:
    """Cards left over go when a build asks for all."""
    s = site(SPECIMEN)
    kept = s.root / ".cache" / "briefings" / "cards"
    s.publish(plugin={"search": False})
    first = set(tree(kept))
    assert len(first) > 5
    for command in ("briefings", "mkdocs"):
        with live(s, command):
            pass
        assert set(tree(kept)) == first, command
    quota = s.content / "2025" / "reed-quota.md"
    quota.write_text(quota.read_text("utf-8").replace("title: Reed", "title: The reed"), "utf-8")
    s.publish(plugin={"search": False})
    assert len(set(tree(kept)) - first) == 1
    assert set(tree(kept)) > first
    shutil.rmtree(s.output)
    shutil.rmtree(s.root / ".cache" / "briefings" / "twin")
    s.publish(plugin={"search": False})
    assert len(set(tree(kept))) == len(first)


def test_slugs_in_any_script_have_cards(site: MakeSite) -> None:
    s = site(SPECIMEN)
    s.write(
        "-- briefings/2026/関税.md --\n---\ntitle: 関税の見直し\nauthor: ada-example\n"
        "date: 2026-05-01\ntopics: [tolls]\nlang: ja\nsummary: 関税。\n---\n見直しが始まる。\n"
    )
    done = s.build()
    assert done.exit_code == 0, done.log
    assert "assets/cards/関税.png" in done.files
    found = page(done.files, "briefings/2026/関税/index.html")
    assert found.says("og:image") == f"{ROOT}assets/cards/%E9%96%A2%E7%A8%8E.png"
    assert found.says("og:locale") == "ja_JP"


@dataclass(frozen=True)
class Serving:
    files: Mapping[str, bytes]


def served(site: Site) -> Serving:
    """The site as a serving build writes it."""
    path = site.configure({}, {})
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        config = load_config(config_file=str(path))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        config.plugins.on_shutdown()
    return Serving(tree(site.output))


def test_an_edit_waits_for_no_card(site: MakeSite) -> None:
    s = site(SPECIMEN)
    done = served(s)
    assert "CANARYDRAFT" in done.files["briefings/2026/draft-of-a-plan/index.html"].decode()
    assert cards(done.files) == set()
    assert not (s.root / ".cache" / "briefings" / "cards").exists()


def test_a_site_below_a_path_has_no_robots(site: MakeSite) -> None:
    done = site(SPECIMEN).build(site_url=f"{ROOT}a/b/")
    assert "robots.txt" not in done.files
    assert "news-sitemap.xml" in done.files
    found = re.findall(r'og:image" content="([^"]*)"', done.text("index.html"))
    assert found == [f"{ROOT}a/b/assets/card.png"]


def test_a_sites_own_robots_stands(site: MakeSite) -> None:
    s = site(SPECIMEN + "-- overrides/robots.txt --\nUser-agent: *\nDisallow: /old/\n")
    done = s.build(theme={"name": "briefings", "custom_dir": "overrides"})
    assert done.exit_code == 0, done.log
    assert done.text("robots.txt") == "User-agent: *\nDisallow: /old/\n"


def test_without_an_address_there_is_nothing_for_machines(site: MakeSite) -> None:
    done = site(SPECIMEN).build(site_url=None)
    assert not {"robots.txt", "news-sitemap.xml", "sitemap.xml", "feed.xml"} & set(done.files)
