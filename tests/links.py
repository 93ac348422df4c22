"""Whether every link of a built site leads somewhere: files and anchors, read from the HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ADDRESSES: Mapping[str, str] = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "form": "action",
    "object": "data",
}


@dataclass
class Html:
    """What a page points at and what can be pointed at on it."""

    links: list[str] = field(default_factory=list)
    """Addresses of `<a>`, in order of the source."""
    assets: list[str] = field(default_factory=list)
    """Everything else with an address: styles, scripts, pictures, feeds, canonical, refresh."""
    anchors: set[str] = field(default_factory=set)
    repeated: list[str] = field(default_factory=list)
    """Ids used more than once."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Html()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if anchor := values.get("id"):
            if anchor in self.page.anchors:
                self.page.repeated.append(anchor)
            self.page.anchors.add(anchor)
        if tag == "a" and (name := values.get("name")):
            self.page.anchors.add(name)
        address = values.get(ADDRESSES.get(tag, ""))
        if address is not None:
            (self.page.links if tag == "a" else self.page.assets).append(address.strip())
        for candidate in (values.get("srcset") or "").split(","):
            if candidate.strip():
                self.page.assets.append(candidate.split()[0])
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            _, _, target = (values.get("content") or "").partition("=")
            self.page.assets.append(target.strip(" '\""))


def parse(text: str) -> Html:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Part(HTMLParser):
    """Reads the links within elements of one class."""

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.links: list[str] = []
        self.inside: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        within = bool(self.inside and self.inside[-1])
        within = within or self.name in (values.get("class") or "").split()
        if tag == "a" and within and (address := values.get("href")):
            self.links.append(address)
        if tag not in self.VOID:
            self.inside.append(within)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.inside.pop()


def links_within(text: str, name: str) -> list[str]:
    """Addresses of the links inside elements of class `name`; the page must be well formed.

    >>> links_within('<a href="x">x</a><p class="a b"><br><a href="y">y</a></p>', "b")
    ['y']
    """
    reader = _Part(name)
    reader.feed(text)
    reader.close()
    return reader.links


def citations(files: Mapping[str, bytes], part: str) -> set[tuple[str, str]]:
    """Links from briefing to briefing within a part of the page: pairs of (page, target)."""
    found = set()
    for path, content in files.items():
        if path.startswith("briefings/") and path.endswith(".html"):
            for address in links_within(content.decode(), part):
                target = urldefrag(urljoin(f"/{path}", address)).url.removeprefix("/")
                target += "index.html" if target.endswith("/") else ""
                if target in files and target.startswith("briefings/") and target != path:
                    found.add((path, target))
    return found


def broken(files: Mapping[str, bytes], root: str = "https://site.test/") -> list[str]:
    """Every address within the site that leads to no file or no anchor, as `page -> address`.

    Args:
        files: A built site by path.
        root: Where it is published, with a trailing `/`; addresses elsewhere are not followed.
    """
    pages = {path: parse(text.decode()) for path, text in files.items() if path.endswith(".html")}
    faults = []
    for path, page in pages.items():
        here = urljoin(root, path)
        for address in [*page.links, *page.assets]:
            if fault := _fault(urljoin(here, address), root, files, pages):
                faults.append(f"{path} -> {address}: {fault}")
    for path, text in files.items():
        for address in _addresses(path, text):
            if fault := _fault(urljoin(urljoin(root, path), address), root, files, pages):
                faults.append(f"{path} -> {address}: {fault}")
    return faults


def _addresses(path: str, content: bytes) -> list[str]:
    """Addresses in stylesheets, feeds and the sitemap."""
    if path.endswith(".css"):
        return re.findall(r"url\(['\"]?(?!data:)([^)'\"]+)", content.decode())
    if path.endswith(".xml"):
        return re.findall(r"(?:<loc>|<link>|href=\")([^<\"]+)", content.decode())
    return []


def _fault(
    url: str, root: str, files: Mapping[str, bytes], pages: Mapping[str, Html]
) -> str | None:
    address, fragment = urldefrag(url)
    if not address.startswith(root):
        at, base = urlsplit(address), urlsplit(root)
        # Of this host, but outside of the folder it is published in.
        return "leaves the site" if at[:2] == base[:2] else None
    path = unquote(urlsplit(address).path.removeprefix(urlsplit(root).path))
    if path.endswith("/") or not path:
        path += "index.html"
    if path not in files:
        return "no such file"
    if fragment and path in pages and unquote(fragment) not in pages[path].anchors:
        return "no such anchor"
    return None
