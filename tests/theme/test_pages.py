"""Every page type, rich and empty: well formed, in order, safe, within budget."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, Undefined
from mkdocs_briefings.viewing.records import BriefingView

from .basin import CARDS, CHROME
from .render import environment, render
from .specimen import specimens

ENVIRONMENT = environment()
SPECIMENS = {specimen.name: specimen for specimen in specimens()}
every_page = pytest.mark.parametrize("name", SPECIMENS)

HEADINGS = {f"h{level}": level for level in range(1, 7)}


@cache
def html(name: str) -> str:
    return render(SPECIMENS[name], ENVIRONMENT)


@cache
def tree(name: str) -> Element:
    """The page as a browser reads it; any parse error fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parsed: Element = parser.parse(html(name))
    return parsed


def chrome_elements(root: Element) -> list[Element]:
    """All elements but those of a body, which come from the renderer."""
    found = [root]
    for child in root:
        if isinstance(child.tag, str):
            inside = "prose" in child.get("class", "").split()
            found += [child] if inside else chrome_elements(child)
    return found


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@every_page
def test_a_page_parses_without_an_error(name: str) -> None:
    assert len(tree(name)) == 2, "head and body"


@every_page
def test_headings_begin_with_one_h1_and_skip_no_level(name: str) -> None:
    found = [(HEADINGS[e.tag], text(e)) for e in tree(name).iter() if e.tag in HEADINGS]
    assert [level for level, _ in found].count(1) == 1
    assert found[0][0] == 1
    for (above, _), (level, words) in pairwise(found):
        assert level <= above + 1, f"“{words}” is of level {level} under one of level {above}"
    assert all(words for _, words in found), "a heading without words"


@every_page
def test_landmarks_are_there_once_and_have_names_of_their_own(name: str) -> None:
    root = tree(name)
    labels = {e.get("id"): text(e) for e in root.iter() if e.get("id")}
    for tag in ("main", "header", "footer"):
        body = root.find("body")
        assert body is not None
        assert len(body.findall(tag)) == 1, f"<{tag}> is not once under <body>"
    names = []
    for element in root.iter():
        if element.tag in {"nav", "aside"} or (
            element.tag == "section" and element.get("aria-labelledby")
        ):
            label = element.get("aria-label") or labels[element.get("aria-labelledby")]
            assert label, f"<{element.tag}> has no name"
            names.append((element.tag, label))
    assert len(names) == len(set(names)), names


@every_page
def test_ids_are_ours_alone_and_lead_somewhere(name: str) -> None:
    root = tree(name)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in chrome_elements(root):
        identity = element.get("id")
        # A term of the glossary is linked to by its key, as a heading of a body is.
        term = name == "glossary" and element.tag == "h3"
        assert identity is None or identity.startswith("_") is not term, identity
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            assert element.get(attribute) in {None, *ids}
        href = element.get("href", "")
        # Headings of a body are checked when it is linked; the foreign specimen has its own.
        if href.startswith("#_") and not href.startswith("#_cite-"):
            assert href[1:] in ids, href


@every_page
def test_nothing_is_inline_and_nothing_runs_but_our_script(name: str) -> None:
    forms = {"form"} if SPECIMENS[name].view.template != "search.html" else set()
    for element in tree(name).iter():
        assert "style" not in element.attrib
        assert not [attribute for attribute in element.attrib if attribute.startswith("on")]
        assert element.tag not in {"style", "iframe", "object", "embed", "base", *forms}
        if element.tag == "script":
            assert element.get("src") or element.get("type") == "application/ld+json"


@every_page
def test_addresses_stay_on_the_site_or_say_where_they_go(name: str) -> None:
    base = SPECIMENS[name].base
    for element in tree(name).iter():
        for attribute in ("href", "src"):
            address = element.get(attribute)
            if address is None:
                continue
            outside = address.startswith(("https://", "mailto:"))
            if address.startswith("data:"):
                # A file that the link holds: saved, never opened as a page.
                assert element.tag == "a"
                assert element.get("download")
                assert address.startswith("data:application/")
                continue
            assert outside or address.startswith((base, "#")), address
            if outside and element.tag == "a" and "license" not in element.get("rel", ""):
                assert "noopener" in element.get("rel", ""), address
            if attribute == "src" or element.get("rel") in {"stylesheet", "preload", "icon"}:
                assert not outside, f"{address} is asked for elsewhere"


@every_page
def test_the_head_says_what_the_page_is(name: str) -> None:
    specimen = SPECIMENS[name]
    head = tree(name)[0]
    first = head[0]
    assert first.get("http-equiv") == "Content-Security-Policy"
    policy = first.get("content", "")
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert ("unsafe-inline" in policy) is specimen.serving
    # Of all pages the one that searches may run WebAssembly.
    assert ("wasm-unsafe-eval" in policy) is (specimen.view.template == "search.html")
    assert len(html(name).partition("charset")[0].encode()) < 1000, "charset comes too late"
    meta = {e.get("name") or e.get("property"): e.get("content") for e in head.iter("meta")}
    links = {e.get("rel"): e.get("href") for e in head.iter("link")}
    title = text(next(head.iter("title")))
    assert specimen.view.title in title
    assert meta["og:title"] == specimen.view.title
    assert meta["color-scheme"] == "light dark"
    if specimen.view.description:
        assert meta["description"] == specimen.view.description == meta["og:description"]
    if specimen.view.noindex or specimen.bare:
        assert "canonical" not in links
    else:
        assert links["canonical"] == CHROME.url + specimen.view.url == meta["og:url"]
    assert ("robots" in meta) is specimen.view.noindex
    picture = "" if specimen.bare else CHROME.url + (specimen.view.card or CHROME.card)
    assert meta.get("og:image", "") == picture
    assert meta.get("twitter:card", "") == ("summary_large_image" if picture else "")
    feeds = [e.get("type") for e in head.iter("link") if e.get("rel") == "alternate"]
    assert ("application/atom+xml" in feeds) is (specimen.view.feeds is not None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Tolls", "Tolls — The Oren Brief", id="page, then name"),
        pytest.param("T" * 43, f"{'T' * 43} — The Oren Brief", id="as long as can be shown"),
        pytest.param("T" * 44, "T" * 44, id="a name that has no room is left out"),
        pytest.param("T" * 200, "T" * 200, id="a headline is never cut"),
    ],
)
def test_a_title_is_the_headline_and_the_name(title: str, expected: str) -> None:
    specimen = SPECIMENS["briefing"]
    page = render(replace(specimen, view=replace(specimen.view, title=title)), ENVIRONMENT)
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    assert text(next(parsed.iter("title"))) == expected


def test_a_briefing_has_a_card_of_its_own() -> None:
    specimen = SPECIMENS["briefing"]
    view = replace(specimen.view, card="assets/cards/x.png")
    page = render(replace(specimen, view=view), ENVIRONMENT)
    head = html5lib.parse(page, namespaceHTMLElements=False)[0]
    meta = {e.get("property"): e.get("content") for e in head.iter("meta")}
    assert meta["og:image"] == "https://brief.example/assets/cards/x.png"
    assert meta["og:image:type"] == "image/png"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:alt"] == f"{view.title} — The Oren Brief"


def test_a_briefing_can_be_read_by_machines() -> None:
    head = tree("briefing")[0]
    found = [(e.get("name") or e.get("property"), e.get("content")) for e in head.iter("meta")]
    assert ("og:type", "article") in found
    assert ("article:published_time", "2031-05-16T08:00:00+02:00") in found
    assert ("article:modified_time", "2031-05-20") in found
    assert [v for k, v in found if k == "citation_author"] == ["Ada Example", "Ben Sample"]
    assert ("citation_publication_date", "2031/05/16") in found
    assert ("citation_publisher", "The Oren Brief") in found
    url = f"{CHROME.url}{SPECIMENS['briefing'].view.url}"
    assert ("citation_public_url", url) in found
    links = {e.get("rel"): e.get("href") for e in head.iter("link")}
    assert links["prev"] == "../../../briefings/2031/gauges/"
    assert "next" not in links, "it is the last part"
    data = [text(e) for e in head.iter("script") if e.get("type") == "application/ld+json"]
    assert data == ['{"@type":"NewsArticle"}']


@every_page
def test_a_list_is_never_empty(name: str) -> None:
    for element in tree(name).iter():
        if element.tag in {"ul", "ol", "dl", "nav", "table", "section", "p"}:
            assert len(element) or text(element), f"an empty <{element.tag} {element.attrib}>"


@every_page
def test_no_button_is_dead(name: str) -> None:
    for element in tree(name).iter():
        if "needs-script" in element.get("class", ""):
            element.set("gone", "1")
            for child in element.iter():
                child.set("gone", "1")
    for element in tree(name).iter("button"):
        assert element.get("gone"), "a button that does nothing without a script is shown"


def test_the_search_tool_is_there_when_the_site_has_search() -> None:
    specimen = SPECIMENS["topic"]
    assert "Search" not in html("topic")
    page = ENVIRONMENT.get_template("topic.html").render(
        view=specimen.view,
        chrome=replace(CHROME, search_url="search/"),
        base="../../",
        body="",
        structured="",
    )
    assert 'href="../../search/"' in page


def test_other_uses_of_a_term_lead_to_the_search_when_there_is_one() -> None:
    assert "12 other briefings</span>" in html("glossary")
    specimen = SPECIMENS["glossary"]
    chrome = replace(CHROME, search_url="search/")
    page = ENVIRONMENT.get_template("glossary.html").render(
        view=specimen.view, chrome=chrome, base="../", body="", structured=""
    )
    assert '<a href="../search/?q=Draw">12 other briefings</a>' in page


@pytest.mark.parametrize("status", ["superseded", "archived", ""])
def test_ways_to_what_is_no_longer_kept_up_say_so(status: str) -> None:
    """Where a storyline is told beside the text and above it, and the topic's pager."""
    view = SPECIMENS["briefing"].view
    assert isinstance(view, BriefingView)
    assert view.rail
    assert view.rail.first
    one = replace(CARDS[1], status=status)
    first = replace(view.rail.first, status=status)
    parts = tuple(replace(part, status=status) for part in view.rail.parts)
    rail = replace(view.rail, first=first, parts=parts, previous=one, next=one)
    changed = replace(view, rail=rail, topic_previous=one, topic_next=one)
    page = render(replace(SPECIMENS["briefing"], view=changed), ENVIRONMENT)
    root: Element = html5lib.parse(page, namespaceHTMLElements=False)
    said = {
        name: [
            text(tag) for tag in (e for part in of_class(root, name) for e in of_class(part, "tag"))
        ]
        for name in ("story-rail", "story-strip", "pager")
    }
    word = [status.capitalize()] if status else []
    # The page itself is told in its banner.
    assert said == {"story-rail": word * 3, "story-strip": word * 2, "pager": word * 2}


def of_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


HOSTILE = '<b onclick="x">&\''


def test_what_comes_from_a_contributor_is_escaped() -> None:
    """Every text of a view, replaced by markup, comes out as text."""
    specimen = SPECIMENS["briefing"]
    view = specimen.view
    hostile = dict.fromkeys(("title", "summary", "description", "place", "why"), HOSTILE)
    hostile["number"] = HOSTILE
    page = render(replace(specimen, view=replace(view, **hostile)), ENVIRONMENT)  # type: ignore[arg-type]
    assert HOSTILE not in page
    assert "<b onclick" not in page
    assert page.count("&lt;b onclick=&#34;x&#34;&gt;&amp;&#39;") >= 10


@every_page
def test_a_page_is_light(name: str) -> None:
    size = len(gzip.compress(html(name).encode(), 9, mtime=0))
    limit = 25 if SPECIMENS[name].view.template == "briefing.html" else 15
    assert size <= limit * 1024
    # 150 events keep to 900; this one has 24 briefings too, each an entry and a part.
    most = 950 if name == "storyline-long" else 900
    assert sum(1 for _ in tree(name).iter()) <= most


@every_page
def test_no_line_is_blank_and_no_name_of_ours_leaks(name: str) -> None:
    page = html(name)
    assert not re.search(r"\n\s*\n", page)
    for leak in ("None", "Undefined", "RelatedCard(", "datetime.date"):
        assert leak not in page
    assert "{%" not in page
    assert "{#" not in page


def test_a_foreign_page_says_which_words_are_ours() -> None:
    root = tree("briefing-foreign")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    body = root.find("body")
    assert body is not None
    for tag in ("header", "footer"):
        frame = body.find(tag)
        assert frame is not None
        assert (frame.get("lang"), frame.get("dir")) == ("en", "ltr")
    heading = next(e for e in root.iter("h2") if e.get("id") == "_glance")
    assert heading.get("lang") == "en"
    assert next(root.iter("h1")).get("lang") is None
    # The page runs from right to left, and what it says of how to cite it does not.
    cited = [p for div in root.iter("div") if div.get("class") == "cite" for p in div.iter("p")]
    assert [(p.get("lang"), p.get("dir")) for p in cited] == [("en", "ltr")] * 2


def test_a_page_of_another_plugin_has_the_frame() -> None:
    class Toc:
        items = ()

    class Page:
        title = "A page & more"
        url = "other/"
        content = "<p>Made elsewhere.</p>"
        meta: dict[str, str] = {}  # noqa: RUF012 - as MkDocs has it
        toc = Toc()

    page = (
        environment_as_mkdocs()
        .get_template("main.html")
        .render(page=Page(), chrome=CHROME, base="../")
    )
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert [text(e) for e in parsed.iter("h1")] == ["A page & more"]
    assert "A page &amp; more — The Oren Brief" in page
    assert 'href="../assets/briefings.css' in page


def environment_as_mkdocs() -> Environment:
    made = environment()
    made.undefined = Undefined
    return made
