"""The parser that bodies are read with, and what of it is ours.

Imported for a body that is not plain: the extensions, and what colours code, take longer to import
than most bodies to make.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from ..catalog import markup
from .colours import Colours
from .effort import Effort, EffortError, Spent
from .extensions import CONFIGS, REPLACED, name_of, refused
from .raw_links import linked
from .sieve import sift


def parser(
    extensions: Sequence[str | Extension], configs: Mapping[str, Mapping[str, Any]]
) -> Markdown:
    """A Markdown parser with the site's extensions, and ours before all others.

    Raises:
        ValueError: If one of them is refused.
    """
    faults = refused(extensions)
    if faults:
        raise ValueError("; ".join(faults))
    names = [name_of(extension) for extension in extensions]
    used = [
        extension
        for extension, name in zip(extensions, names, strict=True)
        if name not in REPLACED and not (name == "fenced_code" and "pymdownx.superfences" in names)
    ]
    settings = {
        name: {**configs.get(name, {}), **CONFIGS.get(name, {})}
        for name in {*configs, *CONFIGS}
        if name not in REPLACED
    }
    made = Markdown(
        extensions=[*used, Ours()], extension_configs=settings, output_format="html", tab_length=4
    )
    sift(made)
    return made


class Parser:
    """Reads one body after another, each within bounds.

    Raises:
        ValueError: If one of the extensions is refused.
    """

    def __init__(
        self, extensions: Sequence[str | Extension], configs: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.markdown = parser(extensions, configs)
        self._effort = Effort()
        self._effort.watch(self.markdown)
        self._colours = Colours()
        self._colours.watch(self.markdown)

    def parse(self, markdown: str, sources: frozenset[int], length: int) -> str:
        """The HTML of a body; `length` is that of the text of which it is a part.

        Raises:
            EffortError: If it is too much work. The parser is of no more use then: it was left in
                the middle of something.
        """
        engine = self.markdown
        engine.reset()
        self._effort.begin(length)
        self._colours.begin()
        for extension in engine.registeredExtensions:
            if isinstance(extension, Ours):
                extension.sources = sources
        try:
            return str(engine.convert(markdown))
        except Spent as spent:
            raise EffortError(spent.near) from None


class Ours(Extension):  # type: ignore[misc]
    """What every body is read with, whatever a site chooses: the checks count on it."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: frozenset[int] = frozenset()
        """Numbers that `[^n]` cites in the text being read."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)
        if "table" in md.parser.blockprocessors:
            settings = {"use_align_attribute": True}
            md.parser.blockprocessors.register(_Table(md.parser, settings), "table", 75)
        # Before footnotes (175), references (170) and links (160); after code (190).
        md.inlinePatterns.register(_Citation(md, self), "citation", 176)
        md.inlinePatterns.register(_WikiLink(markup.WIKI_LINK.pattern, md), "wiki-link", 172)
        # Before raw HTML is put back (30).
        md.postprocessors.register(_RawLinks(md), "raw-links", 35)
        # Last: after attribute lists (8).
        md.treeprocessors.register(_Root(md), "root", -10)


class _Root(Treeprocessor):  # type: ignore[misc]
    """Takes from the root what an attribute list gave it: the parser looks for a bare `<div>`."""

    def run(self, root: Element) -> None:
        root.attrib.clear()


class _RawLinks(Postprocessor):  # type: ignore[misc]
    """Makes links of the Markdown links to briefings that stand in raw HTML."""

    def run(self, text: str) -> str:
        assert self.md is not None
        blocks = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if isinstance(block, str) and ".md" in block and "](" in block:
                blocks[number] = linked(block)
        return text


class _Heading(HashHeaderProcessor):  # type: ignore[misc]
    """`# text`: a heading needs its space, so that a line may begin with a `#hashtag`."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?=[ ])(?P<header>(?:\\.|[^\\#\n]|#+(?=[^#\n]))*?)#*(?:\n|$)"
    )


class _Table(TableProcessor):  # type: ignore[misc]
    """A table that keeps the cells of a row beyond those of its head: they were typed."""

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        line = SubElement(parent, "tr")
        cells = self._split_row(row)
        count = max(len(align), len(cells))
        for text, side in zip_longest(cells, [*align, *[None] * (count - len(align))]):
            cell = SubElement(line, "th" if parent.tag == "thead" else "td")
            cell.text = (text or "").strip(" ")
            if side:
                cell.set("align", side)


class _WikiLink(InlineProcessor):  # type: ignore[misc]
    """`[[slug#heading|text]]`: a link whose address keeps its brackets until it is resolved.

    No address that means anything else begins with `[[`, so nothing else need mark it.
    """

    def handleMatch(
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if data[m.start() - 2 : m.start()] == "](":
            return None, None, None  # The address of an ordinary link, written like this.
        link = Element("a")
        name, part, text = (" ".join((group or "").split()) for group in m.groups()[:3])
        fragment = f"#{part}" if part else ""
        link.set("href", f"[[{self.unescape(name)}{self.unescape(fragment)}]]")
        link.text = text
        return link, m.start(0), m.end(0)


class _Citation(InlineProcessor):  # type: ignore[misc]
    """`[^1]`: cites a source by its number, unless the body defines a footnote of that name."""

    def __init__(self, md: Markdown, ours: Ours) -> None:
        super().__init__(r"\[\^(\d{1,4})\]", md)
        self.ours = ours

    def handleMatch(
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if int(m[1]) not in self.ours.sources or m[1] in self._notes():
            return None, None, None
        mark = Element("sup")
        link = SubElement(mark, "a", {"href": f"[^{int(m[1])}]"})
        link.text = str(int(m[1]))
        return mark, m.start(0), m.end(0)

    def _notes(self) -> Mapping[str, str]:
        assert self.md is not None
        for extension in self.md.registeredExtensions:
            notes = getattr(extension, "footnotes", None)
            if isinstance(notes, dict):
                return notes
        return {}
