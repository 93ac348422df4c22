from __future__ import annotations

import pytest
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.registries import Topic
from mkdocs_briefings.linking.graph import Neighbours
from mkdocs_briefings.linking.sequences import (
    Order,
    ancestors,
    beside,
    filed,
    in_topic,
    parts,
    signed,
)

from .catalogs import briefing, catalog

TREE = (
    Topic(key="economy", title="Economy"),
    Topic(key="banks", title="Banks", parent="economy"),
    Topic(key="lending", title="Lending", parent="banks"),
    Topic(key="trade", title="Trade"),
    Topic(key="empty", title="Empty"),
)
BRIEFINGS = (
    briefing("loans", day=1, topics=("lending", "economy"), storylines=("squeeze",)),
    briefing("tax", day=2, topics=("economy",), authors=("ben-example", "ada-example")),
    briefing("ports", day=3, topics=("trade", "lending"), storylines=("squeeze", "quay")),
    briefing("quays", day=4, topics=("trade", "economy", "trade"), storylines=("quay",)),
    briefing("stray", day=5),
)
SITES = [
    pytest.param(catalog(*BRIEFINGS, topics=TREE), id="oldest first"),
    pytest.param(catalog(*BRIEFINGS[::-1], topics=TREE), id="newest first"),
]


@pytest.mark.parametrize("site", SITES)
def test_storylines_run_oldest_first(site: Catalog) -> None:
    assert parts(Order(site)) == {"squeeze": ("loans", "ports"), "quay": ("ports", "quays")}


@pytest.mark.parametrize("site", SITES)
def test_authors_have_all_they_signed(site: Catalog) -> None:
    assert signed(Order(site)) == {
        "ada-example": ("loans", "tax", "ports", "quays", "stray"),
        "ben-example": ("tax",),
    }


@pytest.mark.parametrize("site", SITES)
def test_filing_counts_for_the_topics_above_once(site: Catalog) -> None:
    assert filed(Order(site)) == {
        "economy": ("loans", "tax", "ports", "quays"),
        "banks": ("loans", "ports"),
        "lending": ("loans", "ports"),
        "trade": ("ports", "quays"),
        "empty": (),
    }


@pytest.mark.parametrize("site", SITES)
def test_neighbours_share_the_main_topic(site: Catalog) -> None:
    assert in_topic(Order(site)) == {
        "loans": Neighbours(),
        "tax": Neighbours(),
        "ports": Neighbours(next="quays"),
        "quays": Neighbours(previous="ports"),
        "stray": Neighbours(),
    }


@pytest.mark.parametrize("site", SITES)
def test_topics_beside_leave_out_those_above_and_below(site: Catalog) -> None:
    assert beside(Order(site)) == {
        "economy": (("trade", 2),),
        "banks": (("trade", 1),),
        "lending": (("trade", 1),),
        "trade": (("economy", 2), ("banks", 1), ("lending", 1)),
        "empty": (),
    }


def test_topics_beside_are_ordered_by_count_then_key() -> None:
    site = catalog(
        briefing("one", topics=("hub", "b", "a")), briefing("two", topics=("hub", "c")),
        briefing("three", topics=("hub", "c")),
    )  # fmt: skip
    assert beside(Order(site))["hub"] == (("c", 2), ("a", 1), ("b", 1))


def test_a_circle_of_topics_ends() -> None:
    circle = (Topic(key="a", title="A", parent="b"), Topic(key="b", title="B", parent="a"))
    assert ancestors(catalog(topics=circle)) == {"a": ("b",), "b": ("a",)}
