"""Texts made in parts are those that the parser makes of the whole, byte for byte."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs_briefings.rendering.effort import EffortError
from mkdocs_briefings.rendering.markdown import BodyRenderer
from mkdocs_briefings.rendering.plain import plain
from mkdocs_briefings.rendering.stretches import SPECIMEN, by_stretches

from ..conftest import ROOT
from .grammar import body as grammatical
from .test_agreement import bodies
from .test_plain import LONG, MANY, PARSER, PIECES, SOURCES, STARTS, TEXTS, examples, mutated


def parse(markdown: str) -> str:
    return PARSER._parse(markdown, SOURCES)


def agrees(markdown: str) -> bool:
    """Whether the text was made in parts; the test fails where the parser differs."""
    made = by_stretches(markdown, SOURCES, parse)
    if made is not None:
        assert made == parse(markdown), markdown
    return made is not None


def left(markdown: str) -> str:
    """What of a text the parser is asked for, with a line in the place of each stretch."""
    asked: list[str] = []

    def note(rest: str) -> str:
        asked.append(rest)
        return parse(rest)

    assert by_stretches(markdown, SOURCES, note) == parse(markdown)
    lines = "".join(asked).split("\n")
    return "\n".join("…" if line.startswith("stretch") else line for line in lines).strip()


IN_PARTS = {
    "a paragraph": ("a *b*\n\nc ~~d~~\n\n# e\n\nf", "…\n\nc ~~d~~\n\n…"),
    "a quote in an item": ("a\n\n* b\n\n    > c\n\nd", "a\n\n* b\n\n    > c\n\n…"),
    "code": ("# a\n\nb\n\n    c\n\n\n    d\n\n# e", "…\n\nb\n\n    c\n\n\n    d\n\n…"),
    "a list with code behind it": ("* a\n\n        b\n\nc", "* a\n\n        b\n\n…"),
    "a definition": ("a\n\nb\n\n: c\n\n    d\n\ne", "…\n\nb\n\n: c\n\n    d\n\n…"),
    "a lazy quote": ("> a\nb\n\nc", "> a\nb\n\n…"),
    "attributes": ("a\n\nb\n{: .c }\n\nd", "…\n\nb\n{: .c }\n\n…"),
    "a list at the beginning": ("* ~~a~~\n\n* b\n\nc", "* ~~a~~\n\n* b\n\n…"),
    "raw HTML that is left": ("a\n\n<p>b</p> c\n\nd", "…\n\n<p>b</p> c\n\n…"),
    "raw HTML in a list": ("* a\n  <p>b\n\n# c</p>\n\nd", "* a\n  <p>b\n\n# c</p>\n\n…"),
    "raw HTML that stays open": ("a\n\n<div><p>b</p>\n\nc\n\nd", "…\n\n<div><p>b</p>\n\nc\n\nd"),
    "a table without borders": ("a\n\nb | c\n--|--\nd | e\n\nf", "…\n\nb | c\n--|--\nd | e\n\n…"),
    "code that looks like HTML": ("a\n\n`<div>` ~~b~~\n\nc", "…\n\n`<div>` ~~b~~\n\n…"),
}


@pytest.mark.parametrize(("markdown", "expected"), IN_PARTS.values(), ids=IN_PARTS)
def test_the_parser_reads_the_rest(markdown: str, expected: str) -> None:
    assert left(markdown) == expected


RAW = {
    "a block": "<div>*a* &amp; b\n\nc</div>",
    "between paragraphs": "*a*\n\n<p class='b'>*c*</p>\n\nd",
    "right after a line, and right before one": "a\n<h2>b</h2>\n*c*\n\n<h3>d</h3>  \n  e",
    "after a list, and before one": "* a\n<p>b</p>\n* c",
    "in each other": "<div>\n<div><br>\n</p>\n\n</div></div>\n\na",
    "one after another": "<p>a</p>\n<P>b</P>\n\n\n<ul>\n<li>c\n\n<li>d</ul>\n<hr>\n<hr />\n\na",
    "alone": "<div />\n\na\n\n<hr/>",
    "with links to briefings": "<p>[a](b.md)</p>\n\nc",
    "a frame": '<iframe src="//a.example/b?c=d&e" allowfullscreen></iframe>\n\nf <b>g</b>',
    "over lines": '<table>\n  \n<tr><td\n  width="1">a\n</td>\n\n</table>\n\nb',
    "addresses, and what is no tag": "<p>1 < 2</p>\n\n<https://a.example> <a@b.example>",
}


@pytest.mark.parametrize("markdown", RAW.values(), ids=RAW)
def test_raw_html_stays_as_it_is(markdown: str) -> None:
    assert left(markdown) == ""


WHOLE = {
    "references": "[a]\n\n~~b~~\n\n[a]: c",
    "footnotes": "a[^b]\n\nc\n\n[^b]: d",
    "abbreviations": "AB\n\n~~c~~\n\n*[AB]: d",
    "fences": "a\n\n```\nb\n\nc\n```\n\nd",
    "boxes": "a\n\n!!! note\n    b\n\nc",
    "comments": "a\n\n<!-- b\n\nc -->",
    "what is no tag": 'a\n\n<div class="b>\n\nc',
    "Markdown in HTML": '<div markdown="1">\n\n*a*\n\n</div>\n\nb',
    "scripts": "a\n\n<script>\n\nb = '<p>'\n\n</script>",
    "signs behind raw HTML, which move": "<p>a</p> &amp;\n\nb\n\n<p>c</p>",
    "empty elements behind raw HTML, which move": "<p>a</p> <br/>\n\nb\n\n<p>c</p>",
    "control characters": "~~a~~\n\nb\x03",
    "nothing at the margin": "~~a~~\n\n* b\n\n* c",
}


@pytest.mark.parametrize("markdown", WHOLE.values(), ids=WHOLE)
def test_it_is_left_to_the_parser_whole(markdown: str) -> None:
    assert by_stretches(markdown, SOURCES, parse) is None


def test_a_parser_that_loses_the_words_is_asked_for_the_whole() -> None:
    assert by_stretches("a\n\n~~b~~", SOURCES, lambda rest: "<p>c</p>") is None


def test_the_specimen_is_made_in_parts() -> None:
    assert "…" in left(SPECIMEN)


def test_a_parser_that_joins_what_is_apart_does_all_itself() -> None:
    renderer = BodyRenderer()
    renderer._parser.markdown.preprocessors.deregister("html_block")
    assert not renderer.fast


def test_work_is_told_of_the_text_as_it_was_written() -> None:
    # Too much is said of its own line, not of what stands in the place of a stretch.
    with pytest.raises(EffortError) as told:
        BodyRenderer()._convert("plain *words*\n\n" + "*a **b " * 20_000, SOURCES)
    assert told.value.near.startswith("*a **b")


TAGS = [
    *"<p> </p> <div> </div> <b> </b> <br> <br/> <hr> <hr/> <h2> </h2> <li> <ul> </ul> <td>".split(),
    *"<div/> <P> </P> </a> < <a <!-- --> <? ?> & &amp; &nbsp; <pre> </pre> <iframe>".split(),
    *"</iframe> <script> </script> <a@b.c> <http://a.b/c> <x-y> <https://a.b/> <center>".split(),
    *"</center> </hr> <p/> <img> <title>".split(),
    *('<p class="a">', "<a href='b'>", "<p\n>", "<p\n\n>", "<p a=b>", '<p markdown="1">', "</p >"),
    *(
        "[a](b.md)",
        "`<p>`",
        "~~a~~",
        "*a*",
        "x",
        "x",
        "x",
        "\n",
        "\n\n",
        "\n\n",
        "  ",
        "    ",
        "\n ",
    ),
    *("# ", "* ", "> ", "1. ", ": ", "\n    ", "| a | b |\n|--|--|\n", "\n---\n", "{: .a }"),
]


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=14).map("".join))
@example("<hr>    ")
@example("<hr><hr>\n\n<hr>")
def test_whatever_tags_are_combined(markdown: str) -> None:
    agrees(markdown)


@settings(max_examples=1000, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4).map("\n\n".join))
def test_whatever_is_combined(markdown: str) -> None:
    agrees(markdown)


@pytest.mark.parametrize("seed", range(0, 400, 100))
def test_whatever_people_combine(seed: int) -> None:
    for number in range(seed, seed + 100):
        agrees(grammatical(number).removesuffix("[r]: ref.md"))


def test_the_examples_of_commonmark() -> None:
    texts = [example["markdown"] for example in examples()]
    assert sum(map(agrees, texts)) > 100
    # Each beside others, since what is read apart is to be read so.
    dice = random.Random(2)
    for text in texts:
        agrees("\n\n".join(["a *b*", text, "c", dice.choice(texts), "# d"]))


@pytest.mark.archive
def test_a_real_archive(corpus: Path) -> None:
    texts = [markdown for _, markdown in bodies(corpus) if markdown.strip()]
    others = [markdown for markdown in texts if plain(markdown, SOURCES) is None]
    # 19 of 20 when this was written.
    assert sum(map(agrees, others)) / len(others) > 0.9


@pytest.mark.archive
def test_a_real_archive_with_slips_of_the_hand(corpus: Path) -> None:
    dice = random.Random(1)
    texts = [markdown for _, markdown in bodies(corpus) if plain(markdown, SOURCES) is None]
    made = 0
    for _ in range(2000):
        text = mutated(dice.choice(texts), dice)
        at = dice.randrange(len(text) + 1)
        new = dice.choice([*TAGS, *PIECES, *STARTS])
        made += agrees(text[:at] + new + text[at:])
    assert made > 700


def test_our_own_briefings() -> None:
    for _, markdown in bodies(ROOT / "briefings"):
        made = by_stretches(markdown, MANY, lambda rest: PARSER._parse(rest, MANY))
        assert made is None or made == PARSER._parse(markdown, MANY)


LONGER = {
    **LONG,
    "tags that stay open": "<p>\n\na\n\n" * 6_000,
    "tags of attributes": "<p " + "a " * 25_000,
    "values of attributes": "<p " + "a=b " * 12_000,
    "closing tags": "<p>\n" + "</div>" * 8_000,
    "spaces before tags": "a\n\n" + "   <p>a</p>\n\n" * 4_000,
    "letters before tags": "a" * 25_000 + "<b>" * 8_000,
    "stretches": "a\n\n" * 12_000,
    "empty lines": "a" + "\n" * 50_000,
    "apart": "a\n\n~\n\n" * 6_000,
}


@pytest.mark.parametrize("markdown", LONGER.values(), ids=LONGER)
def test_no_text_takes_long(markdown: str) -> None:
    start = time.process_time()
    by_stretches(markdown, SOURCES, lambda rest: rest)
    assert time.process_time() - start < 1
