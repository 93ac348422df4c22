"""A language of the interface: all that the software says to readers is said through one.

A language is made from a tag and never changes, so that two sites in two languages can be built
side by side. English is here; what others need is read by `catalogs` when one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Final, TypeVar

from . import dates, english

Thing = TypeVar("Thing")

_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left, by their primary subtag."""


def direction(lang: str) -> str:
    """`rtl` or `ltr`, from a BCP 47 tag."""
    return "rtl" if primary(lang) in _RTL else "ltr"


def primary(lang: str) -> str:
    """The first subtag of a BCP 47 tag, in lower case: the language without its region."""
    return lang.partition("-")[0].lower()


def locale(lang: str) -> str:
    """A BCP 47 tag as Open Graph writes it, with the likeliest region where the tag names none.

    >>> locale("en"), locale("en-US"), locale("zh-Hant-TW"), locale("tlh")
    ('en_GB', 'en_US', 'zh_TW', 'tlh')
    """
    parts = lang.split("-")
    region = next((part for part in parts[1:] if len(part) == 2 or part.isdigit()), "")
    if not region and parts[0].lower() == "en":
        region = "GB"
    if not region:
        # Imported here: English sites do without.
        from babel.core import get_global

        known = get_global("likely_subtags")
        likely = known.get("_".join(parts[:2])) or known.get(parts[0].lower()) or ""
        region = likely.rpartition("_")[2] if likely.count("_") > 1 else ""
    # Esperanto is the world's: its region is a number, which is none here.
    region = "" if region.isdigit() else region
    return f"{parts[0].lower()}_{region.upper()}" if region else parts[0].lower()


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """Words, numbers, dates and lists of one language. Its functions are pure."""

    tag: str
    """BCP 47 tag of the words themselves: what an element that holds them says as `lang`."""
    words: Mapping[str, str]
    """By key, those of `english.WORDS`."""
    counted: Mapping[str, tuple[str, ...]]
    """By key, those of `english.COUNTED`: a form for each plural of the language."""
    plural_of: Callable[[int], int]
    """Which of the forms a number takes."""
    dates: dates.Dates
    grouping: str
    """What parts the thousands of a number."""
    grouped_from: int
    """The smallest number whose thousands are parted."""
    between: tuple[str, str, str]
    """What stands between two things, between those of a longer list, before the last of it."""
    names: Mapping[str, str]
    """Names of languages by tag."""

    @property
    def dir(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.tag)

    def word(self, key: str, **values: object) -> str:
        """The words for `key`, with `values` in their places.

        Raises:
            KeyError: If there is no such key, or a value is missing: a fault of ours.
        """
        text = self.words[key]
        return text.format(**values) if values else text

    def plural(self, number: int, key: str) -> str:
        """A number and what is counted: `1 briefing`, `2,076 briefings`; `key` is of `COUNTED`."""
        return self.counted[key][self.plural_of(number)].format(n=self.number(number))

    def number(self, value: int) -> str:
        """A whole number as the language writes it: `2,076`."""
        if value < self.grouped_from:
            return str(value)
        return f"{value:,}".replace(",", self.grouping)

    def day(self, value: date, precision: str = "day") -> str:
        """A date with as much of it as is known: `17 March 2026`, `March 2026` or `2026`."""
        if precision == "year":
            return str(value.year)
        return self.dates.format(value, "day" if precision == "day" else "month_year")

    def day_month(self, value: date, precision: str = "day") -> str:
        """A date where its year is said elsewhere: `17 March`, `March` or `2026`."""
        if precision == "year":
            return str(value.year)
        return self.dates.format(value, "day_month" if precision == "day" else "month")

    def date(self, value: date, shape: str) -> str:
        """A date in one of `dates.SHAPES`."""
        return self.dates.format(value, shape)

    def moment(self, iso: str) -> str:
        """An ISO 8601 date, or date-time with its zone, as an author wrote it.

        >>> ENGLISH.moment("2026-03-17"), ENGLISH.moment("2026-03-17T09:30:00+01:00")
        ('17 March 2026', '17 March 2026, 09:30 UTC+1')
        """
        at = datetime.fromisoformat(iso)
        day = self.day(at)
        if len(iso) <= len("2026-03-17"):
            return day
        return self.word("date_time", date=day, time=f"{at:%H:%M}", zone=_zone(at))

    def part_date(self, iso: str) -> str:
        """An ISO 8601 date of any precision: `2026-05` becomes "May 2026".

        Anything else is given back as it is.
        """
        try:
            numbers = [int(part) for part in iso.split("-")]
            day = date(*[*numbers, 1, 1][:3])
        except (ValueError, OverflowError):
            return iso
        precision = {1: "year", 2: "month", 3: "day"}.get(len(numbers))
        # A lone number is a year as it was typed.
        return self.day(day, precision) if precision and len(numbers) > 1 else iso

    def name_of(self, tag: str) -> str:
        """The name of a BCP 47 language by its first subtag; the tag itself when not known."""
        return self.names.get(primary(tag), tag)

    def strung(
        self, things: Iterable[Thing], label: Callable[[Thing], str] = str
    ) -> Iterator[tuple[str, Thing]]:
        """Each thing of a list with what is to stand before it: nothing, a comma, an "and".

        `label` gives the text that will be shown for a thing.
        """
        listed = list(things)
        for at, thing in enumerate(listed):
            if not at:
                yield "", thing
            elif at < len(listed) - 1:
                yield self.between[1], thing
            else:
                before = self.between[0 if len(listed) == 2 else 2]
                yield self._before(before, label(thing)), thing

    def _before(self, between: str, text: str) -> str:
        # In Spanish `y` becomes `e` before the sound of an `i`, which Unicode's tables leave out.
        if primary(self.tag) == "es" and between.endswith(" y ") and _begins_with_i(text):
            return f"{between[:-3]} e "
        return between


def _begins_with_i(text: str) -> bool:
    word = text.casefold()
    return word[:1] in {"i", "í"} or (
        word[:2] in {"hi", "hí"} and word[2:3] not in {"a", "e", "o", "u"}
    )


def _zone(at: datetime) -> str:
    offset = at.utcoffset()
    if not offset:
        return "UTC"
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


ENGLISH: Final = Language(
    tag="en",
    words=english.WORDS,
    counted=english.COUNTED,
    plural_of=lambda number: int(number != 1),
    dates=dates.ENGLISH,
    grouping=",",
    grouped_from=1000,
    between=(" and ", ", ", " and "),
    names=english.LANGUAGES,
)
"""British English: what `lang: en` means, and what stands in where there is no catalog."""

_BRITISH: Final[Mapping[str, str]] = MappingProxyType({"en": "en", "en-gb": "en-GB"})


@cache
def language(tag: str) -> Language:
    """The language of the interface for a site whose language is `tag`.

    That of the catalog that fits the tag best: `es-MX` takes the words of `es` and the dates of
    Mexico. `ENGLISH` where there is no catalog, dates and numbers included: an interface is in one
    language.

    Args:
        tag: BCP 47, whatever its case.
    """
    if tag.lower() in _BRITISH:
        return ENGLISH
    # Babel, which most sites do without, is loaded there.
    from . import catalogs

    return catalogs.load(tag) or ENGLISH


def available() -> tuple[str, ...]:
    """The languages that have a message catalog, as BCP 47 tags in order."""
    from . import catalogs

    return catalogs.available()


def within(lang: str, site: Language) -> Language:
    """What is said inside a text in `lang`: its own language where we speak it, else the site's."""
    own = language(lang)
    return own if primary(own.tag) == primary(lang) else site
