"""A published page as a reader sees it and as a machine reads it, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib

Node = dict[str, Any]


def no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different."""
    found = dict(pairs)
    assert len(found) == len(pairs), f"a key is repeated: {[key for key, _ in pairs]}"
    return found


def strict_json(text: str | bytes) -> Any:
    """JSON by the letter: no NaN, no repeated key."""
    return json.loads(text, parse_constant=no_constant, object_pairs_hook=once)


def words(element: Element) -> str:
    """The text of an element, as it is read."""
    return " ".join("".join(element.itertext()).split())


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a JSON document with its value, at every depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def _types(node: Node) -> list[str]:
    """What a node is: one type, or a list of them."""
    kinds: str | list[str] = node["@type"]
    return [kinds] if isinstance(kinds, str) else kinds


@dataclass(frozen=True)
class Page:
    """A page of a built site."""

    path: str
    html: str
    root: str
    """Where the site is published, with a trailing `/`."""

    @property
    def url(self) -> str:
        return self.root + self.path.removesuffix("index.html")

    @cached_property
    def tree(self) -> Element:
        parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
            self.html
        )
        return parsed

    # As a machine reads it

    @cached_property
    def meta(self) -> Mapping[str, list[str]]:
        """By `name` or `property`, in order."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            name = element.get("name") or element.get("property")
            if name:
                found.setdefault(name, []).append(element.get("content", ""))
        return found

    def says(self, name: str) -> str:
        """The one value of a name in the head; empty for none."""
        values = self.meta.get(name, [])
        assert len(values) <= 1, f"{self.path}: {name} is said {len(values)} times"
        return values[0] if values else ""

    def head_links(self, rel: str) -> list[str]:
        return [
            urljoin(self.url, element.get("href", ""))
            for element in self.tree.iter("link")
            if element.get("rel") == rel
        ]

    @cached_property
    def graph(self) -> list[Node]:
        """The nodes of its structured data; empty for none."""
        scripts = [
            "".join(element.itertext())
            for element in self.tree.iter("script")
            if element.get("type") == "application/ld+json"
        ]
        assert len(scripts) <= 1
        if not scripts:
            return []
        document = strict_json(scripts[0])
        assert set(document) == {"@context", "@graph"}
        nodes: list[Node] = document["@graph"]
        return nodes

    def node(self, kind: str) -> Node:
        found = [node for node in self.graph if kind in _types(node)]
        assert len(found) == 1, f"{self.path}: {[node['@type'] for node in self.graph]}"
        return found[0]

    @property
    def kinds(self) -> set[str]:
        return {kind for node in self.graph for kind in _types(node)}

    @property
    def indexed(self) -> bool:
        return "noindex" not in self.says("robots")

    # As a reader sees it

    def seen(self, name: str) -> list[Element]:
        """Elements of a class, or with an id that is given as `#id`."""
        if name.startswith("#"):
            return [e for e in self.tree.iter() if e.get("id") == name[1:]]
        return [e for e in self.tree.iter() if name in e.get("class", "").split()]

    @property
    def main(self) -> Element:
        return next(self.tree.iter("main"))

    @property
    def heading(self) -> str:
        return words(next(self.tree.iter("h1")))

    def links(self, element: Element) -> list[tuple[str, str]]:
        """Text and absolute address of the links in an element, in order."""
        return [
            (words(link), urljoin(self.url, link.get("href", ""))) for link in element.iter("a")
        ]

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [link for element in self.seen("breadcrumb") for link in self.links(element)]


def pages(files: Mapping[str, bytes], root: str) -> list[Page]:
    """The pages of a built site, redirects left out."""
    return [
        Page(path, content.decode("utf-8"), root)
        for path, content in sorted(files.items())
        if path.endswith(".html") and b'http-equiv="refresh"' not in content
    ]
