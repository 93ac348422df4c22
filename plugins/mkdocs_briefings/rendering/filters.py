"""The interface in templates: the words, dates and numbers of a site's language, as filters.

Templates hold no words of their own. They name a key of `wording.english.WORDS`; Jinja looks a
constant key up once, when it compiles the template, so a page pays nothing for it. Filters belong
to an environment, and so to a site: two sites in two languages do not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from ..catalog.chart import Chart
from ..wording.language import Language, direction, locale
from .charts import chart_html

_remembered: Final = lru_cache(maxsize=4096, typed=True)
"""For what is said of a number, or of a day as it is written: those of one page are on many others.
Not of a moment: the same one is another day elsewhere."""


def iso(value: date, precision: str = "day") -> str:
    """For `datetime`: `2026-03-17`, `2026-03` or `2026`, four digits of the year in any case."""
    return value.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def in_lang(lang: str) -> str:
    """The attributes of an element whose text is in `lang`; none where that is empty."""
    return Markup(f' lang="{escape(lang)}" dir="{direction(lang)}"') if lang else ""


def lettered(number: int, letters: str) -> str:
    """A number in letters: 1 is `a`, 26 is `z`, 27 is `aa`; nothing for 0."""
    label = ""
    while number > 0:
        number, rest = divmod(number - 1, len(letters))
        label = letters[rest] + label
    return label


def filters(language: Language) -> Mapping[str, Callable[..., Any]]:
    """The filters of a language by the name under which templates use them.

    None has a name that Jinja or MkDocs has.
    """

    escaped = {key: str(escape(text)) for key, text in language.words.items()}

    def word(key: str, **values: object) -> str:
        """The words for `key`; with values, which are escaped, they are ready for the page."""
        if not values:
            return language.word(key)
        for name, value in values.items():
            # Nearly all are ready by themselves, or plain.
            if type(value) is not Markup:
                values[name] = escape(value)
        return _ready(escaped[key].format(**values))

    def strung(things: Iterable[Any], attribute: str) -> Iterator[tuple[str, Any]]:
        """Pairs of what stands before a thing and the thing; `attribute` is what is shown of it."""
        return language.strung(things, lambda thing: str(getattr(thing, attribute)))

    def timed(value: date, shape: str = "day") -> Markup:
        """A date as a `<time>` element, in one of `dates.SHAPES`."""
        return _time(value.isoformat(), language.date(value, shape))

    def drawn(chart: Chart, lang: str, source: str) -> Markup:
        """A chart of a text in `lang`, away from its own page."""
        return chart_html(chart, lang, language, source)

    def shape(name: str) -> Callable[[date], str]:
        return lambda value: language.date(value, name)

    return {
        "chart": drawn,
        "day": language.day,
        "day_month": language.day_month,
        "in_lang": in_lang,
        "iso": iso,
        "language": language.name_of,
        "locale": locale,
        "letter": lambda number: lettered(number, language.words["letters"]),
        "minutes_short": _remembered(lambda minutes: language.plural(minutes, "minutes_short")),
        "minutes_text": _remembered(lambda minutes: language.plural(minutes, "minutes_read")),
        "moment": _remembered(lambda written: _time(written, language.moment(written))),
        "month_year": shape("month_year"),
        "number": language.number,
        "plural": language.plural,
        "short_date": shape("short_date"),
        "short_day": shape("short_day"),
        "short_month": shape("short_month"),
        "short_month_year": shape("short_month_year"),
        "strung": strung,
        "timed": timed,
        "word": word,
    }


def _time(machine: str, shown: str) -> Markup:
    # Markup's own `format` takes three times as long.
    return _ready(f'<time datetime="{escape(machine)}">{escape(shown)}</time>')


def _ready(text: str) -> Markup:
    """A text that is escaped; `Markup` itself looks first whether it says how it is shown."""
    return str.__new__(Markup, text)
