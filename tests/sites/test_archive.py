"""A real archive of some 2,000 articles goes through whole, with all its faults."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
import yaml

from ..benchmarks.measuring import measured
from ..benchmarks.search import QUERIES
from ..benchmarks.search import cost as search_cost
from ..browser.budgets import BRIEFING, Budget, cost, weight
from ..browser.serving import served
from ..browser.visiting import MakePage
from ..links import broken, citations
from ..machines import strict_json
from ..making import CONFIG, NOW, script, tree
from .index import INDEX

pytestmark = pytest.mark.archive


class Built:
    """The archive's site, what building it said and what it cost."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        config: dict[str, Any] = {
            **CONFIG,
            "docs_dir": str(corpus),
            "plugins": [{"briefings": {"severity": {"*": "warning"}}}],
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        log = folder / "log"
        self.folder = folder / "site"
        self.cost = measured(
            [script("briefings"), "build"],
            folder,
            self.folder,
            log,
            seconds=900,
            env={"SOURCE_DATE_EPOCH": str(NOW)},
        )
        self.log = log.read_text(encoding="utf-8")
        self.files = tree(self.folder)


@pytest.fixture(scope="module")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(corpus, tmp_path_factory.mktemp("archive"))


def test_every_article_topic_and_author_has_a_page(built: Built, corpus: Path) -> None:
    articles = {path.stem for path in corpus.rglob("*.md")}
    topics = set(yaml.safe_load((corpus / "topics.yml").read_text(encoding="utf-8")))
    authors = set(yaml.safe_load((corpus / "authors.yml").read_text(encoding="utf-8")))
    assert pages(built, r"briefings/\d{4}/([^/]+)/index.html") == articles
    assert pages(built, r"topics/([^/]+)/index.html") == topics
    assert pages(built, r"authors/([^/]+)/index.html") == authors
    # Each author is named once on the pages of the letters, to which the list of all leads.
    letters = pages(built, r"authors/(a-z/[^/]+)/index.html")
    home = linked(built, "authors/index.html")
    assert {f"authors/{letter}/" for letter in letters} <= home
    named = [linked(built, f"authors/{letter}/index.html") for letter in sorted(letters)]
    for author in authors:
        assert sum(f"authors/{author}/" in links for links in named) == 1, author


def linked(built: Built, path: str) -> set[str]:
    """Where the content of a page leads, relative to the root."""
    _, _, main = built.files[path].decode("utf-8").partition("<main")
    hrefs = re.findall(r'href="([^"#]+)"', main.partition("</main>")[0])
    return {urljoin(f"/{path}", href).removeprefix("/") for href in hrefs}


def pages(built: Built, pattern: str) -> set[str]:
    return {found[1] for path in built.files if (found := re.fullmatch(pattern, path))}


def test_every_link_of_the_archive_leads_somewhere(built: Built) -> None:
    faults = broken(built.files, str(CONFIG["site_url"]))
    kinds = Counter(fault.rpartition(": ")[2] for fault in faults)
    assert not faults, f"{kinds}: {faults[:20]}"


def test_every_link_of_the_archive_shows_as_a_backlink(built: Built) -> None:
    cited = citations(built.files, "prose")
    assert len(cited) > 1000
    back = {(target, source) for source, target in citations(built.files, "backlinks")}
    assert sorted(cited - back)[:20] == [], "links without a backlink"
    assert sorted(back - cited)[:20] == [], "backlinks without a link"


def test_every_feed_of_the_archive_is_read_without_complaint(built: Built) -> None:
    feeds = {path: data for path, data in built.files.items() if path.endswith("feed.xml")}
    articles = {path.removesuffix("index.html") for path in pages_of_articles(built)}
    assert len(feeds) > 500
    for path, data in feeds.items():
        parsed = feedparser.parse(data)
        assert parsed.bozo == 0, f"{path}: {parsed.get('bozo_exception')}"
        told = strict_json(built.files[path.replace(".xml", ".json")])
        assert [entry.id for entry in parsed.entries] == [item["id"] for item in told["items"]]
        root = str(CONFIG["site_url"])
        assert {item["url"].removeprefix(root) for item in told["items"]} <= articles
        assert len(parsed.entries) <= 30
    ids = [item["id"] for item in strict_json(built.files["feed.json"])["items"]]
    assert len(set(ids)) == 30


def pages_of_articles(built: Built) -> set[str]:
    return {path for path in built.files if re.fullmatch(r"briefings/\d{4}/[^/]+/index.html", path)}


def test_every_article_has_a_card(built: Built, corpus: Path) -> None:
    slugs = {path.stem for path in corpus.rglob("*.md")}
    total = 0
    for folder, most in (("", 40_000), ("16x9/", 12_000), ("4x3/", 12_000), ("1x1/", 12_000)):
        pattern = re.compile(rf"assets/cards/{folder}([^/]+)\.png")
        found = {path: pattern.fullmatch(path) for path in built.files}
        cards = {match[1]: len(built.files[path]) for path, match in found.items() if match}
        assert set(cards) == slugs
        assert max(cards.values()) < most
        total += sum(cards.values())
    assert total / len(slugs) < 40_000


@pytest.mark.browser
@pytest.mark.parametrize("query", QUERIES)
def test_page_and_search_come_in_150_kb(built: Built, visit: MakePage, query: str) -> None:
    """All that a first visit asks for until the first result is on the screen, headers included."""
    with served(built.folder) as origin:
        spent = search_cost(origin, query, visit)
    assert re.match(r"[1-9]", spent.found), spent
    assert spent.search > 100_000, "it was not measured"
    assert spent.first < 150_000


def test_what_narrows_or_sorts_the_results_is_light(built: Built) -> None:
    """It is asked for when a reader wants it."""
    assert strict_json(built.files[f"{INDEX}about.json"])["parts"] == []
    index = {p.removeprefix(INDEX): data for p, data in built.files.items() if p.startswith(INDEX)}
    filters = sum(len(data) for path, data in index.items() if path.startswith("filter/"))
    assert filters + len(gzip.compress(index["facets.json"])) < 75_000
    assert len(gzip.compress(index["days.json"])) < 15_000


def budget(path: str) -> Budget:
    if re.fullmatch(r"briefings/\d{4}/[^/]+/index.html", path):
        return BRIEFING
    return Budget()


def test_every_page_of_the_archive_keeps_to_its_budget(built: Built) -> None:
    over = {}
    for path, content in built.files.items():
        if path.endswith(".html"):
            size, elements = weight(content)
            most = budget(path)
            if size > most.html or elements > most.elements:
                over[path] = f"{size} bytes, {elements} elements"
    assert over == {}


@pytest.mark.browser
def test_the_heaviest_page_of_each_type_keeps_to_its_budget(built: Built, visit: MakePage) -> None:
    """As the browser counts, with all that comes with the page."""
    types: dict[tuple[str, int], str] = {}
    for path in sorted(path for path in built.files if path.endswith("index.html")):
        # Pages of one type are as deep in one folder as each other.
        kind = (path.partition("/")[0], path.count("/"))
        if len(built.files[path]) > len(built.files.get(types.get(kind, ""), b"")):
            types[kind] = path
    assert {("index.html", 0), ("briefings", 3), ("topics", 2), ("archive", 2)} <= set(types)
    with served(built.folder) as origin:
        over: dict[str, list[str]] = {}
        for path in types.values():
            spent = cost(visit(origin), path.removesuffix("index.html"))
            over |= {path: found} if (found := spent.over(budget(path))) else {}
    assert over == {}


def test_it_is_built_within_its_limits(built: Built) -> None:
    # A generous bound: what is told is measured elsewhere, this stops a slip of an order.
    assert built.cost.wall < 180
    assert built.cost.peak < 600_000_000
