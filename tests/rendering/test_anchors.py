"""Anchors and levels of headings."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog import anchors as module
from mkdocs_briefings.catalog import markup
from mkdocs_briefings.catalog.anchors import anchor, anchors, levels
from mkdocs_briefings.rendering import extensions


@pytest.mark.parametrize("documented", [module, markup, extensions])
def test_the_examples_in_the_documentation_are_true(documented: object) -> None:
    assert doctest.testmod(documented).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan", "plan"),
        ("What’s next?", "whats-next"),
        ("Trade & Tariffs", "trade-tariffs"),
        ("  U.S.–China  ", "uschina"),
        ("Straße nach Łódź", "strasse-nach-odz"),
        ("2,5 % in 2026", "25-in-2026"),
        ("__config", "config"),
        ("数字政府", "section"),
        ("数字政府 2.0", "20"),
        ("…", "section"),
        ("", "section"),
    ],
)
def test_anchor(text: str, expected: str) -> None:
    assert anchor(text) == expected


TEXTS = st.lists(st.sampled_from(["a", "a 2", "a-2", "A", "a-2-2", "ü", "数", "_b"]) | st.text())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_anchors_are_unique_plain_and_never_those_of_the_chrome(texts: list[str]) -> None:
    found = anchors(texts)
    assert len(set(found)) == len(found) == len(texts)
    assert all(re.fullmatch("[a-z0-9][a-z0-9-]*", name) for name in found)
    assert anchors(texts) == found


def test_many_equal_headings_take_little_time() -> None:
    assert anchors(["a"] * 50_000)[-1] == "a-50000"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 6)))
def test_levels_begin_at_two_and_skip_none(written: list[int]) -> None:
    shown = levels(written)
    above = 1
    for level in shown:
        assert 2 <= level <= min(above + 1, 6)
        above = level
