"""Front matter of an old file → what we know of it."""

from __future__ import annotations

import re
from datetime import date

from . import dates, keys
from .keys import Taken
from .records import Item, text

_HEADING = re.compile(
    r"\A\s*(?:#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|([^\n]+)\n=+[ \t]*(?:\n|\Z))"
)


def front(item: Item, day: date | None) -> Taken:
    """Take what the front matter of an item says, and guess what it does not.

    Args:
        item: Its title, day, slug and address are set.
        day: For what has no date of its own.
    """
    if item.kind == "section" and not item.body.strip():
        return _list_page(item)
    taken = keys.take(item)
    if taken.draft:
        # Plain pages are published as they stand; only a briefing can wait.
        item.kind = "briefing"
    item.title = taken.title or item.title
    if not item.title:
        _title(item)
    item.day = taken.moment or item.day
    if item.day is None and item.kind == "briefing":
        found, _ = dates.in_path(item.source)
        item.day = found or day
        if item.day:
            item.note("date-guessed", str(item.day), "of the path" if found else "as given")
    elif taken.moment is None and item.day is not None:
        item.note("date-guessed", str(item.day), "of the file's name")
    item.slug = taken.slug.strip("/").rpartition("/")[2] or item.slug
    if taken.url:
        item.url = taken.url if taken.url.startswith("/") else f"/{taken.url}"
    return taken


def _list_page(item: Item) -> Taken:
    """A page without a text of its own becomes nothing; its keys are told."""
    values = item.matter.values
    item.title = text(values.get("title")) or item.slug
    for key, value in values.items():
        if text(value):
            code = "layout-key" if keys.is_layout(key) or key == "title" else "unknown-key"
            item.note_key(code, key, f"{key}: {text(value)}", "of a page that only lists others")
        else:
            item.note_key("empty-key", key, f"{key}:")
    return Taken()


def _title(item: Item) -> None:
    found = _HEADING.match(item.body)
    if found:
        item.title = re.sub(r"[*_`]+", "", (found[1] or found[2]).strip())
        item.body_line += item.body.count("\n", 0, found.end())
        item.body = item.body[found.end() :]
        item.note("title-guessed", item.title, "the text's first heading", item.body_line)
    else:
        words = item.slug.replace("-", " ").replace("_", " ").strip()
        item.title = words[:1].upper() + words[1:]
        item.note("title-guessed", item.title, "made from the file's name")
