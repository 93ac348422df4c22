"""Read a content folder: every file once, every problem in one run."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from ..catalog.briefing import Body, Briefing
from ..catalog.catalog import Catalog
from ..catalog.ledger import Ledger, parse
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..catalog.problem import Problem
from ..catalog.rules import Rules
from ..catalog.settings import Settings
from .addresses import settle
from .alone import Written, file_slug
from .briefings import Draft, is_held, read_briefing
from .document import Document, Weigh, light, open_document
from .findings import Findings
from .folder import FRONT, LEDGER, LEDGER_LIMIT, Found, load, scan
from .language import forget
from .nodes import Fault
from .pages import Sheet, read_edition, read_front, read_page
from .references import Slugs, Wanted, check, prune, pruned
from .registries import Registries, read_registries
from .text import short
from .used import Used, authors, storylines, topics
from .written import read_written

Record = TypeVar("Record")

MANY = 100
"""Files from which on a reading is that of a folder, which is not soon read again."""
_TOGETHER = 25
"""Files that are read together: some milliseconds of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a content folder gave."""

    catalog: Catalog = field(default_factory=Catalog)
    problems: tuple[Problem, ...] = ()
    """Sorted by place, with the severities of their codes: see `codes.grade`."""
    files: tuple[str, ...] = ()
    """Markdown files and registries, sorted, relative to the folder."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """Path → slug of Markdown files that gave no record."""
    drafts: tuple[Briefing, ...] = ()
    """Checked briefings that are not in the catalog: drafts and future-dated ones."""
    bodies: Mapping[str, Body] = field(default_factory=dict)
    """Path → body of files that gave no record, as far as it could be read: their links are
    checked in the same run, and nothing else is done with them."""
    registries: Registries = field(default_factory=Registries, compare=False, repr=False)
    """With the names that files have and registries lack."""
    settings: Settings = field(default_factory=Settings)
    """With which it was read."""
    rules: Rules = field(default_factory=Rules)
    """Of the house, to which the briefings were held."""

    @property
    def held_back(self) -> frozenset[str]:
        """Slugs of `drafts`: a link to one is another mistake than a link to nothing."""
        return frozenset(briefing.slug for briefing in self.drafts)


def read(
    folder: Path,
    settings: Settings = Settings(),  # noqa: B008  # frozen
    progress: Callable[[int, int], None] | None = None,
    memory: Memory | None = None,
    instead: Mapping[str, bytes] | None = None,
    weigh: Weigh = light,
) -> Reading:
    """Read the content folder at `folder`. Whatever stands in it, nothing is raised for it.

    A file whose problems are not firm gives a record all the same, so that a site which lowers
    them publishes whole. `progress` is called with the number of files read and of all; `memory`
    may know briefings of an earlier run, and what is given does not depend on it. `instead` has
    what Markdown files are taken to hold, by path, whatever lies on the disk. What `weigh` finds
    wrong with a body is a problem of its file, and remembered with it.

    Raises:
        OSError: If `folder` itself cannot be read.
    """
    if not folder.is_dir():
        raise NotADirectoryError(20, "not a folder", str(folder))
    return _Reader(folder, settings, progress, memory or Nothing(), instead or {}, weigh).read()


class Memory(Protocol):
    """Knows briefings of an earlier run by path."""

    def unchanged(self, path: str, status: os.stat_result, /) -> Written | None:
        """What the file was read as, if its status says that it is the same."""

    def same(self, path: str, status: os.stat_result, data: bytes, /) -> Written | None:
        """What the file was read as, if its bytes are the same."""

    def keep(self, path: str, status: os.stat_result, data: bytes, written: Written, /) -> None:
        """Remember what a file was read as."""


class Nothing:
    """A memory of nothing."""

    def unchanged(self, path: str, status: os.stat_result, /) -> None:
        return None

    def same(self, path: str, status: os.stat_result, data: bytes, /) -> None:
        return None

    def keep(self, path: str, status: os.stat_result, data: bytes, written: Written, /) -> None:
        return None


class _Reader:
    def __init__(
        self,
        folder: Path,
        settings: Settings,
        progress: Callable[[int, int], None] | None,
        memory: Memory,
        instead: Mapping[str, bytes],
        weigh: Weigh,
    ) -> None:
        self.folder = folder
        self.instead = instead
        self.settings = settings
        self.memory = memory
        self.weigh = weigh
        self.progress = progress or (lambda done, of: None)
        self.findings: dict[str, Findings] = {}
        self.broken: dict[str, str] = {}
        self.bodies: dict[str, Body] = {}
        self.wanted: list[Wanted] = []
        self.drafts: list[Draft] = []
        self.sheets: list[Sheet] = []
        self.front = FrontPage()
        self.ledger: Ledger | None = None
        self.rules = settings.rules

    def read(self) -> Reading:
        found = scan(self.folder)
        registries = read_registries(self.folder, found.registries)
        if found.ledger:
            self._ledger()
        self._documents(found, registries)
        _unique(self.drafts, self.findings)
        _numbers(self.drafts)
        for below in ("pages/", "editions/"):
            group = [sheet for sheet in self.sheets if sheet.path.startswith(below)]
            _unique(group, self.findings)
        settle(self.drafts, self.sheets, self.findings, self.settings)
        # What was found last may be firm, too.
        for draft in self.drafts:
            if draft.record is None or draft.findings.firm:
                draft.record = None
                self.broken[draft.path] = draft.slug
        for sheet in self.sheets:
            if sheet.record is None or self.findings[sheet.path].firm:
                sheet.record = None
                self.broken[sheet.path] = sheet.slug
        return self._reading(found, registries, self._house(found))

    def _house(self, found: Found) -> list[Findings]:
        """What the house rules have against what was read, and what is wrong with them."""
        told = []
        if found.rules:
            # Imported where there are rules to read.
            from .rules import rules_in_file

            if self.rules != Rules() or self.settings.faults:
                told.append(Findings(found.rules))
                message = "the options in mkdocs.yml have `rules`, too"
                hint = "keep them in one of the two places; these here hold"
                told[0].add("conflicting-keys", 1, 1, message, hint)
            self.rules, findings = rules_in_file(self.folder)
            told.append(findings)
        if self.rules == Rules():
            return told
        from .house import hold

        records = (draft.record for draft in self.drafts if draft.record is not None)
        return [*told, *hold(self.rules, records, self._load)]

    def _load(self, path: str) -> bytes:
        return self.instead[path] if path in self.instead else load(self.folder, path)

    def _ledger(self) -> None:
        findings = self.findings[LEDGER] = Findings(LEDGER)
        try:
            text = load(self.folder, LEDGER, LEDGER_LIMIT).decode("utf-8")
        except Fault as stop:
            findings.fault(stop)
            return
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} is not UTF-8"
            findings.add("not-utf8", 1, 1, message, "take the file's last version from git")
            return
        self.ledger, bad = parse(text)
        for row in bad:
            hint = "delete the line if it is the mark of a merge; else take the last one from git"
            findings.add("bad-ledger", row.line, 1, row.message, hint)

    def _documents(self, found: Found, registries: Registries) -> None:
        paths = [*found.briefings, *found.pages, *found.editions]
        paths += [found.front] if found.front else []
        images = frozenset(found.images)
        new = done = 0
        for first in range(0, len(paths), _TOGETHER):
            some = paths[first : first + _TOGETHER]
            known = {path: self.memory.unchanged(path, found.statuses[path]) for path in some}
            stale = [path for path, written in known.items() if written is None]
            new += len(stale)
            known.update(self._written(stale, found.statuses, registries))
            for path, written in known.items():
                if written is not None:
                    draft = read_briefing(written, registries, images)
                    self.findings[path] = draft.findings
                    self.drafts.append(draft)
                done += 1
                self.progress(done, len(paths))
        if new > MANY:
            forget()

    def _written(
        self, paths: Iterable[str], statuses: Mapping[str, os.stat_result], registries: Registries
    ) -> Mapping[str, Written]:
        """Read files; briefings are given back as written, anything else is taken in."""
        # Each step of all of them before the next: what it runs stays near the processor.
        contents = {path: found for path in paths if (found := self._content(path)) is not None}
        written: dict[str, Written] = {}
        documents: dict[str, Document] = {}
        for path, content in contents.items():
            if known := self.memory.same(path, statuses[path], content):
                written[path] = known
            elif document := self._document(path, content):
                documents[path] = document
        fresh: dict[str, Written] = {}
        for path, document in documents.items():
            if understood := self._understood(document, registries):
                fresh[path] = understood
        for path, made in fresh.items():
            if not documents[path].passing:
                self.memory.keep(path, statuses[path], contents[path], made)
        return written | fresh

    def _content(self, path: str) -> bytes | None:
        """The bytes of a file; None, and a problem, where it cannot be read."""
        findings = self.findings[path] = Findings(path)
        try:
            return self._load(path)
        except Fault as stop:
            findings.fault(stop)
            self.broken[path] = file_slug(path)
            self.bodies[path] = Body(markdown="")
            return None

    def _document(self, path: str, data: bytes) -> Document | None:
        """What a file holds; None, and problems, where its front matter cannot be read."""
        document, body, self.findings[path] = open_document(path, data, self.weigh)
        if document is None:
            self.broken[path] = file_slug(path)
            self.bodies[path] = body
        return document

    def _understood(self, document: Document, registries: Registries) -> Written | None:
        """A briefing as written; anything else is taken in."""
        path = document.path
        if path == FRONT:
            self.front, wanted = read_front(document, registries)
            self.wanted += wanted
            if document.findings.firm:
                self.broken[path] = ""
        elif path.startswith("pages/"):
            self.sheets.append(read_page(document, self.settings))
        elif path.startswith("editions/"):
            self.sheets.append(read_edition(document, self.settings))
        else:
            return read_written(document, self.settings)
        return None

    def _reading(self, found: Found, registries: Registries, house: list[Findings]) -> Reading:
        records = [draft.record for draft in self.drafts if draft.record is not None]
        held = {r.slug: r for r in records if is_held(r, self.settings.now)}
        shown = [r for r in records if self.settings.drafts or r.slug not in held]
        live = {record.slug: record for record in sorted(shown, key=lambda r: r.moment)}
        hidden = {} if self.settings.drafts else held
        broken = {slug: path for path, slug in self.broken.items()}
        wanted = chain(registries.wanted, self.wanted, *(d.wanted for d in self.drafts),
                       *(s.wanted for s in self.sheets))  # fmt: skip
        check(wanted, Slugs(live, hidden, broken))
        used = Used.by(live.values())
        catalog = prune(
            Catalog(
                briefings=live,
                topics=topics(registries, used.topics),
                authors=authors(registries, used.authors),
                storylines=storylines(registries, used.storylines),
                terms=registries.terms,
                pages=self._sheets(PlainPage),
                editions=dict(
                    sorted(
                        self._sheets(Edition).items(),
                        key=lambda entry: (entry[1].published, entry[0]),
                    )
                ),
                front=self.front,
                ledger=self.ledger,
                former=registries.former,
                held=frozenset(held) if self.settings.drafts else frozenset(),
                images=tuple(found.images),
            )
        )
        everywhere = {**live, **hidden}
        return Reading(
            catalog=catalog,
            problems=self._problems(found, registries, house),
            files=tuple(sorted([*self.findings, *found.registries, *filter(None, [found.rules])])),
            broken=dict(sorted(self.broken.items())),
            bodies=self._bodies(),
            registries=registries,
            drafts=tuple(pruned(hidden[slug], everywhere) for slug in sorted(hidden)),
            settings=self.settings,
            rules=self.rules,
        )

    def _bodies(self) -> dict[str, Body]:
        files: list[Draft | Sheet] = [*self.drafts, *self.sheets]
        return self.bodies | {file.path: file.body for file in files if file.record is None}

    def _sheets(self, kind: type[Record]) -> dict[str, Record]:
        return {s.slug: s.record for s in self.sheets if isinstance(s.record, kind)}

    def _problems(
        self, found: Found, registries: Registries, house: list[Findings]
    ) -> tuple[Problem, ...]:
        collected = [*registries.findings, *self.findings.values(), *house]
        own = chain(found.problems, self.settings.faults)
        return tuple(sorted(chain(own, *(f.problems for f in collected))))


def _unique(files: Sequence[Draft | Sheet], findings: Mapping[str, Findings]) -> None:
    """Report every file whose slug an earlier one has."""
    first: dict[str, str] = {}
    for file in files:
        other = first.setdefault(file.slug, file.path)
        if other != file.path:
            message = f"the slug '{file.slug}' is that of {other}"
            hint = "rename one of the two files, or give it a `slug` of its own"
            findings[file.path].at(file.place, "duplicate-slug", message, hint)


def _numbers(drafts: Iterable[Draft]) -> None:
    """Report every reference paper whose number an earlier one has, in whatever case."""
    first: dict[str, str] = {}
    for draft in drafts:
        if number := draft.number:
            folded = unicodedata.normalize("NFC", number.text.casefold())
            other = first.setdefault(folded, draft.path)
            if other != draft.path:
                message = f"the number '{short(number.text)}' is that of {other}"
                hint = "give it the next number: two papers cited by one cannot be told apart"
                draft.findings.at(number.node, "duplicate-number", message, hint)
