"""The sitemap: every address of the site, with the day of its last logged change."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ..viewing.parts import Chrome
from .text import absolute, clean, root

LIMIT = 50_000
"""Most addresses in one file, by the protocol."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

_Row = tuple[str, date | None]


def sitemap(pages: Iterable[_Row], chrome: Chrome) -> bytes:
    """One sitemap of (address, day of the last logged change), sorted by address.

    A page whose last change is not known has no `lastmod`: a made-up one would teach search
    engines to ignore them all.

    Raises:
        ValueError: If the site does not know its own address, or has over `LIMIT` pages:
            `sitemaps` divides them.
    """
    rows = _rows(pages, chrome)
    if len(rows) > LIMIT:
        raise ValueError(f"{len(rows)} pages are too many for one sitemap")
    return _document("urlset", "url", rows)


def sitemaps(pages: Iterable[_Row], chrome: Chrome, *, limit: int = LIMIT) -> dict[str, bytes]:
    """The files of a site's sitemap, by name, each also as `.gz`.

    Up to `limit` pages are one `sitemap.xml`; more are `sitemap-1.xml` and so on, and
    `sitemap.xml` is their index.

    Raises:
        ValueError: If the site does not know its own address.
    """
    rows = _rows(pages, chrome)
    files: dict[str, bytes] = {}
    if len(rows) <= limit:
        files["sitemap.xml"] = _document("urlset", "url", rows)
    else:
        index: list[_Row] = []
        for n, start in enumerate(range(0, len(rows), limit), start=1):
            part = rows[start : start + limit]
            files[f"sitemap-{n}.xml"] = _document("urlset", "url", part)
            newest = max((day for _, day in part if day), default=None)
            index.append((absolute(chrome, f"sitemap-{n}.xml"), newest))
        files["sitemap.xml"] = _document("sitemapindex", "sitemap", index)
    return files | {f"{name}.gz": compressed(data) for name, data in files.items()}


def sitemap_names(pages: int, *, limit: int = LIMIT) -> tuple[str, ...]:
    """The names of the files that `sitemaps` makes of so many pages, in its order."""
    parts = range(1, -(-pages // limit) + 1) if pages > limit else ()
    names = (*(f"sitemap-{n}.xml" for n in parts), "sitemap.xml")
    return (*names, *(f"{name}.gz" for name in names))


def robots(chrome: Chrome, names: Iterable[str]) -> bytes | None:
    """`robots.txt`: everybody may read everything, and where the sitemaps are.

    None where the site is published below a path: robots ask at the root of a host alone, and
    that file is for whoever has the host to write.

    Raises:
        ValueError: If the site does not know its own address.
    """
    if urlsplit(root(chrome, "robots.txt")).path != "/":
        return None
    lines = ["User-agent: *", "Allow: /", ""]
    lines += [f"Sitemap: {absolute(chrome, name)}" for name in names]
    return ("\n".join(lines) + "\n").encode()


def compressed(data: bytes) -> bytes:
    """Gzip whose bytes depend on `data` alone: no time, no file name, no system."""
    buffer = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()


def _rows(pages: Iterable[_Row], chrome: Chrome) -> list[_Row]:
    root(chrome, "a sitemap")
    return sorted(((absolute(chrome, url), day) for url, day in pages), key=lambda row: row[0])


def _document(kind: str, element: str, rows: Sequence[_Row]) -> bytes:
    document = ET.Element(kind, xmlns=_NAMESPACE)
    for address, day in rows:
        entry = ET.SubElement(document, element)
        ET.SubElement(entry, "loc").text = clean(address)
        if day:
            ET.SubElement(entry, "lastmod").text = day.isoformat()
    buffer = BytesIO()
    ET.ElementTree(document).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue() + b"\n"
