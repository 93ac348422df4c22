"""Bodies are read by shortcuts where nothing unusual stands: they give what the long way gives."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs_briefings.catalog import anchors
from mkdocs_briefings.reading import body, body_inline, body_text
from mkdocs_briefings.reading.body import read_body

PIECES = st.sampled_from([
    *("word ", "Two words. ", "’", "日本語。", "&mdash;", "&amp;", "&#8217;", "&", "\n", "\n\n"),
    *("[", "]", "(", ")", "![", "[^1]", "[[rates]]", "](http://example.org/a_b?c&d=1)"),
    *("[the port](https://example.org/x)", "[*its* rate](http://example.org)", "[a](b.md)"),
    *("![a](https://example.org/a.png)", "[^1](https://example.org)", "{: .x}", "{lang=es}"),
    *("\\", "`", "`code`", "<b>", "</b>", "<div>\n", "</div>\n", "*", "**", "_", "~~", "^", "=="),
    *("# ", "- ", "> ", "| a | b |\n|---|---|\n", "```\n"),
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@given(TEXTS)
@example("[a](https://example.org)[b](https://example.org/&#32;) &mdash; *c*")
def test_plain_links_and_entities_are_read_as_a_walk_over_all_signs_reads_them(text: str) -> None:
    quick = read_body(text)
    with patch.object(body_inline, "_simple", lambda *_: None):
        assert read_body(text) == quick


@given(st.lists(st.sampled_from([
    *(body_text.CUT, body_text.CUT_END, body_text.BREAK, body_text.CLOSE, "word", " ", "\n"),
]), max_size=15).map("".join))  # fmt: skip
def test_running_text_is_cut_as_where_links_open(pieces: str) -> None:
    opened = f"{body_text.OPEN}x{body_text.CLOSE}{pieces}"
    assert body_text.running(opened) == body_text.running(body_text.CLOSE + pieces)


@given(st.text(max_size=20) | st.text("ア亜豈’é a\ue000\U0001f600", max_size=20))
def test_wide_letters_are_counted_where_there_are_any(text: str) -> None:
    lines = text.count("\n") + bool(text)
    assert body._words(text, lines, linked=True) == (
        text.count(" ") + text.count("\n") - text.count("  ") + bool(text)
        + len(body._WIDE.findall(text)) // 2
    )  # fmt: skip


@given(TEXTS)
@example("*a* &nbsp;[b](https://example.org/) &#9; `c`&#10;")
def test_gaps_of_marked_text_are_looked_for_where_there_may_be_unusual_ones(text: str) -> None:
    quick = read_body(text)
    with patch.object(body_text, "even_marked", body_text.plain):
        assert read_body(text) == quick


@given(st.text("*a \n’", max_size=20) | st.text("*_=~^a ", max_size=20))
@example("**a** and **b**")
@example("*a* and *b*, **")
@example("**a****b**")
@example("* a* **")
def test_pairs_of_stars_are_taken_away_as_any_signs_are(text: str) -> None:
    quick = body_text.unmarked(text)
    with patch.object(body_text, "_simply_unmarked", lambda _: ""):
        assert body_text.unmarked(text) == quick


@given(st.text(st.characters(max_codepoint=127), max_size=20))
def test_anchors_of_ascii_are_made_as_those_of_other_texts(text: str) -> None:
    # A letter that falls apart into one of ASCII and an accent, which is dropped.
    rest = anchors.anchor(f"é-{text}").removeprefix("e").removeprefix("-")
    assert anchors.anchor(text) == (rest or anchors.FALLBACK)
