"""What is wrong with a body, and where exactly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Body, Link
from mkdocs_briefings.reading.body import Finding, read_body

WORDING = {
    "unsafe-html",
    "unclosed-html",
    "too-deep",
    "too-long",
    "hidden-characters",
    "control-characters",
    "remote-image",
    "unknown-source",
}


def findings(markdown: str) -> tuple[Finding, ...]:
    return read_body(markdown)[1]


CASES = [
    ("x <script>y</script>", (1, 3, "unsafe-html", "<script>")),
    ("<iframe src=x></iframe>", (1, 1, "unsafe-html", "<iframe>")),
    ("a\n\nb <font color=red>c</font>", (3, 3, "unsafe-html", "<font>")),
    ("Challenge <challenge.gov> now", (1, 11, "unsafe-html", "<challenge.gov>")),
    ('<p onclick="x">y</p>', (1, 1, "unsafe-html", "onclick")),
    ('a <b style="x" class=y data-z>c</b>', (1, 3, "unsafe-html", "style, class, data-z")),
    ('<a href="x.md" target=_blank>y</a>', (1, 1, "unsafe-html", "target")),
    ('<a href="javascript:x">y</a>', (1, 1, "unsafe-html", "href")),
    ('<p lang="x_y">z</p>', (1, 1, "unsafe-html", "lang")),
    ("[a](javascript:x)", (1, 1, "unsafe-html", "javascript:")),
    ("> - [a](java&#115;cript:x)", (1, 5, "unsafe-html", "javascript:")),
    ("[a](java\tscript:x)", (1, 1, "unsafe-html", "javascript:")),
    ("[a](data:text/html,x)", (1, 1, "unsafe-html", "data:")),
    ("[a](ftp://a.example)", (1, 1, "unsafe-html", "ftp:")),
    ("[a][b]\n\n[b]: vbscript:x", (1, 1, "unsafe-html", "vbscript:")),
    ("<javascript://x>", (1, 1, "unsafe-html", "javascript:")),
    ("![a](data:image/png;base64,x)", (1, 1, "unsafe-html", "data:")),
    ("[a](b.md){: onclick=c .d }", (1, 10, "unsafe-html", "onclick, class")),
    ("## A {: #ok style=x }", (1, 5, "unsafe-html", "style")),
    ("a\n{: #own .x }", (1, 2, "unsafe-html", "id, class")),
    ("*a*{.x}", (1, 4, "unsafe-html", "class")),
    ("Held.[^minutes]", (1, 6, "unknown-source", "[^minutes]")),
    ("a <!-- b", (1, 3, "unclosed-html", "comment")),
    ("<div>\n<!-- b\n</div>", (2, 1, "unclosed-html", "comment")),
    ("![a](https://b.example/c.png)", (1, 1, "remote-image", "another site")),
    ('x <img src="//b.example/c.png">', (1, 3, "remote-image", "another site")),
    ("a\u202eb", (1, 2, "hidden-characters", "U+202E")),
    ("a\n\u2067b", (2, 1, "hidden-characters", "U+2067")),
    ("a\u200bb", (1, 2, "hidden-characters", "zero width space")),
    ("a\u200db", (1, 2, "hidden-characters", "U+200D")),
    ("a\ufeffb", (1, 2, "hidden-characters", "U+FEFF")),
    ("a\n\nb\x00", (3, 2, "control-characters", "U+0000")),
    ("\x1b[31m", (1, 1, "control-characters", "U+001B")),
    ("a\ufffeb", (1, 2, "control-characters", "U+FFFE")),
]


@pytest.mark.parametrize(("markdown", "expected"), CASES, ids=[ascii(c[0]) for c in CASES])
def test_findings(markdown: str, expected: tuple[int, int, str, str]) -> None:
    (found,) = findings(markdown)
    line, column, code, word = expected
    assert (found.line, found.column, found.code) == (line, column, code)
    assert word in found.message
    assert found.hint
    assert "\n" not in found.message + found.hint


@pytest.mark.parametrize(
    "markdown",
    [
        "`<script>` and ``[a](javascript:x)``",
        "```html\n<script>x</script><!-- \x20\n```",
        "    <script>",
        "1 < 2, a <b and &lt;script&gt;",
        "\\<script> \\[a](javascript:x)",
        "<b>a</b> <kbd>b</kbd> <sup>c</sup> <br> <br/> <abbr title=d>e</abbr>",
        '<p lang="zh-Hant-TW" dir="ltr">關稅</p> <span lang=de>Zölle</span>',
        '<details open markdown="1"><summary>a</summary>\n\nb\n\n</details>',
        '<div class="admonition note">a</div>',
        "<h2 id=plan>a</h2>",
        "<!-- a --> b <!-- c\n\nd --> e",
        "[a](https://b.example) <https://c.example> <d@e.example> [f](mailto:g@h.example)",
        "![a](b.png) ![c](../d.webp 'e')",
        "👩‍👩‍👧 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 क्‍ष می‌خواهم",
        "a\u00adb",
        "{{ x }} {% y %} a{b} {c}",
        "## Set \\{x}\n\nb {c}",
        "a\tb\r\n".replace("\r", ""),
    ],
)
def test_nothing_is_wrong(markdown: str) -> None:
    assert findings(markdown) == ()


def test_all_faults_are_found_in_one_run_and_sorted() -> None:
    markdown = (
        "a\u202eb\n\n<script>x</script> [y](data:z)\n\n![c](https://d.example/e.png) <u>f</u>\n"
    )
    body, found = read_body(markdown, line=5)
    assert [(f.line, f.column, f.code) for f in found] == [
        (5, 2, "hidden-characters"),
        (7, 1, "unsafe-html"),
        (7, 20, "unsafe-html"),
        (9, 1, "remote-image"),
        (9, 31, "unsafe-html"),
    ]
    assert body.text, "these faults leave the facts"


def test_many_hidden_characters_are_counted() -> None:
    found = findings("a\u200b" * 50)
    assert len(found) == 20
    assert "30 more" in found[-1].message


@pytest.mark.parametrize("element", ["textarea", "script", "style", "title", "xmp", "plaintext"])
def test_elements_that_would_swallow_the_rest(element: str) -> None:
    for markdown in (f"a <{element}> b\n\nc", f"<{element}>\nb\n\nc"):
        assert "unclosed-html" in {f.code for f in findings(markdown)}
    if element != "plaintext":
        closed = findings(f"a <{element}>b</{element}> c")
        assert {f.code for f in closed} == {"unsafe-html"}


LIMITS = [
    ("too-long", "## a\n\n", 500),
    ("too-long", "<h2>a</h2>\n\n", 500),
    ("too-long", "[a](b)\n\n", 5_000),
    ("too-long", "[[a]] ", 5_000),
    ("too-long", "[^1] ", 500),
    ("too-long", "[", 200),
    ("too-long", "![", 200),
    ("too-long", "[a](", 200),
    ("too-long", "<a ", 500),
    ("too-long", "---\n\n", 500),
    ("too-long", "!!! note\n", 500),
    ("too-long", "x^2 ", 600),
    ("too-deep", "> ", 20),
    ("too-deep", "- ", 20),
    ("too-deep", "<div>", 20),
    ("too-deep", "<span>", 20),
]


@pytest.mark.parametrize(("code", "unit", "most"), LIMITS, ids=[f"{c} {u!r}" for c, u, _ in LIMITS])
def test_a_limit_is_the_limit(code: str, unit: str, most: int) -> None:
    within, beyond = unit * most + "x", unit * (most + 1) + "x"
    assert code not in {f.code for f in findings(within)}
    body, found = read_body(beyond)
    assert code in {f.code for f in found}
    assert body == Body(markdown=beyond), "and there are no facts of it"


def test_the_limits_of_lists_that_need_numbers() -> None:
    def beyond(text: str) -> bool:
        return "too-long" in {f.code for f in findings(text)}

    notes = [f"[^n{n}]: a\n" for n in range(501)]
    assert not beyond("".join(notes[:500]))
    assert beyond("".join(notes))
    rows = "a|b\n-|-\n" + "c|d\n" * 10_000
    assert not beyond(rows[: -4 * 2])
    assert beyond(rows)
    names = [f"*[N{n}]: a\n" for n in range(201)]
    assert not beyond("".join(names[:200]))
    assert beyond("".join(names))
    nested = ["    " * n + "- a\n" for n in range(21)]
    assert findings("".join(nested[:20])) == ()
    assert findings("".join(nested))[0].code == "too-deep"


HOSTILE = {
    "quotes": "> ",
    "quotes without spaces": ">",
    "lists": "- ",
    "open brackets": "[",
    "open wiki-links": "[[",
    "open images": "![",
    "open links": "[a](",
    "open titles": '[a](x "',
    "wiki-links with bars": "[[a|",
    "emphasis that opens": "*a ",
    "emphasis that closes": "a* ",
    "emphasis of many kinds": "*_~~==^^a",
    "one long mark": "*",
    "backticks": "`",
    "code of two lengths": "` `` ",
    "less than": "<",
    "open tags": "<a ",
    "open attributes": '<a x="',
    "attributes of two kinds": "<a x=\"<a y=' ",
    "open comments": "<!--",
    "comments": "<!-- a -->\n",
    "open declarations": "<![CDATA[",
    "instructions": "<?",
    "elements": "<div>",
    "ends of elements": "x </b>",
    "raw text": "<textarea>",
    "entities": "&amp;",
    "half entities": "&#1",
    "backslashes": "\\",
    "signs of headings": "#",
    "rules": "- ",
    "bars": "|",
    "references": "[a]: b\n",
    "quotes after a reference": '[a]: b"',
    "abbreviations": "*[",
    "fences": "```\n",
    "fences with words": "```a\n",
    "attribute lists": "*a*{",
    "braces": "# {a ",
    "spaces": " ",
    "tabs": "\t",
    "boxes": "!!! note\n",
    "words of a box": "!!! a ",
    "definitions": "a\n: b\n",
    "paragraphs": "a\n\n",
    "sentences": "A. [[x]] ",
    "mail": "<a@",
    "one word": "a",
    "invisible": "\u200b",
    "controls": "\x01",
    "tags of flags": "\U000e0041",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        read_body(text)
        return time.process_time() - start

    seconds(1_000)
    small = min(seconds(25_000) for _ in range(3))
    large = min(seconds(100_000) for _ in range(3))
    # Four times the text takes four times the time, or sixteen times when work is quadratic. The
    # bound between them is wide: a busy machine must not fail this, and tiny times say nothing.
    assert large < max(12 * small, 0.5)


SOUP = st.lists(
    st.sampled_from([*HOSTILE.values(), "\n", "\n\n", "    ", "# ", "a|b\n-|-\n", "[^1]", "x", "]"])
    | st.text(max_size=5),
    max_size=20,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(SOUP, st.integers(1, 50))
def test_no_text_is_too_odd(markdown: str, line: int) -> None:
    body, found = read_body(markdown, line=line)
    assert body.markdown == markdown
    assert {f.code for f in found} <= WORDING
    rows = markdown.split("\n")
    places: list[Finding | Link] = [*found, *body.links]
    for place in places:
        assert line <= place.line < line + len(rows)
        assert 1 <= place.column <= len(rows[place.line - line]) + 1
    for link in body.links:
        assert -1 <= link.offset <= len(link.sentence)
        assert "\x02" not in link.sentence + body.text
