"""From sanitised HTML to the body of a page: addresses, ids, levels, and ways to scroll.

One walk over the tags. All that is added is built here from escaped values.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urlsplit

from ..catalog import markup
from ..catalog.anchors import anchors, levels
from .sanitise import ATTRIBUTE, TAG

REL = "noopener noreferrer nofollow ugc"

_CITED = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True, slots=True)
class Href:
    """Where an internal link leads."""

    url: str
    """Relative to the page that shows the link, or `#anchor` for a place on it."""
    title: str = ""
    """Shown when a wiki-link names no text."""
    lang: str = ""
    """BCP 47 of the target when it differs from the page's language, else empty."""


Resolve = Callable[[str, str], Href | None]
"""Leads from target and fragment, as written, to the address; None for nowhere."""


@dataclass(slots=True)
class _HeadingOf:
    """A heading whose id is known only when all headings are."""

    opening: int
    """Where its tags stand in the pieces."""
    closing: int
    level: int
    own: str
    rest: str
    """Its other attributes."""
    text: str = ""


@dataclass(slots=True)
class Finished:
    """A body with everything in its place."""

    html: str
    headings: list[tuple[int, str, str]]
    """Level, plain text, anchor."""
    cited: dict[int, int]
    missing: list[markup.Target]
    notes: list[str]
    """Ids given to footnotes and their marks."""


@dataclass(slots=True)
class _Walk:
    resolve: Resolve
    sources: frozenset[int]
    lang: str
    pieces: list[str] = field(default_factory=list)
    headings: list[_HeadingOf] = field(default_factory=list)
    open_heading: _HeadingOf | None = None
    cited: dict[int, int] = field(default_factory=dict)
    missing: list[markup.Target] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    note_refs: dict[str, str] = field(default_factory=dict)
    link_end: str = "</a>"
    in_link: bool = False
    empty_title: str = ""
    """What the open link shows when the author gave it no text."""
    name: str = ""
    """What its author wrote instead, escaped."""
    is_mark: bool = False
    """The open link is the number of a source or a footnote."""
    tables: int = 0
    depth: int = 0
    """Open tables."""
    plain: dict[int, str] = field(default_factory=dict)
    """By piece: what it counts for in the plain text of a heading, if not what it shows."""
    code: bool = False
    """Inside highlighted code."""


def finish(clean: str, resolve: Resolve, sources: frozenset[int], lang: str) -> Finished:
    """Complete sanitised HTML.

    Args:
        clean: What `sanitise` gave.
        resolve: Asked once for every internal link and image, in order.
        sources: Numbers of the sources that the page lists.
        lang: Language of the page: links to pages in another one say so.
    """
    walk = _Walk(resolve, sources, lang)
    walk.ids, walk.note_refs = _note_ids(clean)
    pieces = walk.pieces
    at = 0
    for tag in TAG.finditer(clean):
        if tag.start() > at:
            pieces.append(clean[at : tag.start()])
            walk.empty_title = ""
        at = tag.end()
        handler = _HANDLERS.get(tag[2])
        if handler:
            handler(walk, tag)
        else:
            pieces.append(tag[0])
    pieces.append(clean[at:])
    headings = _headings(walk)
    return Finished(
        "".join(pieces),
        headings,
        walk.cited,
        walk.missing,
        sorted({*walk.ids.values(), *walk.note_refs.values()}),
    )


def _given(tag: re.Match[str]) -> dict[str, str]:
    """Attributes of a tag, values as they are written in it (escaped)."""
    return dict(ATTRIBUTE.findall(tag[3])) if tag[3] else {}


def _tag(name: str, given: dict[str, str]) -> str:
    return f"<{name}{_written(given)}>"


def _written(given: dict[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in given.items())


def _note_ids(clean: str) -> tuple[dict[str, str], dict[str, str]]:
    """New ids of footnotes and of their marks: numbers instead of what the author named them."""
    if 'id="fn' not in clean:
        return {}, {}
    notes: dict[str, str] = {}
    marks: dict[str, str] = {}
    for name in re.findall(r'<li id="fn:([^"]*)"', clean):
        notes.setdefault(name, f"_note-{len(notes) + 1}")
    for number, name in re.findall(r'<sup id="fnref(\d*):([^"]*)"', clean):
        if name in notes:
            place = f"{notes[name].replace('note', 'noteref')}-{number or 1}"
            marks.setdefault(f"fnref{number}:{name}", place)
    return {f"fn:{name}": place for name, place in notes.items()}, marks


def _link(walk: _Walk, tag: re.Match[str]) -> None:
    if tag[1]:
        if walk.empty_title:
            # The anchor of a heading does not depend on the title of another page.
            walk.plain[len(walk.pieces)] = walk.name
            walk.pieces.append(walk.empty_title)
        if walk.is_mark:
            walk.plain[len(walk.pieces) - 1] = ""
        walk.pieces.append(walk.link_end)
        walk.link_end, walk.in_link, walk.empty_title, walk.is_mark = "</a>", False, "", False
        return
    given = _given(tag)
    written = given.pop("href", None)
    if written is None:
        walk.pieces.append("<span>")
        walk.link_end = "</span>"
        return
    walk.in_link = True
    address = entities.unescape(written)
    name = address[1:]
    if (cited := _CITED.fullmatch(address)) and int(cited[1]) in walk.sources:
        walk.is_mark = True
        walk.pieces.append(_citation(walk, int(cited[1])))
    elif address.startswith("#fn") and (name in walk.ids or name in walk.note_refs):
        walk.is_mark = True
        walk.pieces.append(_note_link(walk, name, given))
    elif given.get("class") == "footnote-backref":
        # Of a footnote to which nothing refers.
        walk.pieces.append("<span>")
        walk.link_end, walk.in_link = "</span>", False
    elif (target := markup.internal(address)) is None:
        _external(walk, address, given)
    else:
        given.pop("class", None)
        _internal(walk, target, given)


def _external(walk: _Walk, address: str, given: dict[str, str]) -> None:
    scheme = markup.scheme(address)
    if scheme and scheme not in markup.SCHEMES:
        # What looks like a scheme with spaces in it, and was taken for a relative address.
        walk.pieces.append("<span>")
        walk.link_end, walk.in_link = "</span>", False
        return
    given.pop("class", None)
    rel = {} if scheme == "mailto" else {"rel": REL}
    walk.pieces.append(_tag("a", {"href": escape(address), **given, **rel}))


def _internal(walk: _Walk, target: markup.Target, given: dict[str, str]) -> None:
    found = walk.resolve(target.target, target.fragment)
    if found is None:
        walk.missing.append(target)
        walk.pieces.append('<span class="missing">')
        walk.link_end, walk.in_link = "</span>", False
        if target.wiki:
            walk.empty_title = walk.name = escape(target.target or target.fragment)
        return
    foreign = escape(found.lang) if found.lang != walk.lang else ""
    lang = {"hreflang": foreign} if foreign else {}
    walk.pieces.append(_tag("a", {"class": "internal", "href": escape(found.url), **given, **lang}))
    if target.wiki:
        walk.name = escape(target.target or target.fragment)
        title = escape(found.title or target.fragment or target.target)
        walk.empty_title = f'<span lang="{foreign}">{title}</span>' if foreign else title


def _citation(walk: _Walk, number: int) -> str:
    times = walk.cited[number] = walk.cited.get(number, 0) + 1
    return (
        f'<a class="cite-ref" id="_cite-{number}-{times}" href="#_source-{number}"'
        f' aria-label="Source {number}">'
    )


def _note_link(walk: _Walk, name: str, given: dict[str, str]) -> str:
    given.pop("title", None)
    if name in walk.ids:
        number = walk.ids[name].rpartition("-")[2]
        return _tag("a", {**given, "href": f"#{walk.ids[name]}", "aria-label": f"Note {number}"})
    return _tag(
        "a", {**given, "href": f"#{walk.note_refs[name]}", "aria-label": "Back to the text"}
    )


def _renamed(walk: _Walk, tag: re.Match[str]) -> None:
    """`li` and `sup`: footnotes and their marks."""
    given = _given(tag)
    name = given.pop("id", "")
    if not name:
        walk.pieces.append(tag[0])
        return
    new = walk.ids.get(entities.unescape(name)) or walk.note_refs.get(entities.unescape(name))
    walk.pieces.append(_tag(tag[2], {"id": new, **given} if new else given))


def _image(walk: _Walk, tag: re.Match[str]) -> None:
    given = _given(tag)
    source = entities.unescape(given.pop("src", ""))
    alt = given.pop("alt", "")
    target = markup.internal(source) if source else None
    if target is None:
        walk.pieces.append(_instead(walk, source, alt))
        return
    found = walk.resolve(target.target, target.fragment)
    if found is None:
        walk.missing.append(target)
        walk.pieces.append(f'<span class="missing">{alt or escape(target.target)}</span>')
        return
    given.setdefault("loading", "lazy")
    walk.pieces.append(_tag("img", {"src": escape(found.url), "alt": alt, **given}))


def _instead(walk: _Walk, source: str, alt: str) -> str:
    """A link to an image of another site: no request leaves ours unasked."""
    shown = alt or escape(unquote(urlsplit(source).path.rpartition("/")[2])) or "image"
    if walk.in_link or not source:
        return shown
    return f'<a href="{escape(source)}" rel="{REL}">{shown}</a>'


def _heading(walk: _Walk, tag: re.Match[str]) -> None:
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
    given = _given(tag)
    own = given.pop("id", "")
    walk.open_heading = _HeadingOf(len(pieces), 0, int(tag[2][1]), own, _written(given))
    walk.headings.append(walk.open_heading)
    pieces.append("")


def _headings(walk: _Walk) -> list[tuple[int, str, str]]:
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


def _table(walk: _Walk, tag: re.Match[str]) -> None:
    """A table scrolls in a region of its own, which the keyboard reaches."""
    if tag[1]:
        walk.depth -= 1
        walk.pieces.append("</table></div>" if not walk.depth else "</table>")
        return
    walk.depth += 1
    if walk.depth == 1:
        walk.tables += 1
        walk.pieces.append(
            f'<div class="table" role="region" tabindex="0" aria-label="Table {walk.tables}">'
        )
    walk.pieces.append(tag[0])


def _division(walk: _Walk, tag: re.Match[str]) -> None:
    walk.code = walk.code or 'class="highlight"' in tag[0]
    walk.pieces.append(tag[0])


def _span(walk: _Walk, tag: re.Match[str]) -> None:
    """The classes of highlighting mean nothing outside of code: there an author wrote them."""
    if tag[3] and not walk.code:
        given = _given(tag)
        given.pop("class", None)
        walk.pieces.append(_tag("span", given))
    else:
        walk.pieces.append(tag[0])


def _code(walk: _Walk, tag: re.Match[str]) -> None:
    walk.code = walk.code and not tag[1]
    walk.pieces.append(tag[0] if tag[1] else f'<pre tabindex="0"{tag[3]}>')


def _box(walk: _Walk, tag: re.Match[str]) -> None:
    label = "Done" if "checked" in _given(tag) else "To do"
    walk.pieces.append(f'{tag[0][:-1]} aria-label="{label}">')


_HANDLERS: dict[str, Callable[[_Walk, re.Match[str]], None]] = {
    "a": _link,
    "div": _division,
    "img": _image,
    "input": _box,
    "li": _renamed,
    "pre": _code,
    "span": _span,
    "sup": _renamed,
    "table": _table,
    **{f"h{level}": _heading for level in range(1, 7)},
}
