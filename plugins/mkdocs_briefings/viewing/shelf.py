"""The shelf: how each briefing, topic, author and storyline looks on other pages, made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b

from ..catalog.briefing import Briefing, Event, Source, Status, last_day
from ..catalog.catalog import Catalog
from ..catalog.forges import Forge
from ..catalog.history import FileHistory
from ..catalog.registries import Storyline
from ..catalog.settings import Settings
from ..linking.graph import Graph
from ..wording.language import ENGLISH, Language, direction
from . import addresses as places
from .addresses import Addresses
from .parts import (
    AuthorRef,
    Card,
    EventItem,
    FeedRef,
    Ref,
    SourceItem,
    StorylineItem,
    StorylineRef,
    TopicRef,
    YearGroup,
)
from .words import clip, latest

OVER = frozenset({Status.SUPERSEDED, Status.ARCHIVED})
"""States that lists tell: the text is no longer kept up."""
DEK = 300
"""Most characters of a summary in a list; longer ones are warned of."""
TEASER = 120
"""Most characters of a summary at the end of a briefing, where it is one of three offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What views are made from."""

    catalog: Catalog
    graph: Graph
    settings: Settings
    addresses: Addresses
    name: str
    today: date
    """Decides only what is "ahead"; nothing else reads the clock."""
    lang: str = "en"
    """BCP 47 tag of what is written here."""
    language: Language = ENGLISH
    """What the software itself says it in."""
    purpose: str = ""
    feeds: bool = True
    """Whether there are feeds: they need the site's absolute address."""
    cards: bool = False
    """Whether social cards are drawn."""
    forge: Forge = field(default_factory=Forge)
    """Where the sources are kept and can be edited."""
    history: Mapping[str, FileHistory] = field(default_factory=dict)
    """What the repository knows of a source, by path."""
    lead_topics: tuple[str, ...] = ()
    """Topics of the section bar."""
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By source path, ready to show; a serving build only."""

    identities: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    """What feeds know a briefing by, by slug: a day and an id; empty without a ledger."""

    def foreign(self, lang: str) -> tuple[str, str]:
        """Language and direction of a text, each empty where it is the site's."""
        there = direction(lang)
        return (
            lang if lang != self.lang else "",
            there if there != direction(self.lang) else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the page of a briefing has from its main topic alone: see `records.View`."""

    section: str
    trail: tuple[Ref, ...]
    feeds: FeedRef | None


class Shelf:
    """Refs and cards by key. Made whole at once: cheap, and every view shares them.

    Args:
        site: What they are of.
        cards: Those of all briefings, by slug, where they are made already.
        translations: As the attribute, where that is known.
    """

    def __init__(
        self,
        site: Site,
        cards: Mapping[str, Card] | None = None,
        translations: Mapping[str, Sequence[Briefing]] | None = None,
    ) -> None:
        self.site = site
        catalog, graph, url = site.catalog, site.graph, site.addresses.url
        self.topics = {
            key: TopicRef(
                key=key,
                title=topic.title,
                url=url(places.topic(key)),
                count=len(graph.filed.get(key, ())),
            )
            for key, topic in catalog.topics.items()
        }
        # Where a count is not shown it must not be in the view: it would make a page stale.
        self.bare_topics = {
            key: TopicRef(key=key, title=ref.title, url=ref.url) for key, ref in self.topics.items()
        }
        self.authors = {
            key: AuthorRef(
                key=key,
                name=author.name,
                url=url(places.author(key)),
                role=author.role,
                desk=author.desk,
                family=author.family,
            )
            for key, author in catalog.authors.items()
        }
        self.storylines = {
            key: StorylineRef(
                key=key,
                title=storyline.title,
                url=url(places.storyline(key)),
                status=_status(storyline, site.language),
            )
            for key, storyline in catalog.storylines.items()
        }
        self.part = {
            (key, slug): number
            for key, slugs in graph.parts.items()
            for number, slug in enumerate(slugs, 1)
        }
        self.cards: Mapping[str, Card] = (
            {slug: self.card_of(b) for slug, b in catalog.briefings.items()}
            if cards is None
            else cards
        )
        self.frames: dict[str, Frame] = {}
        """What pages have from their main topic, by its key; `briefing.briefing_view` makes them
        once."""
        self._teasers: dict[str, Card] = {}
        self._items: dict[str, StorylineItem] = {}
        self._timelines: dict[str, tuple[EventItem, ...]] = {}
        self.events: tuple[EventItem, ...] | None = None
        """Every event of the site; `dates.site_events` makes them once."""
        self.translations = _translations(catalog) if translations is None else translations
        """By slug of an original: that, and all of its translations."""

    def showing(self, briefing: Briefing, site: Site) -> Shelf:
        """The shelf with one briefing as it is now, in a site that differs from this one's by no
        more than that."""
        shelf = copy(self)
        shelf.site = site
        shelf.cards = {**self.cards, briefing.slug: shelf.card_of(briefing)}
        shelf._teasers, shelf._items, shelf._timelines = {}, {}, {}
        return shelf

    def card_of(self, briefing: Briefing) -> Card:
        """The card of a briefing, made now."""
        site = self.site
        storyline = briefing.storylines[0] if briefing.storylines else ""
        lang, turned = site.foreign(briefing.lang)
        held = briefing.slug in site.catalog.held
        return Card(
            slug=briefing.slug,
            title=briefing.title,
            url=site.addresses.url(site.addresses.briefing(briefing)),
            summary=clip(briefing.summary, DEK),
            published=briefing.published,
            minutes=briefing.minutes,
            updated=briefing.changed if briefing.changed > briefing.published else None,
            corrected=latest(c.date for c in briefing.corrections),
            topic=self.bare_topics[briefing.topics[0]] if briefing.topics else None,
            storyline=self.storylines.get(storyline),
            part=self.part.get((storyline, briefing.slug), 0),
            authors=tuple(self.authors[key] for key in briefing.authors),
            lang=lang,
            dir=turned,
            mark=("draft" if briefing.draft else "scheduled") if held else "",
            status=briefing.status.value if briefing.status in OVER else "",
            identity=self.identity(briefing)[1],
        )

    def teaser(self, slug: str) -> Card:
        """A card with no more of its summary than two or three lines in columns."""
        if (made := self._teasers.get(slug)) is None:
            card = self.cards[slug]
            summary = clip(card.summary, TEASER)
            made = card if summary == card.summary else replace(card, summary=summary)
            self._teasers[slug] = made
        return made

    def identity(self, briefing: Briefing) -> tuple[date | None, str]:
        """What feeds know a briefing by, where that is not its day and slug."""
        found = self.site.identities.get(briefing.slug, (None, ""))
        return (None, "") if found == (briefing.published, briefing.slug) else found

    def counted(self, topic: str, count: int) -> TopicRef:
        """A topic with another count than all its briefings."""
        return replace(self.bare_topics[topic], count=count)

    def picked(self, slugs: Iterable[str]) -> tuple[Card, ...]:
        """Cards of slugs, in their order; what is not published is left out."""
        return tuple(self.cards[slug] for slug in slugs if slug in self.cards)

    def feeds(self, place: str, title: str) -> FeedRef | None:
        """The feeds that belong to a place; None where the site has none."""
        if not self.site.feeds:
            return None
        atom, json = places.feeds(place)
        return FeedRef(title=title, atom=atom, json=json)

    def trail(self, *above: Ref) -> tuple[Ref, ...]:
        return (
            Ref(title=self.site.language.word("today"), url=self.site.addresses.url("")),
            *above,
        )

    def years(self, slugs: Iterable[str]) -> tuple[YearGroup, ...]:
        """Slugs, oldest first, as years with their briefings, newest first."""
        groups: dict[int, list[Card]] = {}
        for slug in reversed(tuple(slugs)):
            groups.setdefault(self.cards[slug].published.year, []).append(self.cards[slug])
        return tuple(YearGroup(year=year, cards=tuple(cards)) for year, cards in groups.items())

    def event(
        self, event: Event, briefing: Briefing | None, checked: date | None, *, numbered: bool
    ) -> EventItem:
        """An event whose text was last checked on a day, None when that is not known.

        With `numbered` it is one of the briefing's own page, which has the numbered source and
        says nothing that depends on the clock.
        """
        source = None
        if briefing and 0 < event.source <= len(briefing.sources):
            source = source_item(
                briefing.sources[event.source - 1],
                event.source if numbered else 0,
                self.site.language,
            )
        today = self.site.today
        # What was to come when it was told may come until its day, month or year is over; what
        # was told while that ran has happened.
        planned = checked is not None and checked < event.date
        ahead = not numbered and (
            today < event.date or (planned and today <= last_day(event.date, event.precision))
        )
        return EventItem(
            date=event.date,
            precision=event.precision,
            text=event.text,
            kind=self.site.language.word(f"kind_{event.kind}") if event.kind else "",
            key=event.key,
            source=source,
            card=self.cards[briefing.slug] if briefing and not numbered else None,
            ahead=ahead,
            overdue=planned and not ahead,
            anchor=_anchor(event),
        )

    def timeline(self, key: str) -> tuple[EventItem, ...]:
        """Every event of a storyline, its own and its briefings', oldest first, each once.

        An event that both tell (same date, same text) is shown with the briefing. Those of one day
        are in the order written.
        """
        if key not in self._timelines:
            self._timelines[key] = self._timeline(key)
        return self._timelines[key]

    def _timeline(self, key: str) -> tuple[EventItem, ...]:
        told: dict[tuple[date, str], EventItem] = {}
        since: dict[tuple[date, str], date | None] = {}
        storyline = self.site.catalog.storylines[key]
        briefings = [self.site.catalog.briefings[s] for s in self.site.graph.parts.get(key, ())]
        changed = latest(briefing.changed for briefing in briefings)
        checked = (storyline.now.checked if storyline.now else None) or changed
        for event in storyline.events:
            found = self.event(event, None, checked, numbered=False)
            told[event.date, event.text] = replace(found, card=self.cards.get(event.briefing))
            # When the storyline's own list grew, nothing tells.
            since[event.date, event.text] = None
        for briefing in briefings:
            known = latest([briefing.changed, checked])
            for event in briefing.events:
                found = self.event(event, briefing, known, numbered=False)
                told[event.date, event.text] = found
                since.setdefault((event.date, event.text), briefing.published)
        return tuple(
            replace(event, since=_since(event, since[event.date, event.text]))
            for event in sorted(told.values(), key=lambda e: e.date)
        )

    def storyline_item(self, key: str) -> StorylineItem:
        """A storyline as a card; made once, since many topics show it."""
        if key not in self._items:
            self._items[key] = self._storyline_item(key)
        return self._items[key]

    def _storyline_item(self, key: str) -> StorylineItem:
        storyline = self.site.catalog.storylines[key]
        slugs = self.site.graph.parts.get(key, ())
        ahead = [event for event in self.timeline(key) if event.ahead]
        return StorylineItem(
            storyline=self.storylines[key],
            description=storyline.description,
            now=storyline.now.text if storyline.now else "",
            dots=min(len(slugs), 12),
            parts=len(slugs),
            latest=latest(self.site.catalog.briefings[slug].changed for slug in slugs),
            next=ahead[0] if ahead else None,
        )

    def edit_url(self, path: str) -> str:
        return self.site.forge.edit_url(path)


def _translations(catalog: Catalog) -> Mapping[str, Sequence[Briefing]]:
    found: dict[str, list[Briefing]] = {}
    for briefing in catalog.briefings.values():
        if briefing.translation_of in catalog.briefings:
            group = found.setdefault(
                briefing.translation_of, [catalog.briefings[briefing.translation_of]]
            )
            group.append(briefing)
    return found


def source_item(source: Source, number: int, language: Language, cited: int = 0) -> SourceItem:
    return SourceItem(
        number=number,
        title=source.title,
        publisher=source.publisher,
        date=language.part_date(source.date),
        date_iso=source.date,
        url=source.url,
        kind=language.word(f"kind_{source.kind}") if source.kind else "",
        lang=source.lang,
        archived=source.archived,
        cited=cited,
    )


def _anchor(event: Event) -> str:
    digest = blake2b(event.text.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"_event-{event.date:%Y%m%d}-{digest}"


def _since(event: EventItem, told: date | None) -> date | None:
    """The first day on which a timeline can have said this: once it was told and had happened.

    What is ahead, or not yet confirmed, was told as a plan.
    """
    happened = None if event.ahead or event.overdue else event.date
    return latest([told, happened])


def _status(storyline: Storyline, language: Language) -> str:
    if storyline.status == "awaiting" and storyline.awaiting:
        return language.word("awaiting_what", what=storyline.awaiting)
    return language.word(storyline.status)
