"""Hugo: `content/`, sections and bundles, taxonomies with pages of their own."""

from __future__ import annotations

import re

from ..places import by_rule
from ..records import Item, Site, Value, text
from ..tree import Tree
from . import Form
from .common import MARKDOWN, base, first, item_of, load

_CONFIGS = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in ("toml", "yaml", "yml", "json")
)
_TOPICS = frozenset({"topics", "tags", "categories", "topic", "tag", "category", "series"})
_AUTHORS = frozenset({"authors", "author", "contributors", "people"})
_LANGUAGE = re.compile(r"\.([a-z]{2}(?:-[a-z]{2})?)\Z", re.IGNORECASE)


def detect(tree: Tree) -> str:
    for name in _CONFIGS:
        if name in tree and ("hugo." in name or any(tree.below("content/"))):
            return name
    if any(path.startswith("archetypes/") for path in tree.files):
        return "archetypes/"
    lists = (path for path in tree.files if re.search(r"\bcontent/(?:.*/)?_index\.md\Z", path))
    return next(lists, "")


def read(tree: Tree) -> Site:
    site = Site(form="hugo", dialect="hugo", content="content/")
    config = first(tree, _CONFIGS)
    values = load(tree, site, config) if config else {}
    lowered = {key.lower(): value for key, value in values.items()}
    site.content = (text(lowered.get("contentdir")) or "content").strip("/") + "/"
    if not any(tree.below(site.content)):
        site.content = ""
    site.bases = base(lowered.get("baseurl"))
    site.statics = ["static/", "assets/", "assets/images/", "static/images/"]
    site.permalink_open = not config
    site.variables = {"site.title": text(lowered.get("title"))}
    rules = lowered.get("permalinks")
    rules = rules.get("page", rules) if isinstance(rules, dict) else {}
    default = text(lowered.get("defaultcontentlanguage")) or "en"
    below = text(lowered.get("defaultcontentlanguageinsubdir")).lower() == "true"
    for path in sorted(tree.below(site.content)):
        if path.endswith(MARKDOWN):
            item = item_of(tree, path, "briefing", site)
            if item:
                lang = _place(item, site, rules if isinstance(rules, dict) else {}) or default
                if below or lang.casefold() != default.casefold():
                    item.url = f"/{lang.lower()}{item.url}"
                item.original = _original(path, tree, default)
                site.items.append(item)
    _data(tree, site)
    _undated(site)
    return site


def _place(item: Item, site: Site, rules: dict[str, Value]) -> str:
    """Give an item its kind and its old address, as in the language of the site.

    Returns:
        The language that the name of its file says, or nothing.
    """
    inner = item.source[len(site.content) :]
    *folders, name = inner.split("/")
    stem = name.rpartition(".")[0]
    language = _LANGUAGE.search(stem)
    if language:
        stem = stem[: language.start()]
        item.matter.values.setdefault("lang", language[1])
        item.slug = f"{item.slug[: -len(language[0])]}-{language[1].lower()}"
    taxonomy = folders[0] if folders else ""
    if stem == "_index":
        item.slug = folders[-1] if folders else "index"
        item.kind = "section"
        if len(folders) == 2 and taxonomy in _TOPICS:
            item.kind, item.key = "topic", folders[-1]
        elif len(folders) == 2 and taxonomy in _AUTHORS:
            item.kind, item.key = "author", folders[-1]
        item.url = "/" + "".join(f"{folder}/" for folder in folders)
        return language[1] if language else ""
    if stem == "index" and folders:
        item.slug = folders.pop()
    where = "".join(f"{folder}/" for folder in folders)
    item.slug = text(item.matter.values.get("slug")).strip("/") or item.slug
    # Hugo takes the whole name of the file where the text gives no slug.
    named = text(item.matter.values.get("slug")) or (stem if stem != "index" else item.slug)
    item.url = f"/{where}{named}/"
    rule = text(rules.get(taxonomy)) if taxonomy else ""
    if rule:
        from .. import keys

        draft = Item(source=item.source, kind="briefing", matter=item.matter, slug=named)
        draft.url, draft.day = item.url, item.day
        taken = keys.take(draft)
        draft.day = taken.moment or item.day
        draft.title = taken.title
        titled = _urlized(taken.title) or named
        # Hugo's `:slug` is made of the title, not of the file's name, where the text gives none.
        slugged = text(item.matter.values.get("slug")) or titled
        rule = re.sub(r":title\b", titled, re.sub(r":slug\b", slugged, rule))
        item.url = by_rule(rule, draft) or item.url
    return language[1] if language else ""


def _urlized(title: str) -> str:
    """A title as Hugo has it in addresses: accents and points stay.

    >>> _urlized("Qué sube: 3.5 % – it's “new”")
    'qué-sube-3.5-its-new'
    """
    kept = re.sub(r"[^\w\s.~-]", "", title.lower())
    return re.sub(r"[\s-]+", "-", kept).strip("-")


def _original(path: str, tree: Tree, lang: str) -> str:
    """The source that the one at a path translates, by their names: `tides.md` or, with `en` for
    the language of the site, `tides.en.md` for `tides.es.md`; empty where there is none."""
    stem, _, ending = path.rpartition(".")
    own = _LANGUAGE.search(stem)
    if not own:
        return ""
    start = stem[: own.start()]
    named = (f"{start}.{ending}", f"{start}.{lang}.{ending}")
    return next((name for name in named if name in tree and name != path), "")


def _data(tree: Tree, site: Site) -> None:
    """Registries of authors in `data/`."""
    for path in sorted(tree.below("data/")):
        found = re.fullmatch(r"data/(authors?|people)(?:/([^/]+))?\.(ya?ml|toml|json)", path)
        if not found:
            continue
        values = load(tree, site, path)
        entries = {found[2]: values} if found[2] else values
        for key, fields in entries.items():
            if isinstance(fields, dict):
                site.authors[key] = fields


def _undated(site: Site) -> None:
    """Texts without a date outside dated sections are plain pages."""
    from ..keys import ours

    for item in site.items:
        dated = item.day or any(ours(key) == "date" for key in item.matter.values)
        if item.kind == "briefing" and not dated:
            item.kind = "page"


FORM = Form("hugo", "Hugo", detect, read)
