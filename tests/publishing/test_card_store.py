"""Kept cards save time and change no byte, whatever happens to the folder they are kept in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.publishing import card_store
from mkdocs_briefings.publishing.card_store import CardStore, key
from mkdocs_briefings.publishing.cards import SHAPES, SHARED, SocialCard

CARD = SocialCard(site="The Specimen", headline="Quota review opens", day="17 March 2026")
OTHER = replace(CARD, headline="Quota review ends")
BOTH = (SHARED, SHAPES["1x1"])


def test_a_card_is_drawn_once(tmp_path: Path) -> None:
    first = CardStore(tmp_path / "a" / "b")
    fresh = CardStore().get(CARD, BOTH)
    assert first.get(CARD, BOTH) == fresh
    again = CardStore(tmp_path / "a" / "b")
    assert again.get(CARD, BOTH) == fresh
    assert (first.drawn, again.drawn) == (1, 0)
    assert [len(fresh), len(set(fresh))] == [2, 2]
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [key(CARD, BOTH)]


def replaced(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "a bit": lambda path: path.write_bytes(
        path.read_bytes()[:-50] + b"!" + path.read_bytes()[-49:]
    ),
    "noise": lambda path: path.write_bytes(b"\x80\x04\x95" + bytes(range(256)) * 9),
    "another card": lambda path: path.write_bytes(b"0" * 16 + CardStore().get(OTHER, BOTH)[0]),
    "gone": lambda path: path.unlink(),
    "a folder": replaced,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_card_is_drawn_anew(damage: Callable[[Path], object], tmp_path: Path) -> None:
    fresh = CardStore(tmp_path).get(CARD, BOTH)
    damage(tmp_path / key(CARD, BOTH))
    store = CardStore(tmp_path)
    assert store.get(CARD, BOTH) == fresh
    assert store.drawn == 1


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = CardStore(tmp_path / "file" / "cards")
    assert store.get(CARD, BOTH) == CardStore().get(CARD, BOTH)
    store.prune()


def test_what_was_not_asked_for_is_removed(tmp_path: Path) -> None:
    before = CardStore(tmp_path)
    before.get(CARD, BOTH)
    before.get(OTHER, BOTH)
    (tmp_path / "left-over.123.part").write_bytes(b"half")
    (tmp_path / "folder").mkdir()
    after = CardStore(tmp_path)
    after.get(CARD, BOTH)
    after.prune()
    assert {path.name for path in tmp_path.iterdir()} == {key(CARD, BOTH), "folder"}
    CardStore().prune()


def test_every_field_is_in_the_key() -> None:
    keys = {key(CARD, BOTH)}
    for field in fields(SocialCard):
        value = getattr(CARD, field.name)
        other = not value if isinstance(value, bool) else value * 2 if value else type(value)("7")
        changed: dict[str, Any] = {field.name: other}
        keys.add(key(replace(CARD, **changed), BOTH))
    assert len(keys) == len(fields(SocialCard)) + 1


def test_the_shapes_are_in_the_key() -> None:
    every = (SHARED, *SHAPES.values())
    keys = {key(CARD, asked) for asked in (BOTH, BOTH[::-1], (SHARED,), every)}
    assert len(keys) == 4


def test_another_design_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(CARD, BOTH)
    card_store._tools.cache_clear()
    monkeypatch.setattr(card_store, "VERSION", 10_000)
    after = key(CARD, BOTH)
    card_store._tools.cache_clear()
    assert before != after
