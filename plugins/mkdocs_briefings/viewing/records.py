"""Views: one frozen record a page, holding everything its template shows that comes from elsewhere.

A template sees its view, the `Chrome` of the site and its body, and nothing else, so a page's HTML
is a function of source, view and chrome. Records hold plain values: text unescaped, dates as dates,
addresses relative to the site's root (`topics/tariffs/`), never `Markup`. Nothing here depends on
the clock, nor on the page's own place: templates put `base` before an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .parts import (
    ArchiveYear,
    AuthorItem,
    AuthorRef,
    BacklinkItem,
    Card,
    Change,
    ChartItem,
    DateGroup,
    EditItem,
    EventItem,
    FeedRef,
    ImageItem,
    KeyPointItem,
    Letter,
    LetterPage,
    Older,
    Rail,
    Ref,
    RelatedCard,
    RelatedTopic,
    SourceItem,
    StateItem,
    StorylineItem,
    StorylineRef,
    TermItem,
    TermMention,
    TimelineYear,
    TocItem,
    TopicGroup,
    TopicRef,
    TopicRow,
    TopicSection,
    YearGroup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page has."""

    template: str
    """File in `theme/`: `briefing.html`."""
    url: str
    """Address relative to the site's root; empty for the front page."""
    title: str
    description: str
    """For search engines and shared links: plain text, at most about 155 characters."""
    section: str = ""
    """Which entry of the section bar is current: `today`, `storylines`, `topic:<key>`, …"""
    trail: tuple[Ref, ...] = ()
    """Breadcrumb from "Today" to the page above; the page itself is not in it."""
    feeds: FeedRef | None = None
    card: str = ""
    """Address of its own social card; empty for the site's."""
    lang: str = ""
    """BCP 47 of the page; empty for the site's."""
    dir: str = ""
    """`rtl` or `ltr` when it differs from the site's, else empty."""
    edit_url: str = ""
    """Where to propose a change to its source; empty when not known."""
    noindex: bool = False
    source: str = ""
    """Path of the source file in the content folder; empty for a generated page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView(View):
    """`briefing.html`. The body's HTML is not in the view: it comes from the source."""

    slug: str
    identity: str = ""
    """What feeds know it by for good; empty where that is the slug."""
    first_published: date | None = None
    """The day in that identity; None where it is `published`."""
    summary: str
    show_summary: bool
    """False when the summary was taken from the first paragraph: the page shows it once."""
    authors: tuple[AuthorRef, ...]
    editor: AuthorRef | None
    place: str
    """Where what it reports took place, or empty."""
    published: date
    published_iso: str
    """Date, or date-time with offset, ISO 8601: equal in feeds and structured data."""
    updated: date | None
    """Day of the last logged change when later than `published`."""
    updated_iso: str
    minutes: int
    words: int
    topics: tuple[TopicRef, ...]
    """The first is the main one."""
    storylines: tuple[StorylineRef, ...]
    rail: Rail | None
    """Of the first storyline."""
    status: str
    """`developing`, `settled`, `superseded`, `archived` or empty."""
    successor: Card | None
    key_points: tuple[KeyPointItem, ...]
    why: str
    toc: tuple[TocItem, ...]
    """Headings of level 2; templates leave it out under three."""
    coming: tuple[EventItem, ...]
    """Its own events later than its last change, oldest first: "What comes next"."""
    sources: tuple[SourceItem, ...]
    changes: tuple[Change, ...]
    """Newest first; the last is the publication."""
    related: tuple[RelatedCard, ...]
    backlinks: tuple[BacklinkItem, ...]
    """Newest citing briefing first, all of them."""
    topic_previous: Card | None
    topic_next: Card | None
    """Neighbours in time within the main topic."""
    image: ImageItem | None
    translations: tuple[Card, ...]
    """The same briefing in other languages."""
    mark: str
    """`draft`, `scheduled` or empty."""
    number: str = ""
    """Of a reference paper; empty for other briefings."""
    edits: tuple[EditItem, ...] = ()
    """Newest commits of its file, newest first; the dates of the briefing are not theirs."""
    edit_count: int = 0
    """Of all commits, those left out of `edits` too."""
    version_url: str = ""
    """The file as it stands here, at its commit; absolute, empty when not known."""
    citations: str = ""
    """Address of the files with its citation, without their endings; empty where the page itself
    holds them."""
    terms: tuple[TermMention, ...] = ()
    """Terms of the glossary in the body, in the order of its text; not what they mean."""
    problems: tuple[str, ...] = ()
    """In a serving build: the problems of this file, ready to show, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(View):
    """`topic.html`."""

    key: str
    intro: str
    count: int
    """Briefings filed here or under a topic below."""
    updated: date | None
    children: tuple[TopicRef, ...]
    checked: date | None
    now: str
    state: tuple[StateItem, ...]
    featured: tuple[Card, ...]
    years: tuple[YearGroup, ...]
    """What this page lists, newest first; older ones on `paging.older`."""
    paging: Older
    storylines: tuple[StorylineItem, ...]
    related: tuple[RelatedTopic, ...]
    contributors: tuple[AuthorItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """`list.html`: an older page of a topic's or an author's list; one month of the archive."""

    heading: str
    intro: str
    years: tuple[YearGroup, ...]
    paging: Older


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView(View):
    """`topics.html`: the tree, then A to Z."""

    tree: tuple[TopicRow, ...]
    letters: tuple[Letter[TopicRow], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(View):
    """`glossary.html`: every term, A to Z."""

    letters: tuple[Letter[TermItem], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView(View):
    """`author.html`."""

    author: AuthorRef
    affiliation: str
    bio: str
    contact: Ref | None
    """`title` is the shown text; `url` is empty when it cannot be linked."""
    interests: str
    count: int
    corrections: int
    topics: tuple[TopicRef, ...]
    """Most used first, with counts."""
    years: tuple[YearGroup, ...]
    paging: Older
    edited: int
    """Briefings that name them as editor."""
    edits: tuple[Card, ...]
    """The newest of those, newest first; for who signs none, so that their page is not empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorsView(View):
    """`authors.html`: everybody who signs, A to Z; of many authors, the way to each letter's page,
    or the page of one letter."""

    count: int
    """Of all authors, or of those of its letter."""
    letters: tuple[Letter[AuthorItem], ...]
    """What is listed here: all of them, those of one letter, or none."""
    pages: tuple[LetterPage, ...] = ()
    """Every letter, where each has a page of its own."""
    most: tuple[AuthorItem, ...] = ()
    """Who signed most, most first: named where nobody else is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineView(View):
    """`storyline.html`."""

    storyline: StorylineRef
    intro: str
    now: str
    checked: date | None
    ahead: tuple[EventItem, ...]
    """Later than the last change of the storyline, the latest first, above the years."""
    years: tuple[TimelineYear, ...]
    """Newest first."""
    parts: tuple[Card, ...]
    """Oldest first: "Read it in order"."""
    events: int
    topics: tuple[TopicRef, ...]
    calendar: str = ""
    """Address of its calendar file; empty when it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylinesView(View):
    """`storylines.html`: developing first, then awaiting, then closed."""

    open: tuple[StorylineItem, ...]
    closed: tuple[StorylineItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView(View):
    """`archive.html`: years and months with counts; for one year, its months' lists too."""

    years: tuple[ArchiveYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView(View):
    """`front.html`. A briefing appears once in lead, latest and topic sections."""

    lead: Card | None
    lead_points: tuple[str, ...]
    lead_why: str
    five: tuple[RelatedCard, ...]
    """An edition's or editor's picks, with the line of each; empty when none were made."""
    five_title: str
    edition: Ref | None
    latest: tuple[Card, ...]
    storylines: tuple[StorylineItem, ...]
    topics: tuple[TopicSection, ...]
    changed: tuple[Change, ...]
    """Recently changed: updates and corrections, newest first."""
    ahead: tuple[EventItem, ...]
    """Dates ahead across storylines, soonest first."""
    chart: ChartItem | None = None
    """The first chart of the briefing that an editor picked."""
    dates_url: str = ""
    changes_url: str = ""
    archive_url: str = ""
    problems: tuple[str, ...] = ()
    """In a serving build: every problem of the folder, ready to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesView(View):
    """`dates.html`: everything with a date that is still to come."""

    groups: tuple[DateGroup, ...]
    """By month, soonest first."""
    passed: tuple[EventItem, ...]
    """Due lately and not yet told of, latest first."""
    calendar: str
    """Address of the site's calendar file; empty when it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainView(View):
    """`plain.html`: a title, a contents list and the body."""

    toc: tuple[TocItem, ...] = ()
    withdrawn: date | None = None
    """The day on which the page at this address was withdrawn; `reason` then takes the place of a
    text."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView(View):
    """`changes.html`: updates and corrections of all briefings, newest first."""

    intro: str
    years: tuple[tuple[int, tuple[Change, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView(View):
    """`edition.html`."""

    number: int
    published: date
    since: date | None
    """First day that it covers: the one after the edition before; None for the first."""
    minutes: int
    picks: tuple[RelatedCard, ...]
    also: tuple[TopicGroup, ...]
    """What else was published since `since`, by main topic."""
    changed: tuple[Change, ...]
    """What was updated or corrected since `since`, newest first."""
    previous: Ref | None
    next: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsView(View):
    """`editions.html`: newest first."""

    editions: tuple[tuple[Ref, date, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """`search.html`. What is found is not in the view: it comes from the index."""

    index: str
    """Address of the folder that holds the index, with a trailing `/`."""
    engine: str
    """Version of the search engine: a new one gets a new address."""
    topics: tuple[TopicRef, ...]
    """Offered to those who have nothing to search for, or find nothing."""
    ways: tuple[Ref, ...]
    """To everything else there is: all topics, the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    """`404.html`."""

    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsView(View):
    """`problems.html`: a file that could not be read, in a serving build only."""

    problems: tuple[str, ...]
