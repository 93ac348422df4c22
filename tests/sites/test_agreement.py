"""What machines are told of a page is what the page shows: our own site, and one of every feature.

Head, structured data, cards, feeds and sitemaps are read as their readers read them, and compared
with the visible text.
"""

from __future__ import annotations

import os
import re
import struct
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest

from ..conftest import ROOT
from ..machines import Page, pages, strict_json, walk, words
from ..making import NOW, Site, script, tree
from .specimen import SPECIMEN

ADDRESSES = {"@id", "url", "item", "mainEntityOfPage", "license", "archivedAt"}
ADDRESSES |= {"publishingPrinciples", "correctionsPolicy", "masthead"}
PASSAGE = ("One crown a boat", '<q lang="fr">Un écu</q> or one crown a boat')
"""In the specimen's text, and the same with words in another language that say so."""


class Built:
    """A site as it was published."""

    def __init__(self, files: Mapping[str, bytes], root: str) -> None:
        self.files = files
        self.root = root
        self.pages = pages(files, root)
        self.by_url = {page.url: page for page in self.pages}

    def of(self, kind: str) -> list[Page]:
        """Pages whose structured data is of a kind; the test fails when there is none."""
        found = [page for page in self.pages if kind in page.kinds]
        assert found, f"no page of kind {kind}"
        return found

    def file(self, url: str) -> bytes:
        """What is published at an absolute address of the site."""
        assert url.startswith(self.root), url
        path = unquote(url.removeprefix(self.root))
        return self.files[path + "index.html" if path.endswith("/") or not path else path]

    @property
    def feeds(self) -> dict[str, bytes]:
        return {path: data for path, data in self.files.items() if path.endswith("feed.xml")}


@pytest.fixture(scope="module", params=["our own site", "a site of every feature"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("site")
    if request.param == "our own site":
        done = subprocess.run(
            [
                *(script("briefings"), "build", "--site-dir", str(folder)),
                *("--config-file", str(ROOT / "mkdocs.yml")),
            ],
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return Built(tree(folder), "https://terms-of-trade.example/")
    site = Site(folder)
    site.content.mkdir()
    site.write(SPECIMEN.replace(*PASSAGE))
    purpose = "Invented news about harbours, tolls and reeds, told in few words and never late."
    result = site.build(plugin={"page_size": 2}, site_description=purpose)
    assert result.exit_code == 0, result.log
    return Built(result.files, "https://briefings.example/")


# Every page


def test_structured_data_is_whole(built: Built) -> None:
    for page in built.pages:
        assert bool(page.graph) is page.indexed, page.path
        for key, value in walk(page.graph):
            assert value not in ("", None, [], {}), f"{page.path}: {key} is empty"
            if key in ADDRESSES and isinstance(value, str):
                assert value.startswith(("https://", "http://")), f"{page.path}: {key} {value}"
            if isinstance(value, str) and value.startswith(built.root):
                built.file(value.partition("#")[0])


def test_the_head_says_what_the_page_says(built: Built) -> None:
    name = built.by_url[built.root].says("og:site_name")
    titles: dict[str, str] = {}
    for page in built.pages:
        assert page.says("og:site_name") == name
        title = words(next(page.tree.iter("title")))
        own = title.removesuffix(f" — {name}")
        assert own in (page.says("og:title"), name), page.path
        assert len(title) <= 60 or name not in title.removeprefix(own), f"{page.path}: {title}"
        assert page.says("description") == page.says("og:description")
        assert len(page.says("description")) <= 155
        assert re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", page.says("og:locale"))
        if not page.indexed:
            assert page.head_links("canonical") == []
            continue
        assert page.head_links("canonical") == [page.url] == [page.says("og:url")]
        # A briefing of few words has no more to say.
        assert len(page.says("description")) >= 70 or "NewsArticle" in page.kinds, page.path
        # A head has room for less than a long description, and goes on after a short one.
        told = page.says("og:description").removesuffix("…")
        full = [node["description"] for node in page.graph if "description" in node]
        assert any(d.startswith(told) or told.startswith(d) for d in full), page.path
        assert titles.setdefault(title, page.path) == page.path, "two pages with one title"


def test_shared_links_have_a_picture(built: Built) -> None:
    used = set()
    for page in built.pages:
        picture = page.says("og:image")
        data = built.file(picture)
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        size = struct.unpack(">II", data[16:24])
        assert size == (int(page.says("og:image:width")), int(page.says("og:image:height")))
        assert size == (1200, 630)
        assert len(data) < 150 * 1024
        assert page.says("og:image:type") == "image/png"
        assert page.says("twitter:card") == "summary_large_image"
        assert page.says("og:title") in page.says("og:image:alt") or "cards/" not in picture
        if "NewsArticle" in page.kinds:
            assert picture not in used, "a briefing has a card of its own"
            images = page.node("NewsArticle")["image"]
            drawn = [image for image in images if "/assets/cards/" in image["url"]]
            assert drawn == images[-4:]
            assert drawn[0]["url"] == picture
            assert {(n["width"] / n["height"]) for n in drawn[1:]} == {16 / 9, 4 / 3, 1}
            for image in drawn:
                size = struct.unpack(">II", built.file(image["url"])[16:24])
                assert size == (image["width"], image["height"])
                assert size[0] * size[1] >= 50_000
            used |= {image["url"] for image in drawn}
        used.add(picture)
    cards = {built.root + path for path in built.files if path.startswith("assets/card")}
    assert cards == used, "no card without a page"


def test_every_page_has_icons_and_feeds(built: Built) -> None:
    for page in built.pages:
        for rel in ("icon", "apple-touch-icon"):
            (address,) = page.head_links(rel)
            assert built.file(urljoin(built.root, address))
        feeds = {
            element.get("type"): element.get("href", "")
            for element in page.tree.iter("link")
            if element.get("rel") == "alternate" and element.get("type")
        }
        assert {"application/atom+xml", "application/feed+json"} <= set(feeds)
        for address in feeds.values():
            built.file(urljoin(page.url, address))


def test_breadcrumbs_are_the_visible_trail(built: Built) -> None:
    walked = 0
    for page in built.pages:
        if not (page.indexed and page.trail):
            assert "BreadcrumbList" not in page.kinds, page.path
            continue
        items = page.node("BreadcrumbList")["itemListElement"]
        assert [(item["name"], item["item"]) for item in items[:-1]] == page.trail
        assert items[-1]["name"] == page.heading
        assert "item" not in items[-1]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        walked += 1
    assert walked > 10


def test_lists_are_those_of_the_page(built: Built) -> None:
    checked = 0
    for page in built.of("CollectionPage"):
        node = page.node("CollectionPage")
        assert node["name"] == page.heading
        if "mainEntity" not in node:
            continue
        listed = node["mainEntity"]["itemListElement"]
        assert [item["position"] for item in listed] == list(range(1, len(listed) + 1))
        assert node["mainEntity"]["numberOfItems"] == len(listed)
        links = [address for _, address in page.links(page.main)]
        shown = {*links, *(urldefrag(address).url for address in links)}
        for item in listed:
            assert item["url"] in shown, f"{page.path} does not show {item['url']}"
        checked += len(listed)
    assert checked > 20


# Briefings


def test_a_briefing_says_the_same_everywhere(built: Built) -> None:
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        assert node["headline"] == page.heading == page.says("og:title")
        assert node["headline"] == page.says("citation_title")
        assert node["url"] == node["mainEntityOfPage"] == page.url
        assert node["url"] == page.says("citation_public_url")
        assert page.says("og:type") == "article"
        language = page.tree.get("lang")
        assert node["inLanguage"] == language == page.says("citation_language")


def test_a_place_is_where_it_happened_and_not_where_it_was_written(built: Built) -> None:
    placed = 0
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        (byline,) = page.seen("byline")
        shown = re.findall(r"Where it happened: (.+?)(?: ·|$)", words(byline))
        place = node.get("contentLocation", {})
        assert shown == ([place["name"]] if place else []), page.path
        assert not {"dateline", "locationCreated"} & set(node), page.path
        placed += bool(place)
    assert placed


def test_a_reference_paper_says_its_number(built: Built) -> None:
    papers = built.of("Report")
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        number = node.get("reportNumber", "")
        assert bool(number) is (page in papers)
        assert number == page.says("citation_technical_report_number")
        (byline,) = page.seen("byline")
        assert ("Reference paper" in words(byline)) is bool(number)
        if number:
            assert f"Reference paper {number}" in words(byline)
            chicago, apa = (words(cite[0][1]) for cite in page.seen("cite"))
            assert f"Reference paper {number}, " in chicago
            assert f"(Reference paper {number})." in apa


def test_dates_are_the_visible_ones(built: Built) -> None:
    changed = 0
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        (byline,) = page.seen("byline")
        shown = [time.get("datetime", "") for time in byline.iter("time")]
        assert node["datePublished"] == shown[0] == page.says("article:published_time")
        assert node["dateModified"] == shown[-1]
        assert page.says("article:modified_time") == (shown[1] if len(shown) > 1 else "")
        assert page.says("citation_publication_date") == shown[0][:10].replace("-", "/")
        datetime.fromisoformat(shown[0])
        changed += len(shown) > 1
    assert changed


def test_bylines_are_the_visible_ones(built: Built) -> None:
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        (authors,) = page.seen("byline__authors")
        told = [(author["name"], author["url"]) for author in node["author"]]
        assert told == page.links(authors)
        assert page.meta["citation_author"] == [name for name, _ in told]
        assert page.meta["article:author"] == [url for _, url in told]
        for author in node["author"]:
            home = built.by_url[author["url"]].node("ProfilePage")["mainEntity"]
            assert (home["@type"], home["name"]) == (author["@type"], author["name"])
        who = page.seen("byline")[0][0]
        assert len(page.links(who)) == len(told) + ("editor" in node)
        if "editor" in node:
            assert page.links(who)[-1] == (node["editor"]["name"], node["editor"]["url"])


def test_topics_and_storylines_are_the_visible_ones(built: Built) -> None:
    in_stories = 0
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        shown = page.links(page.main)
        assert page.meta["article:tag"] == [topic["name"] for topic in node["about"]]
        assert page.says("article:section") == node["articleSection"] == node["about"][0]["name"]
        for part in (*node["about"], *node.get("isPartOf", [])):
            assert (part["name"], part["url"]) in shown
        if "position" in node:
            story = built.by_url[node["isPartOf"][0]["url"]].node("CreativeWorkSeries")
            part = story["hasPart"][node["position"] - 1]
            assert part["url"] == page.url
            in_stories += 1
    assert in_stories


def test_corrections_and_sources_are_the_visible_ones(built: Built) -> None:
    corrections = sources = 0
    for page in built.of("NewsArticle"):
        node = page.node("NewsArticle")
        text = words(page.main)
        rows = [row for log in page.seen("log") for row in log.iter("li")]
        marked = [row for row in rows if "tag--correction" in ET.tostring(row, "unicode")]
        told = node.get("correction", [])
        assert len(told) == len(marked)
        for correction, row in zip(told, marked, strict=True):
            assert correction["text"] in words(row)
            assert correction["datePublished"] == next(row.iter("time")).get("datetime")
        cited = node.get("citation", [])
        for number, source in enumerate(cited, start=1):
            (shown,) = page.seen(f"#_source-{number}")
            assert source["name"] in words(shown)
            if "url" in source:
                assert (source["name"], source["url"]) in page.links(shown)
            if "datePublished" in source:
                assert source["datePublished"][:4] in words(shown)
        assert page.seen(f"#_source-{len(cited) + 1}") == []
        assert f"{node['timeRequired'].strip('PTM')} min read" in text
        corrections += len(told)
        sources += len(cited)
    assert corrections
    assert sources


# Other kinds of pages


def test_each_kind_of_page_is_what_it_says(built: Built) -> None:
    front = built.by_url[built.root]
    site, publisher = front.node("WebSite"), front.node("NewsMediaOrganization")
    assert site["name"] == publisher["name"] == front.says("og:site_name")
    assert site["publisher"]["@id"] == publisher["@id"]
    logo = built.file(publisher["logo"]["url"])
    assert struct.unpack(">II", logo[16:24]) == (
        publisher["logo"]["width"],
        publisher["logo"]["height"],
    )
    for key, value in publisher.items():
        if key.endswith(("Policy", "Principles")):
            assert value in dict(map(reversed, front.links(front.tree)))  # type: ignore[arg-type]
    for page in built.of("ProfilePage"):
        assert page.node("ProfilePage")["mainEntity"]["name"] == page.heading
        assert page.says("og:type") == "profile"
    for page in built.of("CreativeWorkSeries"):
        series = page.node("CreativeWorkSeries")
        assert series["name"] == page.heading
        (stops,) = page.seen("stops")
        told = [(part["headline"], part["url"]) for part in series["hasPart"]]
        assert told == page.links(stops)
        assert [part["position"] for part in series["hasPart"]] == list(range(1, len(told) + 1))
        listed = page.node("ItemList")["itemListElement"]
        for item in listed:
            shown = item["item"].get("name") or item["item"]["headline"]
            assert shown in words(page.main)
        assert len(listed) == len(page.seen("event"))
    assert built.by_url[f"{built.root}about/"].node("AboutPage")
    for page in built.pages:
        if page.path.startswith("editions/") and page.path.count("/") == 2:
            issue = page.node("PublicationIssue")
            assert issue["isPartOf"]["url"] == page.trail[-1][1]
            picks = [link for title in page.seen("picks__title") for link in page.links(title)]
            assert picks == [(part["headline"], part["url"]) for part in issue["hasPart"]]


def test_what_is_not_to_be_found_says_so(built: Built) -> None:
    hidden = {page.path for page in built.pages if not page.indexed}
    deep = re.compile(
        r"404\.html|search/index\.html|archive/\d{4}/\d{2}/index\.html|.*/page-\d+/index\.html"
    )
    assert hidden == {page.path for page in built.pages if deep.fullmatch(page.path)}
    for page in built.pages:
        if not page.indexed:
            assert page.says("robots") == "noindex, follow"


# Feeds


def moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def test_feeds_hold_briefings_as_their_pages_have_them(built: Built) -> None:
    assert len(built.feeds) > 5
    for path, data in built.feeds.items():
        told = strict_json(built.files[path.replace(".xml", ".json")])
        parsed = feedparser.parse(data)
        assert parsed.bozo == 0, f"{path}: {parsed.get('bozo_exception')}"
        assert [entry.id for entry in parsed.entries] == [item["id"] for item in told["items"]]
        assert len(told["items"]) <= 30
        assert told["feed_url"] == built.root + path.replace(".xml", ".json")
        home = built.by_url[told["home_page_url"]]
        assert home.heading.startswith(told["title"]) or told["title"].startswith(
            home.says("og:site_name")
        )
        for item in told["items"]:
            page = built.by_url[item["url"]]
            node = page.node("NewsArticle")  # No page of lists is an entry.
            if path.startswith("changes/"):
                assert item["title"].endswith(f": {page.heading}")
                continue
            assert item["title"] == page.heading
            assert moment(item["date_published"]) == moment(node["datePublished"])
            assert moment(item["date_modified"]) == max(
                moment(node["datePublished"]), moment(node["dateModified"])
            )
            assert [author["name"] for author in item["authors"]] == [
                author["name"] for author in node["author"]
            ]
            assert item["tags"] == [topic["name"] for topic in node["about"]]
            assert item["language"] == page.tree.get("lang")


def test_every_list_that_grows_has_a_feed(built: Built) -> None:
    lists = [p for p in built.pages if {"DefinedTerm", "CreativeWorkSeries"} & p.kinds]
    lists += [page for page in built.pages if "ProfilePage" in page.kinds]
    homes = {"", "changes/", "changes/corrections/"}
    homes |= {page.path.removesuffix("index.html") for page in lists}
    assert {path.removesuffix("feed.xml") for path in built.feeds} == homes
    assert {path for path in built.files if path.endswith("feed.json")} == {
        f"{home}feed.json" for home in homes
    }


def test_what_feeds_hold_can_be_read_anywhere(built: Built) -> None:
    passages = 0
    for item in strict_json(built.files["feed.json"])["items"]:
        page = built.by_url[item["url"]]
        # Numbers of sources have brackets there alone.
        html = re.sub(r"\[(\d+)\](?=</a>)", r"\1", item["content_html"])
        content = html5lib.parse(html, namespaceHTMLElements=False)
        for element in content.iter():
            for name in ("href", "src"):
                if address := element.get(name):
                    assert address.startswith(("https://", "http://", "mailto:")), address
        assert not {"script", "style", "svg", "iframe", "form"} & {e.tag for e in content.iter()}
        text = words(content)
        (prose,) = page.seen("prose")
        for paragraph in prose.iter("p"):
            assert words(paragraph) in text, f"{page.path}: not all of the text is in the feed"
        for figure in prose.iter("table"):
            for cell in figure.iter("td"):
                assert words(cell) in text
        for foreign in prose.iter():
            if lang := foreign.get("lang"):
                passages += 1
                twins = [e for e in content.iter(foreign.tag) if e.get("lang") == lang]
                assert any(words(twin) == words(foreign) for twin in twins)
        for source in page.node("NewsArticle").get("citation", []):
            assert source["name"] in text
        if page.seen("banner--correction"):
            assert page.node("NewsArticle")["correction"][0]["text"] in text
    assert passages


# Sitemaps


def test_the_sitemap_lists_what_may_be_found(built: Built) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = {
        row.findtext(f"{namespace}loc", ""): row.findtext(f"{namespace}lastmod")
        for row in ET.fromstring(built.files["sitemap.xml"])
    }
    assert set(rows) == {page.url for page in built.pages if page.indexed}
    for page in built.of("NewsArticle"):
        assert rows[page.url] == page.node("NewsArticle")["dateModified"][:10]
    newest = max(day for day in rows.values() if day)
    assert rows[built.root] == newest, "the front page shows what changed last"
    assert rows[f"{built.root}topics/"] == newest, "and so does the list of all topics"
    if issues := [day for url, day in rows.items() if "/editions/2" in url and day]:
        assert rows[f"{built.root}editions/"] == max(issues)
    stories = [day for url, day in rows.items() if "/storylines/" in url and day]
    assert rows[f"{built.root}storylines/"] == max(stories)
    years = [day for url, day in rows.items() if re.search(r"/archive/\d{4}/$", url) and day]
    assert max(years) == newest
    assert rows[f"{built.root}archive/"] is None, "numbers alone, of which no log tells"


def test_robots_are_told_of_both_sitemaps(built: Built) -> None:
    told = built.files["robots.txt"].decode()
    named = re.findall(r"^Sitemap: (.*)$", told, re.MULTILINE)
    assert named == [f"{built.root}sitemap.xml", f"{built.root}news-sitemap.xml"]
    for address in named:
        ET.fromstring(built.file(address))


def test_a_briefing_of_today_is_news(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(tmp_path_factory.mktemp("news"))
    site.content.mkdir()
    site.write(SPECIMEN)
    text = "---\ntitle: {}\nauthor: ada-example\ndate: {}\ntopics: [tolls]\nsummary: S.\n---\nS.\n"
    for title, day in (
        ("Ferry fee falls", "2026-05-30T13:00:00+00:00"),  # 47 hours before the build
        ("Too old", "2026-05-30T11:00:00+00:00"),  # 49 hours
        ("CANARYSOON", "2026-06-01T13:00:00+00:00"),  # in an hour
    ):
        name = title.lower().replace(" ", "-")
        site.write(f"-- briefings/2026/{name}.md --\n{text.format(title, day)}")
    done: Any = site.build()
    assert done.exit_code == 0, done.log
    news = done.text("news-sitemap.xml")
    assert re.findall(r"<news:title>(.*?)</news:title>", news) == ["Ferry fee falls"]
    assert "<news:publication_date>2026-05-30T13:00:00+00:00<" in news
