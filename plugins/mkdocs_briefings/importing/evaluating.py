"""Addresses with template marks in them → what they mean."""

from __future__ import annotations

import re

from ..catalog.markup import scheme
from .records import Item, Site, text
from .tags import Tag, liquid, shortcodes

REFERENCES = frozenset({"ref", "relref", "post_url", "link", "tmp", "xref"})
"""Marks that stand for the address of another text."""
_FILTERS = re.compile(
    r"\A(?:\"([^\"]*)\"|'([^']*)'|([\w.]+))\s*((?:\|\s*[\w]+(?:\s*:[^|]*)?\s*)*)\Z"
)
_PLAIN_FILTERS = frozenset(
    "relative_url absolute_url url prepend escape safe uri_escape htmlbaseurl".split()
)


def evaluated(address: str, item: Item, site: Site) -> str:
    """An address with its marks replaced by what they mean; marks of no meaning stay."""
    if site.dialect == "pelican":
        found = re.match(r"[{|](filename|static|attach|author|tag|category|index)[}|]", address)
        if not found:
            return address
        rest = address[found.end() :]
        lists = {"author": "/author/", "tag": "/tag/", "category": "/category/", "index": "/"}
        return lists[found[1]] + rest if found[1] in lists else f"ref:{rest}"
    if site.dialect not in {"hugo", "liquid"}:
        return address
    read = shortcodes if site.dialect == "hugo" else liquid
    parts, at = [], 0
    for tag in read(address):
        meant = _meant(tag, item, site)
        if meant is None:
            return address
        parts += [address[at : tag.start], meant]
        at = tag.end
    whole = "".join([*parts, address[at:]])
    # A base before a reference adds nothing.
    inner = whole.find("ref:")
    return whole[inner:] if inner > 0 else whole


def _meant(tag: Tag, item: Item, site: Site) -> str | None:
    if tag.name in REFERENCES and tag.positional:
        first = tag.positional[0]
        if "/" not in first and not first.endswith(".md") and tag.name == "link":
            return f"ref:{first}"
        return f"ref:{first}" if not scheme(first) else first
    if tag.name in {"ref", "relref"} and tag.get("path"):
        return f"ref:{tag.get('path')}"
    if tag.name == "" and tag.positional:
        return expression(tag.positional[0], item, site)
    return None


def expression(written: str, item: Item, site: Site) -> str | None:
    """What an expression between braces prints; None where only its generator knows."""
    found = _FILTERS.match(written)
    if not found:
        return None
    filters = re.findall(r"\|\s*(\w+)", found[4])
    if not set(filters) <= _PLAIN_FILTERS:
        return None
    if found[3] is None:
        return found[1] if found[1] is not None else found[2]
    name = found[3]
    if name.startswith("page."):
        value = item.matter.values.get(name[5:])
        return text(value) if isinstance(value, str) else None
    return site.variables.get(name)
