"""Raw text is shown as typed: whatever it holds, Markdown sees one paragraph of words."""

from __future__ import annotations

import re
import time
import warnings
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs_briefings.reading.body import read_body
from mkdocs_briefings.reading.raw_escape import as_typed
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.rendering.parser import parser

# Beyond our own choice: what a site may switch on.
OTHERS = (
    "sane_lists",
    "toc",
    "pymdownx.blocks.admonition",
    "pymdownx.critic",
    "pymdownx.emoji",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.progressbar",
    "pymdownx.tabbed",
)
SIGNS = r"""
* ** _ __ ` `` ``` ~ ~~ ~~~ ^ ^^ == = ++ + - -- --- # ## > | : :: :smile: ! !!! ??? ? /// [ ] ( )
[x] ](u) [^1] [^1]: [[ ]] [[a|b]] { } {: .c } {++ ++} < > <b> </b> <!-- --> & &amp; &#42; \ \\ 1. 2)
12. a b word Word é 中 . , ; ' $ % @ *[ABC]: [r]: === *** ___ [TOC] <3 </ <? Key: | --- {{ }} {% %}
[=50%] <script> <div <a@b.c> ](javascript:x) ![a](b) --8<-- x_y_z 2*3*4
"""
SPACES = (" ", "  ", "\n", "\n    ", "\n\t", " \n", "  \n", "- ", "1. ", "\n- ", "\n> ")
PIECES = st.sampled_from([*SIGNS.split(), *SPACES])


def parsers() -> list[Markdown]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [parser(DEFAULTS, {}), Markdown(extensions=[*DEFAULTS, *OTHERS])]


PARSERS = parsers()


class Shown(HTMLParser):
    """The elements of a page, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        assert not attrs, attrs

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.elements.append("comment")

    def handle_pi(self, data: str) -> None:
        self.elements.append("instruction")


def spaced(text: str) -> str:
    return " ".join(text.split())


@settings(deadline=None)  # Another process may hold the processor.
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
@example("~~a~~ and ~b~ | c")
@example("Term\n:   is defined")
@example("a | b\n--- | ---\n1 | 2")
@example("Title\n=====")
@example("<3@<b>")
@example("{--<!--}}")
@example("[sic] and [he] said")
def test_a_paragraph_is_shown_as_typed(text: str) -> None:
    text = re.sub(r"\n[ \t]*(?=\n)", "", text).strip()
    if not text:
        return
    written = as_typed(text)
    for markdown in PARSERS:
        shown = Shown(markdown.reset().convert(written))
        assert shown.elements.count("p") == 1, written
        assert set(shown.elements) <= {"p", "br"}, written
        assert spaced(shown.words) == spaced(text), written
    body, findings = read_body(written, line=1)
    assert not findings, "nothing in it is a link, a tag or an anchor"
    assert not body.links
    assert not body.headings


@pytest.mark.parametrize(
    "text",
    [
        "Rates rose 3% to 5.25% (from 5%), the bank's boss said: “No more.”",
        "He owed $1,000 - or £800 - to A & B; see p. 3/4, it’s item no. 7.",
        "The report [sic] named snake_case, 2 * 3 and C:\\Users among others!",
        "wrapped by hand at a\nfew columns, as old\nprograms do it",
        "About ~50 people & 3 < 4 | 5 > 2, at 10:30 = half past ten",
    ],
)
def test_plain_prose_keeps_every_byte(text: str) -> None:
    assert as_typed(text) == text


@pytest.mark.parametrize("unit", ["[", "*a", "`", "<", "&", ":a", "- ", "1.", "]\n", " \t", "|-\n"])
def test_hostile_text_is_escaped_in_linear_time(unit: str) -> None:
    start = time.process_time()
    as_typed(unit * (200_000 // len(unit)))
    assert time.process_time() - start < 2
