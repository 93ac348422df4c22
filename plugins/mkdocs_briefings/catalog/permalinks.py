"""Addresses of pages, relative to the site's root."""

from __future__ import annotations

from pathlib import PurePosixPath

from .briefing import Briefing
from .slugs import fold


def permalink(pattern: str, briefing: Briefing) -> str:
    """The address of a briefing: no leading `/`, a trailing `/`.

    >>> from datetime import date
    >>> rates = Briefing(path="a.md", slug="rates", title="Rates", authors=(),
    ...                  published=date(2026, 3, 17))
    >>> permalink("briefings/{year}/{slug}/", rates)
    'briefings/2026/rates/'
    """
    day = briefing.published
    address = pattern.format(
        year=f"{day.year:04}",
        month=f"{day.month:02}",
        day=f"{day.day:02}",
        slug=briefing.slug,
        topic=briefing.topics[0] if briefing.topics else "unfiled",
    )
    return address.strip("/") + "/"


def last_part(alias: str) -> str:
    """The name at the end of an old address, folded.

    >>> last_part("2013/old-name/"), last_part("2013/Old-name.html")
    ('old-name', 'old-name')
    >>> last_part("2013/old-name/index.html")
    'old-name'
    """
    path = PurePosixPath(alias)
    if path.name in {"index.html", "index.htm"}:
        path = path.parent
    return fold(path.stem if path.suffix in {".html", ".htm"} else path.name)
