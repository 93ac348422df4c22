"""Into which parts the index of a large archive is cut, so that an edit makes one of them anew.

Pagefind indexes pages afresh in every run, some 2.5 ms of work for each. An archive of a few
thousand is one part, which is the least to load and weighs every word against all pages. A larger
one is cut by years, and a year of many pages into halves, quarters or less: smaller parts are made
anew sooner and in less memory, and are more to load. What changes from day to day is the newest
part: the latest years, and pages that gather what others say.

Where a cut is depends on the calendar, and on how many pages there are between it and the next: a
page that is added far back moves no cut of other years, but for years so small that they are taken
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .records import Entry, Filed

LARGE = 4_000
"""Pages up to which an archive is one part."""
OLDER = 1_250
"""Pages that an older part holds at most; one month it always holds. Of 10,000 pages a query loads
270 to 320 kB up to its first result; with 2,500 it is 250 to 290, and with 700 it is 300 to 385."""
RECENT = 350
"""Pages of whole years that the newest part holds at most; the latest year it always holds."""

_DATED = frozenset({"briefing", "edition"})
"""Kinds whose pages keep their day. That of a topic is the day of the last briefing on it."""


def divided(found: Sequence[Entry]) -> dict[str, list[Entry]]:
    """What can be found by the name of its part, the newest part first, each in the order given.

    The newest part has no name, each other that of its first year, or the month with which it
    begins where a year is cut: `2015-07`. What belongs where depends on
    the records alone and not on earlier builds.
    """
    months = Counter(entry.filed.date[:7] for entry in found if _is_dated(entry.filed))
    parts = dict(_parts(months)) if len(found) > LARGE else {}
    name_of = {month: name for name, held in parts.items() for month in held}
    made: dict[str, list[Entry]] = {name: [] for name in ("", *sorted(parts, reverse=True))}
    for entry in found:
        filed = entry.filed
        made[name_of.get(filed.date[:7], "") if _is_dated(filed) else ""].append(entry)
    return made


def _is_dated(filed: Filed) -> bool:
    return filed.kind in _DATED and bool(filed.date)


def _parts(months: Counter[str]) -> Iterator[tuple[str, list[str]]]:
    """Name and months of each older part, oldest first.

    Args:
        months: The pages of each: `2015-07`.
    """
    years: dict[str, list[str]] = {}
    for month in sorted(months):
        years.setdefault(month[:4], []).append(month)
    sizes = {year: sum(months[month] for month in held) for year, held in years.items()}
    older = list(years)
    recent = older.pop() if older else ""
    size = sizes.get(recent, 0)
    while older and size + sizes[older[-1]] <= RECENT:
        size += sizes[older.pop()]
    part: list[str] = []
    size = 0
    for year in older:
        if part and size + sizes[year] > OLDER:
            yield part[0], [month for each in part for month in years[each]]
            part, size = [], 0
        if sizes[year] > OLDER:
            yield from _cut(years[year], months)
        else:
            part.append(year)
            size += sizes[year]
    if part:
        yield part[0], [month for each in part for month in years[each]]


def _cut(year: list[str], months: Counter[str]) -> Iterator[tuple[str, list[str]]]:
    """The months of a year in pieces of the same length, as few as are small enough."""
    for length in (6, 4, 3, 2, 1):
        pieces: dict[str, list[str]] = {}
        for month in year:
            first = (int(month[5:]) - 1) // length * length + 1
            pieces.setdefault(f"{month[:4]}-{first:02}", []).append(month)
        if all(sum(months[month] for month in held) <= OLDER for held in pieces.values()):
            break
    yield from pieces.items()
