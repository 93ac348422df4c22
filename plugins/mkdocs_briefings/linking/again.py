"""Related briefings again, after an edit: only the lists that may have changed are made anew.

The result is that of `related_briefings`, entry for entry. What is kept of the time before can be
turned into bytes and back, and is of use only to the very code that made it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..catalog.catalog import Catalog
from .features import Features, features
from .graph import Related
from .related import Ranking
from .rests import lists_from_bytes, lists_to_bytes, rests_on
from .vectors import Vectors, vectors

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The lists of a catalog, and what they rest on."""

    texts: Mapping[str, bytes]
    """By slug: a digest of all texts that its words and reasons come from."""
    features: Mapping[str, Features]
    frame: bytes
    """A digest of everything else that lists depend on."""
    space: Vectors
    least: NDArray[np.int32]
    """By row of `space`: what a product must reach for its other row to be looked at closely."""
    lists: Mapping[str, tuple[Related, ...]]


_SPOILT = (OSError, EOFError, LookupError, TypeError, ValueError, NotImplementedError)
"""What reading bytes that are something else may end in."""


def related_again(
    catalog: Catalog,
    cited: Mapping[str, Iterable[str]],
    before: Ranked | None,
    *,
    limit: int = 10,
) -> tuple[Ranked, int]:
    """The lists of a catalog, given what is known of an earlier state of it.

    Returns:
        The lists with what they rest on, and how many of them had to be made.
    """
    rests = rests_on(catalog, cited, limit)
    texts, frame = rests.texts, rests.frame
    known = {
        slug
        for slug, digest in (before.texts if before else {}).items()
        if texts.get(slug) == digest
    }
    found = {
        slug: before.features[slug] if before and slug in known else features(briefing)
        for slug, briefing in catalog.briefings.items()
    }
    space = vectors(found)
    ranking = Ranking(catalog, space, cited, limit)
    if before is None or before.frame != frame or before.space.slugs != space.slugs:
        wanted = np.arange(len(space.slugs))
        least, lists = np.zeros(len(space.slugs), np.int32), {}
    else:
        changed = np.array([slug not in known for slug in space.slugs], bool)
        wanted = _affected(before, space, ranking, changed)
        least, lists = before.least.copy(), dict(before.lists)
    lists.update(ranking.lists(wanted))
    least[wanted] = ranking.least[wanted]
    ordered = {slug: lists[slug] for slug in space.slugs}
    return Ranked(texts, found, frame, space, least, ordered), len(wanted)


def _affected(before: Ranked, space: Vectors, ranking: Ranking, changed: NDArray[np.bool_]) -> Rows:
    """The rows whose lists may differ, ascending.

    A list may differ when its own vector moved, when it names a briefing whose vector or text did,
    or when such a one was or is among those looked at closely: its product reaches `least`.
    """
    moved = np.flatnonzero(changed | (_signatures(before.space) != _signatures(space)))
    affected = np.zeros(len(space.slugs), bool)
    affected[moved] = True
    for one in (before.space, space):
        products = (one.rows[moved] @ one.rows.T).tocsr()
        reached = products.data >= before.least[products.indices]
        affected[products.indices[reached]] = True
    for row in moved.tolist():
        affected[list(ranking.signals.beside(row))] = True
    names = {space.slugs[row] for row in moved.tolist()}
    for row, slug in enumerate(space.slugs):
        if not affected[row] and any(entry.slug in names for entry in before.lists[slug]):
            affected[row] = True
    return np.flatnonzero(affected)


def _signatures(space: Vectors) -> NDArray[np.uint64]:
    """A number for each row, different when its terms or weights are.

    The sum of weight times key, where keys are 64-bit hashes: two unlike rows share a number with
    a chance of one in 2⁶⁴.
    """
    matrix = space.rows
    with np.errstate(over="ignore"):
        terms = space.keys[matrix.indices] * matrix.data.astype(np.uint64)
        total = np.concatenate(([np.uint64(0)], np.cumsum(terms, dtype=np.uint64)))
        sums: NDArray[np.uint64] = total[matrix.indptr[1:]] - total[matrix.indptr[:-1]]
    return sums


def to_bytes(ranked: Ranked) -> bytes:
    """All of it, for `from_bytes`."""
    slugs = ranked.space.slugs
    own = [ranked.features[slug] for slug in slugs]
    buffer = io.BytesIO()
    np.savez(
        buffer,
        told=np.frombuffer(lists_to_bytes({s: ranked.lists[s] for s in slugs}), np.uint8),
        texts=np.frombuffer(b"".join(ranked.texts[slug] for slug in slugs), np.uint8),
        frame=np.frombuffer(ranked.frame, np.uint8),
        ends=np.cumsum([0, *(len(one.keys) for one in own)]),
        keys=np.concatenate([np.empty(0, np.uint64), *(one.keys for one in own)]),
        counts=np.concatenate([np.empty(0, np.float32), *(one.counts for one in own)]),
        terms=ranked.space.keys,
        indptr=ranked.space.rows.indptr,
        indices=ranked.space.rows.indices,
        data=ranked.space.rows.data,
        least=ranked.least,
    )
    return buffer.getvalue()


def from_bytes(data: bytes) -> Ranked:
    """What `to_bytes` was given.

    Raises:
        ValueError: If the bytes are none that it gave.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return _loaded({name: arrays[name] for name in arrays.files})
    except (*_SPOILT, zipfile.BadZipFile) as error:
        raise ValueError(f"no ranked archive: {error}") from error


def _loaded(arrays: Mapping[str, NDArray[Any]]) -> Ranked:
    lists = lists_from_bytes(arrays["told"].tobytes())
    slugs = tuple(lists)
    ends, keys, counts = arrays["ends"], arrays["keys"], arrays["counts"]
    texts = arrays["texts"].tobytes()
    rows = sparse.csr_matrix(
        (arrays["data"], arrays["indices"], arrays["indptr"]),
        shape=(len(slugs), len(arrays["terms"])),
    )
    return Ranked(
        texts={slug: texts[16 * n : 16 * n + 16] for n, slug in enumerate(slugs)},
        features={
            slug: Features(keys[start:end], counts[start:end])
            for slug, start, end in zip(slugs, ends, ends[1:], strict=False)
        },
        frame=arrays["frame"].tobytes(),
        space=Vectors(slugs, arrays["terms"], rows),
        least=arrays["least"],
        lists=lists,
    )
