"""Lines fit, balance and lose nothing. Every letter is half an em wide here, a space a quarter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.publishing.setting import balance, block, fill, shorten


def width(text: str) -> float:
    return sum(0.25 if char == " " else 0.5 for char in text)


TEXTS = st.lists(st.text("abcdefgh-", min_size=1, max_size=30), min_size=1, max_size=40).map(
    " ".join
)


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        pytest.param("aa bb cc", 3.5, ["aa bb cc"], id="all on one line"),
        pytest.param("aa bb cc", 3.4, ["aa bb", "cc"], id="what has no room goes on"),
        pytest.param("aaaaaa bb", 2, ["aaaaaa", "bb"], id="a word is left whole"),
        pytest.param("", 2, [], id="nothing"),
    ],
)
def test_lines_are_filled(text: str, measure: float, lines: list[str]) -> None:
    assert [" ".join(line) for line in fill(text.split(), measure, width)] == lines


def test_lines_are_balanced() -> None:
    words = "one two three four five six".split()
    assert fill(words, 8, width)[-1] == ["four", "five", "six"] or len(fill(words, 8, width)) == 2
    short = balance("aa aa aa aa aa b".split(), 6, width)
    assert [len(line) for line in short] == [3, 3]


@given(TEXTS, st.integers(300, 1200), st.integers(100, 400))
def test_a_block_fits_and_is_the_text(text: str, measure: int, height: int) -> None:
    found = block(text, (80, 60, 40, 20, 10, 2), measure, height, 1.1, width)
    if all(width(word) <= measure / found.size for word in text.split()):
        assert " ".join(found.lines) == text
    else:
        assert "".join(found.lines).replace(" ", "") == text.replace(" ", "")
    assert len(found.lines) * 1.1 * found.size <= height
    assert all(width(line) <= measure / found.size for line in found.lines)


def test_a_block_is_as_large_as_it_can_be() -> None:
    assert block("aaaa", (80, 40), 160, 100, 1.1, width).size == 80
    assert block("aaaaa", (80, 40), 160, 100, 1.1, width).size == 40, "no word is cut for size"
    assert block("aa aa", (80, 40), 120, 100, 1.1, width).size == 40, "two lines are too high"


def test_a_word_wider_than_a_line_is_cut_and_all_of_it_shown() -> None:
    found = block("a" * 50, (80, 40), 160, 1000, 1.1, width)
    assert found.size == 40
    assert "".join(found.lines) == "a" * 50


def test_what_fits_in_no_size_is_cut_and_marked() -> None:
    found = block("aaa " * 30, (80, 40), 160, 100, 1.1, width)
    assert len(found.lines) == 2
    assert found.lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("text", "measure", "least", "expected"),
    [
        pytest.param("aaa bbb ccc", 5, 0, "aaa bbb ccc", id="it has room"),
        pytest.param("aaa, bbb ccc", 4.3, 0, "aaa, bbb…", id="cut between words"),
        pytest.param("aaa, bbb ccc", 3, 0, "aaa…", id="no comma before the mark"),
        pytest.param("aaa bbb ccc ddd", 3, 0.5, "", id="too little would be left"),
        pytest.param("aaaaaaaaa", 3, 0, "", id="no word has room"),
        pytest.param("", 3, 0, "", id="nothing"),
        pytest.param("aaa", -1, 0, "", id="no room at all"),
    ],
)
def test_a_line_is_shortened(text: str, measure: float, least: float, expected: str) -> None:
    assert shorten(text, measure, width, least) == expected
