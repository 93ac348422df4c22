"""What views are made of: frozen records of plain values, shared by pages of many types.

Text is unescaped, dates are dates, addresses are relative to the site's root (`topics/tariffs/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ..catalog.chart import Chart

Day = date
"""For records that have a field called `date`."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A name with an address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """An entry of the section bar or the footer."""

    title: str
    url: str
    section: str = ""
    """Marks the entry current on pages of this section: see `View.section`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavGroup:
    """A titled column of the footer."""

    title: str
    links: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What is the same on every page of a site; one changed briefing does not change it."""

    name: str
    purpose: str
    """One line for the footer and the front page's description."""
    url: str
    """Absolute address of the site with a trailing `/`; empty when `site_url` is not set."""
    lang: str
    dir: str
    """`ltr` or `rtl`."""
    words_lang: str = ""
    """BCP 47 of the software's own words where they are not in `lang`, else empty."""
    sections: tuple[NavLink, ...]
    footer: tuple[NavGroup, ...]
    licence: str = ""
    """Shown text; plain."""
    licence_url: str = ""
    repo_url: str = ""
    mend_url: str = ""
    """Where the site tells how to report a mistake, relative to its root; empty when it does not.
    """
    search_url: str = ""
    """Address of the search page; empty until the site has search: then no tool is shown."""
    feeds: FeedRef | None = None
    """Of the whole site, announced on every page; None when `url` is empty."""
    card: str = ""
    """Address of the social card of pages that have none of their own; empty without cards."""
    asset_version: str = ""
    """Short content hash of stylesheet and script, for their addresses."""
    styles: tuple[str, ...] = ()
    """Addresses of the site's own stylesheets, which come after ours."""
    serving: bool = False
    """A serving build: drafts and problems are shown, marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRef:
    key: str
    name: str
    url: str
    role: str = ""
    desk: bool = False
    family: str = ""
    """The family name, for citations, where it is not the last word of `name`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRef:
    key: str
    title: str
    url: str
    count: int = 0
    """Briefings filed there; 0 where the page does not show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineRef:
    key: str
    title: str
    url: str
    status: str = ""
    """Shown words: "Developing", "Awaiting the ruling", "Closed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A briefing as other pages show it."""

    slug: str
    title: str
    url: str
    summary: str
    """Cut where it is longer than a summary should be: lists show three or four lines of it."""
    published: date
    minutes: int
    updated: date | None = None
    """Day of the last logged change, when later than `published`."""
    corrected: date | None = None
    """Day of the last correction."""
    topic: TopicRef | None = None
    storyline: StorylineRef | None = None
    part: int = 0
    """1-based place in `storyline`; 0 without one."""
    authors: tuple[AuthorRef, ...] = ()
    lang: str = ""
    """BCP 47 when it differs from the site's language, else empty."""
    dir: str = ""
    """`rtl` or `ltr` when it differs from the site's, else empty."""
    mark: str = ""
    """`draft` or `scheduled` in a serving build, else empty."""
    status: str = ""
    """`superseded` or `archived`: what a reader should know before following; else empty."""
    identity: str = ""
    """What feeds know it by for good; empty where that is the slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCard:
    card: Card
    reason: str
    """Words a reader understands: "Also on rare earths", "Next in this storyline"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklinkItem:
    """A citing briefing with its sentence, cut round the link so that it can be marked."""

    card: Card
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TocItem:
    """An entry of "In this briefing"."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    number: int
    title: str
    publisher: str
    date: str
    """Ready to show: "31 May 2026", "May 2026", "2026" or empty."""
    date_iso: str = ""
    """The same for machines: `2026-05-31`, `2026-05`, `2026` or empty."""
    url: str
    kind: str
    """Shown word: "Official", "Data", "Reporting", "Analysis", or empty."""
    lang: str
    archived: str
    cited: int
    """How often the text cites it: its backreferences are `#_cite-<number>-1` and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """An entry of a timeline or of "What comes next"."""

    date: date
    precision: str
    """`day`, `month` or `year`."""
    text: str
    kind: str
    """Shown word: "Talks", "Ruling", or empty."""
    key: bool
    source: SourceItem | None = None
    """Numbered on its own briefing’s page; elsewhere number 0: a link to the document."""
    card: Card | None = None
    """The briefing that tells it, on a storyline's page."""
    ahead: bool = False
    """Still to come, on a storyline's page and among the dates ahead; elsewhere not said."""
    overdue: bool = False
    """It was still to come when its text was last checked, and its day has passed since: whether
    it happened is not known here."""
    anchor: str = ""
    """Where it stands on its storyline's page, made of day and text: `_event-20260701-1a2b3c4d`."""
    since: Day | None = None
    """The first day on which the timeline can have said this; None when nothing tells it."""
    story: Ref | None = None
    """Its place on its storyline's page, where dates of many storylines are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateGroup:
    """Events of one month, or of a year of which no more is known."""

    month: date
    """Its first day."""
    precision: str
    """`month` or `year`."""
    events: tuple[EventItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartItem:
    """A chart away from its briefing."""

    chart: Chart
    source: str
    """Who published the figures, or the title of the document; empty for none."""
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line of "Updates and corrections"."""

    date: date
    kind: str
    """`published`, `update` or `correction`."""
    text: str
    """Empty for an update of which only the day is known."""
    card: Card | None = None
    """On pages that list the changes of many briefings."""
    url: str = ""
    """Where the repository shows this change, absolute; on the briefing's own page only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditItem:
    """A commit of a briefing's file: what machines recorded, not what editors logged."""

    date: date
    text: str
    url: str
    """Absolute; empty when the repository's pages are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPointItem:
    text: str
    anchor: str
    """Of the section with the detail; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RailPart:
    """A stop on "Where this sits in the story"."""

    title: str
    url: str
    date: date
    current: bool = False
    lang: str = ""
    """As of a `Card`."""
    dir: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rail:
    """A storyline as one of its briefings shows it: the first part, two before, two after."""

    storyline: StorylineRef
    part: int
    first: RailPart | None
    """None when it is among `parts`."""
    skipped: int
    """Parts between `first` and `parts`."""
    parts: tuple[RailPart, ...]
    """Oldest first, the current one among them."""
    previous: Card | None = None
    next: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageItem:
    url: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRef:
    """The feeds of a page, for links and for `<link rel=alternate>`."""

    title: str
    atom: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGroup:
    """Briefings of a year, newest first."""

    year: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """The way to older pages of a long list."""

    newer: Ref | None
    older: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedTopic:
    topic: TopicRef
    shared: int
    """Briefings filed under both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateItem:
    instrument: str
    now: str
    state: str
    """`holds`, `moves` or `waits`."""
    next: str
    card: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineItem:
    """A storyline as a card."""

    storyline: StorylineRef
    description: str
    now: str
    dots: int
    """Parts, at most 12 drawn; a count beyond."""
    parts: int
    latest: date | None
    next: EventItem | None
    """The first event after the storyline's last change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorItem:
    author: AuthorRef
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    topic: TopicRef
    description: str
    depth: int
    """0 for a top topic."""
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Generic[Row]):
    """Rows under one jump letter; "#" for those that begin with no letter."""

    letter: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """A jump letter whose rows have a page of their own."""

    letter: str
    url: str
    count: int
    first: str
    last: str
    """What its first and its last row are called: they show by what the rows are sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMention:
    """A term of the glossary that a body uses."""

    key: str
    spellings: tuple[str, ...]
    """Each as it stands in the text."""
    explained: bool
    """Its first mention leads to the glossary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermItem:
    """A term in the glossary."""

    key: str
    """Also its id on the page."""
    term: str
    definition: str
    aliases: tuple[str, ...]
    """Other names, without plurals."""
    uses: tuple[Ref, ...]
    """The newest briefings that use it, newest first."""
    more: int
    """How many others do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineYear:
    year: int
    events: tuple[EventItem, ...]
    """Newest first. A briefing of the storyline is an entry too: `card` set, `kind` empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    title: str
    url: str
    count: int
    cards: tuple[Card, ...] = ()
    """The month's briefings, newest first; on the page of one year only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveYear:
    year: int
    url: str
    count: int
    months: tuple[MonthCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSection:
    """A topic on the front page: one card with its dek, two headlines."""

    topic: TopicRef
    lead: Card
    more: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGroup:
    """Briefings whose main topic is this, newest first."""

    topic: TopicRef
    cards: tuple[Card, ...]
