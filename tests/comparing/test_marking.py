"""Words marked: what both texts say can be read from it."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.comparing.marking import AROUND, Run, marked

WORDS = st.lists(st.sampled_from("tea rice salt \n silk".split(" ")), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_every_word_that_came_or_went_is_marked_and_nothing_else(before: str, after: str) -> None:
    runs = marked(before, after)
    removed = [run.text for run in runs if run.kind in {"removed", "same"}]
    added = [run.text for run in runs if run.kind in {"added", "same"}]
    if not any(run.kind == "left-out" for run in runs) and runs:
        assert " ".join(removed).split() == before.split()
        assert " ".join(added).split() == after.split()


def test_what_stays_is_shown_round_a_change_only() -> None:
    many = " ".join(f"w{n}" for n in range(100))
    assert marked(f"{many} tea {many}", f"{many} rice {many}") == (
        Run("left-out", ""),
        Run("same", " ".join(f"w{n}" for n in range(100 - AROUND, 100))),
        Run("removed", "tea"),
        Run("added", "rice"),
        Run("same", " ".join(f"w{n}" for n in range(AROUND))),
        Run("left-out", ""),
    )


def test_the_same_text_has_no_runs() -> None:
    assert marked("tea", "tea") == ()


def test_long_texts_take_no_long_time() -> None:
    before = "\n".join(f"line {n} of a text with words" for n in range(5_000))
    started = time.process_time()
    runs = marked(before, before.replace("line 7 ", "row 7 "))
    assert time.process_time() - started < 5
    assert ("removed", "line 7 of a text with words") in [(run.kind, run.text) for run in runs]
