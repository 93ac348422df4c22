"""What ranking keeps for the next time, in parts: of an edit, few are written anew.

Of the vectors, which are as large as all else together, those of one time are kept as they were,
and beside them the few that have moved since.

The parts of one state belong together, and say so: those of two states are of no use, and neither
are those that anything is missing from. They are of use only to the very code that made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .again import Ranked
from .archive import SHARDS, Archive, shard_from_bytes, shard_to_bytes
from .moved import with_rows
from .rests import Lists, Rests
from .signals import Tables
from .table import Table
from .vectors import Uses, Vectors

_SPACE = "space"
_COLUMNS = "columns"
_WEIGHTS = "weights"
_TABLES = "tables"
_SOME = 8
"""Once one row in so many is another, all vectors are written anew."""


@dataclass(frozen=True, slots=True)
class _Space:
    """All but texts, features, lists and most of the vectors; arrays as bytes."""

    rests: str
    """`Rests.key`."""
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
    """Those that are others than in the base, ascending."""
    columns: tuple[memoryview, ...]
    """Of each of them; so for weights."""
    weights: tuple[memoryview, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Of all vectors at one time, the base of later ones."""

    base: str
    keys: memoryview
    """Terms by column."""
    ends: memoryview
    columns: memoryview


@dataclass(frozen=True, slots=True)
class _Weights:
    """Of the same."""

    base: str
    weights: memoryview


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
_WEIGHTS_OF = msgspec.msgpack.Decoder(_Weights)


def to_parts(ranked: Ranked, known: Ranked | None = None) -> Iterator[tuple[str, bytes]]:
    """The parts by name, one after the other: together they are as large as what they are of.

    Those that are as they were in `known`, which is kept, are left out; one that is no more is
    empty.
    """
    space, base, since = ranked.space, ranked.base, sorted(ranked.since)
    if known is None or not base or len(since) * _SOME > len(space.slugs):
        base, since = _name(ranked), []
        yield from _base_to_parts(base, space)
        keys = space.keys[:0]
    else:
        keys = space.keys[ranked.columns :]
    spans = [slice(space.rows.indptr[row], space.rows.indptr[row + 1]) for row in since]
    yield (
        _SPACE,
        msgspec.msgpack.encode(
            _Space(
                rests=ranked.rests.key,
                frame=ranked.rests.frame,
                base=base,
                keys=_told(keys, np.uint64),
                use_keys=_told(space.uses.keys, np.uint64),
                uses=_told(space.uses.counts, np.int32),
                least=_told(ranked.least, np.int32),
                shown=_told(ranked.shown.reshape(-1), np.int32),
                rows=tuple(since),
                columns=tuple(_told(space.rows.indices[span], np.int32) for span in spans),
                weights=tuple(_told(space.rows.data[span], np.uint16) for span in spans),
            )
        ),
    )
    if known is None or known.rests.frame != ranked.rests.frame:
        yield _TABLES, _tables_to_bytes(ranked.tables, ranked.rests.frame)
    old = known.features.shards if known else None
    for number in range(SHARDS):
        shard = ranked.features.shards.get(number)
        if old is None or shard is not old.get(number):
            yield _shard(number), shard_to_bytes(shard) if shard else b""


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


def _base_to_parts(base: str, space: Vectors) -> Iterator[tuple[str, bytes]]:
    """Each when it is asked for: both are large."""
    yield (
        _COLUMNS,
        msgspec.msgpack.encode(
            _Columns(
                base=base,
                keys=_told(space.keys, np.uint64),
                ends=_told(space.rows.indptr, np.int32),
                columns=_told(space.rows.indices, np.int32),
            )
        ),
    )
    # No weight is above `ONE`.
    weights = _told(space.rows.data, np.uint16)
    yield _WEIGHTS, msgspec.msgpack.encode(_Weights(base=base, weights=weights))


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
    try:
        stored = _SPACES.decode(part(_SPACE) or b"")
        columns = _COLUMNS_OF.decode(part(_COLUMNS) or b"")
        weights = _WEIGHTS_OF.decode(part(_WEIGHTS) or b"")
    except msgspec.MsgspecError as error:
        raise ValueError(f"no vectors: {error}") from error
    # Before anything is made of the arrays: those of another state need not even fit.
    if stored.rests != lists.key or {columns.base, weights.base} != {stored.base}:
        raise ValueError("parts of several states")
    shards = {}
    for number in range(SHARDS):
        if data := part(_shard(number)):
            shards[number] = shard_from_bytes(data)
    archive = Archive(shards)
    rests = Rests(archive.texts, stored.frame)
    if rests.key != lists.key:
        raise ValueError("parts of several states")
    keys = np.concatenate([_seen(columns.keys, np.uint64), _seen(stored.keys, np.uint64)])
    own = zip(stored.columns, stored.weights, strict=True)
    rows = Table(
        *with_rows(
            _seen(columns.ends, np.int32),
            _seen(columns.columns, np.int32),
            _seen(weights.weights, np.uint16),
            {
                row: (_heard(some, np.int32), _heard(others, np.uint16).astype(np.int32))
                for row, (some, others) in zip(stored.rows, own, strict=True)
            },
        ),
        len(keys),
    )
    if rows.height != len(archive):
        raise ValueError("parts of several states")
    uses = Uses(_heard(stored.use_keys, np.uint64), _heard(stored.uses, np.int32))
    return Ranked(
        features=archive,
        rests=rests,
        space=Vectors(tuple(archive), keys, rows, uses),
        least=_heard(stored.least, np.int32),
        tables=_tables_from_bytes(part(_TABLES) or b"", stored.frame),
        shown=_heard(stored.shown, np.int32).reshape(len(archive), -1),
        lists=lists.by_slug,
        base=stored.base,
        columns=len(columns.keys) // 8,
        since=frozenset(stored.rows),
    )


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
