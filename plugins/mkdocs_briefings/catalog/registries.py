"""The vocabularies of a site: topics, authors, storylines, glossary terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .briefing import Event

STATES = ("holds", "moves", "waits")
"""What a row of "State of play" can say: in force, changing, awaiting a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One row of a topic's "State of play"."""

    instrument: str
    now: str
    state: str = "holds"
    """One of `STATES`."""
    next: str = ""
    briefing: str = ""
    """Slug of the briefing it rests on, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where things stand, written by hand, with the day it was last checked."""

    text: str = ""
    checked: date | None = None
    state: tuple[StateRow, ...] = ()
    """At most eight rows; topics only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that briefings are filed under."""

    key: str
    """Unique across the tree; the page is `topics/<key>/`."""
    title: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    """Key of the topic above, or empty for a top one."""
    featured: tuple[str, ...] = ()
    """Slugs for "Start here", in order."""
    now: Now | None = None
    owners: tuple[str, ...] = ()
    """Who is asked to review its briefings: `@name`, `@team/desk` or an e-mail address of the
    forge. Never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody, or a desk, that signs briefings."""

    key: str
    name: str
    family: str = ""
    """The family name as it stands in `name`; empty for the usual place, the end."""
    role: str = ""
    bio: str = ""
    contact: str = ""
    """An address or a web page; a page shows it as a link only when it is http, https or mailto."""
    interests: str = ""
    """Declared interests."""
    affiliation: str = ""
    desk: bool = False
    """An organisation and not a person, in structured data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """A curated run of briefings and events."""

    key: str
    title: str
    description: str = ""
    """What it is about, in one to three sentences."""
    status: str = "developing"
    """`developing`, `awaiting` or `closed`."""
    awaiting: str = ""
    """What is awaited, when the status is awaiting."""
    now: Now | None = None
    events: tuple[Event, ...] = ()
    """Events of its own, in order of date; those of its briefings come on top."""


STORYLINE_STATUSES = ("developing", "awaiting", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary entry."""

    key: str
    term: str
    definition: str
    aliases: tuple[str, ...] = ()
