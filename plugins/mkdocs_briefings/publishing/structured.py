"""Structured data: what a page shows, said again in schema.org terms as JSON-LD.

Nothing is said that the page does not show, and dates are the strings that the page shows: a bare
date stays bare, a moment keeps its offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..viewing.parts import Chrome, YearGroup
from ..viewing.records import (
    ArchiveView,
    AuthorsView,
    AuthorView,
    BriefingView,
    ChangesView,
    DatesView,
    EditionsView,
    EditionView,
    FrontView,
    GlossaryView,
    ListView,
    NotFoundView,
    PlainView,
    ProblemsView,
    StorylinesView,
    StorylineView,
    TopicsView,
    TopicView,
    View,
)
from . import nodes
from .nodes import Node
from .text import absolute, compact, json_script


def structured(view: View, chrome: Chrome) -> str:
    """The JSON-LD of a page, safe as it is inside `<script type="application/ld+json">`.

    Empty for pages that have none: 404, problems, and whatever search engines are told not to
    index. Where the site does not know its own address every address is left out, breadcrumb and
    image with them; the rest stays.
    """
    if view.noindex or isinstance(view, (NotFoundView, ProblemsView)):
        return ""
    graph = [node for node in (*_main(view, chrome), nodes.breadcrumb(view, chrome)) if node]
    return json_script({"@context": "https://schema.org", "@graph": graph})


def _main(view: View, chrome: Chrome) -> tuple[Node, ...]:
    """What the page is, without its breadcrumb."""
    match view:
        case BriefingView():
            return (_briefing(view, chrome),)
        case FrontView():
            return (_website(view, chrome), nodes.publisher(chrome, policies=True))
        case TopicView():
            return _topic(view, chrome)
        case StorylineView():
            return _storyline(view, chrome)
        case GlossaryView():
            return (_terms(view, chrome),)
        case AuthorView():
            return (_profile(view, chrome),)
        case EditionView():
            return (_issue(view, chrome),)
        case PlainView():
            about = nodes.stem(view.source or view.url) == "about"
            return (_page(view, chrome, "AboutPage" if about else "WebPage"),)
    return (_collection(view, chrome, _listed(view)),)


def _listed(view: View) -> Iterator[tuple[str, str]]:
    """Title and address of all that a page of lists leads to, in its order."""
    match view:
        case ListView():
            yield from _cards(view.years)
        case TopicsView():
            yield from ((row.topic.title, row.topic.url) for row in view.tree)
        case AuthorsView():
            rows = (row for letter in view.letters for row in letter.rows)
            yield from ((row.author.name, row.author.url) for row in (*rows, *view.most))
        case StorylinesView():
            both = (*view.open, *view.closed)
            yield from ((each.storyline.title, each.storyline.url) for each in both)
        case ArchiveView():
            months = [month for year in view.years for month in year.months]
            if cards := [card for month in months for card in month.cards]:
                yield from ((card.title, card.url) for card in cards)
            else:
                yield from ((month.title, month.url) for month in months)
        case EditionsView():
            yield from ((ref.title, ref.url) for ref, _, _ in view.editions)
        case DatesView():
            events = (event for group in view.groups for event in group.events)
            # A date is told on its storyline's page, or by its briefing.
            told = ((event.text, event.story or event.card) for event in events)
            yield from ((text, place.url) for text, place in told if place)
        case ChangesView():
            changes = (change for _, group in view.years for change in group)
            # A briefing changed twice is in the list once, where it changed last.
            found = {c.card.url: c.card.title for c in changes if c.card}
            yield from ((title, url) for url, title in found.items())


def _cards(years: Iterable[YearGroup]) -> Iterator[tuple[str, str]]:
    return ((card.title, card.url) for year in years for card in year.cards)


def _page(view: View, chrome: Chrome, kind: str) -> Node:
    return compact(
        {
            "@type": kind,
            "name": view.title,
            "description": view.description,
            "url": absolute(chrome, view.url),
            "inLanguage": view.lang or chrome.lang,
        }
    )


def _collection(view: View, chrome: Chrome, listed: Iterable[tuple[str, str]]) -> Node:
    page = _page(view, chrome, "CollectionPage")
    if found := nodes.listing(listed, chrome):
        page["mainEntity"] = found
    return page


def _website(view: FrontView, chrome: Chrome) -> Node:
    return compact(
        {
            "@type": "WebSite",
            "@id": chrome.url and absolute(chrome, "#website"),
            "name": chrome.name,
            "description": chrome.purpose or view.description,
            "url": absolute(chrome, ""),
            "inLanguage": chrome.lang,
            "publisher": nodes.publisher(chrome),
        }
    )


def _briefing(view: BriefingView, chrome: Chrome) -> Node:
    address = absolute(chrome, view.url)
    return compact(
        {
            # What is in a series of papers is a report too.
            "@type": ["NewsArticle", "Report"] if view.number else "NewsArticle",
            "headline": view.title,
            "reportNumber": view.number,
            "description": view.description,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": view.published_iso,
            "dateModified": view.updated_iso or view.published_iso,
            "author": [nodes.author(ref, chrome) for ref in view.authors],
            "editor": view.editor and nodes.author(view.editor, chrome),
            "publisher": nodes.publisher(chrome),
            # Not `dateline`: that is where a text was filed.
            "contentLocation": view.place and {"@type": "Place", "name": view.place},
            "image": nodes.images(view, chrome),
            "inLanguage": view.lang or chrome.lang,
            "isAccessibleForFree": True,
            "license": chrome.licence_url and absolute(chrome, chrome.licence_url),
            "creativeWorkStatus": view.status,
            "wordCount": view.words,
            "timeRequired": f"PT{view.minutes}M",
            "articleSection": view.topics[0].title if view.topics else "",
            "about": [nodes.topic(ref, chrome) for ref in view.topics],
            "isPartOf": [nodes.series(ref, chrome) for ref in view.storylines],
            # The place in the first storyline, the one that the page shows a part of.
            "position": view.rail.part if view.rail else None,
            "citation": [nodes.citation(source) for source in view.sources],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": change.text,
                    "datePublished": change.date.isoformat(),
                }
                for change in view.changes
                if change.kind == "correction"
            ],
        }
    )


def _topic(view: TopicView, chrome: Chrome) -> tuple[Node, ...]:
    term = compact(
        {
            "@type": "DefinedTerm",
            "@id": chrome.url and absolute(chrome, f"{view.url}#topic"),
            "name": view.title,
            "description": view.intro,
            "url": absolute(chrome, view.url),
        }
    )
    page = _collection(view, chrome, _cards(view.years))
    if "@id" in term:
        page["about"] = {"@id": term["@id"]}
    if view.updated:
        page["dateModified"] = view.updated.isoformat()
    return (page, term)


def _terms(view: GlossaryView, chrome: Chrome) -> Node:
    return _page(view, chrome, "DefinedTermSet") | {
        "hasDefinedTerm": [
            compact(
                {
                    "@type": "DefinedTerm",
                    "name": row.term,
                    "alternateName": list(row.aliases),
                    "description": row.definition,
                    "url": absolute(chrome, f"{view.url}#{row.key}"),
                }
            )
            for letter in view.letters
            for row in letter.rows
        ]
    }


def _storyline(view: StorylineView, chrome: Chrome) -> tuple[Node, ...]:
    series = compact(
        {
            "@type": "CreativeWorkSeries",
            "name": view.title,
            "description": view.intro or view.description,
            "url": absolute(chrome, view.url),
            "inLanguage": view.lang or chrome.lang,
            "publisher": nodes.publisher(chrome),
            "about": [nodes.topic(ref, chrome) for ref in view.topics],
            "hasPart": [
                nodes.article(card, chrome) | {"position": n}
                for n, card in enumerate(view.parts, start=1)
            ],
        }
    )
    events = (*view.ahead, *(event for year in view.years for event in year.events))
    timeline: Node = {}
    if events:
        timeline = {
            "@type": "ItemList",
            "numberOfItems": len(events),
            "itemListElement": [
                {"@type": "ListItem", "position": n, "item": nodes.dated(event, chrome)}
                for n, event in enumerate(events, start=1)
            ],
        }
    return (series, timeline)


def _profile(view: AuthorView, chrome: Chrome) -> Node:
    """Roles and affiliations are a person's; a desk belongs to an organisation above it."""
    desk = view.author.desk
    affiliation = view.affiliation and {"@type": "Organization", "name": view.affiliation}
    entity = nodes.author(view.author, chrome) | {
        "description": view.bio,
        "jobTitle": "" if desk else view.author.role,
        "parentOrganization" if desk else "affiliation": affiliation,
        "contactPoint": _contact(view, chrome),
    }
    return _page(view, chrome, "ProfilePage") | {"mainEntity": compact(entity)}


def _contact(view: AuthorView, chrome: Chrome) -> Node:
    if view.contact is None or not view.contact.url:
        return {}
    scheme, _, rest = view.contact.url.partition(":")
    if scheme == "mailto":
        return {"@type": "ContactPoint", "email": rest}
    return compact({"@type": "ContactPoint", "url": absolute(chrome, view.contact.url)})


def _issue(view: EditionView, chrome: Chrome) -> Node:
    return compact(
        {
            "@type": "PublicationIssue",
            "name": view.title,
            "description": view.description,
            "url": absolute(chrome, view.url),
            "issueNumber": view.number or "",
            "datePublished": view.published.isoformat(),
            "inLanguage": view.lang or chrome.lang,
            "isPartOf": compact(
                {
                    "@type": "Periodical",
                    "name": chrome.name,
                    "url": absolute(chrome, view.trail[-1].url) if view.trail else "",
                    "publisher": nodes.publisher(chrome),
                }
            ),
            "hasPart": [nodes.article(pick.card, chrome) for pick in view.picks],
        }
    )
