"""A briefing: one short, signed and dated piece, filed under topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from .chart import Chart


class Status(StrEnum):
    """Where a briefing stands. A briefing without a status says nothing about it."""

    DEVELOPING = "developing"
    SETTLED = "settled"
    SUPERSEDED = "superseded"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One line of the "At a glance" box."""

    text: str
    section: str = ""
    """Anchor of the heading on this page that tells more; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a date, on the timeline of a storyline."""

    date: date
    text: str
    kind: str = ""
    """One of `EVENT_KINDS`, or empty."""
    key: bool = False
    """A turning point."""
    source: int = 0
    """1-based number of the briefing's source that supports it; 0 for none."""
    precision: str = "day"
    """`day`, `month` or `year`: how much of `date` was written."""
    briefing: str = ""
    """Slug of the briefing that tells it, for an event of a storyline; empty for none."""


def last_day(day: date, precision: str) -> date:
    """The last day that a date of this precision may mean: of its month or year, or itself."""
    if precision == "year":
        return day.replace(month=12, day=31)
    if precision == "month":
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day


EVENT_KINDS = (
    "talks",
    "measure",
    "response",
    "rule",
    "ruling",
    "agreement",
    "guidance",
    "review",
    "deadline",
    "data",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that a briefing rests on; cited in the text as `[^1]`, `[^2]`, by its place."""

    title: str
    publisher: str = ""
    date: str = ""
    """ISO 8601 as written: `2026`, `2026-05` or `2026-05-31`; empty when unknown."""
    url: str = ""
    """http or https, or empty for a document without an address."""
    kind: str = ""
    """One of `SOURCE_KINDS`, or empty."""
    lang: str = ""
    """BCP 47 tag of the document, or empty for the briefing's own language."""
    archived: str = ""
    """Address of a kept copy, or empty."""


SOURCE_KINDS = ("official", "data", "reporting", "analysis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A briefing chosen by an editor, by slug."""

    slug: str
    reason: str = ""
    """The editor's words, shown as the reason; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong and what is right, with the day it was mended."""

    date: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The one picture of a briefing."""

    src: str
    """File in the content folder, relative to it, with `/` on every system."""
    alt: str
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body, level 1 to 6, with the anchor that the page gives it."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as written in a body: `[[slug#heading|text]]` or `[text](target)`.

    Only what may point into this site is kept: no address with a scheme, no bare `#anchor` of
    another page.
    """

    target: str
    """As written, without the fragment: a slug, or a relative path ending in `.md`; empty for
    a link to a heading of its own page."""
    fragment: str
    """Without `#`; empty for none."""
    text: str
    """Plain text of the link; empty when a wiki-link names none."""
    wiki: bool
    line: int
    """1-based, in the file on disk."""
    column: int
    sentence: str
    """Plain text of the sentence round the link."""
    offset: int
    """Where the link's text begins in `sentence`, in code points; -1 when it is not in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, entry or cell in another language than its page."""

    text: str
    """As it stands in `Body.text`, a line of it."""
    lang: str
    """BCP 47 language, without region."""


class _Held:
    """A long text of a record, held in half of the memory: Python takes two bytes for each
    character of a text that has one curly quote."""

    def __init__(self, default: str | None = None) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, record: object | None, owner: type) -> str:
        if record is not None:
            held: bytes | None = record.__dict__.get(self._name)
            if held is None:
                held = _fetched(record)[self._name]
            return held.decode("utf-8", "surrogatepass")
        if self._default is None:
            # Thereby the dataclass knows that it must be given.
            raise AttributeError(self._name)
        return self._default

    def __set__(self, record: object, text: str) -> None:
        record.__dict__[self._name] = text.encode("utf-8", "surrogatepass")


def _fetched(record: object) -> Mapping[str, bytes]:
    """Give a record the long texts that it was read again without: see `hold`."""
    names = [f"_{name}" for name in LONG_TEXTS]
    record.__dict__.update(zip(names, record.__dict__[_FETCH](), strict=True))
    return record.__dict__


def _held(default: str | None = None) -> Any:
    """For a field of a dataclass that is a long text."""
    return _Held(default)


# Without slots, which would stand in the place of the texts.
@dataclass(frozen=True, kw_only=True)
class Body:
    """The Markdown of a briefing and what can be known of it without rendering."""

    markdown: str = _held()
    """Without front matter; line ends are `\\n`, no byte order mark."""
    line: int = 1
    """Line of the file on disk where `markdown` begins, 1-based."""
    links: tuple[Link, ...] = ()
    """In the order of the text."""
    headings: tuple[Heading, ...] = ()
    text: str = _held("")
    """Plain words for search: no markup, no code blocks, no addresses. A line for each paragraph,
    heading, entry and cell."""
    prose: str = _held("")
    """The running text of its paragraphs, lists and quotations: what a term of the glossary may be
    explained in. No headings, links, code, tables or raw HTML, nor what names a language of its
    own; a line ends wherever markup begins or ends, and is plain text. Empty where nobody asks for
    it: see `Settings.terms`."""
    passages: tuple[Passage, ...] = ()
    """Those of its lines that are surely in another language, in order."""
    words: int = 0
    first_paragraph: str = ""
    """Plain text; stands in for a missing summary."""
    cited: frozenset[int] = frozenset()
    """Numbers of the sources cited as `[^n]`, or by a chart."""
    charts: tuple[Chart, ...] = ()
    """In the order of the text."""

    @property
    def own_text(self) -> str:
        """`text` without the passages in other languages: what likeness is judged by."""
        if not self.passages:
            return self.text
        foreign = {passage.text for passage in self.passages}
        return "\n".join(line for line in self.text.split("\n") if line not in foreign)

    @property
    def home_prose(self) -> str:
        """`prose` without what stands in the passages in other languages."""
        if not self.passages:
            return self.prose
        return "\n".join(
            line
            for line in self.prose.split("\n")
            if not any(line.strip() in passage.text for passage in self.passages)
        )


LONG_TEXTS = ("markdown", "text", "prose")
"""Of a body: as long as it, and each asked for by few."""
Texts = tuple[bytes, bytes, bytes]
"""Those of one body as it holds them."""
_FETCH = "_fetch"


def held(body: Body) -> Texts:
    """The long texts of a body as it holds them."""
    if "_markdown" not in body.__dict__:
        _fetched(body)
    markdown, text, prose = (body.__dict__[f"_{name}"] for name in LONG_TEXTS)
    return markdown, text, prose


@contextmanager
def without_texts(body: Body) -> Iterator[None]:
    """Let a body seem to have no long texts, to whom only the rest concerns: to copy a record and
    all round it takes longer than to encode it. No other thread may see the body."""
    texts = held(body)
    names = [f"_{name}" for name in LONG_TEXTS]
    body.__dict__.update(dict.fromkeys(names, b""))
    try:
        yield
    finally:
        body.__dict__.update(zip(names, texts, strict=True))


def hold(body: Body, fetch: Callable[[], Texts]) -> None:
    """Let a body that nobody has seen yet ask for the long texts that `held` gave of it, once
    somebody asks for one."""
    for name in LONG_TEXTS:
        del body.__dict__[f"_{name}"]
    body.__dict__[_FETCH] = fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """One briefing as its author wrote it, checked. Never changes after reading."""

    path: str
    """Source file, relative to the content folder, with `/` on every system."""
    slug: str
    """Unique across the site, folded: see `slugs.fold`."""
    title: str
    """Plain text. Templates escape it; nothing before them does."""
    authors: tuple[str, ...]
    """Author keys in the author's order."""
    published: date
    """Calendar day as written."""
    published_at: datetime | None = None
    """With zone, when a time was written."""
    topics: tuple[str, ...] = ()
    """Topic keys in the author's order, aliases folded; the first is the main topic."""
    summary: str = ""
    """The dek; the first paragraph when none was written."""
    summary_written: bool = True
    key_points: tuple[KeyPoint, ...] = ()
    why: str = ""
    storylines: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    """In order of date."""
    sources: tuple[Source, ...] = ()
    related: tuple[Pick, ...] = ()
    updated: date | None = None
    corrections: tuple[Correction, ...] = ()
    """In order of date."""
    status: Status | None = None
    superseded_by: str = ""
    """Slug, when the status is superseded and a successor was named."""
    aliases: tuple[str, ...] = ()
    """Old permalinks: no leading `/`, a trailing `/` unless they name a file."""
    lang: str = "en"
    translation_of: str = ""
    image: Image | None = None
    place: str = ""
    """Where what it reports took place, as typed; not where it was written."""
    editor: str = ""
    """Author key, or empty."""
    number: str = ""
    """Of a reference paper: what it is cited by, and no other briefing; empty for most."""
    draft: bool = False
    facts: tuple[str, ...] = ()
    """Ids of the facts the text rests on: for editors, never published."""
    body: Body = Body(markdown="")

    @property
    def changed(self) -> date:
        """The last logged change: `updated`, the last correction or the day it was published."""
        if not self.corrections:
            return max(self.published, self.updated) if self.updated else self.published
        days = [self.published, *(c.date for c in self.corrections)]
        return max([*days, self.updated] if self.updated else days)

    @property
    def moment(self) -> tuple[date, str, str]:
        """The order of briefings in time: day, then time of day in UTC, then slug."""
        return (
            self.published,
            self.published_at.astimezone(UTC).isoformat() if self.published_at else "",
            self.slug,
        )

    @property
    def minutes(self) -> int:
        """Reading time: words in key points and body at 220 a minute, rounded up, at least 1."""
        words = self.body.words + sum(len(point.text.split()) for point in self.key_points)
        return max(1, -(-words // 220))
