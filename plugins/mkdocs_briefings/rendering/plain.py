"""Plain Markdown to HTML without the parser, exactly as the parser writes it.

Most bodies are paragraphs, headings, lists, tables, quotes, emphasis and links. What the
parser makes of those is known, and can be made in a tenth of its time. This reads a closed list of
forms; at the first sign that belongs to none of them it leaves the whole body to the parser. Who
adds a form must know what the parser makes of it with every extension of `extensions.DEFAULTS`,
and of all that may stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .plain_inline import START, Unsure, inline

SPECIMEN: Final = """# One &amp; two {: #id}
Text with *emphasis*, __strength__ and snake_case; 3 * 4 = 12**,** say.
**both: _inside_**, (_**around** it_), in*side*s.**“Quoted.”** [*a*](b_c_d.md?e&f#g "The h’s *i*")
![j](k.png) <https://l.example/m_n> <o@p.example> `q_r*` [s], [[t#u|v]] [^1] <b>w</b> &#8217; >

x
==
1. one
2. two
- three

* four
  _five_.
    1. six
* seven

y:BREAK
**z:**BREAK
_a_

***

***m** n* o\\_ **p—**q _*r [s](t_u)_._ **** [v]() w]

> # b
> c
>
> * d

| e | *f* |
|:--|----:|
| g |     |
""".replace("BREAK", "  ")
"""A plain text. A parser that makes something else of it, as versions before the ones that were
studied do, is not the one that is known here."""

_DEEPEST = 3
"""Quotes in quotes that are read here."""

_RAW_BLOCK: Final = re.compile(r"\n<(?:p|div|h[1-6]|[uo]l|li|table|blockquote|figure|iframe)[ >\n]")
"""The raw HTML of nearly all texts that have some: to see it at once saves half a text's work."""
CUT_SHORT: Final = re.compile(r"&#(?![0-9]+;|x[0-9a-fA-F]+;)")
_BLANK: Final = re.compile(r"\n(?: *\n)+")
_HEADING_LINE: Final = re.compile(r"\n(#{1,6} [^\n]*)(?=\n)")
_HEADING: Final = re.compile(r"(#{1,6}) ([^\\\n]*)")
_OWN_ANCHOR: Final = re.compile(r":? *#([A-Za-z][A-Za-z0-9_-]*) *\}")
_UNDERLINED: Final = re.compile(r"([^|\n]++)\n(?:(=+)|-+) *(?:\n|\Z)")
_HELD_HEADING: Final = re.compile(r"\n(?: *\|| {4}[^\W\d_])[^\n]*\n#{1,6} ")
"""Right behind a row of a table, or a text in an item, a heading belongs to that."""
_RULE: Final = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,}|- - -|\* \* \*) *")
_ITEM: Final = re.compile(r" {0,3}(?:[*+-]|(\d+)\.) +(.*)")
_BELOW: Final = re.compile(r" {4,7}(?:[*+-]|(\d+)\.) +(.*)")
"""An item of a list in an item, of the two that are read here."""
_TASK: Final = re.compile(r"\[[xX ]\] ")
_QUOTED: Final = re.compile(r" {0,3}> ?(.*)")
_SIDES: Final = {
    (False, False): "",
    (True, False): ' align="left"',
    (False, True): ' align="right"',
    (True, True): ' align="center"',
}
"""By where the line below the head has colons."""


def plain(markdown: str, sources: frozenset[int]) -> str | None:
    """The HTML of a text as the parser writes it; None if only the parser can tell.

    Args:
        markdown: The text without front matter.
        sources: Numbers that `[^n]` cites.
    """
    # A number that is cut short is completed, wherever it stands, by the parser of raw HTML.
    if markdown[:1] in {" ", "\t"} or CUT_SHORT.search(markdown):
        return None
    if "<" in markdown and _RAW_BLOCK.search(markdown):
        return None
    return plain_blocks(markdown.expandtabs(4) if "\t" in markdown else markdown, sources)


def plain_blocks(text: str, sources: frozenset[int]) -> str | None:
    """As `plain`, for a text without tabs and numbers that are cut short, which begins at the
    margin."""
    try:
        return _Blocks(sources).html(f"\n{text}\n\n")
    except Unsure:
        return None


def _apart(line: re.Match[str]) -> str:
    return f"\n\n{line[1]}\n"


class _Blocks:
    """The blocks of a text, or of a quote in it."""

    def __init__(self, sources: frozenset[int], depth: int = 0) -> None:
        self.sources = sources
        self.depth = depth
        self.done: list[str] = []
        self.tag = ""
        """Of the open list."""
        self.items: list[tuple[str, str]] = []
        """Of the open list, as HTML; apart from it what follows in the item."""
        self.loose: set[int] = set()
        """Those of them that are paragraphs: on either side of a blank line."""
        self.quoted: list[str] = []
        """The blocks of the open quote, as Markdown."""

    def html(self, text: str) -> str:
        """Read a text that begins and ends with an empty line."""
        if "\n#" in text:
            if ("|" in text or "\n    " in text) and _HELD_HEADING.search(text):
                raise Unsure
            text = _HEADING_LINE.sub(_apart, text)
        for block in _BLANK.split(text):
            if block := block.lstrip("\n"):
                self._read(block)
        self._close()
        return "\n".join(self.done)

    def _read(self, block: str) -> None:
        lines = "\n" in block
        if block[0].isalpha() and not (lines and ("\n=" in block or "\n-" in block)):
            # As nearly all begin; of what is looked for below it can be nothing.
            self._add(f"<p>{inline(block, self.sources)}</p>")
            return
        while lines and block[:4] != "    " and (underlined := _UNDERLINED.match(block)):
            self._heading(1 if underlined[2] else 2, underlined[1])
            block = block[underlined.end() :]
        if not block:
            return
        if block[0] == "#" and not START.match(block):
            heading = _HEADING.fullmatch(block)
            if not heading:
                raise Unsure
            self._heading(len(heading[1]), heading[2].rstrip("#"))
        elif block.startswith("    "):
            self._within(block)
        elif _RULE.fullmatch(block):
            self._add("<hr>")
        elif block.lstrip(" ")[0] == "|":
            self._table(block)
        elif _ITEM.match(block):
            self._list(block)
        elif block.lstrip(" ")[0] == ">":
            self._quote(block)
        else:
            self._add(f"<p>{self._text(block)}</p>")

    def _add(self, html: str) -> None:
        self._close()
        self.done.append(html)

    def _close(self) -> None:
        """End the list or the quote that is open."""
        if self.items:
            items = "\n".join(
                f"<li>\n<p>{item}</p>\n{below}</li>"
                if number in self.loose
                else f"<li>{item}{below}</li>"
                for number, (item, below) in enumerate(self.items)
            )
            self.done.append(f"<{self.tag}>\n{items}\n</{self.tag}>")
            self.items, self.loose = [], set()
        elif self.quoted:
            text = "\n\n".join(["", *self.quoted, ""])
            if self.depth == _DEEPEST or not text.strip():
                raise Unsure
            inner = _Blocks(self.sources, self.depth + 1).html(text)
            self.done.append(f"<blockquote>\n{inner}\n</blockquote>")
            self.quoted = []

    def _heading(self, level: int, text: str) -> None:
        text, name = text.strip(), ""
        if text.endswith("}"):
            text, _, attributes = text.rpartition("{")
            own = _OWN_ANCHOR.fullmatch(attributes)
            if not (own and text.endswith(" ")) or text.rstrip().endswith("#"):
                raise Unsure
            text, name = text.rstrip(), f' id="{own[1]}"'
        self._add(f"<h{level}{name}>{self._text(text)}</h{level}>")

    def _table(self, block: str) -> None:
        """A table with borders on both sides, and as many cells in each row."""
        rows = []
        for line in block.split("\n"):
            row = line.strip(" ")
            if len(row) < 2 or row[0] != "|" or row[-1] != "|" or "`" in row or "\\" in row:
                raise Unsure
            rows.append([cell.strip(" ") for cell in row[1:-1].split("|")])
        columns = len(rows[0])
        if columns < 2 or len(rows) < 3 or any(len(row) != columns for row in rows):
            raise Unsure
        if not set("".join(rows[1])) <= {":", "-", " "}:
            raise Unsure
        sides = [_SIDES[cell.startswith(":"), cell.endswith(":")] for cell in rows[1]]
        head = self._row("th", rows[0], sides)
        body = "\n".join(self._row("td", row, sides) for row in rows[2:])
        self._add(f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>")

    def _row(self, tag: str, cells: Sequence[str], sides: Sequence[str]) -> str:
        made = "".join(
            f"<{tag}{side}>{inline(cell, self.sources)}</{tag}>\n"
            for cell, side in zip(cells, sides, strict=True)
        )
        return f"<tr>\n{made}</tr>"

    def _list(self, block: str) -> None:
        """A block of items; with a list before it, it goes on with that, of whatever kind."""
        texts: list[str] = []
        below: list[tuple[str, list[str]]] = []
        """For each of them the tag and the texts of the list in it."""
        if not self.items:
            self._close()
        for line in block.split("\n"):
            if item := _ITEM.match(line):
                if not (texts or self.items):
                    self.tag = "ol" if item[1] else "ul"
                texts.append(item[2])
                below.append(("", []))
            elif item := _BELOW.match(line):
                tag, within = below[-1]
                below[-1] = tag or ("ol" if item[1] else "ul"), [*within, item[2]]
            elif line.startswith("    "):
                raise Unsure
            else:
                last = below[-1][1] or texts
                last[-1] += f"\n{line}"
        if self.items:
            self.loose |= {len(self.items) - 1, len(self.items)}
        for text, (tag, within) in zip(texts, below, strict=True):
            rows = "\n".join(f"<li>{self._item(row)}</li>" for row in within)
            self.items.append(
                (self._item(text, bool(rows)), rows and f"<{tag}>\n{rows}\n</{tag}>\n")
            )

    def _within(self, block: str) -> None:
        """A line in the last item of the open list, whose own text becomes a paragraph, too."""
        text = block[4:]
        # With a letter begins nothing else.
        if not self.items or self.depth or "\n" in text or not text[0].isalpha():
            raise Unsure
        item, below = self.items[-1]
        self.items[-1] = item, f"{below}<p>{inline(text, self.sources)}</p>\n"
        self.loose.add(len(self.items) - 1)

    def _item(self, text: str, lists: bool = False) -> str:
        """The text of an item, in which there may be `lists`: the parser looks at it again then."""
        if not text[:1].isalpha():  # As nearly all begin.
            first = text.partition("\n")[0]
            text = text.lstrip()
            # Of marks alone it may be a rule.
            if not first.strip("*_- ").strip() or _ITEM.match(text) or _TASK.match(text):
                raise Unsure
            if not START.match(text):
                raise Unsure
        return inline(text, self.sources, again=lists)

    def _quote(self, block: str) -> None:
        if not self.quoted:
            self._close()
        lines = []
        for line in block.split("\n"):
            if not (quoted := _QUOTED.match(line)):
                raise Unsure
            lines.append(quoted[1])
        # An empty line at the end of a quote is kept, at times.
        if not lines[-1].strip():
            raise Unsure
        self.quoted.append("\n".join(lines))

    def _text(self, text: str) -> str:
        if text[:1].isalpha():
            return inline(text, self.sources)
        # Spaces that do not break, too, as the parser does.
        text = text.lstrip()
        if not START.match(text):
            raise Unsure
        return inline(text, self.sources)
