"""A comparison as Markdown, for a comment on a pull request.

Titles, messages and hosts come from whoever proposed the change, and a comment is trusted: it must
not mention anybody, show a picture, load or run anything, close an issue or look like another's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..catalog.problem import printable
from . import records as r

LIMIT = 60_000
"""Most bytes: forges take 65,536 characters, and whoever posts it adds some of their own."""
ROWS = (200, 100, 50, 25, 12, 6, 3, 1)
"""Most rows of each part, tried in this order until all is short enough."""
LONGEST = 140
"""Most characters shown of a text."""

_ADDRESS = re.compile(r"[A-Za-z0-9/_.~%#-]{1,300}")
_PLACE = re.compile(rf"{_ADDRESS.pattern}(?::\d{{1,9}}){{0,2}}")
_MARKS = frozenset("\\`*_{}[]#!|~^")
_STARTS = re.compile(r"(\d*)([-+=.)])")
"""What begins a list or underlines a heading where it stands first."""
_CALLS = frozenset("@#!~%$&:^")
"""What begins a mention, a reference or an emoji where a word follows."""
_JOINER = "\u2060"
"""Shows nothing and lets no line break: what it stands in is no name or address any more."""

_CHANGES = ("added", "moved", "removed", "edited")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its rows; `before` stands above them, `folded` hides them until asked for."""

    title: str
    rows: Sequence[str]
    before: Sequence[str] = ()
    folded: bool = False


def markdown(found: r.Comparison) -> str:
    """The report, at most `LIMIT` bytes; what is left out is counted."""
    parts = list(_parts(found))
    for most in ROWS:
        text = "\n".join(_lines(found, parts, most)) + "\n"
        if len(text.encode()) <= LIMIT:
            return text
    return "\n".join(_lines(found, (), 0)) + "\n"


def _lines(found: r.Comparison, parts: Iterable[Part], most: int) -> Iterator[str]:
    head = f"`{found.head[:12]}`" if found.head else "the files as they stand"
    yield "## What this does to the site"
    yield ""
    yield f"{_sum(found)}."
    yield ""
    yield f"Compared: `{found.base[:12]}` with {head}."
    for part in parts:
        yield ""
        if part.folded:
            yield f"<details><summary>{part.title}</summary>"
        else:
            yield f"### {part.title}"
        yield ""
        yield from part.before
        yield from part.rows[:most]
        if (more := len(part.rows) - most) > 0:
            if part.before:
                yield ""  # A line of text right below a table would be a row of it.
            yield f"… and {more:,} more"
        if part.folded:
            yield ""
            yield "</details>"


def _sum(found: r.Comparison) -> str:
    """All of it in one sentence."""
    pages = Counter(str(page.change) for page in found.pages)
    faults = Counter(fault.severity for fault in found.faults)
    told = [f"**{_number(faults[s], s)}**" for s in ("error", "warning") if faults[s]]
    changed = [f"{pages[c]:,} {c}" for c in _CHANGES if pages[c]]
    if changed:
        told.append(f"pages: {', '.join(changed)}")
    if pages["follows"]:
        told.append(f"{_number(pages['follows'], 'page')} showing something of them")
    links = Counter(link.change for link in found.links)
    if links:
        counts = [f"{links[change]:,} {change}" for change in links]
        told.append(f"links: {', '.join(counts)}")
    return " · ".join(told) or "Nothing that readers see changes"


def _parts(found: r.Comparison) -> Iterator[Part]:
    faults = [_fault(fault) for fault in found.faults]
    if faults:
        yield Part("To be dealt with", faults)
    changed = [page for page in found.pages if page.change != "follows"]
    if changed:
        head = ("| | page | address | words | sources |", "|---|---|---|--:|--:|")
        yield Part("Pages", [_page(page) for page in changed], head)
    if found.topics:
        yield Part("Topics", [_topic(topic) for topic in found.topics])
    if found.domains:
        rows = [f"- {text(d.domain)}, from {_all(d.pages)}" for d in found.domains]
        yield Part("Hosts that nothing led to before", rows)
    # Of pages that are gone the table says it all, and how many of each.
    sources = [
        _source(source, p) for p in found.pages if p.change != "removed" for source in p.sources
    ]
    if sources:
        yield Part("Sources", sources)
    if found.links:
        yield Part("Links", list(_links(found)))
    if found.backlinks:
        yield Part("Cited by", [_list(change) for change in found.backlinks])
    if found.addresses:
        yield Part("Redirects, feeds, pictures", [_address(a) for a in found.addresses])
    if found.frame or found.options:
        yield Part("All pages", list(_whole(found)))
    if found.related:
        title = f"Related briefings ({_number(len(found.related), 'list')})"
        yield Part(title, [_list(change) for change in found.related], folded=True)
    follow = [page for page in found.pages if page.change == "follows"]
    if follow:
        title = f"Pages that show something of what changed ({len(follow):,})"
        rows = [f"- {page.kind} {code(page.address)}: {text(page.title)}" for page in follow]
        yield Part(title, rows, folded=True)


def _fault(fault: r.Fault) -> str:
    hint = f" Hint: {text(fault.hint, 300)}" if fault.hint else ""
    where = f"`{fault.place}`" if _PLACE.fullmatch(fault.place) else text(fault.place)
    place = "" if fault.place in fault.message else f" {where}:"
    return f"- **{fault.severity}** ({text(fault.code)}){place} {text(fault.message, 300)}.{hint}"


def _page(page: r.PageChange) -> str:
    change = str(page.change)
    if page.change == "edited" or (page.change == "moved" and page.fields):
        change += f": {', '.join(text(name) for name in page.fields)}"
    address = code(page.address)
    if page.former != page.address:
        address = f"{code(page.former)} → {address}"
    words = _delta(page.words.added, page.words.removed)
    counts = Counter(source.change for source in page.sources)
    sources = _delta(counts["added"], counts["removed"])
    return f"| {change} | {text(page.title)} ({page.kind}) | {address} | {words} | {sources} |"


def _topic(topic: r.TopicChange) -> str:
    told = {
        "new": "is new",
        "gone": "is gone",
        "empty": "has no briefing any more",
        "filled": "has its first briefing",
        "moved": f"stands {_under(topic.parent)} now, before {_under(topic.former_parent)}",
        "renamed": f"was called {text(topic.former_title)}",
    }[topic.change]
    if topic.change not in {"moved", "renamed"}:
        told += f" ({topic.before:,} → {topic.after:,})"
    return f"- {text(topic.title)} {told}, {code(topic.address)}"


def _under(parent: str) -> str:
    return f"under {text(parent)}" if parent else "at the top"


def _source(source: r.SourceChange, page: r.PageChange) -> str:
    address = f" {text(source.url)}" if source.url else ""
    return f"- {source.change}: {text(source.title)}{address} on {code(page.address)}"


def _links(found: r.Comparison) -> Iterator[str]:
    """Links of pages that stand, each; then those that went with their page, a row for a page."""
    removed = [page.former for page in found.pages if page.change == "removed"]
    gone: dict[str, list[str]] = {address: [] for address in removed}
    for link in found.links:
        if link.change == "lost" and link.page in gone:
            gone[link.page].append(link.to)
        else:
            yield _link(link)
    for address, led in gone.items():
        if led:
            yield f"- lost with {code(address)}: {_all(led)}"


def _link(link: r.LinkChange) -> str:
    to = text(link.to) if link.external else code(link.to)
    return f"- {link.change}: {code(link.page)} → {to}"


def _list(change: r.ListChange) -> str:
    told = []
    if change.gained:
        told.append(f"gained {_all(change.gained)}")
    if change.lost:
        told.append(f"lost {_all(change.lost)}")
    if change.reordered:
        told.append("in another order")
    return f"- {text(change.title)} ({code(change.page)}): {'; '.join(told)}"


def _address(change: r.AddressChange) -> str:
    if change.before == change.address and change.after != change.address and change.after:
        return f"- {code(change.address)} redirects to {code(change.after)} now"
    leads = ""
    if change.kind == "redirect":
        was, now = (code(a) if a or change.change != "removed" else "" for a in
                    (change.before, change.after))  # fmt: skip
        leads = {"added": f" → {now}", "removed": f", which led to {was}"}.get(
            change.change, f": {was} → {now}"
        )
    return f"- {change.change}: {change.kind} {code(change.address)}{leads}"


def _whole(found: r.Comparison) -> Iterator[str]:
    if found.options:
        yield f"- `mkdocs.yml` differs: {', '.join(text(key) for key in found.options)}"
    if found.frame:
        yield "- What all pages share differs: the bar of sections, the footer or the site's name"


def _all(addresses: Sequence[str]) -> str:
    """Some addresses, and how many more."""
    shown = ", ".join(code(address) for address in addresses[:5])
    more = len(addresses) - 5
    return f"{shown} and {more:,} more" if more > 0 else shown


def _delta(added: int, removed: int) -> str:
    told = [f"+{added:,}"] if added else []
    return " ".join([*told, f"−{removed:,}"] if removed else told)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def code(address: str) -> str:
    """An address of the site as code; of other characters than ours, as text.

    >>> code("topics/tea/"), code(""), code("a`b")
    ('`topics/tea/`', '`/`', 'a\\\\`b')
    """
    if not address:
        return "`/`"
    return f"`{address}`" if _ADDRESS.fullmatch(address) else text(address)


def text(value: str, longest: int = LONGEST) -> str:
    r"""Somebody's text on one line, as it reads, without any meaning to a forge.

    >>> text("a *b* | <c>")
    'a \\*b\\* \\| &lt;c&gt;'
    >>> text("@ada and #12") == "@\u2060ada and \\#\u206012"
    True
    """
    value = printable(" ".join(value.split()))
    if len(value) > longest:
        value = f"{value[: longest - 1].rstrip()}…"
    value = re.sub(r"(?i)\b(www|GH)(?=[.-])", rf"\1{_JOINER}", value)
    first = _STARTS.match(value)
    found = []
    for place, here in enumerate(value):
        entity = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(here)
        marks = here in _MARKS or (first is not None and place == first.start(2))
        # With it two brackets are a link, whatever becomes of theirs.
        marks = marks or (here == "(" and value[place - 1 : place] == "]")
        found.append(entity or (f"\\{here}" if marks else here))
        if here in _CALLS and not value[place + 1 : place + 2].isspace():
            found.append(_JOINER)
    return "".join(found)
