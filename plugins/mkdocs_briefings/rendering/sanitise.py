"""The one gate between what strangers wrote and a page: an allow list, applied by a browser-true
parser. `settled` tells which of what our own converter makes it would give back as it is."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from urllib.parse import urljoin

import nh3

from ..catalog import markup
from . import allowed

TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*) ?/?>")
"""A tag of sanitised HTML. The serialiser writes every attribute in double quotes and escapes
what could end them, and every `<` of a text as `&lt;`; so, from left to right, this finds all the
tags and nothing else. That makes it safe to add to sanitised HTML, as `rel` and ids are: only
values that we escape go in, and no author's character is read again as markup."""

ATTRIBUTE: Final = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")

_OPTIONS: Final[dict[str, Any]] = {
    "tags": set(allowed.TAGS),
    "clean_content_tags": set(markup.DROPPED_CONTENT),
    "attributes": {tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
    "attribute_filter": allowed.value,
    "url_schemes": set(markup.SCHEMES),
    "link_rel": None,
    "strip_comments": True,
}

_BARE_TAGS: Final = set(allowed.TAGS - {"input"})
_BARE_ATTRIBUTES: Final = {"a": {"href", "title"}, "img": {"alt", "src", "title"}}
"""Those of nearly all bodies; of their values `allowed.value` takes nothing away."""
_BARE_OPTIONS: Final = {
    **{name: given for name, given in _OPTIONS.items() if name != "attribute_filter"},
    "attributes": _BARE_ATTRIBUTES,
    "tags": _BARE_TAGS,
}

_OFTEN: Final = ("p", "a", "em", "li", "strong", "ul", "h2", "h3", "ol", "br")
_NAMES: Final = "|".join([*_OFTEN, *sorted(_BARE_TAGS - {*_OFTEN})])
"""They are looked for one after the other: those first that most tags have."""
_BARE: Final = re.compile(
    rf"(?:[^<]++|</?(?:{_NAMES})(?: ?/)?>|<a(?: (?:href|title)=\"[^\"<>]*+\")++>"
    r"|<img(?: (?:alt|src|title)=\"[^\"<>]*+\")++(?: ?/)?>)*+"
)


def _cleaner(options: dict[str, Any]) -> Callable[[str], str]:
    # Setting the options up takes as long as cleaning an article; older versions do it every time.
    cleaner = getattr(nh3, "Cleaner", None)
    return cleaner(**options).clean if cleaner else partial(nh3.clean, **options)


_clean: Final = _cleaner(_OPTIONS)
_clean_bare: Final = _cleaner(_BARE_OPTIONS)
"""Knows fewer attributes, and so need not ask about each."""

_COMPLETE: Final = (
    r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/_.~%-]*+)?"
    r"(?:\?[A-Za-z0-9/_.~%=+-]++)?(?:#[A-Za-z0-9/_.~%=+-]++)?"
)
"""An address that is the same wherever it stands; nearly all that lead away are such."""
_AWAY: Final = re.compile(_COMPLETE)
_DRESSED: Final = re.compile(
    rf"<(?!a rel=\"[^\"]*\" href=\"{_COMPLETE}\">)"
    r"([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")+) ?/?>"
)
"""A tag that has attributes, but for links that lead away: they are as they are to be."""

_ABOVE: Final = re.compile(r"((?:\.\./)+)([\w-]+(?:/[\w-]+)*+/?(?:#[\w-]+)?)", re.ASCII)
"""An address in a folder above: nearly all of the same site are such."""
_PLAIN_BASE: Final = re.compile(r"https?://[\w.:-]+(?:/[\w-]+)*+/", re.ASCII)
_TERM = re.compile(r'<a class="term"[^>]*>([^<]*)</a>')
_INPUT = re.compile(r"<input[^>]*>")


def sanitise(html: str) -> str:
    """Keep of `html` what `allowed` names, and of the rest the text.

    The result runs no script, loads nothing from elsewhere but images, and has no id or class
    but those of `allowed`. Sanitising it again changes nothing.
    """
    if _is_bare(html):
        return _clean_bare(html)
    clean = _clean(html)
    if "<input" in clean:
        clean = _INPUT.sub(_checkbox, clean)
    return clean


def _is_bare(html: str) -> bool:
    """Whether HTML has no elements but those that are published, and no attributes but addresses
    and titles of links and images: the sanitiser takes no name out of it."""
    return bool(_BARE.fullmatch(html))


def _checkbox(tag: re.Match[str]) -> str:
    """A box of a task list: it can be looked at and not changed. No other control is published."""
    given = dict(ATTRIBUTE.findall(tag[0]))
    if given.get("type") != "checkbox" or "disabled" not in given:
        return ""
    checked = ' checked=""' if "checked" in given else ""
    return f'<input type="checkbox" disabled=""{checked}>'


def absolute(html: str, base_url: str) -> str:
    """A rendered body for a feed: addresses are absolute, and nothing refers to its own page.

    Terms of the glossary are words as others: nothing shows there what a link to it would say.

    Args:
        html: What `BodyRenderer` gave.
        base_url: Absolute address of the page that shows the body.
    """

    def tag(found: re.Match[str]) -> str:
        kept = []
        for name, value in ATTRIBUTE.findall(found[2]):
            if name in {"id", "tabindex", "role"} or name.startswith("aria-"):
                continue
            if name in {"href", "src"} and not _AWAY.fullmatch(value):
                value = _joined(base_url, value)
            kept.append(f' {name}="{value}"')
        return f"<{found[1]}{''.join(kept)}>"

    if 'class="term"' in html:
        html = _TERM.sub(r"\1", html)
    return _DRESSED.sub(tag, html)


def _joined(base_url: str, value: str) -> str:
    """The value of an attribute as an absolute address, escaped as it is."""
    above = _ABOVE.fullmatch(value)
    if above and _PLAIN_BASE.fullmatch(base_url):
        # As `urljoin` has it, in a fifth of its time.
        folders = base_url.split("/")[: -1 - len(above[1]) // 3]
        if len(folders) > 2:
            return f"{'/'.join(folders)}/{above[2]}"
    return entities.escape(urljoin(base_url, entities.unescape(value)))
