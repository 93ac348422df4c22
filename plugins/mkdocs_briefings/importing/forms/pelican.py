"""Pelican: `pelicanconf.py`, texts with `Key: value` lines on top, `{filename}` in links."""

from __future__ import annotations

import ast
import re

from ...catalog.slugs import slugify
from ...reading.nodes import Fault
from .. import keys, matter
from ..places import by_rule
from ..records import Finding, Item, Site, text
from ..tree import Tree
from . import Form
from .common import BODY_LIMIT, MARKDOWN, dated, item_of, named, refuse

_CONFIGS = ("pelicanconf.py", "publishconf.py", "settings.py")
_SETTING = re.compile(r"^([A-Z][A-Z_]+)[ \t]*=[ \t]*(.+?)[ \t]*(?:#.*)?$", re.MULTILINE)
_FIELD = re.compile(r"\{(date:[^}]*|\w+)\}")
_DIRECTIVES = {
    "%Y": ":year",
    "%m": ":month",
    "%d": ":day",
    "%-m": ":i_month",
    "%-d": ":i_day",
    "%b": ":monthname",
}


def detect(tree: Tree) -> str:
    for name in _CONFIGS[:2]:
        if name in tree:
            return name
    for path in tree.files:
        if path.startswith("content/") and path.endswith(MARKDOWN):
            try:
                values = matter.header(tree.data(path, BODY_LIMIT))[0].values
            except Fault:
                continue
            if {"title", "date"} <= set(values):
                return path
    return ""


def read(tree: Tree) -> Site:
    site = Site(form="pelican", dialect="pelican")
    settings: dict[str, str] = {}
    for name in _CONFIGS:
        if name in tree:
            settings |= _settings(tree, site, name)
    content = settings.get("PATH", "content").strip("./") or "content"
    site.content = f"{content}/" if any(tree.below(f"{content}/")) else ""
    site.bases = [settings["SITEURL"].rstrip("/") + "/"] if settings.get("SITEURL") else []
    site.statics = [site.content, f"{site.content}images/", f"{site.content}static/"]
    article = settings.get("ARTICLE_URL") or settings.get("ARTICLE_SAVE_AS") or "{slug}.html"
    page = settings.get("PAGE_URL") or settings.get("PAGE_SAVE_AS") or "pages/{slug}.html"
    for path in sorted(tree.below(site.content)):
        if not path.endswith(MARKDOWN):
            continue
        item = _item(tree, path, site)
        if item is None:
            continue
        values = item.matter.values
        folders = path[len(site.content) :].split("/")[:-1]
        if folders[:1] == ["pages"] or not dated(item):
            item.kind = "page"
        elif folders and "category" not in values:
            # The folder of an article is its category, unless it says another.
            values["category"] = folders[0]
        named_none = not {"author", "authors"} & set(values)
        if named_none and item.kind == "briefing" and settings.get("AUTHOR"):
            values["author"] = settings["AUTHOR"]
        _named(item)
        item.url = _address(item, page if item.kind == "page" else article)
        site.items.append(item)
    return site


def _item(tree: Tree, path: str, site: Site) -> Item | None:
    try:
        data = tree.data(path, BODY_LIMIT)
        values, body, line = matter.header(data)
    except Fault as fault:
        refuse(site, path, fault)
        return None
    if not values.values or data.startswith((b"---", b"+++")):
        return item_of(tree, path, "briefing", site)
    item = Item(source=path, kind="briefing", matter=values, body=body, body_line=line)
    named(item)
    return item


def _named(item: Item) -> None:
    """Without a slug Pelican makes one of the title."""
    values = item.matter.values
    slug = text(values.get("slug")) or slugify(text(values.get("title")))
    item.slug = slug or item.slug


def _settings(tree: Tree, site: Site, name: str) -> dict[str, str]:
    """The plain texts among the settings. The file is code: it is read, and never run."""
    try:
        source = tree.data(name).decode("utf-8", "replace")
    except Fault as fault:
        refuse(site, name, fault)
        return {}
    site.read.add(name)
    site.findings.append((name, Finding("settings", 0, 1, name, "read for addresses and names")))
    found = {}
    for match in _SETTING.finditer(source):
        try:
            value = ast.literal_eval(match[2])
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(value, str):
            found[match[1]] = value
    return found


def _address(item: Item, pattern: str) -> str:
    """An address of Pelican's pattern: `{date:%Y}/{slug}/`."""

    def rule(field: re.Match[str]) -> str:
        name = field[1]
        if name.startswith("date:"):
            return re.sub(r"%-?[A-Za-z]", lambda d: _DIRECTIVES.get(d[0], ":unknown"), name[5:])
        if name == "category":
            return text(item.matter.values.get("category")).lower()
        return f":{name}"

    copy = Item(source=item.source, kind="briefing", matter=item.matter, slug=item.slug)
    copy.day = keys.take(copy).moment or item.day
    return by_rule("/" + _FIELD.sub(rule, pattern).lstrip("/"), copy)


FORM = Form("pelican", "Pelican", detect, read)
