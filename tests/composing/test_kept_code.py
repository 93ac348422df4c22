"""Code of templates, kept for other processes: whole, or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs_briefings.composing import kept_code

KEY = "ab" * 16
CODE = {"one": b"1", "two": bytes(range(256))}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps the code of modules."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def files(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.is_file())


def test_it_is_found_by_its_key() -> None:
    kept_code.keep(KEY, CODE)
    assert kept_code.load(KEY) == CODE
    assert kept_code.load("cd" * 16) == {}


def test_none_is_kept_where_python_keeps_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_code.keep("", CODE)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_code.keep(KEY, CODE)
    assert list(files(place)) == []
    assert kept_code.load(KEY) == kept_code.load("") == {}


def test_a_place_that_cannot_be_written_is_done_without(place: Path) -> None:
    place.rmdir()
    place.write_bytes(b"no folder")
    kept_code.keep(KEY, CODE)
    assert kept_code.load(KEY) == {}


@pytest.mark.parametrize("at", [0, 15, 16, 40, -1])
def test_what_is_damaged_is_none(place: Path, at: int) -> None:
    kept_code.keep(KEY, CODE)
    (path,) = files(place)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert kept_code.load(KEY) == {}
    path.write_bytes(data[:at])
    assert kept_code.load(KEY) == {}


def test_what_is_kept_for_others_is_none(place: Path) -> None:
    kept_code.keep(KEY, CODE)
    (path,) = files(place)
    other = "cd" * 16
    path.rename(path.with_name(path.name.replace(KEY, other)))
    assert kept_code.load(other) == {}


def test_the_oldest_go(place: Path) -> None:
    keys = [f"{number:032x}" for number in range(kept_code.KEPT + 2)]
    for number, key in enumerate(keys):
        kept_code.keep(key, CODE)
        for path in files(place):
            if key in path.name:
                os.utime(path, (number, number))
    assert [key for key in keys if kept_code.load(key)] == keys[2:]
