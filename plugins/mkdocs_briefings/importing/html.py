"""An HTML page → its article as Markdown, with what the page says of itself."""

from __future__ import annotations

import base64
import binascii
import re

from bs4 import BeautifulSoup, Comment, Tag

from ..reading.nodes import Fault
from .html_markdown import article
from .html_notes import take_notes, with_notes
from .html_page import Page, about, attribute

DEPTH = 120
"""Deepest nesting of elements that is taken."""
ELEMENTS = 200_000
_SILENT = ("head", "meta", "link", "title", "base")
_DROPPED = (
    "script style noscript iframe object embed applet form input button select textarea svg math "
    "template canvas video audio dialog"
).split()
_CHROME = ("nav", "footer", "aside")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text of an HTML file: UTF-8, else as it says itself, else Windows' Latin letters.

    Raises:
        Fault: If it says an encoding that is none.
    """
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    said = _CHARSET.search(data[:4096])
    try:
        return data.decode(said[1].decode() if said else "cp1252", "strict")
    except (UnicodeDecodeError, LookupError):
        raise Fault("not-utf8", 1, 1, "it is in no encoding that we know") from None


def read(text: str, *, whole: bool = False) -> Page:
    """Take the article out of a page. With `whole`, the text is a fragment that is all article.

    Raises:
        Fault: If it is nested too deeply or holds too many elements.
    """
    if text.count("<") > ELEMENTS:
        raise Fault("too-large", 1, 1, f"over {ELEMENTS:,} elements")
    soup = BeautifulSoup(text, "html.parser")
    _shallow(soup)
    page = Page()
    about(soup, page)
    main = soup if whole else _main(soup, page)
    _pictures(main, page)
    _clean(main, page)
    notes = take_notes(main)
    _title(main, page)
    _levels(main)
    _boxes(main)
    body = with_notes(article(main), notes)
    page.body = body + "\n" if body else ""
    return page


def _shallow(soup: BeautifulSoup) -> None:
    depths: dict[int, int] = {id(soup): 0}
    for element in soup.descendants:
        if isinstance(element, Tag):
            depth = depths[id(element)] = depths.get(id(element.parent), 0) + 1
            if depth > DEPTH:
                line = element.sourceline or 1
                raise Fault("too-deep", line, 1, f"elements nested over {DEPTH} deep")


def _main(soup: BeautifulSoup, page: Page) -> Tag:
    body = soup.find("body")
    whole = body if isinstance(body, Tag) else soup
    articles = whole.find_all("article")
    main = whole.find("main") or whole.find(role="main") or whole
    if len(articles) == 1:
        main = articles[0]
    assert isinstance(main, Tag)
    if main is not whole:
        inside = main.extract()
        for tag in whole.find_all(["script", "style", "noscript"]):
            tag.extract()
        rest = whole.get_text(" ", strip=True)
        if rest:
            page.note("text-left", rest, "outside the article")
        return inside
    return whole


def _clean(main: Tag, page: Page) -> None:
    """Drop what may not be, and what belongs to the page and not to the text."""
    for comment in main.find_all(string=lambda text: isinstance(text, Comment)):
        if comment.strip():
            page.note("html-dropped", f"<!--{comment}-->", "a comment: readers never saw it")
        comment.extract()
    for name in _SILENT:
        for tag in main.find_all(name):
            tag.extract()
    for tag in main.find_all([*_DROPPED, *_CHROME]):
        if tag.parent is None:
            continue
        tag.extract()
        address = attribute(tag, "src") or attribute(tag, "data")
        words = tag.get_text(" ", strip=True)
        what = f"<{tag.name}>" + (f" {address}" if address else "")
        line = tag.sourceline or 0
        column = (tag.sourcepos or 0) + 1
        if tag.name in _CHROME and words:
            page.note("text-left", words, f"in <{tag.name}>, not part of the text", line, column)
        else:
            page.note("html-dropped", f"{what} {words}".strip(), "taken out", line, column)


def _title(main: Tag, page: Page) -> None:
    """The first heading of level 1 is the title and leaves the text; a summary may follow it."""
    heading = main.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        page.title = heading.get_text(" ", strip=True)
        heading.extract()
    dek = main.find(class_="briefing-summary")
    if isinstance(dek, Tag):
        page.summary = page.summary or dek.get_text(" ", strip=True)
        dek.extract()
    page.title = " ".join(page.title.split())


def _levels(main: Tag) -> None:
    """Headings under a title begin at level 2."""
    if not main.find("h1"):
        return
    for level in range(5, 0, -1):
        for heading in main.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"


def _boxes(main: Tag) -> None:
    """Cells without a head row get one, as Markdown's tables have no other form."""
    for table in main.find_all("table"):
        caption = table.find("caption")
        if isinstance(caption, Tag):
            caption.name = "p"
            table.insert_before(caption.extract())


def _pictures(main: Tag, page: Page) -> None:
    """Pictures inside the file get a name, by which the text shows them."""
    for image in main.find_all("img"):
        source = attribute(image, "src")
        found = re.match(r"data:image/([\w.+-]+);base64,", source)
        if not found:
            continue
        ending = {"jpeg": "jpg", "svg+xml": "svg"}.get(found[1], found[1])
        name = f"embedded-{len(page.images) + 1}.{ending}"
        try:
            page.images[name] = base64.b64decode(source[found.end() :], validate=False)
        except (binascii.Error, ValueError):
            page.note("image-missing", source[:60], "its data cannot be read")
            image.extract()
            continue
        image["src"] = name
