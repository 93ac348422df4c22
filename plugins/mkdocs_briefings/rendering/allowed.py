"""What the sanitiser lets through: what authors may write, and what our extensions add to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]

from ..catalog import markup
from ..catalog.anchors import anchor

TOKENS: Final = frozenset(name for name in STANDARD_TYPES.values() if name)
"""Classes of highlighted code."""

_EMITTED: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"footnote-ref", "footnote-backref"}),
    "div": frozenset({"footnote", "highlight"}),
    "li": frozenset({"task-list-item"}),
    "ol": frozenset({"task-list"}),
    "span": TOKENS | {"filename"},
    "ul": frozenset({"task-list"}),
}

CLASSES: Final[Mapping[str, frozenset[str]]] = {
    tag: markup.CLASSES.get(tag, frozenset()) | _EMITTED.get(tag, frozenset())
    for tag in {*markup.CLASSES, *_EMITTED}
}
"""Classes that the extensions emit, by element; no other class is published."""

TAGS: Final = frozenset({*markup.ELEMENTS, "input"})

ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    tag: markup.ELEMENTS.get(tag, frozenset())
    | (markup.GLOBAL_ATTRIBUTES if tag in markup.LANGUAGE_ELEMENTS else frozenset())
    | (frozenset({"class"}) if tag in CLASSES else frozenset())
    | (frozenset({"id"}) if tag in {*markup.HEADINGS, "li", "sup"} else frozenset())
    | (frozenset({"type", "checked", "disabled"}) if tag == "input" else frozenset())
    for tag in TAGS
}
"""Attributes by element. `value` decides about the values of many of them."""

_NOTE = re.compile(r"fn:[^\s\"'<>&]{1,100}")
_NOTE_MARK = re.compile(r"fnref\d*:[^\s\"'<>&]{1,100}")
_NUMBER = re.compile(r"\d{1,5}")
_TIME = re.compile(r"[0-9A-Za-z:+.\- ]{1,40}")

_VALUES: Final[Mapping[str, re.Pattern[str]]] = {
    "align": re.compile("left|center|right"),
    "checked": re.compile(""),
    "colspan": _NUMBER,
    "datetime": _TIME,
    "dir": re.compile("ltr|rtl|auto"),
    "disabled": re.compile(""),
    "height": _NUMBER,
    "lang": markup.LANGUAGE_TAG,
    "loading": re.compile("lazy|eager"),
    "open": re.compile(""),
    "rowspan": _NUMBER,
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "start": re.compile(r"-?\d{1,6}"),
    "type": re.compile("checkbox"),
    "width": _NUMBER,
}
_BARE = frozenset({"checked", "disabled", "open"})


def value(tag: str, name: str, written: str) -> str | None:
    """The value with which an attribute is published; None drops the attribute.

    Asked about every attribute, also of elements that are dropped. It never fails: the sanitiser
    would keep an attribute about which it raised.
    """
    if name not in ATTRIBUTES.get(tag, ()):
        return None
    if name in {"href", "src", "title", "alt"}:
        return written
    if name == "class":
        kept = [word for word in written.split() if word in CLASSES[tag]]
        return " ".join(kept) or None
    if name == "id":
        if tag in markup.HEADINGS:
            return anchor(written)
        shape = _NOTE if tag == "li" else _NOTE_MARK
        return written if shape.fullmatch(written) else None
    if name in _BARE:
        return ""
    return written if _VALUES[name].fullmatch(written) else None
