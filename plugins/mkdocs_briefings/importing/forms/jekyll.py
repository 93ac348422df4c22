"""Jekyll: `_config.yml`, `_posts/2020-01-02-name.md`, Liquid in the texts."""

from __future__ import annotations

import posixpath
import re

from ...catalog.slugs import slugify
from .. import keys
from ..places import by_rule
from ..records import Item, Site, Value, text, texts
from ..tree import Tree
from . import Form
from .common import MARKDOWN, base, dated, first, item_of, load, page_item

_CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_CODE = ("_layouts/", "_includes/", "_sass/", "_plugins/", "_site/", "_data/", "vendor/")


def detect(tree: Tree) -> str:
    config = first(tree, _CONFIGS)
    if config:
        return config
    return next((p for p in tree.files if re.search(r"(?:\A|/)_posts/\d{4}-", p)), "")


def read(tree: Tree) -> Site:
    site = Site(form="jekyll", dialect="liquid")
    config = first(tree, _CONFIGS)
    values = load(tree, site, config) if config else {}
    site.bases = base(values.get("url"))
    below = text(values.get("baseurl")).strip("/")
    if site.bases and below:
        site.bases = [f"{site.bases[0]}{below}/"]
    site.statics = ["", "assets/", "assets/images/", "images/"]
    site.variables = {
        "site.baseurl": "",
        "site.url": site.bases[0].rstrip("/") if site.bases else "",
        "site.title": text(values.get("title")),
    }
    site.permalink_open = not config
    rule = text(values.get("permalink")) or "date"
    rule = _STYLES.get(rule, rule)
    defaults = _defaults(values.get("defaults"))
    for path in tree.files:
        if not path.endswith((*MARKDOWN, ".html")) or path.startswith(_CODE):
            continue
        if re.search(r"(?:\A|/)_(?:posts|drafts)/", path):
            item = item_of(tree, path, "briefing", site)
        elif path.endswith(".html"):
            continue
        elif re.match(r"_[^/]+/", path):
            item = item_of(tree, path, "briefing", site)
        else:
            item = page_item(tree, path, site)
        if item:
            _defaulted(item, defaults)
            _place(item, rule)
            site.items.append(item)
    _authors(tree, site)
    return site


def _place(item: Item, rule: str) -> None:
    values = item.matter.values
    folders = item.source.split("/")[:-1]
    if "_drafts" in folders:
        values.setdefault("draft", "true")
    # Folders above `_posts` are categories.
    above = [folder for folder in folders if not folder.startswith("_")]
    if any(folder in {"_posts", "_drafts"} for folder in folders):
        named = texts(values.get("categories")) or texts(values.get("category"))
        if len(named) == 1 and " " in named[0] and "categories" in values:
            values["categories"] = list(named := named[0].split())
        if above and not named:
            values["categories"] = list(above)
        categories = "/".join(slugify(name) for name in [*above, *named])
    else:
        categories = "/".join(above)
    if item.kind == "page" or not dated(item):
        item.kind = "page"
        stem = posixpath.splitext(item.source)[0].removesuffix("index")
        item.url = f"/{re.sub(r'(?:^|/)_', '/', stem).strip('/')}"
        item.slug = item.slug if item.slug != "index" else (above[-1] if above else "index")
    else:
        item.url = made(item, rule.replace(":categories", categories or "."))
    given = text(values.get("permalink"))
    if given and ":" in given:
        item.url = made(item, _STYLES.get(given, given))
        values.pop("permalink")
    item.url = re.sub(r"/(?:\./)+", "/", item.url)


def made(item: Item, rule: str) -> str:
    """The address that a rule gives an item."""
    copy = Item(source=item.source, kind="briefing", matter=item.matter, slug=item.slug)
    copy.day, copy.url = keys.take(copy).moment or item.day, item.url
    # Jekyll's `:title` is the name of the file.
    return by_rule(rule.replace(":title", ":slug"), copy)


def _defaults(value: Value | None) -> list[tuple[str, str, dict[str, Value]]]:
    found = []
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("values"), dict):
            scope = entry.get("scope")
            scope = scope if isinstance(scope, dict) else {}
            values = entry["values"]
            assert isinstance(values, dict)
            found.append((text(scope.get("path")).strip("/"), text(scope.get("type")), values))
    return found


def _defaulted(item: Item, defaults: list[tuple[str, str, dict[str, Value]]]) -> None:
    """Front matter that `_config.yml` gives to many texts; layouts are of no use to us."""
    kind = "posts" if "_posts/" in item.source else "pages"
    for path, wanted, values in defaults:
        inside = not path or item.source.startswith(path)
        if inside and wanted in {"", kind}:
            for key, value in values.items():
                if not keys.is_layout(key):
                    item.matter.values.setdefault(key, value)


def _authors(tree: Tree, site: Site) -> None:
    for path in ("_data/authors.yml", "_data/authors.yaml", "_data/authors.json"):
        if path in tree:
            for key, fields in load(tree, site, path).items():
                if isinstance(fields, dict):
                    site.authors[key] = fields


FORM = Form("jekyll", "Jekyll", detect, read)
