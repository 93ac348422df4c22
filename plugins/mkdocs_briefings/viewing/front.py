"""The view of the front page: an editor's picks, the rest filled by date."""

from __future__ import annotations

from itertools import islice

from ..catalog.briefing import Briefing, Pick, Status
from . import addresses as places
from .briefing import changes
from .dates import site_events
from .parts import Card, Change, ChartItem, Ref, RelatedCard, TopicSection
from .records import FrontView
from .shelf import Shelf
from .words import clip

LATEST = 6
BESIDE = 3
"""Of the newest, where an editor's five stand above them."""
STORYLINES = 3
TOPICS = 6
CHANGED = 4
AHEAD = 5


def front_view(shelf: Shelf) -> FrontView:
    site = shelf.site
    catalog, front = site.catalog, site.catalog.front
    newest = _newest(shelf)
    lead = front.lead if front.lead in catalog.briefings else next(iter(newest), "")
    title, edition, five = _five(shelf)
    latest = [slug for slug in newest if slug != lead][: BESIDE if five else LATEST]
    return FrontView(
        template="front.html",
        url="",
        title=front.title or site.name,
        description=clip(site.purpose or site.language.word("front_description", site=site.name)),
        section="today",
        feeds=shelf.feeds("", site.name),
        edit_url=shelf.edit_url(front.path) if front.title or front.lead else "",
        source=front.path if front.body.markdown else "",
        lead=shelf.cards.get(lead),
        lead_points=points_of(catalog.briefings[lead]) if lead else (),
        lead_why=catalog.briefings[lead].why if lead else "",
        five=five,
        five_title=title,
        edition=edition,
        latest=shelf.picked(latest),
        storylines=tuple(shelf.storyline_item(key) for key in _storylines(shelf)),
        topics=_topics(shelf, shown={lead, *latest}),
        changed=_changed(shelf),
        ahead=tuple(event for event in site_events(shelf) if event.ahead)[:AHEAD],
        chart=_chart(shelf),
        dates_url=site.addresses.url("dates/"),
        changes_url=site.addresses.url(places.CHANGES),
        archive_url=site.addresses.url("archive/"),
        problems=tuple(line for lines in site.problems.values() for line in lines),
    )


def points_of(lead: Briefing) -> tuple[str, ...]:
    """What stands under the briefing that leads."""
    return tuple(point.text for point in lead.key_points[:3])


def _newest(shelf: Shelf) -> list[str]:
    """What may stand on the front page, newest first: in the site's language, and not replaced.

    A translation is reached from its original, an account that was superseded from its successor.
    """
    site = shelf.site
    return [
        slug
        for slug, briefing in reversed(list(site.catalog.briefings.items()))
        if briefing.status != Status.SUPERSEDED
        and not (briefing.translation_of in site.catalog.briefings and briefing.lang != site.lang)
    ]


def _five(shelf: Shelf) -> tuple[str, Ref | None, tuple[RelatedCard, ...]]:
    """The editor's five, or the newest edition's picks: heading, edition, picks."""
    catalog, word = shelf.site.catalog, shelf.site.language.word
    edition = next(reversed(list(catalog.editions.values())), None)
    picks: tuple[Pick, ...] = catalog.front.five or (edition.picks if edition else ())
    ref = None
    if edition:
        url = shelf.site.addresses.url(places.edition(edition.slug))
        name = word("edition_number", number=edition.number) if edition.number else edition.title
        ref = Ref(title=name, url=url)
    title = edition.title if edition and not catalog.front.five else word("reason_curated")
    cards = tuple(
        RelatedCard(card=shelf.cards[pick.slug], reason=pick.reason)
        for pick in picks[:5]
        if pick.slug in shelf.cards
    )
    return title, ref, cards


def _storylines(shelf: Shelf) -> list[str]:
    """The editor's three, else the open storylines changed last."""
    catalog, graph = shelf.site.catalog, shelf.site.graph
    if catalog.front.storylines:
        return [key for key in catalog.front.storylines if key in catalog.storylines][:STORYLINES]
    used = [key for key, slugs in graph.parts.items() if slugs]
    used.sort(
        key=lambda key: (
            catalog.storylines[key].status != "closed",
            max(catalog.briefings[slug].changed for slug in graph.parts[key]),
            key,
        ),
        reverse=True,
    )
    return used[:STORYLINES]


def _topics(shelf: Shelf, shown: set[str]) -> tuple[TopicSection, ...]:
    """Sections of the editor's topics, else of those filed under last; no briefing twice."""
    catalog, graph = shelf.site.catalog, shelf.site.graph
    if catalog.front.topics:
        keys = [key for key in catalog.front.topics if key in catalog.topics]
    else:
        # In the order in which their newest briefings appear.
        keys = list(
            dict.fromkeys(
                catalog.briefings[slug].topics[0]
                for slug in list(catalog.briefings)[::-1]
                if catalog.briefings[slug].topics
            )
        )
    sections: list[TopicSection] = []
    offered = set(_newest(shelf)) - shown
    for key in keys:
        if len(sections) == TOPICS:
            break
        filed = reversed(graph.filed.get(key, ()))
        fresh = list(islice((slug for slug in filed if slug in offered), 3))
        if fresh:
            offered.difference_update(fresh)
            lead, *more = shelf.picked(fresh)
            sections.append(TopicSection(topic=shelf.bare_topics[key], lead=lead, more=tuple(more)))
    return tuple(sections)


def _changed(shelf: Shelf) -> tuple[Change, ...]:
    found: list[tuple[Change, Card]] = []
    for slug, briefing in shelf.site.catalog.briefings.items():
        card = shelf.cards[slug]
        # One line a briefing: its last change.
        newest = changes(briefing, card)[0]
        if newest.kind != "published":
            found.append((newest, card))
    found.sort(key=lambda pair: (pair[0].date, pair[1].slug), reverse=True)
    return tuple(change for change, _ in found[:CHANGED])


def _chart(shelf: Shelf) -> ChartItem | None:
    slug = shelf.site.catalog.front.chart
    if not slug:
        return None
    briefing = shelf.site.catalog.briefings[slug]
    chart = briefing.body.charts[0]
    source = briefing.sources[chart.source - 1] if chart.source else None
    return ChartItem(
        chart=chart,
        source=(source.publisher or source.title) if source else "",
        card=shelf.cards[slug],
    )
