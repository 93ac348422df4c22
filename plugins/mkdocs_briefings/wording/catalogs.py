"""Languages from message catalogs and from Unicode's tables, both read through Babel.

A catalog is `locale/<language>/LC_MESSAGES/briefings.po`. It is read as it is: a few hundred
messages take some milliseconds, once for each language, and nothing compiled can be out of date.
A message is known by its context, which is the key, and holds the English as its `msgid`:
translators see what they translate, one English word may have two translations, and a changed
English text is no longer found in the catalogs until somebody has looked at its translation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import c2py
from pathlib import Path
from types import MappingProxyType
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import match_skeleton, parse_pattern
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from . import english
from .dates import SHAPES, Dates, made
from .language import Language

FOLDER: Final = Path(__file__).parent.parent / "locale"
DOMAIN: Final = "briefings"
COUNTED: Final = "counted:"
"""Begins the context of a message with plural forms."""

_GROUPED_FROM: Final[Mapping[str, int]] = MappingProxyType({"es": 10_000, "pt": 10_000})
"""Languages that write four digits together, which Babel does not know."""


def path_of(lang: str) -> Path:
    """The catalog of a language, `es` or `zh_Hant`."""
    return FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def available() -> tuple[str, ...]:
    """The languages that have a catalog, as BCP 47 tags in order."""
    found = (path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return tuple(sorted(name.replace("_", "-") for name in found))


def load(tag: str) -> Language | None:
    """The language of a BCP 47 tag; None where no catalog fits it."""
    known = {name.lower(): name for name in available()}
    parts = tag.split("-")
    for end in range(len(parts), 0, -1):
        if name := known.get("-".join(parts[:end]).lower()):
            return _language(name, _locale(tag, name))
    return None


def read(lang: str) -> Catalog:
    """The catalog of a language, whole: also what is fuzzy or no longer used."""
    with path_of(lang).open("rb") as file:
        return read_po(file, locale=lang, domain=DOMAIN)


def _locale(tag: str, catalog: str) -> Locale:
    """The tables of a tag: those of its region where there are some, else of the catalog's."""
    for sought in (tag, catalog):
        try:
            return Locale.parse(sought, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise LookupError(f"Babel knows no language {catalog!r}")


def _language(name: str, locale: Locale) -> Language:
    words, counted, plural_of = _messages(name)
    listed = locale.list_patterns["standard"]
    return Language(
        tag=str(locale).replace("_", "-"),
        words=words,
        counted=counted,
        plural_of=plural_of,
        dates=_dates(locale),
        grouping=locale.number_symbols["latn"]["group"],
        grouped_from=_GROUPED_FROM.get(locale.language, 1000),
        between=(_between(listed["2"]), _between(listed["middle"]), _between(listed["end"])),
        names=MappingProxyType(dict(locale.languages)),
    )


def _messages(
    name: str,
) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]], Callable[[int], int]]:
    """Words, what is counted, and the rule of its plurals.

    What a catalog does not have stays English, as gettext does it; so does what is fuzzy. A test
    keeps that from happening in a catalog of ours.
    """
    catalog = read(name)
    words, counted = dict(english.WORDS), dict[str, tuple[str, ...]]()
    for message in catalog:
        if not message.context or message.fuzzy:
            continue
        key, given = message.context.removeprefix(COUNTED), message.string
        if isinstance(given, str):
            if given and english.WORDS.get(key) == message.id:
                words[key] = given
        elif given and all(given) and english.COUNTED.get(key) == message.id:
            counted[key] = tuple(given)
    rule = c2py(catalog.plural_expr)
    for key, forms in english.COUNTED.items():
        # As many forms as the language has: the rule may ask for any of them.
        counted.setdefault(key, (forms[0], *[forms[1]] * (catalog.num_plurals - 1)))
    return MappingProxyType(words), MappingProxyType(counted), rule


def _dates(locale: Locale) -> Dates:
    patterns = {}
    for shape, skeleton in SHAPES.items():
        if shape == "day":
            patterns[shape] = locale.date_formats["long"].format
        elif skeleton in {"LLLL", "LLL"}:
            patterns[shape] = parse_pattern(skeleton).format
        else:
            found = match_skeleton(skeleton, locale.datetime_skeletons)
            patterns[shape] = locale.datetime_skeletons[found].format
    forms = {
        form: locale.months[place][width]
        for form, place, width in (
            ("MMMM", "format", "wide"),
            ("MMM", "format", "abbreviated"),
            ("LLLL", "stand-alone", "wide"),
            ("LLL", "stand-alone", "abbreviated"),
        )
    }
    months = [
        {form: names[number] for form, names in forms.items()}
        | {"M": str(number), "MM": f"{number:02}"}
        for number in range(1, 13)
    ]
    return made(patterns, months)


def _between(pattern: str) -> str:
    """What stands between the two places of a list's pattern: `{0} and {1}`."""
    return pattern.removeprefix("{0}").removesuffix("{1}")
