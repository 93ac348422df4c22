"""A build that makes what has changed: what MkDocs does page by page for a site of our pages alone.

MkDocs gives the options, the theme and the log. Its own loop over all pages is for sites where
other plugins are to see each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, set_exclusions

from ..building.publication import Publication
from ..building.version import code
from ..building.workers import Pool, results
from ..composing.batch import Composed, Packed, PageTask, batches, compose, composed
from ..composing.inputs import PageInput, digest
from ..publishing.card_store import CardStore
from ..publishing.outputs import Output, outputs
from ..publishing.search.engine import Engine, Job, SearchError
from ..rendering.markdown import RenderedBody
from ..viewing.addresses import GLOSSARY
from ..viewing.ground import Grounds, site_ground
from ..viewing.pages import not_found_view
from ..viewing.records import View
from .assemble import PUBLISHED_INDEX, THEME, Assembled
from .events import beside, feed_html, frame_of, is_kept, is_replaced, made, own_folders
from .pages import Inputs, images, output_of
from .progress import Steps
from .reuse import Keys, Memory, Reuse, cache_folder
from .search import Log, SearchIndex, searchable, tell

log = get_plugin_logger("briefings")

WORTH = 500
"""Pages from which on other processes are asked.

Some such number pays for the start of two: half a second until they have imported everything, and
somewhat less than half of the millisecond that each page takes then less.
"""


def _itself(view: View) -> View:
    return view


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is made."""

    url: str
    make: Callable[[], View]
    """Gives its view."""
    inputs: Inputs | None
    """What its body is made from; None where all is said by the view."""
    path: str
    """Of its file, relative to the site."""
    body_key: str
    key: str
    """Of all that it is made from; empty where nobody can tell."""

    @property
    def view(self) -> View:
        return self.make()

    @property
    def input(self) -> PageInput:
        """Put together anew each time: those of all pages hold as much as the site."""
        view = self.view
        return self.inputs.page(view) if self.inputs else PageInput(view=view)


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
        self.composer = (reuse.memory or Memory()).composer(self.key, self.frame)
        self.pages = {page.url: page for page in self._pages()}
        self.rendered = 0
        """Pages that were made."""
        self.repeatable = bool(self.key)
        """Whether a build from the same input need not make anything."""
        self._kept_apart = False

    def run(self, steps: Steps, log: Log) -> None:
        """Make everything that is not there."""
        self._make_pages(steps)
        self._make_files()
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
        again = self.reuse.index_part
        wanted = searchable(self.site, self.html, again)
        for part in wanted.parts:
            name, key = f"search/{part.name}", part.key(engine)
            if self.publication.keep_all(name, key):
                self.reuse.use_index_part(key)
            else:
                files = part.files(Job(engine), again)
                self.publication.write_all(name, key, _in_index(files))
        for path, content in _in_index(wanted.own).items():
            self._publish(path, digest(content), content)

    def refresh_search(self, index: SearchIndex, log: Log) -> None:
        """Make the index behind a served site."""
        if not self.site.engine:
            return
        # Told here and now: what renders and what remembers belong to this thread.
        bodies = {url: self._body(page).html for url, page in self.pages.items() if page.inputs}
        wanted = partial(searchable, self.site, lambda url: bodies.get(url, ""))
        index.refresh(wanted, self.site.engine, self.publication.folder, log)

    def html(self, url: str) -> str:
        """The sanitised body of the page at an address."""
        page = self.pages.get(url)
        return self._body(page).html if page and page.inputs else ""

    def _pages(self) -> Iterator[Page]:
        views, inputs = self.site.views, Inputs.of(self.site)
        yield from (self._page(view, inputs) for view in views.others[:1])
        yield from self._briefings(inputs)
        for view in views.others[1:]:
            self._heed()
            yield self._page(view, inputs)

    def _page(self, view: View, inputs: Inputs, make: Callable[[], View] | None = None) -> Page:
        body = inputs.page(view).body
        body_key = body.key(self.frame) if body else ""
        known = self.key and (body_key or body is None)
        return Page(
            url=view.url,
            make=make or partial(_itself, view),
            inputs=inputs if body else None,
            path=output_of(view.url),
            body_key=body_key,
            key=digest(self.key, view, body_key) if known else "",
        )

    def _briefings(self, inputs: Inputs) -> Iterator[Page]:
        """Those of briefings: a page that is made from what it was made from has the keys that it
        had, and its view is not looked at."""
        site, shelf = self.site, self.site.shelf
        ground = self.key and digest(self.key, site_ground(shelf), site.addresses.url(GLOSSARY))
        before = self.reuse.keys(ground)
        grounds = Grounds(shelf, self.reuse.digests)
        kept: dict[str, Keys] = {}
        for slug, briefing in site.catalog.briefings.items():
            self._heed()
            card = shelf.cards[slug]
            links = inputs.links(briefing.path, card.url, card.lang or site.chrome.lang)
            told = grounds.of(briefing, sorted((*link, href) for link, href in links.items()))
            keys, make = before.get(slug) if told else None, partial(site.views.briefing, slug)
            if keys and keys[0] == told:
                page = Page(
                    url=card.url,
                    make=make,
                    inputs=inputs if keys[2] else None,
                    path=output_of(card.url),
                    key=keys[1],
                    body_key=keys[2],
                )
            else:
                page = self._page(make(), inputs, make)
            if told and page.key:
                kept[slug] = (told, page.key, page.body_key)
            yield page
        self.reuse.keep_keys(ground, kept, before)

    def _body(self, page: Page) -> RenderedBody:
        if page.inputs is None:
            return RenderedBody(html="")
        return self.reuse.body(page.body_key, partial(self._render, page))

    def _render(self, page: Page) -> RenderedBody:
        body = page.input.body
        assert body
        return self.composer.body(body)

    def _make_pages(self, steps: Steps) -> None:
        stale = []
        for page in self.pages.values():
            if self.publication.keep(page.path, page.key):
                self.reuse.use_body(page.body_key)
            else:
                stale.append(page)
        with closing(self._composed(stale)) as contents:
            for page, content in zip(stale, contents, strict=True):
                if content.body:
                    self.reuse.keep_body(page.body_key, content.body)
                self.publication.write(page.path, page.key, content.content)
                self.rendered += 1
                steps.next(len(stale))

    def _composed(self, pages: list[Page]) -> Generator[Composed]:
        """The pages in order, made where that is fastest."""
        tasks = (
            PageTask(
                page=page.input,
                known=self.reuse.body_before(page.body_key) if page.inputs else None,
            )
            for page in pages
        )
        frame = None
        if self.pool and len(pages) >= WORTH:
            frame = Packed.of(self.frame, self.composer.compiled(self._templates()))
        if not self.pool or not frame:
            yield from (composed(self.composer, task) for task in tasks)
            return
        with closing(results(self.pool, compose, batches(frame, tasks), log.info)) as made:
            for batch in made:
                yield from batch

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
        for output in outputs(site.views, site.shelf, site.chrome, html, store, state):
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
        """The page for wrong addresses: with absolute paths, since it is shown at any."""
        base = urlsplit(self.config.site_url or "/").path.rstrip("/") + "/"
        view = not_found_view(self.site.shelf)
        key = self.key and digest(self.key, view, base)
        if not self.publication.keep("404.html", key):
            self.publication.write("404.html", key, self.composer.page(view, base=base))


def _in_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of the search index by paths relative to the site."""
    return {f"{PUBLISHED_INDEX}{path}": content for path, content in files.items()}
