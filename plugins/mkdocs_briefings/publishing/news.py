"""The news sitemap: briefings first published in the last two days, for news search.

It depends on the clock, as its readers ask: a site that wants it true builds every day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

from ..catalog.briefing import Briefing
from ..viewing.parts import Chrome
from ..viewing.records import BriefingView
from .text import absolute, clean, moment, root

FILE = "news-sitemap.xml"
LIMIT = 1_000
"""Most briefings in it, by its readers' rules."""
WINDOW = timedelta(days=2)

_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def may_be_news(briefing: Briefing, now: datetime) -> bool:
    """Whether a briefing may be in the news sitemap at a moment: surely not, where this is not so.

    Days begin and end up to a day apart round the world.
    """
    return abs(now.date() - briefing.published) <= WINDOW + timedelta(days=2)


def news_sitemap(briefings: Iterable[BriefingView], chrome: Chrome, now: datetime) -> bytes:
    """The news sitemap at a moment, newest first; valid when there is no news.

    A day without a time counts from its midnight UTC, as in feeds. What is not published, or not
    to be indexed, is left out.

    Raises:
        ValueError: If the site does not know its own address.
    """
    root(chrome, "a news sitemap")
    fresh = [
        view
        for view in briefings
        if not view.noindex and now - WINDOW <= moment(view.published_iso) <= now
    ]
    fresh.sort(key=lambda view: (moment(view.published_iso), view.url), reverse=True)
    document = ET.Element("urlset", _NAMESPACES)
    for view in fresh[:LIMIT]:
        entry = ET.SubElement(document, "url")
        ET.SubElement(entry, "loc").text = absolute(chrome, view.url)
        news = ET.SubElement(entry, "news:news")
        publication = ET.SubElement(news, "news:publication")
        ET.SubElement(publication, "news:name").text = clean(chrome.name)
        ET.SubElement(publication, "news:language").text = language(view.lang or chrome.lang)
        ET.SubElement(news, "news:publication_date").text = view.published_iso
        ET.SubElement(news, "news:title").text = clean(view.title)
    buffer = BytesIO()
    ET.ElementTree(document).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue() + b"\n"


def language(tag: str) -> str:
    """A language as news search wants it: two letters, or three, and Chinese by its script.

    >>> language("en-GB"), language("zh-Hant"), language("zh")
    ('en', 'zh-tw', 'zh-cn')
    """
    first, *rest = tag.lower().split("-")
    if first != "zh":
        return first
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-cn"
