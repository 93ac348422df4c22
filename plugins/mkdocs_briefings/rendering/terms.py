"""Terms of the glossary in a rendered body: the first mention of each leads to its explanation."""

from __future__ import annotations

import html as entities
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from ..catalog import markup
from ..linking.terms import Spellings
from ..viewing.parts import TermMention
from .sanitise import TAG

_SHUT = markup.HEADINGS | markup.UNLINKED | frozenset({"abbr", "caption", "figcaption", "summary"})
_SHUT_MARKS = (' lang="', 'class="missing"', 'class="admonition-title"')


def explained(html: str, terms: Sequence[TermMention], glossary: str) -> str:
    """A body in which the first mention of each term is a link.

    Never in headings, links, code, tables, titles, captions, nor in what names its language; these
    are the places that `Body.prose` leaves out.

    Args:
        html: What `finish` gave.
        terms: What the briefing uses, as linking found it; those not to be explained are here so
            that no shorter term is found in them.
        glossary: Address of the glossary, relative to the page.
    """
    wanted = {term.key for term in terms if term.explained}
    if not wanted:
        return html
    spellings = Spellings({spelt: term.key for term in terms for spelt in term.spellings})
    marker = _Marker(spellings, wanted, glossary)
    pieces: list[str] = []
    at = depth = 0
    shut = ""
    for tag in TAG.finditer(html):
        if not shut and tag.start() > at:
            pieces.append(marker.marked(html[at : tag.start()]))
            if not marker.wanted:
                pieces.append(html[tag.start() :])
                return "".join(pieces)
        else:
            pieces.append(html[at : tag.start()])
        pieces.append(tag[0])
        at = tag.end()
        name = tag[2]
        if shut:
            if name == shut:
                depth += -1 if tag[1] else 1
                shut = shut if depth else ""
        elif not tag[1] and (name in _SHUT or name == "table" or _is_shut(tag[3])):
            shut, depth = name, 1
    pieces.append(html[at:])
    return "".join(pieces)


def _is_shut(attributes: str) -> bool:
    return bool(attributes) and any(mark in attributes for mark in _SHUT_MARKS)


class _Marker:
    """Marks terms in stretches of text, each term once."""

    def __init__(self, spellings: Spellings, wanted: set[str], glossary: str) -> None:
        self.spellings = spellings
        self.wanted = wanted
        """Keys that have not been met yet."""
        self.glossary = escape(glossary)

    def marked(self, text: str) -> str:
        """A text between two tags, as HTML, with links."""
        shown = entities.unescape(text) if "&" in text else text
        pieces: list[str] = []
        at = 0
        # Where the source breaks a line the page does not.
        for start, end, key in self.spellings.find(shown.replace("\n", " ")):
            if key in self.wanted:
                self.wanted.remove(key)
                pieces += [
                    _text(shown[at:start]),
                    f'<a class="term" href="{self.glossary}#{quote(key)}">',
                    _text(shown[start:end]),
                    "</a>",
                ]
                at = end
        return "".join([*pieces, _text(shown[at:])]) if pieces else text


def _text(text: str) -> str:
    """As the sanitiser writes text."""
    return escape(text, quote=False).replace("\xa0", "&nbsp;")
