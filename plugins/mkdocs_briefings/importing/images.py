"""Pictures of the old tree that texts show: found, judged and given a name with us."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from ..reading.folder import IMAGE_LIMIT, is_image
from ..reading.nodes import Fault
from .records import Item, Site
from .tree import Tree

ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "avif")


@dataclass(slots=True)
class Images:
    """The pictures taken so far."""

    tree: Tree
    site: Site
    taken: dict[str, str] = field(default_factory=dict)
    """Source path → path in the content folder."""
    inside: dict[str, bytes] = field(default_factory=dict)
    """Path in the content folder → content, of pictures that were inside a document."""
    why: dict[str, str] = field(default_factory=dict)
    """Why a source file may not be published; empty for what may."""
    names: set[str] = field(default_factory=set)

    def find(self, address: str, item: Item) -> tuple[str, str]:
        """The path in the content folder of the picture at an address, and why there is none."""
        address = unquote(address.partition("#")[0].partition("?")[0]).strip()
        if address in item.images:
            return self._embedded(address, item)
        for source in self._candidates(address, item):
            if source in self.tree:
                return self._take(source)
        return "", "it is not in the tree"

    def _candidates(self, address: str, item: Item) -> Sequence[str]:
        bare = address.lstrip("/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(item.source), address))
        starts = ["", *self.site.statics, self.site.content]
        return ([] if address.startswith("/") else [beside]) + [
            posixpath.normpath(start + bare) for start in starts
        ]

    def _take(self, source: str) -> tuple[str, str]:
        if source in self.taken:
            return self.taken[source], ""
        if source not in self.why:
            self.why[source] = self._fault(source)
        if self.why[source]:
            return "", self.why[source]
        self.taken[source] = self._named(source)
        return self.taken[source], ""

    def _fault(self, source: str) -> str:
        ending = source.rpartition(".")[2].lower()
        if ending not in ENDINGS:
            return f"a .{ending} picture is not published: save it as png, webp or avif"
        try:
            data = self.tree.data(source, IMAGE_LIMIT)
        except Fault as fault:
            return str(fault)
        return (
            "" if is_image(ending, data[:32]) else f"its content is not that of a .{ending} image"
        )

    def _named(self, source: str) -> str:
        inner = source
        for start in sorted([*self.site.statics, self.site.content], key=len, reverse=True):
            if start and source.startswith(start):
                inner = source[len(start) :]
                break
        folder, _, name = inner.rpartition("/")
        stem, _, ending = name.rpartition(".")
        parts = [_clean(part) for part in folder.split("/") if part]
        if parts[:1] in (["images"], ["img"]):
            parts = parts[1:]
        return self._free("/".join(["images", *parts, _clean(stem)]), ending.lower())

    def _embedded(self, name: str, item: Item) -> tuple[str, str]:
        data = item.images[name]
        ending = name.rpartition(".")[2].lower()
        if ending not in ENDINGS or not is_image(ending, data[:32]) or len(data) > IMAGE_LIMIT:
            return "", f"a .{ending} picture of the document that may not be published"
        known = f"{item.source}\0{name}"
        if known not in self.taken:
            self.taken[known] = self._free(f"images/{item.slug}-{len(self.inside) + 1}", ending)
            self.inside[self.taken[known]] = data
        return self.taken[known], ""

    def _free(self, stem: str, ending: str) -> str:
        name, n = f"{stem}.{ending}", 1
        while name.casefold() in self.names:
            n += 1
            name = f"{stem}-{n}.{ending}"
        self.names.add(name.casefold())
        return name


def _clean(part: str) -> str:
    """A name that the content folder takes, made of an old one."""
    plain = unicodedata.normalize("NFC", part)
    return re.sub(r"[^\w-]+", "-", plain).strip("-")[:60] or "x"
