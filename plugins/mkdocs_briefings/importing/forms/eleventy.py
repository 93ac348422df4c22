"""Eleventy: `.eleventy.js`, texts anywhere, `permalink`, directory data in JSON, Nunjucks."""

from __future__ import annotations

import posixpath
import re

from .. import keys
from ..records import Finding, Item, Site, Value, text, texts
from ..tree import Tree
from . import Form
from .common import MARKDOWN, base, dated, first, item_of, load

_CONFIGS = (
    *(f".eleventy.{ending}" for ending in ("js", "cjs", "mjs")),
    *(f"eleventy.config.{ending}" for ending in ("js", "cjs", "mjs", "ts")),
)
_INPUT = re.compile(r"\binput\s*:\s*[\"']([\w./-]+)[\"']")
_NAME = re.compile(r"\{\{-?\s*(?:page\.)?(fileSlug|slug|title|page\.fileSlug)\s*(?:\|[^}]*)?-?\}\}")
_DAY = re.compile(r"\{\{-?\s*page\.date\s*\|[^}]*[\"'](?:%Y/%m/%d|yyyy/MM/dd)[\"'][^}]*\}\}")
_YEAR = re.compile(r"\{\{-?\s*page\.date\s*\|[^}]*[\"'](?:%Y|yyyy)[\"'][^}]*\}\}")
_NOT_TOPICS = frozenset({"post", "posts", "all", "nav", "blog", "article", "articles", "note"})


def detect(tree: Tree) -> str:
    return first(tree, _CONFIGS)


def read(tree: Tree) -> Site:
    site = Site(form="eleventy", dialect="liquid")
    config = first(tree, _CONFIGS)
    start = ""
    if config:
        site.read.add(config)
        site.findings.append((config, Finding("settings", 0, 1, config, "read for its folder")))
        found = _INPUT.search(tree.data(config).decode("utf-8", "replace"))
        start = found[1].strip("./") if found else ""
    site.content = f"{start}/" if start and any(tree.below(f"{start}/")) else ""
    site.statics = [site.content, f"{site.content}static/", f"{site.content}public/", "public/", ""]
    _site_data(tree, site)
    data = _directories(tree, site)
    for path in sorted(tree.below(site.content)):
        inner = path[len(site.content) :]
        if not path.endswith(MARKDOWN) or any(p.startswith("_") for p in inner.split("/")[:-1]):
            continue
        item = item_of(tree, path, "briefing", site)
        if item is None or (not item.matter.values and "/" not in inner):
            continue  # A README at the top is none of the site.
        _inherit(item, data)
        _place(item, inner)
        site.items.append(item)
    return site


def _place(item: Item, inner: str) -> None:
    values = item.matter.values
    if not dated(item):
        item.kind = "page"
    folders = inner.split("/")[:-1]
    stem = posixpath.splitext(inner.rpartition("/")[2])[0]
    if stem == "index" and folders:
        item.slug = folders[-1]
        where = "/".join(folders)
    else:
        # The address has the name of the file without the date that it begins with.
        where = "/".join([*folders, item.slug if item.day else stem])
    item.url = f"/{where}/" if where != "index" else "/"
    tags = [tag for tag in texts(values.get("tags")) if tag.lower() not in _NOT_TOPICS]
    if "tags" in values:
        values["tags"] = list(tags)
    permalink = text(values.get("permalink"))
    if permalink in {"false", "False"}:
        values["draft"] = "true"
        values.pop("permalink")
    elif "{" in permalink:
        item.url = _made(item, permalink) or item.url
        values.pop("permalink")
    if text(values.get("eleventyExcludeFromCollections")) == "true" and item.kind == "page":
        item.note("layout-key", "eleventyExcludeFromCollections: true", "lists show what is dated")


def _made(item: Item, permalink: str) -> str:
    """An address with the usual marks in it; empty where one has no meaning to us."""
    day = keys.take(Item(source="", kind="briefing", matter=item.matter)).moment or item.day
    slug, title = item.slug, text(item.matter.values.get("title"))
    from ...catalog.slugs import slugify

    def mean(found: re.Match[str]) -> str:
        return slugify(title) if found[1] == "title" else slug

    made = _NAME.sub(mean, permalink)
    if day is not None:
        made = _DAY.sub(f"{day:%Y/%m/%d}", made)
        made = _YEAR.sub(f"{day:%Y}", made)
    return "" if "{" in made else "/" + made.strip("/") + ("" if "." in made[-6:] else "/")


def _directories(tree: Tree, site: Site) -> dict[str, dict[str, Value]]:
    """Data that a folder gives to all its texts: `posts/posts.json`."""
    found = {}
    for path in tree.files:
        folder, _, name = path.rpartition("/")
        last = folder.rpartition("/")[2]
        if folder and name in {f"{last}.json", f"{last}.11tydata.json", f"{last}.yml"}:
            found[folder] = load(tree, site, path)
    return found


def _inherit(item: Item, data: dict[str, dict[str, Value]]) -> None:
    folder = item.source
    while folder:
        folder = folder.rpartition("/")[0]
        for key, value in data.get(folder, {}).items():
            if key == "tags":
                own = texts(item.matter.values.get("tags"))
                item.matter.values["tags"] = [*own, *(t for t in texts(value) if t not in own)]
            elif not keys.is_layout(key):
                item.matter.values.setdefault(key, value)


def _site_data(tree: Tree, site: Site) -> None:
    for path in tree.files:
        if not re.search(r"(?:\A|/)_data/(?:site|metadata|meta)\.json\Z", path):
            continue
        values = load(tree, site, path)
        name = path.rpartition("/")[2].removesuffix(".json")
        site.bases = site.bases or base(values.get("url"))
        for key, value in values.items():
            if isinstance(value, str):
                site.variables[f"{name}.{key}"] = value
    for path in tree.files:
        if re.search(r"(?:\A|/)_data/authors\.(?:json|ya?ml)\Z", path):
            for key, fields in load(tree, site, path).items():
                if isinstance(fields, dict):
                    site.authors[key] = fields


FORM = Form("eleventy", "Eleventy", detect, read)
