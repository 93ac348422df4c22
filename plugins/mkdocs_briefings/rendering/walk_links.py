"""Links, citations, footnotes and images on the walk over a body's HTML."""

from __future__ import annotations

import html as entities
import re
from html import escape
from urllib.parse import unquote, urlsplit

from ..catalog import markup
from .walk import Walk, attributes, lang_of, opening

REL = "noopener noreferrer nofollow ugc"
"""For every link to another site: contributors choose those."""

OUTWARD = r" href=\"https?://[^\s\"'&<>\\\x00-\x1f]++\""
"""The attributes of nearly all links to other sites, with an address that is written as it is."""
_OUTWARD = re.compile(OUTWARD)
_CITED = re.compile(r"\[\^(\d+)\]")


def note_ids(clean: str) -> tuple[dict[str, str], dict[str, str]]:
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


def link(walk: Walk, tag: re.Match[str]) -> None:
    """`<a>` and `</a>`: what an address means decides what is written."""
    if tag[1]:
        if walk.empty_title:
            # The anchor of a heading does not depend on the title of another page.
            walk.plain[len(walk.pieces)] = walk.name
            walk.pieces.append(walk.empty_title)
        if walk.is_mark:
            walk.plain[len(walk.pieces) - 1] = ""
        if walk.link_end == "</span>" and walk.pieces[-1] == "<span>":
            # What only named its place, `<a name="x"></a>`, says nothing.
            walk.pieces.pop()
        else:
            walk.pieces.append(walk.link_end)
        walk.link_end, walk.in_link, walk.empty_title, walk.is_mark = "</a>", False, "", False
        return
    if _OUTWARD.fullmatch(tag[3]):
        walk.in_link = True
        walk.pieces.append(f'<a rel="{REL}"{tag[3]}>')
        return
    given = attributes(tag)
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


def _external(walk: Walk, address: str, given: dict[str, str]) -> None:
    scheme = markup.scheme(address)
    if scheme and scheme not in markup.SCHEMES:
        # What looks like a scheme with spaces in it, and was taken for a relative address.
        walk.pieces.append("<span>")
        walk.link_end, walk.in_link = "</span>", False
        return
    given.pop("class", None)
    # First, where it is one with the tag: in a text with a hundred links that saves 30 bytes.
    rel = {} if scheme == "mailto" else {"rel": REL}
    walk.pieces.append(opening("a", {**rel, "href": escape(address), **given}))


def _internal(walk: Walk, target: markup.Target, given: dict[str, str]) -> None:
    found = walk.resolve(target.target, target.fragment)
    if found is None:
        walk.missing.append(target)
        walk.pieces.append('<span class="missing">')
        walk.link_end, walk.in_link = "</span>", False
        if target.wiki:
            walk.empty_title = walk.name = escape(target.target or target.fragment)
        return
    foreign = escape(found.lang)
    lang = {"hreflang": foreign} if foreign else {}
    walk.pieces.append(
        opening("a", {"class": "internal", "href": escape(found.url), **given, **lang})
    )
    if target.wiki:
        walk.name = escape(target.target or target.fragment)
        title = escape(found.title or target.fragment or target.target)
        marks = lang_of(found.lang, walk.lang) if foreign else ""
        walk.empty_title = f"<span{marks}>{title}</span>" if foreign else title


def _citation(walk: Walk, number: int) -> str:
    times = walk.cited[number] = walk.cited.get(number, 0) + 1
    return (
        f'<a class="cite-ref" id="_cite-{number}-{times}" href="#_source-{number}"'
        f' aria-label="{walk.named("source_number", number=number)}">'
    )


def _note_link(walk: Walk, name: str, given: dict[str, str]) -> str:
    given.pop("title", None)
    if name in walk.ids:
        number = walk.ids[name].rpartition("-")[2]
        href, label = walk.ids[name], walk.named("note_number", number=number)
    else:
        href, label = walk.note_refs[name], walk.named("back_to_text")
    return opening("a", {**given, "href": f"#{href}", "aria-label": label})


def renamed(walk: Walk, tag: re.Match[str]) -> None:
    """`li` and `sup`: footnotes and their marks."""
    given = attributes(tag)
    name = given.pop("id", "")
    if not name:
        walk.pieces.append(tag[0])
        return
    new = walk.ids.get(entities.unescape(name)) or walk.note_refs.get(entities.unescape(name))
    walk.pieces.append(opening(tag[2], {"id": new, **given} if new else given))


def image(walk: Walk, tag: re.Match[str]) -> None:
    """`<img>`: a file of ours, or a link to the picture of another site."""
    given = attributes(tag)
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
    walk.pieces.append(opening("img", {"src": escape(found.url), "alt": alt, **given}))


def _instead(walk: Walk, source: str, alt: str) -> str:
    """A link to an image of another site: no request leaves ours unasked."""
    shown = alt or escape(unquote(urlsplit(source).path.rpartition("/")[2])) or walk.named("image")
    if walk.in_link or not source:
        return shown
    return f'<a rel="{REL}" href="{escape(source)}">{shown}</a>'
