"""What becomes of links, headings, sources, images, tables and code."""

from __future__ import annotations

import html as entities
import re

import pytest
from mkdocs_briefings.catalog.markup import Target
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href, RenderedBody
from mkdocs_briefings.viewing.parts import SourceItem

from .dropped import dropped

RENDERER = BodyRenderer()
PAGES = {"rates": "Rates held", "../2025/jobs.md": "Jobs", "chart.png": ""}


def to(target: str, fragment: str) -> Href | None:
    if target and target not in PAGES:
        return None
    anchor = f"#{fragment}" if fragment else ""
    place = f"../{target.removeprefix('../').removesuffix('.md')}" if target else ""
    return Href(url=f"{place}{anchor}", title=PAGES.get(target, ""))


def source(number: int) -> SourceItem:
    return SourceItem(
        number=number,
        title="T",
        publisher="",
        date="",
        url="",
        kind="",
        lang="",
        archived="",
        cited=0,
    )


def render(markdown: str, *, sources: int = 0, lang: str = "en") -> RenderedBody:
    numbered = [source(number) for number in range(1, sources + 1)]
    return RENDERER.render(markdown, to, lang=lang, sources=numbered)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        pytest.param('<a name="here"></a>Here', "Here", id="what only named its place is gone"),
        pytest.param('<a name="here">Here</a>', "<span>Here</span>", id="its text stays"),
        pytest.param(
            '<span lang="es"><a name="aqui"></a></span>',
            '<span lang="es"></span>',
            id="what stands around it stays",
        ),
    ],
)
def test_a_place_without_an_address_is_no_link(markdown: str, text: str) -> None:
    assert render(markdown).html.strip() == f"<p>{text}</p>"


LINKS = [
    ("[[rates]]", '<a class="internal" href="../rates">Rates held</a>'),
    ("[[rates|the *cut*]]", '<a class="internal" href="../rates">the <em>cut</em></a>'),
    ("[[rates|the\ncut]]", '<a class="internal" href="../rates">the cut</a>'),
    ("[[rates#why|w]]", '<a class="internal" href="../rates#why">w</a>'),
    ("[[#why]]", '<a class="internal" href="#why">why</a>'),
    ("[a](../2025/jobs.md)", '<a class="internal" href="../2025/jobs">a</a>'),
    ("[a](../2025/jobs.md#x 'T')", '<a class="internal" href="../2025/jobs#x" title="T">a</a>'),
    ("[a][b]\n\n[b]: ../2025/jobs.md", '<a class="internal" href="../2025/jobs">a</a>'),
    ("[a](#why)", '<a class="internal" href="#why">a</a>'),
    ('<a href="../2025/jobs.md">a</a>', '<a class="internal" href="../2025/jobs">a</a>'),
    ("[a]([[rates]])", '<a class="internal" href="../rates">a</a>'),
    ("[[gone]]", '<span class="missing">gone</span>'),
    ("[[gone|<b>x</b>]]", '<span class="missing"><b>x</b></span>'),
    ("[a](gone.md)", '<span class="missing">a</span>'),
    (
        "[a](https://a.example/?b&c)",
        '<a rel="noopener noreferrer nofollow ugc" href="https://a.example/?b&amp;c">a</a>',
    ),
    ("[a](//a.example)", '<a rel="noopener noreferrer nofollow ugc" href="//a.example">a</a>'),
    ("[a](mailto:a@b.example)", '<a href="mailto:a@b.example">a</a>'),
    ("`[[rates]]`", "<code>[[rates]]</code>"),
    ("\\[[rates]]", "[[rates]]"),
]


@pytest.mark.parametrize(("markdown", "html"), LINKS, ids=[markdown for markdown, _ in LINKS])
def test_links(markdown: str, html: str) -> None:
    assert render(markdown).html == f"<p>{html}</p>"


def test_links_that_lead_nowhere_are_listed() -> None:
    body = render("[[gone#x]] [a](gone.md) ![b](gone.png) [[rates]]")
    assert body.unresolved == (
        Target("gone", "x", True),
        Target("gone.md", "", False),
        Target("gone.png", "", False),
    )


def test_a_link_into_another_language_says_so() -> None:
    body = RENDERER.render(
        "[[x]] [y](x.md)", lambda *_: Href(url="x", title="Zölle", lang="de"), lang="en"
    )
    assert body.html == (
        '<p><a class="internal" href="x" hreflang="de"><span lang="de">Zölle</span></a>'
        ' <a class="internal" href="x" hreflang="de">y</a></p>'
    )


IMAGES = [
    ("![a](chart.png)", '<img src="../chart.png" alt="a" loading="lazy">'),
    ("![](chart.png)", '<img src="../chart.png" alt="" loading="lazy">'),
    ("![a](gone.png)", '<span class="missing">a</span>'),
    (
        "![a](https://a.example/b.png)",
        '<a rel="noopener noreferrer nofollow ugc" href="https://a.example/b.png">a</a>',
    ),
    (
        "![](https://a.example/b%20c.png)",
        '<a rel="noopener noreferrer nofollow ugc" href="https://a.example/b%20c.png">b c.png</a>',
    ),
    (
        "[![a](https://a.example/b.png)](../2025/jobs.md)",
        '<a class="internal" href="../2025/jobs">a</a>',
    ),
]


@pytest.mark.parametrize(("markdown", "html"), IMAGES, ids=[markdown for markdown, _ in IMAGES])
def test_images(markdown: str, html: str) -> None:
    assert render(markdown).html == f"<p>{html}</p>"


def test_citations_lead_to_the_sources_and_can_be_led_back_from() -> None:
    body = render("A[^2]. B[^1][^2]. C[^3].", sources=2)
    assert body.cited == {2: 2, 1: 1}
    assert (
        '<sup><a class="cite-ref" id="_cite-2-2" href="#_source-2" aria-label="Source 2">'
        "2</a></sup>"
    ) in body.html
    assert "[^3]" in body.html, "what is neither source nor footnote stays as typed"
    assert len(re.findall(r'id="_cite-[^"]*"', body.html)) == 3


def test_a_footnote_of_the_body_wins_over_a_source() -> None:
    body = render("A[^1] and[^x].\n\n[^1]: Own.\n\n[^x]: Other.", sources=1)
    assert body.cited == {}
    assert 'href="#_note-1"' in body.html
    assert 'id="_note-2"' in body.html
    assert 'id="_noteref-2-1"' in body.html
    assert "fn:" not in body.html


def test_every_id_is_unique_and_every_place_of_the_page_exists() -> None:
    text = "## A\n\nx[^a][^a][^b][^1]\n\n## A\n\n[^a]: one\n[^b]: two\n\n[y](#a-2)"
    html = render(text, sources=1).html
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("_") or re.fullmatch("[a-z0-9-]+", name) for name in ids)
    places = {entities.unescape(place) for place in re.findall(r'href="#([^"]*)"', html)}
    assert places <= {*ids, "_source-1"}


HEADINGS = [
    ("# A\n\n## B\n\n# C", [("2", "a"), ("3", "b"), ("2", "c")], "a title in the body"),
    ("### A\n\n### B\n\n## C", [("2", "a"), ("2", "b"), ("2", "c")], "a late beginning"),
    ("## A\n\n#### B\n\n### C", [("2", "a"), ("3", "b"), ("3", "c")], "a skipped level"),
    ("## A\n\n## A\n\n## A", [("2", "a"), ("2", "a-2"), ("2", "a-3")], "equal titles"),
    ("## A {#own}\n\n## B {: #Ö }", [("2", "own"), ("2", "o")], "ids of the author"),
    ("<h4 id=x>A</h4>\n\n## B", [("2", "x"), ("2", "b")], "raw HTML"),
    ("## \n\n## ![](chart.png)\n\n## B", [("2", "b")], "headings without text"),
    ("A\n=\n\nB\n-", [("2", "a"), ("3", "b")], "underlined headings"),
    ("#hashtag\n\n## B", [("2", "b")], "a line that begins with a hashtag"),
]


@pytest.mark.parametrize(
    ("markdown", "expected"), [h[:2] for h in HEADINGS], ids=[h[2] for h in HEADINGS]
)
def test_headings(markdown: str, expected: list[tuple[str, str]]) -> None:
    body = render(markdown)
    assert re.findall(r'<h(\d) id="([^"]*)"', body.html) == expected
    assert body.anchors == {name for _, name in expected}
    assert [entry.anchor for entry in body.toc] == [
        name for level, name in expected if level == "2"
    ]


def test_the_contents_list_is_plain_text() -> None:
    (entry,) = render("## *R&D* in `x` & <b>y</b> [z](../2025/jobs.md)[^1]", sources=1).toc
    assert entry.title == "R&D in x & y z", "without the numbers of sources"


def test_tables_and_code_can_be_scrolled_by_keyboard() -> None:
    html = render("a|b\n-|-:\n1|2\n3|4|5\n\n```\nx\n```\n\na|b\n-|-\n1|2").html
    assert html.count('<div class="table" role="region" tabindex="0" aria-label="Table ') == 2
    assert html.count("</table></div>") == 2
    assert 'aria-label="Table 2"' in html
    assert '<td align="right">4</td>\n<td>5</td>' in html, "a cell too many is not lost"
    assert '<pre tabindex="0">' in html


def test_how_a_table_is_indented_is_not_published() -> None:
    cells = "<td>a <b>b</b> <i>c</i></td>\n    <td><pre>  d\n    </pre></td>"
    html = render(f"<table>\n  <tr>\n    {cells}\n  </tr>\n</table>\n\n  e").html
    assert "<tr>\n<td>a <b>b</b> <i>c</i></td>\n<td><pre" in html
    assert ">  d\n    </pre></td>\n</tr>" in html, "but for what is shown as it is typed"


def test_a_table_in_a_table_is_one_region() -> None:
    html = render("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>").html
    assert html.count("<div") == html.count("</div>") == 1


def test_boxes_of_a_task_list_have_a_name() -> None:
    html = render("- [x] a\n- [ ] b").html
    assert html.count("disabled") == 2
    assert 'checked="" aria-label="Done"' in html
    assert 'disabled="" aria-label="To do"' in html


def test_classes_of_highlighting_are_for_code_alone() -> None:
    html = render('a <span class="il" lang="fr">b</span>\n\n```python\n1\n```').html
    assert '<span lang="fr">b</span>' in html
    assert '<span class="mi">1</span>' in html


def test_what_is_dropped_is_seen() -> None:
    html = '<font color=red>a</font> <b onclick="x" class="y">b</b> <i>c</i>'
    assert dropped(html) == ("<font>", "class", "onclick")
    assert dropped(render(html).html) == ()


def test_one_page_leaves_no_trace_on_the_next() -> None:
    text = "## A\n\n*[GDP]: Gross\n\nGDP [x][y] z[^n]\n\n[y]: ../2025/jobs.md\n\n[^n]: N"
    first = render(text)
    other = render("## A\n\nGDP [x][y] z[^n]")
    assert "<abbr" not in other.html
    assert "[x][y] z[^n]" in other.html
    assert render(text) == first


def test_text_is_published_as_typed() -> None:
    typed = (
        "1.10 -- \"quoted\" 'single' (c) ... :smile: {{ 7*191 }} {% include 'x' %}"
        ' --8<-- "x" -> 5 < 6'
    )
    html = render(typed).html
    assert entities.unescape(re.sub("<[^>]*>", "", html)) == typed
