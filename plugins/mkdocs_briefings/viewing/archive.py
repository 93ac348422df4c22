"""The views of the archive: all years, each year, each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from . import addresses as places
from .parts import ArchiveYear, MonthCount, Older, Ref
from .records import ArchiveView, ListView, View
from .shelf import Shelf

YEAR_TITLES = 120
"""Most titles that the page of a year lists; in a fuller year the months' own pages do."""


def archive_views(shelf: Shelf) -> Iterator[View]:
    """The archive, then each year, then each month; years and months newest first."""
    archive = _Archive(shelf)
    yield archive.whole()
    for year in archive.years:
        yield archive.of_year(year)
    for at in range(len(archive.months)):
        yield archive.of_month(at)


class _Archive:
    """Briefings by month, and the views over them."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        cards = [shelf.cards[slug] for slug in shelf.site.catalog.briefings]
        self.cards = {
            key: tuple(reversed(list(group)))
            for key, group in groupby(cards, key=lambda c: (c.published.year, c.published.month))
        }
        self.months = sorted(self.cards, reverse=True)
        self.years = sorted({year for year, _ in self.months}, reverse=True)
        self.word = shelf.site.language.word
        self.home = Ref(title=self.word("archive"), url=shelf.site.addresses.url("archive/"))

    def whole(self) -> ArchiveView:
        return ArchiveView(
            template="archive.html",
            url=self.home.url,
            title=self.home.title,
            description=self.word("archive_description", site=self.shelf.site.name),
            section="archive",
            trail=self.shelf.trail(),
            years=tuple(self._year(year, listed=False) for year in self.years),
        )

    def of_year(self, year: int) -> ArchiveView:
        name = self.shelf.site.name
        return ArchiveView(
            template="archive.html",
            url=self._year_ref(year).url,
            title=self.word("briefings_of", period=year),
            description=self.word("year_description", site=name, year=year),
            section="archive",
            trail=self.shelf.trail(self.home),
            years=(self._year(year, listed=self._count(year) <= YEAR_TITLES),),
        )

    def of_month(self, at: int) -> ListView:
        """The month at a place in `months`."""
        key = self.months[at]
        ref = self._month_ref(key)
        title = self.word("briefings_of", period=ref.title)
        return ListView(
            template="list.html",
            url=ref.url,
            title=title,
            description=self.word("month_description", site=self.shelf.site.name, month=ref.title),
            section="archive",
            trail=self.shelf.trail(self.home, self._year_ref(key[0])),
            noindex=True,
            heading=title,
            intro="",
            years=self.shelf.years(card.slug for card in reversed(self.cards[key])),
            paging=Older(
                newer=self._month_ref(self.months[at - 1]) if at else None,
                older=self._month_ref(self.months[at + 1]) if self.months[at + 1 :] else None,
            ),
        )

    def _count(self, year: int) -> int:
        return sum(len(cards) for key, cards in self.cards.items() if key[0] == year)

    def _year(self, year: int, *, listed: bool) -> ArchiveYear:
        months = tuple(
            MonthCount(
                title=self._month_ref(key).title,
                url=self._month_ref(key).url,
                count=len(self.cards[key]),
                cards=self.cards[key] if listed else (),
            )
            for key in self.months
            if key[0] == year
        )
        return ArchiveYear(
            year=year,
            url=self._year_ref(year).url,
            count=self._count(year),
            months=months,
        )

    def _year_ref(self, year: int) -> Ref:
        return Ref(title=str(year), url=self.shelf.site.addresses.url(places.year(year)))

    def _month_ref(self, key: tuple[int, int]) -> Ref:
        year, month = key
        url = self.shelf.site.addresses.url(places.month(year, month))
        title = self.shelf.site.language.date(date(year, month, 1), "month_year")
        return Ref(title=title, url=url)
