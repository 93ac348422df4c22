"""Where each page lives: addresses relative to the site's root, ready for a link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..catalog.briefing import Briefing
from ..catalog.permalinks import permalink

GLOSSARY = "glossary/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Turns keys into addresses. A *place* is the canonical form, `topics/tariffs/`; the front
    page is the empty place. `url` and `output` follow MkDocs' `use_directory_urls`."""

    pattern: str = "briefings/{year}/{slug}/"
    directory_urls: bool = True

    def url(self, place: str) -> str:
        """The address of a place, percent-encoded.

        >>> Addresses().url("topics/tariffs/")
        'topics/tariffs/'
        >>> Addresses(directory_urls=False).url("topics/tariffs/")
        'topics/tariffs.html'
        """
        if self.directory_urls:
            return quote(place)
        return quote(self.output(place))

    def output(self, place: str) -> str:
        """The file that holds a place, relative to the site's folder, `/` on every system."""
        if not place:
            return "index.html"
        bare = place.rstrip("/")
        return f"{bare}/index.html" if self.directory_urls else f"{bare}.html"

    def briefing(self, briefing: Briefing) -> str:
        return permalink(self.pattern, briefing)


CHANGES = "changes/"
CORRECTIONS = "changes/corrections/"
"""Below the changes, whose address is kept for the site: `corrections/` may be somebody's page."""
SEARCH = "search/"
"""The place of the search page."""


def topic(key: str) -> str:
    return f"topics/{key}/"


def author(key: str) -> str:
    return f"authors/{key}/"


def authors_under(letter: str) -> str:
    """The place of the authors of one jump letter. `authors/a-z/` may be somebody's page; what
    stands right below a person's page has longer names.

    >>> authors_under("B"), authors_under("#")
    ('authors/a-z/b/', 'authors/a-z/0-9/')
    """
    return f"authors/a-z/{'0-9' if letter == '#' else letter.lower()}/"


def storyline(key: str) -> str:
    return f"storylines/{key}/"


def edition(slug: str) -> str:
    return f"editions/{slug}/"


def plain(slug: str) -> str:
    return f"{slug}/"


def older(place: str, number: int) -> str:
    """The place of one older page of a long list; 1 is the oldest and never changes again."""
    return f"{place}page-{number}/"


def month(year: int, number: int) -> str:
    return f"archive/{year:04}/{number:02}/"


def year(number: int) -> str:
    return f"archive/{number:04}/"


SITE_CARD = "assets/card.png"
"""The social card of pages that have none of their own."""


def card(slug: str, shape: str = "") -> str:
    """The social card of a briefing, also in another shape, by its name.

    >>> card("toll-agreed"), card("toll-agreed", "1x1")
    ('assets/cards/toll-agreed.png', 'assets/cards/1x1/toll-agreed.png')
    """
    folder = f"{shape}/" if shape else ""
    return f"assets/cards/{folder}{quote(slug)}.png"


def citations(slug: str) -> str:
    """The files with a briefing's citation, without their endings.

    >>> citations("toll-agreed")
    'assets/citations/toll-agreed'
    """
    return f"assets/citations/{quote(slug)}"


def calendar(place: str) -> str:
    """The calendar file that belongs to a place."""
    return f"{quote(place)}calendar.ics"


def feeds(place: str) -> tuple[str, str]:
    """Atom and JSON Feed that belong to a place."""
    return f"{quote(place)}feed.xml", f"{quote(place)}feed.json"
