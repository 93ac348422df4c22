"""A build that makes what has changed: what MkDocs does page by page for a site of our pages alone.

MkDocs gives the options, the theme and the log. Its own loop over all pages is for sites where
other plugins are to see each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, set_exclusions

from ..building.copies import can_copy
from ..building.publication import Publication
from ..building.version import code
from ..building.workers import Pool, results
from ..composing.batch import Packed, PageTask, all_composed, batches, by_weight, compose
from ..composing.inputs import digest
from ..publishing.card_store import CardStore
from ..publishing.outputs import Output, outputs
from ..publishing.search.engine import Engine, SearchError
from ..rendering.markdown import RenderedBody
from ..viewing.pages import not_found_view
from .assemble import THEME, Assembled
from .events import beside, frame_of, is_kept, made, own_folders
from .indexing import PUBLISHED_INDEX, publish_index
from .inputs import feed_html, is_replaced, missing_base
from .pages import images
from .paging import Page, Paging
from .progress import Steps
from .reuse import Reuse, cache_folder
from .search import Log, SearchIndex, tell

log = get_plugin_logger("briefings")

WORTH = 500
"""Pages from which on other processes are asked.

Some such number pays for the start of two, which is half a second until they have imported
everything; a page goes there and comes back in a sixth of the time that it takes to make.
"""


class Publishing:
    """One build.

    Args:
        site: What is published.
        config: Of MkDocs.
        publication: Where to.
        reuse: What may be taken over from an earlier build.
        pool: Makes pages if there are enough of them; None to make all here.
        heed: Called every now and then, here and when it runs; may end the build by an exception.
    """

    def __init__(
        self,
        site: Assembled,
        config: MkDocsConfig,
        publication: Publication,
        reuse: Reuse,
        pool: Pool | None = None,
        heed: Callable[[], None] = lambda: None,
    ) -> None:
        self.pool = pool
        self._heed = heed
        self.site = site
        self.config = config
        self.publication = publication
        self.reuse = reuse
        self.frame = frame_of(site, config)
        self.key = digest(code(), self.frame)
        self.composer = reuse.composer(self.key, self.frame)
        self._paging = Paging(site, self.frame, self.key, heed)
        self.pages = {page.url: page for page in self._paging.pages(reuse)}
        self.rendered = 0
        """Pages that were made."""
        self.repeatable = bool(self.key)
        """Whether a build from the same input need not make anything."""
        self._kept_apart = False

    def run(self, steps: Steps, log: Log) -> None:
        """Make everything that is not there."""
        self._make_pages(steps)
        self._make_files()
        self.reuse.keep_of(self.composer)
        self.composer.keep_code()
        if self.site.engine and not self.site.chrome.serving:
            try:
                self._make_index(self.site.engine)
            except SearchError as error:
                # The next build tries again. Half an index is none.
                self.publication.drop(PUBLISHED_INDEX.rstrip("/"))
                self.repeatable = False
                tell(log, error)

    def _make_index(self, engine: Engine) -> None:
        """Publish the parts of the search index, and last what says that all are there."""
        # Imported here, as below: a site without search needs none of it.
        from . import searchable

        site, reuse = self.site, self.reuse
        slugs = {card.url: slug for slug, card in site.shelf.cards.items()}
        pages = (
            searchable.Page(
                page.url, slugs.get(page.url, ""), page.key, partial(self._paging.view, page)
            )
            for page in self.pages.values()
        )
        found = searchable.Searchable(site.shelf, site.chrome, self.html, reuse.store)
        wanted = found.index(pages, reuse.parts.again)
        publish_index(wanted, engine, self.publication, reuse.parts)

    def refresh_search(self, index: SearchIndex, log: Log) -> None:
        """Make the index behind a served site."""
        if not self.site.engine:
            return
        from .searchable import searchable

        # Told here and now: what renders and what remembers belong to this thread.
        bodies = {url: self._body(page).html for url, page in self.pages.items() if page.has_body}
        wanted = partial(searchable, self.site, lambda url: bodies.get(url, ""))
        index.refresh(wanted, self.site.engine, self.publication.folder, log)

    def html(self, url: str) -> str:
        """The sanitised body of the page at an address."""
        page = self.pages.get(url)
        return self._body(page).html if page else ""

    def _body(self, page: Page) -> RenderedBody:
        if not page.has_body:
            return RenderedBody(html="")
        return self.reuse.body(page.body_key, partial(self._render, page))

    def _render(self, page: Page) -> RenderedBody:
        body = self._paging.input(page).body
        assert body
        return self.composer.body(body)

    def _make_pages(self, steps: Steps) -> None:
        self.reuse.expect(self._in_feeds())
        stale = []
        for page in self.pages.values():
            if self.publication.keep(page.path, page.key):
                self.reuse.use_body(page.body_key)
            else:
                stale.append(page)
        with closing(self._composed(stale)) as contents:
            for page, (content, body) in zip(stale, contents, strict=True):
                if body:
                    self.reuse.keep_body(page.body_key, body)
                self.publication.write(page.path, page.key, content)
                self.rendered += 1
                steps.next(len(stale))

    def _in_feeds(self) -> Iterator[str]:
        """The keys of the bodies that feeds have."""
        if self.site.chrome.url:
            cards = self.site.shelf.cards
            for one in self._paging.about:
                for slug in one.entries or ():
                    yield self.pages[cards[slug].url].body_key

    def _composed(self, pages: list[Page]) -> Generator[tuple[bytes, RenderedBody | bytes | None]]:
        """The content of the pages in order, made where that is fastest, and the body of each that
        had to be rendered, as `Reuse.keep_body` takes it."""
        many = self.pool if len(pages) >= WORTH else None
        if many and many.copies and self.frame.can_be_shared and can_copy():
            # Imported here: few builds make many.
            from .copied import copied

            self.composer.compiled(self._templates())
            yield from copied(
                *(pages, self._paging, self.composer, self._known, many.copies, log.info),
                self.reuse.store,
            )
            return
        tasks = (PageTask(page=self._paging.input(page), known=self._known(page)) for page in pages)
        frame = None
        if many:
            frame = Packed.of(self.frame, self.composer.compiled(self._templates()))
        if not many or not frame:
            for some in by_weight(tasks, lambda task: task.weight):
                for one in all_composed(self.composer, some):
                    yield one.content, one.body
            return
        with closing(results(many, compose, batches(frame, tasks), log.info)) as made:
            for one in chain.from_iterable(made):
                yield one.content, one.body

    def _known(self, page: Page) -> RenderedBody | None:
        """Its body, if an earlier build has rendered it."""
        return self.reuse.body_before(page.body_key) if page.has_body else None

    def _templates(self) -> set[str]:
        """Of all pages."""
        views = self.site.views
        briefings = map(views.briefing, islice(views.slugs, 1))
        return {view.template for view in (*views.others, *briefings)}

    def _make_files(self) -> None:
        own = self.config.theme.custom_dir
        for path, content in self._plain_files():
            self._publish(path, digest(content), content)
        keys: dict[str, str] = {}
        store = CardStore(cache_folder(self.config) / "cards")
        for url, content in made(self._stale(self._outputs(store, own), keys)):
            self._publish(unquote(url), keys.get(url, "") or digest(content), content)
        if self.site.chrome.card and not self._kept_apart:
            # Whoever asked for every card knows which are left over.
            store.prune()
        self._missing_page()

    def _publish(self, path: str, key: str, content: bytes) -> None:
        if not self.publication.keep(path, key):
            self.publication.write(path, key, content)

    def _outputs(self, store: CardStore, own: str | None) -> Iterator[Output]:
        def state(slug: str) -> str:
            return self.pages[self.site.shelf.cards[slug].url].key

        site, html = self.site, feed_html(self.site, self.html)
        for output in outputs(
            site.views,
            self._paging.about,
            site.shelf,
            site.chrome,
            html,
            store,
            state,
            ground=site.others.ground,
        ):
            if not is_replaced(output.urls[0], own):
                yield output

    def _stale(self, files: Iterable[Output], keys: dict[str, str]) -> Iterator[Output]:
        """Those that must be made; the keys of all that have one are noted."""
        for file in files:
            self._heed()
            if file.made_from is not None and self.key:
                key = digest(self.key, file.made_from)
                keys |= dict.fromkeys(file.urls, key)
                if all(self.publication.keep(unquote(url), key) for url in file.urls):
                    self._kept_apart |= file.apart
                    continue
            yield file

    def _plain_files(self) -> Iterator[tuple[str, bytes]]:
        """Redirects and the editor, what the theme has beside templates, and the images of the
        content."""
        for path, content in beside(self.site, self.config).items():
            yield path, content.encode() if isinstance(content, str) else content
        files = Files([])
        loader = FileSystemLoader(own_folders(self.config.theme.dirs))
        files.add_files_from_theme(Environment(loader=loader), self.config)
        found = [file for file in files if is_kept(file, self.config)]
        shown = Files([*found, *images(self.site, self.config)])
        set_exclusions(shown, self.config)
        for file in shown:
            if file.inclusion.is_included() and not file.is_documentation_page():
                yield unquote(file.dest_uri), self._content(file)

    def _content(self, file: File) -> bytes:
        if file.src_dir == str(THEME) and file.src_uri in self.site.assets:
            return self.site.assets[file.src_uri]
        return file.content_bytes

    def _missing_page(self) -> None:
        """The page for wrong addresses."""
        base = missing_base(self.config.site_url or "")
        view = not_found_view(self.site.shelf)
        key = self.key and digest(self.key, view, base)
        if not self.publication.keep("404.html", key):
            self.publication.write("404.html", key, self.composer.page(view, base=base))
