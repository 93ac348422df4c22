"""What markup and which addresses a body may hold: plain tables and rules, no parsing.

The checker names what would be dropped, the sanitiser drops it; both read these tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = _words("h1 h2 h3 h4 h5 h6")

ELEMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        _words(
            """b blockquote br caption code del dd div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
            hr i ins kbd li mark p pre q s samp small span strong sub summary sup table tbody thead
            tfoot tr ul var"""
        ),
        frozenset(),
    ),
    "a": _words("href title"),
    "abbr": _words("title"),
    "details": _words("open"),
    "img": _words("src alt title width height loading"),
    "ol": _words("start"),
    "td": _words("colspan rowspan align"),
    "th": _words("colspan rowspan scope align"),
    "time": _words("datetime"),
}
"""Elements an author may write, each with its attributes besides `lang` and `dir`."""

GLOBAL_ATTRIBUTES = _words("lang dir")

LANGUAGE_ELEMENTS = _words(
    """blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p q span
    summary table td th ul"""
)
"""Elements that may say `lang` and `dir`."""

_BOXES = _words(
    """note abstract summary tldr info todo tip hint important success check done question help faq
    warning caution attention failure fail missing danger error bug example quote cite seealso"""
)

CLASSES: Mapping[str, frozenset[str]] = {
    "details": _BOXES,
    "div": _BOXES | {"admonition"},
    "p": _words("admonition-title"),
}
"""The only classes an author may name, by element: kinds of boxes."""

VOID = _words("area base br col embed hr img input link meta param source track wbr")
"""Elements without content and without an end tag."""

RAW_TEXT = _words("script style textarea title xmp noembed noframes iframe noscript")
"""Elements whose content a browser reads as text up to their end tag."""

DROPPED_CONTENT = _words("script style")
"""Elements that are removed with what they hold; of every other one the text is kept."""

BLOCK = _words(
    """address article aside blockquote body canvas center colgroup dd details div dl dt fieldset
    figcaption figure footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li
    main map math menu nav noscript object ol option output p pre progress script section style
    summary table tbody td textarea tfoot th thead tr ul video"""
)
"""Elements that, at the start of a line, begin raw HTML: those of the Markdown parser."""

SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes that an address may have."""

LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*",
    re.IGNORECASE,
)
"""Shape of a BCP 47 language tag; match the whole text."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


def scheme(address: str) -> str:
    """The scheme a browser would see, in lower case; empty for none.

    Entities are decoded, and spaces and control characters removed, as an attacker may have
    put them in.

    >>> scheme("java&#115;cript:x"), scheme(" JaVa\\tscript:x"), scheme("../2025/a.md")
    ('javascript', 'javascript', '')
    """
    if address.startswith(("https://", "http://")):  # Most do, and a check reads very many.
        return address[: address.index(":")]
    if ":" not in address and "&" not in address:
        return ""
    found = _SCHEME.match(_IGNORED.sub("", html.unescape(address)))
    return found[1].lower() if found else ""


class Target(NamedTuple):
    """An address that may lead into this site."""

    target: str
    """As written, without fragment; empty for a place on the same page."""
    fragment: str
    """Without `#`; empty for none."""
    wiki: bool
    """Written `[[target#fragment]]`."""


def internal(address: str) -> Target | None:
    """Read an address of a link; None when it has a scheme or names a host.

    >>> internal("../2025/a.md#plan")
    Target(target='../2025/a.md', fragment='plan', wiki=False)
    >>> internal("[[rates#plan]]")
    Target(target='rates', fragment='plan', wiki=True)
    >>> internal("//example.org/"), internal("mailto:a@example.org")
    (None, None)
    """
    address = address.strip()
    if address.startswith("[[") and address.endswith("]]"):
        target, _, fragment = address[2:-2].partition("#")
        return Target(target.strip(), fragment.strip(), True)
    if scheme(address):
        return None
    address = html.unescape(address) if "&" in address else address
    # A browser reads `\` as `/`, so `/\host` names a host too.
    if address[:2].replace("\\", "/") == "//":
        return None
    target, _, fragment = address.partition("#")
    return Target(target, fragment, False)


RAW_LINK = re.compile(r"\[([^\[\]<>]+)\]\(([^()\s<>\"'\[\]&]+?\.md(?:#[^()\s<>\"'\[\]&]*)?)\)")
"""A Markdown link to a briefing inside raw HTML, which Markdown itself leaves as it is typed.

Who writes `<p>See [the rules](rules.md)</p>` means a link; no other Markdown is read there. The
groups are its text, as HTML, and its address.
"""

UNLINKED = _words("a button code kbd pre samp script style textarea title")
"""Raw elements in whose text such a link is left alone."""

WIKI_LINK = re.compile(r"\[\[([^\[\]|#]*)(?:#([^\[\]|]*))?(?:\|([^\[\]]*))?\]\]")
"""`[[slug#heading|text]]`, over the end of a line too: writers wrap their lines.

The groups are target, fragment and text; white space in them counts as one space.
"""
