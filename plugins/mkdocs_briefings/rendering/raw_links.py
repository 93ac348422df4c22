"""Markdown links to briefings that stand in raw HTML."""

from __future__ import annotations

import re

from ..catalog import markup

_RAW_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>", re.DOTALL
)


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
