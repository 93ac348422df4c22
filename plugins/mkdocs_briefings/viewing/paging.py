"""Long lists, paged from the oldest end: a new briefing changes the first page alone."""

from __future__ import annotations

from collections.abc import Sequence

from . import addresses as places
from .parts import Older, Ref
from .shelf import Shelf


def pages(slugs: Sequence[str], size: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Split a list, oldest first, into what the list's own page shows and its older pages.

    Older pages are full and counted from the oldest, so they stay what they are; the list's own
    page holds what remains, `size` to `2 × size - 1` briefings once there are older ones.

    >>> pages("abcdefg", 3)
    (('d', 'e', 'f', 'g'), [('a', 'b', 'c')])
    """
    full = max(0, len(slugs) // size - 1)
    older = [tuple(slugs[i * size : (i + 1) * size]) for i in range(full)]
    return tuple(slugs[full * size :]), older


def first_paging(shelf: Shelf, place: str, count: int) -> Older:
    """Links of the list's own page, when it has `count` older pages."""
    if not count:
        return Older(newer=None, older=None)
    return Older(newer=None, older=_ref(shelf, "older", places.older(place, count)))


def older_paging(shelf: Shelf, place: str, number: int, count: int) -> Older:
    """Links of older page `number`, 1 being the oldest of `count`."""
    newer = place if number == count else places.older(place, number + 1)
    return Older(
        newer=_ref(shelf, "newer", newer),
        older=_ref(shelf, "older", places.older(place, number - 1)) if number > 1 else None,
    )


def _ref(shelf: Shelf, key: str, place: str) -> Ref:
    return Ref(title=shelf.site.language.word(key), url=shelf.site.addresses.url(place))
