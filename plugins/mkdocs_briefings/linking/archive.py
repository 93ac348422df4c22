"""The features of all briefings of an archive, in shards: an edit makes one of them anew.

A briefing is always in the shard that its slug falls in. All shards are arrays in one piece each:
ten thousand small ones would cost more to hold and to keep than what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from .features import Features, Keys, Several

SHARDS = 256
"""How many there are at most. With 10,000 articles each is a quarter of a megabyte."""

TEXT = 16
"""Bytes of a digest of texts."""
_COUNTS: Mapping[int, type[np.generic]] = {1: np.uint8, 2: np.uint16, 4: np.float32}
"""How counts are kept, by bytes: the first that holds them all. They are whole numbers."""
_SIEVE = 16
"""Bits of a key by which nearly all that is not looked for is told apart, in one look each."""
_AT_A_TIME = 100
"""Texts whose words are held at once."""

Make = Callable[[Sequence[str]], Several]
"""Gives the features of some slugs, in their order."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The features of some briefings."""

    texts: Mapping[str, bytes]
    """By slug, in code point order: a digest of the texts they are of, as in `rests.Rests`."""
    ends: NDArray[np.int64]
    """Where the features of each begin, and where those of the last end."""
    keys: Keys
    counts: NDArray[Any]


class Archive(Mapping[str, Features]):
    """Features by slug, in code point order. Never changes.

    Args:
        shards: By number; of `SHARDS` at most, and none of them empty.
    """

    def __init__(self, shards: Mapping[int, Shard]) -> None:
        self.shards = shards
        self.texts: Mapping[str, bytes] = {
            slug: text for shard in shards.values() for slug, text in shard.texts.items()
        }
        """By slug, in any order."""
        self._row = {slug: row for row, slug in enumerate(sorted(self.texts))}
        self._place = {
            slug: (shard, place)
            for shard in shards.values()
            for place, slug in enumerate(shard.texts)
        }

    def __len__(self) -> int:
        return len(self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __getitem__(self, slug: str) -> Features:
        shard, place = self._place[slug]
        own = slice(*shard.ends[place : place + 2])
        return Features(shard.keys[own], shard.counts[own].astype(np.float32))

    def holding(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Who has these terms: for each pair of a term and a briefing their places.

        Args:
            keys: Terms, sorted, each once.

        Returns:
            Places in `keys` and places in this archive, pair by pair in any order.
        """
        sieve = np.zeros(1 << _SIEVE, bool)
        sieve[_sieved(keys)] = True
        terms, rows = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for shard in self.shards.values():
            likely = np.flatnonzero(sieve.take(_sieved(shard.keys)))
            places = np.searchsorted(keys, shard.keys[likely])
            # Past the last stands no term: what is looked for there is told apart as any other.
            places[places == len(keys)] = 0
            right = keys[places] == shard.keys[likely]
            own = np.searchsorted(shard.ends, likely[right], side="right") - 1
            terms.append(places[right])
            rows.append(np.array([self._row[slug] for slug in shard.texts])[own])
        return np.concatenate(terms), np.concatenate(rows)


def archive(texts: Mapping[str, bytes], make: Make, known: Archive | None) -> Archive:
    """The features of an archive; shards in which nothing changed are those of `known`.

    Args:
        texts: By slug, a digest of the texts that features are of.
        make: The features of some slugs, for texts that are not known.
        known: Of an earlier state.
    """
    split: dict[int, dict[str, bytes]] = {}
    for slug in sorted(texts):
        split.setdefault(shard_of(slug), {})[slug] = texts[slug]
    shards = known.shards if known else {}
    return Archive(
        {
            number: shards[number]
            if number in shards and shards[number].texts == own
            else _shard(own, make, known)
            for number, own in split.items()
        }
    )


def archive_again(known: Archive, texts: Mapping[str, bytes], make: Make) -> Archive:
    """The features of an archive in which few texts are others, and no briefing.

    Args:
        known: Of the state before.
        texts: By slug, a digest of the texts that are others now.
        make: The features of some slugs.
    """
    shards = dict(known.shards)
    for number in sorted(set(map(shard_of, texts))):
        before = shards[number].texts
        own = {slug: texts.get(slug, text) for slug, text in before.items()}
        shards[number] = _shard(own, make, known)
    return Archive(shards)


def _shard(texts: Mapping[str, bytes], make: Make, known: Archive | None) -> Shard:
    old = known.texts if known else {}
    new = [slug for slug, text in texts.items() if old.get(slug) != text]
    keys: dict[str, Keys] = {}
    counts: dict[str, NDArray[Any]] = {}
    for first in range(0, len(new), _AT_A_TIME):
        some = new[first : first + _AT_A_TIME]
        made = make(some)
        for slug, own in zip(some, starmap(slice, pairwise(made.ends.tolist())), strict=True):
            keys[slug], counts[slug] = made.keys[own], made.counts[own]
    for slug in texts.keys() - keys.keys():
        assert known
        keys[slug], counts[slug] = known[slug].keys, known[slug].counts
    every = np.concatenate([counts[slug] for slug in texts])
    width = next(
        (width for width in (1, 2) if every.max(initial=0) <= np.iinfo(f"u{width}").max), 4
    )
    return Shard(
        texts=texts,
        ends=np.cumsum([0, *(len(keys[slug]) for slug in texts)], dtype=np.int64),
        keys=np.concatenate([keys[slug] for slug in texts]),
        counts=every.astype(_COUNTS[width]),
    )


def shard_of(slug: str) -> int:
    """The number of the shard that a slug falls in: the same on every machine."""
    return crc32(slug.encode()) % SHARDS


def _sieved(keys: Keys) -> NDArray[np.int64]:
    # Keys are hashes: any bits of them will do.
    return (keys >> np.uint64(64 - _SIEVE)).view(np.int64)


@dataclass(frozen=True, slots=True)
class _Stored:
    slugs: tuple[str, ...]
    texts: bytes
    ends: bytes
    keys: memoryview
    """This and counts are looked at where they stand in the bytes of the shard, not copied."""
    counts: memoryview
    width: int


_DECODER = msgspec.msgpack.Decoder(_Stored)


def shard_to_bytes(shard: Shard) -> bytes:
    """A shard, for `shard_from_bytes`."""
    return msgspec.msgpack.encode(
        _Stored(
            slugs=tuple(shard.texts),
            texts=b"".join(shard.texts.values()),
            ends=shard.ends.tobytes(),
            keys=memoryview(shard.keys.tobytes()),
            counts=memoryview(shard.counts.tobytes()),
            width=shard.counts.itemsize,
        )
    )


def shard_from_bytes(data: bytes) -> Shard:
    """What `shard_to_bytes` was given.

    Raises:
        ValueError: If the bytes are none that it gave.
    """
    try:
        stored = _DECODER.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no shard: {error}") from error
    count = len(stored.slugs)
    ends = np.frombuffer(stored.ends, np.int64)
    keys = np.frombuffer(stored.keys, np.uint64)
    if stored.width not in _COUNTS:
        raise ValueError("no shard: of another width")
    counts = np.frombuffer(stored.counts, _COUNTS[stored.width])
    if len(stored.texts) != count * TEXT or len(ends) != count + 1:
        raise ValueError("no shard: of another number")
    if not len(keys) == len(counts) == ends[-1]:
        raise ValueError("no shard: of another length")
    texts = (stored.texts[place : place + TEXT] for place in range(0, len(stored.texts), TEXT))
    return Shard(dict(zip(stored.slugs, texts, strict=True)), ends, keys, counts)
