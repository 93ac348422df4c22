"""Records that are sent: the same there as here, and told apart from what is no record."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date

import pytest
from mkdocs_briefings.composing.parcels import packed, unpacked
from mkdocs_briefings.rendering.markdown import RenderedBody
from mkdocs_briefings.viewing.parts import TermMention, TocItem


@dataclass(frozen=True, slots=True)
class Pair:
    first: object
    second: object = 7


@dataclass(frozen=True, slots=True)
class Single:
    only: object


@dataclass(frozen=True, slots=True)
class Wider(Pair):
    third: object = ()


@dataclass
class Open:
    first: object
    second: object = None


@pytest.mark.parametrize(
    "value",
    [
        Pair(1),
        Single(Pair(None, Single(2))),
        Wider(1, 2, 3),
        Open(Pair(1, 2)),
        [Pair(date(2026, 3, 17), {"a": Single("b")}), "x", None, 2.5],
        RenderedBody(html="<p>", toc=(TocItem(title="A", anchor="a"),), anchors=frozenset({"a"})),
        TermMention(key="a", spellings=("A",), explained=True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_arrives_is_what_was_sent(value: object) -> None:
    arrived = unpacked(packed(value))
    assert arrived == value
    assert type(arrived) is type(value)


def test_what_is_shared_is_sent_once() -> None:
    one = Pair("x" * 1000)
    first, second = unpacked(packed([Single(one), Pair(one)]))
    assert first.only is second.first
    assert len(packed([one] * 100)) < 2000


def test_what_cannot_be_sent_is_refused() -> None:
    with pytest.raises((pickle.PicklingError, AttributeError)):
        packed(Pair(lambda: 1))
