"""A list that shows more than one thing: the best first, each unlike those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

COPY = 0.9
"""Likeness of words from which two briefings count as one text."""

VARIETY = 0.5
"""The share of its score that a briefing loses per unit of likeness to one chosen before it."""

DIGITS = 6
"""Scores are compared rounded to this many digits, so that no last bit decides an order."""


_SCALE = 10.0**DIGITS


def choose(
    scores: NDArray[np.float64],
    alike: Callable[[int, Sequence[int]], Sequence[float]],
    limit: int,
) -> list[tuple[int, float]]:
    """Choose at most `limit` of the candidates, none a copy of another.

    Args:
        scores: Above 0, greatest first; ties go to the earlier candidate.
        alike: Gives the likeness of one candidate, by its place, to some that were chosen: 0 to 1.
        limit: Most candidates to choose.

    Returns:
        Places in `scores` and what was left of the score when chosen, greatest first.
    """
    # Of so few, numbers one by one are quicker than arrays of them.
    whole: list[float] = scores.tolist()
    chosen: list[tuple[int, float]] = []
    seen = 0
    """Candidates before it are chosen, copies or in `waiting`."""
    waiting: list[tuple[float, int, float, int]] = []
    """A heap, the best first: what is left of a score, below 0; the place; the greatest likeness
    to the first of `chosen`; and how many of them these are. The more are chosen the less is left,
    so that only who would be the best is compared with those that were chosen since."""
    while len(chosen) < limit:
        if seen < len(whole) and (not waiting or -waiting[0][0] < _rounded(whole[seen])):
            left, place, nearest, compared = _rounded(whole[seen]), seen, 0.0, 0
            seen += 1
        elif waiting:
            negative, place, nearest, compared = heappop(waiting)
            left = -negative
        else:
            break
        if compared == len(chosen):
            chosen.append((place, left))
            continue
        nearest = max(nearest, *alike(place, [other for other, _ in chosen[compared:]]))
        if nearest < COPY:
            left = _rounded(whole[place] * (1 - VARIETY * nearest))
            heappush(waiting, (-left, place, nearest, len(chosen)))
    return chosen


def _rounded(score: float) -> float:
    """As numpy rounds to `DIGITS`: not always to the nearest of the numbers that are written so."""
    return round(score * _SCALE) / _SCALE
