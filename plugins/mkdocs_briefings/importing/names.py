"""Authors and topics as old sites name them → entries of our registries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..catalog.slugs import fold, slugify
from ..reading.vocabulary import Vocabulary
from .records import Item, Value, text

NEAR = 92
"""Likeness out of 100 from which two names may be one."""
NEAR_LIMIT = 10_000
_URL = re.compile(r"https?://\S+\Z")


@dataclass(slots=True)
class Names:
    """One kind of name: what the content folder has, and what comes new."""

    kind: str
    known: Vocabulary
    entries: dict[str, dict[str, object]] = field(default_factory=dict)
    """New entries of the registry, by key."""
    by_name: dict[str, str] = field(default_factory=dict)
    """Folded name or key → key, of the new entries."""
    guessed: set[str] = field(default_factory=set)
    """Keys of which only the key was given."""

    def find(self, typed: str) -> str:
        """The key that a name has already, or empty."""
        key = self.by_name.get(fold(typed)) or self.by_name.get(slugify(typed))
        if key or not self.known.closed:
            return key or ""
        found = self.known.meant(typed)
        return found[0] if len(found) == 1 else ""

    def add(self, key: str, entry: dict[str, object], names: Iterable[str] = ()) -> str:
        """Make an entry; the key it has then."""
        key = slugify(key)
        self.entries.setdefault(key, entry)
        for name in (key, *names):
            if fold(name):
                self.by_name.setdefault(fold(name), key)
        return key

    def of(self, typed: str, item: Item, code: str) -> str:
        """The key for a name in a text; a new name gets an entry."""
        key = self.find(typed)
        if key:
            return key
        key = slugify(typed)
        if not key:
            return ""
        label = typed
        if self.kind == "author" and typed == key:
            label = " ".join(word.capitalize() for word in typed.split("-"))
            if key not in self.guessed:
                item.note(code, typed, f"written as '{label}' in authors.yml: correct the name")
            self.guessed.add(key)
        elif self.kind == "topic" and typed == key:
            label = typed.replace("-", " ")
            label = label[:1].upper() + label[1:]
        field_name = "name" if self.kind == "author" else "title"
        return self.add(key, {field_name: label}, [typed])


def author_entry(key: str, fields: dict[str, Value]) -> tuple[dict[str, object], dict[str, Value]]:
    """Our entry for an author of an old registry, and the fields that have no place in it."""
    left = dict(fields)
    lowered = {name.lower().replace("-", "_"): name for name in fields}

    def pull(*names: str) -> str:
        for name in names:
            if name in lowered and text(fields[lowered[name]]):
                left.pop(lowered[name], None)
                return text(fields[lowered[name]])
        return ""

    first, last = (text(fields.get(name)) for name in ("first_name", "last_name"))
    name = pull("display_name", "name", "full_name", "title") or f"{first} {last}".strip()
    entry: dict[str, object] = {"name": name or " ".join(map(str.capitalize, key.split("-")))}
    if first and name.endswith(last) and name.startswith(first):
        left.pop(lowered.get("first_name", ""), None)
        if len(last.split()) < 2 or not last:
            left.pop(lowered.get("last_name", ""), None)
        else:
            entry["family"] = pull("last_name")
    entry["role"] = pull("role", "job", "position", "job_title", "jobtitle")
    entry["bio"] = pull("bio", "description", "about", "summary")
    entry["affiliation"] = pull(
        "agency_full_name", "affiliation", "organization", "organisation", "company", "employer"
    )
    contact = pull("url", "website", "web", "email", "homepage", "contact", "mail")
    if not contact:
        account = pull("github")
        contact = account if _URL.match(account) else account and f"https://github.com/{account}"
    elif "@" in contact and not contact.startswith(("http", "mailto:")):
        contact = f"mailto:{contact}"
    entry["contact"] = contact
    for gone in ("slug", "key"):
        if slugify(text(left.get(gone))) == slugify(key):
            left.pop(gone)
    return {k: html.unescape(str(v)) for k, v in entry.items() if v}, left


def topic_entry(key: str, fields: dict[str, Value]) -> tuple[dict[str, object], dict[str, Value]]:
    """Our entry for a topic of an old site, and the fields that have no place in it."""
    left = dict(fields)
    entry: dict[str, object] = {"title": text(left.pop("title", "") or left.pop("name", ""))}
    for name in ("summary", "description", "deck"):
        if text(fields.get(name)) and "description" not in entry:
            entry["description"] = text(left.pop(name))
    if slugify(text(left.get("slug"))) == slugify(key):
        left.pop("slug")
    return {k: html.unescape(str(v)) for k, v in entry.items() if v}, left


def near(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of keys whose labels are alike, each once, in order; `names` are keys and labels.

    Over `NEAR_LIMIT` names none are looked for: the time grows with the square.
    """
    if not 2 <= len(names) <= NEAR_LIMIT:
        return []
    import numpy as np
    from rapidfuzz import fuzz, process

    folded = [" ".join(sorted(fold(label).split("-"))) for _, label in names]
    pairs = []
    for start in range(0, len(folded), 500):
        rows = folded[start : start + 500]
        scores = process.cdist(rows, folded, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
        found = np.argwhere(scores >= NEAR).tolist()
        pairs += [(names[start + a][0], names[b][0]) for a, b in found if start + a < b]
    return pairs
