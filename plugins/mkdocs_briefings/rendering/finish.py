"""From sanitised HTML to the body of a page: addresses, ids, levels, and ways to scroll.

One walk over the tags. All that is added is built from escaped values.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass

from ..catalog import markup
from ..catalog.anchors import anchors, levels
from ..wording.language import Language
from .sanitise import TAG
from .walk import HeadingOf, Resolve, Walk, attributes, opening, written
from .walk_links import OUTWARD, REL, image, link, note_ids, renamed


@dataclass(slots=True)
class Finished:
    """A body with everything in its place."""

    html: str
    headings: list[tuple[int, str, str]]
    """Level, plain text, anchor."""
    cited: dict[int, int]
    missing: list[markup.Target]


def finish(
    clean: str, resolve: Resolve, sources: frozenset[int], lang: str, language: Language
) -> Finished:
    """Complete sanitised HTML.

    Args:
        clean: What `sanitise` gave.
        resolve: Asked once for every internal link and image, in order.
        sources: Numbers of the sources that the page lists.
        lang: Language of the page: links to pages in another one say so.
        language: In which names are given to what has none.
    """
    walk = Walk(resolve, sources, lang, language)
    walk.ids, walk.note_refs = note_ids(clean)
    # Between the tags of a table and of a number that cites all others count, too.
    _walk_over(walk, clean, _ALL if "<table" in clean or walk.ids or sources else _HANDLED)
    headings = _headings(walk)
    return Finished("".join(walk.pieces), headings, walk.cited, walk.missing)


def _walk_over(walk: Walk, clean: str, tags: re.Pattern[str]) -> None:
    pieces = walk.pieces
    at = 0
    for tag in tags.finditer(clean):
        start, name = tag.start(), tag[2]
        if start > at:
            between = clean[at:start]
            # How an author has indented the rows and cells of a table is nothing that is shown.
            drawn = walk.depth and name in _CELLS and between.isspace()
            pieces.append("\n" if drawn else between)
            if walk.empty_title and TAG.sub("", between):
                walk.empty_title = ""
        at = tag.end()
        if name:
            handler = _HANDLERS.get(name)
            if handler:
                handler(walk, tag)
            else:
                pieces.append(tag[0])
        elif walk.in_link or walk.link_end != "</a>" or walk.open_heading:
            _walk_over(walk, tag[0], TAG)
        elif tag[0][1] == "a":
            pieces.append(f'<a rel="{REL}" {tag[0][3:]}')
        else:
            _bare_heading(walk, tag[0])
    pieces.append(clean[at:])


def _bare_heading(walk: Walk, whole: str) -> None:
    """A heading without attributes that holds nothing but text, as nearly all do."""
    shown, at = whole[4:-5], len(walk.pieces)
    heading = HeadingOf(at, at + 2, int(whole[2]), own="", rest="")
    heading.text = " ".join(entities.unescape(shown).split())
    walk.headings.append(heading)
    walk.pieces += ["", shown, ""]


def _heading(walk: Walk, tag: re.Match[str]) -> None:
    pieces = walk.pieces
    if tag[1]:
        if walk.open_heading is not None:
            heading = walk.open_heading
            heading.closing = len(pieces)
            pieces.append("")
            text = "".join(
                walk.plain.get(number, pieces[number])
                for number in range(heading.opening + 1, heading.closing)
            )
            heading.text = " ".join(entities.unescape(TAG.sub("", text)).split())
            walk.open_heading = None
        return
    given = attributes(tag)
    own = given.pop("id", "")
    walk.open_heading = HeadingOf(len(pieces), 0, int(tag[2][1]), own, written(given))
    walk.headings.append(walk.open_heading)
    pieces.append("")


def _headings(walk: Walk) -> list[tuple[int, str, str]]:
    """Give headings their level and id; one without text is no heading."""
    shown = [heading for heading in walk.headings if heading.text]
    names = anchors(heading.own or heading.text for heading in shown)
    result = []
    for heading, level, name in zip(
        shown, levels(heading.level for heading in shown), names, strict=True
    ):
        walk.pieces[heading.opening] = f'<h{level} id="{name}"{heading.rest}>'
        walk.pieces[heading.closing] = f"</h{level}>"
        result.append((level, heading.text, name))
    return result


def _table(walk: Walk, tag: re.Match[str]) -> None:
    """A table scrolls in a region of its own, which the keyboard reaches."""
    if tag[1]:
        walk.depth -= 1
        walk.pieces.append("</table></div>" if not walk.depth else "</table>")
        return
    walk.depth += 1
    if walk.depth == 1:
        walk.tables += 1
        label = walk.named("table_number", number=walk.tables)
        walk.pieces.append(f'<div class="table" role="region" tabindex="0" aria-label="{label}">')
    walk.pieces.append(tag[0])


def _division(walk: Walk, tag: re.Match[str]) -> None:
    walk.code = walk.code or 'class="highlight"' in tag[0]
    walk.pieces.append(tag[0])


def _span(walk: Walk, tag: re.Match[str]) -> None:
    """The classes of highlighting mean nothing outside of code: there an author wrote them."""
    if tag[3] and not walk.code:
        given = attributes(tag)
        given.pop("class", None)
        walk.pieces.append(opening("span", given))
    else:
        walk.pieces.append(tag[0])


def _code(walk: Walk, tag: re.Match[str]) -> None:
    walk.code = walk.code and not tag[1]
    walk.pieces.append(tag[0] if tag[1] else f'<pre tabindex="0"{tag[3]}>')


def _box(walk: Walk, tag: re.Match[str]) -> None:
    label = walk.named("done" if "checked" in attributes(tag) else "to_do")
    walk.pieces.append(f'{tag[0][:-1]} aria-label="{label}">')


_WHOLE = rf"<a{OUTWARD}>[^<]*+</a>|<h[1-6]>[^<]*+</h[1-6]>"
"""Elements in one piece: links to other sites and headings that hold nothing but text, as nearly
all do. They have no group for a name."""
_ALL = re.compile(f"{_WHOLE}|{TAG.pattern}")
_HANDLED = re.compile(
    rf"{_WHOLE}"
    rf"|<(?=/?(?:a|h[1-6]|pre|table)[ >]|(?:div|li|span|sup) |(?:img|input)[ >]){TAG.pattern[1:]}"
)
"""Of the tags those of which something may be made: outside of tables a third."""
_CELLS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td"})
_HANDLERS: dict[str, Callable[[Walk, re.Match[str]], None]] = {
    "a": link,
    "div": _division,
    "img": image,
    "input": _box,
    "li": renamed,
    "pre": _code,
    "span": _span,
    "sup": renamed,
    "table": _table,
    **{f"h{level}": _heading for level in range(1, 7)},
}
