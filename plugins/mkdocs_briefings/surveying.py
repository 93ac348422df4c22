"""A content folder → the state of its site: what a build would publish, without building it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from html.parser import HTMLParser
from os import stat_result
from pathlib import Path
from typing import Any

from .catalog.codes import grade
from .catalog.problem import Problem
from .catalog.settings import Settings
from .checking import problems
from .comparing.state import Source, State
from .composing.bounds import BoundError, bounded
from .linking.backlinks import citations
from .linking.connect import connect
from .linking.graph import Graph, Related
from .linking.rests import rests_on
from .reading.alone import Written
from .reading.folder import load
from .reading.nodes import Fault
from .reading.options import find_config, plugin_options, site_options
from .reading.read import Reading, read
from .rendering.chrome import chrome, lead_topics
from .rendering.effort import EffortError
from .rendering.markdown import BodyRenderer, Href
from .viewing.addresses import Addresses
from .viewing.make import views
from .viewing.shelf import Shelf, Site
from .weighing import weighed
from .wording.language import language

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)

Lists = Mapping[str, tuple[Related, ...]]


@dataclass(slots=True)
class Files:
    """What files were read as: the same text at the same path is read once."""

    written: dict[tuple[str, bytes], Written] = field(default_factory=dict)

    def unchanged(self, path: str, status: stat_result) -> None:
        """Nothing: two trees share no times."""
        return

    def same(self, path: str, status: stat_result, data: bytes) -> Written | None:
        return self.written.get((path, _digest(data)))

    def keep(self, path: str, status: stat_result, data: bytes, written: Written) -> None:
        self.written[path, _digest(data)] = written


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A folder read and linked, but for related briefings."""

    settings: Settings
    options: Mapping[str, Any]
    """All of `mkdocs.yml`."""
    plugin: Mapping[str, Any]
    """Of our plugin."""
    reading: Reading
    graph: Graph
    problems: tuple[Problem, ...]
    """Graded and sorted."""
    digests: Mapping[str, bytes]

    @property
    def cited(self) -> Mapping[str, Iterable[str]]:
        return citations(self.reading.catalog, self.graph.links)


def survey(folder: Path, settings: Settings, files: Files) -> Survey:
    """Read and link a content folder.

    Raises:
        OSError: If `folder` cannot be read.
        OptionError: If its `mkdocs.yml` is not YAML.
    """
    config = find_config(folder)
    reading = read(folder, settings, memory=files, weigh=weighed)
    graph, missed = connect(
        reading.catalog, held_back=reading.held_back, related=0, lang=settings.lang
    )
    return Survey(
        settings=settings,
        options=site_options(config),
        plugin=plugin_options(config) if config else {},
        reading=reading,
        graph=graph,
        digests=_digests(folder, reading),
        problems=tuple(grade(problems(reading, missed), settings.severity)),
    )


def states(before: Survey, after: Survey) -> tuple[State, State]:
    """The two states of a site.

    Related briefings are ranked only where something differs that lists rest on; where nothing
    does, both states have none.
    """
    lists = _ranked(before, after)
    return _state(before, lists[0]), _state(after, lists[1])


def _ranked(before: Survey, after: Survey) -> tuple[Lists, Lists]:
    cited = before.cited, after.cited
    catalogs = before.reading.catalog, after.reading.catalog
    limits = before.settings.related, after.settings.related
    rests = [
        rests_on(catalog, links, limit)
        for catalog, links, limit in zip(catalogs, cited, limits, strict=True)
    ]
    if rests[0].key == rests[1].key:
        return {}, {}
    # numpy takes a while to import: only who ranks pays for it.
    from .linking.again import related_again

    known, found = None, []
    for catalog, links, limit, rest in zip(catalogs, cited, limits, rests, strict=True):
        if limit:
            known, _ = related_again(catalog, links, known, limit=limit, rests=rest)
        found.append(known.lists if known and limit else {})
    return found[0], found[1]


def _state(made: Survey, lists: Lists) -> State:
    catalog, settings, options = made.reading.catalog, made.settings, made.options
    related = {slug: lists.get(slug, ()) for slug in catalog.briefings}
    graph = replace(made.graph, related=related)
    addresses = Addresses(settings.permalink, options.get("use_directory_urls") is not False)
    url = _text(options, "site_url")
    assert settings.now is not None
    site = Site(
        catalog=catalog,
        graph=graph,
        settings=settings,
        addresses=addresses,
        name=_text(options, "site_name"),
        today=settings.now.date(),
        lang=settings.lang,
        language=language(settings.lang),
        purpose=_text(options, "site_description"),
        feeds=bool(url),
        lead_topics=lead_topics(catalog, _keys(made.plugin.get("lead_topics"))),
    )
    shelf = Shelf(site)
    return State(
        catalog=catalog,
        graph=graph,
        addresses=addresses,
        shelf=shelf,
        views=tuple(views(shelf)),
        chrome=chrome(
            site,
            url=f"{url.rstrip('/')}/" if url else "",
            licence=_text(made.plugin, "licence"),
            licence_url=_text(made.plugin, "licence_url"),
            repo_url=_text(options, "repo_url"),
            asset_version="",
            serving=False,
            search=made.plugin.get("search") is not False,
        ),
        problems=made.problems,
        broken=frozenset(made.reading.broken),
        digests=made.digests,
        options=options,
    )


def outbound() -> Callable[[Source], Sequence[str]]:
    """Tells where the text of a file leads outside of the site, as its page would.

    Of a text that would take too long to render, whose page no build publishes, it tells all
    addresses that are written in it.
    """
    renderer = BodyRenderer()

    def told(source: Source) -> Sequence[str]:
        nonlocal renderer
        text = source.body.markdown
        if not text.strip():
            return ()
        try:
            with bounded():
                rendered = renderer.render(
                    text,
                    lambda target, fragment: Href(url="#"),
                    lang=getattr(source, "lang", "en"),
                )
        except (BoundError, EffortError):
            renderer = BodyRenderer()  # It was left in the middle of something.
            return tuple(dict.fromkeys(_ADDRESS.findall(text)))
        found = _Links()
        found.feed(rendered.html)
        return tuple(dict.fromkeys(found.addresses))

    return told


class _Links(HTMLParser):
    """Absolute addresses of links, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.lower().startswith(("http://", "https://")):
            self.addresses.append(href)


def _digests(folder: Path, reading: Reading) -> Mapping[str, bytes]:
    found = {}
    for path in reading.files:
        with suppress(Fault):
            found[path] = _digest(load(folder, path))
    return found


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name)
    return value if isinstance(value, str) else ""


def _keys(value: object) -> Sequence[str]:
    return [key for key in value if isinstance(key, str)] if isinstance(value, list) else []
