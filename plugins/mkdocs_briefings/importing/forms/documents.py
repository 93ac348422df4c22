"""Documents without a site: HTML pages, Word files and Markdown texts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ...reading.nodes import Fault
from .. import dates
from ..places import ENOUGH
from ..records import Item, Site
from ..tree import Tree
from . import Form
from .common import BODY_LIMIT, MARKDOWN, dated, item_of, named, refuse

HTML = (".html", ".htm", ".xhtml")
HTML_LIMIT = 8 << 20
_RAW = (".txt", ".text")


def is_document(name: str) -> bool:
    """Whether a file of that name, given by itself, is a document and no raw text."""
    return name.lower().endswith((*HTML, *MARKDOWN, ".docx"))


def detect(tree: Tree) -> str:
    files = list(tree.files)
    found = next((path for path in files if path.lower().endswith((*HTML, ".docx"))), "")
    if found or any(path.lower().endswith(_RAW) for path in files):
        return found
    return next((path for path in files if path.lower().endswith(MARKDOWN)), "")


def read(tree: Tree) -> Site:
    site = Site(form="documents", dialect="plain")
    canonical: dict[str, int] = {}
    for path in tree.files:
        lowered = path.lower()
        item: Item | None = None
        if lowered.endswith(MARKDOWN):
            item = item_of(tree, path, "briefing", site)
        elif lowered.endswith((*HTML, ".docx")):
            item = _document(tree, path, site)
        if item is None:
            continue
        if not item.url:
            item.url = f"/{path}"
        elif "://" in item.url:
            host = urlsplit(item.url).netloc
            canonical[host] = canonical.get(host, 0) + 1
            item.url = urlsplit(item.url).path or "/"
        if not dated(item):
            item.day = None
        site.items.append(item)
    for host, n in sorted(canonical.items(), key=lambda each: -each[1])[:1]:
        if n >= min(ENOUGH, len(site.items)):
            site.bases = [f"https://{host}/"]
    return site


def _document(tree: Tree, path: str, site: Site) -> Item | None:
    from .. import docx, html

    try:
        if path.lower().endswith(".docx"):
            page = docx.read(tree.data(path, docx.FILE_LIMIT))
        else:
            page = html.read(html.decode(tree.data(path, HTML_LIMIT)))
        if len(page.body.encode("utf-8", "replace")) > BODY_LIMIT:
            raise Fault("too-large", 1, 1, f"its text is over {BODY_LIMIT >> 20} MiB")
    except RecursionError:
        refuse(site, path, Fault("too-deep", 1, 1, "nested too deeply"))
        return None
    except Fault as fault:
        refuse(site, path, fault)
        return None
    item = Item(source=path, kind="briefing", body=page.body, title=page.title)
    named(item)
    values = item.matter.values
    for key, value in (("title", page.title), ("description", page.summary), ("date", page.date),
                       ("lang", page.lang)):  # fmt: skip
        if value:
            values[key] = value
    values |= {"authors": list(page.authors)} if page.authors else {}
    values |= {"tags": list(page.topics)} if page.topics else {}
    if page.date and path.lower().endswith(".docx"):
        # A property of the file, not a date that somebody gave the text.
        day = dates.moment(values.pop("date"))[0]  # type: ignore[arg-type]
        item.day = item.day or (dates.only_day(day) if day else None)
    item.images = page.images
    item.findings = list(page.findings)
    item.url = page.canonical if re.match(r"https?://", page.canonical) else ""
    return item


FORM = Form("documents", "documents", detect, read)
