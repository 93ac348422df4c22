"""What is known of an old text → our front matter for it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from . import dates, keys
from .images import Images
from .keys import Taken
from .names import Names
from .records import Item


def signed(
    item: Item,
    taken: Taken,
    authors: Names,
    topics: Names,
    *,
    instead: tuple[Sequence[str], Sequence[str]],
) -> dict[str, object]:
    """Who signs a briefing and what it is filed under, with our keys for the names.

    `instead` are the authors of what nobody signs, and the topics of what is filed under nothing.
    """
    unsigned, unfiled = instead
    by = _keys(taken.authors, authors, item, "author-guessed")
    if not by and unsigned:
        by = _keys(unsigned, authors, item, "author-guessed")
        item.note("author-default", ", ".join(unsigned), "nobody signs it")
    elif not by:
        item.note("no-author", item.title, "add `author`, or import with --author")
    under = _keys(taken.topics, topics, item, "topic-entry")
    if not under and unfiled:
        under = _keys(unfiled, topics, item, "topic-entry")
        item.note("topic-default", ", ".join(unfiled), "it is filed under nothing")
    elif not under:
        item.note("no-topic", item.title, "add `topics`, or import with --topic")
    if len(under) > keys.TOPIC_LIMIT:
        item.note("too-many-topics", ", ".join(under[keys.TOPIC_LIMIT :]), "left out")
    one = len(by) == 1
    return {
        "author" if one else "authors": by[0] if one else by,
        "topics": under[: keys.TOPIC_LIMIT],
    }


def _keys(typed: Iterable[str], known: Names, item: Item, code: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (known.of(name, item, code) for name in typed))))


def record(
    item: Item,
    taken: Taken,
    signed: Mapping[str, object],
    original: str,
    *,
    images: Images,
    lang: str,
    now: datetime | None,
) -> dict[str, object]:
    """Our front matter for an item that has its new path.

    Args:
        item: What is brought in.
        taken: What its front matter said.
        signed: What `signed` gave for it.
        original: Slug of the briefing that it translates, if it is a briefing; else empty.
        images: Finds the picture on top.
        lang: Of the site: nothing is said of a text in it.
        now: What has expired by then is archived; None where nobody knows.
    """
    front: dict[str, object] = {"title": item.title, "summary": taken.summary}
    front["lang"] = taken.lang if taken.lang.casefold() != lang.casefold() else ""
    if item.kind == "briefing":
        front |= signed
        front["date"] = item.day
        front["draft"] = True if taken.draft else None
        front["place"] = taken.place
        front["translation_of"] = original
        if original:
            item.note("translation", item.original, f"translation_of: {original}")
        day = item.day and dates.only_day(item.day)
        if taken.updated and day and taken.updated > day:
            front["updated"] = taken.updated
        if taken.expires:
            _expires(item, taken.expires, front, now)
        if taken.image:
            _picture(item, taken, front, images)
    else:
        for name, value in (("topics", taken.topics), ("author", taken.authors)):
            if value:
                item.note("unknown-key", f"{name}: {', '.join(value)}", "pages have none")
    return {key: value for key, value in front.items() if value}


def _expires(item: Item, expires: date, front: dict[str, object], now: datetime | None) -> None:
    if now is not None and expires <= now.date():
        front["status"] = "archived"
        item.note("status-guessed", f"expired on {expires}", "status: archived")
    else:
        item.note("unknown-key", f"expires: {expires}", "no key of ours takes it down")


def _picture(item: Item, taken: Taken, front: dict[str, object], images: Images) -> None:
    key = next((k for k in item.matter.values if keys.ours(k) == "image"), "image")
    path, why = images.find(taken.image, item)
    if path and taken.image_alt:
        src = posixpath.relpath(path, posixpath.dirname(item.target))
        front["image"] = {"src": src, "alt": taken.image_alt}
        item.note_key("image-copied", key, taken.image, path)
    elif path:
        item.note_key("image-missing", key, taken.image, f"{path}: add `image` with its `alt`")
    else:
        item.note_key("image-missing", key, taken.image, why)
