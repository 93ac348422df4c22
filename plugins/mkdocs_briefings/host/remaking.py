"""The pages and feeds that a build after an edit of few texts makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..building.codec import Codec
from ..building.store import Store
from ..building.version import code
from ..composing.batch import PageTask, composed
from ..composing.inputs import PageInput, digest
from ..rendering.markdown import RenderedBody
from ..viewing.addresses import GLOSSARY
from ..viewing.ground import Grounds, site_ground
from ..viewing.make import Views
from ..viewing.records import BriefingView, View
from .agreed import composer_of, keep_of
from .bodies import BODIES
from .bykey import ByKey, Made
from .edits import Otherwise
from .inputs import Inputs, feed_html, is_replaced, missing_base, output_of
from .keys import KeptKeys, KeptOthers, Keys
from .leaving import Left
from .paging import Keying, Page

if TYPE_CHECKING:
    from ..publishing.card_store import CardStore

MOST_MADE = 300
"""Pages up to which nobody else is asked to help."""

_ENTRIES = "entries"
"""Kind of what feeds have of briefings, by the keys of their pages."""


def retold(before: KeptOthers, now: KeptOthers) -> Collection[str]:
    """Addresses of the pages that are no briefings' whose feeds say otherwise what these say."""
    return {
        one.about.page.url
        for was, one in zip(before.pages, now.pages, strict=True)
        if one.key != was.key and (one.about.changes or one.about != was.about)
    }


class Making:
    """Makes pages and feeds.

    Args:
        left: What was left of the site.
        store: What is kept.
        site: As it is now.
        keys: Of its pages as they were; they become those of now.
        slugs: By path, of the briefings that were asked for.
        digests: By path, a digest of the bytes of each file.

    Raises:
        Otherwise: If the pages were of another site.
    """

    def __init__(
        self,
        left: Left,
        store: Store,
        site: Made,
        keys: KeptKeys,
        slugs: Mapping[str, str],
        digests: Mapping[str, bytes],
    ) -> None:
        whole = left.whole
        self._own = whole.own
        self._store = store
        self.site = site
        self._frame = whole.made.frame(whole.chrome)
        self._key = digest(code(), self._frame)
        self.keys = keys
        """As they are now."""
        told_of = site_ground(site.shelf), site.addresses.url(GLOSSARY)
        if digest(self._key, *told_of) != self.keys.ground:
            raise Otherwise("the site is another")
        records = site.catalog.briefings
        self._inputs = Inputs(site, ByKey(slugs, lambda path: records[slugs[path]].body))
        self._keying = Keying(site, self._inputs, self._frame, self._key)
        self._grounds = Grounds(site.shelf, digests)
        self._views = Views(site.shelf, ())
        self._composer = composer_of(self._frame, store)
        self._slugs: dict[str, str] = {}
        """By address, of briefings whose views were asked for."""
        self._others: dict[str, tuple[View, str]] = {}
        """By address, of the pages that were made and are no briefings': views, and keys of
        bodies."""
        self._texts: set[str] = set()
        """Slugs of the pages that have another text now."""
        self.files: dict[str, tuple[str, bytes]] = {}
        """Key and content of each file that was made, by path."""
        self.moved: dict[str, str] = {}
        """Keys of the pages that were made, by address."""

    @property
    def rendered(self) -> int:
        """Pages that were made."""
        return len(self.moved)

    def view(self, slug: str) -> BriefingView:
        """That of a briefing."""
        view = self._views.briefing(slug)
        self._slugs[view.url] = slug
        return view

    def view_at(self, url: str, slug: str) -> View:
        """That of a page that was made: of a briefing, by its slug, or of any other."""
        return self.view(slug) if slug else self._others[url][0]

    def pages(
        self, edited: Iterable[str], related: Iterable[str], showing: Iterable[str] = ()
    ) -> None:
        """Make the pages of briefings that were edited, of those whose lists are others, and of
        those that show words which are others now."""
        edited, showing = set(edited), set(showing)
        looked = sorted({*edited, *related, *showing})
        if len(looked) > MOST_MADE:
            raise Otherwise("many pages are to be made")
        for slug in looked:
            briefing = self.site.catalog.briefings[slug]
            kept, told = self.keys.pages[slug], self._keying.told(self._grounds, briefing)
            if told == kept.told and slug not in showing:
                continue
            page = self._keying.page(self._views.briefing(slug), slug)
            keys = self._keying.keys(self._grounds, briefing, told, page)
            if keys is None:
                raise Otherwise("nobody can tell what a page is made from")
            self.keys.pages[slug] = keys
            if page.key == kept.key:
                continue
            # A text that leads to others may have their titles.
            if slug in edited or page.body_key != kept.body_key:
                self._texts.add(slug)
            self._made(page.url, page.key, self._page(page, slug))
            self._forget(kept)

    def _made(self, url: str, key: str, content: bytes) -> None:
        self.files[output_of(url)] = key, content
        self.moved[url] = key
        if self.rendered > MOST_MADE:
            raise Otherwise("many pages are to be made")

    def key_of(self, view: View, body_key: str) -> str:
        """The key of a page, given that of its body."""
        return self._keying.key_of(view, body_key)

    def other(self, view: View, body_key: str) -> str:
        """Make a page that is no briefing's, whose body is as it was; gives its key."""
        key = self.key_of(view, body_key)
        known = self._known(body_key) if body_key else None
        if body_key and known is None:
            raise Otherwise("a text is lost")
        made = composed(self._composer, PageTask(page=PageInput(view=view), known=known))
        self._made(view.url, key, made.content)
        self._others[view.url] = view, body_key
        return key

    def missing_page(self, view: View) -> None:
        """Make the page for wrong addresses, which is shown at any of them."""
        base = missing_base(self.site.chrome.url)
        self.files[view.url] = digest(self._key, view, base), self._composer.page(view, base=base)

    def card(self, slug: str, store: CardStore) -> None:
        """Draw the card of a briefing."""
        from ..publishing.cards import briefing_card, shapes

        places, view = shapes(slug), self.view(slug)
        if is_replaced(next(iter(places)), self._own):
            return
        key = digest(self._key, (self.keys.pages[slug].key,))
        drawn = store.get(briefing_card(view, self.site.chrome), tuple(places.values()))
        for url, content in zip(places, drawn, strict=True):
            self.files[unquote(url)] = key, content

    def file(self, path: str, content: bytes) -> None:
        """Publish a file that is told by its content alone."""
        self.files[path] = digest(content), content

    def _page(self, page: Page, slug: str) -> bytes:
        view = self._views.briefing(slug)
        source = self._inputs.page(view) if page.has_body else PageInput(view=view)
        known = self._known(page.body_key) if page.has_body else None
        made = composed(self._composer, PageTask(page=source, known=known))
        if made.body:
            self._store.put("body", page.body_key, BODIES.encode(made.body))
            keep_of(self._composer, self._store)
        return made.content

    def _known(self, key: str) -> RenderedBody | None:
        kept = self._store.get("body", key)
        return BODIES.decode(kept) if kept else None

    def _forget(self, kept: Keys) -> None:
        """Forget a body that no briefing has any more."""
        key = kept.body_key
        if key and all(one.body_key != key for one in self.keys.pages.values()):
            self._store.drop("body", key)

    def feeds(self, others: KeptOthers, retold: Collection[str] = ()) -> None:
        """Make the feeds that have a text which is another now, and those of the pages at some
        addresses."""
        chrome = self.site.chrome
        if not chrome.url or not (self._texts or retold):
            return
        wanted = [
            one.about
            for one in others.pages
            if not self._texts.isdisjoint(one.about.entries or ()) or one.about.page.url in retold
        ]
        if not wanted:
            return
        # Imported where there is one to make: few texts are among the newest of a list.
        from ..publishing.entries import Entry, Written
        from ..publishing.feeds import written
        from ..publishing.outputs import feeds

        html = feed_html(self.site, self.body)
        codec, used = Codec(Written), set[str]()

        def state(slug: str) -> str:
            return self.keys.pages[slug].key

        @cache
        def entry(slug: str) -> Written:
            # All that decides a page decides its entry: most are as they were.
            key = state(slug)
            used.add(key)
            with suppress(ValueError):
                return codec.decode(self._store.get(_ENTRIES, key) or b"")
            view = self.view(slug)
            made = written(Entry(view, html(slug), chrome.lang), chrome)
            self._store.put(_ENTRIES, key, codec.encode(made))
            return made

        for about in wanted:
            view = partial(self.view_at, about.page.url, "")
            for output in feeds(about, view, chrome, entry, state, others.ground):
                if is_replaced(output.urls[0], self._own):
                    continue
                key = digest(self._key, output.made_from)
                for url, content in zip(output.urls, output.make(), strict=True):
                    self.files[unquote(url)] = key, content
        self._store.keep_only(_ENTRIES, used)

    def body(self, url: str) -> str:
        """The sanitised body of the page at an address, whose view was asked for."""
        slug = self._slugs.get(url)
        key = self.keys.pages[slug].body_key if slug else self._others[url][1]
        known = self._known(key) if key else RenderedBody(html="")
        if known is None:
            raise Otherwise("a text is lost")
        return known.html
