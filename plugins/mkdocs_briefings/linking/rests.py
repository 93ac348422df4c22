"""What lists of related briefings rest on, as digests: lists are those of before if these are.

No numbers are crunched here, so nothing that crunches them is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter

import msgspec

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .graph import Related
from .sequences import ancestors

_TEXTS = frozenset({"title", "summary", "summary_written", "key_points", "why", "body"})
_NOT_USED = frozenset(
    {
        *("path", "events", "corrections", "aliases", "facts", "place", "editor", "number"),
        *("updated", "image"),
    }
)
_rest = attrgetter(
    *(field.name for field in fields(Briefing) if field.name not in _TEXTS | _NOT_USED | {"slug"})
)
"""All that a list may depend on besides texts; what is new in a briefing counts until it is known
not to matter."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True)
class Rests:
    """What the lists of a catalog rest on."""

    texts: Mapping[str, bytes]
    """By slug: a digest of all texts that its words and reasons come from."""
    frame: bytes
    """A digest of everything else that lists depend on."""

    @cached_property
    def key(self) -> str:
        """One digest of all."""
        told = [f"{slug}\0".encode() + self.texts[slug] for slug in sorted(self.texts)]
        return blake2b(b"".join([self.frame, *told]), digest_size=16).hexdigest()


def rests_on(
    catalog: Catalog,
    cited: Mapping[str, Iterable[str]],
    limit: int,
    texts: Mapping[str, bytes] | None = None,
) -> Rests:
    """What the lists of a catalog rest on; arguments as for ranking.

    `texts` has the digest of each briefing's texts by slug, where they are known.
    """
    known = texts or {}
    digests = {
        slug: known.get(slug) or text_digest(briefing)
        for slug, briefing in catalog.briefings.items()
    }
    return Rests(digests, _frame(catalog, cited, limit))


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a catalog, and what they are the lists of."""

    key: str
    """`Rests.key`."""
    by_slug: Mapping[str, tuple[Related, ...]]


_LISTS = msgspec.msgpack.Decoder(Lists)


def lists_to_bytes(lists: Lists) -> bytes:
    """Lists, for `lists_from_bytes`."""
    # Not JSON, which has no word for the infinity that is the score of a curated entry.
    return msgspec.msgpack.encode(lists)


def lists_from_bytes(data: bytes) -> Lists:
    """What `lists_to_bytes` was given.

    Raises:
        ValueError: If the bytes are none that it gave.
    """
    try:
        return _LISTS.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no lists: {error}") from error


def text_digest(briefing: Briefing) -> bytes:
    """A digest of all texts that the words and reasons of a briefing come from."""
    points = "\0".join(point.text for point in briefing.key_points)
    summary = briefing.summary
    parts = (briefing.title, summary, str(briefing.summary_written), points, briefing.why)
    text = "\1".join((*parts, briefing.body.own_text))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _frame(catalog: Catalog, cited: Mapping[str, Iterable[str]], limit: int) -> bytes:
    digest = blake2b(_told((limit, sorted(ancestors(catalog).items()))), digest_size=16)
    for slug in sorted(catalog.briefings):
        digest.update(_told((slug, _rest(catalog.briefings[slug]), sorted(cited.get(slug, ())))))
    return digest.digest()


def _told(values: tuple[object, ...]) -> bytes:
    try:
        return _encode(values)
    except UnicodeEncodeError:  # Of half a pair of surrogates.
        return repr(values).encode("utf-8", "backslashreplace")
