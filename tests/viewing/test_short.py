"""Views in short: equal for equal views alone, whatever in them differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from mkdocs_briefings.composing.inputs import digest
from mkdocs_briefings.viewing.make import Views
from mkdocs_briefings.viewing.records import View
from mkdocs_briefings.viewing.short import InShort

from .test_ground import HELD, shelf_of


@pytest.fixture(scope="module")
def every() -> list[View]:
    return list(Views.of(shelf_of(HELD)))


def test_what_is_equal_is_so_in_short_and_nothing_else(every: list[View]) -> None:
    short, other = InShort(), InShort()
    assert [digest(short(view)) for view in every] == [digest(other(view)) for view in every]
    assert len({digest(short(view)) for view in every}) == len(every)


def test_each_field_of_a_view_and_of_what_it_holds_tells(every: list[View]) -> None:
    short, seen = InShort(), set[str]()
    for view in every:
        before = digest(short(view))
        for path, changed in _changed(view):
            seen.add(path)
            assert before
            assert digest(short(changed)) != before, path
    # Among them what is held by cards that others hold, too.
    assert {"RelatedCard.card", "Card.title", "TopicRef.title", "YearGroup.cards"} <= seen


def _changed(value: Any) -> Iterator[tuple[str, Any]]:
    """A value once for each field in it and below, with another value there."""
    if isinstance(value, tuple):
        for place, one in enumerate(value[:2]):
            for path, changed in _changed(one):
                yield path, (*value[:place], changed, *value[place + 1 :])
        return
    if not is_dataclass(value) or isinstance(value, type):
        return
    for field in fields(value):
        held = getattr(value, field.name)
        yield f"{type(value).__name__}.{field.name}", replace(value, **{field.name: _other(held)})
        for path, changed in _changed(held):
            yield path, replace(value, **{field.name: changed})


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}!"
        case date():
            return value.replace(year=value.year + 1)
        case tuple():
            return (*value, *value[:1]) if value else ("more",)
        case None:
            return "some"
    return None
