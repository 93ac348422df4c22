"""The views of storylines: each with its timeline, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..catalog.registries import Storyline
from . import addresses as places
from .dates import calendar_url
from .parts import EventItem, Ref, TimelineYear
from .records import StorylinesView, StorylineView, View
from .shelf import Shelf
from .words import clip

TOPICS = 8
"""Most topics that a storyline's page names."""


def storyline_views(shelf: Shelf) -> Iterator[View]:
    """All storylines, then each, in the registry's order."""
    catalog = shelf.site.catalog
    order = {"developing": 0, "awaiting": 1, "closed": 2}
    parts, word = shelf.site.graph.parts, shelf.site.language.word
    # Within a status those with briefings first, else as the registry has them.
    keys = sorted(
        catalog.storylines,
        key=lambda key: (order[catalog.storylines[key].status], not parts.get(key)),
    )
    items = [(catalog.storylines[key].status, shelf.storyline_item(key)) for key in keys]
    yield StorylinesView(
        template="storylines.html",
        url=shelf.site.addresses.url("storylines/"),
        title=word("storylines"),
        description=word("storylines_description", site=shelf.site.name),
        section="storylines",
        trail=shelf.trail(),
        open=tuple(item for status, item in items if status != "closed"),
        closed=tuple(item for status, item in items if status == "closed"),
    )
    for storyline in catalog.storylines.values():
        yield _storyline(storyline, shelf)


def _storyline(storyline: Storyline, shelf: Shelf) -> StorylineView:
    site, word = shelf.site, shelf.site.language.word
    slugs = site.graph.parts.get(storyline.key, ())
    events = shelf.timeline(storyline.key)
    parts = [
        EventItem(
            date=shelf.cards[slug].published,
            precision="day",
            text="",
            kind="",
            key=False,
            card=shelf.cards[slug],
            since=shelf.cards[slug].published,
        )
        for slug in slugs
    ]
    past = [event for event in events if not event.ahead]
    years: dict[int, list[EventItem]] = {}
    # On one day a briefing stands above the event it tells.
    for entry in _newest_first([*reversed(parts), *past]):
        years.setdefault(entry.date.year, []).append(entry)
    topics = Counter(key for slug in slugs for key in site.catalog.briefings[slug].topics)
    ref = shelf.storylines[storyline.key]
    return StorylineView(
        template="storyline.html",
        url=ref.url,
        title=storyline.title,
        description=clip(
            storyline.description or word("storyline_description", storyline=storyline.title)
        ),
        section="storylines",
        trail=shelf.trail(Ref(title=word("storylines"), url=site.addresses.url("storylines/"))),
        feeds=shelf.feeds(places.storyline(storyline.key), storyline.title),
        storyline=ref,
        intro=storyline.description,
        now=storyline.now.text if storyline.now else "",
        checked=storyline.now.checked if storyline.now else None,
        ahead=tuple(_newest_first(event for event in events if event.ahead)),
        years=tuple(TimelineYear(year=year, events=tuple(told)) for year, told in years.items()),
        parts=shelf.picked(slugs),
        events=len(events),
        topics=tuple(
            shelf.bare_topics[key]
            for key in sorted(topics, key=lambda key: (-topics[key], key))[:TOPICS]
        ),
        calendar=calendar_url(shelf, places.storyline(storyline.key), events),
    )


def _newest_first(events: Iterable[EventItem]) -> list[EventItem]:
    """The latest day first; what is of one day in the order given, which is that of writing."""
    return sorted(events, key=lambda event: event.date, reverse=True)
