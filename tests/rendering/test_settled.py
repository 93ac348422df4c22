"""What is not handed to the sanitiser is what the sanitiser would give back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs_briefings.reading.document import open_document
from mkdocs_briefings.rendering.plain import plain
from mkdocs_briefings.rendering.sanitise import sanitise
from mkdocs_briefings.rendering.settled import settled

from . import judge
from .grammar import body as grammatical
from .test_plain import PLAIN, TEXTS, examples
from .vectors import HTML, MARKDOWN

SOURCES = frozenset({1, 2})


def agrees(markdown: str) -> bool:
    """Whether a text is known to be sanitised; the test fails where the sanitiser differs."""
    made = plain(markdown, SOURCES)
    known = settled(made) if made is not None and "<" not in markdown else None
    if known is None:
        return False
    assert known == sanitise(made or ""), markdown
    assert settled(known) == known, "once is enough"
    assert not judge.active(known)
    return True


@pytest.mark.parametrize("markdown", PLAIN.values(), ids=PLAIN)
def test_plain_texts(markdown: str) -> None:
    agrees(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "# A “b” & *c*\n\n* d &#8217; &mdash; e\xa0f &nbsp; > g\n\n1. h\n    * i",
        '[a](https://a-b.example.org/c_d?e=f&g#h) [i](../j.md#k "l \' &amp; m") [[n#o|p]] [^1] `q`',
        "| a | b |\n|---|---|\n| c | d |\n\n> e\n\n---\n\n[f](mailto:g@h.example?subject=i)  \nk",
    ],
)
def test_texts_as_most_are(markdown: str) -> None:
    assert agrees(markdown)


ADDRESSES = st.one_of(
    st.sampled_from(
        "http://a.123/ http://1.2.3.999 http://xn--a.example https://a.example:8o/ // ?a:b "
        "javascript:alert(1) java&#115;cript:x data:x tel:1 mailto: HTTP://a.b //a.example "
        "/\\a.example http:/a https:// http://a http://a_b.example https://a.example/%zz?[b] "
        "#a:b ./a:b a:b &colon;a "
        "https://a..example https://-a.example java&Tab;script&colon;a https://a.example\\b".split()
    ),
    st.text(":/.#?&;@%[]aéx1- _", max_size=20),
    st.text(max_size=10),
)


@settings(max_examples=1000, deadline=None)
@given(ADDRESSES, st.text("ab\"'&;<>\\\xa0é\x01\x85", max_size=8))
@example("https://a.example/&copy=1", "&copy")
def test_whatever_addresses_and_titles_are_typed(address: str, title: str) -> None:
    agrees(f'[a]({address} "{title}")\n\n[b]({address})')


@settings(max_examples=500, deadline=None)
@given(st.text("&#;x0123456789abcdefnrstup ", max_size=30) | st.text(max_size=30))
@example("&#128; &#150; &#0; &#55296; &#65535; &#x27; &quot; &shy; &zwj; &NotEqualTilde; &lt;b&gt;")
def test_whatever_entities_are_typed(text: str) -> None:
    agrees(f"a {text}")


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_whatever_is_combined(markdown: str) -> None:
    agrees(markdown)


def test_whatever_people_combine() -> None:
    blocks = [block for number in range(300) for block in grammatical(number).split("\n\n")]
    assert sum(map(agrees, blocks)) > 10


@pytest.mark.parametrize("markdown", [*HTML.values(), *MARKDOWN.values()])
def test_known_vectors(markdown: str) -> None:
    agrees(markdown)
    if (known := settled(markdown)) is not None:
        assert not judge.active(known)


def test_the_examples_of_commonmark() -> None:
    assert sum(agrees(each["markdown"]) for each in examples()) > 50


@pytest.mark.archive
def test_a_real_archive(corpus: Path) -> None:
    known = total = 0
    for path in sorted(corpus.rglob("*.md")):
        document, _, _ = open_document(path.name, path.read_bytes())
        if document is not None:
            known += agrees(document.markdown)
            total += 1
    assert known > total / 2, "it must be worth a look"
