"""Related briefings: who is offered, in which order and with which reason."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Briefing, KeyPoint, Pick, Source
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.registries import Topic
from mkdocs_briefings.linking.graph import Related
from mkdocs_briefings.linking.reasons import reason_text
from mkdocs_briefings.linking.related import related_briefings
from mkdocs_briefings.linking.sequences import Lines, Order
from mkdocs_briefings.linking.signals import Signals, Tables

from .catalogs import briefing, catalog

NOBODY = ("nobody-example",)


def fill(count: int = 24) -> list[Briefing]:
    """An archive round the ones that matter: other words, other topics, other authors."""
    return [
        briefing(
            f"fill-{n:02}", day=300 + 9 * n, title=f"alpha{n % 6} beta{n % 8}",
            text=f"gamma{n % 7} delta{n % 9} epsilon{n % 5} the day was long",
            topics=(f"else-{n % 4}",), authors=NOBODY,
        )
        for n in range(count)
    ]  # fmt: skip


def rank(
    site: Catalog, *, cited: Mapping[str, Sequence[str]] | None = None, limit: int = 10
) -> Mapping[str, tuple[Related, ...]]:
    return related_briefings(site, cited or {}, limit=limit)


def slugs(entries: Sequence[Related]) -> list[str]:
    return [entry.slug for entry in entries]


def one(slug: str, text: str = "", **more: object) -> Briefing:
    """A briefing of which nothing is shared but what is said."""
    more.setdefault("title", f"{slug}title")
    more.setdefault("authors", (f"{slug}-example",))
    more.setdefault("day", 100)
    return briefing(slug, text=text, **more)  # type: ignore[arg-type]


HERE = one("here", "zinc smelter output fell at the quay", topics=("metals",))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([one("b", "zinc smelter costs"), one("c", "zinc prices")], ["b", "c"],
                     id="more shared words come first"),
        pytest.param([one("b", "zinc"), one("c", "zinc", day=2000)], ["b", "c"],
                     id="closer in time comes first"),
        pytest.param([one("new", "zinc", day=110), one("old", "zinc", day=90)], ["new", "old"],
                     id="ties: the newer first"),
        pytest.param([one("c", "zinc"), one("b", "zinc")],
                     ["b", "c"], id="ties: then by slug"),
        pytest.param([one("b", "zinc"), one("c", "zinc", topics=("metals",))], ["c", "b"],
                     id="a shared topic lifts"),
        pytest.param([one("b", "zinc", topics=("rare",)), one("c", "zinc", topics=("else-1",))],
                     ["b"], id="the rarer topic lifts more"),
        pytest.param([one("b", "lead"), one("c", "tin")], [], id="strangers are not offered"),
        pytest.param([one("b", "", topics=("metals",))], ["b"], id="a topic does without words"),
        pytest.param([one("b", "", day=100)], [], id="one day in common is nothing"),
        pytest.param([one("b", HERE.body.text, title=HERE.title), one("c", "zinc tax")], ["c"],
                     id="a copy of the page itself is not offered"),
        pytest.param([one("b", "zinc smelter ore", title="x"), one("d", "zinc tax"),
                      one("c", "zinc smelter ore", title="x")], ["b", "d"],
                     id="of two copies one is offered"),
    ],
)  # fmt: skip
def test_order(others: list[Briefing], expected: list[str]) -> None:
    here = HERE
    if any(o.topics == ("rare",) for o in others):
        here = one("here", "zinc smelter", topics=("rare", "else-1"))
    names = {other.slug for other in others}
    for entries in ([here, *others, *fill()], [*fill(), *others[::-1], here]):
        found = rank(catalog(*entries))["here"]
        assert [s for s in slugs(found) if s in names][: len(expected)] == expected
        assert expected or not names & set(slugs(found))


def test_editors_come_first_in_their_order_and_once() -> None:
    picks = (Pick(slug="far", reason="Background"), Pick(slug="gone"), Pick(slug="near"),
             Pick(slug="far", reason="Twice"), Pick(slug="here"))  # fmt: skip
    site = catalog(one("here", "zinc smelter", related=picks), one("near", "zinc smelter ore"),
                   one("far", "tin"), one("more", "zinc"), *fill())  # fmt: skip
    found = rank(site)["here"]
    assert slugs(found) == ["far", "near", "more"]
    assert [(e.kind, e.detail) for e in found[:2]] == [("curated", "Background"), ("curated", "")]
    assert [e.score for e in found[:2]] == [float("inf")] * 2
    assert slugs(rank(site, limit=1)["here"]) == ["far"]


def test_a_translation_is_no_other_briefing() -> None:
    site = catalog(one("here", "zinc smelter"), one("ici", "zinc ore", translation_of="here"),
                   one("hier", "zinc tax", translation_of="here"), one("b", "zinc"),
                   *fill())  # fmt: skip
    found = rank(site)
    assert slugs(found["here"]) == ["b"]
    assert slugs(found["ici"]) == ["b"]


@pytest.mark.parametrize("cited", [{"here": ["b"]}, {"b": ["here"]}])
def test_a_link_relates_both_ways(cited: dict[str, list[str]]) -> None:
    site = catalog(one("here", "zinc"), one("b", "tin"), one("c", "zinc"), *fill())
    assert set(slugs(rank(site, cited=cited)["here"])) == {"b", "c"}
    assert slugs(rank(site)["here"]) == ["c"]


def test_parts_of_one_storyline_find_each_other_without_words() -> None:
    run = [one(f"part-{n}", f"word{n}", day=100 + 400 * n, storylines=("squeeze",))
           for n in range(8)]  # fmt: skip
    found = rank(catalog(*run, *fill()))["part-3"]
    assert slugs(found)[:2] == ["part-4", "part-2"], "those that follow each other come first"
    assert [e.kind for e in found[:2]] == ["next", "earlier"]
    assert {"part-0", "part-7"} <= set(slugs(found))


SOURCE = Source(title="The report", url="https://data.example/report#page=2")
SAME = Source(title="Report, 2nd page", url="https://data.example/report#page=9")


@pytest.mark.parametrize(
    ("here", "other", "expected"),
    [
        pytest.param({"storylines": ("s",)}, {"storylines": ("s",), "day": 101},
                     ("next", "Next in this storyline"), id="the next part"),
        pytest.param({"storylines": ("s",)}, {"storylines": ("s",), "day": 99},
                     ("earlier", "Earlier in this storyline"), id="an earlier part"),
        pytest.param({"topics": ("else-1", "metals")}, {"topics": ("metals", "else-1")},
                     ("topic", "Also on Metals"), id="the rarest shared topic"),
        pytest.param({"topics": ("zinc-ore",)}, {"topics": ("tin-ore",)},
                     ("topic", "Also on Ore"), id="a topic above both"),
        pytest.param({"text": "it said Big Smelter fell"}, {"text": "what Big Smelter does"},
                     ("words", "Also about Big Smelter"), id="a name in both texts"),
        pytest.param({"sources": (SOURCE,)}, {"sources": (SAME,)},
                     ("cites", "Cites the same source"), id="one document cited by both"),
        pytest.param({"authors": ("ada-example",)}, {"authors": ("ada-example",)},
                     ("author", "Also by Ada Example"), id="an author"),
        pytest.param({}, {"link": "to"}, ("cited", "Cited in this briefing"), id="it links there"),
        pytest.param({}, {"link": "from"}, ("cites", "Cites this briefing"), id="from there"),
        pytest.param({"title": "Zinc now"}, {"title": "More zinc"},
                     ("words", "Also about zinc"), id="at last a word, of the titles"),
        pytest.param({"key_points": (KeyPoint(text="a levy on bauxite"),)},
                     {"title": "Bauxite dearer"}, ("words", "Also about zinc"),
                     id="a word of the text, not one that only the key points have"),
        pytest.param({"text": "it said Big Smelter did"}, {"text": "how big a smelter is"},
                     ("words", "Also about Smelter"), id="no name that only one text has"),
        pytest.param({"topics": ("metals",), "storylines": ("s",)},
                     {"topics": ("metals",), "storylines": ("s",), "day": 101},
                     ("next", "Next in this storyline"), id="a storyline tells more than a topic"),
    ],
)  # fmt: skip
def test_reason(
    here: dict[str, object], other: dict[str, object], expected: tuple[str, str]
) -> None:
    there: dict[str, Any] = {"text": "zinc fell sharply", **other}
    link = there.pop("link", None)
    cited = {"to": {"here": ["there"]}, "from": {"there": ["here"]}}.get(str(link), {})
    tree = [Topic(key="ore", title="Ore")]
    tree += [Topic(key=k, title=k, parent="ore") for k in ("zinc-ore", "tin-ore")]
    spoken: dict[str, Any] = {"text": "zinc rose", **here}
    site = catalog(one("here", **spoken), one("there", **there), *fill(), topics=tree)
    (entry,) = [e for e in rank(site, cited=cited)["here"] if e.slug == "there"]
    assert (entry.kind, reason_text(entry, site)) == expected


def test_a_topic_of_half_the_site_is_no_reason_where_there_is_a_better() -> None:
    site = catalog(
        one("here", "zinc", topics=("news",), authors=("ada-example",)),
        one("there", "zinc", topics=("news",), authors=("ada-example",)),
        *(one(f"n{n}", f"w{n}", topics=("news",)) for n in range(9)),
    )
    found = {e.slug: e for e in rank(site)["here"]}
    assert found["there"].kind == "author"


def test_three_cards_have_two_reasons_where_they_can() -> None:
    pair = ("metals", "ports")
    site = catalog(
        one("here", "zinc smelter ore quay", topics=pair),
        one("a", "zinc smelter ore", topics=("metals",)),
        one("b", "zinc smelter tax", topics=("metals",)),
        one("c", "zinc", topics=pair), *fill(),
        *(one(f"p{n}", "lead", topics=("ports",)) for n in range(3)),
    )  # fmt: skip
    found = rank(site)["here"]
    told = [(e.kind, e.detail) for e in found[:3]]
    assert len(set(told)) > 1, told


@pytest.mark.parametrize(
    ("related", "expected"),
    [
        pytest.param(Related(slug="x", score=1, kind="curated", detail="A different view"),
                     "A different view", id="the editor's own words"),
        pytest.param(Related(slug="x", score=1, kind="curated"), "Editor’s choice",
                     id="an editor without words"),
        pytest.param(Related(slug="x", score=1, kind="words"), "On similar lines",
                     id="nothing to name"),
    ],
)  # fmt: skip
def test_reason_text(related: Related, expected: str) -> None:
    assert reason_text(related, Catalog()) == expected


def test_the_parts_of_a_score_add_up() -> None:
    site = catalog(one("here", "zinc smelter", topics=("metals",)),
                   one("b", "zinc smelter ore", topics=("metals",)), one("c", "zinc smelter ore"),
                   one("d", "zinc smelter quay"), *fill())  # fmt: skip
    found = related_briefings(site, {}, explain=True)["here"]
    assert len(found) > 1
    for entry in found:
        assert sum(entry.parts.values()) == pytest.approx(entry.score, abs=1e-5)
        assert entry.parts["words"] > 0
    assert all(entry.parts == {} for entry in rank(site)["here"])


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(catalog(), id="no briefing"),
        pytest.param(catalog(one("a", "zinc")), id="one briefing"),
        pytest.param(catalog(one("a"), one("b")), id="no words"),
        pytest.param(catalog(one("a", "same"), one("b", "same"), one("c", "same")), id="all alike"),
    ],
)
def test_small_sites_have_short_lists(site: Catalog) -> None:
    assert rank(site) == dict.fromkeys(site.briefings, ())


def test_a_tiny_site_relates_by_topic() -> None:
    site = catalog(one("a", "zinc", topics=("metals",)), one("b", "tin", topics=("metals",)),
                   one("c", "rye", topics=("grain",)),
                   one("d", "oats", topics=("grain",)))  # fmt: skip
    assert {slug: slugs(entries) for slug, entries in rank(site).items()} == {
        "a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"],
    }  # fmt: skip


def test_what_one_briefing_gets_does_not_depend_on_what_is_asked() -> None:
    site = random_site(random.Random(4), 60)
    whole = rank(site)
    some = ["b07", "b31"]
    assert related_briefings(site, {}, only=some) == {slug: whole[slug] for slug in some}
    for slug, entries in rank(site, limit=3).items():
        assert slugs(entries) == slugs(whole[slug])[:3], "a short list begins a longer one"


def random_site(chance: random.Random, size: int) -> Catalog:
    """Briefings of random words, with everything by which they can be related."""
    vocabulary = [f"word{n}" for n in range(40)] + ["金利", "Big Smelter"]
    entries = [
        briefing(
            f"b{n:02}", day=chance.randint(1, 900), title=" ".join(chance.sample(vocabulary, 2)),
            text=" ".join(chance.choices(vocabulary, k=chance.randint(0, 30))),
            topics=tuple(chance.sample(["a", "b", "c", "d"], chance.randint(0, 3))),
            authors=(chance.choice(["ada-example", "ben-example"]),),
            storylines=tuple(chance.sample(["s", "t"], chance.randint(0, 2))),
            related=tuple(Pick(slug=f"b{chance.randint(0, 9):02}")
                          for _ in range(chance.randint(0, 1))),
        )
        for n in range(size)
    ]  # fmt: skip
    return catalog(*entries)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40))
def test_no_order_of_input_matters(seed: int, size: int) -> None:
    chance = random.Random(seed)
    site = random_site(chance, size)
    cited = {f"b{n:02}": [f"b{(n * 7) % max(size, 1):02}"] for n in range(0, size, 3)}
    whole = rank(site, cited=cited)
    entries = list(site.briefings.values())
    chance.shuffle(entries)
    mixed = rank(catalog(*entries), cited=dict(reversed(cited.items())))
    assert mixed == whole
    for slug, found in whole.items():
        assert slug not in slugs(found)
        assert len(set(slugs(found))) == len(found) <= 10
        scores = [entry.score for entry in found]
        assert scores == sorted(scores, reverse=True)


def test_signals_are_symmetric_and_at_most_one() -> None:
    import numpy as np

    site = random_site(random.Random(9), 25)
    names = sorted(site.briefings)
    lines = Lines(Order(site))
    tables = Tables.of(site, names, {"b01": ["b02", "gone"], "b03": ["b01"]}, lines)
    signals = Signals(site, names, lines, tables)
    rows, others = (grid.ravel() for grid in np.meshgrid(np.arange(25), np.arange(25)))
    forth, back = signals.of(rows, others), signals.of(others, rows)
    for name, values in forth.items():
        assert np.array_equal(values, back[name]), name
        assert values.min() >= 0, name
        assert values.max() <= 1, name
        assert values.max() > 0 or name == "sources", name


def test_published_days_are_those_of_the_calendar() -> None:
    old, new = one("old", published=date(1999, 12, 31)), one("new", published=date(2000, 1, 1))
    site = catalog(old, new)
    lines, names = Lines(Order(site)), ["new", "old"]
    signals = Signals(site, names, lines, Tables.of(site, names, {}, lines))
    assert signals.days[0] - signals.days[1] == 1
