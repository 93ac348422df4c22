"""The views of topics: each topic, its older pages, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..catalog.registries import Topic
from . import addresses as places
from .briefing import section
from .paging import first_paging, older_paging, pages
from .parts import AuthorItem, Letter, Ref, RelatedTopic, StateItem, TopicRow
from .records import ListView, TopicsView, TopicView, View
from .shelf import Shelf
from .words import by_letter, clip, latest

CONTRIBUTORS = 8
"""Most contributors that a topic's page names."""
RELATED_TOPICS = 8


def topic_views(shelf: Shelf) -> Iterator[View]:
    """All topics, then each with its older pages, in the registry's order."""
    children: dict[str, list[str]] = {}
    for key, topic in shelf.site.catalog.topics.items():
        children.setdefault(topic.parent, []).append(key)
    yield _all_topics(children, shelf)
    for topic in shelf.site.catalog.topics.values():
        yield from _topic(topic, children.get(topic.key, []), shelf)


def _topic(topic: Topic, children: list[str], shelf: Shelf) -> Iterator[View]:
    site, graph, word = shelf.site, shelf.site.graph, shelf.site.language.word
    place = places.topic(topic.key)
    slugs = graph.filed.get(topic.key, ())
    briefings = [site.catalog.briefings[slug] for slug in slugs]
    recent, older = pages(slugs, site.settings.page_size)
    ref = shelf.topics[topic.key]
    authors = Counter(key for briefing in briefings for key in briefing.authors)
    stories = Counter(key for briefing in briefings for key in briefing.storylines)
    yield TopicView(
        template="topic.html",
        url=ref.url,
        title=topic.title,
        description=clip(topic.description or word("topic_description", topic=topic.title)),
        section=section(topic.key, shelf),
        trail=_trail(topic, shelf),
        feeds=shelf.feeds(place, topic.title),
        key=topic.key,
        intro=topic.description,
        count=len(slugs),
        updated=latest(briefing.changed for briefing in briefings),
        children=tuple(shelf.topics[key] for key in children),
        checked=topic.now.checked if topic.now else None,
        now=topic.now.text if topic.now else "",
        state=tuple(
            StateItem(
                instrument=row.instrument,
                now=row.now,
                state=row.state,
                next=row.next,
                card=shelf.cards.get(row.briefing),
            )
            for row in (topic.now.state if topic.now else ())
        ),
        featured=shelf.picked(topic.featured),
        years=shelf.years(recent),
        paging=first_paging(shelf, place, len(older)),
        storylines=tuple(
            shelf.storyline_item(key)
            for key in sorted(stories, key=lambda key: (-stories[key], key))
        ),
        related=tuple(
            RelatedTopic(topic=shelf.bare_topics[key], shared=shared)
            for key, shared in graph.beside.get(topic.key, ())[:RELATED_TOPICS]
        ),
        contributors=tuple(
            AuthorItem(author=shelf.authors[key], count=authors[key])
            for key in sorted(authors, key=lambda key: (-authors[key], key))[:CONTRIBUTORS]
        ),
    )
    above = Ref(title=topic.title, url=ref.url)
    yield from older_views(shelf, place, older, (*_trail(topic, shelf), above), topic.title)


def older_views(
    shelf: Shelf, place: str, older: list[tuple[str, ...]], trail: tuple[Ref, ...], title: str
) -> Iterator[ListView]:
    """The older pages of a list, the oldest first."""
    site, word = shelf.site, shelf.site.language.word
    for number, slugs in enumerate(older, 1):
        first, last = (
            site.language.day(site.catalog.briefings[slug].published)
            for slug in (slugs[0], slugs[-1])
        )
        yield ListView(
            template="list.html",
            url=site.addresses.url(places.older(place, number)),
            title=word("older_title", title=title, first=first, last=last),
            description=word("older_description", title=title, first=first, last=last),
            section="",
            trail=trail,
            noindex=True,
            heading=title,
            intro=word("older_intro", first=first, last=last),
            years=shelf.years(slugs),
            paging=older_paging(shelf, place, number, len(older)),
        )


def _trail(topic: Topic, shelf: Shelf) -> tuple[Ref, ...]:
    _, *above = shelf.site.catalog.lineage(topic.key)
    refs = (Ref(title=shelf.topics[key].title, url=shelf.topics[key].url) for key in above[::-1])
    everything = shelf.site.language.word("all_topics")
    return shelf.trail(Ref(title=everything, url=shelf.site.addresses.url("topics/")), *refs)


def _all_topics(children: Mapping[str, Sequence[str]], shelf: Shelf) -> TopicsView:
    catalog, graph, word = shelf.site.catalog, shelf.site.graph, shelf.site.language.word

    def row(key: str, depth: int) -> TopicRow:
        return TopicRow(
            topic=shelf.topics[key],
            description=catalog.topics[key].description,
            depth=depth,
            latest=latest(catalog.briefings[slug].changed for slug in graph.filed.get(key, ())),
        )

    def walk(parent: str, depth: int) -> Iterator[TopicRow]:
        for key in children.get(parent, ()):
            yield row(key, depth)
            yield from walk(key, depth + 1)

    rows = (row(key, 0) for key in catalog.topics)
    letters = by_letter(rows, lambda row: row.topic.title, shelf.site.lang)
    return TopicsView(
        template="topics.html",
        url=shelf.site.addresses.url("topics/"),
        title=word("all_topics"),
        description=word("topics_description", site=shelf.site.name),
        section="topics",
        trail=shelf.trail(),
        tree=tuple(walk("", 0)),
        letters=tuple(Letter(letter=initial, rows=those) for initial, those in letters.items()),
    )
