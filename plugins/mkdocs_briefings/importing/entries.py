"""Registries of the old site → ours: topics and authors, with the pages that they had."""

from __future__ import annotations

from ..catalog.slugs import fold, slugify
from . import keys, names
from .names import Names
from .records import Finding, Item, Site, text, texts

_DESCRIPTION = 1000
"""Most characters of the description of a topic, and of what is said of an author."""


def old_entries(site: Site, authors: Names, topics: Names) -> list[Finding]:
    """Enter what the old registries and the pages of topics and authors say; gives what is to be
    said of the whole site."""
    general = []
    for key, fields in site.topics.items():
        entry, _ = names.topic_entry(key, fields)
        topics.add(key, entry or {"title": key}, [key, str(entry.get("title", ""))])
    for key, fields in site.authors.items():
        entry, left = names.author_entry(key, fields)
        added = authors.add(key, entry, [str(entry["name"]), key])
        for name, value in left.items():
            if text(value):
                what = f"authors: {key}: {name}: {text(value)}"
                general.append(Finding("unknown-key", 0, 1, what, added))
    for item in site.items:
        if item.kind in {"topic", "author"}:
            _entry(item, authors if item.kind == "author" else topics)
    return general


def _entry(item: Item, kind: Names) -> None:
    author = item.kind == "author"
    make = names.author_entry if author else names.topic_entry
    fields = item.matter.values
    entry, left = make(item.key, fields)
    label = str(entry.get("name" if author else "title", item.key))
    known = kind.known.closed and item.key in kind.known.keys
    if not author and not entry.get("title"):
        entry["title"] = item.key.replace("-", " ").capitalize()
    for name in ("description", "bio"):
        if len(str(entry.get(name, ""))) > _DESCRIPTION:
            item.note("text-left", str(entry.pop(name)), f"over {_DESCRIPTION} characters")
    body = item.body.strip()
    place = "bio" if author else "description"
    if body:
        if place in entry or len(body) > _DESCRIPTION or "\n" in body:
            item.note("text-left", body, f"{item.kind}s.yml has no place for it", item.body_line)
        else:
            entry[place] = body
    order = ("title", "name", "family", "role", "bio", "contact", "affiliation", "description")
    ordered: dict[str, object] = {k: entry[k] for k in order if k in entry}
    item.key = slugify(item.key)
    if not known:
        kind.add(item.key, ordered, [label])
        item.note(f"{item.kind}-entry", label, item.key)
    else:
        item.note("already-there", label, item.key)
    aliases = left.pop("aliases", "") if not author else ""
    for name, value in fields.items():
        if name not in left and name != "aliases" and text(value):
            item.note_key("key-taken", name, f"{name}: {text(value)}", f"{item.kind}s.yml")
    for name, value in left.items():
        if not text(value):
            item.note_key("empty-key", name, f"{name}:")
        elif name in {"first_name", "last_name"} and text(value) in label:
            item.note_key("key-taken", name, f"{name}: {text(value)}", "part of the name")
        elif name in {"aliases", "alias"}:
            for old in texts(value):
                item.old.append(old)
                item.note_key("address-left", name, old, "an author's page has one address")
        else:
            lay = keys.is_layout(name)
            code = "layout-key" if lay else "unknown-key"
            item.note_key(code, name, f"{name}: {text(value)}", f"{item.kind}s.yml has no such key")
    item.old = [item.url, *item.old] if item.url else item.old
    item.old += texts(aliases)


def topic_aliases(site: Site, topics: Names) -> None:
    """The last parts of a topic's old addresses become other names of it."""
    for item in site.items:
        if item.kind != "topic":
            continue
        entry, more = topics.entries.get(item.key), []
        for old in item.old[1:] if item.url else item.old:
            name = fold(old.strip("/").rpartition("/")[2])
            if name and not topics.find(name):
                topics.by_name[name] = item.key
                more.append(name)
            if old.strip("/") != item.url.strip("/"):
                why = "no redirect can stand there, as the site's own pages do"
                item.note_key("address-left", "aliases", old, why)
        if more and entry is not None:
            entry["aliases"] = more
            item.note_key("topic-alias", "aliases", ", ".join(more), item.key)
