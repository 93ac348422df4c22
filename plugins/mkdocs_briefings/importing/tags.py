"""Marks of template languages in bodies: Hugo's shortcodes, Liquid's and Nunjucks' tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SHORTCODE = re.compile(
    r"\{\{(?P<mark>[<%])(?P<comment>/\*)?\s*(?P<close>/)?\s*(?P<name>[\w./-]+)"
    r"(?P<args>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|(?!\{\{)[^\"`])*?)(?P<self>/)?\s*(?:\*/)?[>%]\}\}"
)
_LIQUID = re.compile(
    r"\{%-?\s*(?P<name>[\w./-]+)(?P<args>(?:\"[^\"\n]*\"|'[^'\n]*'|(?!\{%)[^%\"']|%(?!\}))*?)-?%\}"
    r"|\{\{-?(?![<%])(?P<out>(?:[^{}\"']|\"[^\"\n]*\"|'[^'\n]*')*?)-?\}\}"
)
_ARGUMENT = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w-]*)\s*[=:]\s*)?"
    r"(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|`(?P<tick>[^`]*)`|(?P<bare>[^\s,|\"']+))"
)


@dataclass(slots=True)
class Tag:
    """One tag as it stands in a text."""

    start: int
    end: int
    name: str
    """Empty for an expression `{{ … }}`, whose text is then in `positional`."""
    raw: str
    closing: bool = False
    literal: bool = False
    """Written so that the tag itself shows: `{{</* x */>}}`."""
    positional: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    partner: Tag | None = None
    """The closing tag of an opening one, and the other way round."""

    def get(self, *names: str) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "")


def shortcodes(text: str) -> Iterator[Tag]:
    """Hugo's shortcodes, in order."""
    if "{{" not in text:
        return
    for found in _SHORTCODE.finditer(text):
        tag = Tag(
            found.start(),
            found.end(),
            found["name"],
            found[0],
            bool(found["close"]),
            bool(found["comment"]),
        )
        _arguments(tag, found["args"])
        yield tag


def liquid(text: str) -> Iterator[Tag]:
    """Tags and expressions of Liquid and Nunjucks, in order."""
    if "{%" not in text and "{{" not in text:
        return
    for found in _LIQUID.finditer(text):
        if found["name"] is None:
            tag = Tag(found.start(), found.end(), "", found[0])
            tag.positional = [found["out"].strip()]
        else:
            name = found["name"]
            closing = name.startswith("end") and len(name) > 3
            name = name[3:] if closing else name
            tag = Tag(found.start(), found.end(), name, found[0], closing)
            _arguments(tag, found["args"])
        yield tag


def _arguments(tag: Tag, text: str) -> None:
    for found in _ARGUMENT.finditer(text):
        values = (found[name] for name in ("double", "single", "tick", "bare"))
        value = next((value for value in values if value is not None), "")
        if found["double"] is not None:
            value = re.sub(r"\\(.)", r"\1", value)
        if found["key"]:
            tag.named.setdefault(found["key"].lower(), value)
        else:
            tag.positional.append(value)


def paired(tags: list[Tag]) -> list[Tag]:
    """Give opening and closing tags to each other; the innermost opening one of a name counts."""
    open_: dict[str, list[Tag]] = {}
    for tag in tags:
        if tag.literal or not tag.name:
            continue
        waiting = open_.setdefault(tag.name, [])
        if not tag.closing:
            waiting.append(tag)
        elif waiting:
            tag.partner = waiting.pop()
            tag.partner.partner = tag
    return tags
