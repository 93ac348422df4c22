"""Two states of a site → what sets them apart. Pure: the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from urllib.parse import urlsplit

from ..catalog.briefing import Body, Briefing
from ..catalog.problem import Problem, printable
from ..viewing import addresses as places
from ..viewing.records import View
from . import records as r
from .pairing import Pairs, paired
from .state import FILES, Source, State, kind_of

Outbound = Callable[[Source], Sequence[str]]
"""Absolute addresses that the text of a file leads to, in its order."""

_OWN = frozenset({"path", "body"})
"""What of a record says nothing of its page."""
_KEYS = {
    "published": "date",
    "published_at": "date",
    "superseded_by": "by",
    "summary_written": "summary",
}
"""Keys of the front matter that records call something else."""


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
    return _Comparing(before, after, outbound).result(base, head)


class _Comparing:
    def __init__(self, before: State, after: State, outbound: Outbound) -> None:
        self.before, self.after, self.outbound = before, after, outbound
        self.pairs: Pairs = paired(before, after)
        self.old, self.new = before.sources, after.sources
        self.came_from = self.pairs.before
        self.now = {
            before.address(source): after.address(self.new[self.pairs.after[path]])
            for path, source in self.old.items()
            if path in self.pairs.after
        }
        """Address of each page of the base that is still there → its address today."""
        self.titles = {view.url: view.title for view in (*before.views, *after.views)}
        self._outbound: dict[tuple[bool, str], Sequence[str]] = {}

    def result(self, base: str, head: str) -> r.Comparison:
        pages = tuple(self._pages())
        addresses = tuple(self._addresses())
        faults, mended = self._problems()
        faults += self._lost(pages)
        options = _differing(self.before.options, self.after.options)
        return r.Comparison(
            base=base,
            head=head,
            faults=tuple(sorted(faults, key=lambda f: (f.severity, f.code, f.place, f.message))),
            pages=pages,
            addresses=addresses,
            links=tuple(self._links()),
            backlinks=tuple(self._lists(self._backlinks)),
            related=tuple(self._lists(self._related)),
            topics=tuple(self._topics()),
            domains=self._domains(pages),
            options=tuple(options),
            frame=self.before.chrome != self.after.chrome,
            mended=mended,
        )

    # Pages.

    def _pages(self) -> list[r.PageChange]:
        there = {view.url: view for view in self.after.views}
        here = {view.url: view for view in self.before.views}
        found = []
        for url, view in there.items():
            own = view.source
            change = self._source(view, here) if own else self._made(view, here.get(url))
            if change:
                found.append(change)
        for url, view in here.items():
            gone = view.source not in self.pairs.after if view.source else url not in there
            if gone:
                found.append(self._page("removed", view, self.old.get(view.source), None))
        order = ("added", "moved", "removed", "edited", "follows")
        return sorted(found, key=lambda p: (order.index(p.change), not p.path, p.kind, p.address))

    def _source(self, view: View, here: Mapping[str, View]) -> r.PageChange | None:
        """What happened to a page with a file."""
        source, path = self.new.get(view.source), self.came_from.get(view.source)
        if source is None:
            return None
        if path is None:
            return self._page("added", view, None, source)
        former = self.old[path]
        address = self.before.address(former)
        differing = _fields(former, source)
        if address != view.url:
            return self._page("moved", view, former, source, address, differing)
        if not differing and here[address] == view:
            return None
        same = self.before.digests.get(path) == self.after.digests.get(view.source)
        if differing and not same:
            return self._page("edited", view, former, source, address, differing)
        # What it names may be gone: its record differs, and nobody edited it.
        return self._page("follows", view, former, source)

    def _made(self, view: View, former: View | None) -> r.PageChange | None:
        """What happened to a page that the software makes."""
        if former is None or former.source:
            return self._page("added", view, None, None)
        return self._page("follows", view, None, None) if former != view else None

    def _page(
        self,
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
        domains = set(self._hosts(source, after=True)) - set(self._hosts(former)) if told else ()
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

    def _links_out(self, source: Source | None, *, after: bool = False) -> Sequence[str]:
        if source is None:
            return ()
        key = (after, source.path)
        if key not in self._outbound:
            self._outbound[key] = tuple(self.outbound(source))
        return self._outbound[key]

    def _hosts(self, source: Source | None, *, after: bool = False) -> Iterator[str]:
        """Hosts that a text or its sources lead to."""
        cited = source.sources if isinstance(source, Briefing) else ()
        addresses = (*self._links_out(source, after=after), *(entry.url for entry in cited))
        return (host for address in addresses if (host := host_of(address)))

    # Addresses.

    def _addresses(self) -> list[r.AddressChange]:
        here, there = _files(self.before), _files(self.after)
        old, new = self.before.redirects, self.after.redirects
        stood = {view.url for view in self.before.views}
        stand = {view.url for view in self.after.views}
        found = []
        for address in here.keys() | there.keys():
            if address not in there:
                kind = here[address][0]
                found.append(_address("removed", kind, address, address, ""))
            elif address not in here:
                found.append(_address("added", there[address][0], address, "", address))
        for address in old.keys() | new.keys():
            was, leads = old.get(address, ""), new.get(address, "")
            if address in stood or address in stand:
                # A redirect where a page was, or the other way round.
                kind = "redirect" if address in new else kind_at(self.after, address)
                before = was or address if address in old or address in stood else ""
                after = leads or address if address in new or address in stand else ""
                found.append(_address("changed", kind, address, before, after))
            elif address not in new:
                found.append(_address("removed", "redirect", address, was, ""))
            elif address not in old:
                found.append(_address("added", "redirect", address, "", leads))
            elif self.now.get(was, was) != leads:
                found.append(_address("changed", "redirect", address, was, leads))
        return sorted(found, key=lambda a: (a.change, a.kind, a.address))

    def _lost(self, pages: Iterable[r.PageChange]) -> list[r.Fault]:
        """Addresses of the base at which nothing answers, or another page does."""
        files = {address for address, *_ in self.after.files()}
        stand = {view.url for view in self.after.views}
        answers = stand | set(self.after.redirects) | files
        lost = {view.url: kind_of(view) for view in self.before.views if view.url not in answers}
        lost |= {a: "redirect" for a in self.before.redirects if a not in answers}
        by_address = {p.former: p for p in pages if p.change in {"moved", "removed"}}
        found = [
            r.Fault(
                severity="error",
                code="lost-address",
                place=address,
                message=self._message(address, kind, by_address.get(address)),
                hint=self._hint(address, kind, by_address.get(address)),
            )
            for address, kind in lost.items()
        ]
        for address, kind, page in self.before.files():
            if address not in answers and page not in lost and kind in FILES:
                message = f"the {kind} at {address} is gone, and those who follow it are not told"
                hint = "keep what it belongs to, or `site_url` if that was taken away"
                found.append(_fault("error", "lost-address", address, message, hint))
            elif address not in answers and kind == "image":
                message = f"the picture {address} is gone, and pages elsewhere may show it"
                found.append(_fault("warning", "lost-address", address, message, ""))
        return found + self._others()

    def _message(self, address: str, kind: str, change: r.PageChange | None) -> str:
        if kind == "redirect":
            return f"the earlier address {address} leads nowhere any more"
        if change and change.change == "moved":
            return f"the {kind} moved to {change.address}, and nothing leads there from {address}"
        if change and change.path in self.after.broken:
            return f"the {kind} at {address} cannot be made: its file has errors"
        return f"the {kind} at {address} is gone, and nothing answers there"

    def _hint(self, address: str, kind: str, change: r.PageChange | None) -> str:
        if change and change.path in self.after.broken:
            return f"mend {change.path}"
        if change and change.change == "moved" and kind == "briefing":
            return f"add `aliases: [{address}]` to {change.path}"
        if kind == "briefing":
            return f"keep it, or add `aliases: [{address}]` to the briefing that takes its place"
        if kind == "redirect":
            led = self.before.redirects[address]
            page = self.now.get(led)
            file = next((p for p, s in self.new.items() if self.after.address(s) == page), "")
            whose = file or "the briefing that takes its place"
            return f"add it to `aliases` of {whose}"
        if kind in {"page", "edition"}:
            return "keep the file under its name: only briefings can have earlier addresses"
        if kind in {"topic", "author", "storyline"}:
            return f"keep the {kind} in its registry, or what is filed there"
        return "it lists what is gone from it; links to it break"

    def _others(self) -> list[r.Fault]:
        """Addresses that another page took."""
        stand = {self.after.address(s): path for path, s in self.new.items()}
        found = []
        for path, source in self.old.items():
            address = self.before.address(source)
            taken = stand.get(address)
            if taken and self.came_from.get(taken) != path:
                message = f"{address} was the page of {path} and is that of {taken} now"
                hint = "give the new one a `slug` of its own: links to the old page are about it"
                found.append(_fault("warning", "changed-address", address, message, hint))
        old, new = self.before.redirects, self.after.redirects
        for address in sorted(old.keys() & new.keys()):
            if self.now.get(old[address], old[address]) != new[address]:
                message = f"{address} led to {old[address]} and leads to {new[address]} now"
                found.append(_fault("warning", "changed-address", address, message, ""))
        return found

    # Links and lists.

    def _links(self) -> list[r.LinkChange]:
        found = []
        paths: list[tuple[str | None, str | None]] = [
            (path, self.pairs.after.get(path)) for path in self.old
        ]
        paths += [(None, path) for path in self.new if path not in self.came_from]
        for was, here in paths:
            former = self.old[was] if was is not None else None
            source = self.new[here] if here is not None else None
            lost = Counter(self._led(former)) if former else Counter()
            gained = Counter(self._leads(source)) if source else Counter()
            if source:
                page = self.after.address(source)
            else:
                assert former, "one of the two is there"
                page = self.before.address(former)
            for counts, change in ((gained - lost, "gained"), (lost - gained, "lost")):
                for to, external in counts:
                    found.append(
                        r.LinkChange(change=change, page=page, to=to, external=external)  # type: ignore[arg-type]
                    )
        return sorted(found, key=lambda k: (k.change, k.page, k.external, k.to))

    def _led(self, source: Source) -> set[tuple[str, bool]]:
        """Where the links of a text led, told by the addresses of today."""
        inside = set()
        for to in self.before.graph.links.get(source.path, {}).values():
            url, mark, fragment = self.before.leads(source.path, to).partition("#")
            inside.add((f"{self.now.get(url, url)}{mark}{fragment}", False))
        return inside | {(address, True) for address in self._if_changed(source)}

    def _leads(self, source: Source) -> set[tuple[str, bool]]:
        resolved = self.after.graph.links.get(source.path, {}).values()
        inside = {(self.after.leads(source.path, to), False) for to in resolved}
        return inside | {(a, True) for a in self._if_changed(source, after=True)}

    def _if_changed(self, source: Source, *, after: bool = False) -> Sequence[str]:
        """Absolute addresses of a text; nothing where the same text stands on both sides."""
        if after:
            other = self.old.get(self.came_from.get(source.path, ""))
        else:
            other = self.new.get(self.pairs.after.get(source.path, ""))
        if other is not None and other.body.markdown == source.body.markdown:
            return ()
        return self._links_out(source, after=after)

    def _lists(self, entries: Callable[[State, str], Sequence[str]]) -> Iterator[r.ListChange]:
        """Lists of briefings that differ, by address."""
        found = []
        for slug, briefing in self.after.catalog.briefings.items():
            was = self.came_from.get(briefing.path)
            former = self.old[was] if was else None
            before: Sequence[str] = ()
            if isinstance(former, Briefing):
                before = self._addressed(self.before, entries(self.before, former.slug))
            after = self._addressed(self.after, entries(self.after, slug))
            today = [self.now.get(address, address) for address in before]
            if today == list(after):
                continue
            kept = set(today) & set(after)
            found.append(
                r.ListChange(
                    page=self.after.address(briefing),
                    title=briefing.title,
                    gained=tuple(address for address in after if address not in kept),
                    lost=tuple(address for address in today if address not in kept),
                    reordered=[a for a in today if a in kept] != [a for a in after if a in kept],
                )
            )
        return iter(sorted(found, key=lambda change: change.page))

    @staticmethod
    def _addressed(state: State, slugs: Iterable[str]) -> list[str]:
        return [state.address(state.catalog.briefings[slug]) for slug in slugs]

    @staticmethod
    def _backlinks(state: State, slug: str) -> Sequence[str]:
        return [entry.slug for entry in state.graph.backlinks.get(slug, ())]

    @staticmethod
    def _related(state: State, slug: str) -> Sequence[str]:
        return [entry.slug for entry in state.graph.related.get(slug, ())]

    # The rest.

    def _topics(self) -> Iterator[r.TopicChange]:
        old, new = self.before.catalog.topics, self.after.catalog.topics
        for key in sorted(old.keys() | new.keys()):
            before = len(self.before.graph.filed.get(key, ()))
            after = len(self.after.graph.filed.get(key, ()))
            state = self.after if key in new else self.before
            if key not in old:
                change = "new"
            elif key not in new:
                change = "gone"
            elif bool(before) != bool(after):
                change = "filled" if after else "empty"
            else:
                continue
            yield r.TopicChange(
                change=change,  # type: ignore[arg-type]
                key=key,
                title=(new.get(key) or old[key]).title,
                address=state.addresses.url(places.topic(key)),
                before=before,
                after=after,
            )

    def _domains(self, pages: Iterable[r.PageChange]) -> tuple[r.DomainChange, ...]:
        """Hosts that nothing of the base names, with the pages that lead there."""
        found: dict[str, list[str]] = {}
        for page in pages:
            for domain in page.domains:
                found.setdefault(domain, []).append(page.address)
        if found:
            for source in self.old.values():
                cited = source.sources if isinstance(source, Briefing) else ()
                told = [source.body.markdown, *(entry.url for entry in cited)]
                text = "\n".join(told).casefold()
                # Texts are rendered only where a host may be named: `a.example` is not in all of
                # those that say `data.example`.
                if likely := [domain for domain in found if domain in text]:
                    hosts = set(self._hosts(source))
                    for domain in likely:
                        if domain in hosts:
                            del found[domain]
        return tuple(
            r.DomainChange(domain=domain, pages=tuple(sorted(set(found[domain]))))
            for domain in sorted(found)
        )

    def _problems(self) -> tuple[list[r.Fault], int]:
        """Problems that the base had not, and how many of its own are gone."""

        def known(problem: Problem) -> tuple[str, str, str]:
            return (problem.path, problem.code, problem.message)

        before, after = (Counter(map(known, s.problems)) for s in (self.before, self.after))
        fresh = after - before
        found = []
        for problem in self.after.problems:
            if fresh[known(problem)] > 0:
                fresh[known(problem)] -= 1
                place = f"{printable(problem.path)}:{problem.line}:{problem.column}"
                message, hint = printable(problem.message), printable(problem.hint)
                found.append(_fault(str(problem.severity), problem.code, place, message, hint))
        return found, (before - after).total()


def host_of(address: str) -> str:
    """The host of an http address, without `www.`; empty for anything else.

    >>> host_of("https://www.Example.org:8080/a"), host_of("mailto:ada@example.org")
    ('example.org', '')
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def kind_at(state: State, address: str) -> str:
    """What the page at an address is; empty where there is none."""
    return next((kind_of(view) for view in state.views if view.url == address), "")


def _fault(severity: str, code: str, place: str, message: str, hint: str) -> r.Fault:
    kind = "error" if severity == "error" else "warning"
    return r.Fault(severity=kind, code=code, place=place, message=message, hint=hint)  # type: ignore[arg-type]


def _address(change: str, kind: str, address: str, before: str, after: str) -> r.AddressChange:
    return r.AddressChange(
        change=change,  # type: ignore[arg-type]
        kind=kind,
        address=address,
        before=before,
        after=after,
    )


def _files(state: State) -> dict[str, tuple[str, str]]:
    return {address: (kind, page) for address, kind, page in state.files()}


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


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    keys = {str(key) for key in (*before, *after)}
    return sorted(key for key in keys if before.get(key) != after.get(key))
