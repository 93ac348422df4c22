"""Front matter that is written plainly is read without a YAML parser, as the parser reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs_briefings.reading.handler import HANDLER
from mkdocs_briefings.reading.nodes import FRONT_MATTER, Node, tree
from mkdocs_briefings.reading.nodes_plain import LONGEST, plain_tree
from mkdocs_briefings.reading.text import decode

OWN = Path(__file__).parents[2] / "briefings"

PIECES = st.sampled_from([
    *("title: Rates held\n", "author: ada\n", "date: 2026-03-17\n", "draft: no\n"),
    *("number: 0x1F\n", "updated: ~\n", "place: \n", "status:\n", "topics:\n"),
    *("- tariffs\n", "  - port fees\n", "why: 'It''s so.'\n", "\n"),
    *('summary: "So: it is # held"\n', "lang: one\n  two\n"),
    *("aliases: [a/b.html, c d]\n", "facts: [a,b , c]\n", "slug: [a]\n", "by: 'one\n  two'\n"),
    *("title", "key", ":", ": ", " ", "  ", "\n  ", "- ", "-", "#", " #", "'", "''", '"', "\\"),
    *("\\u00e9", "é", "’", "\U0001f600", "[", "]", ",", "{", "}", "&a ", "*a", "!!str ", "|", ">"),
    *("?", "%", "@", "`", "<<: *a\n", "...", "---", "\t", "\r\n", "\xa0", "\ufeff", "\u2028", "="),
    *("null", "yes", "2026-13-01", "12:30", "https://example.org/#a", "a:b", "\x00", "\ud800"),
])  # fmt: skip


def told(node: Node) -> Any:
    value: Any = node.value
    if isinstance(value, dict):
        value = [(name, told(entry.key), told(entry.value)) for name, entry in value.items()]
    elif isinstance(value, list):
        value = [told(entry) for entry in value]
    return value, node.line, node.column, node.plain


def check(text: str) -> bool:
    """Whether a text is read plainly; it must be as the parser reads it, and without fault."""
    found = plain_tree(text, 2)
    if found is not None:
        node, faults = tree(text, 2, FRONT_MATTER)
        assert node is not None
        assert not faults
        assert told(found) == told(node)
    return found is not None


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("topics:\n- a\nb: c\n")
@example("topics:\n- a  - b\nb\n- c\n")
@example("topics:\n  - a\n- b\n")
@example("why: 'one\n\n  two'\n")
@example("why: one\n  - two\n  # three\n")
@example("slug: [a, b,]\n")
@example("slug: [a, , b]\n")
@example("slug: []\n")
@example("slug: ' a '  \n")
@example("a: b\na: c\n")
def test_what_is_read_plainly_is_what_the_parser_reads(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("title: Rates held\ndate: 2026-03-17\n", id="texts"),
        pytest.param("draft: yes\nnumber: 1.10\nlang: no\nby: ~\n", id="what YAML takes for else"),
        pytest.param("title: It's 5 o'clock, R&D (a) <b> [c] – “d”\n", id="signs inside"),
        pytest.param("url: https://example.org/a?b=c#d\n", id="an address"),
        pytest.param("topics:\n- tariffs\n- 'port: fees'\n", id="entries at the margin"),
        pytest.param("topics:\n  - tariffs\n  - port fees\nwhy: So\n", id="entries indented"),
        pytest.param("topics: [tariffs, port fees , a/b ]\n", id="a list in brackets"),
        pytest.param("summary: One\n  two\n   three \nwhy: 'One\n  ''two'''\n", id="several lines"),
        pytest.param('title: "Rates: held # now"   \n', id="in quotes"),
        pytest.param("title: \U0001f600 Añejo\nwhy: 数字\n", id="other scripts"),
    ],
)
def test_what_writers_type_is_read_plainly(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b", "a: b\r\n", "\ufeffa: b\n", "a:\tb\n", "a: b # c\n", "a: b: c\n", "a: b:\n", "a:\n",
        "a: &b c\n", "a: *b\n", "a: !c d\n", "a: |\n  b\n", "a: {b: c}\n", "a: [b: c]\n", "<<: b\n",
        'a: "b\\u00e9"\n', "a: 'b\n", "a: b\na: c\n", "a: b\n\nc: d\n", "# a\nb: c\n", "- a\n",
        "a:\n- b\n  c\n", "a:\n- b: c\n", "a:\n- - b\n", "a b: c\n", "? a\n", "a: @b\n", "a: -\n",
        "a: b\n...\n", f"a: {'b' * LONGEST}\n", "", "\n",
    ],
)  # fmt: skip
def test_what_is_unusual_is_left_to_the_parser(text: str) -> None:
    assert plain_tree(text, 2) is None


def test_our_own_front_matter_is_read_as_the_parser_reads_it() -> None:
    fronts = [HANDLER.split(decode(path.read_bytes()))[0] for path in OWN.rglob("*/*.md")]
    assert fronts
    for front in fronts:
        check(front)


@pytest.mark.archive
def test_most_front_matter_of_a_real_archive_is_read_plainly(corpus: Path) -> None:
    texts = [path.read_bytes() for path in corpus.rglob("*.md")]
    fronts = [HANDLER.split(decode(text))[0] for text in texts if text.startswith(b"---\n")]
    assert sum(map(check, fronts)) > len(fronts) // 2
