"""Dates and words in templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup
from mkdocs_briefings.rendering.filters import filters
from mkdocs_briefings.wording.english import MONTHS
from mkdocs_briefings.wording.language import ENGLISH

DAY = date(2026, 3, 7)
FILTERS = filters(ENGLISH)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param("day", (DAY,), "7 March 2026", id="a day has no leading zero"),
        pytest.param("day", (DAY, "month"), "March 2026", id="a month that is all one knows"),
        pytest.param("day", (DAY, "year"), "2026", id="a year that is all one knows"),
        pytest.param("day_month", (DAY,), "7 March", id="under its year"),
        pytest.param("day_month", (DAY, "month"), "March", id="a month under its year"),
        pytest.param("day_month", (DAY, "year"), "2026", id="a year under its year"),
        pytest.param("short_day", (DAY,), "7 Mar", id="a short day"),
        pytest.param("short_date", (date(2025, 9, 30),), "30 Sep 2025", id="three letters"),
        pytest.param("short_month", (date(2025, 5, 1),), "May", id="a short month"),
        pytest.param("month_year", (date(1987, 12, 1),), "December 1987", id="month and year"),
        pytest.param("iso", (DAY,), "2026-03-07", id="for machines"),
        pytest.param("iso", (DAY, "month"), "2026-03", id="a month for machines"),
        pytest.param("iso", (date(476, 9, 4), "year"), "0476", id="a year has four digits"),
        pytest.param("minutes_text", (1,), "1 min read", id="one minute"),
        pytest.param("minutes_short", (12,), "12 min", id="minutes of a card"),
        pytest.param("plural", (1, "briefing"), "1 briefing", id="one"),
        pytest.param("plural", (0, "briefing"), "0 briefings", id="none is many"),
        pytest.param("plural", (2076, "briefing"), "2,076 briefings", id="thousands"),
        pytest.param("language", ("zh-Hans-CN",), "Chinese", id="the first subtag decides"),
        pytest.param("language", ("DE",), "German", id="case does not matter"),
        pytest.param("language", ("tlh",), "tlh", id="an unknown one is its tag"),
        pytest.param("letter", (1,), "a", id="the first"),
        pytest.param("letter", (26,), "z", id="the last of one letter"),
        pytest.param("letter", (27,), "aa", id="then two"),
        pytest.param("letter", (702,), "zz", id="the last of two"),
        pytest.param("letter", (703,), "aaa", id="then three"),
        pytest.param("locale", ("en",), "en_GB", id="English is written as in Britain"),
        pytest.param("locale", ("en-gb",), "en_GB", id="the territory that is written"),
        pytest.param("locale", ("zh-Hant",), "zh_TW", id="a script has its own territory"),
        pytest.param("locale", ("zh-Hans-SG",), "zh_SG", id="a script and a territory"),
        pytest.param("locale", ("eo",), "eo", id="a language of the whole world"),
        pytest.param("locale", ("tlh",), "tlh", id="a language without a territory"),
        pytest.param("word", ("sources",), "Sources", id="a word"),
    ],
)
def test_filter(name: str, arguments: tuple[Any, ...], expected: str) -> None:
    apply: Callable[..., Any] = FILTERS[name]
    assert apply(*arguments) == expected


def test_every_month_has_its_name() -> None:
    assert [FILTERS["month_year"](date(2026, n, 1)) for n in range(1, 13)] == [
        f"{month} 2026" for month in MONTHS
    ]


def test_a_word_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        FILTERS["word"]("no such word")


def test_what_stands_in_a_phrase_is_escaped_and_markup_stays() -> None:
    phrase = FILTERS["word"]("part_of", part=Markup("<b>Part 3</b>"), storyline="R&D {part}")
    assert phrase == Markup("<b>Part 3</b> of R&amp;D {part}")
    assert isinstance(phrase, Markup)


def test_a_moment_is_what_its_author_wrote() -> None:
    assert FILTERS["moment"]("2026-03-17T09:30:00-05:30") == Markup(
        '<time datetime="2026-03-17T09:30:00-05:30">17 March 2026, 09:30 UTC−5:30</time>'
    )
    assert FILTERS["timed"](DAY, "short_date") == Markup(
        '<time datetime="2026-03-07">7 Mar 2026</time>'
    )
