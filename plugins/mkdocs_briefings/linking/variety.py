"""A list that shows more than one thing: the best first, each unlike those before it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

COPY = 0.9
"""Likeness of words from which two briefings count as one text."""

VARIETY = 0.5
"""The share of its score that a briefing loses per unit of likeness to one chosen before it."""

DIGITS = 6
"""Scores are compared rounded to this many digits, so that no last bit decides an order."""


def choose(
    scores: NDArray[np.float64], alike: Callable[[int], NDArray[np.float64]], limit: int
) -> list[tuple[int, float]]:
    """Choose at most `limit` of the candidates, none a copy of another.

    Args:
        scores: Above 0, greatest first; ties go to the earlier candidate.
        alike: Gives the likeness of one candidate, by its place, to each: 0 to 1.
        limit: Most candidates to choose.

    Returns:
        Places in `scores` and what was left of the score when chosen, greatest first.
    """
    chosen: list[tuple[int, float]] = []
    nearest = np.zeros(len(scores))
    free = np.ones(len(scores), dtype=bool)
    while len(chosen) < limit and free.any():
        values = np.where(free, np.round(scores * (1 - VARIETY * nearest), DIGITS), -1.0)
        best = int(np.argmax(values))
        chosen.append((best, float(values[best])))
        likeness = alike(best)
        free &= likeness < COPY
        free[best] = False
        nearest = np.maximum(nearest, likeness)
    return chosen
