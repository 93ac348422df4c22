"""Adding to a list of the front matter: the address that a briefing had before."""

from __future__ import annotations

import re

import yaml

from ..reading.frontwrite import scalar
from .source import Edit, Source

_SIMPLE = re.compile(r"[\w~./%-]+")


def add_alias(source: Source, address: str) -> Edit | None:
    """The edit that adds an old address to `aliases`, in the style in which they are written.

    None where it is there already, or where the list is written in a way that only a person
    should touch.
    """
    root = source.root
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not _SIMPLE.fullmatch(address):
        return None
    written = scalar(address)
    found = [value for key, value in root.value if key.value == "aliases"]
    if len(found) > 1:
        return None
    if not found:
        return _line(source, f"aliases: [{written}]")
    (value,) = found
    if isinstance(value, yaml.SequenceNode):
        if any(getattr(item, "value", None) == address for item in value.value):
            return None
        return _row(source, value, written) if value.flow_style else _item(source, value, written)
    return _list(source, value, address, written)


def _line(source: Source, line: str) -> Edit:
    """A line more at the end of the front matter, before its closing dashes."""
    assert source.front is not None
    front, first = source.front
    at = source.starts[first - 1 + front.count("\n")]
    return Edit(at, at, f"{line}{source.line_end}")


def _row(source: Source, value: yaml.SequenceNode, written: str) -> Edit | None:
    """One more in `[a, b]`, behind the last one."""
    if not value.value:
        at = source.offset(value.start_mark) + 1
        return Edit(at, at, written)
    last = value.value[-1]
    at = source.offset(last.end_mark)
    start = source.offset(last.start_mark)
    at = start + len(source.text[start:at].rstrip())
    return Edit(at, at, f", {written}")


def _item(source: Source, value: yaml.SequenceNode, written: str) -> Edit | None:
    """One more line `- a` under the last one."""
    last = value.value[-1]
    assert source.front is not None
    if last.start_mark.line != last.end_mark.line or not value.value:
        return None
    line = last.start_mark.line + source.front[1] - 1
    row = source.text[source.starts[line] : source.starts[line + 1]]
    dash = re.match(r"([ ]*-[ ]+)", row)
    if not dash:
        return None
    at = source.starts[line + 1]
    return Edit(at, at, f"{dash[1]}{written}{source.line_end}")


def _list(source: Source, value: yaml.Node, address: str, written: str) -> Edit | None:
    """A list of two in the place of a single one."""
    if value.value == address or value.start_mark.line != value.end_mark.line:
        return None
    start, end = source.offset(value.start_mark), source.offset(value.end_mark)
    raw = source.text[start:end].rstrip()
    if not raw or not re.fullmatch(r"'[^']*'|\"[^\"\\]*\"|[\w~./%-]+", raw):
        return None
    return Edit(start, start + len(raw), f"[{raw}, {written}]")
