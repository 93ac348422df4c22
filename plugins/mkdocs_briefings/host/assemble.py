"""From a content folder to all that a build needs, before MkDocs touches the site's folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

from .. import checking
from ..catalog.briefing import Briefing
from ..catalog.catalog import Catalog
from ..catalog.codes import grade
from ..catalog.problem import Problem, Severity
from ..catalog.rules import Rules
from ..catalog.settings import Settings
from ..composing.inputs import digest
from ..config import BriefingsConfig
from ..linking.connect import connect
from ..linking.graph import Graph
from ..publishing.news import WINDOW
from ..publishing.search.engine import Engine, SearchError, engine
from ..reading import options as checks
from ..reading.read import read
from ..reading.registries import Registries
from ..rendering.assets import asset_version, published_assets
from ..rendering.chrome import chrome, lead_topics
from ..viewing.addresses import Addresses
from ..viewing.ground import others_ground
from ..viewing.make import Views
from ..viewing.pages import search_view
from ..viewing.parts import Chrome
from ..viewing.records import ProblemsView
from ..viewing.shelf import Shelf, Site
from ..weighing import weighed
from ..wording.language import language
from .history import Committed, Read, read_history
from .indexing import PUBLISHED_INDEX, SERVED_INDEX
from .keys import KeptOthers, ground_of, of_cards
from .repository import forge_of
from .reuse import Memory, Reuse, cache_folder
from .styles import own_styles

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
    views: Views
    others: KeptOthers = field(default_factory=KeptOthers)
    """What the pages that are no briefings' are made from; none of them."""
    kept: KeptOthers = field(default_factory=KeptOthers)
    """What an earlier build has left of them."""
    told_cards: Mapping[str, bytes] = field(default_factory=dict)
    """As `viewing.ground.card_digests` gives them."""
    assets: Mapping[str, bytes]
    """The theme's stylesheet and scripts as published, by path."""
    held_back: frozenset[str]
    """Slugs that are not published: drafts, and what is dated in the future."""
    until: datetime
    """From when on the clock would have made another site, of which this is a part."""
    redirects: Mapping[str, str]
    """Old address → the address of the page that it leads to."""
    unrecorded: int = 0
    """Addresses that the ledger does not have yet."""
    problems: tuple[Problem, ...]
    """Graded and sorted, with the content folder's name before each path."""
    note: str = ""
    """What whoever builds should know and need not mend."""
    committed: Committed | None = None
    """What the files' history is made from; None where there is none, or nobody can tell."""
    rules: Rules = field(default_factory=Rules)
    """Of the house."""
    engine: Engine | None
    """What makes the search index; None for a site without search."""
    reuse: Reuse | None = None
    """What an earlier build has left; the one mutable part."""
    registries: Registries = field(default_factory=Registries)
    """With the names that files have and registries lack."""
    warnings: tuple[str, ...] = ()
    """What is wrong outside of the content folder, ready to show."""

    @property
    def moved(self) -> dict[str, str]:
        """Old addresses, each with the address of the page that stands where it leads to."""
        found = {old: self.addresses.url(place) for old, place in self.redirects.items()}
        titles = self.views.titles if found else {}
        return {old: url for old, url in found.items() if url in titles}

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def _named(folder: str, path: str) -> str:
    """A problem's path from the project's folder, given the name of the content's;
    `../mkdocs.yml` of the content is its own."""
    named = f"{folder}/{path}"
    return posixpath.normpath(named) if path.startswith("../") else named


def assemble(
    config: MkDocsConfig,
    options: BriefingsConfig,
    *,
    serving: bool,
    known: Mapping[str, str],
    memory: Memory | None = None,
    remember: bool = False,
    heed: Callable[[], None] = lambda: None,
) -> Assembled:
    """Read, check and link a content folder, and make every view.

    `known` gives the last known place of a source file, so that a serving build shows the
    problems of a file that broke where its page was. With `remember`, what an earlier build has
    left is used, if the options allow it; `memory` is what this process knows of one. `heed` is
    called every now and then, and may end it by an exception.
    """
    reuse = Reuse(cache_folder(config), memory) if remember and options.cache else None
    try:
        return _assemble(config, options, reuse, serving=serving, known=known, heed=heed)
    except BaseException:
        if reuse:
            reuse.close()
        raise


def _assemble(
    config: MkDocsConfig,
    options: BriefingsConfig,
    reuse: Reuse | None,
    *,
    serving: bool,
    known: Mapping[str, str],
    heed: Callable[[], None],
) -> Assembled:
    folder = Path(config.docs_dir)
    settings = options.settings(folder, drafts=serving)
    assert settings.now is not None
    reading = read(
        folder,
        settings,
        progress=lambda done, of: heed(),
        memory=reuse.files(folder, settings) if reuse else None,
        weigh=weighed,
    )
    graph, missed = connect(
        reading.catalog,
        held_back=reading.held_back,
        related=settings.related,
        lang=settings.lang,
        rank=partial(reuse.related, heed=heed) if reuse else None,
    )
    graded = grade(
        checking.problems(reading, missed), settings.severity, strict=bool(config.strict)
    )
    places = checking.places(reading)
    told = _history(folder, reading.catalog, options, serving=serving)
    site = replace(
        _site(config, options, settings, reading.catalog, graph),
        history=told.files,
        identities=places.identities if reading.catalog.ledger else {},
        # Readers of shared links ask for cards at an absolute address; an edit need not wait for
        # them.
        cards=options.cards and bool(config.site_url) and not serving,
        problems=by_path(graded) if serving else {},
    )
    shelf = Shelf(site)
    broken = _broken(reading.broken, shelf, known) if serving else ()
    found, warnings = _engine(wanted=options.search and bool(site.catalog.briefings))
    index = SERVED_INDEX if serving else PUBLISHED_INDEX
    search = (search_view(shelf, index, found.version),) if found else ()
    beside = (*search, *broken)
    first, told_cards = others_ground(shelf)
    order = digest(first, beside)
    others = KeptOthers(ground=ground_of(order, of_cards(told_cards)), order=order)
    kept = reuse.others() if reuse and others.ground else KeptOthers()
    titles = None
    if others.ground and kept.ground == others.ground:
        titles = {one.about.page.url: one.about.page.title for one in kept.pages}
    own = config.theme.custom_dir
    assets = published_assets(THEME, Path(own) if own else None)
    styles, unstyled = own_styles(config)
    return Assembled(
        catalog=site.catalog,
        registries=reading.registries,
        graph=graph,
        shelf=shelf,
        addresses=site.addresses,
        views=Views.of(shelf, beside, heed, titles),
        others=others,
        kept=kept,
        told_cards=told_cards,
        assets=assets,
        held_back=reading.held_back,
        until=_until(settings.now, (*reading.catalog.briefings.values(), *reading.drafts)),
        redirects=places.redirects,
        unrecorded=0 if serving else places.unrecorded,
        problems=tuple(p.elsewhere(_named(folder.name, p.path)) for p in graded),
        note=told.note,
        committed=told.committed,
        rules=reading.rules,
        engine=found,
        reuse=reuse,
        warnings=(*warnings, *unstyled),
        chrome=chrome(
            site,
            url=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
            licence=options.licence,
            licence_url=options.licence_url,
            repo_url=config.repo_url or "",
            asset_version=asset_version({**assets, **styles}),
            styles=tuple(map(quote, styles)),
            serving=serving,
            search=found is not None,
        ),
    )


def _site(
    config: MkDocsConfig,
    options: BriefingsConfig,
    settings: Settings,
    catalog: Catalog,
    graph: Graph,
) -> Site:
    """What views are made from, but for history, cards and problems."""
    assert settings.now is not None
    return Site(
        catalog=catalog,
        graph=graph,
        settings=settings,
        addresses=Addresses(settings.permalink, config.use_directory_urls),
        name=config.site_name,
        today=settings.now.date(),
        lang=settings.lang,
        language=language(settings.lang),
        purpose=config.site_description or "",
        forge=forge_of(config, options.forge),
        feeds=bool(config.site_url),
        lead_topics=lead_topics(catalog, options.lead_topics),
    )


def told_history(options: BriefingsConfig, *, serving: bool = False) -> bool:
    """Whether pages tell the history of their files, if there is one: a serving build tells it
    only when told to."""
    return checks.history(options.history) is not False and not (
        serving and checks.history(options.history) is None
    )


def _history(folder: Path, catalog: Catalog, options: BriefingsConfig, *, serving: bool) -> Read:
    """The files' history where it is wanted."""
    if not told_history(options, serving=serving):
        return Read()
    told = read_history(folder, catalog.briefings)
    if checks.history(options.history) and not (told.files or told.note):
        return Read(note=f"git knows nothing of {folder.name}")
    return told


def _engine(*, wanted: bool) -> tuple[Engine | None, tuple[str, ...]]:
    """The engine of a site that is to have search, and what to say when there is none."""
    if not wanted:
        return None, ()
    try:
        return engine(), ()
    except SearchError as error:
        return None, (f"The site has no search: {error}",)


def _until(now: datetime, briefings: Iterable[Briefing]) -> datetime:
    """When the clock changes a site next: at the end of the day, when a briefing with an hour is
    due, or when one is no longer news."""
    moments = [datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)]
    for briefing in briefings:
        if briefing.published_at:
            moments += [briefing.published_at, briefing.published_at + WINDOW]
    return min(moment for moment in moments if moment > now)


def by_path(problems: Iterable[Problem]) -> dict[str, tuple[str, ...]]:
    """Problems as pages show them, by source path."""
    lines: dict[str, list[str]] = {}
    for problem in problems:
        lines.setdefault(problem.path, []).append(str(problem))
    return {path: tuple(told) for path, told in lines.items()}


def _broken(
    broken: Mapping[str, str], shelf: Shelf, known: Mapping[str, str]
) -> tuple[ProblemsView, ...]:
    """A page for each file that gave no record."""
    made = shelf.site.addresses.url
    return tuple(
        problem_view(path, known.get(path) or made(f"problems/{Path(path).stem}/"), shelf.site)
        for path in sorted(broken)
        if path.endswith(".md")
    )


def problem_view(path: str, url: str, site: Site) -> ProblemsView:
    """The page at `url` that says why a file gave no record."""
    return ProblemsView(
        template="problems.html",
        url=url,
        title=path,
        description=site.language.word("unreadable_description"),
        noindex=True,
        problems=site.problems.get(path, ()),
    )
