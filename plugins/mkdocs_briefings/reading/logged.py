"""What an earlier version of a file logs: read leniently, since no one mends the past."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from ..catalog.briefing import Briefing
from .handler import HANDLER
from .nodes import Fault
from .text import decode
from .values import day

Entry = tuple[str, date, str]
"""`update` or `correction`, its day, its text without needless spaces."""


def logged(data: bytes) -> frozenset[Entry]:
    """The updates and corrections that a file's front matter names.

    Nothing where it cannot be read: what it said is then not known.
    """
    try:
        front, _ = HANDLER.split(decode(data))
        keys = HANDLER.load(front)
    except Fault:
        return frozenset()
    found = [("update", keys.get("updated"), "")]
    corrections = keys.get("corrections")
    for entry in corrections if isinstance(corrections, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("text"), str):
            found.append(("correction", entry.get("date"), entry["text"]))
    return frozenset(_entries(found))


def logged_now(briefing: Briefing) -> frozenset[Entry]:
    """The updates and corrections of a briefing as it stands."""
    found: list[tuple[str, date, str]] = [
        ("correction", correction.date, plain(correction.text))
        for correction in briefing.corrections
    ]
    if briefing.updated:
        found.append(("update", briefing.updated, ""))
    return frozenset(found)


def plain(text: str) -> str:
    """A text as it is compared: how its lines were broken says nothing."""
    return " ".join(text.split())


def _entries(found: Iterable[tuple[str, Any, str]]) -> Iterable[Entry]:
    for kind, value, text in found:
        try:
            yield kind, day(value), plain(text)
        except PydanticCustomError:
            continue
