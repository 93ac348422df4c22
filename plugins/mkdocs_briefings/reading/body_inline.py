"""What stands inside a paragraph: links, citations, code, tags, and the plain text round them."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from functools import lru_cache

from ..catalog import markup
from . import body_attributes, body_tags
from .body_gather import MOST_SIGNS, Found, Gatherer
from .body_lines import fold_name
from .body_tags import DEEPEST
from .body_text import BREAK, CLOSE, CUT, CUT_END, OPEN, literal

MOST_UNMATCHED = 200

_SPECIAL = re.compile(r"[\\`\[\]<&{]`*")
_ESCAPED = frozenset("\\`*_{}[]()>#+-.!|~=^<:")
_CITATION = re.compile(r"\[\^([^\]\n]{0,200})\]")
_TARGET = re.compile(
    r"\(\s*+(?:<([^<>\n]*)>|([^\s()<>\"']*+))(?:\s++(?:\"[^\"()]*\"|'[^'()]*'))?\s*+\)"
)
_NAMED = re.compile(r"\s?\[([^\[\]]*)\]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>")
_MAIL = re.compile(r"<([^<> !/]+@[^@<> ]+)>")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_OUTBOUND = re.compile(r"\[(?<!!\[)(?!\^)([^\\`\[\]<{]*)\]\((https?://[^\s()<>\"'\\`\[\]{]*)\)")
"""A link to another site without any other special sign but entities, as most links of most texts
are."""
_LONGEST_ADDRESS = 5_000
_LONGEST_NAME = 1_000


def read_inline(gatherer: Gatherer, start: int, end: int, kind: str = "text") -> str:
    """The text of a stretch with links between sentinels and emphasis still marked."""
    gatherer.begin()
    text = gatherer.layout.masked
    stretch = text[start:end]
    # To see whether there are any takes a tenth of the time of counting none.
    if "^" in stretch or "~" in stretch:
        gatherer.scripted(start, stretch.count("^") + stretch.count("~"))
    if (pieces := _simple(gatherer, stretch, start)) is not None:
        return pieces
    if text.find("{", start, end) >= 0:
        given = body_attributes.at_end(text, start, end, own_line=kind == "text")
        if given:
            body_attributes.report(given, gatherer.findings, heading=kind == "heading", block=True)
            gatherer.own_anchor = body_attributes.own_anchor(given.inside)
            gatherer.foreign = body_attributes.names_language(given.inside)
            end = given.start
    paragraph = _Paragraph(gatherer, start, end, heading=kind == "heading")
    return "" if gatherer.findings.fatal else paragraph.read()


def _simple(gatherer: Gatherer, stretch: str, start: int) -> str | None:
    """What a walk over the special signs of a stretch that begins at `start` would give, where they
    are those of entities and of plain links to other sites; None where there are others."""
    if "\\" in stretch or "`" in stretch or "<" in stretch or "{" in stretch:
        return None
    text, links = stretch, []
    if "[" in stretch or "]" in stretch:
        pieces, at = [], 0
        links = list(_OUTBOUND.finditer(stretch)) if "](http" in stretch else []
        for link in links:
            pieces += [stretch[at : link.start()], CUT, link[1], CUT_END]
            at = link.end()
        text = "".join([*pieces, stretch[at:]])
        if "[" in text or "]" in text:
            return None
    # All brackets are those of the links.
    signs = 2 * len(links) + (stretch.count("&") if "&" in stretch else 0)
    gatherer.signed(start, signs, len(stretch))
    for link in links:
        if gatherer.findings.fatal:
            break
        gatherer.outward(link[2], start + link.start())
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def _decoded(entity: re.Match[str]) -> str:
    return _entity(entity[0])


@lru_cache(1000)
def _entity(entity: str) -> str:
    """What an entity stands for, as text."""
    return literal(html.unescape(entity))


class _Paragraph:
    """One walk over the special signs of a stretch, from left to right."""

    def __init__(self, gatherer: Gatherer, start: int, end: int, *, heading: bool) -> None:
        self.gatherer, self.heading = gatherer, heading
        self.text = gatherer.layout.masked
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
            if len(places) > MOST_SIGNS:
                break  # It is refused at once.
            if text[at] == "`":
                runs.setdefault(found.end() - at, []).append(at)
            elif found.end() > at + 1:
                escaped = text[at] == "\\"
                first = at + 2 if escaped else at + 1
                if found.end() > first:
                    places.append(first)
                    runs.setdefault(found.end() - first, []).append(first)
        self.gatherer.signed(self.start, len(places), self.end - self.start)
        if self.gatherer.findings.fatal:
            return
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
                    self.gatherer.findings.refuse(at, "too-deep", message, "nest them less")
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
        self.gatherer.findings.refuse(
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
            if place >= end or self.gatherer.findings.fatal:
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
                code = literal(" ".join(text[span[0] : span[1]].split()))
                pieces += [code] if in_link else [CUT, code, CUT_END]
                return self._attributes(span[2])
            run = at
            while run < self.end and text[run] == "`":
                run += 1
            pieces.append(text[at:run])
            return run
        if sign == "<":
            return self._angle(at)
        if sign == "&" and (entity := _ENTITY.match(text, at, self.end)):
            pieces.append(_decoded(entity))
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
        body_attributes.report(given, self.gatherer.findings)
        return given.end

    def _bracket(self, at: int, in_link: bool) -> int:
        text, end = self.text, self.end
        following = text[at + 1 : at + 2]
        image = at > self.start and text[at - 1] == "!"
        named = following == "[" and text[at - 2 : at] != "]("
        if named and (wiki := markup.WIKI_LINK.match(text, at, end)):
            return self._wiki(wiki)
        cited = _CITATION.match(text, at, end) if following == "^" and not image else None
        if cited and self.gatherer.cite(cited[1], at):
            self.pieces.append(BREAK)
            return cited.end()
        close = self.closes.get(at)
        if close is not None and (image or not in_link):
            address, after = self._target(at, close)
            if address is not None:
                self._link(at, close, address, image)
                return self._attributes(after)
        if cited:
            self.gatherer.uncited(cited[1], at)
        self.pieces.append("[")
        return at + 1

    def _wiki(self, wiki: re.Match[str]) -> int:
        name, fragment, text = (" ".join((part or "").split()) for part in wiki.groups())
        target = markup.Target(name, fragment, True)
        self.gatherer.counted(wiki.start())
        self.gatherer.links.append(Found(target, wiki.start(), text))
        # The anchor of a heading cannot wait for the title of another page.
        shown = text or (target.target or target.fragment if self._heads_section() else "")
        self.pieces += [OPEN, shown, CLOSE]
        return self._attributes(wiki.end())

    def _heads_section(self) -> bool:
        """Whether what is read stands in a heading."""
        return self.heading or bool(self.gatherer.heads)

    def _target(self, at: int, close: int) -> tuple[str | None, int]:
        """Address of the link whose text ends at `close`, and where the link ends."""
        text, end = self.text, self.end
        if text[close + 1 : close + 2] == "(":
            if plain := _TARGET.match(text, close + 1, end):
                return plain[1] or plain[2] or "", plain.end()
            address, after = _parenthesised(text, close + 2, end)
            if address is not None:
                return address, after
            self.gatherer.failed += 1
            if self.gatherer.failed > MOST_UNMATCHED:
                self._too_many(close)
        references = self.gatherer.layout.references
        if references and close - at < _LONGEST_NAME:
            named = _NAMED.match(text, close + 1, end)
            shown = text[at + 1 : close]
            if named and (reference := references.get(fold_name(named[1] or shown))):
                return reference.address, named.end()
            if reference := references.get(fold_name(shown)):
                return reference.address, close + 1
        return None, close + 1

    def _link(self, at: int, close: int, address: str, image: bool) -> None:
        begin = at - 1 if image else at
        target = self.gatherer.address(address, begin, image=image)
        if image:
            # The sign before the bracket was read as text.
            self.pieces[-1] = self.pieces[-1][:-1]
            if target is not None:
                self.gatherer.links.append(Found(target, begin, self.text[at + 1 : close]))
                self.pieces += [OPEN, CLOSE]
            else:
                self.pieces.append(BREAK)
            return
        if target is not None:
            self.gatherer.links.append(Found(target, begin, None))
        self.pieces.append(CUT if target is None else OPEN)
        self._walk(at + 1, close, in_link=True)
        self.pieces.append(CUT_END if target is None else CLOSE)

    def _angle(self, at: int) -> int:
        text, end = self.text, self.end
        if text.startswith("<!--", at):
            if comment := _COMMENT.match(text, at, end):
                return comment.end()
            if text.rfind("-->", self.start, end) < at:
                self.gatherer.judge_tag(body_tags.unclosed_comment(at))
        elif automatic := _AUTOLINK.match(text, at, end):
            self.gatherer.address(automatic[1], at)
            self.pieces.append(literal(automatic[1]) if self._heads_section() else BREAK)
            return automatic.end()
        elif mail := _MAIL.match(text, at, end):
            self.gatherer.counted(at)
            self.pieces += [CUT, literal(mail[1]), CUT_END]
            return mail.end()
        elif found := body_tags.INLINE.match(text, at, end):
            tag = body_tags.of_match(found)
            self.gatherer.judge_tag(tag)
            self.gatherer.tag(tag, self.pieces)
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
