"""Passages in another language are marked where they stand, on the page and in feeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs_briefings.reading.body import read_body
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.rendering.sanitise import absolute

from ..conftest import ROOT

RENDERER = BodyRenderer()

SPANISH = (
    "Las empresas que venden en la región han pedido más claridad sobre los aranceles y sobre las"
    " licencias, pero no hay una respuesta."
)
FRENCH = (
    "Le conseil a dit que les droits sont les mêmes pour les deux rives et que la décision sera"
    " prise avec les villes."
)
CHINESE = "两个港口的议会同意征收通行费,新的费用从七月开始实行,渔民不用缴纳,议会秋天再议。"
ARABIC = (
    "وافق المجلسان على رسم جديد يدفعه كل قارب يدخل الميناء ابتداء من شهر يوليو المقبل، ولا يشمل"
    " الرسم قوارب الصيادين."
)
ENGLISH = (
    "The two councils have agreed on a toll for each boat that enters the harbour from July, and"
    " the fishermen do not pay it."
)


def page(markdown: str, lang: str = "en") -> str:
    body = read_body(markdown, lang=lang)[0]
    return RENDERER.render(
        markdown, lambda *_: Href("x/"), lang=lang, passages=body.passages
    ).html.strip()


@pytest.mark.parametrize(
    ("markdown", "lang", "expected"),
    [
        pytest.param(
            f"{ENGLISH}\n\n{SPANISH}",
            "en",
            f'<p>{ENGLISH}</p>\n<p lang="es">{SPANISH}</p>',
            id="a paragraph",
        ),
        pytest.param(SPANISH, "es-MX", f"<p>{SPANISH}</p>", id="the page's own language"),
        pytest.param(ENGLISH, "es", f'<p lang="en">{ENGLISH}</p>', id="English abroad"),
        pytest.param(CHINESE, "en", f'<p lang="zh">{CHINESE}</p>', id="Chinese"),
        pytest.param(ARABIC, "en", f'<p lang="ar" dir="rtl">{ARABIC}</p>', id="from right to left"),
        pytest.param(
            f"{ARABIC}\n\n{ENGLISH}",
            "ar",
            f'<p>{ARABIC}</p>\n<p lang="en" dir="ltr">{ENGLISH}</p>',
            id="and the other way",
        ),
        pytest.param(
            f"> {SPANISH}",
            "en",
            f'<blockquote>\n<p lang="es">{SPANISH}</p>\n</blockquote>',
            id="a quotation",
        ),
        pytest.param(
            f"- {ENGLISH}\n- {SPANISH}",
            "en",
            f'<ul>\n<li>{ENGLISH}</li>\n<li lang="es">{SPANISH}</li>\n</ul>',
            id="an entry",
        ),
        pytest.param(
            f'{SPANISH}\n{{: lang="ca" }}',
            "en",
            f'<p lang="ca">{SPANISH}</p>',
            id="its author wins",
        ),
        pytest.param(
            f'<div lang="gl" markdown="1">\n\n{SPANISH}\n\n</div>',
            "en",
            f'<div lang="gl">\n<p>{SPANISH}</p>\n</div>',
            id="an author who said it round the passage wins",
        ),
        pytest.param(
            f'<p lang="es-AR">{SPANISH}</p>', "en", f'<p lang="es-AR">{SPANISH}</p>', id="in HTML"
        ),
        pytest.param(
            f"{SPANISH[:13]}**{SPANISH[13:23]}**{SPANISH[23:]}",
            "en",
            f'<p lang="es">{SPANISH[:13]}<strong>{SPANISH[13:23]}</strong>{SPANISH[23:]}</p>',
            id="with emphasis in it",
        ),
        pytest.param(
            "Das Wort *Zoll* meint beides.", "en", None, id="too short to be sure: left alone"
        ),
        pytest.param(
            f"{ENGLISH} He said: “Le droit est le même.”", "en", None, id="a sentence within"
        ),
    ],
)
def test_marks(markdown: str, lang: str, expected: str | None) -> None:
    html = page(markdown, lang)
    if expected is None:
        assert "lang=" not in html
    else:
        assert html == expected


def test_what_was_marked_stays_in_feeds() -> None:
    html = absolute(page(f"{ENGLISH}\n\n{ARABIC}"), "https://briefings.example/a/")
    assert f'<p lang="ar" dir="rtl">{ARABIC}</p>' in html


def test_two_of_a_kind_are_both_marked() -> None:
    assert page(f"{SPANISH}\n\n{ENGLISH}\n\n{SPANISH}\n\n{FRENCH}").count('lang="es"') == 2


def test_our_own_latin_keeps_the_mark_of_its_author() -> None:
    markdown = (ROOT / "briefings/2026/small-parcels.md").read_text(encoding="utf-8")
    html = page(markdown.split("\n---\n", 1)[1])
    assert re.search(r'<p lang="la">De minimis', html)
    assert html.count("lang=") == 1


def test_the_seed_has_one_paragraph_in_spanish(shared: Path) -> None:
    files = sorted((shared / "seed").glob("*.txt"))
    if not files:
        pytest.skip("no seed texts")
    for path in files:
        html = page(path.read_text(encoding="utf-8"))
        marked = re.findall(r'<p lang="(\w+)">([^<]{20})', html)
        assert marked == [("es", "Para Washington, los")]


@pytest.mark.archive
def test_in_a_real_archive_only_what_is_foreign_is_marked(corpus: Path) -> None:
    """Looked at by hand: a quotation in Spanish, and a page that shows type with Lorem ipsum."""
    found: dict[str, set[str]] = {}
    unmarked = []
    for path in sorted(corpus.rglob("*.md")):
        markdown = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        body = read_body(markdown, lang="en")[0]
        if not body.passages:
            continue
        found[path.stem] = {passage.lang for passage in body.passages}
        html = page(markdown)
        if 'lang="' not in html:
            unmarked.append(path.stem)
    assert found == {"check-out-our-new-uscis-instagram-account": {"es"}, "typography": {"la"}}
    assert unmarked == []
