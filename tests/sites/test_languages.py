"""Whole sites in Arabic, Spanish and a language without a catalog: every word, date and mark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import html5lib
import pytest
from mkdocs_briefings.wording import english

from ..links import broken
from ..making import MakeSite, Result, Site, differing
from .languages import ARABIC, SPANISH
from .specimen import SPECIMEN

LATIN = re.compile(r"[A-Za-z]+")
PLACES = re.compile(r"\{[a-z]+\}")
"""What a script fills in."""
NAMES = {"Atom", "BibTeX", "CSL", "JSON", "RIS", "UTC"}
"""Names of formats, and of a zone: the same in every language."""
ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "label")


def said(element: ET.Element, lang: str = "") -> Iterator[tuple[str, str]]:
    """Every text that a reader sees or hears, with the language that the page says it is in."""
    lang = element.get("lang", lang)
    for name in ATTRIBUTES:
        if element.get(name):
            yield lang, element.get(name, "")
    if element.tag not in {"script", "style"}:
        yield lang, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from said(child, lang)
        yield lang, child.tail or ""


def page(html: str) -> ET.Element:
    root: ET.Element = html5lib.parse(html, namespaceHTMLElements=False)
    return root


def metas(root: ET.Element, name: str) -> list[str]:
    return [
        meta.get("content", "")
        for meta in root.iter("meta")
        if name in {meta.get("name"), meta.get("property")}
    ]


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Result:
    made = Site(tmp_path_factory.mktemp("arabic"))
    made.content.mkdir()
    made.write(ARABIC)
    done = made.build(strict=True)
    assert done.exit_code == 0, done.log
    return done


def test_an_arabic_page_says_no_word_in_another_script_unmarked(arabic: Result) -> None:
    """Content has none either, so that whatever is found is ours and was forgotten."""
    found = {
        path: words
        for path, html in arabic.pages.items()
        if (
            words := [
                text.strip()
                for lang, text in said(page(html))
                if lang == "ar"
                and set(LATIN.findall(PLACES.sub("", text))) - NAMES
                and "://" not in text
            ]
        )
    }
    assert found == {}
    assert len(arabic.pages) > 25


def test_every_arabic_page_runs_from_right_to_left(arabic: Result) -> None:
    for path, html in arabic.pages.items():
        root = page(html)
        english_page = "reed-count" in path
        expected = ("en", "ltr") if english_page else ("ar", "rtl")
        assert (root.get("lang"), root.get("dir")) == expected, path
        if "property=" in html:
            assert metas(root, "og:locale") == ["en_GB" if english_page else "ar_EG"], path


def test_dates_counts_and_lists_are_arabic(arabic: Result) -> None:
    text = " ".join(
        t for _, t in said(page(arabic.text("briefings/2025/toll-contested/index.html")))
    )
    text = " ".join(text.split())
    assert "بقلم هدى المثال و آدم النموذج و مكتب المرفأ" in text
    assert "نُشر في 20 مايو 2025، 09:30 UTC+2" in text
    assert "قراءة دقيقة واحدة" in text
    assert "ورقة مرجعية م-7" in text
    topic = arabic.text("topics/tolls/index.html")
    assert "3 إحاطات" in topic
    assert "إحاطتان" in topic


def test_topics_are_filed_without_their_article(arabic: Result) -> None:
    heads = re.findall(r'class="letter__head"[^>]*>([^<]*)<', arabic.text("topics/index.html"))
    assert heads == ["ر", "ط", "ع", "م"]


def test_places_that_cite_a_source_have_arabic_letters(arabic: Result) -> None:
    html = arabic.text("briefings/2025/toll-proposed/index.html")
    assert re.findall(r"↑</span>(.)</a>", html) == ["أ", "ب", "أ"]


def test_an_english_page_of_an_arabic_site_is_marked_both_ways(arabic: Result) -> None:
    root = page(arabic.text("briefings/2025/reed-count/index.html"))
    texts = list(said(root))
    assert ("ar", "قد يهمك أيضًا") in texts
    # What stands within the text is said in its own language.
    assert ("en", "Table 1") in texts
    body = root.find("body")
    assert body is not None
    assert body.get("class") == "turned"
    alternates = [
        (link.get("hreflang"), link.get("href", "").rpartition("/briefings/2025/")[2])
        for link in root.iter("link")
        if link.get("hreflang")
    ]
    assert alternates == [("en", "reed-count/"), ("ar", "reed-quota/")]
    assert metas(root, "og:locale:alternate") == ["ar_EG"]
    link = next(a for a in root.iter("a") if a.get("class") == "internal")
    assert link.get("hreflang") == "ar"


@pytest.mark.parametrize(
    ("lang", "path", "marks"),
    [
        pytest.param("en", "2026/harbour-toll-agreed", "", id="not on an English page"),
        pytest.param("en", "2025/recuento-de-juncos", "", id="not among English words of ours"),
        pytest.param("fr", "2026/harbour-toll-agreed", ' lang="en" dir="ltr"', id="in French"),
        pytest.param("he", "2026/harbour-toll-agreed", ' lang="en" dir="ltr"', id="in Hebrew"),
    ],
)
def test_citations_are_marked_as_english_where_the_words_round_them_are_not(
    site: MakeSite, lang: str, path: str, marks: str
) -> None:
    text = site(SPECIMEN).build(plugin={"lang": lang}).text(f"briefings/{path}/index.html")
    assert len(re.findall(f"<p{marks}><span>(?:Chicago|APA)</span>", text)) == 2
    named = ' lang="en"' if marks else ""
    assert f'<span class="hidden"{named}> APA</span>' in text


def test_a_passage_in_english_is_marked_on_the_page_and_in_the_feed(arabic: Result) -> None:
    mark = '<p lang="en" dir="ltr">The two councils'
    assert mark in arabic.text("briefings/2025/toll-contested/index.html")
    items = json.loads(arabic.text("feed.json"))["items"]
    assert any(mark in item["content_html"] for item in items)


def test_arabic_feeds_are_arabic(arabic: Result) -> None:
    for path in sorted(arabic.files):
        if path.endswith("feed.json"):
            feed = json.loads(arabic.text(path))
            assert feed["language"] == "ar"
            assert not LATIN.search(feed["title"]), path
            assert not LATIN.search(feed.get("description", "")), path
    items = {i["title"]: i for i in json.loads(arabic.text("feed.json"))["items"]}
    assert items["Reeds counted"]["language"] == "en"
    assert items["اتفاق على كرونتين لكل قارب"]["language"] == "ar"
    assert "<strong>لماذا هذا مهم:</strong>" in items["اتفاق على كرونتين لكل قارب"]["content_html"]
    changes = json.loads(arabic.text("changes/feed.json"))["items"]
    assert changes[0]["title"] == "تحديث: اتفاق على كرونتين لكل قارب"
    atom = ET.fromstring(arabic.text("feed.xml"))
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert atom.get(xml_lang) == "ar"
    langs = {e.get(xml_lang) for e in atom.iter("{http://www.w3.org/2005/Atom}entry")}
    assert langs == {None, "en"}


def test_structured_data_say_the_language(arabic: Result) -> None:
    def language(path: str) -> set[str]:
        script = re.search(r'ld\+json">(.*?)</script>', arabic.text(path), re.DOTALL)
        assert script
        return {n["inLanguage"] for n in json.loads(script[1])["@graph"] if "inLanguage" in n}

    assert language("index.html") == {"ar"}
    assert language("briefings/2025/reed-count/index.html") == {"en"}


def test_a_redirect_speaks_arabic(arabic: Result) -> None:
    assert "<h1>انتقلت هذه الصفحة</h1>" in arabic.text("old/toll/index.html")


def test_every_link_of_an_arabic_site_leads_somewhere(arabic: Result) -> None:
    assert broken(arabic.files, "https://briefings.example/") == []


def test_a_spanish_site(site: MakeSite) -> None:
    done = site(SPANISH).build(strict=True)
    assert done.exit_code == 0, done.log
    text = done.text("briefings/2026/tasa/index.html")
    assert '<html lang="es" dir="ltr">' in text
    flat = re.sub(r"\s+", " ", re.sub(r"<[^<>]*>", "", text))
    assert "Por Ada Ejemplo e Inés Modelo" in flat
    assert "Publicado el 18 de mayo de 2026" in flat
    assert "Actualizado el 20 de mayo de 2026" in flat
    assert 'aria-label="Tabla 1"' in text
    heads = re.findall(r'class="letter__head"[^>]*>([^<]*)<', done.text("topics/index.html"))
    assert heads == ["N", "Ñ", "O", "T"]
    # No phrase of the English interface is left on any page.
    phrases = [words for words in english.WORDS.values() if " " in words and "{" not in words]
    for path, html in done.pages.items():
        shown = " ".join(t for _, t in said(page(html)))
        assert [words for words in phrases if words in shown] == [], path


def test_without_a_catalog_our_words_are_english_and_say_so(site: MakeSite) -> None:
    done = site(SPECIMEN).build(strict=True, plugin={"lang": "fr"})
    assert done.exit_code == 0, done.log
    told = [line for line in done.log.splitlines() if "no message catalog" in line]
    assert len(told) == 1
    assert told[0].endswith("'fr'; the interface is in English. There are: ar, en, es")
    html = done.text("briefings/2026/harbour-toll-agreed/index.html")
    assert '<html lang="fr" dir="ltr">' in html
    assert '<span lang="en">At a glance</span>' in html
    assert '<span lang="en">Published <time datetime="2026-05-18">18 May 2026</time></span>' in html
    # In attributes nothing can be marked, and nothing is broken.
    assert 'aria-label="Breadcrumb"' in html
    assert "<title>Harbour toll agreed" in html
    for path, text in done.pages.items():
        assert html5lib.HTMLParser(strict=True).parse(text) is not None, path
    feed = json.loads(done.text("feed.json"))
    assert feed["language"] == "fr"


def test_hebrew_words_of_ours_keep_their_direction(site: MakeSite) -> None:
    done = site(SPECIMEN).build(plugin={"lang": "he"})
    assert '<span lang="en" dir="ltr">Skip to content</span>' in done.text("404.html")


def test_two_sites_of_one_process_do_not_meet(site: MakeSite) -> None:
    first = site(SPECIMEN).build()
    site(SPANISH).build()
    site(SPECIMEN).build(plugin={"lang": "fr"})
    again = site(SPECIMEN).build()
    assert differing(first.files, again.files) == []
    assert "Skip to content</a>" in again.text("index.html")
