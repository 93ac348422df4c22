"""Related briefings again, after an edit: only the lists that may have changed are made anew.

The result is that of `related_briefings`, entry for entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..catalog.catalog import Catalog
from .archive import Archive, archive
from .features import Features, features
from .graph import Related
from .moved import vectors_again
from .related import Ranking
from .rests import Rests, rests_on
from .sequences import Lines
from .vectors import Products, Vectors, vectors

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The lists of a catalog, and what they rest on."""

    features: Archive
    """Of all briefings."""
    rests: Rests
    """What the lists rest on."""
    space: Vectors
    least: NDArray[np.int32]
    """By row of `space`: what a product must reach for its other row to be looked at closely."""
    lists: Mapping[str, tuple[Related, ...]]
    base: str = ""
    """Which vectors `kept` has kept; empty for none."""
    columns: int = 0
    """How many columns those have."""
    since: frozenset[int] = frozenset()
    """The rows that are others than in those."""


def related_again(
    catalog: Catalog,
    cited: Mapping[str, Iterable[str]],
    before: Ranked | None,
    *,
    limit: int = 10,
    rests: Rests | None = None,
    lines: Lines | None = None,
    heed: Callable[[], None] = lambda: None,
) -> tuple[Ranked, int]:
    """The lists of a catalog, given what is known of an earlier state of it.

    Args:
        catalog: What is published, in any order.
        cited: By slug, the briefings its body links to.
        before: The earlier state, if any is known.
        limit: Most entries of a list.
        rests: What the lists rest on, where that was asked for already.
        lines: The orders of the catalog, where these are known.
        heed: Called every now and then, and may end the work by an exception.

    Returns:
        The lists with what they rest on, and how many of them had to be made.
    """
    rests = rests or rests_on(catalog, cited, limit)

    def made(slug: str) -> Features:
        heed()
        return features(catalog.briefings[slug])

    def ranked(rows: Rows) -> dict[str, tuple[Related, ...]]:
        heed()
        return ranking.lists(rows, lambda done, of: heed())

    found = archive(rests.texts, made, before.features if before else None)
    if before is None or before.rests.frame != rests.frame or before.space.slugs != tuple(found):
        space = vectors(found)
        ranking = Ranking(catalog, space, cited, limit, lines=lines)
        wanted = np.arange(len(space.slugs))
        lists = ranked(wanted)
        return Ranked(found, rests, space, ranking.least, lists), len(wanted)
    edited = {slug for slug, text in rests.texts.items() if before.rests.texts[slug] != text}
    space, moved = vectors_again(before.space, before.features, found, edited)
    heed()
    ranking = Ranking(catalog, space, cited, limit, lines=lines)
    moved = np.union1d(moved, [row for row, slug in enumerate(space.slugs) if slug in edited])
    wanted = _affected(before, space, ranking, moved.astype(np.int64))
    new = ranked(wanted)
    least = before.least.copy()
    least[wanted] = ranking.least[wanted]
    lists = {slug: new.get(slug, entries) for slug, entries in before.lists.items()}
    since = before.since | set(moved.tolist())
    now = replace(
        before, features=found, rests=rests, space=space, least=least, lists=lists, since=since
    )
    return now, len(wanted)


def _affected(before: Ranked, space: Vectors, ranking: Ranking, moved: Rows) -> Rows:
    """The rows whose lists may differ when the vectors or texts of some did, ascending.

    A list may differ when its own vector or text did, when it names a briefing whose did, or when
    such a one was or is among those looked at closely: its product reaches `least`, or, where few
    are, it is filed near.
    """
    affected = np.zeros(len(space.slugs), bool)
    affected[moved] = True
    for one in (before.space, space):
        for products in Products(one, moved).each(range(len(moved))):
            affected |= (products > 0) & (products >= before.least)
    for row in moved.tolist():
        affected[list(ranking.signals.beside(row))] = True
        near = np.array(sorted(ranking.signals.filed_round(row)), np.int64)
        affected[near[before.least[near] == 0]] = True
    names = {space.slugs[row] for row in moved.tolist()}
    for row, slug in enumerate(space.slugs):
        if not affected[row] and any(entry.slug in names for entry in before.lists[slug]):
            affected[row] = True
    return np.flatnonzero(affected)
