"""What ranking keeps for the next time, in parts: of an edit, few are written anew.

Of the vectors, which are as large as all else together, those of one time are kept as they were,
column by column, and beside them the few that may be others since.

The parts of one state belong together, and say so: those of two states are of no use, and neither
are those that anything is missing from. They are of use only to the very code that made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .again import Ranked
from .archive import SHARDS, TEXT, Archive, shard_from_bytes, shard_to_bytes
from .features import Keys
from .few import Few
from .rests import Lists, Rests
from .signals import Tables
from .table import Table
from .turned import RESTS, Base, Own, Rest, Turned, rest_of, row_kind, turned
from .vectors import Uses, Vectors

_SPACE = "space"
_COLUMNS = "columns"
_WEIGHTS = "weights"
_TABLES = "tables"
_ONE_IN, _LEAST = 8, 64
"""Once one row in so many is another, and so many are, all vectors are written anew."""


@dataclass(frozen=True, slots=True)
class _Space:
    """All but features, lists and most of the vectors; arrays as bytes."""

    rests: str
    """`Rests.key`."""
    slugs: tuple[str, ...]
    """In code point order."""
    texts: memoryview
    """Of each, the digest of its texts."""
    frame: bytes
    base: str
    """Which vectors all but those below are of."""
    keys: memoryview
    """Terms by column, from where those of the base end."""
    use_keys: memoryview
    uses: memoryview
    least: memoryview
    shown: memoryview
    rows: tuple[int, ...]
    """Those that may be others than in the base, ascending."""
    columns: tuple[memoryview, ...]
    """Of each of them, as of `turned.Own`; so for weights and terms without weight."""
    weights: tuple[memoryview, ...]
    rest: tuple[memoryview, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Of all vectors at one time, the base of later ones: `turned.Base` but for weights."""

    base: str
    keys: memoryview
    """Terms by column."""
    ends: memoryview
    rows: memoryview
    rests: tuple[int, ...]
    """Of each piece of what has no weight how much that is."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """Of the same."""

    base: str
    weights: memoryview


@dataclass(frozen=True, slots=True)
class _Rest:
    """A piece of what has no weight, as of the same: `turned.Rest`."""

    base: str
    marks: memoryview
    whose: memoryview


@dataclass(frozen=True, slots=True)
class _Tables:
    """`signals.Tables`; arrays as bytes."""

    frame: bytes
    """`Rests.frame`: they rest on nothing else."""
    days: memoryview
    originals: memoryview
    links: memoryview
    tables: tuple[tuple[int, memoryview, memoryview, memoryview], ...]
    """Columns, ends of rows, columns of values, values."""


_TABLES_OF = msgspec.msgpack.Decoder(_Tables)
_SPACES = msgspec.msgpack.Decoder(_Space)
_COLUMNS_OF = msgspec.msgpack.Decoder(_Columns)
_REST_OF = msgspec.msgpack.Decoder(_Rest)
_WEIGHTS_OF = msgspec.msgpack.Decoder(_Weights)


def to_parts(ranked: Ranked, known: Ranked | None = None) -> Iterator[tuple[str, bytes]]:
    """The parts by name, one after the other: together they are as large as what they are of.

    Those that are as they were in `known`, which is kept, are left out; one that is no more is
    empty.
    """
    space, base, since = ranked.space, ranked.base, sorted(ranked.since)
    if known is None or not base or is_much(len(since), len(space.slugs)):
        base, since = _name(ranked), []
        yield from _base_to_parts(base, ranked, afresh=known is None)
        keys = space.keys[:0]
    else:
        keys = space.keys[ranked.columns :]
    spans = [slice(space.rows.indptr[row], space.rows.indptr[row + 1]) for row in since]
    owns = {}
    for row, span in zip(since, spans, strict=True):
        columns, terms = space.rows.indices[span], ranked.features[space.slugs[row]].keys
        rest = rest_of(terms, space.keys[columns])
        owns[row] = Own(columns, space.rows.data[span], rest)
    arrays = space.uses, ranked.least, ranked.shown
    yield _SPACE, _space_to_bytes(ranked.rests, space.slugs, base, keys, owns, *arrays)
    if known is None or known.rests.frame != ranked.rests.frame:
        yield _TABLES, _tables_to_bytes(ranked.tables, ranked.rests.frame)
    old = known.features.shards if known else None
    for number in range(SHARDS):
        shard = ranked.features.shards.get(number)
        if old is None or shard is not old.get(number):
            yield _shard(number), shard_to_bytes(shard) if shard else b""


def few_to_parts(few: Few) -> Iterator[tuple[str, bytes]]:
    """The parts of what `few_from_parts` gave that are others after an edit."""
    keys = few.keys[few.columns :]
    arrays = few.uses, few.least, few.shown
    since = few.turned.since
    yield _SPACE, _space_to_bytes(few.rests, few.slugs, few.base, keys, since, *arrays)
    for number, shard in few.made.items():
        yield _shard(number), shard_to_bytes(shard)


def is_much(since: int, of: int) -> bool:
    """Whether so many of the vectors are others that all are to be written anew."""
    return since > max(of / _ONE_IN, _LEAST)


def _space_to_bytes(
    rests: Rests,
    slugs: tuple[str, ...],
    base: str,
    keys: Keys,
    since: Mapping[int, Own],
    uses: Uses,
    least: NDArray[np.int32],
    shown: NDArray[np.int32],
) -> bytes:
    owns = dict(sorted(since.items()))
    return msgspec.msgpack.encode(
        _Space(
            rests=rests.key,
            slugs=slugs,
            texts=memoryview(b"".join(map(rests.texts.__getitem__, slugs))),
            frame=rests.frame,
            base=base,
            keys=_told(keys, np.uint64),
            use_keys=_told(uses.keys, np.uint64),
            uses=_told(uses.counts, np.int32),
            least=_told(least, np.int32),
            shown=_told(shown.reshape(-1), np.int32),
            rows=tuple(owns),
            columns=tuple(_told(own.columns, np.int32) for own in owns.values()),
            weights=tuple(_told(own.weights, np.uint16) for own in owns.values()),
            rest=tuple(_told(own.rest, np.uint64) for own in owns.values()),
        )
    )


def _tables_to_bytes(tables: Tables, frame: bytes) -> bytes:
    four = (tables.topics, tables.authors, tables.sources, tables.storylines)
    return msgspec.msgpack.encode(
        _Tables(
            frame=frame,
            days=_told(tables.days, np.int64),
            originals=_told(tables.originals, np.int64),
            links=_told(tables.links.reshape(-1), np.int64),
            tables=tuple(
                (
                    one.width,
                    _told(one.indptr, np.int32),
                    _told(one.indices, np.int32),
                    _told(one.data, np.int32),
                )
                for one in four
            ),
        )
    )


def _tables_from_bytes(data: bytes, frame: bytes) -> Tables:
    """
    Raises:
        ValueError: If they are damaged or of another state.
    """
    try:
        stored = _TABLES_OF.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no tables: {error}") from error
    if stored.frame != frame or len(stored.tables) != 4:
        raise ValueError("parts of several states")
    days = _heard(stored.days, np.int64)
    tables = [
        Table(_heard(data, np.int32), _heard(columns, np.int32), _heard(ends, np.int32), wide)
        for wide, ends, columns, data in stored.tables
    ]
    if any(table.height != len(days) for table in tables):
        raise ValueError("tables of other rows")
    return Tables(
        days,
        _heard(stored.originals, np.int64),
        _heard(stored.links, np.int64).reshape(-1, 2),
        *tables,
    )


def _base_to_parts(base: str, ranked: Ranked, *, afresh: bool) -> Iterator[tuple[str, bytes]]:
    """Each when it is asked for: most are large."""
    space, held = ranked.space, ranked.features
    by_column = turned(space.rows, space.keys, (held[slug].keys for slug in space.slugs))
    rests = list(map(by_column.rests, range(RESTS)))
    yield (
        _COLUMNS,
        msgspec.msgpack.encode(
            _Columns(
                base=base,
                keys=_told(space.keys, np.uint64),
                ends=_told(by_column.ends, np.int32),
                rows=_told(by_column.rows, by_column.rows.dtype.type),
                rests=tuple(len(rest.marks) for rest in rests),
            )
        ),
    )
    # No weight is above `ONE`.
    weights = _told(by_column.weights, np.uint16)
    yield _WEIGHTS, msgspec.msgpack.encode(_Weights(base=base, weights=weights))
    for number, rest in enumerate(rests):
        marks = _told(rest.marks, np.uint32)
        if len(marks):
            whose = _told(rest.whose, rest.whose.dtype.type)
            yield f"rest-{number}", msgspec.msgpack.encode(_Rest(base, marks, whose))
        elif not afresh:
            yield f"rest-{number}", b""


def _name(ranked: Ranked) -> str:
    """What sets vectors apart: what they rest on, and which column is whose."""
    digest = blake2b(ranked.rests.key.encode(), digest_size=16)
    digest.update(_told(ranked.space.keys, np.uint64))
    return digest.hexdigest()


def from_parts(part: Callable[[str], bytes | None], lists: Lists) -> Ranked:
    """What `to_parts` was given.

    Args:
        part: Gives each part by its name, None for one that there is not.
        lists: Those of the same state.

    Raises:
        ValueError: If something is missing, damaged, or of another state.
    """
    few = few_from_parts(part, lists.key)
    archive = Archive(
        {number: few.shard(number) for number in range(SHARDS) if part(_shard(number))}
    )
    for number in range(RESTS):
        few.turned.base.rests(number)  # One that is lost would be missed after each edit.
    rests = Rests(archive.texts, few.rests.frame)
    if rests.key != lists.key or tuple(archive) != few.slugs:
        raise ValueError("parts of several states")
    return Ranked(
        features=archive,
        rests=rests,
        space=Vectors(few.slugs, few.keys, few.turned.whole(len(few.keys)), few.uses),
        least=few.least,
        tables=few.tables,
        shown=few.shown,
        lists=lists.by_slug,
        base=few.base,
        columns=few.columns,
        since=frozenset(few.turned.since),
    )


def few_from_parts(part: Callable[[str], bytes | None], key: str) -> Few:
    """The same but for lists, and features that nobody asks for.

    Args:
        part: As for `from_parts`.
        key: `Rests.key` of the state.

    Raises:
        ValueError: If something of it is missing, damaged, or of another state.
    """
    try:
        stored = _SPACES.decode(part(_SPACE) or b"")
        columns = _COLUMNS_OF.decode(part(_COLUMNS) or b"")
        weights = _WEIGHTS_OF.decode(part(_WEIGHTS) or b"")
    except msgspec.MsgspecError as error:
        raise ValueError(f"no vectors: {error}") from error
    # Before anything is made of the arrays: those of another state need not even fit.
    if stored.rests != key or {columns.base, weights.base} != {stored.base}:
        raise ValueError("parts of several states")
    texts, count = bytes(stored.texts), len(stored.slugs)
    digests = (texts[place : place + TEXT] for place in range(0, len(texts), TEXT))
    rests = Rests(dict(zip(stored.slugs, digests, strict=True)), stored.frame)
    kind = row_kind(count)
    base = Base(
        ends=_heard(columns.ends, np.int32),
        rows=_heard(columns.rows, kind),
        weights=_heard(weights.weights, np.uint16),
        rests=lambda number: _rest(part, number, columns, kind),
        height=count,
    )
    own = zip(stored.rows, stored.columns, stored.weights, stored.rest, strict=True)
    since = {
        row: Own(
            _heard(some, np.int32),
            _heard(others, np.uint16).astype(np.int32),
            _heard(rest, np.uint64),
        )
        for row, some, others, rest in own
    }
    tables = _tables_from_bytes(part(_TABLES) or b"", stored.frame)
    if len(tables.days) != count:
        raise ValueError("parts of several states")
    return Few(
        rests=rests,
        slugs=stored.slugs,
        keys=np.concatenate([_seen(columns.keys, np.uint64), _seen(stored.keys, np.uint64)]),
        turned=Turned(base, since),
        uses=Uses(_heard(stored.use_keys, np.uint64), _heard(stored.uses, np.int32)),
        least=_heard(stored.least, np.int32),
        shown=_heard(stored.shown, np.int32).reshape(count, -1),
        tables=tables,
        base=stored.base,
        columns=len(columns.keys) // 8,
        shard=lambda number: shard_from_bytes(part(_shard(number)) or b""),
    )


def _rest(
    part: Callable[[str], bytes | None], number: int, columns: _Columns, kind: type[np.generic]
) -> Rest:
    """
    Raises:
        ValueError: If it is missing, damaged, or of another state.
    """
    count = columns.rests[number]
    if not count:
        return Rest(np.empty(0, np.uint32), np.empty(0, kind))
    try:
        stored = _REST_OF.decode(part(f"rest-{number}") or b"")
    except msgspec.MsgspecError as error:
        raise ValueError(f"no terms: {error}") from error
    rest = Rest(_heard(stored.marks, np.uint32), _heard(stored.whose, kind))
    if stored.base != columns.base or not len(rest.marks) == len(rest.whose) == count:
        raise ValueError("parts of several states")
    return rest


def _shard(number: int) -> str:
    return f"shard-{number}"


def _told(array: NDArray[Any], kind: type[np.generic]) -> memoryview:
    return np.ascontiguousarray(array, kind).view(np.uint8).data


def _seen(data: memoryview, kind: type[np.generic]) -> NDArray[Any]:
    """An array where it stands in the bytes of its part: to be copied at once."""
    return np.frombuffer(data, kind)


def _heard(data: memoryview, kind: type[np.generic]) -> NDArray[Any]:
    # A copy, since what stands at an odd place in memory is copied again for every look.
    return _seen(data, kind).copy()
