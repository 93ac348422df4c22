"""What is known of a body without rendering it."""

from __future__ import annotations

import pytest
from mkdocs_briefings.catalog.briefing import Body, Link
from mkdocs_briefings.reading.body import read_body


def read(markdown: str) -> Body:
    body, findings = read_body(markdown)
    assert findings == ()
    return body


def link(markdown: str) -> Link:
    (found,) = read(markdown).links
    return found


LINKS = [
    ("[[rates]]", ("rates", "", "", True)),
    ("[[rates|the cut]]", ("rates", "", "the cut", True)),
    ("[[rates#why]]", ("rates", "why", "", True)),
    ("[[rates#why|*the* cut]]", ("rates", "why", "the cut", True)),
    ("[[#why]]", ("", "why", "", True)),
    ("[[ rates # why | the cut ]]", ("rates", "why", "the cut", True)),
    ("[[rates|the\ncut]]", ("rates", "", "the cut", True)),
    ("[[ada\nexample]]", ("ada example", "", "", True)),
    ("> [[rates|the\n> cut]]", ("rates", "", "the cut", True)),
    ("- [[rates|the\n  cut]]", ("rates", "", "the cut", True)),
    ("[a](../2025/x.md)", ("../2025/x.md", "", "a", False)),
    ("[a](x.md#why)", ("x.md", "why", "a", False)),
    ("[a](#why)", ("", "why", "a", False)),
    ('[a](x.md "title")', ("x.md", "", "a", False)),
    ("[a](<x y.md>)", ("x y.md", "", "a", False)),
    ("[a](x(1).md)", ("x(1).md", "", "a", False)),
    ("[`a` *b*](x.md)", ("x.md", "", "a b", False)),
    ("[a\nb](x.md)", ("x.md", "", "a b", False)),
    ("[a][b]\n\n[b]: x.md", ("x.md", "", "a", False)),
    ("[a][]\n\n[A]: x.md", ("x.md", "", "a", False)),
    ("[a]\n\n[a]: <x.md> 'T'", ("x.md", "", "a", False)),
    ("![a](x.png)", ("x.png", "", "a", False)),
    ('<a href="x.md">a</a>', ("x.md", "", "a", False)),
    ('<p>\n<a href=x.md title="t">a</a></p>', ("x.md", "", "a", False)),
    ("[a]([[rates]])", ("rates", "", "a", True)),
    ("> - [a](x.md)", ("x.md", "", "a", False)),
    ("a | b\n--|--\n1 | [a](x.md)", ("x.md", "", "a", False)),
    ('!!! note "T"\n    [a](x.md)', ("x.md", "", "a", False)),
    ("## [a](x.md)", ("x.md", "", "a", False)),
    ("x[^n]\n\n[^n]: [a](x.md)", ("x.md", "", "a", False)),
    ("- a\n\n    [a](x.md)", ("x.md", "", "a", False)),
    ("[a](/about/)", ("/about/", "", "a", False)),
    ("[a](x.md?y&amp;z)", ("x.md?y&z", "", "a", False)),
]


@pytest.mark.parametrize(("markdown", "expected"), LINKS, ids=[markdown for markdown, _ in LINKS])
def test_links(markdown: str, expected: tuple[str, str, str, bool]) -> None:
    found = link(markdown)
    assert (found.target, found.fragment, found.text, found.wiki) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "[a](https://a.example/x.md)",
        "[a](//a.example/x.md)",
        "[a](mailto:a@b.example)",
        "<https://a.example>",
        "[a][b]\n\n[b]: https://a.example",
        "[a][b]",
        "`[[a]]` ``[b](c.md) ` ``",
        "\\[[a]] \\[b](c.md)",
        "[a] (b.md)",
        "    [[a]]",
        "x\n\n    [[a]]",
        "# x\n    [[a]]",
        "```\n[[a]]\n```",
        "- x\n\n    ~~~~ text\n    [[a]]\n    ```\n    ~~~~",
        ">     [[a]]",
        "<!-- [[a]] -->",
        "x <!-- [b](c.md) --> y",
        "<pre>[[a]] [b](c.md)</pre>",
        "<div>\n\n[[a]]\n\n</div>",
    ],
)
def test_no_link(markdown: str) -> None:
    assert read(markdown).links == ()


@pytest.mark.parametrize(
    ("markdown", "places"),
    [
        ("a [[b]] [c](d.md)\n[[e]]", [(1, 3), (1, 9), (2, 1)]),
        ("> - [[b]]\n> - ![c](d.png)", [(1, 5), (2, 5)]),
        ("数字 [[b]]", [(1, 4)]),
        ("a\n\n| x | [[b]] |\n|---|---|\n| y | [c](d.md) |", [(3, 7), (5, 7)]),
        ("```\nx\n```\n\n<div>\n</div>\n\n[[b]]", [(8, 1)]),
        ("x <b>[[b]]</b>", [(1, 6)]),
        ("\ta\n\nb\t[[c]]", [(3, 3)]),
        ('<p>\n  <a href="b.md">c</a></p>', [(2, 3)]),
    ],
)
def test_places(markdown: str, places: list[tuple[int, int]]) -> None:
    body, _ = read_body(markdown, line=11)
    assert [(found.line - 10, found.column) for found in body.links] == places


SENTENCES = [
    ("A. It held. The [[b|cut]] came. More.", "The cut came."),
    (
        "Mr. Ada of the U.S. Fed said [[b|so]] on Jan. 5. Then no.",
        "Mr. Ada of the U.S. Fed said so on Jan. 5.",
    ),
    ("In the U.S. The rate is [[b|1.5]] percent.", "The rate is 1.5 percent."),
    ("Was it? [[b|Yes]]! And “so.” Next.", "Yes!"),
    ("It said “[[b|no]].” Then more.", "It said “no.”"),
    ("See J. K. Example, [[b|here]], vol. 2. End.", "See J. K. Example, here, vol. 2."),
    ("See No. 5 of [[b|x]], Art. 2, Feb. 3. It was no. Right.", "See No. 5 of x, Art. 2, Feb. 3."),
    ("前の文。これは[[b|引用]]です。次の文。", "これは引用です。"),
    ("- One.\n- Two [[b|x]] three.\n- Four.", "Two x three."),
    ("*One* **two** `a_b` &amp; [c](https://d.example) [[b|x]]", "One two a_b & c x"),
    ("One\ntwo [[b|x]]\nthree.", "One two x three."),
]


@pytest.mark.parametrize(("markdown", "sentence"), SENTENCES)
def test_the_sentence_round_a_link(markdown: str, sentence: str) -> None:
    found = link(markdown)
    assert found.sentence == sentence
    assert sentence[found.offset :].startswith(found.text)


def test_a_link_without_text_has_its_place_in_the_sentence() -> None:
    found = link("Before [[b]] after.")
    assert (found.sentence[: found.offset], found.sentence[found.offset :]) == (
        "Before ",
        " after.",
    )


def test_a_long_sentence_is_cut_at_words() -> None:
    found = link("word " * 200 + "[[b|here]] " + "more " * 200)
    assert found.sentence.startswith("…word ")
    assert found.sentence.endswith(" more…")
    assert found.sentence[found.offset : found.offset + 4] == "here"
    assert len(found.sentence) <= 302


def test_links_of_one_sentence_each_know_their_place() -> None:
    first, second, third = read("One [[a|x]] two [b](c.md) three ![d](e.png).").links
    assert first.sentence == second.sentence == third.sentence == "One x two b three ."
    assert (first.offset, second.offset, third.offset) == (4, 10, 18)


HEADINGS = [
    ("## Plan", [(2, "Plan", "plan")]),
    ("# A\n\n## B\n\n# C", [(2, "A", "a"), (3, "B", "b"), (2, "C", "c")]),
    ("A\n===\n\nB\n---", [(2, "A", "a"), (3, "B", "b")]),
    ("## *A* `b_c` [d](e.md) &amp; ##", [(2, "A b_c d &", "a-b-c-d")]),
    ("## A {#own}\n\n## B {: #b .x }", [(2, "A", "own"), (2, "B", "b")]),
    ("## A\n\n## A", [(2, "A", "a"), (2, "A", "a-2")]),
    ("## A[^1] ~~b~~", [(2, "A b", "a-b")]),
    ("## [[rates]]", [(2, "rates", "rates")]),
    ("text\n# A\ntext", [(2, "A", "a")]),
    ("> ## A\n\n- ## B", [(2, "A", "a"), (2, "B", "b")]),
    ('<h3 class="x">A <em>b</em></h3>', [(2, "A b", "a-b")]),
    ("> <h2>A</h2>", [(2, "A", "a")]),
    ("#hashtag\n\n##\n\n## \n\n    # code\n\n```\n# code\n```", []),
    ("A\nb\n---", []),
    ("a | b\n--|--\n# c | d", []),
]


@pytest.mark.parametrize(("markdown", "expected"), HEADINGS)
def test_headings(markdown: str, expected: list[tuple[int, str, str]]) -> None:
    found = read_body(markdown)[0].headings
    assert [(h.level, h.text, h.anchor) for h in found] == expected


def test_headings_know_their_line() -> None:
    body, _ = read_body("# A\n\nB\n-\n\n<h2>C</h2>", line=7)
    assert [heading.line for heading in body.headings] == [7, 9, 12]


def test_plain_text() -> None:
    body = read(
        "# Title\n\nFirst *one*,\n**two** `code` &lt;b&gt;.\n\n- a [b](c.md)\n- [ ] d\n\n"
        "> e\n\n```\nno code\n```\n\n| f | g |\n|---|---|\n| h | i |\n\n"
        "*[GDP]: no\n\n[r]: no.md\n\nj[^1] <br> k <!-- no --> 2 * 3 * 4 snake_case\n\n    no code\n"
    )
    assert body.text.split("\n") == [
        "Title",
        "First one, two code <b>.",
        "a b",
        "d",
        "e",
        *("f", "g", "h", "i"),
        "j k 2 * 3 * 4 snake_case",
    ]
    assert body.first_paragraph == "First one, two code <b>."
    assert body.words == 22
    assert body.cited == {1}


def test_words_of_scripts_without_spaces_are_counted_by_letters() -> None:
    assert read("关税暂停至十一月").words == 5


@pytest.mark.parametrize(
    ("markdown", "cited"),
    [
        ("a[^1] b[^12] c[^1]", {1, 12}),
        ("a[^1][^2]\n\n[^2]: own", {1}),
        ("`[^1]` \\[^2] [^a-z]+", set()),
        ("- a[^3]\n\n> b[^4]\n\n## c[^5]", {3, 4, 5}),
    ],
)
def test_cited(markdown: str, cited: set[int]) -> None:
    assert read(markdown).cited == cited


def test_an_empty_body() -> None:
    assert read("") == Body(markdown="", line=1)
    assert read("\n \n\t\n").text == ""


def test_the_body_keeps_what_was_typed() -> None:
    body, _ = read_body("a\x07b\n", line=4)
    assert (body.markdown, body.line, body.text) == ("a\x07b\n", 4, "a b")


@pytest.mark.parametrize(
    ("markdown", "prose"),
    [
        pytest.param("One\ntwo  three.", ["One two three."], id="a paragraph is one line"),
        pytest.param("One *two* three.", ["One", "two", "three."], id="emphasis begins a line"),
        pytest.param("2 * 3 * 4 and snake_case", ["2 * 3 * 4 and snake_case"], id="signs do not"),
        pytest.param("a [b](x.md) c [[d]] e [f](https://g.example) h", ["a", "c", "e", "h"],
                     id="no links"),
        pytest.param("a `b` c <kbd>d</kbd> e ![f](g.png) h", ["a", "c", "e", "h"], id="no code"),
        pytest.param("a[^1] b", ["a", "b"], id="no citation"),
        pytest.param("AT&amp;T \\*x\\*", ["AT&T *x*"], id="entities and escapes are their signs"),
        pytest.param("# h\n\na\n\n| b | c |\n|---|---|\n| d | e |", ["a"], id="no head, no table"),
        pytest.param("- a\n- b\n\n> c\n\n!!! note \"d\"\n    e", ["a", "b", "c", "e"],
                     id="lists, quotations and boxes, without titles"),
        pytest.param('<div>a</div>\n\nb <span lang="fr">c</span> d', ["b", "d"],
                     id="no raw blocks, no other language"),
        pytest.param('a\n{: lang="fr" }\n\nb', ["b"], id="no paragraph in another language"),
        pytest.param("a <br>b<!-- c -->d", ["a", "bd"], id="breaks, not comments"),
        pytest.param("*[AB]: a b\n\nThe AB is. ABC too.", ["The ", " is. ABC too."],
                     id="no abbreviation that the body explains"),
        pytest.param("*open and **never** closed", ["*open and", "never", "closed"], id="halves"),
    ],
)  # fmt: skip
def test_prose(markdown: str, prose: list[str]) -> None:
    assert read(markdown).prose.split("\n") == prose
