"""What a writer may have meant: other programs' names for our keys, and the nearest known name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_NAMED = re.compile(r"write `(\w+)")

_OTHERS = (
    (
        "tags tag topic category categories keywords subjects taxonomies",
        "write `topics`: a list, the main topic first",
    ),
    (
        "lastmod last_modified last_modified_at lastmodified modified modified_date date_modified "
        "datemodified updateddate updated_at updated_date update_date last_update last_updated "
        "lastupdated date.updated",
        "write `updated: 2026-03-17`",
    ),
    (
        "pubdate pub_date publishdate publish_date published_at publishedat published_date "
        "published_on date_published datepublished created created_at createdat issued posted "
        "date.created",
        "write `date: 2026-03-17`",
    ),
    (
        "description excerpt deck dek subtitle subhead abstract teaser lead intro tldr standfirst "
        "blurb",
        "write `summary`",
    ),
    (
        "redirect_from redirects redirect_to alias oldurl old_urls",
        "write `aliases`: a list of old addresses without a first `/`",
    ),
    (
        "permalink url path address uri",
        "the address comes from date and file name: write `slug` for another last part, `aliases` "
        "for old addresses",
    ),
    (
        "published public private unlisted",
        "write `draft: true` to hold a briefing back; else remove the key",
    ),
    (
        "expirydate expiry_date expires unpublishdate",
        "briefings do not expire: remove the key, or write `status: archived`",
    ),
    ("language locale hreflang", "write `lang`"),
    (
        "cover hero images thumbnail featured_image feature_image featuredimage banner og_image "
        "picture photo cover_image",
        "write `image` with `src` and `alt`",
    ),
    (
        "weight pin pinned sticky order layout template hide icon search comments toc type menu "
        "sidebar sidebar_position class cssclass cssclasses math mermaid disable_comments outputs "
        "markup render_with_liquid",
        "not used here, no briefing chooses its layout: remove the key",
    ),
    ("name headline heading", "write `title`"),
    (
        "by_line byline writer writers contributor contributors creator by_author",
        "write `author`",
    ),
    ("series story collection", "write `storyline`: a key of storylines.yml"),
    ("highlights takeaways keypoints points", "write `key_points`"),
    ("references citations footnotes bibliography", "write `sources`"),
    ("see_also related_posts related_pages", "write `related`: a list of slugs"),
    ("id uuid guid", "identities are kept by the software: remove the key"),
    (
        "readtime read_time reading_time readingtime wordcount minutes",
        "reading time is computed: remove the key",
    ),
    ("location city", "write `place`: where what it reports took place"),
    (
        "dateline",
        "no key says where a briefing was written: remove it, or write `place` if what it reports "
        "took place there",
    ),
    (
        "report_number reportnumber paper_number papernumber document_number series_number",
        "write `number`",
    ),
    ("errata", "write `corrections`: a list of `date` and `text`"),
    ("superseded_by replaced_by", "write `status: superseded` and `by` with the slug"),
    ("translationkey", "write `translation_of` with the slug of the original"),
)

KEYS: Mapping[str, str] = {name: hint for names, hint in _OTHERS for name in names.split()}
"""Hints for the keys of other programs, by key in lower case with `_`."""

CLOSE = 65
"""How alike two names must be, of 100, for one to be offered for the other."""

_NESTED: Mapping[str, str] = {
    "href": "write `url`",
    "link": "write `url`",
    "website": "write `url`",
    "author": "write `publisher`",
    "organisation": "write `publisher`",
    "organization": "write `publisher`",
    "caption": "write `alt` for what it shows, `credit` for who made it",
    "file": "write `src`",
    "url": "write `src`",
    "path": "write `src`",
    "name": "write `title`",
    "type": "write `kind`",
    "label": "write `title`",
    "description": "write `text`",
    "note": "write `reason`",
    "email": "write `contact`",
    "avatar": "authors have no pictures here: remove the key",
}


def for_key(key: str, known: Iterable[str], *, top: bool) -> str:
    """The hint for an unknown key, among the keys known in its place."""
    names = list(known)
    bare = key.strip().lower().replace("-", "_").replace(" ", "_")
    hint = KEYS.get(bare, "") if top else _NESTED.get(bare, "")
    asked = _NAMED.search(hint)
    # Not every kind of file has the key that the hint speaks of.
    if hint and (not asked or asked[1] in names):
        return hint
    if bare in names:
        return f"write `{bare}`"
    near = nearest(bare, names)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known here: {', '.join(names)}" if len(names) <= 12 else "remove the key"


_SAME = frozenset(
    "topics updated date summary aliases lang title author storyline key_points sources related "
    "corrections number url publisher src kind text reason contact".split()
)
"""Keys under which a value means what it meant under another program's name for it."""


def same_key(key: str, known: Iterable[str], *, top: bool) -> str:
    """The key of `known` that surely stands for an unknown one; empty where only a person knows.

    >>> same_key("lastmod", ["title", "updated"], top=True), same_key("Title", ["title"], top=True)
    ('updated', 'title')
    >>> same_key("cover", ["image"], top=True), same_key("titel", ["title"], top=True)
    ('', '')
    """
    names = list(known)
    bare = key.strip().lower().replace("-", "_").replace(" ", "_")
    asked = _NAMED.match(KEYS.get(bare, "") if top else _NESTED.get(bare, ""))
    if bare == "author" and not top:
        return ""  # Who wrote a document is not always who issued it.
    if asked and asked[1] in names and (asked[1] in _SAME or (not top and asked[1] == "title")):
        return asked[1]
    return bare if bare in names else ""


def nearest(typed: str, known: Iterable[str], limit: int = 1) -> list[str]:
    """The names of `known` that look most like `typed`, best first, then in their order.

    Empty when none is close enough to be a slip of the pen. Fold `typed` first where `known` are
    folded names.
    """
    # Imported here: a folder without problems needs no hint.
    from rapidfuzz import fuzz, process

    found = process.extract(typed, list(known), scorer=fuzz.ratio, limit=limit, score_cutoff=CLOSE)
    return [name for name, _, _ in found]


def meant(typed: str, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean 'banks'?`, or `otherwise` when nothing is near."""
    near = nearest(typed, known)
    return f"did you mean '{near[0]}'?" if near else otherwise
