"""What happened to the pages of a site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields

from ..catalog.briefing import Body, Briefing
from ..viewing.records import View
from . import records as r
from .both import Both
from .state import Source, kind_of

_OWN = frozenset({"path", "body"})
"""What of a record says nothing of its page."""
_KEYS = {
    "published": "date",
    "published_at": "date",
    "superseded_by": "by",
    "summary_written": "summary",
}
"""Keys of the front matter that records call something else."""


def page_changes(both: Both) -> list[r.PageChange]:
    """Pages that are new, gone, elsewhere or different: what was added first, what only follows
    another change last."""
    there = {view.url: view for view in both.after.views}
    here = {view.url: view for view in both.before.views}
    found = []
    for url, view in there.items():
        own = view.source
        change = _source(both, view, here) if own else _made(both, view, here.get(url))
        if change:
            found.append(change)
    for url, view in here.items():
        gone = view.source not in both.became if view.source else url not in there
        if gone:
            found.append(_page(both, "removed", view, both.old.get(view.source), None))
    order = ("added", "moved", "removed", "edited", "follows")
    return sorted(found, key=lambda p: (order.index(p.change), not p.path, p.kind, p.address))


def _source(both: Both, view: View, here: Mapping[str, View]) -> r.PageChange | None:
    """What happened to a page with a file."""
    source, path = both.new.get(view.source), both.came_from.get(view.source)
    if source is None:
        return None
    if path is None:
        return _page(both, "added", view, None, source)
    former = both.old[path]
    address = both.before.address(former)
    differing = _fields(former, source)
    if address != view.url:
        return _page(both, "moved", view, former, source, address, differing)
    if not differing and here[address] == view:
        return None
    same = both.before.digests.get(path) == both.after.digests.get(view.source)
    if differing and not same:
        return _page(both, "edited", view, former, source, address, differing)
    # What it names may be gone: its record differs, and nobody edited it.
    return _page(both, "follows", view, former, source)


def _made(both: Both, view: View, former: View | None) -> r.PageChange | None:
    """What happened to a page that the software makes."""
    if former is None or former.source:
        return _page(both, "added", view, None, None)
    return _page(both, "follows", view, None, None) if former != view else None


def _page(
    both: Both,
    change: str,
    view: View,
    former: Source | None,
    source: Source | None,
    address: str = "",
    differing: tuple[str, ...] = (),
) -> r.PageChange:
    told = change != "follows"
    here = former.body if former and told else Body(markdown="")
    there = source.body if source and told else Body(markdown="")
    domains = set(both.hosts(source, after=True)) - set(both.hosts(former)) if told else ()
    return r.PageChange(
        change=change,  # type: ignore[arg-type]  # One of the five.
        kind=kind_of(view),
        address=view.url,
        former=address or view.url,
        title=view.title,
        path=view.source,
        fields=differing,
        words=_words(here, there),
        sources=_sources(former, source) if told else (),
        domains=tuple(sorted(domains)),
    )


def _fields(before: Source, after: Source) -> tuple[str, ...]:
    """What differs between two records of a page, in their order; the text as `text`."""
    names = [
        _KEYS.get(field.name, field.name)
        for field in fields(after)
        if field.name not in _OWN and getattr(before, field.name) != getattr(after, field.name)
    ]
    same = before.body.markdown == after.body.markdown
    return (*dict.fromkeys(names), *(() if same else ("text",)))


def _words(before: Body, after: Body) -> r.Words:
    here, there = Counter(before.text.split()), Counter(after.text.split())
    return r.Words(
        before=before.words,
        after=after.words,
        added=(there - here).total(),
        removed=(here - there).total(),
    )


def _sources(before: Source | None, after: Source | None) -> tuple[r.SourceChange, ...]:
    """Sources that are new or gone: known again by address, else by title."""
    here, there = (
        {entry.url or entry.title: entry for entry in source.sources}
        if isinstance(source, Briefing)
        else {}
        for source in (before, after)
    )
    gone = [("removed", here[key]) for key in here if key not in there]
    new = [("added", there[key]) for key in there if key not in here]
    return tuple(
        r.SourceChange(change=change, title=entry.title, url=entry.url)  # type: ignore[arg-type]
        for change, entry in (*new, *gone)
    )
