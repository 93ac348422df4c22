"""What the plugin's events do to MkDocs: its options, files, templates and output folder."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ..catalog.problem import Severity
from ..composing.composer import Composer, base_of, folder_of, prepare, values
from ..composing.inputs import Frame
from ..config import BriefingsConfig
from ..publishing.about import about
from ..publishing.card_store import CardStore
from ..publishing.outputs import Output, outputs
from ..publishing.redirects import redirects
from ..rendering.extensions import DEFAULTS, refused
from ..saying import Problems
from ..viewing.pages import not_found_view
from ..viewing.parts import Ref
from ..wording.language import available
from .admin import admin_files, fault
from .assemble import THEME, Assembled
from .foreign import extension_files
from .inputs import feed_html, is_replaced
from .pages import ViewPage, page_files
from .reuse import cache_folder
from .search import Log, SearchIndex

BATCH = 64
"""Files made in threads and in memory at once."""
INCLUDED = frozenset({".html", ".svg", ".txt", ".xml"})
"""What templates are, and what they include beside each other."""
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
    if wrong := fault(config, options_of(config).admin):
        found.append(wrong)
    return found


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """Take from MkDocs what the plugin does itself."""
    # MkDocs dates every page with the day of the build; ours says when a briefing changed.
    config.theme.static_templates.discard("sitemap.xml")
    return config


def report(log: Log, site: Assembled, *, at_once: bool) -> None:
    """Log every problem, so that `--strict` counts the warnings, and what is held back.

    Problems are told one by one, or `at_once`, with those of one severity that follow each other
    in one record: for who knows `saying.Problems`.

    That the interface is in another language than the site is no warning: nobody can mend it by
    writing otherwise.
    """
    if site.chrome.words_lang:
        log.info(
            "lang: no message catalog for '%s'; the interface is in English. There are: %s",
            site.chrome.lang,
            ", ".join(available()),
        )
    for severity, group in groupby(site.problems, key=attrgetter("severity")):
        level = logging.ERROR if severity is Severity.ERROR else logging.WARNING
        problems = tuple(group)
        for one in [Problems(problems)] if at_once else problems:
            log.log(level, "%s", one)
    if site.note:
        log.info("No history is shown: %s", site.note)
    for line in site.warnings:
        log.warning("%s", line)
    if site.unrecorded:
        log.info("Addresses not in permalinks.lock yet: %s; `briefings permalinks` records them",
                 site.unrecorded)  # fmt: skip
    if site.held_back:
        log.info("Held back, drafts or dated in the future: %s", ", ".join(sorted(site.held_back)))


def frame_of(site: Assembled, config: MkDocsConfig) -> Frame:
    """What all pages share, with the site's Markdown extensions or our own choice of them."""
    own = own_folders(config.theme.dirs)
    named = [name for name in config.markdown_extensions if name not in MKDOCS_EXTENSIONS]
    return Frame(
        chrome=site.chrome,
        templates=templates(own),
        behind=tuple(installed(folder) for folder in config.theme.dirs[len(own) :]),
        extensions=tuple(config.markdown_extensions) if named else DEFAULTS,
        extension_configs=config.mdx_configs if named else {},
        # By place in the list: the same site gives the same pages in any folder.
        code={
            str(place): blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
            for place, path in enumerate(extension_files(config.markdown_extensions))
        },
        fast=options_of(config).fast_markdown,
    )


def options_of(config: MkDocsConfig) -> BriefingsConfig:
    """The options of our plugin."""
    options = config.plugins["briefings"].config
    assert isinstance(options, BriefingsConfig)
    return options


def own_folders(folders: Sequence[str]) -> Sequence[str]:
    """The folders of a theme as far as ours. Of those behind, Material's and MkDocs', nothing is
    published, their versions tell what they are, and one holds ten thousand icons."""
    return folders[: folders.index(str(THEME)) + 1]


def templates(folders: Iterable[str]) -> Mapping[str, str]:
    """Source of every template by name, the first folder that has one wins; so too of the other
    texts that templates include."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix in INCLUDED and name not in found and path.is_file():
                with contextlib.suppress(UnicodeDecodeError):
                    found[name] = path.read_text(encoding="utf-8")
    return found


def installed(folder: str) -> str:
    """A folder by its package, as in `Frame.behind`; as it is where it is in none."""
    path = Path(folder)
    for above in path.parents:
        if not (above / "__init__.py").exists():
            name = path.relative_to(above).as_posix()
            return name if folder_of(name) == folder else folder
    return folder


def site_files(
    files: Files, site: Assembled, config: MkDocsConfig
) -> tuple[Files, dict[str, ViewPage]]:
    """What MkDocs is to publish, and our pages by address.

    That is our pages, images and redirects, and what is not of the content folder: MkDocs' own
    walk of that folder is set aside, since it follows links and takes any file.
    """
    own = list(page_files(site, Composer(frame_of(site, config)), config))
    kept = [file for file in files if is_kept(file, config)]
    # What the site's own folder of overrides has is published from there.
    assets = {
        file.src_uri: site.assets[file.src_uri]
        for file in kept
        if file.src_dir == str(THEME) and file.src_uri in site.assets
    }
    kept = [file for file in kept if file.src_uri not in assets]
    pages = {file.page.view.url: file.page for file in own if isinstance(file.page, ViewPage)}
    texts: dict[str, str | bytes] = {**beside(site, config), **assets}
    made = [_static(config, path, content) for path, content in texts.items()]
    return Files([*own, *made, *kept]), pages


def beside(site: Assembled, config: MkDocsConfig) -> Mapping[str, str | bytes]:
    """What is published beside pages and outputs, by output file: redirects, and the editor."""
    return {
        **moved(site, config),
        **admin_files(config, options_of(config).admin, site.catalog),
    }


def moved(site: Assembled, config: MkDocsConfig) -> Mapping[str, str]:
    """A page at every address that a page once had, by output file."""
    titles = site.views.titles
    aliases = {old: Ref(title=titles[url], url=url) for old, url in site.moved.items()}
    return redirects(aliases, site.chrome, directory_urls=config.use_directory_urls)


def is_kept(file: File, config: MkDocsConfig) -> bool:
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
    """Make MkDocs' environment fit for our templates."""
    prepare(env, site.chrome)
    # A build's templates do not change under it; asking the disk for each page costs time.
    env.auto_reload = serving
    return env


def frame_values(site: Assembled, url: str) -> dict[str, object]:
    """What the frame needs round a page that is not ours."""
    return {"chrome": site.chrome, "base": base_of(url)}


def missing_page(site: Assembled, base_url: str) -> dict[str, object]:
    """What the page for wrong addresses shows: served at any address, so that only absolute
    paths lead anywhere from it."""
    view = not_found_view(site.shelf)
    return values(view, site.chrome, base=base_url.rstrip("/") + "/")


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

    def body(url: str) -> str:
        page = pages.get(url)
        return (page.content or "") if page else ""

    others = [about(view, site.shelf) for view in site.views.others]
    made = outputs(site.views, others, site.shelf, site.chrome, feed_html(site, body), store)
    write_outputs(folder, made, own=config.theme.custom_dir)
    if site.chrome.card:
        store.prune()
    if site.engine:
        # Imported here: a site without search needs none of it.
        from .searchable import afresh, searchable

        wanted = partial(searchable, site, body)
        if site.chrome.serving:
            index.refresh(wanted, site.engine, folder, log)
        else:
            again = site.reuse.parts.again if site.reuse else afresh
            index.publish(wanted, site.engine, folder, log, again)
    if site.reuse:
        site.reuse.done()


def write_outputs(folder: Path, files: Iterable[Output], *, own: str | None = None) -> None:
    """Write files below `folder`, each at the address it is served at: relative, with `/`.

    A file that the site has in its own theme folder, `own`, stands in for ours: `robots.txt`.
    """
    for url, content in made(file for file in files if not is_replaced(file.urls[0], own)):
        target = folder / unquote(url)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def made(files: Iterable[Output]) -> Iterator[tuple[str, bytes]]:
    """Addresses and contents; what may be made apart is made in threads, some at a time."""
    waiting: list[Output] = []
    with ThreadPoolExecutor() as pool:
        for file in files:
            if not file.apart:
                yield from zip(file.urls, file.make(), strict=True)
                continue
            waiting.append(file)
            if len(waiting) == BATCH:
                yield from _made_apart(waiting, pool)
                waiting.clear()
        yield from _made_apart(waiting, pool)


def _made_apart(files: list[Output], pool: ThreadPoolExecutor) -> Iterator[tuple[str, bytes]]:
    for file, contents in zip(files, pool.map(lambda file: file.make(), files), strict=True):
        yield from zip(file.urls, contents, strict=True)
