"""The pages and feeds that a build after an edit of few texts makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
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
from ..viewing.records import BriefingView
from .agreed import composer_of, keep_of
from .bykey import ByKey, Made
from .edits import Otherwise
from .inputs import Inputs, feed_html, is_replaced
from .keys import KeptKeys, KeptOthers, Keys
from .leaving import Left
from .paging import Keying, Page

MOST_MADE = 300
"""Pages up to which nobody else is asked to help."""

_BODIES = Codec(RenderedBody)
_ENTRIES = "entries"
"""Kind of what feeds have of briefings, by the keys of their pages."""


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

    def pages(self, edited: Iterable[str], related: Iterable[str]) -> None:
        """Make the pages of briefings that were edited, and of those whose lists are others."""
        edited = set(edited)
        for slug in sorted({*edited, *related}):
            briefing = self.site.catalog.briefings[slug]
            kept, told = self.keys.pages[slug], self._keying.told(self._grounds, briefing)
            if told == kept.told:
                continue
            page = self._keying.page(self._views.briefing(slug), slug)
            keys = self._keying.keys(self._grounds, briefing, told, page)
            if keys is None:
                raise Otherwise("nobody can tell what a page is made from")
            self.keys.pages[slug] = keys
            if page.key == kept.key:
                continue
            if slug in edited:
                self._texts.add(slug)
            self.files[page.path] = page.key, self._page(page, slug)
            self.moved[page.url] = page.key
            if self.rendered > MOST_MADE:
                raise Otherwise("many pages are to be made")
            self._forget(kept)

    def _page(self, page: Page, slug: str) -> bytes:
        view = self._views.briefing(slug)
        source = self._inputs.page(view) if page.has_body else PageInput(view=view)
        known = self._known(page.body_key) if page.has_body else None
        made = composed(self._composer, PageTask(page=source, known=known))
        if made.body:
            self._store.put("body", page.body_key, _BODIES.encode(made.body))
            keep_of(self._composer, self._store)
        return made.content

    def _known(self, key: str) -> RenderedBody | None:
        kept = self._store.get("body", key)
        return _BODIES.decode(kept) if kept else None

    def _forget(self, kept: Keys) -> None:
        """Forget a body that no briefing has any more."""
        key = kept.body_key
        if key and all(one.body_key != key for one in self.keys.pages.values()):
            self._store.drop("body", key)

    def feeds(self, others: KeptOthers) -> None:
        """Make the feeds that have a text which is another now."""
        chrome = self.site.chrome
        if not chrome.url or not self._texts:
            return
        wanted = [
            (number, one.about)
            for number, one in enumerate(others.pages)
            if one.about.entries and not self._texts.isdisjoint(one.about.entries)
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

        for number, about in wanted:
            for output in feeds(about, number, self._views, chrome, entry, state, ""):
                if is_replaced(output.urls[0], self._own):
                    continue
                key = digest(self._key, output.made_from)
                for url, content in zip(output.urls, output.make(), strict=True):
                    self.files[unquote(url)] = key, content
        self._store.keep_only(_ENTRIES, used)

    def body(self, url: str) -> str:
        """The sanitised body of the page at an address, whose view was asked for."""
        slug = self._slugs[url]
        key = self.keys.pages[slug].body_key
        known = self._known(key) if key else RenderedBody(html="")
        if known is None:
            raise Otherwise("a text is lost")
        return known.html
