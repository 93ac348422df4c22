"""Pages as MkDocs takes them: in memory, with our view, our renderer and our addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..catalog.briefing import Body, Briefing, Passage
from ..catalog.catalog import Catalog
from ..catalog.chart import Chart
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..catalog.problem import Problem
from ..composing.bounds import BoundError
from ..composing.composer import Composer, base_of, with_citations
from ..composing.inputs import BodyInput, PageInput
from ..linking.graph import Resolved
from ..reading.findings import Findings
from ..rendering.markdown import Href, RenderedBody
from ..viewing import addresses as places
from ..viewing.records import BriefingView, View
from ..weighing import too_much
from .assemble import Assembled

NO_BODY = Body(markdown="")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What each page of a site is made from."""

    site: Assembled
    texts: Mapping[str, Body]
    """Every body by its source path."""

    @classmethod
    def of(cls, site: Assembled) -> Inputs:
        return cls(site, bodies_of(site.catalog))

    def page(self, view: View) -> PageInput:
        text = self.texts.get(view.source, NO_BODY)
        body = self.body(view, text.markdown, text.charts, text.passages)
        return PageInput(view=view, body=body if text.markdown.strip() else None)

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


class ViewPage(Page):
    """A page whose text comes from the catalog and whose frame comes from its view.

    An adapter for MkDocs and nothing else: it reads no file and holds no rule.
    """

    def __init__(
        self,
        view: View,
        inputs: Inputs,
        make: Callable[[BodyInput], RenderedBody],
        file: File,
        config: MkDocsConfig,
    ) -> None:
        super().__init__(view.title, file, config)
        self.view = view
        self.body = inputs.texts.get(view.source, NO_BODY)
        self.inputs = inputs
        self.make = make

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
        source = self.inputs.body(self.view, self.markdown, charts, self.body.passages)
        try:
            rendered = self.make(source)
        except BoundError as error:
            problem = over_bound(config, self.view.source, self.body, error)
            raise PluginError(str(problem)) from error
        self.content = rendered.html
        self.toc = get_toc(
            [
                {"name": entry.title, "id": entry.anchor, "level": 2, "children": []}
                for entry in rendered.toc
            ]
        )
        self.present_anchor_ids = set(rendered.anchors)
        self.view = with_citations(self.view, rendered)

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


def page_files(site: Assembled, composer: Composer, config: MkDocsConfig) -> Iterator[File]:
    """A file with its page for each view, then the images that the content folder holds.

    Nothing is written to the content folder, and nothing of it is published but these.
    """
    inputs = Inputs.of(site)

    def make(source: BodyInput) -> RenderedBody:
        return composed(site, composer, source)

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
        ViewPage(view, inputs, make, file, config)
        yield file
    yield from images(site, config)


def images(site: Assembled, config: MkDocsConfig) -> Iterator[File]:
    """The images that the content folder holds."""
    for image in site.catalog.images:
        yield File(image, config.docs_dir, config.site_dir, config.use_directory_urls)


def over_bound(config: MkDocsConfig, source: str, body: Body, error: BoundError) -> Problem:
    """The problem of a file whose body could not be made within the bounds."""
    findings = Findings(f"{Path(config.docs_dir).name}/{source}")
    findings.fault(too_much(body, str(error), error.near))
    return findings.problems[0]


def composed(site: Assembled, composer: Composer, source: BodyInput) -> RenderedBody:
    """A body, as an earlier build has left it, else made now."""
    if not site.reuse:
        return composer.body(source)
    return site.reuse.body(source.key(composer.frame), partial(composer.body, source))


def output_of(url: str) -> str:
    """The output file of a view's address: `a/b/` is `a/b/index.html`; not percent-encoded."""
    plain = unquote(url)
    return f"{plain}index.html" if not plain or plain.endswith("/") else plain
