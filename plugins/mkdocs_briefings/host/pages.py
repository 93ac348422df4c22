"""Pages as MkDocs takes them: in memory, with our view, our renderer and our addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..catalog.briefing import Body
from ..catalog.problem import Problem
from ..composing.bounds import BoundError
from ..composing.composer import Composer, with_citations
from ..composing.inputs import BodyInput
from ..reading.findings import Findings
from ..rendering.markdown import RenderedBody
from ..viewing.records import View
from ..weighing import too_much
from .assemble import Assembled
from .inputs import NO_BODY, Inputs, output_of


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
    findings.fault(too_much(body.markdown, body.line, str(error), error.near))
    return findings.problems[0]


def composed(site: Assembled, composer: Composer, source: BodyInput) -> RenderedBody:
    """A body, as an earlier build has left it, else made now."""
    if not site.reuse:
        return composer.body(source)
    return site.reuse.body(source.key(composer.of_bodies), partial(composer.body, source))
