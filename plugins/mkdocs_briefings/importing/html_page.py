"""What an HTML page gave, and what its head says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

from .records import Finding


@dataclass(slots=True)
class Page:
    """What an HTML page gave."""

    title: str = ""
    body: str = ""
    date: str = ""
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    summary: str = ""
    lang: str = ""
    canonical: str = ""
    images: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, what: str, why: str = "", line: int = 0, column: int = 1) -> None:
        self.findings.append(Finding(code, line, column, what, why))


def about(soup: BeautifulSoup, page: Page) -> None:
    """What the head says."""
    metas: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name = attribute(meta, "property") or attribute(meta, "name") or attribute(meta, "itemprop")
        if name and attribute(meta, "content").strip():
            metas.setdefault(name.lower(), []).append(attribute(meta, "content").strip())
    linked = _linked(soup)

    def first(*names: str) -> str:
        return next((metas[name][0] for name in names if metas.get(name)), "")

    html = soup.find("html")
    page.lang = attribute(html, "lang") if isinstance(html, Tag) else ""
    page.summary = first("description", "og:description", "dcterms.abstract")
    page.date = first(
        "article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created",
        "datepublished", "pubdate", "parsely-pub-date",
    ) or str(linked.get("datePublished", ""))  # fmt: skip
    names = (
        metas.get("author", []) or metas.get("dc.creator", []) or metas.get("citation_author", [])
    )
    if not names:
        author = linked.get("author")
        people = author if isinstance(author, list) else [author]
        names = [str(p.get("name", "")) if isinstance(p, dict) else str(p or "") for p in people]
    page.authors = [name for name in names if name and "://" not in name]
    page.topics = metas.get("article:tag", []) or [
        word.strip() for word in first("keywords").split(",") if word.strip()
    ]
    title = soup.find("title")
    page.title = first("og:title") or (title.get_text(" ", strip=True) if title else "")
    for link in soup.find_all("link"):
        if "canonical" in attribute(link, "rel").split():
            page.canonical = attribute(link, "href")
    if not page.date:
        time = soup.find("time", attrs={"datetime": True})
        page.date = attribute(time, "datetime") if isinstance(time, Tag) else ""


def _linked(soup: BeautifulSoup) -> Mapping[str, Any]:
    """The structured data of an article, as far as it is plain."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            found = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        every = found if isinstance(found, list) else [found]
        for entry in every:
            if isinstance(entry, dict) and "datePublished" in entry:
                return entry
    return {}


def attribute(tag: Tag, name: str) -> str:
    """An attribute as it is written; empty where there is none."""
    value = tag.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return str(value) if value is not None else ""
