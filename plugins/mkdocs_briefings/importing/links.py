"""Links and pictures of a body, rewritten so that they work in the content folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..catalog.markup import BLOCK, SCHEMES, scheme
from .images import ENDINGS, Images
from .places import Place, Places
from .records import Item
from .sheet import Sheet, within

_OPEN = re.compile(r"\]\([ \t]*")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"(?<=[\s\"'])(href|src)\s*=\s*"
    r"(?:\"((?:\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}|[^\"\n])*)\"|'((?:\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}|[^'\n])*)')"
)
_AUTO = re.compile(r"<(https?://[^\s<>]+)>")
_TAG = re.compile(r"\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}")
_PLAIN = re.compile(r"(?:\\.|[^\s()\\<>]|\((?:\\.|[^\s()\\])*\))+")
_RAW_LINK = re.compile(r"<a\s[^<>]*\Z")
_ENDS = re.compile(r"</a\s*>", re.IGNORECASE)
_SIMPLE = re.compile(r"[^\[\]|<>{}`]+")
_BLOCK_LINE = re.compile(rf"\s*</?(?:{'|'.join(sorted(BLOCK))})\b", re.IGNORECASE)
Evaluate = Callable[[str, Item], str]
"""Marks of the old site's template language in an address → what they mean there."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a body."""

    start: int
    end: int
    address: str
    kind: str
    """`inline`, `defined`, `attribute` or `auto`."""
    picture: bool = False
    whole: int = 0
    """Of an attribute, where its name begins."""


def addresses(sheet: Sheet) -> Iterator[Found]:
    """Every address of a link or picture, in no order; none in code."""
    text = sheet.text
    for opened in _OPEN.finditer(text):
        if not sheet.in_code(opened.start()):
            start, end = destination(text, opened.end())
            if end > start:
                before = sheet.opening(opened.start())
                picture = before > 0 and text[before - 1] == "!"
                yield Found(start, end, text[start:end].strip("<>"), "inline", picture)
    for opened in _DEFINED.finditer(text):
        if not sheet.in_code(opened.start()):
            start, end = destination(text, opened.end())
            if end > start:
                yield Found(start, end, text[start:end].strip("<>"), "defined")
    marks = [m.span() for m in _TAG.finditer(text)] if "{{" in text or "{%" in text else []
    for found in _ATTRIBUTE.finditer(text):
        if within(marks, found.start()):
            continue  # An argument of a shortcode.
        if not sheet.in_code(found.start()):
            group = 2 if found[2] is not None else 3
            picture = found[1] == "src"
            yield Found(
                found.start(group),
                found.end(group),
                found[group],
                "attribute",
                picture,
                found.start(),
            )
    for found in _AUTO.finditer(text):
        if not sheet.in_code(found.start()):
            yield Found(found.start(), found.end(), found[1], "auto")


def destination(text: str, start: int) -> tuple[int, int]:
    """The span of an address at `start`, which may hold template marks with spaces in them."""
    if text[start : start + 1] == "<":
        end = text.find(">", start)
        line = text.find("\n", start)
        return (start, end + 1) if end != -1 and (line == -1 or end < line) else (start, start)
    at = start
    while at < len(text):
        found = _TAG.match(text, at) or _PLAIN.match(text, at)
        if not found:
            break
        # An address ends where a mark begins that it does not hold from its start on.
        at = found.end()
        if found.re is _PLAIN:
            inner = _TAG.search(text, found.start(), min(len(text), found.end() + 200))
            if inner and found.start() < inner.start() < found.end():
                at = inner.start()
    return start, at


class Links:
    """Rewrites the addresses of bodies. Counts what it does, for the report."""

    def __init__(self, places: Places, images: Images, evaluate: Evaluate) -> None:
        self.places = places
        self.images = images
        self.evaluate = evaluate

    def rewrite(self, sheet: Sheet) -> list[tuple[int, int]]:
        """Note the edits of all links of a body; the spans of addresses, whose template marks are
        dealt with, in order."""
        done = []
        for found in addresses(sheet):
            meant = found.address
            if "{" in meant or meant.startswith("|"):
                meant = self.evaluate(meant, sheet.item)
            if "{{" in meant or "{%" in meant:
                self._unknown(sheet, found)
                done.append((found.start, found.end))
                continue
            if meant != found.address:
                done.append((found.start, found.end))
            self._one(sheet, found, meant.strip())
        return sorted(done)

    def _unknown(self, sheet: Sheet, found: Found) -> None:
        """A link whose address is made by a mark of no meaning to us: its text stays."""
        why = "the link's text was kept, its address was made by this tag"
        what = found.address
        if found.kind == "attribute":
            what = sheet.text[found.whole : found.end + 1]
        sheet.note("shortcode", found.start, what, why)
        if found.kind == "inline":
            named = re.search(r"[\"']([^\"']+)[\"']", found.address)
            span = self._whole(sheet, found, simple=False)
            if span:
                more = f" ({named[1]})" if named and not found.picture else ""
                label = missing(span[2], found.address) if found.picture else span[2]
                sheet.edit(span[0] - found.picture, span[1], label + more)
        elif found.kind == "attribute":
            sheet.edit(found.whole, found.end + 1, "")

    def _one(self, sheet: Sheet, found: Found, meant: str) -> None:
        if found.picture:
            self._picture(sheet, found, meant)
            return
        place = self.places.of_address(meant, sheet.item)
        if place is None:
            if scheme(meant) not in SCHEMES | {""}:
                self._refused(sheet, found, meant)
                return
            if meant != found.address:
                sheet.edit(found.start, found.end, meant)
            return
        if place.kind == "file":
            self._file(sheet, found, place)
        elif place.kind == "old":
            self._old(sheet, found, place.path)
        elif place.kind == "none":
            sheet.edit(found.start, found.end, _fit(place.path, found))
            why = "it leads to nothing in the tree, and where the old site stood is not known"
            sheet.note("link-nowhere", found.start, meant, why)
        elif place.kind == "made":
            self._made(sheet, found, place)
        else:
            self._ours(sheet, found, place, meant)

    def _refused(self, sheet: Sheet, found: Found, meant: str) -> None:
        """A scheme that no page keeps: the words stay, the link goes."""
        why = f"'{scheme(meant)}:' is no address for a page: its words were kept"
        sheet.note("html-dropped", found.start, found.address, why)
        if found.kind == "inline":
            span = self._whole(sheet, found, simple=False)
            if span:
                sheet.edit(span[0], span[1], span[2])
        elif found.kind == "defined":
            sheet.edit(found.start, found.end, "#")

    def _ours(self, sheet: Sheet, found: Found, place: Place, meant: str) -> None:
        item = sheet.item
        mark = f"#{place.fragment}" if place.fragment else ""
        if place.path == item.target:
            new = mark or posixpath.basename(place.path)
        else:
            new = relative(place.path, item) + mark
        sheet.edit(found.start, found.end, f"[{meant}]({new})" if found.kind == "auto" else new)
        code = "link-guessed" if place.guessed else "link-rewritten"
        sheet.note(code, found.start, found.address, new)

    def _made(self, sheet: Sheet, found: Found, place: Place) -> None:
        """Pages that no file stands for are reached by `[[topics/banks|text]]` alone."""
        span = self._whole(sheet, found)
        if span is None:
            base = self.places.site.bases
            address = found.address
            if "{" in address or not scheme(address):
                address = f"{base[0].rstrip('/')}/{place.path}/" if base else ""
            if address:
                self._old(sheet, found, address, f"write [[{place.path}]] by hand")
            else:
                sheet.edit(found.start, found.end, _fit(f"/{place.path}/", found))
                why = f"write [[{place.path}]] by hand"
                sheet.note("link-nowhere", found.start, found.address, why)
            return
        start, end, label = span
        sheet.edit(start, end, f"[[{place.path}|{label}]]")
        sheet.note("link-rewritten", found.start, sheet.text[start:end], f"[[{place.path}]]")

    def _whole(
        self, sheet: Sheet, found: Found, *, simple: bool = True
    ) -> tuple[int, int, str] | None:
        """The span of a link with its text, where it can be written as a wiki-link."""
        text = sheet.text
        if found.kind == "auto":
            return found.start, found.end, found.address
        if found.kind == "inline":
            close = text.rfind("](", 0, found.start + 1)
            start = sheet.opening(close)
            tail = re.compile(r"[ \t]*(?:\n?[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)").match(
                text, found.end
            )
            label = text[start + 1 : close]
            if start == close or not tail:
                return None
            end = tail.end()
        elif found.kind == "attribute":
            opened = _RAW_LINK.search(text, max(0, found.start - 300), found.start)
            closing = text.find(">", found.end)
            ends = _ENDS.search(text, max(closing, 0), closing + 1000)
            if not opened or closing == -1 or not ends:
                return None
            start, end = opened.start(), ends.end()
            label = text[closing + 1 : ends.start()]
            paragraph = text.rfind("\n\n", 0, start) + 1
            if _BLOCK_LINE.match(text, paragraph):
                return None
        else:
            return None
        label = " ".join(label.split())
        return (start, end, label) if _SIMPLE.fullmatch(label) or not simple else None

    def _old(self, sheet: Sheet, found: Found, address: str, why: str = "") -> None:
        if address != found.address:
            sheet.edit(found.start, found.end, _fit(address, found))
        told = f"leads to {address}" + (f"; {why}" if why else "")
        sheet.note("link-old-site", found.start, found.address, told)

    def _file(self, sheet: Sheet, found: Found, place: Place) -> None:
        if place.path.rpartition(".")[2].lower() in ENDINGS:
            path, why = self.images.find("/" + place.path, sheet.item)
            if path:
                new = relative(path, sheet.item)
                sheet.edit(found.start, found.end, _fit(new, found))
                sheet.note("link-rewritten", found.start, found.address, new)
                return
        bases = self.places.site.bases
        inner = place.path
        for static in [*self.places.site.statics, self.places.site.content]:
            inner = inner.removeprefix(static)
        if bases:
            address = bases[0].rstrip("/") + "/" + inner
            sheet.edit(found.start, found.end, _fit(address, found))
            why = f"{place.path} is not published; the link leads to {address}"
        else:
            why = f"{place.path} is not published: put it on a host and link to it there"
        sheet.note("file-missing", found.start, found.address, why)

    def _picture(self, sheet: Sheet, found: Found, meant: str) -> None:
        address = meant = meant.removeprefix("ref:")
        local = self._local(meant)
        if local is None:
            if meant != found.address:
                sheet.edit(found.start, found.end, meant)
            return
        path, why = self.images.find(local, sheet.item)
        if path:
            new = relative(path, sheet.item)
            sheet.edit(found.start, found.end, _fit(new, found))
            sheet.note("image-copied", found.start, meant, path)
            return
        bases = self.places.site.bases
        if not scheme(address) and bases:
            address = bases[0].rstrip("/") + "/" + local.lstrip("/")
        if scheme(address):
            self._linked(sheet, found, address)
            sheet.note("image-missing", found.start, meant, f"{why}; a link to {address} instead")
            return
        label = ""
        if found.kind == "inline":
            span = self._span(sheet, found)
            if span:
                label = span[2]
                meant = sheet.text[span[0] : span[1]]
                sheet.edit(span[0], span[1], missing(label, address))
        sheet.note("image-missing", found.start, meant, f"{why}; {label or 'its place is empty'}")

    def _linked(self, sheet: Sheet, found: Found, address: str) -> None:
        """A picture that stays elsewhere, as a link to it."""
        span = self._span(sheet, found) if found.kind == "inline" else None
        if span and span[0] > 1 and sheet.text[span[0] - 1] == "[":
            span = None  # Already inside a link.
        if span:
            label = span[2] or posixpath.basename(address)
            sheet.edit(span[0], span[1], f"[Image: {label}]({address})")
        elif address != found.address:
            sheet.edit(found.start, found.end, _fit(address, found))

    def _span(self, sheet: Sheet, found: Found) -> tuple[int, int, str] | None:
        close = sheet.text.rfind("](", 0, found.start + 1)
        start = sheet.opening(close)
        tail = re.compile(r"[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)").match(sheet.text, found.end)
        if start == close or not tail or sheet.text[start - 1 : start] != "!":
            return None
        return start - 1, tail.end(), sheet.text[start + 1 : close]

    def _local(self, address: str) -> str | None:
        """The path of a picture of the old site; None for one elsewhere."""
        if scheme(address) in {"http", "https"} or address.startswith("//"):
            place = self.places.of_address(address, Item(source="", kind="page"))
            if place is None:
                return None
            return re.sub(r"\A(https?:)?//[^/]+", "", address)
        return None if scheme(address) else address


def missing(label: str, address: str) -> str:
    """What stands in the text for a picture that is not there."""
    return f"*[Image: {label.strip() or posixpath.basename(address)}]*"


def relative(path: str, item: Item) -> str:
    """A path of the content folder, as a link in an item's file has it."""
    return posixpath.relpath(path, posixpath.dirname(item.target) or ".")


def _fit(address: str, found: Found) -> str:
    if found.kind == "auto":
        return f"<{address}>"
    if found.kind != "attribute" and re.search(r"[\s()<>]", address):
        return "<" + re.sub(r"[<>\n]", "", address) + ">"
    return address
