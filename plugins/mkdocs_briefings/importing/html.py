"""An HTML page → its article as Markdown, with what the page says of itself."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import MarkdownConverter

from ..reading.nodes import Fault
from ..reading.raw_escape import as_typed
from .records import Finding

DEPTH = 120
"""Deepest nesting of elements that is taken."""
ELEMENTS = 200_000
_SILENT = ("head", "meta", "link", "title", "base")
_DROPPED = (
    "script style noscript iframe object embed applet form input button select textarea svg math "
    "template canvas video audio dialog"
).split()
_CHROME = ("nav", "footer", "aside")
_NOTE_OPEN, _NOTE_CLOSE = "\ue000", "\ue001"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LANGUAGE_CLASS = re.compile(r"(?:lang(?:uage)?|highlight|brush)[-:]\s*([\w+#-]+)")


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
    _about(soup, page)
    main = soup if whole else _main(soup, page)
    _pictures(main, page)
    _clean(main, page)
    notes = _footnotes(main)
    _title(main, page)
    _levels(main)
    _boxes(main)
    body = _Markdown(
        heading_style="ATX",
        bullets="-",
        table_infer_header=True,
        code_language_callback=_language,
        strip=["span", "section", "article", "main", "header", "font", "center"],
    ).convert_soup(main)
    body = re.sub(r"[ \t]+\n", lambda m: "  \n" if m[0].startswith("  ") else "\n", body)
    body = re.sub(r"\n{3,}", "\n\n", body).strip()
    for number, note in enumerate(notes, 1):
        told = re.sub(r"\s*\n\s*", " ", _Markdown().convert_soup(note)).strip()
        body += ("\n\n" if number == 1 else "\n") + f"[^{number}]: {told}"
    body = re.sub(f"{_NOTE_OPEN}(\\d+){_NOTE_CLOSE}", r"[^\1]", body)
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


def _about(soup: BeautifulSoup, page: Page) -> None:
    """What the head says."""
    metas: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name = _word(meta, "property") or _word(meta, "name") or _word(meta, "itemprop")
        if name and _word(meta, "content").strip():
            metas.setdefault(name.lower(), []).append(_word(meta, "content").strip())
    linked = _linked(soup)

    def first(*names: str) -> str:
        return next((metas[name][0] for name in names if metas.get(name)), "")

    html = soup.find("html")
    page.lang = _word(html, "lang") if isinstance(html, Tag) else ""
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
        if "canonical" in _word(link, "rel").split():
            page.canonical = _word(link, "href")
    if not page.date:
        time = soup.find("time", attrs={"datetime": True})
        page.date = _word(time, "datetime") if isinstance(time, Tag) else ""


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
        address = _word(tag, "src") or _word(tag, "data")
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
        source = _word(image, "src")
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


def _footnotes(main: Tag) -> list[Tag]:
    """Notes at the end of the text, in order of their marks, taken out; the marks stay."""
    targets = {_word(tag, "id"): tag for tag in main.find_all(id=True)}
    notes: list[Tag] = []
    numbers: dict[str, int] = {}
    for anchor in list(main.find_all("a", href=re.compile(r"\A#."))):
        name = _word(anchor, "href")[1:]
        note = targets.get(name)
        if note is None or note.name not in {"li", "div", "p"} or _is_inside(anchor, note):
            continue
        own = {_word(anchor, "id")} | {_word(parent, "id") for parent in anchor.parents}
        back = [a for a in note.find_all("a", href=True) if _word(a, "href")[1:] in own - {""}]
        if not back:
            continue
        if name not in numbers:
            notes.append(note)
            numbers[name] = len(notes)
        mark = anchor
        parent = anchor.parent
        if isinstance(parent, Tag) and parent.name == "sup":
            mark = parent
        mark.replace_with(f"{_NOTE_OPEN}{numbers[name]}{_NOTE_CLOSE}")
        for link in back:
            link.extract()
    for note in notes:
        around = note.parent
        note.extract()
        note.name = "div"
        while isinstance(around, Tag) and around is not main and not around.get_text(strip=True):
            empty, around = around, around.parent
            rule = empty.find_previous_sibling()
            empty.extract()
            if isinstance(rule, Tag) and rule.name == "hr" and not rule.find_next_sibling():
                rule.extract()
    return notes


def _is_inside(tag: Tag, other: Tag) -> bool:
    # By identity: to bs4, elements of one content are equal.
    return any(parent is other for parent in tag.parents)


def _language(element: Tag) -> str:
    """The language of a block of code, as highlighters note it in classes."""
    for tag in _near(element):
        classes = _word(tag, "class")
        found = _LANGUAGE_CLASS.search(classes)
        if found:
            return found[1]
        if _word(tag, "data-lang"):
            return re.sub(r"[^\w+#-]", "", _word(tag, "data-lang"))
    return ""


def _near(element: Tag) -> Iterator[Tag]:
    yield element
    code = element.find("code")
    if isinstance(code, Tag):
        yield code
    for parent in list(element.parents)[:2]:
        if isinstance(parent, Tag):
            yield parent


def _word(tag: Tag, name: str) -> str:
    value = tag.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return str(value) if value is not None else ""


class _Markdown(MarkdownConverter):
    """Markdown as ours is written; what has no Markdown stays as the element it is."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """What was text stays text, by the rules of our Markdown."""
        return as_typed(text) if text else ""

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sub>{text}</sub>" if text.strip() else ""

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sup>{text}</sup>" if text.strip() else ""

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{' '.join(text.split())}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f":   {text.strip().replace(chr(10), chr(10) + '    ')}\n"
