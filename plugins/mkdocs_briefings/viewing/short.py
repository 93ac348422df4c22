"""Views in short: to be digested, with a digest in the place of each card.

A site has a card for each briefing, and some ten views show each of them: to encode them all anew
would take longer than all else that a view holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, get_args, get_type_hints

import msgspec

from .parts import Card

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class InShort:
    """Gives plain values for records that may hold cards: equal ones for equal records, and for no
    others of the same type. Remembers each card that it has seen."""

    def __init__(self) -> None:
        self._cards: dict[int, tuple[Card, bytes]] = {}
        """With the cards themselves: as long as one is here, no other has its number."""

    def __call__(self, value: Any) -> object:
        if type(value) is Card:
            known = self._cards.get(id(value))
            if known is None:
                digest = blake2b(_encode(value), digest_size=16).digest()
                known = self._cards[id(value)] = value, digest
            return known[1]
        if type(value) is tuple:
            return list(map(self, value))
        kind: Any = type(value)
        plain, holding = _fields(kind)
        if holding is None:
            return value
        # Most of a view is empty.
        return plain(value), [one and self(one) for one in holding(value)]


@cache
def _fields(kind: Any) -> tuple[Callable[[Any], object], Callable[[Any], Sequence[Any]] | None]:
    """What gives the fields of a record in which there can be no cards, and what gives the others;
    None for what holds no cards."""
    if not is_dataclass(kind):
        return _nothing, None
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    holding = [name for name in names if _may_hold(hints[name])]
    plain = [name for name in names if name not in holding]
    return _getter(plain), _getter(holding) if holding else None


def _getter(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """Gives the values of some fields."""
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names) if names else _nothing


def _nothing(value: object) -> Sequence[Any]:
    """The values of no fields."""
    return ()


@cache
def _may_hold(hint: Any) -> bool:
    """Whether a value of a type may be a card or hold one."""
    if hint is Card or any(map(_may_hold, get_args(hint))):
        return True
    if not is_dataclass(hint):
        return False
    return any(map(_may_hold, get_type_hints(hint).values()))
