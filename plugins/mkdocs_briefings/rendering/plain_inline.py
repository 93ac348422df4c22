"""Emphasis, links, code and the like in plain Markdown: see `plain`.

Where an order is told, it is that in which the parser looks for things: code, citations,
wiki-links, links, images, addresses in angle brackets, line breaks, tags, entities, emphasis. It
takes each out of the text before it looks for the next, and leaves a sign that is neither a
letter, nor a space, nor punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import escape
from threading import local
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_RE, STX
from pymdownx.delimiterprocessor import Delimiter, DelimiterProcessor

from ..catalog import markup

_SIGNS: Final = r"*_\[\]`\\&<>^~{\n\x00-\x08\x0b-\x1f\x7f"
"""All but these are text wherever they stand."""
_SPECIAL: Final = re.compile(f"[{_SIGNS}]")

START: Final = re.compile(
    r" *+(?!\*\[|!!!|\?\?\?|(?:[*_] *+){3,}(?:\n|\Z))"
    r"(?:[^\W_]|:(?=[^\W_])|#(?=[^\W_])|[\"'(\[*_$%&@/.,;!?`<\\]|[-+](?=[^\W_])|[^\x00-\x7f\s])"
)
"""How a line of running text begins: no block begins so in the middle of another."""

_PART: Final = r"[^\s()<>\"'`\\\[\]{}]"
_TO: Final = (
    rf"\((|(?:{_PART}++|\({_PART}*+\))++(?: {_PART}++)*+)"
    r"(?: +\"([^\"'<>`\\\[\]{}\n]+|[^\"'()<>`\\\[\]{}\n][^\"()<>`\\\[\]{}\n]*)\")?\)"
)
"""An address and a title. Quotes end and brackets nest in ways of their own, so what holds both
an apostrophe and brackets is left to the parser. Nothing in it can be read in two ways, so what
was read need not be given back."""

_LINK: Final = re.compile(rf"\[([^\[\]]+)\]{_TO}")
_TEXT_LINK: Final = re.compile(rf"\[([^{_SIGNS}]+)\]\(([\w./:?#=%+,~@!$;-]+)\)")
"""A link of a kind that most are of: neither its text nor its address need be looked at again."""
_IMAGE: Final = re.compile(rf"\[(?!\^)([^\[\]<>`\\&\"\n]*)\]{_TO}")
_BRACKETED: Final = re.compile(r"\[[^\[\]^\s][^\[\]^]*\](?!\s?[\[(:])")
_NESTED: Final = re.compile(
    r"\[(?=[^\[\]^\s]|\[[^\[\]^]+\]\()"
    r"(?:[^\[\]^]++|\[[^\[\]^]++\]\([^\s()\[\]^<>\"'`\\]*+\))++\](?!\s?[\[(:])"
)
"""Words in brackets with links among them."""
_CITATION: Final = re.compile(r"\[\^(\d{1,4})\](?![(:]|\[(?!\^))")
_CODE: Final = re.compile(r"`([^`\\&<\n]+)`(?!`)")
_SPACE: Final = re.compile(r"\s")
_ENTITY: Final = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")
_AMPERSAND: Final = re.compile(rf"&(?!{_ENTITY.pattern[1:]})", re.IGNORECASE)
_MARKED: Final = re.compile(rf"(\*\*?|__?)([^\W_](?:[^{_SIGNS}]*[^\W_])?)\1(?=[\s.,;:!?)\]’”—]|\Z)")
"""Words with a mark on either side: it opens if there is no letter before it, and then closes."""
_BEFORE_MARKED: Final = frozenset(" \n([“‘—")
_MARK: Final = re.compile(r"\*{1,2}(?!\*)|_{1,2}(?!_)")
ADDRESS: Final = re.compile(r"<((?:https?|ftp)://[^\s<>\"'`\\\[\]{}&]+)>")
MAIL: Final = re.compile(r"<([a-zA-Z0-9.+-]+@[a-zA-Z0-9.-]+)>")
_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|mark|q|s|small|span|strong|sub|sup|tt|u)"
    r"(?: [a-z-]+=\"[^\"<>`\\\[\]\n]*\")* ?/?>"
)
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—…")
_JOINTS: Final = frozenset("!&);<>[\\]`")
"""Beside these may be what the parser takes out before it looks for emphasis."""


_ESCAPED: Final = re.compile(r"\\([\\*_{}\[\]()>#+.|-])")


class Unsure(Exception):
    """Something that is left to the parser."""


class _CrookedError(Unsure):
    """Marks of emphasis of which it takes the parser's own rules to say what they do."""


def inline(text: str, sources: frozenset[int], again: bool = False) -> str:
    """The text of a block as HTML.

    Args:
        text: Where it has several lines, all of them are running text.
        sources: Numbers that `[^n]` cites.
        again: Whether the parser looks at it again when it has read all round it, so that what is
            crooked in it is read in yet another way.

    Raises:
        Unsure: If only the parser can tell.
    """
    # One sign is sought many times as fast as two.
    if "=" in text and "==" in text:
        raise Unsure
    if not _SPECIAL.search(text):
        return text
    try:
        return _Inline(text, sources).html()
    except _CrookedError:
        if again:
            raise
        return _Crooked(text, sources).html()


class _Inline:
    def __init__(self, text: str, sources: frozenset[int]) -> None:
        self.text = text
        self.sources = sources
        self.pieces: list[str] = []
        self.at = 0
        """Text before it is in the pieces."""
        self.next = 0
        """Text before it is read."""
        self.marks: list[tuple[str, int]] = []
        """Open emphasis: its mark, and where its tag stands in the pieces."""
        self.last = (-1, "")
        """Where the last mark of emphasis ended, and what it did."""
        self.bracket = -1
        """Where the bracket ends that is open and means nothing."""
        self.escaped = -1
        """Where the last sign ends that a backslash makes text."""

    def html(self) -> str:
        self.read()
        if self.marks:
            raise _CrookedError
        return "".join([*self.pieces, self.text[self.at :]])

    def read(self) -> None:
        """Read all signs, into the pieces."""
        while found := _SPECIAL.search(self.text, self.next):
            name = _READERS.get(found[0])
            if not name:
                raise Unsure
            getattr(self, name)(found.start())

    def put(self, start: int, end: int, html: str) -> None:
        """Write `html` for the text from `start` to `end`."""
        self.pieces += [self.text[self.at : start], html]
        self.at = self.next = end

    def sub(self, text: str) -> str:
        """A text in this one, as HTML. The parser looks at it again when it has read all round it,
        so that what is crooked in it is read in yet another way."""
        if "==" in text:
            raise Unsure
        if not _SPECIAL.search(text):
            return text
        try:
            return _Inline(text, self.sources).html()
        except _CrookedError:
            raise Unsure from None

    def line_end(self, at: int) -> None:
        self.next = at + 1
        if not START.match(self.text, at + 1):
            raise Unsure
        if self.text[at - 2 : at] == "  ":
            if self.text[at + 1] == " ":
                raise Unsure
            self.put(at - 2, at + 1, "<br>\n")

    def ampersand(self, at: int) -> None:
        if entity := _ENTITY.match(self.text, at):
            self.next = entity.end()
        else:
            self.put(at, at + 1, "&amp;")

    def greater(self, at: int) -> None:
        self.put(at, at + 1, "&gt;")

    def backslash(self, at: int) -> None:
        if not (escaped := _ESCAPED.match(self.text, at)):
            raise Unsure
        self.put(at, at + 2, escape(escaped[1], quote=False))
        self.escaped = at + 2

    def code(self, at: int) -> None:
        code = _CODE.match(self.text, at)
        if not code:
            raise Unsure
        self.put(at, code.end(), f"<code>{escape(code[1].strip(), quote=False)}</code>")

    def angle(self, at: int) -> None:
        if tag := _TAG.match(self.text, at):
            self.put(at, tag.end(), tag[0])
        elif address := ADDRESS.match(self.text, at):
            self.put(at, address.end(), f'<a href="{address[1]}">{address[1]}</a>')
        elif mail := MAIL.match(self.text, at):
            to, shown = _hidden(f"mailto:{mail[1]}"), _hidden(mail[1])
            self.put(at, mail.end(), f'<a href="{to}">{shown}</a>')
        else:
            raise Unsure

    def bracket_open(self, at: int) -> None:
        text = self.text
        if text[at - 1 : at] == "!":
            if not (image := _IMAGE.match(text, at)):
                raise Unsure
            src, title = _attribute(image[2]), _titled(image[3])
            self.put(at - 1, image.end(), f'<img alt="{_attribute(image[1])}" src="{src}"{title}>')
        elif link := _TEXT_LINK.match(text, at):
            self.put(at, link.end(), f'<a href="{link[2]}">{link[1]}</a>')
        elif link := _LINK.match(text, at):
            href, title = _attribute(link[2]), _titled(link[3])
            self.put(at, link.end(), f'<a href="{href}"{title}>{self.sub(link[1])}</a>')
        elif (cited := _CITATION.match(text, at)) and int(cited[1]) in self.sources:
            number = int(cited[1])
            self.put(at, cited.end(), f'<sup><a href="[^{number}]">{number}</a></sup>')
        elif wiki := markup.WIKI_LINK.match(text, at):
            # Behind `](` it is an address, if one of nothing.
            if text[at - 2 : at] == "](" or _SPECIAL.search(wiki[0][2:-2].replace("\n", " ")):
                raise Unsure
            name, part, shown = (" ".join((group or "").split()) for group in wiki.groups())
            part = f"#{part}" if part else ""
            self.put(at, wiki.end(), f'<a href="[[{name}{part}]]">{shown}</a>')
        elif self.bracket < 0 and (
            bracketed := _BRACKETED.match(text, at) or _NESTED.match(text, at)
        ):
            self.bracket, self.next = bracketed.end() - 1, at + 1
        else:
            raise Unsure

    def bracket_close(self, at: int) -> None:
        # Without one that opens it is text.
        if self.bracket >= 0 and at != self.bracket:
            raise Unsure
        self.bracket, self.next = -1, at + 1

    def tilde(self, at: int) -> None:
        """One alone strikes nothing."""
        if self.text.count("~") > 1:
            raise Unsure
        self.next = at + 1

    def mark(self, at: int) -> None:
        """A run of `*` or `_`: it opens, closes, or means nothing.

        As the parser has it: what opens has no space after it, what closes none before it; if
        there is punctuation on that side, there is a space or punctuation on the other side too;
        and `_` is not beside a letter on the other side.
        """
        free = not self.marks and at != self.escaped
        if free and (not at or self.text[at - 1] in _BEFORE_MARKED):
            marked = _MARKED.match(self.text, at)
            if marked:
                name = "strong" if len(marked[1]) == 2 else "em"
                self.put(at, marked.end(), f"<{name}>{marked[2]}</{name}>")
                return
        found = _MARK.match(self.text, at)
        if not found or at == self.escaped or self.text.startswith("\\", found.end()):
            raise _CrookedError
        mark, end = found[0], found.end()
        before, after = self.text[at - 1 : at], self.text[end : end + 1]
        left, right = _kind(before), _kind(after)
        opens = right == "letter" or (right == "sign" and left != "letter")
        closes = left == "letter" or (left == "sign" and right != "letter")
        if mark[0] == "_":
            opens, closes = opens and left != "letter", closes and right != "letter"
        same = any(opened[0] == mark[0] for opened, _ in self.marks)
        if closes and self.marks and self.marks[-1][0] == mark:
            name = "strong" if len(mark) == 2 else "em"
            self._beside(at, end, "close")
            self.pieces[self.marks.pop()[1]] = f"<{name}>"
            self.put(at, end, f"</{name}>")
        elif opens and not same:
            self._beside(at, end, "open")
            self.put(at, end, "")
            self.marks.append((mark, len(self.pieces) - 1))
        elif opens or same or {before, after} & _JOINTS or self.text.startswith("  \n", end):
            raise _CrookedError
        else:
            self._beside(at, end, "nothing")
            self.next = end

    def _beside(self, at: int, end: int, does: str) -> None:
        """Marks that touch must do the same."""
        if self.last[0] == at and self.last[1] != does:
            raise _CrookedError
        self.last = end, does


def _kind(sign: str) -> str:
    """What a sign is for emphasis; the end of the text is a space."""
    if not sign or sign.isspace():
        return "space"
    if sign.isalnum():
        return "letter"
    if sign in _PUNCTUATION:
        return "sign"
    raise _CrookedError


def _attribute(value: str) -> str:
    return _AMPERSAND.sub("&amp;", value)


def _titled(title: str | None) -> str:
    if not title:
        return ""
    return f' title="{_attribute(_SPACE.sub(" ", title.strip()))}"'


def _hidden(mail: str) -> str:
    """As the parser hides an address of mail from simple machines."""
    return "".join(f"&#{ord(sign)};" for sign in mail)


_READERS: Final[Mapping[str, str]] = {
    "\n": "line_end",
    "\\": "backslash",
    "&": "ampersand",
    ">": "greater",
    "`": "code",
    "<": "angle",
    "[": "bracket_open",
    "]": "bracket_close",
    "~": "tilde",
    "*": "mark",
    "_": "mark",
}


class _Crooked(_Inline):
    """A text whose marks of emphasis the library's own rules read, when all else is taken out."""

    def __init__(self, text: str, sources: frozenset[int]) -> None:
        super().__init__(text, sources)
        self.taken: list[str] = []
        """HTML that was taken out, by its number."""

    def html(self) -> str:
        self.read()
        text = "".join([*self.pieces, self.text[self.at :]])
        # Marks of other kinds would be paired in the same pass; and a pair is looked for from each.
        if "=" in text or "~" in text or text.count("*") + text.count("_") > _MOST_MARKS:
            raise Unsure
        _pairs.processor.reset()
        return self._whole(self._emphasised(text))

    def put(self, start: int, end: int, html: str) -> None:
        self.pieces += [self.text[self.at : start], self._out(html)]
        self.at = self.next = end

    def ampersand(self, at: int) -> None:
        if entity := _ENTITY.match(self.text, at):
            self.put(at, entity.end(), entity[0])
        else:
            self.next = at + 1

    def greater(self, at: int) -> None:
        self.next = at + 1

    def mark(self, at: int) -> None:
        self.next = at + 1

    def _out(self, html: str) -> str:
        """What stands in a text for HTML that is taken out of it, as the parser writes it."""
        self.taken.append(html)
        return str(INLINE_PLACEHOLDER % f"{len(self.taken) - 1:04}")

    def _emphasised(self, text: str) -> str:
        """A text whose emphasis is taken out, mark by mark as the parser goes through it."""
        pairs, start = _pairs.processor, 0
        while mark := pairs.compiled_re.search(text, start):
            element, begin, end = pairs.handleMatch(mark, text)
            if element is None:
                start = end
                continue
            out = self._out(self._element(element))
            text = f"{text[:begin]}{out}{text[end:]}"
            start = begin + len(out)
        return text

    def _element(self, element: Element) -> str:
        first, texts = element.text or "", [child.text or "" for child in element]
        tails = [self._emphasised(child.tail or "") for child in element]
        # The parser looks once more at all that follows something else in an element.
        again = "".join([*first.partition(STX)[2:], *texts, *tails])
        if "*" in again or "_" in again or any(map(len, element)):
            raise Unsure
        inner = "".join(
            f"<{child.tag}>{self._whole(text)}</{child.tag}>{self._whole(tail)}"
            for child, text, tail in zip(element, texts, tails, strict=True)
        )
        return f"<{element.tag}>{self._whole(first)}{inner}</{element.tag}>"

    def _whole(self, text: str) -> str:
        """A text as HTML, with all that was taken out of it."""
        shown = _AMPERSAND.sub("&amp;", text).replace(">", "&gt;")
        return str(INLINE_PLACEHOLDER_RE.sub(lambda out: self.taken[int(out[1])], shown))


_MOST_MARKS: Final = 60
"""More in one text are left to the parser, whose work is counted."""


class _Pairs(local):
    """What pairs marks of emphasis, set up as the parser's own: it remembers where it is, and each
    thread has one."""

    @cached_property
    def processor(self) -> Any:
        """Made where it is asked for: its patterns take a while, if no parser has made them."""
        made = DelimiterProcessor(Delimiter("*", "strong,em"), None)
        made.add(Delimiter("_", "strong,em", smart=True))
        return made


_pairs: Final = _Pairs()
