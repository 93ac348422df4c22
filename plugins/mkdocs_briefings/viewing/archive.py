"""The views of the archive: all years, each year, each month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from . import addresses as places
from .records import ArchiveView, ArchiveYear, ListView, MonthCount, Older, Ref, View
from .shelf import Shelf
from .words import MONTHS


def archive_views(shelf: Shelf) -> Iterator[View]:
    """The archive, then each year with its months, newest first."""
    site = shelf.site
    cards = [shelf.cards[slug] for slug in site.catalog.briefings]
    by_month = {
        key: tuple(reversed(list(group)))
        for key, group in groupby(cards, key=lambda c: (c.published.year, c.published.month))
    }
    months = sorted(by_month, reverse=True)

    def count(key: tuple[int, int], *, listed: bool) -> MonthCount:
        year, month = key
        return MonthCount(
            title=f"{MONTHS[month - 1]} {year}",
            url=site.addresses.url(places.month(year, month)),
            count=len(by_month[key]),
            cards=by_month[key] if listed else (),
        )

    def year_of(year: int, *, listed: bool) -> ArchiveYear:
        own = [key for key in months if key[0] == year]
        return ArchiveYear(
            year=year,
            url=site.addresses.url(places.year(year)),
            count=sum(len(by_month[key]) for key in own),
            months=tuple(count(key, listed=listed) for key in own),
        )

    years = sorted({year for year, _ in months}, reverse=True)
    home = Ref(title="Archive", url=site.addresses.url("archive/"))
    yield ArchiveView(
        template="archive.html",
        url=home.url,
        title="Archive",
        description=f"Every briefing of {site.name}, by year and month.",
        section="archive",
        trail=shelf.trail(),
        years=tuple(year_of(year, listed=False) for year in years),
    )
    for year in years:
        above = Ref(title=str(year), url=site.addresses.url(places.year(year)))
        yield ArchiveView(
            template="archive.html",
            url=above.url,
            title=f"Briefings of {year}",
            description=f"Every briefing that {site.name} published in {year}, by month.",
            section="archive",
            trail=shelf.trail(home),
            years=(year_of(year, listed=True),),
        )
    for at, (year, month) in enumerate(months):
        above = Ref(title=str(year), url=site.addresses.url(places.year(year)))
        name = f"{MONTHS[month - 1]} {year}"
        yield ListView(
            template="list.html",
            url=site.addresses.url(places.month(year, month)),
            title=f"Briefings of {name}",
            description=f"Every briefing that {site.name} published in {name}.",
            section="archive",
            trail=shelf.trail(home, above),
            noindex=True,
            heading=f"Briefings of {name}",
            intro="",
            years=shelf.years(card.slug for card in reversed(by_month[year, month])),
            paging=Older(
                newer=_month_ref(shelf, months[at - 1]) if at else None,
                older=_month_ref(shelf, months[at + 1]) if at + 1 < len(months) else None,
            ),
        )


def _month_ref(shelf: Shelf, key: tuple[int, int]) -> Ref:
    year, month = key
    return Ref(
        title=f"{MONTHS[month - 1]} {year}",
        url=shelf.site.addresses.url(places.month(year, month)),
    )
