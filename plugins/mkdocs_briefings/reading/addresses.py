"""Addresses: every page has its own, and old ones lead to a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from ..catalog.permalinks import permalink
from ..catalog.settings import Settings
from .briefings import Draft
from .findings import Findings
from .nodes import Node
from .pages import Sheet
from .relative import relative_address
from .text import short

RESERVED = frozenset(
    {
        *("topics", "authors", "storylines", "archive", "editions", "changes", "dates", "glossary"),
        *("search", "assets", "api", "admin", "404", "404.html", "index.html", "robots.txt"),
        *("feed.xml", "feed.json", "calendar.ics", "sitemap.xml", "sitemap.xml.gz"),
    }
)
"""First parts of addresses that the site itself uses."""


class Addresses:
    """Who stands where. Two addresses that differ only in case are one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.taken: dict[str, str] = {}
        """Address, compared → path of the file that has it."""

    def place(self, address: str, path: str, node: Node, findings: Findings) -> None:
        """Give `address` to the file at `path`, or report who has it."""
        first = address.split("/")[0].casefold()
        own = first == "editions" and path.startswith("editions/")
        if first in RESERVED and not own:
            message = f"the address '{address}' is kept for the site's own pages"
            hint = "give the file another name, or write `slug`"
            findings.at(node, "duplicate-permalink", message, hint)
            return
        other = self.taken.setdefault(compared(address), path)
        if other != path:
            message = f"the address '{address}' is that of {other}"
            hint = "give one of the two another `slug`"
            findings.at(node, "duplicate-permalink", message, hint)

    def aliases(self, draft: Draft) -> tuple[str, ...]:
        """The old addresses of a briefing that may lead to it; the others are reported."""
        kept: dict[str, str] = {}
        for node, typed in draft.aliases:
            alias, fault, hint = relative_address(typed)
            if not fault:
                fault, hint = self._clash(alias, draft.path, kept)
            if fault:
                draft.findings.at(node, "bad-alias", f"'{short(typed)}' {fault}", hint)
            else:
                kept[compared(alias)] = alias
                self.taken[compared(alias)] = draft.path
        return tuple(kept.values())

    def _clash(self, alias: str, path: str, kept: dict[str, str]) -> tuple[str, str]:
        if alias.split("/")[0].casefold() in RESERVED:
            return "is kept for the site's own pages", "no old briefing can have stood there"
        other = self.taken.get(compared(alias))
        if other == path:
            again = "twice" if compared(alias) in kept else "already"
            return f"leads to this briefing {again}", "delete it"
        if other:
            return f"is the address of {other}", "an old address leads to one page only"
        return "", ""


def compared(address: str) -> str:
    """As hosts and file systems compare addresses: no case, one Unicode form."""
    return unicodedata.normalize("NFC", address.strip("/").casefold())


def alias_fault(typed: str) -> str:
    """What is wrong with an old address by itself; empty for nothing."""
    return relative_address(typed)[1]


def settle(drafts: Iterable[Draft], sheets: Iterable[Sheet], findings: dict[str, Findings],
           settings: Settings) -> None:  # fmt: skip
    """Give every page its address and every briefing its old ones, pages first."""
    # Two files with one slug are told that already.
    doubled = {p.path for f in findings.values() for p in f.problems if p.code == "duplicate-slug"}
    addresses = Addresses(settings)
    for sheet in sheets:
        if sheet.record is not None and sheet.path not in doubled:
            below = "editions/" if sheet.path.startswith("editions/") else ""
            address = f"{below}{sheet.slug}/"
            addresses.place(address, sheet.path, sheet.place, findings[sheet.path])
    known = [d for d in drafts if d.record is not None and d.path not in doubled]
    for draft in known:
        assert draft.record is not None
        address = permalink(settings.permalink, draft.record)
        addresses.place(address, draft.path, draft.place, draft.findings)
    for draft in known:
        assert draft.record is not None
        if draft.aliases:
            draft.record = replace(draft.record, aliases=addresses.aliases(draft))
