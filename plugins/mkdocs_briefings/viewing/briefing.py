"""The view of a briefing."""

from __future__ import annotations

from urllib.parse import quote

from ..catalog.briefing import Briefing
from ..linking.reasons import reason_text
from . import addresses as places
from .glossary import term_mentions
from .history import edit_items, version_url, with_commits
from .parts import (
    BacklinkItem,
    Card,
    Change,
    ImageItem,
    KeyPointItem,
    Rail,
    RailPart,
    Ref,
    RelatedCard,
    TocItem,
)
from .records import BriefingView
from .shelf import Frame, Shelf, source_item
from .words import clip

LONG_READ = 5_000
"""Words from which a page leaves its citations to files of their own, 350 bytes compressed: one of
2,000 articles is so long. With 7,800 words a page would weigh more than the 25 KB it may."""


def briefing_view(briefing: Briefing, shelf: Shelf) -> BriefingView:
    site, card = shelf.site, shelf.cards[briefing.slug]
    beside = site.graph.in_topic[briefing.slug]
    main = briefing.topics[0] if briefing.topics else ""
    frame = _frame(main, shelf)
    history = site.history.get(briefing.path)
    day, name = shelf.identity(briefing)
    return BriefingView(
        template="briefing.html",
        url=card.url,
        title=briefing.title,
        description=clip(briefing.summary),
        section=frame.section,
        trail=frame.trail,
        feeds=frame.feeds,
        card=places.card(briefing.slug) if site.cards else "",
        lang=card.lang,
        dir=card.dir,
        edit_url=shelf.edit_url(briefing.path),
        source=briefing.path,
        noindex=bool(card.mark),
        slug=briefing.slug,
        identity=name,
        first_published=day,
        summary=briefing.summary,
        show_summary=briefing.summary_written and bool(briefing.summary),
        authors=card.authors,
        editor=shelf.authors.get(briefing.editor),
        place=briefing.place,
        number=briefing.number,
        published=briefing.published,
        published_iso=(briefing.published_at or briefing.published).isoformat(),
        updated=card.updated,
        updated_iso=card.updated.isoformat() if card.updated else "",
        minutes=card.minutes,
        words=briefing.body.words,
        topics=tuple(shelf.bare_topics[key] for key in briefing.topics),
        storylines=tuple(shelf.storylines[key] for key in briefing.storylines),
        rail=_rail(briefing, shelf),
        status=briefing.status.value if briefing.status else "",
        successor=shelf.cards.get(briefing.superseded_by),
        key_points=tuple(
            KeyPointItem(text=point.text, anchor=point.section) for point in briefing.key_points
        ),
        why=briefing.why,
        toc=tuple(
            TocItem(title=h.text, anchor=h.anchor) for h in briefing.body.headings if h.level == 2
        ),
        coming=tuple(
            shelf.event(event, briefing, None, numbered=True)
            for event in briefing.events
            if event.date > briefing.changed
        ),
        sources=tuple(source_item(s, n, site.language) for n, s in enumerate(briefing.sources, 1)),
        changes=with_commits(changes(briefing), history, site.forge),
        related=_related(briefing, shelf),
        backlinks=_backlinks(briefing, shelf),
        topic_previous=shelf.cards.get(beside.previous),
        topic_next=shelf.cards.get(beside.next),
        image=_image(briefing),
        translations=_translations(briefing, shelf),
        terms=tuple(term_mentions(briefing.slug, shelf)),
        mark=card.mark,
        edits=edit_items(history, site.forge),
        edit_count=len(history.edits) if history else 0,
        version_url=version_url(history, site.forge),
        citations=places.citations(briefing.slug) if briefing.body.words >= LONG_READ else "",
        problems=site.problems.get(briefing.path, ()),
    )


def _related(briefing: Briefing, shelf: Shelf) -> tuple[RelatedCard, ...]:
    """Related briefings with their reasons.

    A lone computed one is none: a reader takes a single, weak suggestion for the best there is.
    """
    site = shelf.site
    found = site.graph.related.get(briefing.slug, ())[: site.settings.related]
    if len(found) < 2 and not any(r.kind == "curated" for r in found):
        return ()
    return tuple(
        RelatedCard(card=shelf.teaser(r.slug), reason=reason_text(r, site.catalog, site.language))
        for r in found
    )


def _backlinks(briefing: Briefing, shelf: Shelf) -> tuple[BacklinkItem, ...]:
    """Who cites it; a translation only where its original does not, as it says the same again."""
    found = shelf.site.graph.backlinks.get(briefing.slug, ())
    citing = {b.slug for b in found}
    return tuple(
        BacklinkItem(card=shelf.cards[b.slug], before=b.before, text=b.text, after=b.after)
        for b in found
        if shelf.site.catalog.briefings[b.slug].translation_of not in citing
    )


def _image(briefing: Briefing) -> ImageItem | None:
    image = briefing.image
    return ImageItem(url=quote(image.src), alt=image.alt, credit=image.credit) if image else None


def section(topic: str, shelf: Shelf) -> str:
    """The entry of the section bar that stands for a topic: itself or the nearest above it."""
    for key in shelf.site.catalog.lineage(topic):
        if key in shelf.site.lead_topics:
            return f"topic:{key}"
    return "topics" if topic else ""


def changes(briefing: Briefing, card: Card | None = None) -> tuple[Change, ...]:
    """The log of a briefing, newest first; the last is its publication."""
    log = [Change(date=briefing.published, kind="published", text="", card=card)]
    if briefing.changed == briefing.published and not briefing.corrections:
        return tuple(log)
    log += [
        Change(date=c.date, kind="correction", text=c.text, card=card) for c in briefing.corrections
    ]
    if briefing.updated and briefing.updated > briefing.published:
        log.append(Change(date=briefing.updated, kind="update", text="", card=card))
    rank = {"published": 0, "update": 1, "correction": 2}
    return tuple(sorted(log, key=lambda c: (c.date, rank[c.kind], c.text), reverse=True))


def _frame(topic: str, shelf: Shelf) -> Frame:
    """What a page has from its main topic; made once for all of that topic."""
    if topic not in shelf.frames:
        ref = shelf.topics[topic] if topic else None
        above = (Ref(title=ref.title, url=ref.url),) if ref else ()
        shelf.frames[topic] = Frame(
            section=section(topic, shelf),
            trail=shelf.trail(*above),
            feeds=shelf.feeds(places.topic(topic), ref.title) if ref else None,
        )
    return shelf.frames[topic]


def _rail(briefing: Briefing, shelf: Shelf) -> Rail | None:
    if not briefing.storylines:
        return None
    key = briefing.storylines[0]
    slugs = shelf.site.graph.parts[key]
    here = slugs.index(briefing.slug)
    start, end = max(0, here - 2), here + 3

    def part(slug: str) -> RailPart:
        card = shelf.cards[slug]
        return RailPart(
            title=card.title,
            url=card.url,
            date=card.published,
            current=slug == briefing.slug,
            lang=card.lang,
            dir=card.dir,
            status=card.status,
        )

    return Rail(
        storyline=shelf.storylines[key],
        part=here + 1,
        first=part(slugs[0]) if start else None,
        skipped=max(0, start - 1),
        parts=tuple(part(slug) for slug in slugs[start:end]),
        previous=shelf.cards[slugs[here - 1]] if here else None,
        next=shelf.cards[slugs[here + 1]] if here + 1 < len(slugs) else None,
    )


def _translations(briefing: Briefing, shelf: Shelf) -> tuple[Card, ...]:
    """Briefings that are translations of one original, this one left out, by language."""
    original = briefing.translation_of or briefing.slug
    others = [
        shelf.cards[other.slug]
        for other in shelf.translations.get(original, ())
        if other.slug != briefing.slug
    ]
    return tuple(sorted(others, key=lambda card: (card.lang, card.slug)))
