"""The table of what builds cost, as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .measuring import Cost

HEAD = "| {size:,} articles | CPU s | wall s | memory MB | files | site MB | growth | makes also |"
RULE = "|---|--:|--:|--:|--:|--:|--:|---|"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one candidate did with one corpus."""

    key: str
    name: str
    makes: str
    size: int
    """Articles of the corpus."""
    cost: Cost | None
    """None where nothing could be measured."""
    note: str = ""
    """Why, then."""


def tables(rows: Sequence[Row]) -> str:
    """A table for each size, the smallest first."""
    sizes = sorted({row.size for row in rows})
    return "\n\n".join(table([row for row in rows if row.size == size], rows) for size in sizes)


def table(shown: Sequence[Row], rows: Sequence[Row]) -> str:
    """The rows of one size; `rows` are those of all sizes, for the growth."""
    return "\n".join(
        [HEAD.format(size=shown[0].size), RULE, *(_line(row, growth(row, rows)) for row in shown)]
    )


def _line(row: Row, grown: float | None) -> str:
    cells = [row.name]
    if row.cost is None:
        cells += [row.note, *[""] * 5]
    else:
        cost = row.cost
        cells += [
            _seconds(cost.cpu),
            _seconds(cost.wall),
            f"{cost.peak / 1e6:,.0f}",
            f"{cost.files:,}",
            f"{cost.size / 1e6:,.0f}",
            "" if grown is None else f"{grown:.2f}",
        ]
    return "| " + " | ".join([*cells, row.makes]) + " |"


def _seconds(value: float) -> str:
    """Three digits, as far as they mean something.

    >>> _seconds(1.234), _seconds(56.78), _seconds(1234.5)
    ('1.23', '56.8', '1,234')
    """
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def growth(row: Row, rows: Iterable[Row]) -> float | None:
    """Exponent of a candidate's CPU time from its smallest corpus to this; None for that itself."""
    own = [other for other in rows if other.key == row.key and other.cost is not None]
    if row.cost is None or not own:
        return None
    first = min(own, key=lambda other: other.size)
    if first.cost is None or first.size == row.size:
        return None
    return exponent((first.size, first.cost.cpu), (row.size, row.cost.cpu))


def exponent(small: tuple[int, float], large: tuple[int, float]) -> float:
    """The `k` of `time = c * size ** k` through two measurements: 1 is in proportion.

    >>> exponent((1000, 2.0), (10_000, 20.0)), exponent((10, 3.0), (20, 12.0))
    (1.0, 2.0)
    """
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
