"""What the plugin's events do to MkDocs: its options, files, templates and output folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ..catalog.problem import Severity
from ..publishing.card_store import CardStore
from ..publishing.citations import citation
from ..publishing.outputs import outputs
from ..publishing.redirects import redirects
from ..publishing.structured import structured
from ..rendering.abroad import mark_words
from ..rendering.extensions import DEFAULTS, refused
from ..rendering.filters import filters
from ..rendering.markdown import BodyRenderer
from ..rendering.sanitise import absolute
from ..viewing.pages import not_found_view
from ..viewing.parts import Ref
from ..viewing.records import BriefingView, View
from ..wording.language import available
from .assemble import THEME, Assembled
from .pages import ViewPage, base_of, page_files
from .reuse import cache_folder
from .search import Log, SearchIndex, searchable

MKDOCS_EXTENSIONS = {"toc", "tables", "fenced_code"}
"""What MkDocs switches on by itself: with these alone, `mkdocs.yml` names no extension."""


def faults(config: MkDocsConfig) -> list[str]:
    """What in `mkdocs.yml` cannot work with this plugin, a line each."""
    found = []
    if config.theme.name != "briefings" and str(THEME) not in config.theme.dirs:
        found.append("theme: write 'name: briefings'; no other theme has the pages' templates")
    if "search" in config.plugins or "material/search" in config.plugins:
        # Under another theme's name MkDocs' own search has no box and loads its index for nothing.
        found.append("plugins: remove the search plugin; the theme 'briefings' does not show it")
    found += refused(config.markdown_extensions)
    return found


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """Take from MkDocs what the plugin does itself."""
    # MkDocs dates every page with the day of the build; ours says when a briefing changed.
    config.theme.static_templates.discard("sitemap.xml")
    return config


def report(log: Log, site: Assembled) -> None:
    """Log every problem, so that `--strict` counts the warnings, and what is held back.

    That the interface is in another language than the site is no warning: nobody can mend it by
    writing otherwise.
    """
    if site.chrome.words_lang:
        log.info(
            "lang: no message catalog for '%s'; the interface is in English. There are: %s",
            site.chrome.lang,
            ", ".join(available()),
        )
    for problem in site.problems:
        level = logging.ERROR if problem.severity is Severity.ERROR else logging.WARNING
        log.log(level, "%s", problem)
    if site.note:
        log.info("No history is shown: %s", site.note)
    for line in site.warnings:
        log.warning("%s", line)
    if site.held_back:
        log.info("Held back, drafts or dated in the future: %s", ", ".join(sorted(site.held_back)))


def body_renderer(config: MkDocsConfig, *, fast: bool = True) -> BodyRenderer:
    """One parser for all pages, with the site's extensions or our own choice of them."""
    named = [name for name in config.markdown_extensions if name not in MKDOCS_EXTENSIONS]
    if not named:
        return BodyRenderer(DEFAULTS, {}, fast=fast)
    return BodyRenderer(config.markdown_extensions, config.mdx_configs, fast=fast)


def site_files(
    files: Files, site: Assembled, config: MkDocsConfig, *, fast: bool = True
) -> tuple[Files, dict[str, ViewPage]]:
    """What MkDocs is to publish, and our pages by address.

    That is our pages, images and redirects, and what is not of the content folder: MkDocs' own
    walk of that folder is set aside, since it follows links and takes any file. `fast` is that of
    `BodyRenderer`.
    """
    own = list(page_files(site, body_renderer(config, fast=fast), config))
    aliases = {
        alias: Ref(title=briefing.title, url=site.shelf.cards[slug].url)
        for slug, briefing in site.catalog.briefings.items()
        for alias in briefing.aliases
    }
    moved = redirects(aliases, site.chrome, directory_urls=config.use_directory_urls)
    kept = [file for file in files if _is_kept(file, config)]
    # What the site's own folder of overrides has is published from there.
    assets = {
        file.src_uri: site.assets[file.src_uri]
        for file in kept
        if file.src_dir == str(THEME) and file.src_uri in site.assets
    }
    kept = [file for file in kept if file.src_uri not in assets]
    pages = {file.page.view.url: file.page for file in own if isinstance(file.page, ViewPage)}
    texts: dict[str, str | bytes] = {**moved, **assets}
    made = [_static(config, path, content) for path, content in texts.items()]
    return Files([*own, *made, *kept]), pages


def _is_kept(file: File, config: MkDocsConfig) -> bool:
    """Whether a file that MkDocs found, or another plugin made, is published.

    Of the theme's folders only ours: Material's stylesheets and scripts are not used.
    """
    if file.src_dir is None:
        return True
    if file.src_dir == config.docs_dir:
        return False
    return file.src_dir not in set(config.theme.dirs) - {str(THEME), config.theme.custom_dir}


def _static(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def prepare_environment(env: Environment, site: Assembled, *, serving: bool) -> Environment:
    """Escape at the root, for every template, before the first is loaded."""
    env.autoescape = True
    env.filters.update(filters(site.shelf.site.language))
    if site.chrome.words_lang:
        mark_words(env, site.chrome.words_lang, site.chrome.lang)
    # A build's templates do not change under it; asking the disk for each page costs time.
    env.auto_reload = serving
    return env


def template_values(site: Assembled, view: View, body: str = "") -> dict[str, object]:
    """All that a template of ours uses; `body` is sanitised HTML."""
    cite = citation(view, site.chrome) if isinstance(view, BriefingView) else None
    return frame_values(site, view.url) | {
        "view": view,
        "body": Markup(body),
        "structured": Markup(structured(view, site.chrome)),
        "cite": cite,
    }


def frame_values(site: Assembled, url: str) -> dict[str, object]:
    """What the frame needs round a page that is not ours."""
    return {"chrome": site.chrome, "base": base_of(url)}


def feed_html(site: Assembled, pages: Mapping[str, ViewPage]) -> Callable[[str], str]:
    """The body of a briefing for feeds, by slug: as published, every address absolute."""
    made: dict[str, str] = {}

    def html(slug: str) -> str:
        if slug not in made:
            page = pages[site.shelf.cards[slug].url]
            made[slug] = absolute(page.content or "", f"{site.chrome.url}{page.view.url}")
        return made[slug]

    return html


def missing_page(site: Assembled, base_url: str) -> dict[str, object]:
    """What the page for wrong addresses shows: served at any address, so that only absolute
    paths lead anywhere from it."""
    values = template_values(site, not_found_view(site.shelf))
    return values | {"base": base_url.rstrip("/") + "/"}


def finish(
    site: Assembled,
    pages: Mapping[str, ViewPage],
    config: MkDocsConfig,
    index: SearchIndex,
    log: Log,
) -> None:
    """Write what stands beside the pages, and the search index; a serving build makes that after
    its pages are shown."""
    folder = Path(config.site_dir)
    store = CardStore(cache_folder(config) / "cards")
    made = outputs(site.views, site.shelf, site.chrome, feed_html(site, pages), store)
    write_outputs(folder, made, own=config.theme.custom_dir)
    if site.engine:
        publish = index.refresh if site.chrome.serving else index.publish
        publish(partial(searchable, site, pages), site.engine, folder, log)
    if site.reuse:
        site.reuse.done()


def write_outputs(
    folder: Path, files: Iterable[tuple[str, bytes]], *, own: str | None = None
) -> None:
    """Write files below `folder`, each at the address it is served at: relative, with `/`.

    A file that the site has in its own theme folder, `own`, stands in for ours: `robots.txt`.
    """
    for url, content in files:
        path = unquote(url)
        if own and (Path(own) / path).is_file():
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
