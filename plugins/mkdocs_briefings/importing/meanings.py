"""Shortcodes and template tags → Markdown, where they have a plain meaning; the rest is told."""

from __future__ import annotations

import html
import re

from ..catalog.markup import scheme
from .evaluating import REFERENCES, evaluated, expression
from .images import Images
from .mark import Mark, label
from .mark_blocks import BOXES, box, code, quotation
from .mark_media import IMAGE, VIDEOS, Media, video
from .records import Item, Site
from .sheet import Sheet, within
from .tags import Tag, liquid, paired, shortcodes

_QUOTES = frozenset({"quote", "quote-block", "blockquote", "pullquote"})
_CODE = frozenset({"highlight", "code", "codeblock"})
_DIRECT = frozenset({"raw", "verbatim"})
_HIDDEN = frozenset({"comment"})
_LABELS = ("title", "text", "label", "name", "alt", "caption", "button-text", "kicker")
_ADDRESSES = ("href", "url", "src", "link", "button-url", "source")
_SNIPPET = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]+[\"'][^`\n]*$", re.MULTILINE)
_KRAMDOWN = re.compile(
    # A list that is marked `toc` holds the place of the table of contents: its words are no text.
    r"^[ \t]*(?:[*+-]|\d+\.)[ \t][^\n]*\n[ \t]*\{:[^{}\n]*\btoc\b[^{}\n]*\}[ \t]*$"
    r"|^[ \t]*\{::?[^{}\n]*\}[ \t]*$|\{:[^{}\n]*\}",
    re.MULTILINE,
)


class Marks:
    """The template marks of one site's dialect."""

    def __init__(self, site: Site, images: Images) -> None:
        self.site = site
        self._media = Media(site, images)

    def evaluate(self, address: str, item: Item) -> str:
        """An address with its marks replaced by what they mean; marks of no meaning stay."""
        return evaluated(address, item, self.site)

    def translate(self, sheet: Sheet, done: list[tuple[int, int]]) -> None:
        """Note the edits of all marks of a body but those inside addresses, which are `done`."""
        for found in _SNIPPET.finditer(sheet.text):
            if not sheet.in_code(found.start()):
                sheet.edit(found.start(), found.end(), f"`{found[0].strip()}`")
                why = "a text taken from another file: it stands in the text as code"
                sheet.note("shortcode", found.start(), found[0], why)
        silent: list[tuple[int, int]] = []
        for tag in self._tags(sheet.text):
            if within(silent, tag.start) or within(done, tag.start):
                continue
            if sheet.in_code(tag.start) and not tag.literal and tag.name not in _DIRECT:
                continue
            mark = Mark(sheet, tag)
            if tag.closing:
                if tag.partner is None:
                    mark.unknown()
                continue
            self._one(mark)
            if tag.partner and tag.name in _DIRECT | _HIDDEN | _CODE:
                silent.append((tag.end, tag.partner.end))
        if self.site.dialect == "liquid":
            for found in _KRAMDOWN.finditer(sheet.text):
                if not sheet.in_code(found.start()):
                    sheet.edit(found.start(), found.end(), "")
                    sheet.note("html-dropped", found.start(), found[0], "kramdown's attributes")

    def _tags(self, body: str) -> list[Tag]:
        match self.site.dialect:
            case "hugo":
                return paired(list(shortcodes(body)))
            case "liquid":
                return paired(list(liquid(body)))
        return []

    def _one(self, mark: Mark) -> None:
        tag = mark.tag
        name = tag.name.lower()
        if tag.literal:
            plain = re.sub(r"/\*\s?|\s?\*/", " ", tag.raw).replace("{{< ", "{{< ", 1)
            mark.put(plain, "shortcode-taken", alone=True)
        elif name == "":
            self._output(mark)
        elif name in _DIRECT and tag.partner:
            mark.put("", "shortcode-taken", "shown as typed")
        elif name in _HIDDEN and tag.partner:
            why = "a comment: readers never saw it"
            mark.whole("", "text-left", mark.inner.strip(), why)
        elif name in _CODE and tag.partner:
            code(mark)
        elif name in {"include", "include_relative", "render", "image"} and tag.positional:
            self._media.include(mark)
        elif IMAGE.match(name) and (tag.get("src", "url", "image") or tag.positional):
            self._media.image(mark)
        elif name in VIDEOS and (tag.positional or tag.get("id")):
            video(mark, name)
        elif name in _QUOTES:
            quotation(mark)
        elif name in BOXES and tag.partner:
            box(mark)
        elif name in REFERENCES and tag.positional:
            # Outside of a link the address would be printed.
            mark.unknown()
        elif name == "abbr" and tag.get("title"):
            mark.put(html.escape(tag.get("title")), "shortcode-guessed")
        else:
            _general(mark)

    def _output(self, mark: Mark) -> None:
        value = expression(mark.tag.positional[0], mark.sheet.item, self.site)
        if value is None:
            mark.unknown()
        else:
            mark.put(value, "shortcode-taken")


def _general(mark: Mark) -> None:
    """A shortcode of the site's own: an address with a name is a link."""
    tag = mark.tag
    address = tag.get(*_ADDRESSES)
    named = tag.get(*_LABELS)
    if not address:
        address = next((p for p in tag.positional if scheme(p) in {"http", "https"}), "")
    if not tag.partner and scheme(address) in {"http", "https"}:
        mark.put(f"[{label(named or address)}]({address})", "shortcode-guessed", "a link")
    elif not tag.partner and named and not scheme(address):
        said = f"{named} ({address})" if address else named
        if mark.sheet.text[tag.end : tag.end + 1] == ")":
            mark.unknown()
        else:
            mark.put(said, "shortcode", "only its words were kept")
    elif tag.partner and (named or tag.get("text", "intro")):
        head = tag.get("title") or named
        new = f"**{head.strip('*')}** " if head else ""
        why = "the text inside and its heading were kept, the tags were not"
        if scheme(address) in {"http", "https"}:
            new = f"[{label(head.replace('**', ''))}]({address}) "
        mark.put(new, "shortcode", why)
    else:
        mark.unknown()
