"""What a briefing says, as numbers: its words and word pairs, each known by a hash of its text.

The features of a briefing depend on that briefing and nothing else, so they may be kept as long as
its text stands. Numbers are 64-bit hashes of the words themselves, equal in every run and on every
machine; two of a million words share one with a chance of one in ten million.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from .words import APART, plain, plain_words, words

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


@dataclass(frozen=True, slots=True)
class Several:
    """The features of several texts, one behind the other."""

    keys: Keys
    """Of each text sorted, each once."""
    counts: NDArray[np.int64]
    """As `Features.counts`."""
    ends: NDArray[np.int64]
    """Where the features of each begin, and where those of the last end."""


def features(briefing: Briefing) -> Features:
    """Count the words and word pairs of title, summary, key points and body.

    A summary that was taken from the body is not counted twice. A pair never spans two parts.
    """
    found = features_of([briefing])
    return Features(found.keys, found.counts.astype(np.float32))


def features_of(briefings: Sequence[Briefing]) -> Several:
    """The features of some briefings, few enough to be held at once: in half of the time that it
    takes to ask for those of one after the other."""
    pieces, lengths = [np.empty(0, np.uint64)], [0]
    for own in _pieces(list(map(_texts, briefings))):
        pieces += own
        lengths.append(sum(map(len, own)))
    # Each as often as it counts, side by side: quicker than to count what has numbers of its own.
    together = np.concatenate(pieces)
    ends = np.cumsum(lengths)
    for start, end in pairwise(ends.tolist()):
        together[start:end].sort()
    # Behind the last stands another, where its count ends.
    fresh = np.ones(len(together) + 1, bool)
    np.not_equal(together[1:], together[:-1], out=fresh[1:-1])
    fresh[ends] = True
    starts = np.flatnonzero(fresh)
    return Several(together[starts[:-1]], np.diff(starts), np.searchsorted(starts, ends))


def _texts(briefing: Briefing) -> Sequence[str]:
    """What counts, the title first."""
    summary = briefing.summary if briefing.summary_written else ""
    return briefing.title, summary, points(briefing), briefing.body.own_text


def _pieces(held: Sequence[Sequence[str]]) -> Iterator[list[Keys]]:
    """For each of some briefings, given its texts: the keys of its words and pairs as often as
    they count."""
    # As a rule all of them are plain.
    ascii_only = [list(map(plain, texts)) for texts in held]
    rough = plain_words(
        text for own in ascii_only if None not in own for text in own if text is not None
    )
    if len(_PLAIN_HASHES) > _MOST_HASHES:
        _PLAIN_HASHES.clear()
        _PLAIN_HASHES[APART] = _END
    keys = np.fromiter(map(_PLAIN_HASHES.__getitem__, rough), np.uint64, len(rough))
    keys = keys[keys != 0]
    pairs = pair_keys(keys)
    ends = iter(np.flatnonzero(keys == _END).tolist())
    start = 0
    for texts, own in zip(held, ascii_only, strict=True):
        pieces: list[Keys] = []
        for number, text in enumerate(texts):
            if None in own:
                alone = word_keys(words(text))
                found = [alone, pair_keys(alone)] if len(alone) else []
            else:
                end = next(ends)
                found = [keys[start:end], pairs[start : end - 1]] if end > start else []
                start = end + 1
            pieces += found * (1 if number else TITLE)
        yield pieces
