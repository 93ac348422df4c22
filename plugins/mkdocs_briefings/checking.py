"""All problems of a content folder: those of reading, links that lead nowhere, and texts that are
too much work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from .catalog.briefing import Body, Briefing
from .catalog.catalog import Catalog
from .catalog.pages import Edition, FrontPage, PlainPage
from .catalog.problem import Problem
from .linking.permanence import Places
from .linking.resolve import resolve_links
from .reading.read import Reading

FREE: Final = 2_500_000
"""What a text may weigh without being rendered to see whether it can be. One in 2,000 real articles
weighs more."""
_BLANK = re.compile(r"\n[ \t]*\n")
_CODE = re.compile(r"\n[>\-*+ ]*(?: {4}|\t)|<pre")
"""What may begin a block of code: in quotes and lists, too."""
_BEFORE = "> \t"
"""What the parser takes from the front of a line before it looks at it."""
_REFUSED = frozenset({"too-much", "too-deep"})


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
    found = [*reading.problems, *missed, *_too_much(reading, catalog)]
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


def too_much(path: str, body: Body, why: str, near: str) -> Problem:
    """The problem of a file whose body cannot be made within the bounds, at the line `near` when
    it is known, else at the first."""
    lines = (line.lstrip(_BEFORE).rstrip() for line in body.markdown.split("\n"))
    found = (body.line + number for number, line in enumerate(lines) if line == near)
    return Problem(
        path=path,
        line=next(found, 1) if near else 1,
        column=1,
        code="too-much",
        message=f"the text cannot be published: {why} to make its page",
        hint="make several briefings of it, and long tables or code files of their own",
    )


def _too_much(reading: Reading, catalog: Catalog) -> Iterator[Problem]:
    refused = {problem.path for problem in reading.problems if problem.code in _REFUSED}
    sources: tuple[Briefing | PlainPage | Edition | FrontPage, ...] = (
        *catalog.briefings.values(),
        *reading.drafts,
        *catalog.pages.values(),
        *catalog.editions.values(),
        catalog.front,
    )
    heavy = [s for s in sources if s.path not in refused and weight(s.body.markdown) > FREE]
    if not heavy:
        return
    # Nobody else pays for the import.
    from .composing.bounds import BoundError, bounded
    from .rendering.effort import EffortError
    from .rendering.markdown import BodyRenderer, Href

    renderer = BodyRenderer()
    for source in heavy:
        try:
            with bounded():
                renderer.render(source.body.markdown, lambda *_: Href(url="#"), lang="en")
        except (BoundError, EffortError) as error:
            renderer = BodyRenderer()  # It was left in the middle of something.
            yield too_much(source.path, source.body, str(error), error.near)


def weight(markdown: str) -> int:
    """How much work a body may be, at the most, in the characters that `rendering.effort` counts;
    less is told of one that is little work whatever it says."""
    length, lines, marks = len(markdown), markdown.count("\n"), _marks(markdown)
    if max(length * lines, marks * (15 * marks + length), 3_500 * lines) < FREE:
        return 0
    # Of a block each line may be a piece of its own, and each sign may be looked at from each.
    return 3_500 * len(_CODE.findall(markdown)) + sum(
        len(block) * (block.count("\n") + 1) + _marks(block) * (15 * _marks(block) + len(block))
        for block in _BLANK.split(markdown)
    )


def _marks(text: str) -> int:
    return text.count("^") + text.count("~")
