"""What happened to links and to lists of briefings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from ..catalog.briefing import Briefing
from . import records as r
from .both import Both
from .state import Source, State

Entries: TypeAlias = Callable[[State, str], Sequence[str]]
"""Gives the slugs of a list on the page of the briefing with a slug."""


def link_changes(both: Both) -> list[r.LinkChange]:
    """Links in texts that are new or gone."""
    found = []
    paths: list[tuple[str | None, str | None]] = [
        (path, both.became.get(path)) for path in both.old
    ]
    paths += [(None, path) for path in both.new if path not in both.came_from]
    for was, here in paths:
        former = both.old[was] if was is not None else None
        source = both.new[here] if here is not None else None
        lost = Counter(_led(both, former)) if former else Counter()
        gained = Counter(_leads(both, source)) if source else Counter()
        if source:
            page = both.after.address(source)
        else:
            assert former, "one of the two is there"
            page = both.before.address(former)
        for counts, change in ((gained - lost, "gained"), (lost - gained, "lost")):
            for to, external in counts:
                found.append(
                    r.LinkChange(change=change, page=page, to=to, external=external)  # type: ignore[arg-type]
                )
    return sorted(found, key=lambda k: (k.change, k.page, k.external, k.to))


def _led(both: Both, source: Source) -> set[tuple[str, bool]]:
    """Where the links of a text led, told by the addresses of today."""
    inside = set()
    for to in both.before.graph.links.get(source.path, {}).values():
        url, mark, fragment = both.before.leads(source.path, to).partition("#")
        inside.add((f"{both.now.get(url, url)}{mark}{fragment}", False))
    return inside | {(address, True) for address in _if_changed(both, source)}


def _leads(both: Both, source: Source) -> set[tuple[str, bool]]:
    resolved = both.after.graph.links.get(source.path, {}).values()
    inside = {(both.after.leads(source.path, to), False) for to in resolved}
    return inside | {(a, True) for a in _if_changed(both, source, after=True)}


def _if_changed(both: Both, source: Source, *, after: bool = False) -> Sequence[str]:
    """Absolute addresses of a text; nothing where the same text stands on both sides."""
    if after:
        other = both.old.get(both.came_from.get(source.path, ""))
    else:
        other = both.new.get(both.became.get(source.path, ""))
    if other is not None and other.body.markdown == source.body.markdown:
        return ()
    return both.links_out(source, after=after)


def list_changes(both: Both, entries: Entries) -> list[r.ListChange]:
    """Lists of briefings that differ, by the address of their page."""
    found = []
    for slug, briefing in both.after.catalog.briefings.items():
        was = both.came_from.get(briefing.path)
        former = both.old[was] if was else None
        before: Sequence[str] = ()
        if isinstance(former, Briefing):
            before = _addressed(both.before, entries(both.before, former.slug))
        after = _addressed(both.after, entries(both.after, slug))
        today = [both.now.get(address, address) for address in before]
        if today == list(after):
            continue
        kept = set(today) & set(after)
        found.append(
            r.ListChange(
                page=both.after.address(briefing),
                title=briefing.title,
                gained=tuple(address for address in after if address not in kept),
                lost=tuple(address for address in today if address not in kept),
                reordered=[a for a in today if a in kept] != [a for a in after if a in kept],
            )
        )
    return sorted(found, key=lambda change: change.page)


def backlinks(state: State, slug: str) -> Sequence[str]:
    """Slugs of those that link to a briefing."""
    return [entry.slug for entry in state.graph.backlinks.get(slug, ())]


def related(state: State, slug: str) -> Sequence[str]:
    """Slugs of those that are related to a briefing."""
    return [entry.slug for entry in state.graph.related.get(slug, ())]


def _addressed(state: State, slugs: Iterable[str]) -> list[str]:
    return [state.address(state.catalog.briefings[slug]) for slug in slugs]
