"""What happened to the addresses of a site, and which of them answer no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from . import records as r
from .both import Both
from .state import FILES, State, kind_of


def address_changes(both: Both) -> list[r.AddressChange]:
    """Addresses beside the pages, and redirects, that are new, gone or lead elsewhere."""
    here, there = _files(both.before), _files(both.after)
    old, new = both.before.redirects, both.after.redirects
    stood = {view.url for view in both.before.views}
    stand = {view.url for view in both.after.views}
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
            kind = "redirect" if address in new else _kind_at(both.after, address)
            before = was or address if address in old or address in stood else ""
            after = leads or address if address in new or address in stand else ""
            found.append(_address("changed", kind, address, before, after))
        elif address not in new:
            found.append(_address("removed", "redirect", address, was, ""))
        elif address not in old:
            found.append(_address("added", "redirect", address, "", leads))
        elif both.now.get(was, was) != leads:
            found.append(_address("changed", "redirect", address, was, leads))
    return sorted(found, key=lambda a: (a.change, a.kind, a.address))


def lost_addresses(both: Both, pages: Iterable[r.PageChange]) -> list[r.Fault]:
    """Addresses of the base at which nothing answers, or another page does."""
    files = {address for address, *_ in both.after.files()}
    stand = {view.url for view in both.after.views}
    answers = stand | set(both.after.redirects) | files
    lost = {view.url: kind_of(view) for view in both.before.views if view.url not in answers}
    lost |= {a: "redirect" for a in both.before.redirects if a not in answers}
    by_address = {p.former: p for p in pages if p.change in {"moved", "removed"}}
    found = [
        r.Fault(
            severity="error",
            code="lost-address",
            place=address,
            message=_message(both, address, kind, by_address.get(address)),
            hint=_hint(both, address, kind, by_address.get(address)),
        )
        for address, kind in lost.items()
    ]
    for address, kind, page in both.before.files():
        if address not in answers and page not in lost and kind in FILES:
            message = f"the {kind} at {address} is gone, and those who follow it are not told"
            hint = "keep what it belongs to, or `site_url` if that was taken away"
            found.append(_fault("error", "lost-address", address, message, hint))
        elif address not in answers and kind == "image":
            message = f"the picture {address} is gone, and pages elsewhere may show it"
            found.append(_fault("warning", "lost-address", address, message, ""))
    return found + _others(both)


def _message(both: Both, address: str, kind: str, change: r.PageChange | None) -> str:
    if kind == "redirect":
        return f"the earlier address {address} leads nowhere any more"
    if change and change.change == "moved":
        return f"the {kind} moved to {change.address}, and nothing leads there from {address}"
    if change and change.path in both.after.broken:
        return f"the {kind} at {address} cannot be made: its file has errors"
    return f"the {kind} at {address} is gone, and nothing answers there"


def _hint(both: Both, address: str, kind: str, change: r.PageChange | None) -> str:
    if change and change.path in both.after.broken:
        return f"mend {change.path}"
    if change and change.change == "moved" and kind == "briefing":
        return f"add `aliases: [{address}]` to {change.path}"
    if kind == "briefing":
        return f"keep it, or add `aliases: [{address}]` to the briefing that takes its place"
    if kind == "redirect":
        led = both.before.redirects[address]
        page = both.now.get(led)
        file = next((p for p, s in both.new.items() if both.after.address(s) == page), "")
        whose = file or "the briefing that takes its place"
        return f"add it to `aliases` of {whose}"
    if kind in {"page", "edition"}:
        return "keep the file under its name: only briefings can have earlier addresses"
    if kind in {"topic", "author", "storyline"}:
        return f"keep the {kind} in its registry, or what is filed there"
    return "it lists what is gone from it; links to it break"


def _others(both: Both) -> list[r.Fault]:
    """Addresses that another page took."""
    stand = {both.after.address(s): path for path, s in both.new.items()}
    found = []
    for path, source in both.old.items():
        address = both.before.address(source)
        taken = stand.get(address)
        if taken and both.came_from.get(taken) != path:
            message = f"{address} was the page of {path} and is that of {taken} now"
            hint = "give the new one a `slug` of its own: links to the old page are about it"
            found.append(_fault("warning", "changed-address", address, message, hint))
    old, new = both.before.redirects, both.after.redirects
    for address in sorted(old.keys() & new.keys()):
        if both.now.get(old[address], old[address]) != new[address]:
            message = f"{address} led to {old[address]} and leads to {new[address]} now"
            found.append(_fault("warning", "changed-address", address, message, ""))
    return found


def _kind_at(state: State, address: str) -> str:
    """What the page at an address is; empty where there is none."""
    return next((kind_of(view) for view in state.views if view.url == address), "")


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


def _fault(
    severity: Literal["error", "warning"], code: str, place: str, message: str, hint: str
) -> r.Fault:
    return r.Fault(severity=severity, code=code, place=place, message=message, hint=hint)
