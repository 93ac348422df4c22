"""The MkDocs plugin: events, one short method each; what they do is elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from .config import BriefingsConfig
from .publishing.outputs import outputs
from .publishing.structured import structured
from .host.assemble import Assembled, assemble
from .host.events import (
    configure,
    faults,
    feed_html,
    prepare_environment,
    report,
    site_files,
    template_values,
    write_outputs,
)
from .host.pages import ViewPage
from .viewing.pages import not_found_view

log = get_plugin_logger(__name__)


class BriefingsPlugin(BasePlugin[BriefingsConfig]):
    """Publishes a folder of briefings.

    Content is read, checked and linked in `on_config`, before MkDocs empties the site's folder:
    an error leaves what was published as it is.
    """

    def __init__(self) -> None:
        self.serving = False
        self.site: Assembled | None = None
        self.places: dict[str, str] = {}
        """Last known address of each source file, across rebuilds of a serving build."""
        self.pages: dict[str, ViewPage] = {}
        """Pages of briefings by slug, made new for each build."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

    # Last: what other plugins do to the configuration is what we build with.
    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.site = None
        if not self.config.enabled:
            return config
        if wrong := faults(config):
            raise PluginError("\n".join(wrong))
        self.site = assemble(config, self.config, serving=self.serving, known=self.places)
        report(log, self.site.problems)
        if self.site.errors and not self.serving:
            raise PluginError(f"{self.site.errors} errors in content: nothing was published")
        self.places |= {view.source: view.url for view in self.site.views if view.source}
        return configure(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        if not self.site:
            return files
        published, self.pages = site_files(files, self.site, config)
        return published

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        return prepare_environment(env, serving=self.serving) if self.site else env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if self.site and template_name == "404.html":
            # Served at any address, so that only absolute paths lead anywhere.
            view = not_found_view(self.site.shelf)
            context.update(template_values(self.site, view, base=context["base_url"] + "/"))
        return context

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self.site:
            body = Markup(page.content or "")
            if isinstance(page, ViewPage):
                data = structured(page.view, self.site.chrome)
                context.update(
                    template_values(self.site, page.view, body=body, structured=Markup(data))
                )
            else:
                context.update(template_values(self.site, None, body=body, url=page.url))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.site:
            site, html = self.site, feed_html(self.site, self.pages)
            made = outputs(site.views, site.shelf, site.chrome, html)
            write_outputs(Path(config.site_dir), made)
