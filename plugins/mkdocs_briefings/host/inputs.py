"""What each page of a site is made from, put together from its view and the texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

from ..catalog.briefing import Body, Briefing, Passage
from ..catalog.catalog import Catalog
from ..catalog.chart import Chart
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..composing.composer import base_of
from ..composing.inputs import BodyInput, PageInput
from ..linking.graph import Graph, Resolved
from ..rendering.markdown import Href
from ..rendering.sanitise import absolute
from ..viewing import addresses as places
from ..viewing.addresses import Addresses
from ..viewing.parts import Chrome
from ..viewing.records import BriefingView, View
from ..viewing.shelf import Shelf


class Titled(Protocol):
    """Knows what pages are called."""

    @property
    def titles(self) -> Mapping[str, str]:
        """By address."""


class Parts(Protocol):
    """A site, as far as its pages are made from it."""

    @property
    def catalog(self) -> Catalog: ...

    @property
    def graph(self) -> Graph: ...

    @property
    def shelf(self) -> Shelf: ...

    @property
    def chrome(self) -> Chrome: ...

    @property
    def addresses(self) -> Addresses: ...

    @property
    def views(self) -> Titled: ...


NO_BODY = Body(markdown="")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What each page of a site is made from."""

    site: Parts
    texts: Mapping[str, Body]
    """Every body by its source path."""

    @classmethod
    def of(cls, site: Parts) -> Inputs:
        return cls(site, bodies_of(site.catalog))

    def page(self, view: View) -> PageInput:
        text = self.texts.get(view.source, NO_BODY)
        markdown = text.markdown
        if not markdown or markdown.isspace():
            return PageInput(view=view)
        return PageInput(view=view, body=self.body(view, markdown, text.charts, text.passages))

    def body(
        self,
        view: View,
        markdown: str,
        charts: Sequence[Chart] = (),
        passages: Sequence[Passage] = (),
    ) -> BodyInput:
        lang = view.lang or self.site.chrome.lang
        briefing = view if isinstance(view, BriefingView) else None
        return BodyInput(
            markdown=markdown,
            links=self.links(view.source, view.url, lang),
            lang=lang,
            sources=briefing.sources if briefing else (),
            terms=briefing.terms if briefing else (),
            charts=tuple(charts),
            passages=tuple(passages),
            glossary=f"{base_of(view.url)}{self.site.addresses.url(places.GLOSSARY)}",
        )

    def links(self, source: str, url: str, lang: str) -> Mapping[tuple[str, str], Href]:
        """Where the links of a file lead from the page at `url`, which is written in `lang`."""
        base, found = base_of(url), self.site.graph.links.get(source, {})
        return {key: self._href(to, base, lang) for key, to in found.items()}

    def _href(self, to: Resolved, base: str, lang: str) -> Href:
        fragment = f"#{to.fragment}" if to.fragment else ""
        url, title, addresses = "", "", self.site.addresses
        there = self.site.chrome.lang
        if to.kind == "briefing":
            card = self.site.shelf.cards[to.key]
            url, title, there = card.url, card.title, card.lang or there
        elif to.kind == "page":
            url = addresses.url(places.plain(to.key))
            title = self.site.catalog.pages[to.key].title
            there = self.site.catalog.pages[to.key].lang
        elif to.kind == "edition":
            url = addresses.url(places.edition(to.key))
            title = self.site.catalog.editions[to.key].title
            there = self.site.catalog.editions[to.key].lang
        elif to.kind == "made":
            url = addresses.url(to.key)
            terms = self.site.catalog.terms if to.key == places.GLOSSARY else {}
            title = terms[to.fragment].term if to.fragment in terms else self.site.views.titles[url]
        elif to.kind == "image":
            url = quote(to.key)
        elif to.kind == "front":
            title = self.site.chrome.name
        here = to.kind in {"self", "image"} or there == lang
        place = "" if to.kind == "self" else f"{base}{url}"
        return Href(url=f"{place}{fragment}", title=title, lang="" if here else there)


def bodies_of(catalog: Catalog) -> Mapping[str, Body]:
    """Every body by its source path."""
    sources: tuple[Briefing | PlainPage | Edition | FrontPage, ...] = (
        *catalog.briefings.values(),
        *catalog.pages.values(),
        *catalog.editions.values(),
        catalog.front,
    )
    return {source.path: source.body for source in sources}


def feed_html(site: Parts, body: Callable[[str], str]) -> Callable[[str], str]:
    """The body of a briefing for feeds, by slug: as published, every address absolute.

    `body` gives that of a page by its address.
    """

    def html(slug: str) -> str:
        url = site.shelf.cards[slug].url
        return absolute(body(url), f"{site.chrome.url}{url}")

    return html


def is_replaced(url: str, own: str | None) -> bool:
    """Whether the site has a file of its own at an address that one of ours would stand at."""
    return bool(own) and (Path(own or "") / unquote(url)).is_file()


def missing_base(url: str) -> str:
    """What leads to the root from the page for wrong addresses, given the address of the site, if
    it has one: an absolute path, since that page is shown at any address."""
    return urlsplit(url or "/").path.rstrip("/") + "/"


def output_of(url: str) -> str:
    """The output file of a view's address: `a/b/` is `a/b/index.html`; not percent-encoded."""
    plain = unquote(url)
    return f"{plain}index.html" if not plain or plain.endswith("/") else plain
