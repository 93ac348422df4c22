"""Pages as MkDocs takes them: in memory, with our view, our renderer and our addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..catalog.briefing import Body, Briefing, Passage
from ..catalog.catalog import Catalog
from ..catalog.chart import Chart
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..linking.graph import Resolved
from ..rendering.markdown import BodyRenderer, Href, RenderedBody
from ..viewing import addresses as places
from ..viewing.records import BriefingView, View
from ..wording.language import within
from .assemble import Assembled

NO_BODY = Body(markdown="")


def base_of(url: str) -> str:
    """What leads from a page back to the site's root.

    >>> base_of("topics/tariffs/"), base_of("topics.html"), base_of("")
    ('../../', './', './')
    """
    return "../" * url.count("/") or "./"


@dataclass(frozen=True, slots=True)
class Bodies:
    """Renders the body of any page of a site: a function of view, text and where its links lead."""

    site: Assembled
    renderer: BodyRenderer
    titles: Mapping[str, str]
    """Of every page, by address."""

    def __call__(
        self,
        view: View,
        markdown: str,
        charts: Sequence[Chart] = (),
        passages: Sequence[Passage] = (),
    ) -> RenderedBody:
        base, lang = base_of(view.url), view.lang or self.site.chrome.lang
        found = self.site.graph.links.get(view.source, {})

        def href(target: str, fragment: str) -> Href | None:
            resolved = found.get((target, fragment))
            return self._href(resolved, base, lang) if resolved else None

        language = within(lang, self.site.shelf.site.language)
        briefing = view if isinstance(view, BriefingView) else None
        sources, terms = (briefing.sources, briefing.terms) if briefing else ((), ())
        glossary = f"{base}{self.site.addresses.url(places.GLOSSARY)}"

        def render() -> RenderedBody:
            return self.renderer.render(
                markdown,
                href,
                lang=lang,
                language=language,
                sources=sources,
                charts=charts,
                terms=terms,
                glossary=glossary,
                passages=passages,
            )

        if not self.site.reuse:
            return render()
        led = sorted((*key, self._href(to, base, lang)) for key, to in found.items())
        numbers = [source.number for source in sources]
        inputs = (markdown, led, lang, language.tag, numbers, charts, terms, glossary, passages)
        return self.site.reuse.body((self.renderer.key, *inputs), render)

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
            title = terms[to.fragment].term if to.fragment in terms else self.titles[url]
        elif to.kind == "image":
            url = quote(to.key)
        elif to.kind == "front":
            title = self.site.chrome.name
        here = to.kind in {"self", "image"} or there == lang
        place = "" if to.kind == "self" else f"{base}{url}"
        return Href(url=f"{place}{fragment}", title=title, lang="" if here else there)


class ViewPage(Page):
    """A page whose text comes from the catalog and whose frame comes from its view.

    An adapter for MkDocs and nothing else: it reads no file and holds no rule.
    """

    def __init__(
        self, view: View, body: Body, bodies: Bodies, file: File, config: MkDocsConfig
    ) -> None:
        super().__init__(view.title, file, config)
        self.view = view
        self.body = body
        self.bodies = bodies

    def read_source(self, config: MkDocsConfig) -> None:
        # The text was read, checked and stripped of its front matter already; keys that MkDocs or
        # Material act on (`template`, `hide`, `search`, …) never come from a contributor's file.
        self.markdown = self.body.markdown
        self.meta = {"title": self.view.title, "template": self.view.template}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        if not self.markdown or not self.markdown.strip():
            return
        # Where a chart stands is known only for the text as it was read; a passage is known again.
        untouched = self.markdown == self.body.markdown
        charts = self.body.charts if untouched else ()
        rendered = self.bodies(self.view, self.markdown, charts, self.body.passages)
        self.content = rendered.html
        self.toc = get_toc(
            [
                {"name": entry.title, "id": entry.anchor, "level": 2, "children": []}
                for entry in rendered.toc
            ]
        )
        self.present_anchor_ids = set(rendered.anchors)
        if isinstance(self.view, BriefingView):
            # How often the text cites a source is known once it is rendered.
            self.view = replace(
                self.view,
                sources=tuple(
                    replace(source, cited=rendered.cited.get(source.number, 0))
                    for source in self.view.sources
                ),
            )

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Nothing to do: linking checked every link and anchor before the build began."""


def bodies_of(catalog: Catalog) -> Mapping[str, Body]:
    """Every body by its source path."""
    sources: tuple[Briefing | PlainPage | Edition | FrontPage, ...] = (
        *catalog.briefings.values(),
        *catalog.pages.values(),
        *catalog.editions.values(),
        catalog.front,
    )
    return {source.path: source.body for source in sources}


def page_files(site: Assembled, renderer: BodyRenderer, config: MkDocsConfig) -> Iterator[File]:
    """A file with its page for each view, then the images that the content folder holds.

    Nothing is written to the content folder, and nothing of it is published but these.
    """
    bodies = Bodies(site, renderer, {view.url: view.title for view in site.views})
    texts = bodies_of(site.catalog)
    for view in site.views:
        # The front page keeps MkDocs' name for it; what is made stands in a folder of its own,
        # which no content file can be in.
        made = "index.md" if not view.url else f".made/{view.url.strip('/')}.md"
        file = File(
            view.source or made,
            src_dir=config.docs_dir if view.source else None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            dest_uri=output_of(view.url),
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.url = view.url or "./"
        if not view.source:
            file.generated_by = "briefings"
            file.content_string = ""
        ViewPage(view, texts.get(view.source, NO_BODY), bodies, file, config)
        yield file
    for image in site.catalog.images:
        yield File(image, config.docs_dir, config.site_dir, config.use_directory_urls)


def output_of(url: str) -> str:
    """The output file of a view's address: `a/b/` is `a/b/index.html`; not percent-encoded."""
    plain = unquote(url)
    return f"{plain}index.html" if not plain or plain.endswith("/") else plain
