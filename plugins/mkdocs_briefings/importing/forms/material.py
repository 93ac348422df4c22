"""Material for MkDocs' blog: `docs/blog/posts`, `.authors.yml`, links between files."""

from __future__ import annotations

import re

from ...catalog.slugs import slugify
from .. import keys
from ..places import by_rule
from ..records import Item, Site, Value, text
from ..tree import Tree
from . import Form
from .common import MARKDOWN, base, dated, first, item_of, load

_CONFIGS = ("mkdocs.yml", "mkdocs.yaml")
_FORMATS = {"yyyy": ":year", "MM": ":month", "dd": ":day", "M": ":i_month", "d": ":i_day"}


def detect(tree: Tree) -> str:
    config = first(tree, _CONFIGS)
    authors = next((path for path in tree.files if path.endswith("/.authors.yml")), "")
    posts = next((path for path in tree.files if re.search(r"/posts/.*\.md\Z", path)), "")
    return (config and posts and (authors or config)) or authors


def read(tree: Tree) -> Site:
    site = Site(form="material", dialect="mkdocs")
    config = first(tree, _CONFIGS)
    values = load(tree, site, config) if config else {}
    docs = text(values.get("docs_dir")) or "docs"
    site.content = f"{docs}/" if any(tree.below(f"{docs}/")) else ""
    site.bases = base(values.get("site_url"))
    site.statics = [site.content]
    options = _options(values.get("plugins"))
    folder = text(options.get("blog_dir")) or "blog"
    blog = f"{site.content}{folder}/" if any(tree.below(f"{site.content}{folder}/")) else ""
    blog = blog or site.content
    posts = text(options.get("post_dir")).replace("{blog}", blog.rstrip("/"))
    posts = f"{posts.strip('/')}/" if posts else f"{blog}posts/"
    where = blog[len(site.content) :]
    for path in sorted(tree.below(site.content)):
        if not path.endswith(MARKDOWN):
            continue
        inside = path.startswith(posts)
        item = item_of(tree, path, "briefing" if inside else "page", site)
        if item is None:
            continue
        if inside and dated(item):
            _post(item, where, options)
        else:
            _page(item, site)
        site.items.append(item)
    _authors(tree, site, blog)
    return site


def _post(item: Item, where: str, options: dict[str, Value]) -> None:
    """Address by `post_url_format`, with the slug of the title where none is given."""
    pattern = text(options.get("post_url_format")) or "{date}/{slug}"
    form = text(options.get("post_url_date_format")) or "yyyy/MM/dd"
    values = item.matter.values
    taken = keys.take(Item(source="", kind="briefing", matter=item.matter))
    title = taken.title or _heading(item)
    slug = text(values.get("slug")) or slugify(title) or item.slug
    item.slug = slug
    day = re.sub(r"yyyy|MM|dd|M|d", lambda found: _FORMATS[found[0]], form)
    rule = pattern.replace("{date}", day).replace("{slug}", ":slug").replace("{file}", ":slug")
    rule = rule.replace("{categories}", slugify(taken.topics[0]) if taken.topics else "")
    copy = Item(source=item.source, kind="briefing", matter=item.matter, slug=slug)
    copy.day = taken.moment or item.day
    item.url = by_rule(f"/{where}{rule}/", copy)


def _page(item: Item, site: Site) -> None:
    inner = item.source[len(site.content) :].rpartition(".")[0]
    item.kind = "page"
    item.url = f"/{inner}/".removesuffix("index/") if inner.endswith("index") else f"/{inner}/"
    if inner.endswith("index"):
        item.slug = inner.split("/")[-2] if "/" in inner else "index"
        if not re.sub(r"\A#[^\n]*", "", item.body.strip()).strip():
            item.kind, item.body = "section", ""


def _heading(item: Item) -> str:
    found = re.search(r"^# +(.+?) *#* *$", item.body, re.MULTILINE)
    return found[1] if found else ""


def _options(plugins: Value | None) -> dict[str, Value]:
    for entry in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(entry, dict):
            for name, options in entry.items():
                if name in {"blog", "material/blog"} and isinstance(options, dict):
                    return options
    return {}


def _authors(tree: Tree, site: Site, blog: str) -> None:
    path = first(tree, (f"{blog}.authors.yml", f"{site.content}.authors.yml", ".authors.yml"))
    if path:
        found = load(tree, site, path).get("authors")
        for key, fields in found.items() if isinstance(found, dict) else ():
            if isinstance(fields, dict):
                site.authors[key] = fields


FORM = Form("material", "Material for MkDocs' blog", detect, read)
