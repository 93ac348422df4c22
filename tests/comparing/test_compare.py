"""Comparison by itself: catalogs in, records out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Briefing
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.comparing.compare import compare
from mkdocs_briefings.comparing.records import Comparison
from mkdocs_briefings.comparing.state import Source, State
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.rendering.chrome import chrome
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.make import views
from mkdocs_briefings.viewing.shelf import Shelf, Site

from ..linking.catalogs import briefing, catalog, wiki


def state(*briefings: Briefing, pattern: str = "{slug}/") -> State:
    found: Catalog = catalog(*briefings)
    graph, _ = connect(found, related=3)
    addresses = Addresses(pattern)
    site = Site(
        catalog=found,
        graph=graph,
        settings=Settings(permalink=pattern),
        addresses=addresses,
        name="Specimen",
        today=date(2026, 6, 1),
    )
    shelf = Shelf(site)
    return State(
        catalog=found,
        graph=graph,
        addresses=addresses,
        shelf=shelf,
        views=tuple(views(shelf)),
        chrome=chrome(
            site, url="", licence="", licence_url="", repo_url="", asset_version="",
            serving=False, search=False,
        ),
        digests={b.path: repr(b).encode() for b in briefings},
    )  # fmt: skip


def no_links(source: Source) -> Sequence[str]:
    return ()


def found(before: State, after: State) -> Comparison:
    return compare(before, after, no_links)


LEAVES = briefing("leaves", text="Leaves are picked.", title="Leaves")


@pytest.mark.parametrize(
    ("now", "redirected"),
    [
        pytest.param(
            briefing("buds", text="Other.", aliases=("leaves/",)), True, id="by an earlier address"
        ),
        pytest.param(briefing("buds", path=LEAVES.path, text="Other."), False, id="by its path"),
        pytest.param(briefing("buds", text="Leaves are picked."), False, id="by its text"),
        pytest.param(briefing("buds", text="Other.", title="LEAVES"), False, id="by its title"),
    ],
)
def test_a_page_that_moved_is_known_again(now: Briefing, redirected: bool) -> None:
    others = [briefing("rice", text="Rice grows."), briefing("salt", text="Salt dries.")]
    made = found(state(LEAVES, *others), state(now, *others))
    moved = [(p.former, p.address) for p in made.pages if p.change == "moved"]
    assert moved == [("leaves/", "buds/")]
    assert bool(made.errors) != redirected
    assert not [p for p in made.pages if p.change in {"added", "removed"}]


def test_a_text_that_two_have_tells_neither() -> None:
    before = state(briefing("a", text="Same."), briefing("b", text="Same."))
    after = state(briefing("c", text="Same."), briefing("d", text="Same."))
    assert sorted(p.change for p in found(before, after).pages if p.kind == "briefing") == [
        *("added", "added", "removed", "removed"),
    ]  # fmt: skip


def test_a_link_to_a_page_that_moved_is_the_same_link() -> None:
    before = state(LEAVES, briefing("rice", wiki("leaves"), text="See leaves."))
    buds = briefing("buds", text="Leaves are picked.", title="Leaves", aliases=("leaves/",))
    after = state(buds, briefing("rice", wiki("buds"), text="See leaves."))
    made = found(before, after)
    assert made.links == ()
    assert made.backlinks == ()


def test_an_address_that_another_page_takes_is_told() -> None:
    before = state(LEAVES, briefing("rice", text="Rice grows."))
    taken = briefing("leaves", path="2026/new.md", text="Nothing of it.", title="New")
    moved = briefing("tea-leaves", text="Leaves are picked.", title="Leaves")
    made = found(before, state(taken, moved, briefing("rice", text="Rice grows.")))
    # The slug decides: a page that keeps it is the same, and the other one is new.
    own = [p for p in made.pages if p.kind == "briefing" and p.change != "follows"]
    assert [(p.change, p.address) for p in own] == [
        ("added", "tea-leaves/"),
        ("edited", "leaves/"),
    ]
    swapped = state(briefing("rice", text="Leaves are picked.", aliases=("leaves/",)))
    codes = {(f.severity, f.code, f.place) for f in found(before, swapped).faults}
    assert ("error", "lost-address", "leaves/") not in codes


SLUGS = st.sampled_from(["tea", "rice", "salt", "silk"])
BRIEFINGS = st.dictionaries(
    SLUGS,
    st.tuples(
        st.sampled_from(["One.", "Two words.", "Three words here."]),
        st.lists(SLUGS, max_size=2, unique=True),
        st.sampled_from(["food", "cloth"]),
    ),
    max_size=4,
)


def made_of(drawn: dict[str, tuple[str, list[str], str]]) -> State:
    return state(
        *(
            briefing(slug, *(wiki(to) for to in links), text=f"{text} {slug}", topics=(topic,))
            for slug, (text, links, topic) in drawn.items()
        )
    )


@given(BRIEFINGS, BRIEFINGS)
@settings(max_examples=40, deadline=None)
def test_the_way_back_undoes_it(one: dict[str, object], other: dict[str, object]) -> None:
    here, there = made_of(one), made_of(other)  # type: ignore[arg-type]
    forth, back = found(here, there), found(there, here)
    turned = {"added": "removed", "removed": "added", "gained": "lost", "lost": "gained",
              "new": "gone", "gone": "new", "empty": "filled", "filled": "empty"}  # fmt: skip

    def pages(made: Comparison, turn: bool) -> set[tuple[str, str]]:
        return {
            (turned.get(p.change, p.change) if turn else p.change, p.address) for p in made.pages
        }

    assert pages(forth, turn=False) == pages(back, turn=True)
    assert {(k.change, k.page, k.to) for k in forth.links} == {
        (turned[k.change], k.page, k.to) for k in back.links
    }
    assert {(t.change, t.key) for t in forth.topics} == {
        (turned[t.change], t.key) for t in back.topics
    }
    assert forth.errors == sum(p.change == "removed" for p in forth.pages)
    if here.catalog == there.catalog:
        assert forth.pages == ()
