"""Views without the cards that they show: of each its slug is left.

After an edit of a title these are what they were, and a view is told by its outline and the cards
of now. They are a twentieth of what views are as bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from . import records
from .parts import Card
from .records import View

_VIEWS: dict[str, type[View]] = {
    kind.__name__: kind
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, View)
}
_encode = msgspec.msgpack.Encoder().encode
_NAMED = msgspec.msgpack.Decoder(tuple[str, msgspec.Raw])


class _Slug(msgspec.Struct, array_like=True):
    """What is left of a card."""

    slug: str


def outline(view: View) -> bytes:
    """A view as bytes, without its cards."""
    kind: Any = type(view)
    told = msgspec.convert(view, _outlined(kind), from_attributes=True)
    return _encode((kind.__name__, told))


def filled(data: bytes, card: Callable[[str], Card]) -> View:
    """The view of an outline.

    Args:
        data: What `outline` gave.
        card: Gives a card by its slug.

    Raises:
        ValueError: If the bytes are none that it gave.
    """
    name, row = _NAMED.decode(data)
    kind: Any = _VIEWS.get(name)
    if kind is None:
        raise ValueError(f"no view is a {name}")
    told = msgspec.msgpack.decode(row, type=_outlined(kind))
    view = _filled(told, card)
    assert isinstance(view, View)
    return view


def _filled(told: Any, card: Callable[[str], Card]) -> Any:
    if isinstance(told, _Slug):
        return card(told.slug)
    if isinstance(told, tuple):
        return tuple([_filled(one, card) for one in told])
    if isinstance(told, msgspec.Struct):
        names = told.__struct_fields__
        made = {name: _filled(getattr(told, name), card) for name in names}
        return _ORIGINS[type(told)](**made)
    return told


_ORIGINS: dict[type, Callable[..., Any]] = {}
"""By the types of outlines, those of what they are of."""


@cache
def _outlined(kind: Any) -> Any:
    """The type of the outline of what is of a type."""
    if kind is Card:
        return _Slug
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple[tuple(map(_outlined, args))]  # type: ignore[misc]
    if origin is UnionType:
        return reduce(or_, map(_outlined, args))
    whole: Any = origin or kind
    hints = get_type_hints(whole) if is_dataclass(whole) else None
    if hints is None:
        return kind
    # One that is generic says elsewhere of what.
    given = dict(zip(getattr(whole, "__parameters__", ()), args, strict=True))
    told = [(field.name, _outlined(_given(hints[field.name], given))) for field in fields(whole)]
    made = msgspec.defstruct(f"{whole.__name__}Outline", told, array_like=True)
    _ORIGINS[made] = whole
    return made


def _given(hint: Any, given: dict[TypeVar, Any]) -> Any:
    """A hint with what stands for its variables."""
    if isinstance(hint, TypeVar):
        return given[hint]
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(given[one] for one in parameters)] if parameters else hint
