"""From records to the files of an index, or of several that are searched as one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any

import msgspec

from ...viewing.parts import Chrome
from ...viewing.shelf import Shelf
from ...wording.language import primary
from .division import divided
from .documents import EVERY, LEFT_OUT, document
from .engine import Engine, Job
from .facets import Words, common, facets
from .order import ENTRY, settled, told
from .records import Entry, Record

ABOUT = "about.json"
"""What the search page asks first: when it is there, all of the index is."""
FACETS = "facets.json"
"""Labels of the facets, asked for when a reader opens them."""
DAYS = "days.json"
"""The day of each page by the name of its file, asked for when a reader wants the newest first.
Pagefind's own order would make every search load it, and is none over several parts."""

_WORDS = "words.json"

Files = Mapping[str, bytes]
"""Contents by path."""
Again = Callable[[str, Callable[[], Files]], Files]
"""Gives files by a key that says all that they are made from: kept ones, else those that are
made now."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """All that one index of Pagefind is made from; the same part makes the same files."""

    name: str
    """Its folder, relative to that of the whole; empty for the newest part, which is in the
    latter."""
    entries: tuple[Entry, ...]
    """Those without a date first, then the oldest."""
    lang: str
    """ISO 639-1 code."""
    alone: bool
    """Whether it is all of the index."""
    fingerprint: str

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Of its pages."""
        made = (entry.record() for entry in self.entries)
        if self.alone:
            return tuple(made)
        # The search page leaves out parts by it.
        return tuple(replace(r, facets={**r.facets, "part": (self.prefix,)}) for r in made)

    @property
    def prefix(self) -> str:
        """With which the names of its pages begin, whatever part else there is."""
        return self.name or self.lang

    def key(self, engine: Engine) -> str:
        """Of all that its files are made from."""
        return f"{engine.version}-{self.fingerprint}"

    def files(self, job: Job, again: Again) -> Files:
        """Its files, by paths relative to the whole index.

        Raises:
            SearchError: If Pagefind fails.
            Stopped: If the job was stopped.
        """
        made = again(self.key(job.engine), partial(_made, self, job))
        return {f"{self.name}/{path}": made[path] for path in made} if self.name else made


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All that is made for the search of a site."""

    parts: tuple[Part, ...]
    """The newest first; there is one at least."""
    own: Files
    """Files beside Pagefind's; `about.json` is the last."""
    fingerprint: str


def index(found: Iterable[Entry], shelf: Shelf, chrome: Chrome, again: Again) -> Index:
    """The index of a site, to be made; `again` keeps which words are common.

    The index numbers pages by their day, those without one first, and within a day as they are
    given: so a new briefing comes last, and what is stored of the others stays as it is.
    """
    found = sorted(found, key=lambda entry: entry.filed.date)
    lang = primary(chrome.lang)
    by_name = divided(found)
    parts = tuple(
        _part(name, among, lang, alone=len(by_name) == 1) for name, among in by_name.items()
    )
    labels = facets(found, shelf)
    named = _json(labels)
    fingerprint = _digest(named, *(part.fingerprint.encode() for part in parts))
    about = {
        "made": fingerprint,
        "facets": list(labels),
        "common": common(_counted(part, again) for part in parts),
        "every": EVERY,
        # How names of pages begin, and how many there are; the first part is in no folder.
        "parts": [[part.prefix, len(part.entries)] for part in parts] if len(parts) > 1 else [],
    }
    return Index(parts=parts, own={FACETS: named, ABOUT: _json(about)}, fingerprint=fingerprint)


def _part(name: str, found: Sequence[Entry], lang: str, *, alone: bool) -> Part:
    said = f"{name} {lang} {alone}".encode()
    fingerprint = _digest(said, *(entry.filed.digest for entry in found))
    return Part(name=name, entries=tuple(found), lang=lang, alone=alone, fingerprint=fingerprint)


def _counted(part: Part, again: Again) -> Words:
    """The words of a part, which take longer to count than all else takes that an edit elsewhere
    asks for."""
    key = f"words-{part.fingerprint}"
    kept = again(key, lambda: {_WORDS: msgspec.json.encode(Words.of(part.records))})
    return msgspec.json.decode(kept[_WORDS], type=Words)


def make(wanted: Index, job: Job, again: Again) -> dict[str, bytes]:
    """The files of an index by path, `about.json` last.

    Raises:
        SearchError: If Pagefind fails.
        Stopped: If the job was stopped.
    """
    files: dict[str, bytes] = {}
    for part in wanted.parts:
        files |= part.files(job, again)
    return files | dict(wanted.own)


def _made(part: Part, job: Job) -> dict[str, bytes]:
    pages = [(f"/{record.url}", document(record)) for record in part.records]
    files = settled(job.run(pages, part.lang, LEFT_OUT), part.prefix)
    needed = {path: files[path] for path in files if _is_needed(path, files, part)}
    names = {
        told(content)["url"]: PurePosixPath(path).stem
        for path, content in needed.items()
        if path.startswith("fragment/")
    }
    dated = ((f"/{record.url}", record.date) for record in part.records if record.date)
    days = {names[url]: day for url, day in dated if url in names}
    return needed | {DAYS: _json(days)}


def _is_needed(path: str, files: Files, part: Part) -> bool:
    """Pagefind brings ready-made interfaces and a worker, none of which our page loads, and the
    engine with every part."""
    if "/" in path or path == ENTRY:
        return True
    if path.endswith(".pagefind"):
        languages = json.loads(files[ENTRY])["languages"].values()
        used = {f"wasm.{known['wasm'] or 'unknown'}.pagefind" for known in languages}
        return not part.name and path in used
    return path.endswith(".pf_meta") or (not part.name and path == "pagefind.js")


def _digest(*values: bytes) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        digest.update(b"%d " % len(value))
        digest.update(value)
    return digest.hexdigest()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
