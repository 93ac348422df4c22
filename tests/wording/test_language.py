"""Words, dates, numbers and lists, language by language."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from babel.core import Locale
from babel.dates import format_date, format_skeleton
from mkdocs_briefings.catalog.briefing import EVENT_KINDS, SOURCE_KINDS, Status
from mkdocs_briefings.catalog.registries import STATES, STORYLINE_STATUSES
from mkdocs_briefings.wording import catalogs, english
from mkdocs_briefings.wording.language import ENGLISH, Language, direction, language, within

DAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("tag", "long", "short", "month", "day_month"),
    [
        pytest.param(
            "en", "7 March 2026", "7 Mar 2026", "March 2026", "7 March", id="English is British"
        ),
        pytest.param("EN-gb", "7 March 2026", "7 Mar 2026", "March 2026", "7 March", id="by name"),
        pytest.param(
            "en-US", "March 7, 2026", "Mar 7, 2026", "March 2026", "March 7", id="American order"
        ),
        pytest.param(
            "es", "7 de marzo de 2026", "7 mar 2026", "marzo de 2026", "7 de marzo", id="Spanish"
        ),
        pytest.param(
            "ar", "7 مارس 2026", "7 مارس 2026", "مارس 2026", "7 مارس", id="Arabic, Latin digits"
        ),
        pytest.param(
            "ar-IQ", "7 آذار 2026", "7 آذار 2026", "آذار 2026", "7 آذار", id="months of a region"
        ),
        pytest.param(
            "fr", "7 March 2026", "7 Mar 2026", "March 2026", "7 March", id="no catalog: English"
        ),
    ],
)
def test_dates(tag: str, long: str, short: str, month: str, day_month: str) -> None:
    words = language(tag)
    assert words.day(DAY) == long
    assert words.date(DAY, "short_date") == short
    assert words.day(DAY, "month") == month
    assert words.day_month(DAY) == day_month
    assert words.day(DAY, "year") == words.day_month(DAY, "year") == "2026"


@pytest.mark.parametrize("tag", ["es", "ar", "es-AR", "en-US"])
def test_dates_are_those_of_babel(tag: str) -> None:
    """Ours are patterns filled in by hand; Babel's own formatting is the judge."""
    words, locale = language(tag), Locale.parse(tag, sep="-")
    for month in range(1, 13):
        day = date(1987, month, month)
        assert words.day(day) == format_date(day, "long", locale=locale)
        for shape, skeleton in (("month_year", "yMMMM"), ("short_date", "yMMMd")):
            assert words.date(day, shape) == format_skeleton(skeleton, day, locale=locale)


@pytest.mark.parametrize(
    ("tag", "number", "expected"),
    [
        pytest.param("en", 1, "1 briefing", id="one"),
        pytest.param("en", 0, "0 briefings", id="none is many"),
        pytest.param("en", 2076, "2,076 briefings", id="thousands"),
        pytest.param("es", 1, "1 informe", id="Spanish one"),
        pytest.param("es", 2076, "2076 informes", id="four digits stand together in Spanish"),
        pytest.param("es", 12076, "12.076 informes", id="five do not"),
        pytest.param("ar", 0, "لا إحاطات", id="Arabic none"),
        pytest.param("ar", 1, "إحاطة واحدة", id="Arabic one"),
        pytest.param("ar", 2, "إحاطتان", id="Arabic two"),
        pytest.param("ar", 10, "10 إحاطات", id="Arabic few"),
        pytest.param("ar", 103, "103 إحاطات", id="few by the last two digits"),
        pytest.param("ar", 11, "11 إحاطة", id="Arabic many"),
        pytest.param("ar", 2076, "2,076 إحاطة", id="Arabic thousands"),
        pytest.param("ar", 100, "100 إحاطة", id="Arabic others"),
    ],
)
def test_what_is_counted(tag: str, number: int, expected: str) -> None:
    assert language(tag).plural(number, "briefing") == expected


@pytest.mark.parametrize(
    ("tag", "names", "expected"),
    [
        pytest.param("en", ["Ada"], "Ada", id="one"),
        pytest.param("en", ["Ada", "Ben"], "Ada and Ben", id="two"),
        pytest.param("en", ["Ada", "Ben", "Cid"], "Ada, Ben and Cid", id="three"),
        pytest.param("en-US", ["Ada", "Ben", "Cid"], "Ada, Ben, and Cid", id="a serial comma"),
        pytest.param("es", ["Ada", "Ben", "Cid"], "Ada, Ben y Cid", id="Spanish"),
        pytest.param("es", ["Ada", "Inés"], "Ada e Inés", id="Spanish before an i"),
        pytest.param("es", ["Ada", "Hilario"], "Ada e Hilario", id="and before its sound"),
        pytest.param("es", ["Ada", "Hiedra"], "Ada y Hiedra", id="not before a diphthong"),
        pytest.param("ar", ["آدا", "بن", "سعد"], "آدا وبن وسعد", id="Arabic"),
    ],
)
def test_lists(tag: str, names: list[str], expected: str) -> None:
    assert "".join(before + name for before, name in language(tag).strung(names)) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2026-05-31", "31 May 2026"),
        ("2026-05", "May 2026"),
        ("2026", "2026"),
        ("", ""),
        ("spring", "spring"),
        ("2026-13", "2026-13"),
        ("2026-05-31-01", "2026-05-31-01"),
    ],
)
def test_a_date_of_any_precision(iso: str, expected: str) -> None:
    assert ENGLISH.part_date(iso) == expected


@pytest.mark.parametrize(
    ("tag", "sought", "expected"),
    [
        ("en", "zh-Hans-CN", "Chinese"),
        ("en", "DE", "German"),
        ("en", "tlh", "tlh"),
        ("es", "ar-EG", "árabe"),
        ("ar", "en", "الإنجليزية"),
    ],
)
def test_names_of_languages(tag: str, sought: str, expected: str) -> None:
    assert language(tag).name_of(sought) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        pytest.param("es-MX", "es-MX", id="a region takes the words of its language"),
        pytest.param("es-x-odd", "es", id="what Babel does not know is left out"),
        pytest.param("ES", "es", id="case does not matter"),
        pytest.param("fr", "en", id="no catalog"),
        pytest.param("est", "en", id="another language that begins alike"),
        pytest.param("", "en", id="nothing"),
        pytest.param("../../etc", "en", id="no tag at all"),
    ],
)
def test_the_catalog_of_a_tag(tag: str, expected: str) -> None:
    assert language(tag).tag == expected


def test_inside_a_text_we_speak_its_language_or_that_of_the_site() -> None:
    spanish = language("es")
    assert within("en-GB", spanish) is ENGLISH
    assert within("ar", spanish).tag == "ar"
    assert within("fr", spanish) is spanish


def test_direction() -> None:
    assert [direction(tag) for tag in ("en", "ar-EG", "he", "zh-Hant")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
    ]
    assert language("ar").dir == "rtl"


@pytest.mark.parametrize(
    "key",
    [
        *(f"kind_{kind}" for kind in (*EVENT_KINDS, *SOURCE_KINDS)),
        *(f"entry_{kind}" for kind in ("published", "update", "correction")),
        *Status,
        *STATES,
        *STORYLINE_STATUSES,
    ],
)
def test_every_value_that_is_shown_has_a_word(key: str) -> None:
    assert key in english.WORDS


@pytest.mark.parametrize("words", [ENGLISH, language("es"), language("ar")], ids=lambda w: w.tag)
def test_the_interface_is_plain(words: Language) -> None:
    shown = {**words.words, **{key: " ".join(forms) for key, forms in words.counted.items()}}
    for key, text in shown.items():
        assert text == text.strip(), key
        assert "!" not in text, key
        assert "'" not in text, f"{key}: a straight apostrophe"
        assert '"' not in text, f"{key}: a straight quotation mark"


def test_the_interface_does_not_shout() -> None:
    assert [text for text in english.WORDS.values() if text.isupper()] == []


def test_an_english_site_does_without_babel() -> None:
    code = (
        "import sys; from mkdocs_briefings.wording.language import language;"
        "language('en'); language('en-GB');"
        "print([m for m in sys.modules if m.split('.')[0] in ('babel', 'gettext')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_language_is_pure() -> None:
    calls: list[Callable[[Language], object]] = [
        lambda words: words.plural(3, "event"),
        lambda words: words.word("by", names="{names}"),
        lambda words: words.day(DAY),
    ]
    for tag in catalogs.available():
        first = [call(language(tag)) for call in calls]
        [call(language(other)) for other in catalogs.available() for call in calls]
        assert [call(language(tag)) for call in calls] == first
    assert language("es").word("by", names="{names}") == "Por {names}"
