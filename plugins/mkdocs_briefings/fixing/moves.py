"""Addresses that pages had and that lead nowhere now."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.permalinks import permalink
from ..catalog.problem import Problem
from ..catalog.settings import Settings
from ..reading.addresses import compared
from ..reading.findings import Findings
from ..reading.read import Reading


def moved(
    before: Reading, then: Settings, now: Reading, settings: Settings, renamed: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Old addresses by the path, of now, of the briefing that had them.

    A briefing is the same one while its file keeps its name, or where `renamed` says which name it
    has now. One that was deleted or held back is left out: there is nothing to lead to.

    Args:
        before: What the folder read as.
        then: The settings of then.
        now: What it reads as.
        settings: The settings of now.
        renamed: Path of then → path of now.
    """
    live = {b.path: permalink(settings.permalink, b) for b in now.catalog.briefings.values()}
    taken = {compared(address) for address in live.values()}
    for briefing in now.catalog.briefings.values():
        taken |= {compared(alias) for alias in briefing.aliases}
    taken |= {compared(f"{slug}/") for slug in now.catalog.pages}
    found: dict[str, tuple[str, ...]] = {}
    for briefing in before.catalog.briefings.values():
        path = renamed.get(briefing.path, briefing.path)
        address = permalink(then.permalink, briefing)
        if path in live and compared(address) not in taken:
            found[path] = (*found.get(path, ()), address)
    return found


def moved_problems(addresses: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    """A problem for each old address that leads nowhere."""
    found: list[Problem] = []
    for path, old in addresses.items():
        findings = Findings(path)
        for address in old:
            message = f"this briefing has left the address '{address}', which leads nowhere now"
            hint = f"add `aliases: [{address}]`, as `briefings check --fix` does"
            findings.add("moved-address", 1, 1, message, hint)
        found += findings.problems
    return found
