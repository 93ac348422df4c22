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


_AT_ONCE = 8
"""Candidates that are compared at first: the best few are nearly always among them."""

_SCALE = 10.0**DIGITS


def choose(
    scores: NDArray[np.float64],
    alike: Callable[[int, slice], NDArray[np.float64]],
    limit: int,
) -> list[tuple[int, float]]:
    """Choose at most `limit` of the candidates, none a copy of another.

    Args:
        scores: Above 0, greatest first; ties go to the earlier candidate.
        alike: Gives the likeness of one candidate, by its place, to some: 0 to 1.
        limit: Most candidates to choose.

    Returns:
        Places in `scores` and what was left of the score when chosen, greatest first.
    """
    # Of so few, numbers one by one are quicker than arrays of them.
    whole: list[float] = scores.tolist()
    chosen: list[tuple[int, float]] = []
    nearest = [0.0] * len(whole)
    free = [True] * len(whole)
    seen = 0
    """Candidates before it are compared with those that were chosen."""

    def compare(places: list[int], some: slice) -> None:
        for place in places:
            for other, likeness in enumerate(alike(place, some).tolist(), some.start):
                if likeness >= COPY:
                    free[other] = False
                if likeness > nearest[other]:
                    nearest[other] = likeness

    while len(chosen) < limit:
        best, most = -1, -1.0
        for place in range(seen):
            if free[place]:
                left = _rounded(whole[place] * (1 - VARIETY * nearest[place]))
                if left > most:
                    best, most = place, left
        if seen < len(whole) and most < _rounded(whole[seen]):
            # One of the others may be better: none has more than its whole score.
            more = slice(seen, min(len(whole), max(_AT_ONCE, 2 * seen)))
            compare([place for place, _ in chosen], more)
            seen = more.stop
            continue
        if best < 0:
            break
        chosen.append((best, most))
        free[best] = False
        if len(chosen) < limit:
            compare([best], slice(0, seen))
    return chosen


def _rounded(score: float) -> float:
    """As numpy rounds to `DIGITS`: not always to the nearest of the numbers that are written so."""
    return round(score * _SCALE) / _SCALE
