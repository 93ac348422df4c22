from __future__ import annotations

import numpy as np
import pytest
from mkdocs_briefings.linking.variety import COPY, VARIETY, choose


def chosen(
    scores: list[float], pairs: dict[tuple[int, int], float], limit: int = 9
) -> list[tuple[int, float]]:
    alike = np.eye(len(scores))
    for (one, two), value in pairs.items():
        alike[one, two] = alike[two, one] = value
    return choose(np.array(scores), lambda place: alike[place], limit)


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
