"""What a briefing says, as numbers: its words and word pairs, each known by a hash of its text.

The features of a briefing depend on that briefing and nothing else, so they may be kept as long as
its text stands. Numbers are 64-bit hashes of the words themselves, equal in every run and on every
machine; two of a million words share one with a chance of one in ten million.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from .words import APART, plain_words, words

Keys = NDArray[np.uint64]

TITLE = 3
"""How often a word of the title counts. A title is chosen with care, and short."""

# An odd number near 2⁶⁴ divided by the golden ratio: spreads the first word's bits over the pair's.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ALL_BITS = (1 << 64) - 1


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
        number = self[word] = _number(word.encode("utf-8", "surrogatepass"))
        return number


class _PlainHashes(dict[bytes, int]):
    """The same of words in ASCII; 0 for one of a single letter, which is none."""

    def __missing__(self, word: bytes) -> int:
        number = self[word] = _number(word) if len(word) > 1 else 0
        return number


def _number(word: bytes) -> int:
    return int.from_bytes(blake2b(word, digest_size=8).digest(), "little")


_HASHES = _Hashes()
_END = 1
_PLAIN_HASHES = _PlainHashes({APART: _END})
_MOST_HASHES = 1_000_000


def word_keys(found: Collection[str]) -> Keys:
    """The key of each word, in order; words are folded, as `words.words` gives them."""
    if len(_HASHES) > _MOST_HASHES:
        _HASHES.clear()
    return np.fromiter(map(_HASHES.__getitem__, found), dtype=np.uint64, count=len(found))


def words_by_key(found: Collection[str]) -> dict[int, str]:
    """Some words by their keys."""
    return {_HASHES[word]: word for word in found}


def pair_keys(keys: Keys) -> Keys:
    """The key of each two neighbouring words."""
    # Order matters: "trade war" is not "war trade".
    pairs: Keys = (keys[:-1] * _SPREAD) ^ (keys[1:] >> np.uint64(1))
    return pairs


def term_keys(found: Collection[str]) -> frozenset[int]:
    """The keys of some words and of each two neighbouring ones: for a few, such as a name."""
    numbers = [_HASHES[word] for word in found]
    pairs = ((one * int(_SPREAD) & _ALL_BITS) ^ (two >> 1) for one, two in pairwise(numbers))
    return frozenset((*numbers, *pairs))


def points(briefing: Briefing) -> str:
    """The key points of a briefing and why it matters; empty where it has neither."""
    return "\n".join([*(point.text for point in briefing.key_points), briefing.why]).strip()


def _keys(texts: Sequence[str]) -> tuple[Keys, list[int]]:
    """The keys of the words of some texts, and where those of each begin, and of the last end."""
    if (plain := plain_words(texts)) is None:
        found = [words(text) for text in texts]
        keys = word_keys(list(chain.from_iterable(found)))
        return keys, list(accumulate(map(len, found), initial=0))
    if len(_PLAIN_HASHES) > _MOST_HASHES:
        _PLAIN_HASHES.clear()
        _PLAIN_HASHES[APART] = _END
    keys = np.fromiter(map(_PLAIN_HASHES.__getitem__, plain), np.uint64, len(plain))
    keys = keys[keys != 0]
    ends = np.flatnonzero(keys == _END)
    starts = ends - np.arange(len(ends))
    return np.delete(keys, ends), [0, *starts.tolist(), len(keys) - len(ends)]


def features(briefing: Briefing) -> Features:
    """Count the words and word pairs of title, summary, key points and body.

    A summary that was taken from the body is not counted twice. A pair never spans two parts.
    """
    summary = briefing.summary if briefing.summary_written else ""
    parts: list[tuple[str, int]] = [
        (briefing.title, TITLE), (summary, 1), (points(briefing), 1), (briefing.body.own_text, 1)
    ]  # fmt: skip
    keys, ends = _keys([text for text, _ in parts])
    pairs, every = pair_keys(keys), list[Keys]()
    for start, end, (_, weight) in zip(ends, ends[1:], parts, strict=False):
        every += [keys[start:end], pairs[start : end - 1]] * weight if end > start else []
    # Each as often as it counts, side by side: quicker than to count what has numbers of its own.
    together = np.concatenate([keys[:0], *every])
    together.sort()
    # Behind the last stands another, where its count ends.
    fresh = np.ones(len(together) + 1, bool)
    np.not_equal(together[1:], together[:-1], out=fresh[1:-1])
    starts = np.flatnonzero(fresh)
    counts = starts[1:] - starts[:-1]
    return Features(together[starts[:-1]], counts.astype(np.float32))
