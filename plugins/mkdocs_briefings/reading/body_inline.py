"""What stands inside a paragraph: links, citations, code, tags, and the plain text round them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ..catalog import markup
from . import body_tags
from .body_blocks import Layout
from .body_findings import Findings
from .body_tags import Tag
from .body_text import CLOSE, OPEN

MOST_UNMATCHED = 200

SPECIAL = re.compile(r"[\\`\[\]<&{]")
_TOKEN = re.compile(
    r"\\[\\`*_{}\[\]()>#+.!|~=^<:\-]|`+|\[\^[^\]\n]*\](?!:)|\[\[|!?\[|\]|<|&(?:#\d+|#x[0-9a-fA-F]+|\w+);"
    r"|(?<=[)\]*_`~=^>])\{:?[ ]*[^}\n ][^}\n]*\}"
)
_WIKI = re.compile(r"\[\[([^\[\]\n|#]*)(?:#([^\[\]\n|]*))?(?:\|([^\[\]\n]*))?\]\]")
_PLAIN_TARGET = re.compile(
    r"\(\s*(?:<([^<>]*)>|([^\s()<>\"']*))(?:\s+(?:\"[^\"()]*\"|'[^'()]*'))?\s*\)"
)
_REFERENCE = re.compile(r"\s?\[([^\[\]]*)\]")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_MAIL = re.compile(r"<([^<> !/]+@[^@<> ]+)>")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_SOURCE = re.compile(r"\[\^(\d{1,4})\]$")


class Found(NamedTuple):
    """A link that may lead into this site."""

    target: markup.Target
    offset: int
    text: str | None
    """Marked-up text; None when it is what stands between the sentinels."""


@dataclass(slots=True)
class Inline:
    """Gathers what the paragraphs of one body hold."""

    layout: Layout
    findings: Findings
    source: str
    judge_tag: Callable[[Tag], None]
    links: list[Found] = field(default_factory=list)
    """Of the paragraph being read."""
    cited: set[int] = field(default_factory=set)
    count: int = 0
    """Links of every kind in the body so far."""

    def read(self, start: int, end: int) -> str:
        """The text of a stretch, links between sentinels, marks of emphasis still in it."""
        text = self.layout.masked
        self.links = []
        if not SPECIAL.search(text, start, end):
            return text[start:end]
        return _Reader(self, start, end).read()

    def address(self, address: str, offset: int, *, image: bool = False) -> markup.Target | None:
        """Judge the address of a link or an image; what it may lead to in this site."""
        self.count += 1
        target = markup.internal(address)
        if target is None:
            scheme = markup.scheme(address)
            if scheme and scheme not in markup.SCHEMES:
                self.findings.add(
                    offset,
                    "unsafe-html",
                    f"an address that begins with {scheme}: is not published",
                    "use https, http or mailto",
                )
            elif image:
                self.findings.add(
                    offset,
                    "remote-image",
                    "an image from another site is published as a link to it",
                    "put the file beside the briefing, or link to it",
                )
        return target


class _Reader:
    """One walk over the tokens of a paragraph, from left to right."""

    def __init__(self, inline: Inline, start: int, end: int) -> None:
        self.inline = inline
        self.text = inline.layout.masked
        self.start, self.end = start, end
        self.pieces: list[str] = []
        self.tokens = list(_TOKEN.finditer(self.text, start, end))
        self.closes: dict[int, int] = {}
        self.code: dict[int, int] = {}
        self.failed = 0
        self._pair()

    def _pair(self) -> None:
        """Find the end of each code span and the `]` of each `[`."""
        runs: dict[int, list[int]] = {}
        for token in self.tokens:
            if token[0][0] == "`":
                runs.setdefault(len(token[0]), []).append(token.start())
        for places in runs.values():
            places.reverse()
        open_brackets: list[int] = []
        hidden = -1
        for token in self.tokens:
            at = token.start()
            if at < hidden:
                continue
            sign = token[0]
            if sign[0] == "`":
                places = runs[len(sign)]
                while places and places[-1] <= at:
                    places.pop()
                if places:
                    hidden = places.pop() + len(sign)
                    self.code[at] = hidden
            elif sign == "[" or sign == "![":
                open_brackets.append(token.end() - 1)
            elif sign == "[[":
                open_brackets += [at, at + 1]
            elif sign == "]" and open_brackets:
                self.closes[open_brackets.pop()] = at
        self._limit(open_brackets)

    def _limit(self, unmatched: list[int]) -> None:
        if len(unmatched) > MOST_UNMATCHED:
            self.inline.findings.refuse(
                unmatched[MOST_UNMATCHED],
                "too-long",
                f"more than {MOST_UNMATCHED} brackets in one paragraph are never closed",
                "close them, or write \\[ for a bracket that is text",
            )

    def read(self) -> str:
        if self.inline.findings.fatal:
            return ""
        self._walk(self.start, self.end, False)
        return "".join(self.pieces)

    def _walk(self, start: int, end: int, in_link: bool) -> None:
        """Read tokens between two offsets; inside a link no other link begins."""
        text, pieces = self.text, self.pieces
        at = start
        tokens = self.tokens
        for index in range(self._first(start), len(tokens)):
            token = tokens[index]
            begin = token.start()
            if begin >= end:
                break
            if begin < at:
                continue
            pieces.append(text[at:begin])
            at = self._token(token, in_link)
        if at < end:
            pieces.append(text[at:end])

    def _first(self, start: int) -> int:
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].start() < start:
                low = middle + 1
            else:
                high = middle
        return low

    def _token(self, token: re.Match[str], in_link: bool) -> int:
        """Read one token; the offset where reading goes on."""
        sign = token[0]
        first = sign[0]
        begin = token.start()
        if first == "\\":
            self.pieces.append(_literal(sign[1]))
        elif first == "`":
            close = self.code.get(begin)
            if close is None:
                self.pieces.append(sign)
                return token.end()
            inside = self.text[token.end() : close - len(sign)].strip()
            self.pieces.append(_literal(inside))
            return close
        elif first == "&":
            self.pieces.append(_literal(html.unescape(sign)))
        elif first == "{":
            self._attributes(token)
        elif first == "<":
            return self._angle(begin)
        elif sign == "]":
            self.pieces.append("]")
        elif sign.startswith("[^"):
            return self._cite(token)
        else:
            return self._bracket(begin, sign, in_link)
        return token.end()

    def _attributes(self, token: re.Match[str]) -> None:
        attributes_dropped(token[0], token.start(), self.inline.findings, heading=False)

    def _cite(self, token: re.Match[str]) -> int:
        number = _SOURCE.match(token[0])
        if number and token[0][2:-1] not in self.inline.layout.notes:
            self.inline.cited.add(int(number[1]))
        elif token[0][2:-1] not in self.inline.layout.notes:
            self.pieces.append(token[0])
        return token.end()

    def _bracket(self, begin: int, sign: str, in_link: bool) -> int:
        if sign == "[[" and not in_link:
            wiki = _WIKI.match(self.text, begin, self.end)
            if wiki and self.text[begin - 2 : begin] != "](":
                return self._wiki(wiki)
        image = sign[0] == "!"
        bracket = begin + 1 if image else begin
        close = self.closes.get(bracket)
        if close is not None and (image or not in_link):
            address, after = self._target(bracket, close)
            if address is not None:
                self._link(begin, bracket, close, address, image)
                return after
        self.pieces.append("![" if image else "[")
        return bracket + 1

    def _wiki(self, wiki: re.Match[str]) -> int:
        target = markup.Target(wiki[1].strip(), (wiki[2] or "").strip(), True)
        self.inline.count += 1
        text = (wiki[3] or "").strip()
        self.inline.links.append(Found(target, wiki.start(), text))
        self.pieces += [OPEN, text, CLOSE]
        return wiki.end()

    def _target(self, bracket: int, close: int) -> tuple[str | None, int]:
        """Address of the link whose text ends at `close`, and where the link ends."""
        text, end = self.text, self.end
        if text[close + 1 : close + 2] == "(":
            plain = _PLAIN_TARGET.match(text, close + 1, end)
            if plain:
                return plain[1] or plain[2] or "", plain.end()
            address, after = _parenthesised(text, close + 2, end)
            if address is not None:
                return address, after
            self.failed += 1
            if self.failed > MOST_UNMATCHED:
                self._limit([close] * (MOST_UNMATCHED + 1))
                self.failed = 0
        references = self.inline.layout.references
        if references:
            named = _REFERENCE.match(text, close + 1, end)
            name = (named[1] if named else "") or text[bracket + 1 : close]
            reference = references.get(" ".join(name.split()).lower())
            if reference:
                return reference.address, named.end() if named else close + 1
        return None, close + 1

    def _link(self, begin: int, bracket: int, close: int, address: str, image: bool) -> None:
        target = self.inline.address(address, begin, image=image)
        if image:
            if target is not None:
                self.inline.links.append(Found(target, begin, self.text[bracket + 1 : close]))
                self.pieces += [OPEN, CLOSE]
            return
        if target is None:
            self._walk(bracket + 1, close, True)
            return
        self.inline.links.append(Found(target, begin, None))
        self.pieces.append(OPEN)
        self._walk(bracket + 1, close, True)
        self.pieces.append(CLOSE)

    def _angle(self, begin: int) -> int:
        text, end = self.text, self.end
        if comment := text.startswith("<!--", begin) and _COMMENT.match(text, begin, end):
            return comment.end()
        if automatic := _AUTOLINK.match(text, begin, end):
            if "://" in automatic[1]:
                self.inline.address(automatic[1], begin)
                return automatic.end()
        if mail := _MAIL.match(text, begin, end):
            self.pieces.append(_literal(mail[1]))
            return mail.end()
        tag = body_tags.INLINE.match(text, begin, end)
        if not tag:
            self.pieces.append("<")
            return begin + 1
        found = Tag(
            begin,
            tag.end(),
            tag["name"].lower(),
            bool(tag["close"]),
            bool(tag["empty"]),
            tag["attributes"],
        )
        self.inline.judge_tag(found)
        self._raw(found)
        return tag.end()

    def _raw(self, tag: Tag) -> None:
        if tag.name == "a":
            open_tag(self.inline, tag, self.pieces)
        elif tag.name == "img" and not tag.close:
            image_tag(self.inline, tag, self.pieces)
        elif tag.name == "br":
            self.pieces.append(" ")


def open_tag(inline: Inline, tag: Tag, pieces: list[str]) -> None:
    """Read a raw `<a>` or `</a>`."""
    if tag.close:
        if pieces.count(OPEN) > pieces.count(CLOSE):
            pieces.append(CLOSE)
        return
    address = dict(body_tags.attributes(tag.attributes)).get("href")
    if address is None:
        return
    target = inline.address(address, tag.start)
    if target is not None:
        inline.links.append(Found(target, tag.start, None))
        pieces.append(OPEN)


def image_tag(inline: Inline, tag: Tag, pieces: list[str]) -> None:
    """Read a raw `<img>`."""
    given = dict(body_tags.attributes(tag.attributes))
    if "src" not in given:
        return
    target = inline.address(given["src"], tag.start, image=True)
    if target is not None:
        inline.links.append(Found(target, tag.start, given.get("alt", "")))
        pieces += [OPEN, CLOSE]


def attributes_dropped(written: str, offset: int, findings: Findings, *, heading: bool) -> None:
    """Report what an attribute list gives that is not published."""
    inside = written.strip("{}").lstrip(":").strip()
    names = []
    for name, _ in re.findall(r"([^\s=]+)(=(?:\"[^\"]*\"|'[^']*'|\S+))?", inside):
        if name.startswith("#") and heading:
            continue
        names.append("class" if name[0] == "." else "id" if name[0] == "#" else name)
    if names:
        findings.add(
            offset,
            "unsafe-html",
            f"the attribute list is published without {', '.join(dict.fromkeys(names))}",
            "delete it; write \\{ for a brace that is text",
        )


_PROTECTED = re.compile(r"[*_~=^]")
_SHIELD = {ord(c): chr(0xE000 + i) for i, c in enumerate("*_~=^")}
_UNSHIELD = {0xE000 + i: c for i, c in enumerate("*_~=^")}


def _literal(text: str) -> str:
    """Text whose signs are no emphasis."""
    return text.translate(_SHIELD) if _PROTECTED.search(text) else text


def unshield(text: str) -> str:
    """Undo what keeps literal signs from being read as emphasis."""
    return text if text.isascii() else text.translate(_UNSHIELD)


def _parenthesised(text: str, at: int, end: int) -> tuple[str | None, int]:
    """An address with brackets or a title in it, up to the `)` that closes it."""
    depth = 1
    quote = ""
    quote_at = -1
    for place in range(at, min(end, at + 5_000)):
        sign = text[place]
        if quote:
            if sign == quote and text[place + 1 : end].lstrip()[:1] == ")":
                quote = ""
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                address = text[at : quote_at if quote_at >= 0 else place].strip()
                return address.removeprefix("<").removesuffix(">"), place + 1
        elif sign in "\"'" and text[place - 1].isspace():
            quote, quote_at = sign, place
    return None, at
