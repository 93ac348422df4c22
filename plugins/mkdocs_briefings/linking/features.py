"""What a briefing says, as numbers: its words and word pairs, each known by a hash of its text.

The features of a briefing depend on that briefing and nothing else, so they may be kept as long as
its text stands. Numbers are 64-bit hashes of the words themselves, equal in every run and on every
machine; two of a million words share one with a chance of one in ten million.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from .words import words

Keys = NDArray[np.uint64]

TITLE = 3
"""How often a word of the title counts. A title is chosen with care, and short."""

# An odd number near 2⁶⁴ divided by the golden ratio: spreads the first word's bits over the pair's.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Features:
    """The words and pairs of one text."""

    keys: Keys
    """Sorted, each once."""
    counts: NDArray[np.float32]
    """How often each occurs, those of the title counted `TITLE` times."""


class _Hashes(dict[str, int]):
    """The number of each word, reckoned once."""

    def __missing__(self, word: str) -> int:
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "little")
        self[word] = number
        return number


_HASHES = _Hashes()
_MOST_HASHES = 1_000_000


def word_keys(found: Collection[str]) -> Keys:
    """The key of each word, in order; words are folded, as `words.words` gives them."""
    if len(_HASHES) > _MOST_HASHES:
        _HASHES.clear()
    return np.fromiter(map(_HASHES.__getitem__, found), dtype=np.uint64, count=len(found))


def pair_keys(keys: Keys) -> Keys:
    """The key of each two neighbouring words."""
    # Order matters: "trade war" is not "war trade".
    pairs: Keys = (keys[:-1] * _SPREAD) ^ (keys[1:] >> np.uint64(1))
    return pairs


def features(briefing: Briefing) -> Features:
    """Count the words and word pairs of title, summary, key points and body.

    A summary that was taken from the body is not counted twice. A pair never spans two parts.
    """
    points = "\n".join([*(point.text for point in briefing.key_points), briefing.why])
    summary = briefing.summary if briefing.summary_written else ""
    parts: list[tuple[str, int]] = [
        (briefing.title, TITLE), (summary, 1), (points, 1), (briefing.body.own_text, 1)
    ]  # fmt: skip
    keys: list[Keys] = []
    times: list[NDArray[np.float32]] = []
    for text, weight in parts:
        single = word_keys(words(text))
        for found in (single, pair_keys(single)):
            keys.append(found)
            times.append(np.full(len(found), weight, dtype=np.float32))
    unique, places = np.unique(np.concatenate(keys), return_inverse=True)
    counts: NDArray[Any] = np.bincount(places, np.concatenate(times), len(unique))
    return Features(unique, counts.astype(np.float32))
