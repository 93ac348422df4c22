"""The MkDocs plugin: events, one short method each; what they do is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, cast

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from .building.lock import LockedError
from .composing.composer import values
from .config import BriefingsConfig
from .host.assemble import Assembled, assemble
from .host.events import (
    configure,
    faults,
    finish,
    frame_values,
    missing_page,
    prepare_environment,
    report,
    site_files,
)
from .host.hosts import known_hosts_only
from .host.pages import ViewPage
from .host.progress import Steps
from .host.reuse import Memory
from .host.search import SearchIndex
from .host.staging import Staging

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("briefings")


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
        self.steps = Steps()
        """Told of each page rendered and each written, for a progress bar."""
        self.pages: dict[str, ViewPage] = {}
        """Our pages by address, made new for each build."""
        self.index = SearchIndex()
        self.memory: Memory | None = None
        """What a serving build knows from the one before."""
        self.staging: Staging | None = Staging()
        """Has MkDocs build beside the site; None for who does that by himself, or serves."""
        self.at_once = False
        """Whether many problems may be told in one record of the log: MkDocs counts records."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"
        self.memory = Memory() if self.serving else None
        # MkDocs has one instance for all builds of a process.
        self.staging = None if self.serving or dirty else Staging()

    # Last: what other plugins do to the configuration is what we build with.
    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.site = None
        if not self.config.enabled:
            return config
        if wrong := faults(config):
            raise ConfigurationError("\n".join(wrong))
        self.site = assemble(
            config,
            self.config,
            serving=self.serving,
            known=self.places,
            memory=self.memory,
            remember=True,
            heed=self.steps.heed,
        )
        report(log, self.site, at_once=self.at_once)
        if self.site.errors and not self.serving:
            raise PluginError(f"nothing was published; errors in content: {self.site.errors}")
        if self.serving:
            self.places |= {view.source: view.url for view in self.site.views if view.source}
        if self.staging:
            try:
                self.staging.begin(config)
            except LockedError as error:
                raise PluginError(f"nothing was published: {error}") from error
        return configure(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        if not self.site:
            return files
        published, self.pages = site_files(files, self.site, config)
        return published

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        return prepare_environment(env, self.site, serving=self.serving) if self.site else env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if self.site and template_name == "404.html":
            told = missing_page(self.site, context["base_url"])
            cast(dict[str, object], context).update(told)
        return context

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if self.site:
            self.steps.next(len(self.site.views))
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self.site:
            self.steps.next(len(self.site.views))
        if self.site and isinstance(page, ViewPage):
            told = values(page.view, self.site.chrome, page.content or "")
            cast(dict[str, object], context).update(told)
        elif self.site:
            # Another plugin's page: its HTML is that plugin's word, as in every MkDocs theme.
            page.content = Markup(page.content or "")
            cast(dict[str, object], context).update(frame_values(self.site, page.url))
        return context

    def _finish(self, *, config: MkDocsConfig) -> None:
        if self.site:
            finish(self.site, self.pages, config, self.index, log)

    # Last: what other plugins add is part of the site.
    @event_priority(-100)
    def _publish(self, *, config: MkDocsConfig) -> None:
        if self.staging:
            self.staging.publish(config)

    on_post_build = CombinedEvent(_finish, _publish)

    def on_build_error(self, *, error: Exception) -> None:
        if self.staging:
            self.staging.end()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        known_hosts_only(server, config.dev_addr[0])
        return server

    def on_shutdown(self) -> None:
        if self.staging:
            self.staging.end()
        self.index.close()
        if self.site and self.site.reuse:
            self.site.reuse.close()
