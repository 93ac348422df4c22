"""What can be found: a record a page, made from its view and its body.

Lists, archives and people have no records: they hold nothing that is not on the pages they lead
to. A briefing is found by the names of those who signed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from ...viewing.parts import Chrome, Ref
from ...viewing.records import (
    BriefingView,
    EditionView,
    PlainView,
    StorylineView,
    TopicView,
    View,
)
from ...viewing.shelf import Shelf
from ...wording.language import primary

BodyOf = Callable[[View], str]
"""Gives the sanitised HTML of a page's body; empty for a page without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A page as search knows it. Nothing in it is hidden on the page."""

    url: str
    """Relative to the site's root, percent-encoded."""
    title: str
    kind: str
    """`briefing`, `topic`, `storyline`, `edition` or `page`."""
    lead: tuple[str, ...] = ()
    """Plain texts above the body: summary, key points, where things stand."""
    lines: tuple[str, ...] = ()
    """Plain texts of lists: events, the state of play, why a briefing was picked."""
    body: str = ""
    """Sanitised HTML; its headings are what results lead to."""
    names: tuple[str, ...] = ()
    """Of those who signed."""
    date: str = ""
    """Day in ISO 8601, the order of "newest first"; empty for a page that is not dated."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by facet: `topic`, `author`, `storyline`, `year`, `lang`."""
    topic: Ref | None = None
    lang: str = ""
    """BCP 47 when it differs from the site's, else empty."""
    dir: str = ""
    """`rtl` or `ltr` when it differs from the site's, else empty."""
    mark: str = ""
    """`draft` or `scheduled` in a serving build, else empty."""


class Filed(NamedTuple):
    """What of a record decides which part of an index it is in, and what that is made from."""

    kind: str
    date: str
    facets: Mapping[str, tuple[str, ...]]
    digest: bytes
    """Of all of the record."""

    @classmethod
    def of(cls, record: Record) -> Filed:
        digest = blake2b(msgspec.msgpack.encode(record), digest_size=16).digest()
        return cls(record.kind, record.date, record.facets, digest)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be found. Its record, which holds all of its text, is made when it is asked
    for: an edit asks for few."""

    filed: Filed
    record: Callable[[], Record]


def entries(views: Iterable[View], shelf: Shelf, chrome: Chrome, body: BodyOf) -> Iterator[Entry]:
    """What can be found of a site, in the order of the views."""
    for view in views:
        if made := record_of(view, shelf, chrome, body):
            yield Entry(Filed.of(made), partial(_itself, made))


def record_of(view: View, shelf: Shelf, chrome: Chrome, body: BodyOf) -> Record | None:
    """The record of a page, if it has one.

    It is made from the view, the body, the topics above those of the view, and the language of
    the site.
    """
    made = _record(view, shelf, body)
    return made and _filed(made, chrome)


def _itself(record: Record) -> Record:
    return record


def _record(view: View, shelf: Shelf, body: BodyOf) -> Record | None:
    match view:
        case BriefingView():
            return _briefing(view, shelf, body(view))
        case TopicView():
            return _topic(view, shelf)
        case StorylineView():
            return _storyline(view, body(view))
        case EditionView():
            return Record(
                url=view.url,
                title=view.title,
                kind="edition",
                lines=tuple(pick.reason for pick in view.picks),
                body=body(view),
                date=view.published.isoformat(),
                lang=view.lang,
                dir=view.dir,
            )
        case PlainView() if not view.withdrawn:
            return Record(
                url=view.url,
                title=view.title,
                kind="page",
                body=body(view),
                lang=view.lang,
                dir=view.dir,
            )
    return None


def _briefing(view: BriefingView, shelf: Shelf, body: str) -> Record:
    # A briefing on steel is one on tariffs too.
    above = shelf.site.catalog.lineage
    topics = dict.fromkeys(key for ref in view.topics for key in above(ref.key))
    main = view.topics[0] if view.topics else None
    return Record(
        url=view.url,
        title=view.title,
        kind="briefing",
        lead=(
            *((view.summary,) if view.show_summary else ()),
            *(point.text for point in view.key_points),
            view.why,
        ),
        lines=(view.number,),
        body=body,
        names=tuple(author.name for author in view.authors),
        date=view.published.isoformat(),
        facets={
            "topic": tuple(topics),
            "author": tuple(author.key for author in view.authors),
            "storyline": tuple(ref.key for ref in view.storylines),
        },
        topic=Ref(title=main.title, url=main.url) if main else None,
        lang=view.lang,
        dir=view.dir,
        mark=view.mark,
    )


def _topic(view: TopicView, shelf: Shelf) -> Record:
    state = (f"{row.instrument}: {row.now}. {row.next}" for row in view.state)
    return Record(
        url=view.url,
        title=view.title,
        kind="topic",
        lead=(view.intro, view.now),
        lines=tuple(state),
        date=_day(view.checked, view.updated),
        facets={"topic": shelf.site.catalog.lineage(view.key)},
    )


def _storyline(view: StorylineView, body: str) -> Record:
    events = (event for year in view.years for event in year.events)
    return Record(
        url=view.url,
        title=view.storyline.title,
        kind="storyline",
        lead=(view.intro, view.now),
        lines=tuple(event.text for event in (*view.ahead, *events)),
        body=body,
        date=_day(view.checked, *(card.updated or card.published for card in view.parts)),
        facets={"storyline": (view.storyline.key,), "topic": tuple(t.key for t in view.topics)},
    )


def _day(*days: date | None) -> str:
    return max((day.isoformat() for day in days if day), default="")


def _filed(record: Record, chrome: Chrome) -> Record:
    """A record with the facets that every kind has: its year and its language."""
    facets = {facet: keys for facet, keys in record.facets.items() if keys}
    if record.date:
        facets["year"] = (record.date[:4],)
    facets["lang"] = (primary(record.lang or chrome.lang),)
    return replace(record, facets=facets)
