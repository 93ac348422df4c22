"""All problems of a content folder: those of reading, and links that lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .catalog.briefing import Briefing
from .catalog.catalog import Catalog
from .catalog.problem import Problem
from .linking.permanence import Places
from .linking.resolve import resolve_links
from .reading.read import Reading


def problems(reading: Reading, missed: tuple[Problem, ...] | None = None) -> tuple[Problem, ...]:
    """Every problem of what was read, sorted by place, with the usual severities.

    Links of files that gave no record are checked, and a link to such a file is no second fault.
    Links of drafts may lead to other drafts.

    Args:
        reading: What was read.
        missed: The problems of links in the catalog, if they are known already.
    """
    catalog = _with_unfinished(reading)
    if missed is None or reading.bodies:
        missed = resolve_links(catalog, reading.held_back)[1]
    found = [*reading.problems, *missed]
    if reading.drafts:
        drafts = {draft.slug: draft for draft in reading.drafts}
        paths = {draft.path for draft in reading.drafts}
        later = replace(catalog, briefings={**catalog.briefings, **drafts})
        found += [p for p in resolve_links(later)[1] if p.path in paths]
    if reading.catalog.ledger or reading.catalog.former:
        found += places(reading).problems()
    return tuple(sorted(found))


def places(reading: Reading) -> Places:
    """The addresses of what was read, now and before."""
    return Places(
        catalog=reading.catalog,
        pattern=reading.settings.permalink,
        broken=frozenset(reading.broken.values()),
        held_back=reading.held_back,
    )


def _with_unfinished(reading: Reading) -> Catalog:
    """The catalog with stand-ins for the files that gave no record."""
    briefings = dict(reading.catalog.briefings)
    for path, body in reading.bodies.items():
        slug = reading.broken.get(path, "")
        # Of two files with one slug the second answers to no name, but has links to check.
        key = path if not slug or slug in briefings else slug
        briefings[key] = Briefing(
            path=path, slug=key, title="", authors=(), published=date.min, body=body
        )
    return replace(reading.catalog, briefings=briefings)
