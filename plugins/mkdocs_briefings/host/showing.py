"""What shows words of briefings from elsewhere, after an edit of these words: lists, feeds, cards.

A title or a summary stands on the pages of many others, and none of these shows more of it than the
words themselves. So their views are what they were, with the cards of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from ..building.store import Store
from ..publishing.about import page_of
from ..viewing.describe import described
from ..viewing.front import points_of
from ..viewing.outline import filled, outline
from ..viewing.pages import not_found_view
from ..viewing.parts import Card, Ref
from ..viewing.records import FrontView, View
from .edits import Otherwise
from .inputs import is_replaced
from .keys import OUTLINES, KeptOthers, Other, ground_of, mark_of
from .leaving import Left
from .remaking import MOST_MADE, Making


@dataclass(frozen=True, slots=True)
class Showing:
    """Makes it.

    Args:
        making: Makes pages; the cards of its keys are those of now.
        left: What was left of the site.
        store: What is kept.
        before: The cards of the briefings whose words are others now, by slug, as they were.
    """

    making: Making
    left: Left
    store: Store
    before: Mapping[str, Card]

    def briefings(self) -> Iterator[str]:
        """Slugs of the briefings whose pages show them."""
        marks = [mark_of(slug) for slug in self.before]
        for slug, keys in self.making.keys.pages.items():
            if any(mark in keys.named for mark in marks):
                yield slug

    def others(self, kept: KeptOthers) -> KeptOthers:
        """Make the pages that are no briefings'; gives what is known of them now."""
        marks = [mark_of(slug) for slug in self.before]
        pages = tuple(
            self._other(one) if any(mark in one.named for mark in marks) else one
            for one in kept.pages
        )
        cards = self.making.keys.of_cards
        return replace(kept, ground=ground_of(kept.order, cards), cards=cards, pages=pages)

    def beside(self, cache: Path) -> None:
        """Make what else there is: the page for wrong addresses, redirects, the news, and pictures
        of cards, of which those of earlier builds are in `cache`."""
        site, making = self.making.site, self.making
        missing = not_found_view(site.shelf)
        if any(card.slug in self.before for card in missing.latest):
            making.missing_page(missing)
        self._redirects()
        retitled = [
            slug for slug, card in self.before.items() if self._now(slug).title != card.title
        ]
        if site.chrome.url and retitled:
            self._news(retitled)
        if site.chrome.card and retitled:
            from ..publishing.card_store import CardStore

            store = CardStore(cache)
            for slug in retitled:
                making.card(slug, store)

    def _now(self, slug: str) -> Card:
        return self.making.site.shelf.cards[slug]

    def _then(self, slug: str) -> Card:
        return self.before.get(slug) or self._now(slug)

    def _other(self, one: Other) -> Other:
        """A page that may show them.

        Raises:
            Otherwise: If it is not known what it has shown.
        """
        making, url = self.making, one.about.page.url
        told = self.store.get(OUTLINES, url)
        if told is None:
            raise Otherwise("nobody knows what a page shows")
        site = making.site.shelf.site
        then = described(filled(told, self._then), site)
        if making.key_of(then, one.body_key) != one.key:
            raise Otherwise("a page has shown something else")
        bare: View = self._renamed(filled(told, self._now))
        if isinstance(bare, FrontView) and bare.lead and bare.lead.slug in self.before:
            lead = site.catalog.briefings[bare.lead.slug]
            bare = replace(bare, lead_points=points_of(lead), lead_why=lead.why)
        view = described(bare, site)
        if view == then:
            return one
        if (now := outline(bare)) != told:
            self.store.put(OUTLINES, url, now)
        key = making.other(view, one.body_key)
        return one._replace(about=replace(one.about, page=page_of(view)), key=key)

    def _renamed(self, value: Any) -> Any:
        """A part of a view in which the names of briefings are those of now.

        Raises:
            Otherwise: If it tells of one in another way than by its card or its title.
        """
        if isinstance(value, Card):
            return value
        if isinstance(value, tuple):
            found = tuple([self._renamed(one) for one in value])
            return found if any(a is not b for a, b in zip(found, value, strict=True)) else value
        if not is_dataclass(value) or isinstance(value, type):
            return value
        then = self._by_url.get(getattr(value, "url", ""))
        if then is not None:
            if not isinstance(value, Ref) or value.title != then.title:
                raise Otherwise("a page tells of a briefing in its own way")
            return replace(value, title=self._now(then.slug).title)
        made = {field.name: self._renamed(getattr(value, field.name)) for field in fields(value)}
        same = all(made[name] is getattr(value, name) for name in made)
        return value if same else replace(value, **made)

    @property
    def _by_url(self) -> Mapping[str, Card]:
        return {card.url: card for card in self.before.values()}

    def _redirects(self) -> None:
        """Make the pages at old addresses, which say where they lead."""
        titles = {self._now(slug).url: self._now(slug).title for slug in self.before}
        known = self.left.whole.redirects
        if titles.keys().isdisjoint(known.values()):
            return
        # Imported here, as all that few sites or few edits need.
        from ..publishing.redirects import redirects

        whole = self.left.whole
        made = redirects(
            {old: Ref(title=titles.get(url, ""), url=url) for old, url in known.items()},
            whole.chrome,
            directory_urls=whole.addresses.directory_urls,
            to=titles.keys(),
        )
        for path, content in made.items():
            if is_replaced(path, whole.own):
                raise Otherwise("something else may stand there")
            self.making.file(path, content.encode())

    def _news(self, retitled: Iterable[str]) -> None:
        """Make the news sitemap, if it may have one of these briefings."""
        from ..publishing.news import FILE, may_be_news, news_sitemap

        site, making = self.making.site, self.making
        now, briefings = site.shelf.site.settings.now, site.catalog.briefings
        assert now, "a build has a moment"
        if is_replaced(FILE, self.left.whole.own) or not any(
            may_be_news(briefings[slug], now) for slug in retitled
        ):
            return
        # They are in the order of their moments: those before one that is none are older still.
        newest = (briefings[slug] for slug in reversed(list(briefings)))
        recent = list(takewhile(lambda briefing: may_be_news(briefing, now), newest))
        if len(recent) > MOST_MADE:
            raise Otherwise("there is much news")
        views = (making.view(briefing.slug) for briefing in recent)
        making.file(FILE, news_sitemap(views, site.chrome, now))
