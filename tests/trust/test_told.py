"""What machines read of a built site is valid, and says what its pages show."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

import feedparser
import html5lib
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from ..making import Result, Site
from ..sites import index

ROOT = "https://briefings.example/"
DAY = "2026-05-31"
TEXTS = {
    "markup": "<b>Bold</b> & <script>alert(1)</script>",
    "quotes": "The \"second\" quarter's 'first' “look”",
    "entities": "R&amp;D &lt;not a tag&gt; &#39; &quot;",
    "ends": "</script><!-- ]]> --> </title>",
    "emoji": "Ships 🚢 and 👩‍👩‍👧 flags 🇪🇺",
    "cjk": "関税の見直し：三月「の」変化",
    "rtl": "بدء مراجعة الحصص “اليوم”",
    "template": "{{ 7*191 }} ${x} %s {title}",
}


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Result:
    site = Site(tmp_path_factory.mktemp("told"))
    site.content.mkdir(exist_ok=True)
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        (site.content / f"{name}.md").write_text(
            f"---\ntitle: {quoted(text)}\nauthor: {quoted(f'{text} Author {name}')}\n"
            f"date: {DAY}\ntopics: [{quoted(f'{text} {name}')}]\nsummary: {quoted('S ' + text)}\n"
            f"events: [{{date: 2027-01-{number:02}, text: {quoted('E ' + text)}, key: true}}]\n"
            "---\nText.\n",
            encoding="utf-8",
        )
    done = site.build()
    assert done.exit_code == 0, done.log[-3000:]
    return done


def page_of(built: Result, name: str) -> Any:
    text = built.text(f"briefings/2026/{name}/index.html")
    return html5lib.parse(text, namespaceHTMLElements=False)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def shown(built: Result, name: str) -> tuple[str, str, str, str]:
    """Title, day, author and topic, as a browser reads them on the page."""
    tree = page_of(built, name)
    heading = tree.find(".//h1")
    (author,) = (a for a in tree.find(".//article").iter("a") if a.get("rel") == "author")
    times = [time.get("datetime") for time in tree.find(".//article").iter("time")]
    topics = {words(a) for a in tree.find(".//main").iter("a") if "topics/" in a.get("href", "")}
    (topic,) = topics
    return words(heading), times[0], words(author), topic


def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(found) == len(dict(found)), f"a key twice: {found}"
    return dict(found)


def constant(text: str) -> Any:
    raise AssertionError(f"{text} is no JSON")


def strict(text: str | bytes) -> Any:
    return json.loads(text, object_pairs_hook=pairs, parse_constant=constant)


def graphs(built: Result, path: str) -> Iterator[Any]:
    """The structured data of a page: of every block, what it holds."""
    tree = html5lib.parse(built.text(path), namespaceHTMLElements=False)
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            yield strict(script.text)


def named(name: str) -> str:
    return f"{ROOT}briefings/2026/{name}/"


def test_p14_every_file_is_valid(built: Result) -> None:
    kinds = {"xml": 0, "json": 0, "ics": 0, "ld": 0}
    for path, data in built.files.items():
        if path.endswith((".xml", ".xml.gz")):
            plain = gzip.decompress(data) if path.endswith(".gz") else data
            expat.ParserCreate().Parse(plain, True)
            kinds["xml"] += 1
            if path.endswith("feed.xml"):
                parsed = feedparser.parse(data)
                assert (parsed.bozo, parsed.version) == (0, "atom10"), path
        elif path.endswith(".json"):
            strict(data)
            kinds["json"] += 1
        elif path.endswith(".ics"):
            assert not Calendar.from_ical(data).errors
            assert IcsCalendarStream.calendar_from_ics(data.decode()).events
            kinds["ics"] += 1
        elif path.endswith(".html"):
            kinds["ld"] += sum(1 for _ in graphs(built, path))
    assert all(count > 0 for count in kinds.values()), kinds
    assert kinds["ld"] > len(TEXTS)


def test_p14_the_page_shows_what_was_typed(built: Result) -> None:
    for name, text in TEXTS.items():
        assert shown(built, name) == (text, DAY, f"{text} Author {name}", f"{text} {name}")


def test_p14_feeds_say_what_the_page_shows(built: Result) -> None:
    atom = feedparser.parse(built.files["feed.xml"])
    by_url = {entry.link: entry for entry in atom.entries}
    items = {item["url"]: item for item in strict(built.files["feed.json"])["items"]}
    plain = ElementTree.fromstring(built.files["feed.xml"])
    space = "{http://www.w3.org/2005/Atom}"
    titles = {e.findtext(f"{space}title") for e in plain.iter(f"{space}entry")}
    assert titles == set(TEXTS.values())
    for name in TEXTS:
        title, day, author, topic = shown(built, name)
        entry, item = by_url[named(name)], items[named(name)]
        assert (item["title"], item["date_published"][:10]) == (title, day)
        assert ([a["name"] for a in item["authors"]], item["tags"]) == ([author], [topic])
        assert entry.published[:10] == day
        assert ([a.name for a in entry.authors], [t.label for t in entry.tags]) == (
            [author],
            [topic],
        )


def test_p14_structured_data_says_what_the_page_shows(built: Result) -> None:
    for name in TEXTS:
        title, day, author, topic = shown(built, name)
        (told,) = graphs(built, f"briefings/2026/{name}/index.html")
        node = told["@graph"][0]
        assert (node["headline"], node["datePublished"][:10]) == (title, day)
        assert [each["name"] for each in node["author"]] == [author]
        assert node["articleSection"] in (topic, [topic])


def test_p14_sitemaps_name_the_pages(built: Result) -> None:
    found = ElementTree.fromstring(built.files["sitemap.xml"])
    places = {e.text for e in found.iter() if e.tag.endswith("}loc")}
    assert {named(name) for name in TEXTS} <= places
    news = ElementTree.fromstring(built.files["news-sitemap.xml"])
    rows = {}
    for url in news:
        told = {e.tag.rpartition("}")[2]: e.text for e in url.iter()}
        rows[told["loc"]] = (told["title"], (told["publication_date"] or "")[:10])
    assert rows == {named(name): shown(built, name)[:2] for name in TEXTS}


def test_p14_calendars_say_what_was_typed(built: Result) -> None:
    data = built.files["dates/calendar.ics"]
    events = {str(event["url"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    other = {event.summary for event in IcsCalendarStream.calendar_from_ics(data.decode()).events}
    assert other == {f"E {text}" for text in TEXTS.values()}
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        event = events[named(name)]
        assert event["summary"] == f"E {text}"
        assert event["description"] == shown(built, name)[0]
        day = date(2027, 1, number)
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (day, day + timedelta(days=1))


def test_p14_citations_say_what_the_page_shows(built: Result) -> None:
    for name in TEXTS:
        title, day, author, _ = shown(built, name)
        files = {
            words(a): unquote(a.get("href").partition(",")[2])
            for a in page_of(built, name).iter("a")
            if a.get("download")
        }
        (item,) = strict(files["CSL JSON"])
        (record,) = rispy.loads(files["RIS"])
        library = parse_string(files["BibTeX"])
        assert (item["title"], record["title"]) == (title, title)
        assert item["issued"] == {"date-parts": [[int(part) for part in day.split("-")]]}
        assert record["date"].startswith(day.replace("-", "/"))
        (who,) = item["author"]
        assert sorted(author.split()) == sorted(" ".join(who.values()).split())
        assert library.failed_blocks == []
        (entry,) = library.entries
        fields = {field.key: field.value for field in entry.fields}
        assert (fields["date"], fields["url"]) == (day, named(name))
        assert letters(fields["title"]) == letters(title)


def letters(text: str) -> str:
    """Letters and digits alone: `test_citations.py` reads LaTeX's escapes in full."""
    bare = re.sub(r"\\text[a-z]+", "", unicodedata.normalize("NFC", text))
    return "".join(c for c in bare if c.isalnum())


def test_p14_search_says_what_the_page_shows(built: Result) -> None:
    found = index.pages(built.files)
    for name in TEXTS:
        title, _, author, topic = shown(built, name)
        page = found[f"/briefings/2026/{name}/"]
        assert (page["meta"]["title"], page["meta"]["author"]) == (title, author)
        (about,) = page["filters"]["about"]
        assert strict(about)["topic"] == topic
