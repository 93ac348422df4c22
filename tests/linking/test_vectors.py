"""Features and vectors: what they count, and that no order and no edit elsewhere moves them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
from mkdocs_briefings.catalog.briefing import Briefing, KeyPoint
from mkdocs_briefings.linking import vectors as module
from mkdocs_briefings.linking.features import (
    TITLE,
    Features,
    features,
    pair_keys,
    term_keys,
    word_keys,
)
from mkdocs_briefings.linking.vectors import ONE, Likeness, Products, Vectors, rarity, vectors

from .catalogs import briefing, matrix

WORDS = (
    "tariff", "grain", "port", "bank", "rate", "loan", "quay", "ship", "coal", "wage", "rail",
    "bond", "levy", "mill", "dock", "toll",
)  # fmt: skip


def counted(entry: Briefing, *phrase: str) -> float:
    found = features(entry)
    keys = word_keys(phrase)
    key = keys[0] if len(phrase) == 1 else pair_keys(keys)[0]
    return float(
        dict(zip(found.keys.tolist(), found.counts.tolist(), strict=True)).get(int(key), 0)
    )


def space(*entries: Briefing) -> Vectors:
    return vectors({entry.slug: features(entry) for entry in entries})


def alike(of: Vectors, one: str, two: str) -> float:
    rows = np.array([of.slugs.index(one), of.slugs.index(two)])
    return Likeness(of).among(rows)(0, [1])[0]


def archive(size: int) -> list[Briefing]:
    """Briefings of three words each, every word in several of them."""
    chosen = list(combinations(WORDS, 3))[::7][:size]
    return [briefing(f"b{n:03}", title="x", text=" ".join(w)) for n, w in enumerate(chosen)]


@pytest.mark.parametrize(
    ("entry", "phrase", "expected"),
    [
        pytest.param(briefing("a", title="Rates", text="Rates"), ("rates",), TITLE + 1.0,
                     id="a word of the title counts several times"),
        pytest.param(briefing("a", title="x", summary="trade war", text="trade war"),
                     ("trade", "war"), 2.0, id="pairs are counted"),
        pytest.param(briefing("a", title="x", text="war trade"), ("trade", "war"), 0.0,
                     id="the order of a pair matters"),
        pytest.param(briefing("a", title="Trade", text="War"), ("trade", "war"), 0.0,
                     id="no pair spans two parts"),
        pytest.param(briefing("a", title="x", summary="rates", summary_written=False, text="rates"),
                     ("rates",), 1.0, id="a summary taken from the text counts once"),
        pytest.param(briefing("a", title="x", key_points=(KeyPoint(text="rates"),), why="rates"),
                     ("rates",), 2.0, id="key points and the why line count"),
    ],
)  # fmt: skip
def test_features(entry: Briefing, phrase: tuple[str, ...], expected: float) -> None:
    assert counted(entry, *phrase) == expected


@pytest.mark.parametrize("name", [(), ("toll",), ("port", "of", "grain", "mill")])
def test_the_terms_of_a_name_are_those_of_texts(name: tuple[str, ...]) -> None:
    keys = word_keys(name)
    assert term_keys(name) == {*keys.tolist(), *pair_keys(keys).tolist()}


@pytest.mark.parametrize("some", [[0, 1, 2, 3, 4, 5], [1, 3], [2, 4], []])
def test_likeness_is_that_of_whole_vectors_also_where_some_are_empty(some: list[int]) -> None:
    found = space(*archive(30), *(briefing(f"none{n}", title="x", text="y") for n in range(2)))
    every = matrix(found.rows).toarray().astype(np.int64)
    likeness = Likeness(found)
    # What the former were compared with leaves nothing behind.
    for rows in ([30, 0, 31, 4, 30, 31], [7, 0, 4, 7, 31, 2]):
        whole = every[rows]
        compare = likeness.among(np.array(rows))
        for place in (1, 0, 3, 1):
            expected = whole[some] @ whole[place] / (ONE * ONE)
            assert compare(place, some) == expected.tolist()


@pytest.mark.parametrize("few", [0, 64])
@pytest.mark.parametrize("wanted", [range(60), range(3, 60, 2), range(7, 8), range(58, 60), []])
def test_products_are_those_of_whole_vectors(
    wanted: Sequence[int], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Those of few rows are made in another way than those of many.
    monkeypatch.setattr(module, "_FEW", few)
    monkeypatch.setattr(module, "_ONE_IN", 100)
    found = space(*archive(58), *(briefing(f"none{n}", title="x", text="y") for n in range(2)))
    rows = np.array(wanted, np.int64)
    whole = matrix(found.rows).toarray().astype(np.int64)
    told = list(Products(found, rows).each(range(len(rows))))
    assert np.array_equal(np.array(told).reshape(len(rows), 60), whole[rows] @ whole.T)
    assert all(products.dtype == np.int32 for products in told)


@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_terms_are_found_by_their_first_bits_where_a_search_finds_them(count: int) -> None:
    numbers = np.random.default_rng(count)
    ends = np.array([0, 1, (1 << 64) - 1], np.uint64)
    # Some stand close together: not every hash is spread well.
    every = numbers.integers(0, 1 << 64, 4 * count, np.uint64)
    close = np.uint64(1 << 62) + np.arange(20, dtype=np.uint64)
    known = np.unique(np.concatenate([close, every[: 2 * count], ends[count % 2 :]]))[: 3 * count]
    wanted = np.concatenate([ends, every, close + np.uint64(1)])
    places = module.search(known)(wanted)
    assert [known[p] if p < len(known) else None for p in places] == [
        key if key in known else None for key in wanted
    ]
    assert module.search_by_bits(known)(wanted).tolist() == places.tolist()


def test_features_are_the_same_numbers_in_every_run() -> None:
    # Stored features outlive the process: these must never change without a new version.
    assert word_keys(["rates", "held"]).tolist() == [7813363488342055056, 14209090439378303823]
    assert pair_keys(word_keys(["rates", "held"])).tolist() == [7278660264824225399]


def test_likeness_is_one_for_equal_texts_and_none_for_strangers() -> None:
    found = space(*archive(30), briefing("one", title="x", text="tariff grain port bank"),
                  briefing("two", title="x", text="tariff grain port bank"),
                  briefing("other", title="x", text="zinc lead tin"))  # fmt: skip
    assert alike(found, "one", "two") == pytest.approx(1.0, abs=0.02)
    assert alike(found, "one", "other") == 0.0


def test_a_rarer_word_makes_more_alike() -> None:
    common = [briefing(f"c{n}", title="x", text=f"bank {WORDS[n]}") for n in range(5, 15)]
    found = space(*archive(30), *common, briefing("a", title="x", text="bank zinc mine"),
                  briefing("bank", title="x", text="bank tin foil"),
                  briefing("zinc", title="x", text="zinc tin foil"))  # fmt: skip
    assert alike(found, "a", "zinc") > alike(found, "a", "bank") > 0


def test_words_of_one_briefing_alone_make_it_less_like_others() -> None:
    short, long = "port", "port " + " ".join(f"unheard{n}" for n in range(30))
    found = space(*archive(20), briefing("short", title="x", text=short),
                  briefing("long", title="x", text=long),
                  briefing("port", title="x", text="port"))  # fmt: skip
    assert alike(found, "port", "short") > 4 * alike(found, "port", "long") > 0


def test_terms_of_very_many_briefings_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMMON", 3)
    entries = [briefing(f"b{n}", title="x", text=f"port {WORDS[n // 2 + 4]}") for n in range(8)]
    found = space(*entries)
    assert not np.isin(word_keys(["port"]), found.keys).any()
    assert np.isin(word_keys([WORDS[4]]), found.keys).all()


def test_of_a_long_briefing_the_heaviest_terms_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 3)
    found = space(*archive(30), briefing("book", title="x", text="toll " * 9 + " ".join(WORDS)))
    row = matrix(found.rows)[found.slugs.index("book")]
    assert row.nnz == 3
    assert row.has_sorted_indices
    assert int(word_keys(["toll"])[0]) in found.keys[row.indices].tolist()


def test_one_briefing_more_moves_few_other_vectors() -> None:
    def rows(of: Vectors) -> dict[str, dict[int, int]]:
        return {
            slug: dict(zip(of.keys[row.indices].tolist(), row.data.tolist(), strict=True))
            for slug, row in zip(of.slugs, matrix(of.rows), strict=True)
        }

    entries = archive(70)
    stages = [rows(space(*entries[:size])) for size in range(50, 71)]
    moved = [before[slug] != after[slug] for before, after in pairwise(stages) for slug in before]
    assert 0 < sum(moved) < len(moved) / 3, "exact rarities would move every one"


@pytest.mark.parametrize(
    ("uses", "total", "expected"),
    [
        pytest.param(10, 10, 0.0, id="what all have tells nothing"),
        pytest.param(1, 100, 4.5, id="in steps of a half"),
        pytest.param(0, 100, 4.5, id="nobody has it: as rare as one"),
    ],
)
def test_rarity(uses: int, total: int, expected: float) -> None:
    assert rarity(np.array([uses]), total)[0] == expected
    assert abs(expected - math.log(total / max(uses, 1))) <= 0.25


def test_no_order_matters_and_weights_are_whole() -> None:
    entries = archive(40)
    forth, back = space(*entries), space(*entries[::-1])
    assert forth.slugs == back.slugs
    assert (forth.keys == back.keys).all()
    assert (matrix(forth.rows) != matrix(back.rows)).nnz == 0
    assert forth.rows.data.dtype == np.int32
    lengths = np.sqrt(matrix(forth.rows).astype(np.float64).power(2).sum(axis=1))
    assert lengths.max() <= ONE * 1.001


@pytest.mark.parametrize(
    "found",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"a": features(briefing("a"))}, id="one briefing"),
        pytest.param({"a": features(briefing("a", title="—")),
                      "b": features(briefing("b", title="—"))}, id="no words at all"),
    ],
)  # fmt: skip
def test_what_is_too_little_gives_no_terms(found: dict[str, Features]) -> None:
    assert matrix(vectors(found).rows).shape == (len(found), 0)
