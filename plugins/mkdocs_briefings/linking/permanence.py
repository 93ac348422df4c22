"""Addresses for good: whatever was published answers, and feeds know a briefing by one id.

The ledger says what was published; the catalog says what is. What lies between them is a redirect,
a page that says why there is none, or a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from ..catalog.codes import CODES
from ..catalog.ledger import Former, Ledger, Row, free_id
from ..catalog.permalinks import permalink
from ..catalog.problem import MOST_OFFERS, Problem
from ..catalog.slugs import fold
from .nearest import did_you_mean, nearest
from .targets import Target, targets

LEDGER = "permalinks.lock"
FORMER = "former.yml"


@dataclass(frozen=True)
class Places:
    """The addresses of a site, now and before, and what each leads to.

    Args:
        catalog: What is published, with the ledger and the addresses that have no page.
        pattern: Of a briefing's address.
    """

    catalog: Catalog
    pattern: str
    broken: frozenset[str] = frozenset()
    """Slugs of files that gave no record: their pages are not lost."""
    held_back: frozenset[str] = frozenset()
    """Slugs of drafts and of what is dated in the future."""

    @cached_property
    def pages(self) -> Mapping[str, Target]:
        """What stands at each address today, by address; the front page, which always does, is
        left out, and so is what only a serving build shows."""
        found: dict[str, Target] = {}
        known = targets(self.catalog)
        for target in (*known.paths.values(), *known.made.values()):
            if target.kind == "briefing":
                if target.key not in self.catalog.held:
                    found[self.permalink(target.key)] = target
            elif target.kind == "edition":
                found[f"editions/{target.key}/"] = target
            elif target.kind == "page":
                found[f"{target.key}/"] = target
            elif target.kind == "made":
                found[target.key] = target
        return found

    def permalink(self, slug: str) -> str:
        return permalink(self.pattern, self.catalog.briefings[slug])

    @cached_property
    def identities(self) -> Mapping[str, tuple[date, str]]:
        """What feeds know each briefing by, by slug: a day and an id.

        Those of the ledger's row for its address, or for one of its old addresses; a briefing that
        the ledger does not know gets its own day, and its slug or the first free name like it.
        """
        first = self.ledger.first
        known = {slug: (first[i].day, i) for i, slug in self._recorded.items()}
        taken = {*first, *self.catalog.briefings}
        for slug, briefing in self.catalog.briefings.items():
            if slug not in known:
                name = slug if slug not in first else free_id(slug, taken)
                taken.add(name)
                known[slug] = (briefing.published, name)
        return known

    @property
    def ledger(self) -> Ledger:
        return self.catalog.ledger or Ledger()

    @cached_property
    def _recorded(self) -> Mapping[str, str]:
        """Slug of the briefing that an id of the ledger is, by id.

        Of several that stand or stood at its addresses, the one that has the id for a slug, else
        the one at most of them, else the oldest.
        """
        by_path = self.ledger.by_path
        claims: dict[str, list[tuple[bool, int, str]]] = {}
        for slug, briefing in self.catalog.briefings.items():
            paths = (permalink(self.pattern, briefing), *briefing.aliases)
            ids = [row.id for path in paths if (row := by_path.get(path)) and "/" not in row.id]
            for i in dict.fromkeys(ids):
                claims.setdefault(i, []).append((slug == i, ids.count(i), slug))
        found: dict[str, str] = {}
        owners: set[str] = set()
        for i, claimed in claims.items():
            # A briefing has one id: that of its own address, which comes first.
            free = [claim for claim in claimed if claim[2] not in owners]
            if free:
                found[i] = max(free, key=lambda claim: claim[:2])[2]
                owners.add(found[i])
        return found

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Old address → the address of the page that it leads to; whatever has a page is left out.

        Old addresses are those that briefings name, those that the ledger knows of a briefing
        which stands elsewhere now, and those that `former.yml` sends on.
        """
        found = {
            alias: self.permalink(slug)
            for slug, briefing in self.catalog.briefings.items()
            for alias in briefing.aliases
        }
        for row in self.ledger.rows:
            slug = self._recorded.get(row.id)
            if slug and row.path not in self.pages:
                found.setdefault(row.path, self.permalink(slug))
        for former in self.catalog.former.values():
            if former.to and not former.anchor and former.path not in self.pages:
                end = self._end(former, found)
                if end is not None:
                    found[former.path] = end
        return found

    def _end(self, former: Former, known: Mapping[str, str]) -> str | None:
        """The page at the end of a chain of redirects; None where none is, or it is a ring."""
        seen = {former.path}
        place: str | None = former.to
        while place is not None and place not in self.pages:
            further = self.catalog.former.get(place)
            if place in self._ends:
                place = self._ends[place]
                break
            if place in seen or (further is None and place not in known):
                place = None
                break
            seen.add(place)
            if further is None:
                place = known[place]
            elif further.to:
                place = further.to
            else:
                break  # Withdrawn: a page says so.
        self._ends.update(dict.fromkeys(seen, place))
        return place

    @cached_property
    def _ends(self) -> dict[str, str | None]:
        """Ends of chains that were looked for: of a long one each link is looked at once."""
        return {}

    @cached_property
    def _heirs(self) -> Mapping[str, Briefing]:
        """By old address, the first briefing that has it."""
        found: dict[str, Briefing] = {}
        for briefing in self.catalog.briefings.values():
            for alias in briefing.aliases:
                found.setdefault(alias, briefing)
        return found

    def answered(self, path: str) -> bool:
        """Whether a page or a redirect stands at an address."""
        return path in self.pages or path in self.redirects or path in self.catalog.former

    def problems(self) -> Iterator[Problem]:
        """What was published and does not answer, and what is wrong with the addresses given up."""
        yield from self._lost()
        yield from self._lost_anchors()
        yield from self._misled()

    def _lost(self) -> Iterator[Problem]:
        proposed = {path: file for file, paths in self.missing_aliases().items() for path in paths}
        for row in self.ledger.rows:
            if self.answered(row.path) or row.id in self.broken:
                continue
            message = f"the address '{row.path}' was published, and nothing answers there"
            yield _problem(LEDGER, row.line, 1, "lost-address", message, self._hint(row, proposed))

    def _hint(self, row: Row, proposed: Mapping[str, str]) -> str:
        if file := proposed.get(row.path):
            return f"add `aliases: [{row.path}]` to {file}"
        if row.id in self.held_back:
            return (
                f"the briefing '{row.id}' is held back now: publish it again, or say in {FORMER} "
                "why it was withdrawn"
            )
        if "/" in row.id:
            return f"say in {FORMER} where it leads: `{row.path}: {{to: …}}`, or why it is gone"
        return (
            f"give the briefing that took its place `aliases: [{row.path}]`, or say in {FORMER} "
            "why it is gone: `title`, `date` and `reason`"
        )

    def missing_aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Old addresses that answer again once a briefing names them, by source path.

        Only where it is clear which briefing is meant: one that the ledger does not know, with the
        same slug, or else the only one of its day that has a name like it or is the only one.
        """
        new = [
            briefing
            for slug, briefing in self.catalog.briefings.items()
            if self.identities[slug][1] not in self._recorded and slug not in self.catalog.held
        ]
        found: dict[str, list[str]] = {}
        if not new:
            return {}
        for row in self.ledger.rows:
            if "/" in row.id or self.answered(row.path) or row.id in self.broken:
                continue
            if heir := _heir(row, new):
                found.setdefault(heir.path, []).append(row.path)
        return {path: tuple(sorted(old)) for path, old in sorted(found.items())}

    def _lost_anchors(self) -> Iterator[Problem]:
        wanted: dict[str, set[str]] = {}
        for row in self.ledger.rows:
            slug = self._recorded.get(row.id)
            place = self.permalink(slug) if slug else row.path
            if row.anchors and place in self.pages:
                wanted.setdefault(place, set()).update(row.anchors)
        for place, anchors in sorted(wanted.items()):
            target = self.pages[place]
            there = [heading.anchor for heading in target.body.headings]
            for anchor in sorted(anchors - set(there)):
                if f"{place}#{anchor}" in self.catalog.former:
                    continue
                near = did_you_mean([f"#{name}" for name in nearest(anchor, there)])
                mend = f"write `{{#{anchor}}}` after the heading that says it now"
                gone = f"or say in {FORMER} that it is gone: `{place}#{anchor}: {{to: {place}}}`"
                message = f"the heading '#{anchor}' was published, and links to it lead nowhere"
                yield _problem(
                    target.path or "glossary.yml",
                    1,
                    1,
                    "lost-anchor",
                    message,
                    f"{near} {mend}, {gone}".strip(),
                )

    def _misled(self) -> Iterator[Problem]:
        by_path = self.ledger.by_path
        for slug, briefing in self.catalog.briefings.items():
            row = by_path.get(self.permalink(slug))
            owner = self._recorded.get(row.id) if row else None
            if row and owner and owner != slug and self.identities[slug][1] != row.id:
                message = (
                    f"the address '{row.path}' was that of {self.catalog.briefings[owner].path}"
                )
                hint = "links to it mean the other: give this one another `slug`"
                yield _problem(briefing.path, 1, 1, "duplicate-permalink", message, hint)
        pages, offered = sorted(self.pages), 0
        for former in self.catalog.former.values():
            at = (FORMER, former.line, former.column, "bad-alias")
            if former.anchor:
                if former.path not in self.pages:
                    hint = "name the address of a page, or delete the entry"
                    yield _problem(*at, f"there is no page '{former.path}'", hint)
                continue
            heir = self._heirs.get(former.path)
            if heir:
                message = f"'{former.path}' is an old address of {heir.path}"
                yield _problem(*at, message, "delete one of the two")
            elif former.path in self.pages:
                target = self.pages[former.path]
                message = f"'{former.path}' is the address of {target.path or 'a page of the site'}"
                hint = "an address that was given up is not used again: give one of them another"
                yield _problem(*at, message, hint)
            elif former.to and self._end(former, self.redirects) is None:
                message = f"'{former.path}' leads to '{former.to}', where there is no page"
                offered += 1
                near = did_you_mean(nearest(former.to, pages)) if offered <= MOST_OFFERS else ""
                yield _problem(*at, message, near or "name the address of a page, without a `/`")

    @property
    def unrecorded(self) -> int:
        """How many addresses of today the ledger does not have; none where there is no ledger."""
        if self.catalog.ledger is None:
            return 0
        return len(self.pages.keys() - self.ledger.by_path.keys())

    def recorded(self, day: date) -> Ledger:
        """The ledger with all that is published now. `day` stands for what has no day of its own.

        Every row stays, and no anchor is taken out of one.
        """
        old = self.ledger.by_path
        rows = list(self.ledger.rows)
        for place, target in self.pages.items():
            anchors = tuple(sorted({heading.anchor for heading in target.body.headings}))
            if place in old:
                rows.append(Row(old[place].day, old[place].id, place, anchors))
            elif target.kind == "briefing":
                rows.append(Row(*self.identities[target.key], place, anchors))
            else:
                when = day
                if target.kind == "edition":
                    when = self.catalog.editions[target.key].published
                rows.append(Row(when, place, place, anchors))
        return Ledger.of(rows)


def _heir(row: Row, new: list[Briefing]) -> Briefing | None:
    """The briefing that took the place of an address, if it is clear which."""
    last = fold(row.path.rstrip("/").rpartition("/")[2])
    same = [briefing for briefing in new if briefing.slug in {last, row.id}]
    if same:
        return same[0]
    of_day = {briefing.slug: briefing for briefing in new if briefing.published == row.day}
    near = nearest(last, sorted(of_day), limit=1)
    if near:
        return of_day[near[0]]
    return next(iter(of_day.values())) if len(of_day) == 1 else None


def _problem(path: str, line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(path, max(1, line), column, code, message, hint, CODES[code].severity)
