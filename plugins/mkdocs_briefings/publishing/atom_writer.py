"""Atom through feedgenerator, with what its Atom feed leaves out.

The library writes one author an entry, summaries as HTML, categories without labels, no language
of an entry, and takes the clock where a feed is empty; entries, of which there are thousands, are
written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.feedgenerator import rfc3339_date

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


def children(entry: Told) -> bytes:
    """What stands in the `<entry>` of an entry, UTF-8: of texts that `clean` has seen."""
    pieces = [
        _element("title", entry.title),
        f'<link href={quoteattr(entry.url)} rel="alternate"/>',
        _element("published", rfc3339_date(entry.published)),
        _element("updated", rfc3339_date(entry.updated)),
        _element("id", entry.id),
        _element("content", entry.html, ' type="html"'),
    ]
    pieces += [_author(person.name, person.url) for person in entry.authors]
    if entry.summary:
        pieces.append(_element("summary", entry.summary, ' type="text"'))
    pieces += [_category(key, title) for key, title in entry.topics]
    return "".join(pieces).encode()


# Both of each entry, and many have the same.
@lru_cache(maxsize=4096)
def _author(name: str, url: str) -> str:
    address = _element("uri", url) if url else ""
    return f"<author>{_element('name', name)}{address}</author>"


@lru_cache(maxsize=4096)
def _category(key: str, title: str) -> str:
    return f"<category label={quoteattr(title)} term={quoteattr(key)}/>"


def _element(name: str, text: str, attributes: str = "") -> str:
    """An element as the library writes it."""
    if not text:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{escape(text)}</{name}>"


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
