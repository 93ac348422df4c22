"""What the parser finds is what it finds when it looks for everything everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.rendering.parser import parser
from mkdocs_briefings.rendering.sieve import _NEEDED

from ..conftest import ROOT
from .grammar import body as grammatical
from .test_agreement import bodies
from .test_extensions import SAMPLES
from .test_plain import PLAIN, TEXTS, examples

QUICK = parser(DEFAULTS, {})


def _thorough() -> Markdown:
    md = parser(DEFAULTS, {})
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    return md


THOROUGH = _thorough()


def agrees(markdown: str) -> None:
    expected = THOROUGH.reset().convert(markdown)
    assert QUICK.reset().convert(markdown) == expected, markdown


def test_it_stands_in_the_place_of_the_parsers_own() -> None:
    assert type(QUICK.treeprocessors["inline"]) is not InlineProcessor
    assert _order(QUICK) == _order(THOROUGH)


def _order(md: Markdown) -> list[str]:
    ranked = sorted(md.treeprocessors._priority, key=lambda item: -item.priority)
    return [item.name for item in ranked]


def test_all_patterns_but_one_are_known() -> None:
    unknown = [p for p in QUICK.inlinePatterns if not _NEEDED.get(p.pattern)]
    assert unknown == [QUICK.inlinePatterns["delimiter"]]


@pytest.mark.parametrize("markdown", [*SAMPLES.values(), *PLAIN.values()])
def test_samples(markdown: str) -> None:
    agrees(markdown)


@settings(max_examples=500, deadline=None)
@given(TEXTS | st.text("*_[]()`<>&!#-+|:\"'{}^~=\\ 1.x\n", max_size=40))
def test_whatever_is_typed(markdown: str) -> None:
    agrees(markdown)


def test_whatever_people_combine() -> None:
    for seed in range(200):
        agrees(grammatical(seed))


def test_the_examples_of_commonmark() -> None:
    for example in examples():
        agrees(example["markdown"])


def test_our_own_briefings() -> None:
    for _, markdown in bodies(ROOT / "briefings"):
        agrees(markdown)


@pytest.mark.archive
def test_a_real_archive(corpus: Path) -> None:
    for _, markdown in bodies(corpus):
        agrees(markdown)
