"""How a language writes a date: patterns and names of months, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .english import MONTHS

SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "day": "",
        "day_month": "MMMMd",
        "month_year": "yMMMM",
        "month": "LLLL",
        "short_date": "yMMMd",
        "short_day": "MMMd",
        "short_month_year": "yMMM",
        "short_month": "LLL",
    }
)
"""Every way in which a date is shown, and its name in Unicode's tables (a CLDR skeleton or a
pattern); `day` is the long form of a language."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes dates in one language. Plain data, so that a date costs less than a microsecond."""

    texts: Mapping[str, tuple[str, ...]]
    """By shape, for January to December, with `%(d)s` for the day and `%(y)s` for the year."""

    def format(self, value: date, shape: str) -> str:
        """A date in one of `SHAPES`.

        Raises:
            KeyError: If there is no such shape.
        """
        return self.texts[shape][value.month - 1] % {"d": value.day, "y": value.year}


def made(patterns: Mapping[str, str], months: Sequence[Mapping[str, str]]) -> Dates:
    """Dates from a language's patterns, by shape, and the forms of its months' names.

    Raises:
        KeyError: If a pattern has a field that is neither day, year nor a form of a month.
    """
    kept = {"d": "%(d)s", "y": "%(y)s"}
    texts = {
        shape: tuple(pattern % {**month, **kept} for month in months)
        for shape, pattern in patterns.items()
    }
    return Dates(MappingProxyType(texts))


ENGLISH: Final = made(
    {
        "day": "%(d)s %(MMMM)s %(y)s",
        "day_month": "%(d)s %(MMMM)s",
        "month_year": "%(MMMM)s %(y)s",
        "month": "%(MMMM)s",
        "short_date": "%(d)s %(MMM)s %(y)s",
        "short_day": "%(d)s %(MMM)s",
        "short_month_year": "%(MMM)s %(y)s",
        "short_month": "%(MMM)s",
    },
    # Three letters for every month, `Sep` too.
    [{"MMMM": name, "MMM": name[:3]} for name in MONTHS],
)
"""British order. Written by hand, since Babel takes longer to start than an English site has."""
