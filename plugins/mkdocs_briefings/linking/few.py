"""Related briefings again after an edit of few texts, most vectors and features being left unseen.

The result is that of `again`, entry for entry, and number for number but for which column is whose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..catalog.catalog import Catalog
from .again import shown_by
from .archive import Archive, Shard, archive_again, shard_of
from .features import Keys, Several, features_of
from .graph import Related
from .moved import Columns, changes, counted
from .related import Ranking
from .rests import Rests
from .sequences import Lines
from .signals import Tables
from .table import Table
from .touched import Former, touched
from .turned import Own, Turned, rest_of
from .vectors import Scale, Uses, Vectors, Weighing, search

Rows = NDArray[np.int64]

_LEAST, _ONE_IN = 64, 10
"""So many briefings to weigh or to rank are few, and so is one in so many: for more, whoever looks
at all of them is as quick."""


class ManyError(ValueError):
    """More may have changed than is looked at here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """What lists rest on, as far as it was asked for; arrays as of `again.Ranked`."""

    rests: Rests
    slugs: tuple[str, ...]
    """In code point order: the rows."""
    keys: Keys
    """Terms by column."""
    turned: Turned
    uses: Uses
    least: NDArray[np.int32]
    shown: NDArray[np.int32]
    tables: Tables
    base: str
    columns: int
    shard: Callable[[int], Shard]
    """Gives each by its number.

    Raises:
        ValueError: If it is missing, damaged, or of another state.
    """
    made: Mapping[int, Shard] = field(default_factory=dict)
    """Shards that are others than those which are kept."""


def lists_again(
    catalog: Catalog,
    before: Few,
    lists: Callable[[str], Sequence[Related]],
    texts: Mapping[str, bytes],
    limit: int,
    lines: Lines,
) -> tuple[Few, Mapping[str, tuple[Related, ...]]]:
    """The lists that may have changed where nothing but few texts did.

    Args:
        catalog: What is published. Of most briefings nothing is asked.
        before: The state before.
        lists: Gives each list as it was.
        texts: By slug, a digest of the texts that are others now.
        limit: Most entries of a list, as before.
        lines: The orders of the catalog.

    Returns:
        What the lists rest on now; and those that were made, by slug.

    Raises:
        ValueError: If more than few lists may have changed, or something is of another state.
    """

    def made(slugs: Sequence[str]) -> Several:
        return features_of([catalog.briefings[slug] for slug in slugs])

    row_of = {slug: row for row, slug in enumerate(before.slugs)}
    edited = np.array(sorted(row_of[slug] for slug in texts), np.int64)
    known = _Known(before)
    then = known.of(texts)
    now = archive_again(then, texts, made)
    space, old, again = _weighed(before, known, then, now, edited)
    moved = np.array(sorted(again), np.int64)
    after = replace(space, turned=before.turned.with_rows(again), made=now.shards)
    ranking = _ranking(catalog, after, limit, lines)
    former = Former(
        slugs=before.slugs,
        entries=lists,
        limit=limit,
        least=before.least,
        shown=before.shown,
    )
    moved_now = after.turned.table(moved, len(after.keys))
    wanted = touched(
        former,
        ranking,
        moved,
        _products(before, old, moved),
        _products(after, moved_now, moved),
    )
    new = _lists(after, ranking, wanted)
    least, shown = before.least.copy(), before.shown.copy()
    least[wanted] = ranking.least[wanted]
    shown[wanted] = shown_by(before.slugs, wanted, new, limit)
    rests = Rests({**before.rests.texts, **texts}, before.rests.frame)
    return replace(after, rests=rests, least=least, shown=shown), new


class _Known:
    """The features of the briefings that were asked for."""

    def __init__(self, few: Few) -> None:
        self._few = few
        self._shards: dict[int, Shard] = {}

    def of(self, slugs: Iterable[str]) -> Archive:
        """An archive of those in which these are.

        Raises:
            ValueError: If one is missing, damaged, or of another state.
        """
        for number in set(map(shard_of, slugs)).difference(self._shards):
            shard = self._few.shard(number)
            texts = self._few.rests.texts
            if any(texts.get(slug) != text for slug, text in shard.texts.items()):
                raise ValueError("parts of several states")
            self._shards[number] = shard
        return Archive(self._shards)


def _weighed(
    before: Few, known: _Known, then: Archive, now: Archive, edited: Rows
) -> tuple[Few, Table, dict[int, Own]]:
    """`before` with the columns and uses of now; the vectors of some briefings as they were; and
    those of them that were edited or have another vector, as they are now.

    Args:
        known: Of `before`.
        then: Those that were edited, and some more, as they were.
        now: The same as they are.
        edited: Which they are.
    """
    slugs = [before.slugs[row] for row in edited.tolist()]
    terms, change = changes(then, now, slugs)
    was = _uses(before, known, terms)
    scale = Scale(len(before.slugs))
    uses_now = was + change
    other = (scale.weight[was] != scale.weight[uses_now]) | (
        scale.telling[was] != scale.telling[uses_now]
    )
    again = np.union1d(edited, _holding(before, terms[other & (was > 0)]))
    _few_only(again, before)
    uses = counted(before.uses, terms, uses_now)
    weighing, columns = Weighing(uses, scale), Columns(before.keys)
    others = known.of(before.slugs[row] for row in again.tolist())
    old = before.turned.table(again, len(before.keys))
    found: dict[int, Own] = {}
    for row in again.tolist():
        slug = before.slugs[row]
        text = (now if slug in slugs else others)[slug]
        places, weights = weighing.row(text)
        numbers = columns.of(weighing.keys[places])
        order = np.argsort(numbers)
        numbers, weights = numbers[order], weights[order]
        span = slice(old.indptr[row], old.indptr[row + 1])
        same = np.array_equal(numbers, old.indices[span])
        if slug in slugs or not (same and np.array_equal(weights, old.data[span])):
            found[row] = Own(numbers, weights, rest_of(text.keys, weighing.keys[places]))
    return replace(before, keys=columns.keys, uses=uses), old, found


def _uses(few: Few, known: _Known, terms: Keys) -> NDArray[np.int64]:
    """How many briefings have each of some terms."""
    places = search(few.uses.keys)(terms)
    # Behind the last stands what no two have.
    found = np.append(few.uses.counts, np.int32(0))[places].astype(np.int64)
    alone = terms[found == 0]
    likely = _holding(few, alone)
    _few_only(likely, few)
    slugs = [few.slugs[row] for row in likely.tolist()]
    held = known.of(slugs)
    every = np.concatenate([np.empty(0, np.uint64), *(held[slug].keys for slug in slugs)])
    found[found == 0] = np.isin(alone, every)
    return found


def _holding(few: Few, terms: Keys) -> Rows:
    """The rows that have one of some terms, and perhaps some more."""
    if not len(terms):
        return np.empty(0, np.int64)
    columns = Columns(few.keys).of(terms)
    return few.turned.holding(columns[columns < len(few.keys)], terms)


def _few_only(rows: Rows, few: Few) -> None:
    if len(rows) > max(_LEAST, len(few.slugs) // _ONE_IN):
        raise ManyError("more than few may have changed")


def _ranking(catalog: Catalog, few: Few, limit: int, lines: Lines) -> Ranking:
    """One that knows no vectors."""
    cited: dict[str, list[str]] = {}
    for one, two in few.tables.links.tolist():
        cited.setdefault(few.slugs[one], []).append(few.slugs[two])
    space = _space(few, np.empty(0, np.int64))
    return Ranking(catalog, space, cited, limit, lines=lines, tables=few.tables)


def _space(few: Few, rows: Rows) -> Vectors:
    """The vectors of some rows, the others being empty."""
    width = len(few.keys)
    nothing = np.empty(0, np.int32)
    empty = Table(nothing, nothing, np.zeros(len(few.slugs) + 1, np.int64), width)
    table = few.turned.table(rows, width) if len(rows) else empty
    return Vectors(few.slugs, few.keys, table, few.uses)


def _products(few: Few, table: Table, rows: Rows) -> Iterator[NDArray[np.int32]]:
    """The products of some rows with all, one after the other; their vectors are in a table."""
    for row in rows.tolist():
        span = slice(table.indptr[row], table.indptr[row + 1])
        yield few.turned.products(table.indices[span], table.data[span], len(few.keys))


def _lists(few: Few, ranking: Ranking, wanted: Rows) -> Mapping[str, tuple[Related, ...]]:
    _few_only(wanted, few)
    table = few.turned.table(wanted, len(few.keys))
    pairs = list(map(ranking.candidates, wanted.tolist(), _products(few, table, wanted)))
    every = np.concatenate([wanted, *(others for others, _ in pairs)])
    ranking.see(_space(few, np.unique(every)))
    return ranking.lists_of(wanted, pairs)
