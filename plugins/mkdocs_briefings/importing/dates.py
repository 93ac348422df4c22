"""Dates as old sites write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"(?:\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})(?:\s+[A-Z]{1,4})?)?)?"
)
IN_NAME = re.compile(r"(?:\A|/)(\d{4})-(\d{1,2})-(\d{1,2})[-_]?(?=[^/]*\Z)")
IN_PATH = re.compile(r"(?:\A|/)((?:19|20)\d{2})/(\d{2})(?:/(\d{2}))?/")
_WORDY = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%Y%m%d", "%a %d %B %Y")


def moment(typed: str) -> tuple[date | datetime | None, bool]:
    """The date, or date-time where a zone stands with it; with it, whether a time of day was left
    out for want of a zone. None for what is no date between 1900 and 2100."""
    typed = " ".join(typed.split())
    found = _MOMENT.fullmatch(typed)
    try:
        if found:
            year, month, day = (int(found[n]) for n in (1, 2, 3))
            if found[4] is None:
                return _sane(date(year, month, day)), False
            clock = [int(found[n] or 0) for n in (4, 5, 6)]
            if found[7] is None:
                return _sane(date(year, month, day)), any(clock)
            hour, minute, second = clock
            zone = _zone(found[7])
            return _sane(datetime(year, month, day, hour, minute, second, tzinfo=zone)), False
        for pattern in _WORDY:
            try:
                return _sane(datetime.strptime(typed, pattern).date()), False
            except ValueError:
                continue
        sent = parsedate_to_datetime(typed)
        return (_sane(sent), False) if sent.tzinfo else (_sane(sent.date()), True)
    except (ValueError, TypeError, OverflowError):
        return None, False


def _zone(typed: str) -> timezone:
    if typed in {"Z", "UTC", "GMT"}:
        return timezone(timedelta(0))
    hours, minutes = int(typed[1:3]), int(typed[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if typed[0] == "-" else offset)


def _sane(day: date | datetime) -> date | datetime | None:
    return day if 1900 <= day.year <= 2100 else None


def only_day(moment: date | datetime) -> date:
    """The calendar day, in the zone it was written in."""
    return moment.date() if isinstance(moment, datetime) else moment


def in_path(path: str) -> tuple[date | None, str]:
    """A day that a file's name begins with, or else that its folders give; and the name's rest,
    without the ending."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    found = IN_NAME.search(path)
    try:
        if found:
            rest = path[found.end() :].rpartition(".")[0]
            return date(int(found[1]), int(found[2]), int(found[3])), rest
        folders = IN_PATH.search(path)
        if folders:
            return date(int(folders[1]), int(folders[2]), int(folders[3] or 1)), name
    except ValueError:
        pass
    return None, name
