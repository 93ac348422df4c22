"""The views of editions: each hand-picked issue, and all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..catalog.pages import Edition
from . import addresses as places
from .pages import logged
from .parts import Card, Change, Ref, RelatedCard, TopicGroup
from .records import EditionsView, EditionView, View
from .shelf import Shelf
from .words import clip

CHANGES = 12
"""Most changes that an edition lists."""


def edition_views(shelf: Shelf) -> Iterator[View]:
    """All editions, then each, newest first; nothing when there is none."""
    site = shelf.site
    editions = list(site.catalog.editions.values())
    if not editions:
        return
    refs = [Ref(title=e.title, url=site.addresses.url(places.edition(e.slug))) for e in editions]
    word = site.language.word
    home = Ref(title=word("editions"), url=site.addresses.url("editions/"))
    yield EditionsView(
        template="editions.html",
        url=home.url,
        title=home.title,
        description=word("editions_description", site=site.name),
        section="editions",
        trail=shelf.trail(),
        editions=tuple(
            (ref, edition.published, edition.summary)
            for ref, edition in reversed(list(zip(refs, editions, strict=True)))
        ),
    )
    log = logged(shelf)
    for at, edition in enumerate(editions):
        yield _edition(
            edition,
            shelf,
            home,
            log,
            since=editions[at - 1].published + timedelta(days=1) if at else None,
            previous=refs[at - 1] if at else None,
            following=refs[at + 1] if at + 1 < len(refs) else None,
        )


def _edition(
    edition: Edition,
    shelf: Shelf,
    home: Ref,
    log: Sequence[Change],
    *,
    since: date | None,
    previous: Ref | None,
    following: Ref | None,
) -> EditionView:
    site = shelf.site
    picks = tuple(
        RelatedCard(card=shelf.cards[pick.slug], reason=pick.reason)
        for pick in edition.picks
        if pick.slug in shelf.cards
    )
    # Two editions of one day share it: the second covers what its picks are.
    since = since if since and since <= edition.published else None
    lang, turned = site.foreign(edition.lang)
    return EditionView(
        template="edition.html",
        url=site.addresses.url(places.edition(edition.slug)),
        title=edition.title,
        description=clip(edition.summary or edition.body.first_paragraph or edition.title),
        section="editions",
        trail=shelf.trail(home),
        lang=lang,
        dir=turned,
        edit_url=shelf.edit_url(edition.path),
        source=edition.path,
        number=edition.number,
        published=edition.published,
        since=since,
        minutes=sum(pick.card.minutes for pick in picks),
        picks=picks,
        also=_also(shelf, since, edition.published, {pick.card.slug for pick in picks}),
        changed=tuple(c for c in log if since and since <= c.date <= edition.published)[:CHANGES],
        previous=previous,
        next=following,
    )


def _also(
    shelf: Shelf, since: date | None, until: date, picked: set[str]
) -> tuple[TopicGroup, ...]:
    """What else was published from one day to another, newest first, by main topic."""
    if since is None:
        return ()
    groups: dict[str, list[Card]] = {}
    for slug, briefing in reversed(list(shelf.site.catalog.briefings.items())):
        if since <= briefing.published <= until and slug not in picked and briefing.topics:
            groups.setdefault(briefing.topics[0], []).append(shelf.cards[slug])
    return tuple(
        TopicGroup(topic=shelf.bare_topics[key], cards=tuple(cards))
        for key, cards in groups.items()
    )
