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


_AT_ONCE = 12
"""Candidates that are compared at first: the best few are nearly always among them."""


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
    chosen: list[tuple[int, float]] = []
    nearest = np.zeros(len(scores))
    free = np.ones(len(scores), dtype=bool)
    highest = np.round(scores, DIGITS)
    seen = 0
    """Candidates before it are compared with those that were chosen."""

    def compare(places: list[int], some: slice) -> None:
        for place in places:
            likeness = alike(place, some)
            free[some] &= likeness < COPY
            nearest[some] = np.maximum(nearest[some], likeness)

    while len(chosen) < limit:
        left = np.round(scores[:seen] * (1 - VARIETY * nearest[:seen]), DIGITS)
        values = np.where(free[:seen], left, -1.0)
        best = int(np.argmax(values)) if seen else -1
        if seen < len(scores) and (best < 0 or values[best] < highest[seen]):
            # One of the others may be better: none has more than its whole score.
            more = slice(seen, min(len(scores), max(_AT_ONCE, 2 * seen)))
            compare([place for place, _ in chosen], more)
            seen = more.stop
            continue
        if best < 0 or not free[best]:
            break
        chosen.append((best, float(values[best])))
        free[best] = False
        if len(chosen) < limit:
            compare([best], slice(0, seen))
    return chosen
