"""What stands inside a paragraph: links, citations, code, tags, and the plain text round them."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from ..catalog import markup
from . import body_attributes, body_tags
from .body_findings import Findings
from .body_layout import Layout
from .body_tags import DEEPEST, Tag
from .body_text import CLOSE, HEAD, HEAD_END, OPEN, literal

MOST_UNMATCHED = 200
MOST_LINKS = 5_000
MOST_CITATIONS = 500
MOST_SCRIPTS = 600
"""Signs `^` and `~` of one paragraph: the parser's time grows with the square of their number."""

_SPECIAL = re.compile(r"[\\`\[\]<&{]`*")
_ESCAPED = frozenset("\\`*_{}[]()>#+-.!|~=^<:")
_WIKI = re.compile(r"\[\[([^\[\]\n|#]*)(?:#([^\[\]\n|]*))?(?:\|([^\[\]\n]*))?\]\]")
_CITATION = re.compile(r"\[\^([^\]\n]{0,200})\]")
_TARGET = re.compile(
    r"\(\s*+(?:<([^<>\n]*)>|([^\s()<>\"']*+))(?:\s++(?:\"[^\"()]*\"|'[^'()]*'))?\s*+\)"
)
_NAMED = re.compile(r"\s?\[([^\[\]]*)\]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>")
_MAIL = re.compile(r"<([^<> !/]+@[^@<> ]+)>")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_LONGEST_ADDRESS = 5_000
_LONGEST_NAME = 1_000


class Found(NamedTuple):
    """A link that may lead into this site."""

    target: markup.Target
    offset: int
    text: str | None
    """Marked-up text; None when it is what stands between the sentinels."""


class HeadingTag(NamedTuple):
    """A heading written as raw HTML."""

    level: int
    own: str
    """Its `id`, or empty."""
    offset: int


class Inline:
    """Gathers what the paragraphs of one body hold."""

    def __init__(
        self, layout: Layout, findings: Findings, judge_tag: Callable[[Tag], None]
    ) -> None:
        self.layout = layout
        self.findings = findings
        self.judge_tag = judge_tag
        self.links: list[Found] = []
        """Of the stretch being read, in the order of their sentinels."""
        self.heads: list[HeadingTag] = []
        """Raw headings of the stretch being read."""
        self.cited: set[int] = set()
        self.count = 0
        """Links of every kind in the body so far."""
        self.failed = 0
        """Addresses in the body whose `)` is missing."""
        self.citations = 0
        self.scripts = 0
        """Sum of the squares of the number of `^` and `~` in each paragraph."""
        self.raw_link = False
        """A raw `<a>` is open."""
        self.own_anchor = ""
        """Given by the attribute list at the end of the stretch being read."""

    def begin(self) -> None:
        """Forget the stretch that was read."""
        self.links, self.heads, self.raw_link = [], [], False
        self.own_anchor = ""

    def read(self, start: int, end: int, kind: str = "text") -> str:
        """The text of a stretch with links between sentinels and emphasis still marked."""
        self.begin()
        text = self.layout.masked
        if scripts := text.count("^", start, end) + text.count("~", start, end):
            self.scripts += scripts**2
            if self.scripts > MOST_SCRIPTS**2:
                self._refuse(start, MOST_SCRIPTS, "signs ^ and ~ in its paragraphs")
        if not _SPECIAL.search(text, start, end):
            return text[start:end]
        if text.find("{", start, end) >= 0:
            own_line = kind == "text"
            given = body_attributes.at_end(text, start, end, own_line=own_line)
            if given:
                body_attributes.report(given, self.findings, heading=kind == "heading")
                self.own_anchor = body_attributes.own_anchor(given.inside)
                end = given.start
        paragraph = _Paragraph(self, start, end)
        return "" if self.findings.fatal else paragraph.read()

    def _refuse(self, offset: int, most: int, things: str) -> None:
        message = f"more than {most:,} {things}"
        self.findings.refuse(offset, "too-long", message, "make several briefings of it")

    def counted(self, offset: int) -> None:
        """Count a link."""
        self.count += 1
        if self.count == MOST_LINKS + 1:
            self._refuse(offset, MOST_LINKS, "links")

    def cite(self, label: str, offset: int) -> bool:
        """Read `[^label]`; False when it cites neither a source nor a footnote."""
        known = label in self.layout.notes
        if not known and not (label.isascii() and label.isdecimal() and len(label) <= 4):
            return False
        self.citations += 1
        if self.citations == MOST_CITATIONS + 1:
            self._refuse(offset, MOST_CITATIONS, "citations")
        if not known:
            self.cited.add(int(label))
        return True

    def address(
        self, address: str, offset: int, *, image: bool = False, judged: bool = False
    ) -> markup.Target | None:
        """Judge the address of a link or an image; what it may lead to in this site.

        With `judged` the tag that holds it was judged already.
        """
        self.counted(offset)
        target = markup.internal(address)
        if target is not None:
            return target
        scheme = markup.scheme(address)
        if scheme and scheme not in markup.SCHEMES:
            if not judged:
                message = f"an address that begins with {scheme}: is not published"
                self.findings.add(offset, "unsafe-html", message, "use https, http or mailto")
        elif image:
            self.findings.add(
                offset,
                "remote-image",
                "an image from another site is published as a link to it",
                "put the file beside the briefing, or link to it",
            )
        return None

    def tag(self, tag: Tag, pieces: list[str]) -> None:
        """Read what a raw tag means for the text round it."""
        name = tag.name
        if name == "br":
            pieces.append(" ")
        elif name == "a" and tag.close:
            if self.raw_link:
                pieces.append(CLOSE)
                self.raw_link = False
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":
            if not tag.close:
                own = dict(body_tags.attributes(tag.attributes)).get("id", "")
                self.heads.append(HeadingTag(int(name[1]), own, tag.start))
                pieces.append(HEAD)
            else:
                pieces.append(HEAD_END)
        elif not tag.close and name in ("a", "img"):
            self._linking_tag(tag, pieces)

    def _linking_tag(self, tag: Tag, pieces: list[str]) -> None:
        given = dict(body_tags.attributes(tag.attributes))
        image = tag.name == "img"
        address = given.get("src" if image else "href")
        if address is None:
            return
        target = self.address(address, tag.start, image=image, judged=True)
        if target is not None:
            self.links.append(Found(target, tag.start, given.get("alt", "") if image else None))
            if not image and self.raw_link:
                pieces.append(CLOSE)  # An `<a>` ends the one before it.
            pieces += [OPEN, CLOSE] if image else [OPEN]
            self.raw_link = self.raw_link or not image


class _Paragraph:
    """One walk over the special signs of a stretch, from left to right."""

    def __init__(self, inline: Inline, start: int, end: int) -> None:
        self.inline = inline
        self.text = inline.layout.masked
        self.start, self.end = start, end
        self.pieces: list[str] = []
        self.places: list[int] = []
        """Offsets of the special signs; a run of backticks is one."""
        self.code: dict[int, tuple[int, int, int]] = {}
        """By the offset of its first backtick: where code begins, ends, and the text goes on."""
        self.closes: dict[int, int] = {}
        """By the offset of a `[`, that of its `]`."""
        self._find()

    def _find(self) -> None:
        """Find the special signs, the end of each code span and the `]` of each `[`."""
        text = self.text
        places = self.places
        runs: dict[int, list[int]] = {}
        for found in _SPECIAL.finditer(text, self.start, self.end):
            at = found.start()
            places.append(at)
            if text[at] == "`":
                runs.setdefault(found.end() - at, []).append(at)
            elif found.end() > at + 1:
                escaped = text[at] == "\\"
                first = at + 2 if escaped else at + 1
                if found.end() > first:
                    places.append(first)
                    runs.setdefault(found.end() - first, []).append(first)
        for marks in runs.values():
            marks.reverse()
        lengths = {at: length for length, marks in runs.items() for at in marks}
        unmatched: list[int] = []
        heights: list[int] = []
        """For each open bracket, how deep those inside it are nested."""
        hidden = self.start
        for at in places:
            sign = text[at]
            if at < hidden:
                continue
            if sign == "`":
                hidden = self._code(at, lengths[at], runs[lengths[at]])
            elif sign == "\\":
                hidden = at + 2
            elif sign == "[":
                unmatched.append(at)
                heights.append(1)
            elif sign == "]" and unmatched:
                self.closes[unmatched.pop()] = at
                height = heights.pop()
                if heights and heights[-1] <= height:
                    heights[-1] = height + 1
                if height > DEEPEST:
                    message = f"brackets are nested deeper than {DEEPEST}"
                    self.inline.findings.refuse(at, "too-deep", message, "nest them less")
                    return
        if len(unmatched) > MOST_UNMATCHED:
            self._too_many(unmatched[MOST_UNMATCHED])

    def _code(self, at: int, length: int, marks: list[int]) -> int:
        """Note the code span that begins at `at`, if one does; where reading goes on."""
        while marks and marks[-1] <= at:
            marks.pop()
        if not marks:
            return at + length
        close = marks.pop()
        self.code[at] = (at + length, close, close + length)
        return close + length

    def _too_many(self, offset: int) -> None:
        self.inline.findings.refuse(
            offset,
            "too-long",
            f"more than {MOST_UNMATCHED} brackets are never closed",
            "close them, or write \\[ for a bracket that is text",
        )

    def read(self) -> str:
        self._walk(self.start, self.end, in_link=False)
        return "".join(self.pieces)

    def _walk(self, start: int, end: int, *, in_link: bool) -> None:
        """Read between two offsets; inside a link no other begins but a wiki-link."""
        text, pieces, places = self.text, self.pieces, self.places
        at = start
        for index in range(bisect_left(places, start), len(places)):
            place = places[index]
            if place >= end or self.inline.findings.fatal:
                break
            if place < at:
                continue
            if place > at:
                pieces.append(text[at:place])
            at = self._sign(place, in_link)
        if at < end:
            pieces.append(text[at:end])

    def _sign(self, at: int, in_link: bool) -> int:
        """Read what begins at a special sign; the offset where reading goes on."""
        text, pieces = self.text, self.pieces
        sign = text[at]
        if sign == "[":
            return self._bracket(at, in_link)
        if sign == "`":
            if span := self.code.get(at):
                pieces.append(literal(" ".join(text[span[0] : span[1]].split())))
                return self._attributes(span[2])
            run = at
            while run < self.end and text[run] == "`":
                run += 1
            pieces.append(text[at:run])
            return run
        if sign == "<":
            return self._angle(at)
        if sign == "&" and (entity := _ENTITY.match(text, at, self.end)):
            pieces.append(literal(html.unescape(entity[0])))
            return entity.end()
        if sign == "\\" and at + 1 < self.end and text[at + 1] in _ESCAPED:
            pieces.append(literal(text[at + 1]))
            return at + 2
        if sign == "{" and at > self.start and text[at - 1] in "*_~=^":
            after = self._attributes(at)
            if after > at:
                return after
        pieces.append(sign)
        return at + 1

    def _attributes(self, at: int) -> int:
        """Read an attribute list directly behind a link, code or emphasis."""
        given = body_attributes.behind(self.text, at, self.end)
        if not given:
            return at
        body_attributes.report(given, self.inline.findings)
        return given.end

    def _bracket(self, at: int, in_link: bool) -> int:
        text, end = self.text, self.end
        following = text[at + 1 : at + 2]
        image = at > self.start and text[at - 1] == "!"
        if following == "[" and (wiki := _WIKI.match(text, at, end)) and text[at - 2 : at] != "](":
            return self._wiki(wiki)
        if following == "^" and not image and (cited := _CITATION.match(text, at, end)):
            if self.inline.cite(cited[1], at):
                return cited.end()
        close = self.closes.get(at)
        if close is not None and (image or not in_link):
            address, after = self._target(at, close)
            if address is not None:
                self._link(at, close, address, image)
                return self._attributes(after)
        self.pieces.append("[")
        return at + 1

    def _wiki(self, wiki: re.Match[str]) -> int:
        target = markup.Target(wiki[1].strip(), (wiki[2] or "").strip(), True)
        self.inline.counted(wiki.start())
        text = (wiki[3] or "").strip()
        self.inline.links.append(Found(target, wiki.start(), text))
        self.pieces += [OPEN, text, CLOSE]
        return self._attributes(wiki.end())

    def _target(self, at: int, close: int) -> tuple[str | None, int]:
        """Address of the link whose text ends at `close`, and where the link ends."""
        text, end = self.text, self.end
        if text[close + 1 : close + 2] == "(":
            if plain := _TARGET.match(text, close + 1, end):
                return plain[1] or plain[2] or "", plain.end()
            address, after = _parenthesised(text, close + 2, end)
            if address is not None:
                return address, after
            self.inline.failed += 1
            if self.inline.failed > MOST_UNMATCHED:
                self._too_many(close)
        references = self.inline.layout.references
        if references and close - at < _LONGEST_NAME:
            named = _NAMED.match(text, close + 1, end)
            name = (named[1] if named else "") or text[at + 1 : close]
            reference = references.get(" ".join(name.split()).lower())
            if reference:
                return reference.address, named.end() if named else close + 1
        return None, close + 1

    def _link(self, at: int, close: int, address: str, image: bool) -> None:
        begin = at - 1 if image else at
        target = self.inline.address(address, begin, image=image)
        if image:
            # The sign before the bracket was read as text.
            self.pieces[-1] = self.pieces[-1][:-1]
            if target is not None:
                self.inline.links.append(Found(target, begin, self.text[at + 1 : close]))
                self.pieces += [OPEN, CLOSE]
            return
        if target is not None:
            self.inline.links.append(Found(target, begin, None))
            self.pieces.append(OPEN)
        self._walk(at + 1, close, in_link=True)
        if target is not None:
            self.pieces.append(CLOSE)

    def _angle(self, at: int) -> int:
        text, end = self.text, self.end
        if text.startswith("<!--", at):
            if comment := _COMMENT.match(text, at, end):
                return comment.end()
            if text.rfind("-->", self.start, end) < at:
                self.inline.judge_tag(body_tags.unclosed_comment(at))
        elif automatic := _AUTOLINK.match(text, at, end):
            self.inline.address(automatic[1], at)
            return automatic.end()
        elif mail := _MAIL.match(text, at, end):
            self.pieces.append(literal(mail[1]))
            return mail.end()
        elif found := body_tags.INLINE.match(text, at, end):
            tag = body_tags.of_match(found)
            self.inline.judge_tag(tag)
            self.inline.tag(tag, self.pieces)
            return tag.end
        self.pieces.append("<")
        return at + 1


def _parenthesised(text: str, at: int, end: int) -> tuple[str | None, int]:
    """An address with brackets or a title in it, up to the `)` that closes it."""
    depth = 1
    quote = ""
    title = -1
    for place in range(at, min(end, at + _LONGEST_ADDRESS)):
        sign = text[place]
        if quote:
            if sign == quote and text[place + 1 : place + 40].lstrip()[:1] == ")":
                quote = ""
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                address = text[at : title if title >= 0 else place].strip()
                return address.removeprefix("<").removesuffix(">"), place + 1
        elif sign in "\"'" and text[place - 1].isspace():
            quote, title = sign, place
    return None, at
