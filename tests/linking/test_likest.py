"""The greatest products of all rows: those of whole matrices, or they are said to be unknown."""

from __future__ import annotations

import numpy as np
import pytest
from mkdocs_briefings.linking import likest as module
from mkdocs_briefings.linking.likest import Likest
from numpy.typing import NDArray

from .test_crossed import table

Whole = NDArray[np.int64]


def some_rows(seed: int, height: int = 90) -> Whole:
    numbers = np.random.default_rng(seed)
    # Small numbers, so that many products are level.
    whole = numbers.integers(1, 4, (height, 30)) * (numbers.random((height, 30)) < 0.2)
    whole[[0, height // 2, height - 1]] = 0
    return whole


def beside(seed: int, height: int = 90) -> dict[int, set[int]]:
    numbers = np.random.default_rng(seed)
    found: dict[int, set[int]] = {1: set()}
    for one, two in numbers.integers(0, height, (40, 2)).tolist():
        if one != two:
            found.setdefault(one, set()).add(two)
            found.setdefault(two, set()).add(one)
    return found


@pytest.mark.parametrize("size", [1, 20, 64, 90, 255])
@pytest.mark.parametrize(("most", "spare"), [(3, 2), (8, 4), (200, 4)])
def test_the_likest_rows_are_those_of_all_products(
    size: int, most: int, spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SPARE", spare)
    whole, near = some_rows(size), beside(most)
    likest = Likest(table(whole), most, near)
    told = 0
    runs: list[int] = []
    for rows, found in likest.runs(size):
        runs += rows
        for row, likely in zip(rows, found, strict=True):
            products = (whole[row] @ whole.T).tolist()
            assert likest.products(row).tolist() == products
            if likely is None:
                continue
            told += 1
            order = sorted((-product, other) for other, product in enumerate(products) if product)
            greatest = order[:most]
            assert len(greatest) == most
            wanted = {other for _, other in greatest} | near.get(row, set())
            others, values, least = likely
            assert sorted(others.tolist()) == sorted(wanted - {row})
            assert values.tolist() == [products[other] for other in others]
            assert least == -greatest[-1][0]
    assert runs == list(range(90))
    assert told > 40 if most < 200 else not told


@pytest.mark.parametrize("height", [0, 1, 2])
def test_of_next_to_no_rows_nothing_is_known(height: int) -> None:
    runs = list(Likest(table(np.ones((height, 2), np.int64)), 61, {}).runs(200))
    assert [found for _, found in runs] == ([[None] * height] if height else [])


def test_great_numbers_have_room() -> None:
    one = 1 << 15
    whole = np.full((300, 1), one)
    ((_, found), *_) = Likest(table(whole), 3, {0: {299}, 299: {0}}).runs(255)
    assert found[0] is None, "all are level, and none is above that"
    whole[[5, 7, 299]] = one + 100
    runs = list(Likest(table(whole), 3, {0: {299}, 299: {0}}).runs(255))
    likely = runs[1][1][-1]
    assert likely is not None
    others, products, least = likely
    assert others.tolist() == [5, 7, 0]
    assert products.tolist() == [(one + 100) ** 2] * 2 + [(one + 100) * one]
    assert least == (one + 100) ** 2
