"""Atom through feedgenerator, with what its Atom feed leaves out.

The library writes one author an entry, summaries as HTML, categories without labels, no language
of an entry, and takes the clock where a feed is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from feedgenerator import Atom1Feed

from ..viewing.parts import Chrome
from .entries import Feed, Told, Written
from .text import ICON, absolute, clean

EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: Atom asks for a moment, and nothing has happened."""


_END: Final = b"</feed>"


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["icon"])

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Told = item["told"]
        for person in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            if person.url:
                handler.addQuickElement("uri", person.url)
            handler.endElement("author")
        if entry.summary:
            handler.addQuickElement("summary", entry.summary, {"type": "text"})
        for key, title in entry.topics:
            handler.addQuickElement("category", None, {"term": key, "label": title})


def children(entry: Told) -> bytes:
    """What stands in the `<entry>` of an entry, UTF-8."""
    document = _Atom(title="", link="", description="")
    document.add_item(
        title=entry.title,
        link=entry.url,
        description=None,
        content=entry.html,
        pubdate=entry.published,
        updateddate=entry.updated,
        unique_id=entry.id,
        told=entry,
    )
    handler = _Handler()
    document.add_item_elements(handler, document.items[0])
    return "".join(handler.pieces).encode()


class _Handler:
    """Writes what the library's own does, which takes five times as long: of texts that `clean`
    has seen, and with no text beside elements."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        self.pieces.append(f"<{name}{_written(attrs)}>")

    def endElement(self, name: str) -> None:
        self.pieces.append(f"</{name}>")

    def addQuickElement(
        self, name: str, contents: str | None = None, attrs: Mapping[str, str] | None = None
    ) -> None:
        tag = f"{name}{_written(attrs)}" if attrs else name
        self.pieces.append(f"<{tag}>{escape(contents)}</{name}>" if contents else f"<{tag}/>")


def _written(attrs: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in sorted(attrs.items()))


def write(feed: Feed, entries: Sequence[Written], chrome: Chrome) -> bytes:
    """A feed as an Atom document, UTF-8. Its id is its own address."""
    address = absolute(chrome, feed.atom_url)
    document = _Atom(
        title=clean(feed.title),
        link=absolute(chrome, feed.home),
        description=clean(feed.description),
        language=feed.lang,
        # Stands for entries that nobody signed, and makes a feed without entries valid.
        author_name=clean(chrome.name),
        author_link=absolute(chrome, ""),
        feed_url=address,
        feed_guid=address,
        icon=absolute(chrome, ICON),
        feed_copyright=clean(chrome.licence) or None,
        updated=max((entry.updated for entry in entries), default=EMPTY),
    )
    head = document.writeString("utf-8").encode().removesuffix(_END)
    return b"".join([head, *(_entry(each, feed.lang) for each in entries), _END, b"\n"])


def _entry(entry: Written, lang: str) -> bytes:
    said = "" if entry.lang == lang else f" xml:lang={quoteattr(entry.lang)}"
    return b"<entry%s>%s</entry>" % (said.encode(), entry.atom)
