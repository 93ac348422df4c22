"""Which Markdown extensions a body is read with, which are refused, and ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from ..catalog import markup
from .sieve import sift

DEFAULTS: Final[Sequence[str]] = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
"""What a site has when its `mkdocs.yml` names no extension. Nothing in it changes what was typed:
no curly quotes, no emoji codes, no links that were not written."""

_CONFIGS: Final[Mapping[str, Mapping[str, Any]]] = {
    # A policy without inline styles blocks `style`, so alignment is an attribute.
    "tables": {"use_align_attribute": True},
    "markdown.extensions.tables": {"use_align_attribute": True},
    # No ids for lines; the class of a language is its own affair.
    "pymdownx.highlight": {
        "use_pygments": True,
        "guess_lang": False,
        "anchor_linenums": False,
        "line_anchors": "",
        "line_spans": "",
        "noclasses": False,
        "linenums": False,
    },
    # What stands behind the language of a fence never turns code into prose.
    "pymdownx.superfences": {"relaxed_headers": True},
}

_REFUSED: Final[Mapping[str, str]] = {
    "pymdownx.snippets": "reads files by a path in the text",
    "pymdownx.b64": "reads files by a path in the text",
    "pymdownx.pathconverter": "changes addresses after they were checked",
    "pymdownx.striphtml": "hides what the checks would report",
    "markdown_include": "reads files by a path in the text",
    "mdx_include": "reads files by a path in the text",
    "embed_file": "reads files by a path in the text",
    "codeinclude": "reads files by a path in the text",
    "mkdocs_macros": "runs what is in the text",
    "macros": "runs what is in the text",
    "markdown_exec": "runs what is in the text",
    "mkdocs_click": "imports what the text names",
    "mdx_showcode": "reads files by a path in the text",
    "plantuml_markdown": "sends the text to a server or a program",
    "markdown_inline_graphviz": "hands the text to a program",
    "mdx_graphviz": "hands the text to a program",
    "codehilite": "colours code however long that takes: write 'pymdownx.highlight'",
    "meta": "takes lines such as 'Note: …' out of the text",
    "full_yaml_metadata": "takes lines out of the text",
    "wikilinks": "reads [[links]] in another way than the checks do",
    "mdx_wikilink_plus": "reads [[links]] in another way than the checks do",
    "mdx_headdown": "changes headings after they were checked",
}

_REPLACED = frozenset({"toc", "pymdownx.saneheaders"})
"""Read past: MkDocs always names `toc`, and our own code gives headings their ids."""


def _name(extension: str | Extension) -> str:
    """The name under which an extension is known, however it was given."""
    name = extension if isinstance(extension, str) else type(extension).__module__
    return name.partition(":")[0].removeprefix("markdown.extensions.")


def refused(extensions: Iterable[str | Extension]) -> list[str]:
    """Why some of `extensions` cannot be used, a line each; empty when all can.

    >>> refused(["tables", "pymdownx.snippets"])
    ["markdown_extensions: remove 'pymdownx.snippets'; it reads files by a path in the text"]
    """
    lines = []
    for extension in extensions:
        name = _name(extension)
        reason = _REFUSED.get(name) or _REFUSED.get(name.partition(".")[0])
        if reason:
            lines.append(f"markdown_extensions: remove '{name}'; it {reason}")
    return lines


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
    names = [_name(extension) for extension in extensions]
    used = [
        extension
        for extension, name in zip(extensions, names, strict=True)
        if name not in _REPLACED and not (name == "fenced_code" and "pymdownx.superfences" in names)
    ]
    settings = {
        name: {**configs.get(name, {}), **_CONFIGS.get(name, {})}
        for name in {*configs, *_CONFIGS}
        if name not in _REPLACED
    }
    made = Markdown(
        extensions=[*used, Ours()], extension_configs=settings, output_format="html", tab_length=4
    )
    sift(made)
    return made


def are_known(
    extensions: Sequence[str | Extension], configs: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Whether plain Markdown is read with these extensions as it is with `DEFAULTS`.

    >>> are_known(DEFAULTS, {}), are_known([*DEFAULTS, "smarty"], {})
    (True, False)
    """
    names = {_name(extension) for extension in extensions if isinstance(extension, str)}
    known = {*DEFAULTS, *_REPLACED, "fenced_code"}
    settled = not any(given for name, given in configs.items() if _name(name) not in _REPLACED)
    # These read what is plain; what the others read is not.
    needed = {"attr_list", "pymdownx.betterem", "tables"}
    return settled and needed <= names <= known and all(isinstance(e, str) for e in extensions)


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


def linked(block: str) -> str:
    """Raw HTML in whose text Markdown links to briefings are links.

    >>> linked("<p>See [the rules](rules.md)</p>")
    '<p>See <a href="rules.md">the rules</a></p>'
    """
    pieces: list[str] = []
    unlinked = ""
    at = 0
    for tag in _RAW_TAG.finditer(block):
        text = block[at : tag.start()]
        pieces += [text if unlinked else _with_links(text), tag[0]]
        at = tag.end()
        name = (tag[2] or "").lower()
        if unlinked:
            unlinked = "" if tag[1] and name == unlinked else unlinked
        elif name in markup.UNLINKED and not tag[1]:
            unlinked = name
    pieces.append(block[at:] if unlinked else _with_links(block[at:]))
    return "".join(pieces)


def _with_links(text: str) -> str:
    return markup.RAW_LINK.sub(r'<a href="\2">\1</a>', text)


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


_RAW_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>", re.DOTALL
)


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
