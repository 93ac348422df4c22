"""Addresses of pages, relative to the site's root."""

from __future__ import annotations

from .briefing import Briefing


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
