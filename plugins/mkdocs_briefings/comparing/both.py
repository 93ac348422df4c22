"""Two states of a site side by side: which page of the one is which of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

from ..catalog.briefing import Briefing
from .pairing import paired
from .state import Source, State

Outbound: TypeAlias = Callable[[Source], Sequence[str]]
"""Absolute addresses that the text of a file leads to, in its order."""


class Both:
    """What a comparison asks of its two states.

    Args:
        before: The site without the branch.
        after: The site with it.
        outbound: Tells where texts lead outside of the site; asked once for each that is asked for.
    """

    def __init__(self, before: State, after: State, outbound: Outbound) -> None:
        self.before, self.after = before, after
        self.old, self.new = before.sources, after.sources
        pairs = paired(before, after)
        self.became, self.came_from = pairs.after, pairs.before
        """Path of a file in the one state → in the other, of those that are in both."""
        self.now = {
            before.address(source): after.address(self.new[self.became[path]])
            for path, source in self.old.items()
            if path in self.became
        }
        """Address of each page of the base that is still there → its address today."""
        self._outbound = outbound
        self._asked: dict[tuple[bool, str], Sequence[str]] = {}

    def links_out(self, source: Source | None, *, after: bool = False) -> Sequence[str]:
        """Absolute addresses that a text leads to."""
        if source is None:
            return ()
        key = (after, source.path)
        if key not in self._asked:
            self._asked[key] = tuple(self._outbound(source))
        return self._asked[key]

    def hosts(self, source: Source | None, *, after: bool = False) -> Iterator[str]:
        """Hosts that a text or its sources lead to."""
        cited = source.sources if isinstance(source, Briefing) else ()
        addresses = (*self.links_out(source, after=after), *(entry.url for entry in cited))
        return (host for address in addresses if (host := host_of(address)))


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
