from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from mkdocs_briefings.linking.variety import COPY, VARIETY, choose


def chosen(
    scores: list[float], pairs: dict[tuple[int, int], float], limit: int = 9
) -> list[tuple[int, float]]:
    alike = np.eye(len(scores))
    for (one, two), value in pairs.items():
        alike[one, two] = alike[two, one] = value
    return choose(np.array(scores), lambda place, some: alike[place, some].tolist(), limit)


@pytest.mark.parametrize(
    ("scores", "pairs", "expected"),
    [
        pytest.param([3.0, 2.0, 1.0], {}, [0, 1, 2], id="strangers keep their order"),
        pytest.param([3.0, 2.0, 1.9], {(0, 1): 0.5}, [0, 2, 1], id="one like the first waits"),
        pytest.param([3.0, 2.0, 0.1], {(0, 1): 0.5}, [0, 1, 2], id="but not for ever"),
        pytest.param([3.0, 2.9, 1.0], {(0, 1): COPY}, [0, 2], id="a copy is not offered"),
        pytest.param([2.0, 2.0], {}, [0, 1], id="ties go to the earlier"),
        pytest.param([], {}, [], id="nothing to choose from"),
    ],
)
def test_choose(
    scores: list[float], pairs: dict[tuple[int, int], float], expected: list[int]
) -> None:
    found = chosen(scores, pairs)
    assert [place for place, _ in found] == expected
    left = [value for _, value in found]
    assert left == sorted(left, reverse=True), "what is left never grows"


def test_a_likeness_costs_its_share_of_the_score() -> None:
    assert chosen([3.0, 2.0], {(0, 1): 0.4})[1] == (1, 2.0 * (1 - VARIETY * 0.4))


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(limit: int) -> None:
    pairs = {(0, 1): 0.5, (1, 3): 0.3, (2, 3): 0.95}
    assert chosen([3.0, 2.0, 1.9, 1.8], pairs, limit) == chosen([3.0, 2.0, 1.9, 1.8], pairs)[:limit]


def test_who_cannot_be_next_is_compared_with_nobody() -> None:
    asked: list[tuple[int, list[int]]] = []

    def alike(place: int, others: Sequence[int]) -> list[float]:
        asked.append((place, list(others)))
        return [0.5 for _ in others]

    found = choose(np.array([9.0, 8.0, 7.0, 5.0, 5.0]), alike, 3)
    assert found == [(0, 9.0), (1, 6.0), (2, 5.25)]
    assert asked == [(1, [0]), (2, [0]), (2, [1])]


@pytest.mark.parametrize("limit", [1, 3, 40])
def test_who_looks_at_the_best_alone_chooses_as_who_looks_at_all(limit: int) -> None:
    numbers = np.random.default_rng(7)
    for count in range(1, 60):
        scores = np.sort(numbers.integers(1, 30, count) / numbers.integers(1, 9))[::-1]
        half = numbers.choice([0.0, 0.0, 0.2, 0.5, 0.8, 0.9, 1.0], (count, count))
        alike = np.maximum(half, half.T)
        expected: list[tuple[int, float]] = []
        left = dict(enumerate(scores.tolist()))
        while left and len(expected) < limit:
            values = {
                place: round(score * (1 - VARIETY * max(alike[place, [p for p, _ in expected]],
                                                        default=0.0)), 6)
                for place, score in left.items()
            }  # fmt: skip
            best = max(values, key=lambda place: (values[place], -place))
            expected.append((best, values[best]))
            left = {p: score for p, score in left.items() if p != best and alike[p, best] < COPY}
        found = choose(scores, lambda place, some: alike[place, some].tolist(), limit)  # noqa: B023  # now
        assert found == expected
