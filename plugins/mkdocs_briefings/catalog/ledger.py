"""The ledger: every address that was ever published, with the headings that links could lead to.

A line for each address, `DAY ID ADDRESS #ANCHOR …`, sorted. Nothing is ever taken out, and no line
says where its address leads today: that is known from the page that has its id. So two branches
that add lines are merged by keeping the lines of both; what then stands twice is read as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import unquote

HEAD = """\
# Every address ever published: day, permanent id, address, anchors of its headings.
# Written by `briefings permalinks`; commit it, and take nothing out.
"""

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S+) ([^\s#/][^\s#]*/)((?: #[^\s#]+)*)")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """An address, and whose it is."""

    day: date
    """Of publication, as it was when the first address of the id was recorded; of what has no such
    day, the day on which it was recorded."""
    id: str
    """Permanent, and with `day` the identity of an entry in feeds. That of a briefing is its first
    slug; of any other page it is the address."""
    path: str
    """Relative to the site, with a trailing `/`, as in `permalink`; not percent-encoded."""
    anchors: tuple[str, ...] = ()
    """Sorted."""
    line: int = field(default=0, compare=False)
    """1-based, in the file it was read from; 0 for a row that is in none."""

    def __str__(self) -> str:
        address = self.path.replace("%", "%25").replace(" ", "%20").replace("#", "%23")
        return " ".join([f"{self.day} {self.id} {address}", *(f"#{a}" for a in self.anchors)])


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows, sorted; each address once."""

    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Ledger:
        """Rows in any order; of one address the oldest id stays, and all anchors."""
        found: dict[str, Row] = {}
        for row in sorted(rows):
            first = found.setdefault(row.path, row)
            if first is not row:
                anchors = tuple(sorted({*first.anchors, *row.anchors}))
                found[row.path] = replace(first, anchors=anchors)
        return cls(tuple(sorted(found.values())))

    @property
    def by_path(self) -> Mapping[str, Row]:
        return {row.path: row for row in self.rows}

    @property
    def first(self) -> Mapping[str, Row]:
        """The first row of each id: with its day, the identity that feeds use."""
        found: dict[str, Row] = {}
        for row in self.rows:
            found.setdefault(row.id, row)
        return found

    def __str__(self) -> str:
        return HEAD + "".join(f"{row}\n" for row in self.rows)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that is no row."""

    line: int
    message: str


def parse(text: str) -> tuple[Ledger, tuple[BadRow, ...]]:
    """The rows of a ledger's text, and the lines that are none.

    >>> ledger, bad = parse("2026-03-17 rates-held briefings/2026/rates-held/ #what-changed\\nx\\n")
    >>> print(ledger.rows[0], [row.line for row in bad])
    2026-03-17 rates-held briefings/2026/rates-held/ #what-changed [2]
    """
    rows: list[Row] = []
    bad: list[BadRow] = []
    owners: dict[str, Row] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("# "):
            continue
        row = _row(line.strip(), number)
        if row is None:
            bad.append(BadRow(number, "no line of the form `day id address/ #anchor`"))
            continue
        owner = owners.setdefault(row.path, row)
        if owner.id != row.id:
            told = f"'{row.path}' has the id '{owner.id}' on line {owner.line}"
            bad.append(BadRow(number, told))
        rows.append(row)
    return Ledger.of(rows), tuple(bad)


def _row(line: str, number: int) -> Row | None:
    found = _LINE.fullmatch(line)
    if not found:
        return None
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return None
    path = unicodedata.normalize("NFC", unquote(found[3]))
    if any(part in {"", ".", ".."} for part in path[:-1].split("/")) or not path.isprintable():
        return None
    anchors = tuple(sorted({part[1:] for part in found[4].split()}))
    return Row(day, found[2], path, anchors, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An address that has no page any more, as `former.yml` tells it."""

    path: str
    """Relative to the site, with a trailing `/`."""
    anchor: str = ""
    """Of a heading that is gone; empty for the whole page."""
    to: str = ""
    """The address of the page that took its place; empty for one that was withdrawn."""
    title: str = ""
    withdrawn: date | None = None
    reason: str = ""
    line: int = 1
    column: int = 1


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id that a slug gets where some are taken.

    >>> free_id("rates", {"rates", "rates-2"})
    'rates-3'
    """
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
