"""What the new files are called, and which old addresses lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..catalog.slugs import fold, slugify
from ..reading.addresses import RESERVED
from . import dates
from .records import Item

_SEGMENT = re.compile(r"[\w~-][\w.~-]*")
_SLUG_BYTES = 110
"""Of the longest name of a file."""


class Naming:
    """Gives items their slugs and paths, one after the other.

    Args:
        briefings: Slug → the file that has it already.
        pages: The same of plain pages.
    """

    def __init__(self, briefings: Mapping[str, str], pages: Mapping[str, str]) -> None:
        self._held = {"briefing": briefings, "page": pages}
        self._slugs: dict[str, set[str]] = {kind: set() for kind in self._held}

    def named(self, item: Item) -> bool:
        """Give an item its path; whether it becomes a file."""
        if item.kind == "section":
            if item.body.strip():
                item.kind = "page"
            else:
                item.note("list-page", item.title)
                return False
        if item.kind == "briefing" and item.day is None:
            item.note("not-taken", item.title, "no date: give one with --date, or in the file")
            return False
        folder, held = "pages", self._held[item.kind]
        if item.kind == "briefing":
            assert item.day is not None
            folder = f"{dates.only_day(item.day).year:04}"
        if item.slug in {"index", "_index"}:
            item.slug = slugify(item.title)
        wanted = _slug(item.slug) or _slug(slugify(item.title)) or "untitled"
        slug, n = wanted, 1
        mine = self._slugs[item.kind]
        first = RESERVED if item.kind == "page" else frozenset()
        while (
            fold(slug) in mine
            or held.get(slug, f"{folder}/{slug}.md") != f"{folder}/{slug}.md"
            or slug in first
        ):
            n += 1
            slug = f"{wanted}-{n}"
        mine.add(fold(slug))
        if slug != item.slug:
            item.note("slug-changed", item.slug, slug)
            item.old = item.old or [item.url]
        item.slug_new = slug
        item.target = f"{folder}/{slug}.md"
        return True


def give_aliases(written: Sequence[Item], permalink: str) -> None:
    """Enter the old addresses of items as other addresses of their pages, where they can be.

    Args:
        written: With their new names.
        permalink: The rule of new addresses, as in the settings.
    """
    new: dict[str, Item] = {}
    for item in written:
        new.setdefault(_compared(_address(item, permalink)), item)
    for item in written:
        kept = []
        for old in item.old:
            alias = re.sub(r"/index\.html?\Z", "/", old).strip("/")
            why = _refused(alias)
            owner = new.get(_compared(alias))
            if not why and owner is item:
                continue
            if not why and owner is not None:
                why = f"it is the address of {owner.target}"
            if not why and item.kind != "briefing":
                why = "a plain page has no old addresses"
            if why:
                item.note("address-left", old, why)
                continue
            new[_compared(alias)] = item
            kept.append(alias if re.search(r"\.html?\Z", alias, re.I) else f"{alias}/")
            item.note("alias", old, kept[-1])
        if kept:
            item.record["aliases"] = kept


def _refused(alias: str) -> str:
    if not alias:
        return "it is the front page's"
    if "?" in alias or not all(_SEGMENT.fullmatch(part) for part in alias.split("/")):
        return "it has more in it than the path of an address"
    if alias.split("/")[0].casefold() in RESERVED:
        return "it is kept for the site's own pages"
    return ""


def _address(item: Item, permalink: str) -> str:
    if item.kind != "briefing":
        return item.slug_new
    assert item.day is not None
    day = dates.only_day(item.day)
    topics = item.record.get("topics")
    topic = topics[0] if isinstance(topics, list) and topics else "unfiled"
    return permalink.format(
        year=f"{day.year:04}",
        month=f"{day.month:02}",
        day=f"{day.day:02}",
        slug=item.slug_new,
        topic=topic,
    )


def _slug(name: str) -> str:
    """A name as an address and a file may have it, or empty."""
    slug = slugify(name)
    slug = re.sub(r"[^\w-]+", "-", slug).strip("-")
    if len(slug.encode()) > _SLUG_BYTES:
        slug = slug.encode()[:_SLUG_BYTES].decode("utf-8", "ignore").rpartition("-")[0]
    return slug


def _compared(address: str) -> str:
    return address.strip("/").casefold()
