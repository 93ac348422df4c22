"""From records to the files of an index."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ...viewing.parts import Chrome
from ...viewing.records import View
from ...viewing.shelf import Shelf
from ...wording.language import primary
from .documents import EVERY, LEFT_OUT, document
from .engine import Job
from .facets import common, facets
from .order import ENTRY, SIGNATURE, settled
from .records import BodyOf, Record, records

ABOUT = "about.json"
"""What the search page asks first: when it is there, all of the index is."""
FACETS = "facets.json"
"""Labels of the facets, asked for when a reader opens them."""
NEWEST = "newest.json"
"""The pages by the names of their files, newest first: asked for when a reader wants that order.
Pagefind's own way of sorting would make every search load it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """All that the files of an index are made from; the same part makes the same files."""

    pages: tuple[tuple[str, str], ...]
    """Address with a leading `/`, and document."""
    lang: str
    """ISO 639-1 code."""
    own: Mapping[str, bytes]
    """Files beside Pagefind's, by path."""
    fingerprint: str


def part(views: Iterable[View], shelf: Shelf, chrome: Chrome, body: BodyOf) -> Part:
    """The index of a site, to be made. An index could be cut into several of these, by year: the
    search page would merge what each of them finds."""
    found = records(views, shelf, chrome, body)
    pages = tuple((f"/{record.url}", document(record)) for record in found)
    return _part(found, pages, chrome, facets(found, shelf))


def _part(
    found: Sequence[Record],
    pages: tuple[tuple[str, str], ...],
    chrome: Chrome,
    labels: Mapping[str, Sequence[tuple[str, str]]],
) -> Part:
    lang = primary(chrome.lang)
    named = _json(labels)
    digest = hashlib.blake2b(f"{lang}\n".encode() + named, digest_size=8)
    for url, html in pages:
        digest.update(f"{url}\n{html}\n".encode())
    fingerprint = digest.hexdigest()
    about = {
        "made": fingerprint,
        "facets": list(labels),
        "common": common(found),
        "every": EVERY,
    }
    return Part(
        pages=pages,
        lang=lang,
        own={FACETS: named, ABOUT: _json(about)},
        fingerprint=fingerprint,
    )


def make(part: Part, job: Job) -> dict[str, bytes]:
    """The files of an index by path, `about.json` last.

    Raises:
        SearchError: If Pagefind fails.
        Stopped: If the job was stopped.
    """
    files = settled(job.run(part.pages, part.lang, LEFT_OUT))
    needed = {path: files[path] for path in files if _is_needed(path, files)}
    return needed | {NEWEST: _json(_newest(part, files))} | dict(part.own)


def _newest(part: Part, files: Mapping[str, bytes]) -> list[str]:
    """Names of the pages, from the last of a part to the first."""
    names = {}
    for path, content in files.items():
        if path.startswith("fragment/"):
            page = json.loads(gzip.decompress(content).removeprefix(SIGNATURE))
            names[page["url"]] = PurePosixPath(path).stem
    return [names[url] for url, _ in reversed(part.pages) if url in names]


def _is_needed(path: str, files: Mapping[str, bytes]) -> bool:
    """Pagefind brings ready-made interfaces and a worker, none of which our page loads."""
    if "/" in path or path in {ENTRY, "pagefind.js"}:
        return True
    if path.endswith(".pagefind"):
        languages = json.loads(files[ENTRY])["languages"].values()
        return path in {f"wasm.{known['wasm'] or 'unknown'}.pagefind" for known in languages}
    return path.endswith(".pf_meta")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
