"""Related briefings again, after an edit: only the lists that may have changed are made anew.

The result is that of `related_briefings`, entry for entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..catalog.catalog import Catalog
from .archive import Archive, archive
from .features import Several, features_of
from .graph import Related
from .moved import vectors_again
from .related import Ranking
from .rests import Rests, rests_on
from .sequences import Lines
from .signals import Tables
from .touched import Former, touched
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
    tables: Tables
    """What besides texts the lists were ranked by."""
    shown: NDArray[np.int32]
    """By row, the rows that its list names, and -1 behind them."""
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

    def made(slugs: Sequence[str]) -> Several:
        heed()
        return features_of([catalog.briefings[slug] for slug in slugs])

    found = archive(rests.texts, made, before.features if before else None)
    if before is None or before.rests.frame != rests.frame or before.space.slugs != tuple(found):
        space = vectors(found)
        ranking = Ranking(catalog, space, cited, limit, lines=lines)
        wanted = np.arange(len(space.slugs))
        heed()
        lists = ranking.lists(wanted, lambda done, of: heed())
        shown = shown_by(space.slugs, wanted, lists, limit)
        made_now = Ranked(found, rests, space, ranking.least, ranking.tables, shown, lists)
        return made_now, len(wanted)
    edited = {slug for slug, text in rests.texts.items() if before.rests.texts[slug] != text}
    now, new = _moved(catalog, cited, before, found, rests, edited, limit, lines, heed)
    lists = {slug: new.get(slug, entries) for slug, entries in before.lists.items()}
    return replace(now, lists=lists), len(new)


def _moved(
    catalog: Catalog,
    cited: Mapping[str, Iterable[str]],
    before: Ranked,
    found: Archive,
    rests: Rests,
    edited: Collection[str],
    limit: int,
    lines: Lines | None,
    heed: Callable[[], None],
) -> tuple[Ranked, Mapping[str, tuple[Related, ...]]]:
    """What `before` is after an edit of some texts, but for its lists, and those of them that were
    made."""
    space, moved = vectors_again(before.space, before.features, found, edited)
    heed()
    ranking = Ranking(catalog, space, cited, limit, lines=lines, tables=before.tables)
    moved = np.union1d(moved, [row for row, slug in enumerate(space.slugs) if slug in edited])
    moved = moved.astype(np.int64)
    former = Former(
        slugs=space.slugs,
        entries=before.lists.__getitem__,
        limit=limit,
        least=before.least,
        shown=before.shown,
    )
    then, now = (Products(one, moved).each(range(len(moved))) for one in (before.space, space))
    wanted = touched(former, ranking, moved, then, now)
    heed()
    new = ranking.lists(wanted, lambda done, of: heed())
    least, shown = before.least.copy(), before.shown.copy()
    least[wanted] = ranking.least[wanted]
    shown[wanted] = shown_by(space.slugs, wanted, new, limit)
    since = before.since | set(moved.tolist())
    after = replace(
        before, features=found, rests=rests, space=space, least=least, shown=shown, since=since
    )
    return after, new


def shown_by(
    slugs: Sequence[str], rows: Rows, lists: Mapping[str, tuple[Related, ...]], limit: int
) -> NDArray[np.int32]:
    """Whom the lists of some rows name: see `Ranked.shown`."""
    places = {slug: row for row, slug in enumerate(slugs)}
    shown = np.full((len(rows), limit), -1, np.int32)
    for own, row in zip(shown, rows.tolist(), strict=True):
        named = [places[entry.slug] for entry in lists[slugs[row]]]
        own[: len(named)] = named
    return shown
