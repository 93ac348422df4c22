"""What all forms share: files read into items, settings found."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from ...reading.nodes import Fault
from .. import dates, matter
from ..keys import ours
from ..records import Finding, Item, Site, Value
from ..tree import Tree

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
BODY_LIMIT = 1 << 20


def item_of(tree: Tree, path: str, kind: str, site: Site) -> Item | None:
    """A text with its front matter; None, with a finding, where it cannot be read."""
    item = Item(source=path, kind=kind)
    try:
        item.matter, item.body, item.body_line, faults = matter.split(tree.data(path, BODY_LIMIT))
    except Fault as fault:
        refuse(site, path, fault)
        return None
    for minor in faults:
        what = _written(tree.data(path, BODY_LIMIT), minor.line)
        item.note("bad-matter", what, f"{minor}; the first was taken", minor.line, minor.column)
    for line, column, comment in item.matter.comments:
        item.note("comment", comment, "for writers, in the front matter", line, column)
    named(item)
    return item


def _written(data: bytes, line: int) -> str:
    """A key with its value as it stands in front matter, from its line on."""
    first, *more = data.decode("utf-8", "replace").splitlines()[line - 1 :] or [""]
    below = itertools.takewhile(re.compile(r"[ \t]|-(?!--)").match, more)
    return "\n".join([first, *below])


def named(item: Item) -> None:
    """Slug and day as the name of the file says them."""
    day, rest = dates.in_path(item.source)
    item.slug = rest
    if dates.IN_NAME.search(item.source):
        item.day = day


def refuse(site: Site, path: str, fault: Fault) -> None:
    """Tell that a file was not taken."""
    finding = Finding("not-taken", fault.line, fault.column, path, str(fault))
    site.findings.append((path, finding))
    site.read.add(path)


def load(tree: Tree, site: Site, path: str) -> dict[str, Value]:
    """Settings or data of a file; empty, with a finding, where it cannot be read."""
    try:
        values = matter.settings(tree.data(path), path.rpartition(".")[2].lower())
    except Fault as fault:
        site.findings.append(
            (path, Finding("bad-matter", fault.line, fault.column, path, str(fault)))
        )
        site.read.add(path)
        return {}
    site.read.add(path)
    site.findings.append((path, Finding("settings", 0, 1, path, "read for addresses and names")))
    return values


def first(tree: Tree, names: Iterable[str]) -> str:
    return next((name for name in names if name in tree), "")


def base(value: Value | None) -> list[str]:
    """The address of a site as its settings have it, as a list of none or one."""
    if isinstance(value, str) and re.match(r"https?://[^/\s]+", value):
        return [value.rstrip("/") + "/"]
    return []


def dated(item: Item) -> bool:
    """Whether a file says a day, in its name or its front matter."""
    return item.day is not None or any(ours(key) == "date" for key in item.matter.values)


def page_item(tree: Tree, path: str, site: Site) -> Item | None:
    """A text outside the folders of articles: only with front matter is it one of the site."""
    item = item_of(tree, path, "page", site)
    if item is None or item.matter.values:
        return item
    site.read.discard(path)
    return None
