"""Nothing active comes through, honest text does, and doing it twice changes nothing."""

from __future__ import annotations

from html import escape, unescape
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.rendering import sanitise as gate
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.rendering.sanitise import absolute, sanitise

from . import judge
from .vectors import HTML, MARKDOWN

RENDERER = BodyRenderer()


def to(target: str, fragment: str) -> Href:
    return Href(url=f"../{target or 'here'}/", title=target)


def render(markdown: str) -> str:
    return RENDERER.render(markdown, to, lang="en").html


@pytest.mark.parametrize("html", [pytest.param(v, id=k) for k, v in HTML.items()])
def test_no_known_vector_survives_as_html(html: str) -> None:
    clean = sanitise(html)
    assert not judge.active(clean)
    assert sanitise(clean) == clean
    assert not judge.active(sanitise(f"<div>before {html} after</div>"))


@pytest.mark.parametrize(
    "markdown", [pytest.param(v, id=k) for k, v in {**HTML, **MARKDOWN}.items()]
)
def test_no_known_vector_survives_in_markdown(markdown: str) -> None:
    for text in (markdown, f"before {markdown} after", f"> {markdown}", f"- {markdown}\n- x"):
        assert not judge.active(render(text))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>x</p>", []),
        ('<input type="checkbox" disabled="">', []),
        ("<script>x</script>", ["<script>"]),
        ("<p onclick=x>y</p>", ["p[onclick]"]),
        ('<a href="java&Tab;script:x">y</a>', ["a[href=java\tscript:x]"]),
        ("<p id=__config>y</p>", ["p[id=__config]"]),
        ("<svg><g onload=x></g></svg>", ["<svg>", "g[onload]"]),
        ("<input type=text>", ["<input>"]),
    ],
)
def test_the_judge_sees_what_is_active(html: str, found: list[str]) -> None:
    assert judge.active(html) == found


@pytest.mark.parametrize("html", [pytest.param(v, id=k) for k, v in HTML.items()])
def test_what_is_taken_for_bare_is_no_way_through(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_is_bare", lambda html: True)
    assert not judge.active(sanitise(html))


BARE = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<em>", "</em>", "<table>", "<tr>", "<td>", "</td>", "<li>", "<br />"),
            *("<h2>", "</h2>", "</a>", "<b >", "<details>", "<input>", "<hr/>", "<", "&", "&lt;"),
            *('<a href="a&b">', '<a href="javascript:x">', '<a title="&quot;" href="JaVa&Tab;:">'),
            *('<img src="data:x" alt="<b>">', '<img alt="a" src="b.png" title="c" />', "&#0;"),
            *('<a href="https://x.example/?a&amp;b" title="t">', "a", " ", "\n", "\xa0", '"'),
            *('<a href="x" id="y">', '<p id="z">', "<script>", "<!--", "-->", "<a href=x>"),
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(BARE)
def test_what_is_bare_is_sanitised_as_all_is(html: str) -> None:
    clean = sanitise(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_is_bare", lambda html: False)
        assert clean == sanitise(html)


def test_without_the_sanitiser_the_judge_finds_every_vector() -> None:
    """So none of the tests above passes because its vector is harmless."""
    harmless = {
        "body handler",  # Active in a whole document, and a fragment has no body.
        "script split by a null",  # Active in browsers of long ago.
        "conditional comment",
        "declaration",
        "comment inside a select",  # Active where a parser and a sanitiser disagree.
        "data attribute",  # Harmful together with scripts of the page.
        "class of the chrome",
    }
    assert {name for name, html in HTML.items() if not judge.active(html)} <= harmless


KEPT = [
    '<p>a <a href="../x/" title="t">b</a></p>',
    '<h2 id="plan">Plan</h2>',
    '<td align="right" colspan="2">1</td>',
    '<p lang="zh-Hant" dir="ltr">關稅</p>',
    '<time datetime="2026-03-17">17 March</time>',
    '<div class="admonition note"><p class="admonition-title">x</p></div>',
    '<details class="note" open=""><summary>x</summary></details>',
    '<img src="a.png" alt="b" loading="lazy">',
    "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>",
]


@pytest.mark.parametrize("html", KEPT)
def test_what_is_allowed_stays_as_it_is(html: str) -> None:
    table = html.startswith("<td")
    whole = f"<table><tbody><tr>{html}</tr></tbody></table>" if table else html
    assert sanitise(whole) == whole


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p lang="x y">a</p>', "<p>a</p>"),
        ('<p dir="sideways">a</p>', "<p>a</p>"),
        ('<td align="evil">a</td>', "a"),
        ('<div class="note masthead">a</div>', '<div class="note">a</div>'),
        ('<h2 id="Grüße!">a</h2>', '<h2 id="grusse">a</h2>'),
        ("<font color=red>a <u>b</u></font>", "a b"),
        ('<input type="checkbox" disabled name=x>', '<input type="checkbox" disabled="">'),
        ("<input type=text value=x>", ""),
        ("<input type=checkbox>", ""),
        ("<p>a<!-- b -->c</p>", "<p>ac</p>"),
    ],
)
def test_of_the_rest_the_text_stays(html: str, clean: str) -> None:
    assert sanitise(html) == clean


PIECES = st.sampled_from(
    [*HTML.values(), *KEPT, "<", ">", '"', "'", "&", "`", "</p>", "<p>", "<table>", "<a href=", "x"]
)
SOUP = st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join)


@settings(max_examples=60, deadline=None)
@given(SOUP)
def test_sanitising_twice_changes_nothing_and_nothing_is_active(html: str) -> None:
    clean = sanitise(html)
    assert sanitise(clean) == clean
    assert not judge.active(clean)


MARKS = st.sampled_from(
    [
        *MARKDOWN.values(),
        *HTML.values(),
        *("[", "](", ")", "[[", "]]", "*", "_", "`", "!", "<", "a", "[^1]", "{: .x }"),
        *("\n", "\n\n", "> ", "- ", "    ", "# ", "```\n", "| a | b |\n|---|---|\n"),
    ]
)
TEXTS = st.lists(MARKS | st.text(max_size=6), max_size=10).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_no_rendered_text_is_active(markdown: str) -> None:
    assert not judge.active(render(markdown))


def test_absolute_addresses_for_feeds() -> None:
    html = (
        '<h2 id="plan">P</h2><p><a class="internal" href="../b/#c">x</a> <a href="#plan">y</a>'
        '<sup><a class="cite-ref" id="_cite-1-1" href="#_source-1" aria-label="Source 1">1</a>'
        "</sup>"
        '<img src="../../i.png" alt="a &amp; b"></p>'
        '<div class="table" role="region" tabindex="0" aria-label="Table 1"></div>'
    )
    assert absolute(html, "https://news.example/briefings/a/") == (
        '<h2>P</h2><p><a class="internal" href="https://news.example/briefings/b/#c">x</a>'
        ' <a href="https://news.example/briefings/a/#plan">y</a><sup><a class="cite-ref"'
        ' href="https://news.example/briefings/a/#_source-1">1</a></sup>'
        '<img src="https://news.example/i.png" alt="a &amp; b"></p><div class="table"></div>'
    )


@given(
    st.text(st.sampled_from("./ab-#?&_é"), min_size=1),
    st.sampled_from(
        [
            *("https://a.example/", "https://a.example/b/", "http://a.example:8000/b/c-d/2025/e/"),
            *("https://a.example/b/c.html", "https://a.example//b/", "https://a.example/b/../c/"),
        ]
    ),
    st.integers(0, 6),
)
def test_addresses_are_absolute_as_the_library_has_them(rest: str, base: str, above: int) -> None:
    address = "../" * above + rest
    joined = urljoin(base, unescape(address))
    html = f'<a class="internal" href="{address}">x</a>'
    assert absolute(html, base) == f'<a class="internal" href="{escape(joined)}">x</a>'
