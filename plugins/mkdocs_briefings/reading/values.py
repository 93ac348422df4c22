"""Texts → values: each kind of value parses its own text and says what is wrong with it.

The parsers raise pydantic's custom errors: the type is one of our codes, the message is ours, and
the context holds the hint. They are given texts only: nothing was guessed by YAML before.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from pydantic_core import PydanticCustomError

from ..catalog.languages import TAG
from .text import short

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1900, 2100

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ]+(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) *(Z|z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_NAMED = re.compile(
    r"(?:[a-z]{3,9},? +)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? +(?:of +)?(?P<m1>[a-z]{3,9})\.?"
    r"|(?P<m2>[a-z]{3,9})\.? +(?P<d2>\d{1,2})(?:st|nd|rd|th)?),? +(?P<y>\d{4})(?:[ ,].*)?",
    re.ASCII | re.IGNORECASE,
)
_MONTH_NAMES = ("january february march april may june july august september october november "
                "december").split()  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WHOLE = re.compile(
    r"(?:(?P<w>[a-z]{3,9})\.?,? +)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? +(?:of +)?(?P<m1>[a-z]{3,9})"
    r"\.?|(?P<m2>[a-z]{3,9})\.? +(?P<d2>\d{1,2})(?:st|nd|rd|th)?),? +(?P<y>\d{4})",
    re.ASCII | re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})", re.ASCII)
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?", re.ASCII)
_HTTP = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+[^\s<>\"\\^`{|}]*", re.IGNORECASE)


def wrong(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error that `validate` turns into a problem with this code."""
    # Pydantic fills braces of the template from the context: the message must not be one.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _text(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    kind = "a list" if isinstance(value, list) else "a mapping"
    raise wrong("bad-type", f"{kind} where {wanted} is wanted")


def day(value: Any) -> date:
    """A calendar day, `2026-03-17`. The time of a date-time is refused, not dropped."""
    text = _text(value, "a date")
    found = _DAY.fullmatch(text)
    if found:
        return _calendar(text, *map(int, found.groups()))
    if _MOMENT.fullmatch(text):
        raise wrong(
            "bad-date", f"'{short(text)}' has a time; a day is wanted", f"write {text[:10]}"
        )
    raise _no_date(text)


def moment(value: Any) -> date | datetime:
    """A calendar day, or a date-time with its zone."""
    text = _text(value, "a date")
    found = _MOMENT.fullmatch(text)
    if not found:
        return day(text)
    calendar, clock, zone = found.groups()
    day(calendar)
    if not zone:
        hint = f"add the zone, as in {calendar}T{clock}Z, or leave the time out"
        raise wrong("bad-date", f"'{short(text)}' has a time without a zone", hint)
    offset = "+00:00" if zone in "Zz" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        when = datetime.fromisoformat(f"{calendar}T{clock}{offset}")
        when.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"'{short(text)}' is not a time of day"
        raise wrong("bad-date", message, "hours go to 23, minutes and seconds to 59") from None
    return when


def partial(value: Any) -> tuple[date, str, str]:
    """A day, a month or a year: its first day, the precision, and the text as written."""
    text = _text(value, "a date")
    found = _PARTIAL.fullmatch(text)
    if not found:
        return day(text), "day", text
    year, month = found.groups()
    return _calendar(text, int(year), int(month or 1), 1), "month" if month else "year", text


def _calendar(text: str, year: int, month: int, number: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"'{short(text)}' is not between {FIRST_YEAR} and {LAST_YEAR}"
        raise wrong("bad-date", message, "is the year right?")
    if not 1 <= month <= 12:
        hint = "write year, month, day: 2026-03-17"
        if month <= 31 and 1 <= number <= 12:
            hint = f"write {year}-{number:02}-{month:02}, if the month is {number}"
        message = f"'{short(text)}' does not exist: there is no month {month}"
        raise wrong("bad-date", message, hint)
    try:
        return date(year, month, number)
    except ValueError:
        named = f"{MONTHS[month - 1].title()} {year}"
        message = f"'{short(text)}' does not exist: {named} has no day {number}"
        raise wrong("bad-date", message, "is the day right?") from None


def meant(text: str) -> str:
    """The ISO day that a text surely means though it is written otherwise; empty for none.

    Nothing is guessed and nothing is lost: no day that may be a month, no year of two digits, no
    time that would be dropped, no weekday that contradicts the date.

    >>> meant("17 March 2026"), meant("3/17/2026"), meant("2026.3.7"), meant("Tue, Mar 17th, 2026")
    ('2026-03-17', '2026-03-17', '2026-03-07', '2026-03-17')
    >>> meant("04/05/2026"), meant("17 March 2026, noon"), meant("Wed, 17 March 2026")
    ('', '', '')
    """
    weekday = ""
    if _DAY.fullmatch(text):
        return ""
    if named := _WHOLE.fullmatch(text):
        word = (named["m1"] or named["m2"]).lower()
        month = next((n for n, m in enumerate(_MONTH_NAMES, 1) if m.startswith(word)), 0)
        parts = int(named["y"]), 9 if word == "sept" else month, int(named["d1"] or named["d2"])
        weekday = (named["w"] or "").lower()
    elif numbers := _NUMBERS.fullmatch(text):
        first, second, third = numbers.groups()
        one, two = int(first), int(second)
        if len(first) == 4 and len(third) <= 2:
            parts = one, two, int(third)
        elif len(first) <= 2 and len(third) == 4 and (one > 12 or two > 12 or one == two):
            parts = (int(third), two, one) if one > 12 or one == two else (int(third), one, two)
        else:
            return ""
    else:
        return ""
    try:
        found = date(*parts)
    except ValueError:
        return ""
    known = FIRST_YEAR <= found.year <= LAST_YEAR
    agrees = not weekday or _WEEKDAYS[found.weekday()].startswith(weekday)
    return found.isoformat() if known and agrees else ""


def _no_date(text: str) -> PydanticCustomError:
    if _TIME.fullmatch(text):
        return wrong("bad-date", f"'{text}' is a time, not a date", "write the day: 2026-03-17")
    named = _NAMED.fullmatch(text)
    if named:
        name = (named["m1"] or named["m2"]).lower()
        month = next((n for n, m in enumerate(MONTHS, 1) if name.startswith(m)), 0)
        number = int(named["d1"] or named["d2"])
        if month and 1 <= number <= 31:
            iso = f"{named['y']}-{month:02}-{number:02}"
            return wrong("bad-date", f"'{short(text)}' is not an ISO date", f"write {iso}")
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _numeric(text, *numbers.groups())
    if _PARTIAL.fullmatch(text):
        message = f"'{text}' is not a whole date"
        return wrong("bad-date", message, "write year, month and day: 2026-03-17")
    hint = "write year, month and day: 2026-03-17"
    return wrong("bad-date", f"'{short(text)}' is not a date", hint)


def _numeric(text: str, first: str, second: str, third: str) -> PydanticCustomError:
    """Numbers with some sign between: the ISO form only where just one reading exists."""
    message = f"'{text}' is not an ISO date"
    if len(first) == 4:
        iso = f"{first}-{int(second):02}-{int(third):02}"
        return wrong("bad-date", message, f"write {iso}")
    one, two = int(first), int(second)
    if len(third) == 4 and one <= 31 and two <= 31:
        if one > 12 >= two or one == two:
            return wrong("bad-date", message, f"write {third}-{two:02}-{one:02}")
        if two > 12 >= one:
            return wrong("bad-date", message, f"write {third}-{one:02}-{two:02}")
        hint = f"write {third}-{one:02}-{two:02} or {third}-{two:02}-{one:02}, whichever is meant"
        return wrong("bad-date", message, hint)
    return wrong("bad-date", message, "write year, month and day: 2026-03-17")


def truth(value: Any) -> bool:
    """`true` or `false`, and nothing that YAML takes for them elsewhere."""
    text = _text(value, "true or false")
    if text in ("true", "false"):
        return text == "true"
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false", "y": "true", "n": "false"}
    word = text.lower()
    hint = f"write {meant.get(word, word)}" if word in (*meant, "true", "false") else ""
    raise wrong("bad-type", f"'{short(text)}' is neither true nor false", hint)


def number(value: Any) -> int:
    """A whole number, at most 9,999: no sign, no point, no grouping."""
    text = _text(value, "a number")
    if re.fullmatch(r"\d{1,4}", text, re.ASCII):
        return int(text)
    raise wrong("bad-type", f"'{short(text)}' is not a whole number up to 9999")


def language(value: Any) -> str:
    """A BCP 47 tag, by its form: `en`, `pt-BR`, `zh-Hant`."""
    text = _text(value, "a language tag")
    if TAG.fullmatch(text):
        return text
    raise wrong("bad-lang", f"'{short(text)}' is not a language tag", "write `en`, `es` or `pt-BR`")


def web(value: Any) -> str:
    """An http or https address."""
    text = _text(value, "an address")
    if _HTTP.fullmatch(text):
        return text
    message = f"'{short(text)}' is not a web address; it is not published"
    raise wrong("bad-url", message, "write the whole address: https://…")
