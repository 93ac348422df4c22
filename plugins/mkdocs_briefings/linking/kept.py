"""What ranking keeps for the next time, in parts: of an edit, few are written anew.

The parts of one state belong together, and say so: those of two states are of no use, and neither
are those that anything is missing from. They are of use only to the very code that made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .again import Ranked
from .archive import SHARDS, Archive, shard_from_bytes, shard_to_bytes
from .rests import Lists, Rests
from .vectors import Scale, Uses, Vectors

_SPACE = "space"
_LARGE: Mapping[str, type[np.generic]] = {"columns": np.int32, "weights": np.uint16}
"""The large arrays of the vectors, each a part of its own, and how their numbers are kept: no
weight is above `ONE`."""


@dataclass(frozen=True, slots=True)
class _Space:
    """All but texts, features, lists and what is large; arrays as bytes."""

    rests: str
    """`Rests.key`."""
    frame: bytes
    keys: memoryview
    uses: memoryview
    ends: memoryview
    least: memoryview


@dataclass(frozen=True, slots=True)
class _Array:
    """A large array."""

    rests: str
    """As in `_Space`."""
    data: memoryview


_DECODER = msgspec.msgpack.Decoder(_Space)
_ARRAY = msgspec.msgpack.Decoder(_Array)


def to_parts(ranked: Ranked, known: Ranked | None = None) -> Iterator[tuple[str, bytes]]:
    """The parts by name, one after the other: together they are as large as what they are of.

    Those that are as they were in `known` are left out; one that is no more is empty.
    """
    yield _SPACE, _space_to_bytes(ranked)
    key, rows = ranked.rests.key, ranked.space.rows
    for name, array in (("columns", rows.indices), ("weights", rows.data)):
        yield name, msgspec.msgpack.encode(_Array(key, _told(array, _LARGE[name])))
    old = known.features.shards if known else None
    for number in range(SHARDS):
        shard = ranked.features.shards.get(number)
        if old is None or shard is not old.get(number):
            yield _shard(number), shard_to_bytes(shard) if shard else b""


def from_parts(part: Callable[[str], bytes | None], lists: Lists) -> Ranked:
    """What `to_parts` was given.

    Args:
        part: Gives each part by its name, None for one that there is not.
        lists: Those of the same state.

    Raises:
        ValueError: If something is missing, damaged, or of another state.
    """
    shards = {}
    for number in range(SHARDS):
        if data := part(_shard(number)):
            shards[number] = shard_from_bytes(data)
    archive = Archive(shards)
    try:
        stored = _DECODER.decode(part(_SPACE) or b"")
        large = {name: _ARRAY.decode(part(name) or b"") for name in _LARGE}
    except msgspec.MsgspecError as error:
        raise ValueError(f"no vectors: {error}") from error
    # Before anything is made of the arrays: one of another state need not even fit.
    rests = Rests(archive.texts, stored.frame)
    if {rests.key, stored.rests, *(array.rests for array in large.values())} != {lists.key}:
        raise ValueError("parts of several states")
    return _loaded(stored, large, archive, rests, lists)


def _shard(number: int) -> str:
    return f"shard-{number}"


def _space_to_bytes(ranked: Ranked) -> bytes:
    space = ranked.space
    return msgspec.msgpack.encode(
        _Space(
            rests=ranked.rests.key,
            frame=ranked.rests.frame,
            keys=_told(space.uses.keys, np.uint64),
            uses=_told(space.uses.counts, np.int32),
            ends=_told(space.rows.indptr, np.int32),
            least=_told(ranked.least, np.int32),
        )
    )


def _loaded(
    stored: _Space, large: Mapping[str, _Array], archive: Archive, rests: Rests, lists: Lists
) -> Ranked:
    slugs = tuple(archive)
    uses = Uses(_heard(stored.keys, np.uint64), _heard(stored.uses, np.int32))
    keys = uses.keys[Scale(len(slugs)).telling[uses.counts]]
    columns, weights = (_heard(large[name].data, kind) for name, kind in _LARGE.items())
    rows = sparse.csr_matrix(
        (weights.astype(np.int32), columns, _heard(stored.ends, np.int32)),
        shape=(len(slugs), len(keys)),
    )
    return Ranked(
        features=archive,
        rests=rests,
        space=Vectors(slugs, keys, rows, uses),
        least=_heard(stored.least, np.int32),
        lists=lists.by_slug,
    )


def _told(array: NDArray[Any], kind: type[np.generic]) -> memoryview:
    return np.ascontiguousarray(array, kind).view(np.uint8).data


def _heard(data: memoryview, kind: type[np.generic]) -> NDArray[Any]:
    # A copy, since what stands at an odd place in memory is copied again for every look.
    return np.frombuffer(data, kind).copy()
