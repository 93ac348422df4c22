"""Feeds are valid, say what the views say, and know a briefing by the same id for good."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest
from mkdocs_briefings.publishing.entries import LIMIT
from mkdocs_briefings.publishing.feeds import (
    Entry,
    Feed,
    atom,
    corrections_feed,
    feed_of,
    json_feed,
)
from mkdocs_briefings.publishing.identity import change_id, entry_id
from mkdocs_briefings.viewing.parts import Change, Chrome, FeedRef, ImageItem

from .conftest import (
    BO,
    FOREIGN,
    URL,
    make_briefing,
    make_card,
    make_changes,
    make_chrome,
    make_feed,
    make_source,
)

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[A-Za-z0-9._~!$&'()*+,;=:@%/-]+")
BODY = f'<p>It <a href="{URL}briefings/2026/x/">opens</a> &amp; runs &lt; a year.</p>'
CONTENT = (
    f'<figure><img src="{URL}images/port.png" alt="A port at dawn">'
    "<figcaption>C. Invented</figcaption></figure>"
    "<p><strong>Correction, 2 April 2026.</strong> It is 5 %, not 6 %.</p>"
    "<ul><li>Quotas &lt; 5% stay</li><li>Ports &amp; rail wait</li></ul>"
    "<p><strong>Why it matters:</strong> Importers must refile.</p>"
    f"{BODY}"
    '<h2>Sources</h2><ol><li><a href="https://documents.example/1">'
    '<span lang="fr">Document no. 1</span></a>. Ministry of Examples, 31 May 2026</li>'
    "<li>Document no. 2. 31 May 2026</li></ol>"
)


def entry(slug: str = "quota-review", html: str = BODY, **changes: Any) -> Entry:
    return Entry(make_briefing(slug, **changes), html)


def root(data: bytes) -> ET.Element:
    return ET.fromstring(data)


def text(node: ET.Element, path: str) -> str:
    found = node.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))
    assert len(found) == 1, f"{path} is there {len(found)} times"
    return found[0].text or ""


def test_an_atom_entry_says_what_the_view_says(chrome: Chrome) -> None:
    feed = root(atom(make_feed(entry()), chrome))
    node = feed.findall(f"{ATOM}entry")[0]
    assert text(node, "title") == "Quota review opens"
    assert text(node, "id") == "tag:specimen.example,2026-03-17:quota-review"
    assert text(node, "published") == "2026-03-17T09:30:00+02:00"
    assert text(node, "updated") == "2026-04-02T00:00:00+00:00"
    assert [(text(a, "name"), text(a, "uri")) for a in node.findall(f"{ATOM}author")] == [
        ("Ada Example", f"{URL}authors/ada/"),
        ("The Trade Desk", f"{URL}authors/desk/"),
    ]
    assert [c.attrib for c in node.findall(f"{ATOM}category")] == [
        {"term": "tariffs", "label": "Tariffs & quotas"},
        {"term": "ports", "label": "Ports"},
    ]
    assert [link.attrib for link in node.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "href": f"{URL}briefings/2026/quota-review/"}
    ]
    summary, content = node.find(f"{ATOM}summary"), node.find(f"{ATOM}content")
    assert summary is not None
    assert summary.attrib == {"type": "text"}
    assert summary.text == "The review opens on Monday & runs to June."
    assert content is not None
    assert content.attrib == {"type": "html"}
    assert content.text == CONTENT


def test_an_atom_feed_names_itself(chrome: Chrome) -> None:
    feed = root(atom(make_feed(entry()), chrome))
    assert feed.attrib == {LANG: "en"}
    assert text(feed, "title") == "Tariffs & quotas"
    assert text(feed, "subtitle") == "What changes at the border."
    assert text(feed, "id") == f"{URL}topics/tariffs/feed.xml"
    assert text(feed, "author/name") == "The Specimen & Daily"
    assert text(feed, "rights") == "CC BY 4.0"
    assert text(feed, "icon") == f"{URL}assets/icon.png"
    assert {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")} == {
        "self": f"{URL}topics/tariffs/feed.xml",
        "alternate": f"{URL}topics/tariffs/",
    }


def test_a_json_item_says_what_the_view_says(chrome: Chrome) -> None:
    feed = json.loads(json_feed(make_feed(entry()), chrome))
    assert feed["items"][0] == {
        "id": "tag:specimen.example,2026-03-17:quota-review",
        "url": f"{URL}briefings/2026/quota-review/",
        "title": "Quota review opens",
        "summary": "The review opens on Monday & runs to June.",
        "image": f"{URL}images/port.png",
        "date_published": "2026-03-17T09:30:00+02:00",
        "date_modified": "2026-04-02T00:00:00+00:00",
        "authors": [
            {"name": "Ada Example", "url": f"{URL}authors/ada/"},
            {"name": "The Trade Desk", "url": f"{URL}authors/desk/"},
        ],
        "tags": ["Tariffs & quotas", "Ports"],
        "language": "en",
        "content_html": CONTENT,
    }
    del feed["items"]
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tariffs & quotas",
        "home_page_url": f"{URL}topics/tariffs/",
        "feed_url": f"{URL}topics/tariffs/feed.json",
        "description": "What changes at the border.",
        "icon": f"{URL}assets/icon.png",
        "language": "en",
        "authors": [{"name": "The Specimen & Daily", "url": URL}],
    }


@FOREIGN
def test_texts_come_back_as_written(text: str, chrome: Chrome) -> None:
    author = replace(BO, name=text)
    feed = make_feed(
        entry(title=text, summary=text, why=text, authors=(author,)), title=text, description=text
    )
    tree = root(atom(feed, chrome))
    item = json.loads(json_feed(feed, chrome))["items"][0]
    for path in ("title", "subtitle", "entry/title", "entry/summary", "entry/author/name"):
        found = tree.find("/".join(f"{ATOM}{part}" for part in path.split("/")))
        assert found is not None
        assert found.text == text, path
    assert (item["title"], item["summary"], item["authors"][0]["name"]) == (text, text, text)
    content = tree.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.text == item["content_html"]
    assert "<script" not in item["content_html"], "front matter is text in HTML too"
    assert feedparser.parse(atom(feed, chrome)).bozo == 0


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param(make_feed(), id="empty"),
        pytest.param(make_feed(entry()), id="one"),
        pytest.param(
            make_feed(*(entry(f"b{n}", published=date(2026, 1, n)) for n in range(30, 0, -1))),
            id="thirty",
        ),
        pytest.param(
            make_feed(
                entry(lang="ar", dir="rtl", authors=(), image=None, topics=(), summary=""),
                entry("関税の見直し", lang="ja", key_points=(), why="", html=""),
            ),
            id="foreign and bare",
        ),
        pytest.param(
            corrections_feed(
                make_changes(
                    Change(date=date(2026, 4, 2), kind="correction", text="5.", card=make_card()),
                    Change(date=date(2026, 4, 1), kind="update", text="", card=make_card("x")),
                ),
                make_chrome(),
            ),
            id="corrections",
        ),
    ],
)
def test_feeds_are_valid(feed: Feed, chrome: Chrome) -> None:
    data = atom(feed, chrome)
    parsed = feedparser.parse(data)
    assert parsed.bozo == 0, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    assert len(parsed.entries) == len(feed.entries)
    tree = root(data)
    for node in (tree, *tree.findall(f"{ATOM}entry")):
        assert text(node, "id")
        assert text(node, "title")
        assert RFC3339.fullmatch(text(node, "updated"))
    ids = [text(node, "id") for node in tree.findall(f"{ATOM}entry")]
    assert all(TAG.fullmatch(each) for each in ids), ids
    assert len(set(ids)) == len(ids)
    document = json.loads(json_feed(feed, chrome))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"]
    assert isinstance(document["items"], list)
    assert [each["id"] for each in document["items"]] == ids
    for each in document["items"]:
        assert isinstance(each["content_html"], str)
        assert RFC3339.fullmatch(each["date_published"])
        assert RFC3339.fullmatch(each["date_modified"])


def test_no_address_is_relative(chrome: Chrome) -> None:
    tree = root(atom(make_feed(entry()), chrome))
    links = [node.attrib["href"] for node in tree.iter(f"{ATOM}link")]
    links += [node.text or "" for node in tree.iter(f"{ATOM}uri")]
    document = json_feed(make_feed(entry()), chrome).decode()
    links += re.findall(r'"(?:\w*url|image)":"([^"]*)"', document)
    assert len(links) >= 12
    assert all(link.startswith(URL) for link in links), links


@pytest.mark.parametrize(
    ("changes", "published", "updated"),
    [
        pytest.param(
            {"published_iso": "2026-03-17", "updated_iso": ""},
            "2026-03-17T00:00:00+00:00",
            "2026-03-17T00:00:00+00:00",
            id="a day is midnight UTC, and unchanged is as published",
        ),
        pytest.param(
            {"published_iso": "2026-03-17T23:30:00-05:00", "updated_iso": "2026-03-18"},
            "2026-03-17T23:30:00-05:00",
            "2026-03-17T23:30:00-05:00",
            id="an update is never before publication",
        ),
    ],
)
def test_moments(changes: dict[str, str], published: str, updated: str, chrome: Chrome) -> None:
    feed = make_feed(entry(**changes))
    node = root(atom(feed, chrome))
    assert text(node, "entry/published") == published
    assert text(node, "entry/updated") == updated
    item = json.loads(json_feed(feed, chrome))["items"][0]
    assert (item["date_published"], item["date_modified"]) == (published, updated)


def test_a_feed_was_updated_when_its_newest_entry_was(chrome: Chrome) -> None:
    early = entry("a", published_iso="2026-01-01", updated_iso="2026-05-05")
    late = entry("b", published_iso="2026-04-01", updated_iso="")
    assert text(root(atom(make_feed(late, early), chrome)), "updated").startswith("2026-05-05")
    assert text(root(atom(make_feed(), chrome)), "updated") == "1970-01-01T00:00:00+00:00"


def test_only_a_logged_change_moves_updated(chrome: Chrome) -> None:
    before = make_feed(entry())
    after = make_feed(entry(title="New", summary="New", html="<p>New</p>", words=9, topics=()))
    assert text(root(atom(before, chrome)), "entry/updated") == text(
        root(atom(after, chrome)), "entry/updated"
    )
    assert text(root(atom(before, chrome)), "updated") == text(root(atom(after, chrome)), "updated")


def test_entries_in_another_language_say_so(chrome: Chrome) -> None:
    bare: dict[str, Any] = {"image": None, "changes": ()}
    feed = make_feed(entry(), entry("b", lang="ar", dir="rtl", **bare))
    home, foreign = root(atom(feed, chrome)).findall(f"{ATOM}entry")
    assert home.get(LANG) is None
    assert foreign.get(LANG) == "ar"
    assert text(foreign, "content").startswith('<div dir="rtl" lang="ar"><ul>')
    items = json.loads(json_feed(feed, chrome))["items"]
    assert [item["language"] for item in items] == ["en", "ar"]
    arabic = make_chrome(lang="ar", dir="rtl")
    assert text(root(atom(make_feed(entry(), lang="ar"), arabic)), "entry/content").startswith(
        '<div dir="rtl" lang="ar">'
    )


def test_an_unsigned_entry_is_the_sites(chrome: Chrome) -> None:
    parsed = feedparser.parse(atom(make_feed(entry(authors=())), chrome))
    assert parsed.feed.author == "The Specimen & Daily"
    assert parsed.bozo == 0


def test_characters_xml_cannot_write_do_not_break_a_feed(chrome: Chrome) -> None:
    feed = make_feed(entry(title="a\x0bb\ufffe", html="<p>\x00c</p>", why="\x1bd"))
    parsed = feedparser.parse(atom(feed, chrome))
    assert parsed.bozo == 0
    assert parsed.entries[0].title == "ab"
    assert json.loads(json_feed(feed, chrome))["items"][0]["title"] == "ab"


@pytest.mark.parametrize("write", [atom, json_feed])
def test_a_site_without_address_has_no_feeds(
    write: Callable[[Feed, Chrome], bytes], homeless: Chrome
) -> None:
    for feed in (make_feed(entry()), make_feed()):
        with pytest.raises(ValueError, match="site_url"):
            write(feed, homeless)


@pytest.mark.parametrize("write", [atom, json_feed])
def test_same_views_same_bytes(write: Callable[[Feed, Chrome], bytes], chrome: Chrome) -> None:
    first = write(make_feed(entry(), entry("b", lang="ja")), chrome)
    assert first == write(make_feed(entry(), entry("b", lang="ja")), make_chrome())
    assert first.endswith(b"\n")


def test_a_page_gives_its_feed(chrome: Chrome) -> None:
    at = FeedRef(title="All", atom="feed.xml", json="feed.json")
    view = make_briefing(feeds=at)
    feed = feed_of(view, (entry(f"b{n}") for n in range(40)), chrome)
    assert (feed.title, feed.atom_url, feed.json_url) == ("All", "feed.xml", "feed.json")
    assert (feed.home, feed.lang) == (view.url, "en")
    assert len(feed.entries) == LIMIT == 30
    assert feed_of(make_briefing(), (), chrome, at=at).title == "All"
    with pytest.raises(ValueError, match="announces no feed"):
        feed_of(make_briefing(), (), chrome)


def test_numbers_of_sources_side_by_side_stay_two(chrome: Chrome) -> None:
    one, two = (
        f'<sup><a class="cite-ref" href="https://a.example/#_source-{n}">{n}</a></sup>'
        for n in "13"
    )
    html = json.loads(json_feed(make_feed(entry("a", f"<p>Paid.{one}{two}</p>")), chrome))
    text = re.sub(r"<[^>]+>", "", html["items"][0]["content_html"])
    assert "Paid.[1][3]" in text


def test_the_bars_of_a_chart_are_left_out_and_its_figures_stay(chrome: Chrome) -> None:
    drawn = '<tr><th>2017</th><td><svg class="b"><rect></rect></svg><span>375</span></td></tr>'
    item = json.loads(json_feed(make_feed(entry(html=f"<table>{drawn}{drawn}</table>")), chrome))
    html = item["items"][0]["content_html"]
    assert "svg" not in html
    assert html.count("<tr><th>2017</th><td><span>375</span></td></tr>") == 2


def test_only_the_newest_change_stands_above_the_text(chrome: Chrome) -> None:
    changes = (
        Change(date=date(2026, 4, 3), kind="update", text=""),
        Change(date=date(2026, 4, 2), kind="correction", text="It is 5 %."),
    )
    html = json.loads(json_feed(make_feed(entry(changes=changes)), chrome))["items"][0]
    assert "It is 5 %." not in html["content_html"]


@FOREIGN
def test_what_stands_round_the_body_is_escaped(text: str, chrome: Chrome) -> None:
    hostile = f'{text}"><script>'
    view: dict[str, Any] = {
        "sources": (make_source(1, title=hostile, publisher=hostile, lang=hostile),),
        "image": ImageItem(url="x.png", alt=hostile, credit=hostile),
        "changes": (Change(date=date(2026, 4, 2), kind="correction", text=hostile),),
    }
    html = json.loads(json_feed(make_feed(entry(**view)), chrome))["items"][0]["content_html"]
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert list(tree.iter("script")) == []
    (picture,) = tree.iter("img")
    assert picture.get("alt") == hostile
    assert hostile in "".join(tree.itertext())


# Identity


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title"},
        {"url": "news/quota-review/"},
        {"published_iso": "2026-03-17T11:00:00Z"},
        {"updated_iso": "2027-01-01", "updated": date(2027, 1, 1)},
        {"authors": (), "topics": (), "summary": "", "lang": "fr"},
    ],
    ids=lambda changes: ", ".join(changes),
)
def test_an_id_survives(changes: dict[str, Any], chrome: Chrome) -> None:
    assert entry_id(make_briefing(**changes), chrome) == entry_id(make_briefing(), chrome)


@pytest.mark.parametrize(
    ("url", "slug", "expected"),
    [
        pytest.param(URL, "x", "tag:specimen.example,2026-03-17:x", id="no path"),
        pytest.param("http://127.0.0.1:8000/", "x", "tag:127.0.0.1,2026-03-17:x", id="no port"),
        pytest.param(
            "https://EXÄMPLE.example/",
            "関税",
            "tag:xn--exmple-cua.example,2026-03-17:%E9%96%A2%E7%A8%8E",
            id="letters",
        ),
    ],
)
def test_entry_id(url: str, slug: str, expected: str) -> None:
    found = entry_id(make_briefing(slug), make_chrome(url=url))
    assert found == expected
    assert TAG.fullmatch(found)


def test_every_change_has_an_id_of_its_own(chrome: Chrome) -> None:
    day, card = date(2026, 4, 2), make_card()
    changes = [
        Change(date=day, kind="correction", text="First.", card=card),
        Change(date=day, kind="correction", text="Second.", card=card),
        Change(date=day, kind="update", text="", card=card),
        Change(date=day, kind="update", text="", card=make_card("other")),
        Change(date=date(2026, 4, 3), kind="update", text="", card=card),
    ]
    ids = [change_id(change, chrome) for change in changes]
    assert len(set(ids)) == len(changes)
    assert all(TAG.fullmatch(each) for each in ids)
    alone = json.loads(json_feed(corrections_feed(make_changes(changes[1]), chrome), chrome))
    assert [item["id"] for item in alone["items"]] == [ids[1]], "others do not matter"
    with pytest.raises(ValueError, match="briefing"):
        change_id(replace(changes[0], card=None), chrome)


def test_corrections_feed(chrome: Chrome) -> None:
    card = make_card(title="Tariffs <rise>")
    view = make_changes(
        Change(date=date(2026, 4, 2), kind="correction", text="5 < 6, not 6.", card=card),
        Change(date=date(2026, 4, 1), kind="update", text="", card=card),
        Change(date=date(2026, 3, 1), kind="update", text="No briefing."),
    )
    feed = corrections_feed(view, chrome)
    assert (feed.home, feed.atom_url) == ("changes/", "changes/feed.xml")
    items = json.loads(json_feed(feed, chrome))["items"]
    assert [(i["title"], i["summary"], i["content_html"]) for i in items] == [
        ("Correction: Tariffs <rise>", "5 < 6, not 6.", "<p>5 &lt; 6, not 6.</p>"),
        ("Updated: Tariffs <rise>", "All about quotas.", "<p>All about quotas.</p>"),
    ]
    assert {i["url"] for i in items} == {f"{URL}briefings/2026/quotas/"}
    days = [datetime.fromisoformat(i["date_published"]) for i in items]
    assert all(newer > older for newer, older in pairwise(days))
    assert [i["date_modified"] for i in items] == [i["date_published"] for i in items]


def test_one_change_logged_twice_is_one_entry(chrome: Chrome) -> None:
    change = Change(date=date(2026, 4, 2), kind="correction", text="5.", card=make_card())
    feed = corrections_feed(make_changes(change, change), chrome)
    assert len(json.loads(json_feed(feed, chrome))["items"]) == 1
    assert len(root(atom(feed, chrome)).findall(f"{ATOM}entry")) == 1
