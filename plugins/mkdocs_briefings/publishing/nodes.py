"""Pieces of schema.org that several kinds of page share.

Every function leaves out what is empty, and every address when the site does not know its own: an
address in structured data is absolute or it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from ..viewing.parts import AuthorRef, Card, Chrome, EventItem, SourceItem, StorylineRef, TopicRef
from ..viewing.records import BriefingView, View
from .cards import shapes
from .text import ICON, absolute, compact

Node = dict[str, Any]

# Which page of the footer tells what about the publisher, by the last part of its address.
_POLICIES = {
    "authors": "masthead",
    "corrections": "correctionsPolicy",
    "corrections-policy": "correctionsPolicy",
    "editorial-rules": "publishingPrinciples",
    "ethics": "ethicsPolicy",
    "ethics-policy": "ethicsPolicy",
    "funding": "ownershipFundingInfo",
    "ownership": "ownershipFundingInfo",
}
_LOGO = 180
"""Pixels of a side: the theme's icon stands for the publisher."""


def stem(address: str) -> str:
    """The last part of an address, without its ending: `about` for `about/` and `about.html`."""
    return PurePosixPath(address).stem


def publisher(chrome: Chrome, *, policies: bool = False) -> Node:
    """Who publishes the site; with `policies`, also where it says by which rules."""
    node: Node = {
        "@type": "NewsMediaOrganization",
        "@id": chrome.url and absolute(chrome, "#publisher"),
        "name": chrome.name,
        "url": absolute(chrome, ""),
        "logo": _picture(absolute(chrome, ICON), _LOGO, _LOGO),
    }
    if policies:
        for link in (link for group in chrome.footer for link in group.links):
            # A policy is somebody's page; what the site makes below `changes/` is a list.
            own = "/" not in link.url.strip("/")
            if own and (name := _POLICIES.get(stem(link.url))):
                node[name] = absolute(chrome, link.url)
        # Rules of editing are what a site without a page on ethics has to say of them.
        if rules := node.get("publishingPrinciples"):
            node.setdefault("ethicsPolicy", rules)
    return compact(node)


def images(view: BriefingView, chrome: Chrome) -> list[Node]:
    """Its own picture, then its social card in every shape; empty for neither."""
    found: list[Node] = []
    if view.image and (address := absolute(chrome, view.image.url)):
        found.append(
            _picture(address)
            | compact({"description": view.image.alt, "creditText": view.image.credit})
        )
    if view.card and chrome.url:
        found += [
            _picture(absolute(chrome, url), shape.width, shape.height)
            for url, shape in shapes(view.slug).items()
        ]
    return found


def _picture(address: str, width: int = 0, height: int = 0) -> Node:
    """A picture; empty without an address, and no size where it is not known."""
    if not address:
        return {}
    size = {"width": width, "height": height} if width else {}
    return {"@type": "ImageObject", "url": address} | size


def author(ref: AuthorRef, chrome: Chrome) -> Node:
    """Somebody who signs; a desk is an organisation."""
    kind = "Organization" if ref.desk else "Person"
    return compact({"@type": kind, "name": ref.name, "url": absolute(chrome, ref.url)})


def topic(ref: TopicRef, chrome: Chrome) -> Node:
    return compact(
        {"@type": "DefinedTerm", "name": ref.title, "url": absolute(chrome, ref.url)},
    )


def series(ref: StorylineRef, chrome: Chrome) -> Node:
    return compact(
        {"@type": "CreativeWorkSeries", "name": ref.title, "url": absolute(chrome, ref.url)},
    )


def article(card: Card, chrome: Chrome) -> Node:
    """A briefing as another page names it."""
    return compact(
        {
            "@type": "NewsArticle",
            "headline": card.title,
            "url": absolute(chrome, card.url),
            "datePublished": card.published.isoformat(),
            "inLanguage": card.lang,
        }
    )


def citation(source: SourceItem) -> Node:
    """A source."""
    return compact(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "datePublished": source.date_iso,
            "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
            "inLanguage": source.lang,
            "archivedAt": source.archived,
        }
    )


def dated(event: EventItem, chrome: Chrome) -> Node:
    """An entry of a timeline: what is told and the day, month or year it is told of."""
    if event.card is not None and not event.kind:
        return article(event.card, chrome)
    length = {"year": 4, "month": 7}.get(event.precision, 10)
    return compact(
        {
            "@type": "CreativeWork",
            "name": event.text,
            "temporalCoverage": event.date.isoformat()[:length],
            "url": absolute(chrome, event.card.url) if event.card else "",
            "citation": event.source and citation(event.source),
        }
    )


def listing(refs: Iterable[tuple[str, str]], chrome: Chrome) -> Node:
    """An `ItemList` of (title, address), in the order of the page; empty for none."""
    elements = [
        compact(
            {"@type": "ListItem", "position": n, "name": title, "url": absolute(chrome, url)},
        )
        for n, (title, url) in enumerate(refs, start=1)
    ]
    if not elements:
        return {}
    return {"@type": "ItemList", "numberOfItems": len(elements), "itemListElement": elements}


def breadcrumb(view: View, chrome: Chrome) -> Node:
    """The visible trail and the page itself, which ends it without an address.

    Empty when there is no trail, or no addresses to walk it by.
    """
    if not (view.trail and chrome.url):
        return {}
    elements: list[Node] = [
        {"@type": "ListItem", "position": n, "name": ref.title, "item": absolute(chrome, ref.url)}
        for n, ref in enumerate(view.trail, start=1)
    ]
    elements.append(
        {"@type": "ListItem", "position": len(elements) + 1, "name": view.title},
    )
    return {"@type": "BreadcrumbList", "itemListElement": elements}
