"""Whose related briefings may be others, after the vectors or texts of some were edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .graph import Related
from .related import Ranking

Rows = NDArray[np.int64]
Products = Iterable[NDArray[np.int32]]

_MOST = 100
"""Where more than these have moved, most lists are made again: which are not is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The lists as they were."""

    slugs: Sequence[str]
    """The briefings, by row."""
    entries: Callable[[str], Sequence[Related]]
    """Gives the list of each."""
    limit: int
    """Most entries of a list."""
    least: NDArray[np.int32]
    """As of `again.Ranked`."""
    shown: NDArray[np.int32]
    """As of `again.Ranked`."""

    def last(self, row: int) -> float:
        """The score that another must reach to be in a list; any will do where there is room."""
        entries = self.entries(self.slugs[row])
        if len(entries) < self.limit:
            return 0.0
        return min((entry.score for entry in entries), default=np.inf)


def touched(former: Former, ranking: Ranking, moved: Rows, then: Products, now: Products) -> Rows:
    """The rows whose lists may differ when the vectors or texts of some did, ascending.

    A list may differ when its own vector or text did, when it names a briefing whose did, or when
    such a one comes among those looked at closely or leaves them: its product reaches `least`, or,
    where few are, it is filed near. One that stays among them may be chosen where its score
    reaches the least of the list, since likeness to those that were chosen only takes away from it.

    Args:
        former: The lists as they were.
        ranking: Of the catalog as it is.
        moved: Whose vectors or texts differ.
        then: The products of each of them with all, as they were.
        now: The same as they are.
    """
    least = former.least
    affected = np.zeros(len(least), bool)
    affected[moved] = True
    affected |= np.isin(former.shown, moved).any(axis=1)
    for row, before, after in zip(moved.tolist(), then, now, strict=True):
        looked_at = np.zeros(len(least), bool)
        for products in (before, after):
            looked_at |= (products > 0) & (products >= least)
        affected[list(ranking.signals.beside(row))] = True
        near = np.array(sorted(ranking.signals.filed_round(row)), np.int64)
        affected[near[least[near] == 0]] = True
        if len(moved) <= _MOST:
            # One that is at the edge may leave by a tie, and decides where the edge is.
            stays = np.flatnonzero((before > least) & (after > least) & ~affected)
            scores = ranking.scores(stays, np.full(len(stays), row), after[stays])
            looked_at[stays] = scores >= [former.last(one) for one in stays.tolist()]
        affected |= looked_at
    return np.flatnonzero(affected)
