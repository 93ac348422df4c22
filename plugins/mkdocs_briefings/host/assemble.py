"""From a content folder to all that a build needs, before MkDocs touches the site's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

from .. import checking
from ..catalog.catalog import Catalog
from ..catalog.codes import grade
from ..catalog.problem import Problem, Severity
from ..config import BriefingsConfig
from ..linking.connect import connect
from ..linking.graph import Graph
from ..reading.read import read
from ..rendering.chrome import chrome, lead_topics
from ..viewing.addresses import Addresses
from ..viewing.make import views
from ..viewing.parts import Chrome
from ..viewing.records import ProblemsView, View
from ..viewing.shelf import Shelf, Site
from ..wording.language import language

THEME = Path(get_theme_dir("briefings"))
"""The theme's folder as MkDocs finds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A site before rendering: records, relations, views and what was wrong."""

    catalog: Catalog
    graph: Graph
    shelf: Shelf
    chrome: Chrome
    addresses: Addresses
    views: tuple[View, ...]
    held_back: frozenset[str]
    """Slugs that are not published: drafts, and what is dated in the future."""
    problems: tuple[Problem, ...]
    """Graded and sorted, with the content folder's name before each path."""

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def assemble(
    config: MkDocsConfig, options: BriefingsConfig, *, serving: bool, known: Mapping[str, str]
) -> Assembled:
    """Read, check and link a content folder, and make every view.

    `known` gives the last known place of a source file, so that a serving build shows the
    problems of a file that broke where its page was.
    """
    settings = options.settings(drafts=serving)
    folder = Path(config.docs_dir)
    reading = read(folder, settings)
    catalog = reading.catalog
    # The links' problems are among the folder's: `checking` knows which are no second fault.
    graph, _ = connect(catalog, held_back=reading.held_back, related=settings.related)
    found = grade(checking.problems(reading), settings.severity, strict=bool(config.strict))
    problems = tuple(replace(p, path=f"{folder.name}/{p.path}") for p in found)
    addresses = Addresses(settings.permalink, config.use_directory_urls)
    url = config.site_url or ""
    lead = lead_topics(catalog, options.lead_topics)
    words = language(settings.lang)
    assert settings.now is not None
    shelf = Shelf(
        Site(
            catalog=catalog,
            graph=graph,
            settings=settings,
            addresses=addresses,
            name=config.site_name,
            today=settings.now.date(),
            lang=settings.lang,
            language=words,
            purpose=config.site_description or "",
            edit_base=_edit_base(config),
            feeds=bool(url),
            lead_topics=lead,
            problems=_by_path(found) if serving else {},
        )
    )
    broken = _broken(reading.broken, shelf, known) if serving else ()
    return Assembled(
        catalog=catalog,
        graph=graph,
        shelf=shelf,
        addresses=addresses,
        views=(*views(shelf), *broken),
        held_back=reading.held_back,
        problems=problems,
        chrome=chrome(
            catalog,
            addresses,
            name=config.site_name,
            purpose=config.site_description or "",
            url=url if not url or url.endswith("/") else f"{url}/",
            lang=settings.lang,
            language=words,
            lead=lead,
            licence=options.licence,
            licence_url=options.licence_url,
            repo_url=config.repo_url or "",
            theme=THEME,
            serving=serving,
        ),
    )


def _edit_base(config: MkDocsConfig) -> str:
    if not config.repo_url or not config.edit_uri:
        return ""
    return urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri)


def _by_path(problems: tuple[Problem, ...]) -> dict[str, tuple[str, ...]]:
    lines: dict[str, list[str]] = {}
    for problem in problems:
        lines.setdefault(problem.path, []).append(str(problem))
    return {path: tuple(told) for path, told in lines.items()}


def _broken(
    broken: Mapping[str, str], shelf: Shelf, known: Mapping[str, str]
) -> tuple[ProblemsView, ...]:
    """A page for each file that gave no record."""
    return tuple(
        ProblemsView(
            template="problems.html",
            url=known.get(path) or shelf.site.addresses.url(f"problems/{Path(path).stem}/"),
            title=path,
            description=shelf.site.language.word("unreadable_description"),
            noindex=True,
            problems=shelf.site.problems.get(path, ()),
        )
        for path in sorted(broken)
        if path.endswith(".md")
    )
