"""The whole graph of a catalog, and the problems of its links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..catalog.catalog import Catalog
from ..catalog.problem import Problem
from .backlinks import backlinks, citations
from .graph import Graph, Related
from .resolve import resolve_links
from .sequences import Lines, Order, beside, in_topic
from .terms import mentioned, users

Cited = Mapping[str, Iterable[str]]
Rank = Callable[[Catalog, Cited, int, Lines], Mapping[str, tuple[Related, ...]]]
"""Takes a catalog, the briefings that each one cites, how long lists may be, and the catalog's
orders."""


def connect(
    catalog: Catalog,
    *,
    held_back: frozenset[str] = frozenset(),
    related: int = 10,
    lang: str = "en",
    rank: Rank | None = None,
) -> tuple[Graph, tuple[Problem, ...]]:
    """Connect everything in a catalog with what it belongs with.

    Args:
        catalog: What is published, in any order.
        held_back: Slugs of drafts and future-dated briefings that `catalog` leaves out: a link
            to one is a problem of its own.
        related: Most related briefings for each; 0 gives none and spares the work.
        lang: Language of the site and its glossary, BCP 47.
        rank: Ranks the related briefings, when something is known of an earlier state.

    Returns:
        The graph, and the problems of links, sorted by place.
    """
    links, problems = resolve_links(catalog, held_back)
    cited = citations(catalog, links)
    likeness: Mapping[str, tuple[Related, ...]] = dict.fromkeys(catalog.briefings, ())
    order = Order(catalog)
    lines = Lines(order)
    if related:
        likeness = (rank or _ranked)(catalog, cited, related, lines)
    mentions = mentioned(catalog, lang)
    graph = Graph(
        links=links,
        backlinks=backlinks(catalog, cited),
        related=likeness,
        parts=lines.parts,
        filed=lines.filed,
        signed=lines.signed,
        in_topic=in_topic(order),
        beside=beside(order),
        mentions=mentions,
        users=users(mentions, catalog),
    )
    return graph, problems


def _ranked(
    catalog: Catalog, cited: Cited, limit: int, lines: Lines
) -> Mapping[str, tuple[Related, ...]]:
    # numpy takes a while to import, and scipy as long: only who ranks pays for it.
    from .related import related_briefings

    return related_briefings(catalog, cited, limit=limit)
