"""Keys of old front matter → ours. Every key that was written ends up in the report."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from . import dates
from .records import Item, Value, text, texts

_NAMES: Mapping[str, str] = {
    name: ours
    for ours, names in {
        "title": "title headline",
        "summary": "summary description deck dek excerpt abstract subtitle lead meta_description",
        "date": "date publishdate pubdate published_at date_published publish_date created pubtime",
        "updated": "updated lastmod modified last_modified_at date_modified date_updated "
        "last_modified update_date",
        "authors": "author authors byline writer contributors",
        "topics": "topics categories category tags tag keywords",
        "slug": "slug",
        "url": "url permalink save_as",
        "aliases": "aliases alias redirect_from old_urls previous_urls",
        "draft": "draft published status hidden",
        "lang": "lang language locale",
        "image": "image cover featured_image primary_image thumbnail hero banner og_image",
        "out": "redirectto redirect_to redirect external_url externalurl source_url link "
        "canonical canonical_url canonicalurl",
        "expires": "expirydate expiry_date expires unpublishdate",
        "place": "place dateline",
        "translation_of": "translation_of",
    }.items()
    for name in names.split()
}
_LAYOUT = frozenset(
    """layout type template templatekey weight menu menus toc comments nav nav_order sitemap
    sidebar classes hide featured pin pinned sticky math mathjax eleventynavigation outputs cascade
    headless isplain markup linktitle id guid kind parent order toc_depth search share readtime
    reading_time robots index og twitter header_type show_date hide_date disqus
    eleventyexcludefromcollections
    """.split()
)
_DRAWN_AS = "how the old site drew or sorted the page"
TOPIC_LIMIT = 8


@dataclass(slots=True)
class Taken:
    """What a briefing's front matter said, as far as we have a place for it."""

    title: str = ""
    summary: str = ""
    moment: date | datetime | None = None
    updated: date | None = None
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    slug: str = ""
    url: str = ""
    aliases: list[str] = field(default_factory=list)
    draft: bool = False
    lang: str = ""
    image: str = ""
    image_alt: str = ""
    out: str = ""
    expires: date | None = None
    place: str = ""


def ours(key: str) -> str:
    """Our name for an old key, empty for one that we have no place for."""
    return _NAMES.get(re.sub(r"[-\s]+", "_", key.strip().lower()).replace("__", "_"), "")


_LAYOUT_FOLDED = frozenset(re.sub(r"[-_]", "", key) for key in _LAYOUT)


def is_layout(key: str) -> bool:
    """Whether a key told the old site how to draw or sort a page."""
    return re.sub(r"[-_\s]", "", key.lower()) in _LAYOUT_FOLDED


def take(item: Item) -> Taken:
    """Take what has a place, and note every key: as taken, guessed or left."""
    taken = Taken()
    values = item.matter.values
    # Where one of our keys has several old names, the earlier in our table wins.
    order = {name: n for n, name in enumerate(_NAMES)}
    keys = sorted(values, key=lambda key: order.get(key.lower().replace("-", "_"), len(order)))
    for key in keys:
        value = values[key]
        if value in ("", [], {}) or text(value) == "":
            item.note_key("empty-key", key, f"{key}:")
            continue
        name = ours(key)
        done = _set(taken, name, key, value, item) if name else False
        if done:
            item.note_key("key-taken", key, f"{key}: {_shown(value)}", name)
        elif done is False:
            lay = is_layout(key)
            why = _DRAWN_AS if lay else "no key of ours means that"
            code = "layout-key" if lay else "unknown-key"
            if name:
                why = f"`{name}` has another value already" if not lay else why
            item.note_key(code, key, f"{key}: {_shown(value)}", why)
    return taken


def _shown(value: Value) -> str:
    return text(value)


def _set(taken: Taken, name: str, key: str, value: Value, item: Item) -> bool | None:
    """Whether a value was taken; None when what became of it is noted already."""
    match name:
        case "title" | "summary" | "slug" | "url" | "place" | "out":
            if isinstance(value, dict | list) or getattr(taken, name):
                same = getattr(taken, name) == text(value)
                return bool(same and not isinstance(value, dict | list))
            typed = html.unescape(text(value)) if name in {"title", "summary"} else text(value)
            if name == "out" and not re.match(r"https?://[^\s]+\Z", typed):
                return False
            if name == "url" and re.match(r"https?://", typed):
                return False
            setattr(taken, name, typed)
            return True
        case "date" | "updated" | "expires":
            return _date(taken, name, key, value, item)
        case "authors":
            taken.authors += [n for n in _people(value) if n not in taken.authors]
            return True
        case "topics":
            new = [name for name in _labels(value, key) if name not in taken.topics]
            taken.topics += new
            return True
        case "aliases":
            taken.aliases += texts(value)
            return True
        case "draft":
            return _draft(taken, key, text(value).lower())
        case "lang":
            taken.lang = text(value).replace("_", "-").split(".")[0]
            return True
        case "image":
            return _image(taken, value)
    return False


def _date(taken: Taken, name: str, key: str, value: Value, item: Item) -> bool | None:
    if not isinstance(value, str):
        # Material's blog: `date: {created: …, updated: …}`.
        if isinstance(value, dict) and name == "date":
            for inner, typed in value.items():
                _date(taken, "updated" if "upd" in inner else "date", key, text(typed), item)
            return True
        return False
    found, bare = dates.moment(value)
    if found is None:
        item.note_key("bad-matter", key, f"{key}: {value}", "no date between 1900 and 2100")
        return None
    if name == "date":
        if taken.moment is not None:
            return False
        taken.moment = found
        if bare:
            why = f"taken as {dates.only_day(found)}"
            item.note_key("time-without-zone", key, f"{key}: {value}", why)
            return None
    elif name == "updated":
        taken.updated = dates.only_day(found)
    else:
        taken.expires = dates.only_day(found)
    return True


def _people(value: Value) -> list[str]:
    if isinstance(value, str):
        # "Ada Example and Ben Sample", "Ada Example, Ben Sample"
        parts = re.split(r"\s*(?:;|,|\band\b|&)\s*", " ".join(value.split()))
        whole = " ".join(value.split())
        return (
            [p for p in parts if p] if all(" " in p or len(parts) == 1 for p in parts) else [whole]
        )
    return texts(value)


def _labels(value: Value, key: str) -> list[str]:
    if isinstance(value, str):
        if "," in value:
            return [part.strip() for part in value.split(",") if part.strip()]
        # Jekyll: `tags: one two` are two tags.
        return value.split() if key.lower() == "tags" and " " in value else [value.strip()]
    return texts(value)


def _draft(taken: Taken, key: str, value: str) -> bool:
    if key.lower() == "status":
        if value not in {"draft", "hidden", "published", "publish"}:
            return False
        taken.draft |= value in {"draft", "hidden"}
    elif key.lower() == "published":
        if value not in {"true", "false", "yes", "no"}:
            return False
        taken.draft |= value in {"false", "no"}
    else:
        taken.draft |= value in {"true", "yes", "1"}
    return True


def _image(taken: Taken, value: Value) -> bool:
    if taken.image:
        return False
    if isinstance(value, dict):
        parts = {k.lower(): text(v) for k, v in value.items()}
        taken.image = next(
            (parts[k] for k in ("src", "path", "url", "image", "file") if parts.get(k)), ""
        )
        taken.image_alt = parts.get("alt", "")
        return bool(taken.image) and set(parts) <= {"src", "path", "url", "image", "file", "alt"}
    if not isinstance(value, str):
        return False
    taken.image = value
    return True
