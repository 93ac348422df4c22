"""Into which parts the index of a large archive is cut, so that an edit makes one of them anew.

Pagefind indexes pages afresh in every run, some 2.5 ms of work for each. An archive of a few
thousand is one part, which is the least to load and weighs every word against all pages. A larger
one is cut by years: smaller parts are made anew sooner and in less memory, and are more to load.
What changes from day to day is the newest part: the latest years, and pages that gather what others
say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .records import Record

LARGE = 4_000
"""Pages up to which an archive is one part."""
OLDER = 2_500
"""Pages of whole years that an older part holds at most; one year it always holds."""
RECENT = 500
"""Pages of whole years that the newest part holds at most; the latest year it always holds."""

_DATED = frozenset({"briefing", "edition"})
"""Kinds whose pages keep their day. That of a topic is the day of the last briefing on it."""


def divided(found: Sequence[Record]) -> dict[str, list[Record]]:
    """Records by the name of their part, the newest part first, each in the order given.

    The newest part has no name, each other that of its first year. What belongs where depends on
    the records alone and not on earlier builds.
    """
    counts = Counter(record.date[:4] for record in found if _has_year(record))
    parts = list(_years(counts)) if len(found) > LARGE else []
    name_of = {year: years[0] for years in parts for year in years}
    names = ["", *sorted((years[0] for years in parts), reverse=True)]
    made: dict[str, list[Record]] = {name: [] for name in names}
    for record in found:
        made[name_of.get(record.date[:4], "") if _has_year(record) else ""].append(record)
    return made


def _has_year(record: Record) -> bool:
    return record.kind in _DATED and bool(record.date)


def _years(counts: Counter[str]) -> Iterator[list[str]]:
    """The years of each older part, oldest first."""
    years = sorted(counts)
    recent = years.pop() if years else ""
    size = counts[recent]
    while years and size + counts[years[-1]] <= RECENT:
        size += counts[years.pop()]
    part: list[str] = []
    size = 0
    for year in years:
        if part and size + counts[year] > OLDER:
            yield part
            part, size = [], 0
        part.append(year)
        size += counts[year]
    if part:
        yield part
