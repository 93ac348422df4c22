"""Attribute lists, `{: #anchor .class key=value}`: what they give, and what of it is dropped."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..catalog import markup
from .body_findings import Findings

_LONGEST = 300
_PART = re.compile(r"([^\s=]+)(?:=(?:\"[^\"]*\"|'[^']*'|\S+))?")
_LANGUAGE = re.compile(
    rf"(?:^|(?<=\s))(?:lang=([\"']?){markup.LANGUAGE_TAG.pattern}\1|dir=([\"']?)(?:ltr|rtl|auto)\2)(?=\s|$)",
    re.IGNORECASE,
)


class Attributes(NamedTuple):
    """An attribute list in a text."""

    start: int
    """Where what belongs to it begins, the gap before it included."""
    end: int
    inside: str
    """Without braces."""


def at_end(text: str, start: int, end: int, *, own_line: bool) -> Attributes | None:
    """The attribute list that ends a block, if it has one.

    Args:
        text: The text that holds the block.
        start: Of the block, or of its last line.
        end: Of the block.
        own_line: It stands on a line of its own, as under a paragraph; otherwise behind the text,
            as in a heading or a table cell.
    """
    last = end
    while last > start and text[last - 1] in " \n":
        last -= 1
    if last <= start or text[last - 1] != "}":
        return None
    if own_line:
        first = text.rfind("\n", start, last)
        brace = first + 1
        while first >= 0 and text[brace] == " ":
            brace += 1
        if first < 0 or text[brace] != "{":
            return None
    else:
        brace = text.find(" {", start, last) + 1
        if not brace:
            return None
        first = brace - 1
        while first > start and text[first - 1] == " ":
            first -= 1
    inside = _inside(text[brace + 1 : last - 1])
    return Attributes(first, end, inside) if inside else None


def behind(text: str, at: int, end: int) -> Attributes | None:
    """The attribute list that begins at `at`, directly behind a link, code or emphasis."""
    if text[at : at + 1] != "{":
        return None
    close = text.find("}", at, min(end, at + _LONGEST))
    if close < 0:
        return None
    inside = _inside(text[at + 1 : close])
    return Attributes(at, close + 1, inside) if inside else None


def _inside(written: str) -> str:
    """What stands between braces; empty when it is text that merely has braces."""
    written = written.removeprefix(":").strip(" ")
    return "" if "}" in written or "\n" in written else written


def own_anchor(inside: str) -> str:
    """The id that a list gives, or empty."""
    found = [name[1:] for name in _PART.findall(inside) if name.startswith("#")]
    return found[-1] if found else ""


def names_language(inside: str) -> bool:
    """Whether a list says in which language, or direction, what it belongs to is written."""
    return _LANGUAGE.search(inside) is not None


def report(
    given: Attributes, findings: Findings, *, heading: bool = False, block: bool = False
) -> None:
    """Report what an attribute list gives that is not published.

    Args:
        given: The list.
        findings: Where to report it.
        heading: It belongs to a heading, which may have an id.
        block: It belongs to a block, which may name its language.
    """
    names = []
    for name in _PART.findall(_LANGUAGE.sub("", given.inside) if block else given.inside):
        if not (heading and name.startswith("#")):
            names.append({".": "class", "#": "id"}.get(name[0], name))
    if names:
        findings.add(
            given.start,
            "unsafe-html",
            f"the attribute list is published without {', '.join(dict.fromkeys(names))}",
            "delete it; write \\{ for a brace that is text",
        )
