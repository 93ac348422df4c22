"""After edits of any kind, vectors made again are those made from nothing, number for number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.linking import vectors as module
from mkdocs_briefings.linking.archive import (
    Archive,
    Shard,
    archive,
    shard_from_bytes,
    shard_to_bytes,
)
from mkdocs_briefings.linking.features import Several
from mkdocs_briefings.linking.moved import vectors_again
from mkdocs_briefings.linking.vectors import Vectors, vectors

from .catalogs import matrix

Texts = Mapping[str, Mapping[int, int]]
"""By slug: how often a briefing has each term."""

KEYS = [(number * 0x9E3779B97F4A7C15) % 2**64 for number in range(14)] + [2**64 - 1, 5]
"""Terms: some alike in their first bits, the least and the greatest there are among them."""


def made(texts: Texts, known: Archive | None = None) -> Archive:
    def features(slugs: Sequence[str]) -> Several:
        terms = [sorted(texts[slug].items()) for slug in slugs]
        every = [pair for own in terms for pair in own]
        keys, counts = [key for key, _ in every], [count for _, count in every]
        ends = np.cumsum([0, *map(len, terms)])
        return Several(np.array(keys, np.uint64), np.array(counts, np.int64), ends)

    digests = {
        slug: blake2b(repr(sorted(text.items())).encode(), digest_size=16).digest()
        for slug, text in texts.items()
    }
    return archive(digests, features, known)


def rows(of: Vectors) -> list[list[tuple[int, int]]]:
    """Terms and weights of each briefing."""
    return [
        sorted(zip(of.keys[row.indices].tolist(), row.data.tolist(), strict=True))
        for row in matrix(of.rows)
    ]


def same(one: Vectors, other: Vectors) -> bool:
    """Whether they are equal, whichever column is whose."""
    for of in (one, other):
        assert of.rows.indices.dtype == of.rows.data.dtype == np.dtype(np.int32)
        assert matrix(of.rows).shape == (len(of.slugs), len(of.keys))
        assert matrix(of.rows).has_canonical_format, "columns ascend"
        assert len(set(of.keys.tolist())) == len(of.keys)
    uses = ((one.uses.keys, other.uses.keys), (one.uses.counts, other.uses.counts))
    alike = all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in uses)
    return alike and one.slugs == other.slugs and rows(one) == rows(other)


SHARD = Shard({"a": bytes(16)}, np.array([0, 1]), np.array([5], np.uint64), np.ones(1, np.uint8))

SPEECH = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([1, 2, 3, 9, 255, 256]))
SITE = st.dictionaries(
    st.sampled_from([f"b{number:02}" for number in range(12)]), SPEECH, min_size=1
)


@given(SITE, st.lists(st.lists(SPEECH, min_size=1, max_size=4), min_size=1, max_size=4),
       st.sampled_from([2, 3, 500]), st.sampled_from([1, 3, 1024]), st.randoms())  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_edits(
    texts: dict[str, dict[int, int]],
    edits: list[list[dict[int, int]]],
    common: int,
    longest: int,
    dice: Random,
) -> None:
    with patch.object(module, "COMMON", common), patch.object(module, "LONGEST", longest):
        before = made(texts)
        space = vectors(before)
        for edit in edits:
            edited = dice.sample(sorted(texts), min(len(edit), len(texts)))
            texts = {**texts, **dict(zip(edited, edit, strict=False))}
            after = made(texts, before)
            found, moved = vectors_again(space, before, after, set(edited))
            assert same(found, vectors(made(texts)))
            differing = [n for n, (a, b) in enumerate(zip(rows(space), rows(found), strict=True))
                         if a != b]  # fmt: skip
            assert moved.tolist() == differing
            before, space = after, found


A, B, C, D, *_ = KEYS


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        pytest.param({A: 1}, {A: 1}, "", id="nothing at all"),
        pytest.param({A: 1}, {A: 1, D: 1}, "ez", id="a term of one is now one of two"),
        pytest.param({A: 1, D: 1}, {A: 1}, "ez", id="a term of two is now one of one"),
        pytest.param({A: 1}, {A: 1, 77: 1}, "e", id="a term that nobody else has"),
        pytest.param({A: 1}, {}, "abcefgh", id="no text any more, and a term rarer for all"),
        pytest.param({}, {A: 1}, "abcefgh", id="a text at last"),
    ],
)
def test_who_moves(old: dict[int, int], new: dict[int, int], moved: str) -> None:
    site = {name: {A: 1, B: 1} for name in "abc"} | {name: {A: 1, C: 2} for name in "fgh"}
    site |= {"z": {C: 1, D: 1}} | {f"y{number}": {B: 3, C: 1} for number in range(6)}
    before, after = made({**site, "e": old}), made({**site, "e": new})
    found, rows = vectors_again(vectors(before), before, after, {"e"})
    assert same(found, vectors(after))
    assert "".join(found.slugs[row] for row in rows) == moved


@given(SITE, st.sampled_from([1, 255, 256, 65_535, 65_536, 2**24]))
@settings(max_examples=50, deadline=None)
def test_an_archive_through_bytes_is_the_same(texts: dict[str, dict[int, int]], most: int) -> None:
    texts["most"] = {A: most}
    whole = made(texts)
    kept = Archive({n: shard_from_bytes(shard_to_bytes(one)) for n, one in whole.shards.items()})
    assert list(kept) == sorted(texts)
    assert kept.texts == whole.texts
    for slug, text in texts.items():
        found = dict(zip(kept[slug].keys.tolist(), kept[slug].counts.tolist(), strict=True))
        assert found == text
        assert kept[slug].counts.dtype == np.float32


def test_shards_in_which_nothing_changed_are_the_same() -> None:
    texts = {f"b{number}": {A: 1, B: number + 1} for number in range(300)}
    before = made(texts)
    assert len(before.shards) > 40
    after = made({**texts, "b7": {C: 1}}, before)
    assert sum(shard is not before.shards[n] for n, shard in after.shards.items()) == 1
    del texts["b8"]
    assert sum(s is not after.shards.get(n) for n, s in made(texts, after).shards.items()) <= 2


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(replace(SHARD, texts={"a": b"short"}), id="a digest too short"),
        pytest.param(replace(SHARD, ends=np.array([0, 2])), id="of another length"),
        pytest.param(replace(SHARD, ends=np.array([0])), id="of another number"),
        pytest.param(replace(SHARD, counts=np.array([1.0])), id="of another width"),
    ],
)
def test_a_shard_that_does_not_hold_together_is_refused(spoilt: Shard) -> None:
    assert shard_from_bytes(shard_to_bytes(SHARD)).texts == SHARD.texts
    with pytest.raises(ValueError, match="no shard"):
        shard_from_bytes(shard_to_bytes(spoilt))
