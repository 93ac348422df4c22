"""Each kind of value parses its own text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from mkdocs_briefings.reading import values
from mkdocs_briefings.reading.text import bidi, hidden
from pydantic_core import PydanticCustomError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-17", date(2026, 3, 17)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2026-11-01T09:30:00Z", datetime.fromisoformat("2026-11-01T09:30:00+00:00")),
        ("2026-11-01 09:30:00 -0500", datetime.fromisoformat("2026-11-01T09:30:00-05:00")),
        ("2026-11-01t09:30+05:30", datetime.fromisoformat("2026-11-01T09:30:00+05:30")),
    ],
)
def test_moments(text: str, expected: date) -> None:
    assert values.moment(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("2026-13-45", "", id="no such month"),
        pytest.param("2026-17-03", "2026-03-17", id="day and month exchanged"),
        pytest.param("2026-02-30", "", id="no such day"),
        pytest.param("2026-11-01T09:30:00", "2026-11-01T09:30:00Z", id="no zone"),
        pytest.param("2026-11-01T25:00Z", "23", id="no such hour"),
        pytest.param("12:30", "2026-03-17", id="a time alone"),
        pytest.param("750", "2026-03-17", id="what YAML makes of 12:30"),
        pytest.param("1st Nov 2026", "2026-11-01", id="day, month by name"),
        pytest.param("November 1, 2026", "2026-11-01", id="month by name, day"),
        pytest.param("Sun, 1 Nov 2026 09:30:00 GMT", "2026-11-01", id="RFC 822"),
        pytest.param("17/03/2026", "2026-03-17", id="only one reading"),
        pytest.param("03/17/2026", "2026-03-17", id="only one reading, American"),
        pytest.param("03/04/2026", "2026-03-04 or 2026-04-03", id="two readings"),
        pytest.param("2026/3/7", "2026-03-07", id="slashes"),
        pytest.param("2026-3-7", "2026-03-07", id="no noughts"),
        pytest.param("2026-03", "2026-03-17", id="a month alone"),
        pytest.param("1899-12-31", "year", id="too early"),
        pytest.param("2101-01-01", "year", id="too late"),
        pytest.param("٢٠٢٦-٠٣-١٧", "2026-03-17", id="digits of another script"),
        pytest.param("tomorrow", "2026-03-17", id="a word"),
        pytest.param("", "2026-03-17", id="nothing"),
    ],
)
def test_bad_dates_say_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as stop:
        values.moment(text)
    assert stop.value.type == "bad-date"
    assert stop.value.context is not None
    assert hint in stop.value.context["hint"]
    assert stop.value.context["hint"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", (date(2026, 1, 1), "year", "2026")),
        ("2026-05", (date(2026, 5, 1), "month", "2026-05")),
        ("2026-05-31", (date(2026, 5, 31), "day", "2026-05-31")),
    ],
)
def test_partial_dates(text: str, expected: object) -> None:
    assert values.partial(text) == expected


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        pytest.param(values.partial, "2026-13", "bad-date", id="no such month"),
        pytest.param(values.day, "2026-11-01T09:30:00Z", "bad-date", id="a time with a day"),
        pytest.param(values.truth, "yes", "bad-type", id="yes is not true"),
        pytest.param(values.truth, "1", "bad-type", id="nor is one"),
        pytest.param(values.truth, ["true"], "bad-type", id="nor is a list"),
        pytest.param(values.number, "1e3", "bad-type", id="no exponents"),
        pytest.param(values.number, "-1", "bad-type", id="no signs"),
        pytest.param(values.number, "9" * 5000, "bad-type", id="no huge numbers"),
        pytest.param(values.language, "English", "bad-lang", id="no names of languages"),
        pytest.param(values.language, 'en" onload="', "bad-lang", id="no attributes"),
        pytest.param(values.web, "javascript:alert(1)", "bad-url", id="no scripts"),
        pytest.param(values.web, " java\nscript:x", "bad-url", id="nor hidden ones"),
        pytest.param(values.web, "//bank.example", "bad-url", id="no address without a scheme"),
        pytest.param(values.web, "https://", "bad-url", id="nor without a host"),
        pytest.param(values.web, 'https://bank.example/"x', "bad-url", id="nor with quotes"),
    ],
)
def test_refused(parse: Callable[[Any], object], text: object, code: str) -> None:
    with pytest.raises(PydanticCustomError) as stop:
        parse(text)
    assert stop.value.type == code


def test_taken() -> None:
    assert values.truth("true") is True
    assert values.truth("false") is False
    assert values.number("12") == 12
    for tag in ("en", "pt-BR", "zh-Hant-TW", "es-419", "de-1996"):
        assert values.language(tag) == tag
    for address in ("https://bank.example", "http://a.b/c?d=e&f#g", "HTTPS://BANK.EXAMPLE/é"):
        assert values.web(address) == address


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Family 👩\u200d👩\u200d👧 and ❤\ufe0f", id="emoji that are joined"),
        pytest.param("Step 1\ufe0f\u20e3", id="keycap"),
        pytest.param("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", id="flag"),
        pytest.param("می\u200cخواهم", id="Persian with a non-joiner"),
        pytest.param("क्\u200dष", id="Hindi with a joiner"),
        pytest.param("\u200fמחירים\u200f (OECD\u200e) 3", id="Hebrew with marks of direction"),
        pytest.param("葛\U000e0100城市", id="Japanese with a variant"),
        pytest.param("Zürich, Łódź, Việt Nam, İstanbul", id="accents"),
    ],
)
def test_honest_names_hide_nothing(text: str) -> None:
    assert hidden(text) == bidi(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rates\u200b held", "\u200b"),
        ("Ra\u00adtes", "\u00ad"),
        ("\ufeffRates", "\ufeff"),
        ("Rates\u2060", "\u2060"),
        ("Rat\u200des", "\u200d"),
        ("Raté\u200cs", "\u200c"),
        ("Rates\u200e", "\u200e"),
        ("Rates \u202ecod.exe", "\u202e"),
        ("Rates\U000e0041\U000e0042", "\U000e0041"),
        ("\u3164", "\u3164"),
    ],
)
def test_hidden_characters_are_found(text: str, found: str) -> None:
    assert hidden(text) == found
