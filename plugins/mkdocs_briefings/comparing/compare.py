"""Two states of a site → what sets them apart. Pure: the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..catalog.briefing import Briefing
from ..catalog.problem import Problem, Severity, printable
from ..catalog.registries import Topic
from ..viewing import addresses as places
from . import records as r
from .addresses import address_changes, lost_addresses
from .both import Both, Outbound
from .links import backlinks, link_changes, list_changes, related
from .pages import page_changes
from .state import State


def compare(
    before: State,
    after: State,
    outbound: Outbound,
    *,
    base: str = "",
    head: str = "",
) -> r.Comparison:
    """What a branch does to a site.

    Args:
        before: The site without the branch.
        after: The site with it.
        outbound: Tells where texts lead outside of the site; asked only of those that differ.
        base: Names what `before` was read from.
        head: Names what `after` was read from; empty for files as they stand.
    """
    both = Both(before, after, outbound)
    pages = page_changes(both)
    faults, mended = _problems(both)
    lost = lost_addresses(both, pages)
    # The ledger misses the same addresses; here it is said what became of their pages.
    told = {f"'{fault.place}'" for fault in lost if fault.code == "lost-address"}
    faults = [f for f in faults if not (f.code == "lost-address" and told & set(f.message.split()))]
    faults += lost
    return r.Comparison(
        base=base,
        head=head,
        faults=tuple(sorted(faults, key=_gravest)),
        pages=tuple(pages),
        addresses=tuple(address_changes(both)),
        links=tuple(link_changes(both)),
        backlinks=tuple(list_changes(both, backlinks)),
        related=tuple(list_changes(both, related)),
        topics=tuple(_topics(both)),
        domains=_domains(both, pages),
        options=tuple(_differing(before.options, after.options)),
        frame=before.chrome != after.chrome,
        mended=mended,
    )


def _gravest(fault: r.Fault) -> tuple[str, bool, str, str, str]:
    """Errors first, of these the addresses that are lost: broken links often follow from them."""
    return (fault.severity, fault.code != "lost-address", fault.code, fault.place, fault.message)


def _topics(both: Both) -> Iterator[r.TopicChange]:
    """Topics that appear, go, get their first or lose their last briefing, move or are renamed."""
    old, new = both.before.catalog.topics, both.after.catalog.topics
    for key in sorted(old.keys() | new.keys()):
        before = len(both.before.graph.filed.get(key, ()))
        after = len(both.after.graph.filed.get(key, ()))
        was, now = old.get(key), new.get(key)
        changes = []
        if was is None or now is None:
            changes.append("gone" if now is None else "new")
        else:
            if bool(before) != bool(after):
                changes.append("filled" if after else "empty")
            if was.parent != now.parent:
                changes.append("moved")
            if was.title != now.title:
                changes.append("renamed")
        state = both.after if now else both.before
        for change in changes:
            yield r.TopicChange(
                change=change,  # type: ignore[arg-type]
                key=key,
                title=(now or old[key]).title,
                address=state.addresses.url(places.topic(key)),
                before=before,
                after=after,
                parent=_parent(new, key),
                former_parent=_parent(old, key),
                former_title=was.title if was else "",
            )


def _parent(topics: Mapping[str, Topic], key: str) -> str:
    """Title of the topic above one; empty where there is none."""
    above = topics[key].parent if key in topics else ""
    return topics[above].title if above else ""


def _domains(both: Both, pages: Iterable[r.PageChange]) -> tuple[r.DomainChange, ...]:
    """Hosts that nothing of the base names, with the pages that lead there."""
    found: dict[str, list[str]] = {}
    for page in pages:
        for domain in page.domains:
            found.setdefault(domain, []).append(page.address)
    if found:
        for source in both.old.values():
            cited = source.sources if isinstance(source, Briefing) else ()
            told = [source.body.markdown, *(entry.url for entry in cited)]
            text = "\n".join(told).casefold()
            # Texts are rendered only where a host may be named: `a.example` is not in all of
            # those that say `data.example`.
            if likely := [domain for domain in found if domain in text]:
                hosts = set(both.hosts(source))
                for domain in likely:
                    if domain in hosts:
                        del found[domain]
    return tuple(
        r.DomainChange(domain=domain, pages=tuple(sorted(set(found[domain]))))
        for domain in sorted(found)
    )


def _problems(both: Both) -> tuple[list[r.Fault], int]:
    """Problems that the base had not, and how many of its own are gone."""

    def known(problem: Problem) -> tuple[str, str, str]:
        return (problem.path, problem.code, problem.message)

    before, after = (Counter(map(known, s.problems)) for s in (both.before, both.after))
    fresh = after - before
    found = []
    for problem in both.after.problems:
        if fresh[known(problem)] > 0:
            fresh[known(problem)] -= 1
            place = f"{printable(problem.path)}:{problem.line}:{problem.column}"
            message, hint = printable(problem.message), printable(problem.hint)
            found.append(
                r.Fault(
                    severity="error" if problem.severity is Severity.ERROR else "warning",
                    code=problem.code,
                    place=place,
                    message=message,
                    hint=hint,
                )
            )
    return found, (before - after).total()


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    keys = {str(key) for key in (*before, *after)}
    return sorted(key for key in keys if before.get(key) != after.get(key))
