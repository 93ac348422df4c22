"""What besides words makes two briefings belong together, each as a number from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from .sequences import Lines
from .table import Table
from .vectors import ONE, rarity

Rows = NDArray[np.int64]
Values = NDArray[np.float64]

YEAR = 365.0
"""Days after which closeness in time has fallen to 37 per cent."""

APART = 0.5
"""Two parts of one storyline that do not follow each other, against 1 for those that do."""

REACH = 5
"""How many briefings before and after one are looked at in its storyline, or in its topics."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How a signal counts: as evidence of its own, and as a stress on all evidence."""

    evidence: float
    """Added; on the scale of the likeness of words, where 0.02 is a tenth best match."""
    stress: float
    """The share by which it raises the whole."""


WEIGHTS: Mapping[str, Weight] = {
    "topics": Weight(0.002, 0.5),
    "storyline": Weight(0.03, 1.0),
    "links": Weight(0.03, 0.5),
    "sources": Weight(0.01, 0.5),
    "authors": Weight(0.0005, 0.1),
    "time": Weight(0.0, 0.5),
}
"""Round numbers, chosen by reason and not by search. Time is no evidence: two briefings are not
related by having appeared on one day."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What signals are reckoned from, by row; no text decides any of it."""

    days: NDArray[np.int64]
    """On which each was published, as `date.toordinal` counts."""
    originals: NDArray[np.int64]
    """The row of the text that each is a translation of; its own when it is none."""
    links: NDArray[np.int64]
    """Who links to whom: two columns."""
    topics: Table
    """Who is filed under which, as of `_table`, and so the others."""
    authors: Table
    sources: Table
    storylines: Table

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        slugs: Sequence[str],
        cited: Mapping[str, Iterable[str]],
        lines: Lines,
    ) -> Tables:
        """Those of a catalog.

        Args:
            catalog: The catalog.
            slugs: The briefings, by row.
            cited: By slug, whom it links to.
            lines: Of the same catalog.
        """
        places = {slug: row for row, slug in enumerate(slugs)}
        briefings = [catalog.briefings[slug] for slug in slugs]
        links = [
            (places[one], places[two])
            for one in sorted(cited)
            for two in cited[one]
            if one in places and two in places
        ]
        return cls(
            days=np.array([briefing.published.toordinal() for briefing in briefings], np.int64),
            originals=np.array(
                [places.get(one.translation_of, row) for row, one in enumerate(briefings)], np.int64
            ),
            links=np.array(links, np.int64).reshape(-1, 2),
            topics=_table(briefings, lines.closure),
            authors=_table(briefings, lambda briefing: briefing.authors),
            sources=_table(briefings, _documents),
            storylines=_table(briefings, lambda briefing: briefing.storylines),
        )


class Signals:
    """The signals of a catalog, for pairs of its briefings given by row."""

    def __init__(
        self, catalog: Catalog, slugs: Sequence[str], lines: Lines, tables: Tables
    ) -> None:
        """Prepare the signals of `catalog`.

        Args:
            catalog: The catalog.
            slugs: The briefings, by row.
            lines: Of the same catalog.
            tables: Of the same.
        """
        self._catalog = catalog
        self._slugs = slugs
        self._row = {slug: row for row, slug in enumerate(slugs)}
        self._lines = lines
        self.days = tables.days
        self._topics, self._authors = tables.topics, tables.authors
        self._sources, self._storylines = tables.sources, tables.storylines
        self._runs = [[self._row[slug] for slug in run] for run in lines.parts.values()]
        self._links: list[tuple[int, int]] = list(map(tuple, tables.links.tolist()))

    def of(self, rows: Rows, others: Rows) -> dict[str, Values]:
        """Each signal of each pair `rows[n]`, `others[n]`. A pair turned round has the same."""
        pairs = rows * len(self._slugs) + others
        together = _shared(self._storylines, rows, others) > 0
        following = _in(pairs, self._following_pairs)
        apart = np.abs(self.days[rows] - self.days[others])
        return {
            "topics": _shared(self._topics, rows, others),
            "storyline": np.where(following, 1.0, np.where(together, APART, 0.0)),
            "links": _in(pairs, self._linked_pairs).astype(np.float64),
            "sources": _shared(self._sources, rows, others),
            "authors": _shared(self._authors, rows, others),
            "time": np.exp(-apart / YEAR),
        }

    def beside(self, row: int) -> set[int]:
        """Rows to look at whatever their words: linked ones and close parts of a storyline."""
        return self.every_beside.get(row, set())

    def filed_near(self, row: int) -> set[int]:
        """Rows close in time under the same topics, for briefings of few words."""
        return self._near(row, self._catalog.briefings[self._slugs[row]].topics)

    def filed_round(self, row: int) -> set[int]:
        """All rows to which this one may be `filed_near`, and some more."""
        # Who is filed under a topic above those of this one looks at it, and not the other way.
        briefing = self._catalog.briefings[self._slugs[row]]
        return self._near(row, self._lines.closure(briefing))

    def _near(self, row: int, topics: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for topic in topics:
            if topic in self._filed:
                line = self._filed[topic]
                place = self._places[topic][row]
                found.update(line[max(0, place - REACH) : place + REACH + 1])
        return found - {row}

    @cached_property
    def _filed(self) -> dict[str, list[int]]:
        return {t: [self._row[slug] for slug in line] for t, line in self._lines.filed.items()}

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        return {t: {row: n for n, row in enumerate(line)} for t, line in self._filed.items()}

    @cached_property
    def every_beside(self) -> Mapping[int, set[int]]:
        """By row, what `beside` gives, where that is not empty. Who is beside one has it beside."""
        found: dict[int, set[int]] = {}
        for one, two in self._links:
            found.setdefault(one, set()).add(two)
            found.setdefault(two, set()).add(one)
        for run in self._runs:
            for place, row in enumerate(run):
                near = run[max(0, place - REACH) : place + REACH + 1]
                found.setdefault(row, set()).update(near)
        return {row: near - {row} for row, near in found.items()}

    @cached_property
    def _linked_pairs(self) -> Rows:
        return self._encoded(self._links)

    @cached_property
    def _following_pairs(self) -> Rows:
        return self._encoded([pair for run in self._runs for pair in pairwise(run)])

    def _encoded(self, pairs: list[tuple[int, int]]) -> Rows:
        """Each pair, both ways round, as one number; sorted."""
        both = np.array([*pairs, *((two, one) for one, two in pairs)], np.int64).reshape(-1, 2)
        return np.sort(both[:, 0] * len(self._slugs) + both[:, 1])


def _documents(briefing: Briefing) -> tuple[str, ...]:
    """Addresses of its sources, without the place in the document."""
    return tuple(source.url.partition("#")[0] for source in briefing.sources if source.url)


def _table(briefings: Sequence[Briefing], names: Callable[[Briefing], Iterable[str]]) -> Table:
    """Who has which name: a table of rows with length `ONE`, rarer names weighing more.

    Weights are whole numbers, so that products are exact in any order.
    """
    mine = [sorted(set(names(briefing))) for briefing in briefings]
    columns = {name: column for column, name in enumerate(sorted({n for own in mine for n in own}))}
    indices = np.array([columns[name] for own in mine for name in own], np.int32)
    ends = np.cumsum([0, *map(len, mine)])
    uses = np.bincount(indices, minlength=len(columns))
    # The square root, since a product takes the weight twice: a shared name adds its rarity.
    data = np.sqrt(rarity(uses, len(briefings)))[indices]
    lengths = np.sqrt(np.bincount(np.repeat(np.arange(len(mine)), np.diff(ends)), data**2,
                                  minlength=len(mine)))  # fmt: skip
    scale = np.repeat(np.divide(ONE, lengths, where=lengths > 0, out=np.zeros(len(mine))),
                      np.diff(ends))  # fmt: skip
    whole = np.rint(data * scale).astype(np.int32)
    return Table(whole, indices, ends, len(columns))


def _in(numbers: Rows, known: Rows) -> NDArray[np.bool_]:
    """Which of some numbers are among the known, which are sorted."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    found: NDArray[np.bool_] = known[places] == numbers
    return found


def _shared(table: Table, rows: Rows, others: Rows) -> Values:
    """The product of the rows of each pair, from 0 to 1."""
    return np.minimum(table.shared(rows, others) / (ONE * ONE), 1.0)
