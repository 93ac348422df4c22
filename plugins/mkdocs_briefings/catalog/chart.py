"""A chart: a few figures of a briefing, drawn from the text block in which they are written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MOST_ROWS = 40
"""Rows of a chart: more is a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: what is measured, and its figure."""

    label: str
    value: Decimal
    shown: str
    """The figure as written, so that `10.50` stays what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A row of bars, which is a table with a drawing beside each figure."""

    title: str
    """What the figures say, in one line."""
    bars: tuple[Bar, ...]
    """In the order of the text, which is the order on the page."""
    unit: str = ""
    note: str = ""
    source: int = 0
    """1-based number of the briefing's source; 0 for none."""
    first: int
    """Line of the body where the block begins, 0-based."""
    last: int
    """Line of its closing fence."""
