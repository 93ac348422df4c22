"""Charts: blocks fenced as `chart` in a body, written in YAML like front matter.

```chart
title: The deficit fell by a third
unit: billion US dollars
source: 2
rows:
  2024: 295.5
  2025: 202.1
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..catalog.chart import MOST_ROWS, Bar, Chart
from .body_findings import Finding
from .nodes import Bounds, Entry, Fault, Node, tree

_OTHER_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BOUNDS = Bounds(depth=3, nodes=4 * MOST_ROWS)
_KEYS = {"title", "unit", "note", "source", "rows"}
_EXAMPLE = "write a title and rows such as `2025: 202.1`"


def charts(markdown: str, *, line: int, sources: int) -> tuple[tuple[Chart, ...], list[Finding]]:
    """The charts of a body in its order, and what is wrong with those that are none.

    Args:
        markdown: The body.
        line: Line of the file where it begins, 1-based.
        sources: How many sources the briefing names.
    """
    if "chart" not in markdown:
        return (), []
    found: list[Chart] = []
    findings: list[Finding] = []
    for first, last, text in _blocks(markdown):
        at = line + first
        try:
            found.append(_chart(text, first, last, at, sources))
        except Fault as fault:
            place = (fault.line, fault.column)
            findings.append(Finding(*place, "bad-chart", fault.message, fault.hint or _EXAMPLE))
    return tuple(found), findings


def _blocks(markdown: str) -> Iterator[tuple[int, int, str]]:
    """First and last line, 0-based, and the text of each chart's fence; not of fences in fences."""
    lines = markdown.split("\n")
    at = 0
    while at < len(lines):
        fence = _OTHER_FENCE.match(lines[at])
        if not fence:
            at += 1
            continue
        close = re.compile(rf" {{0,3}}{re.escape(fence[1])}{re.escape(fence[1][0])}*[ \t]*")
        end = next((n for n in range(at + 1, len(lines)) if close.fullmatch(lines[n])), None)
        if end is None:
            return
        if lines[at].startswith(fence[1]) and lines[at][len(fence[1]) :].strip() == "chart":
            yield at, end, "".join(f"{text}\n" for text in lines[at + 1 : end])
        at = end + 1


def _chart(text: str, first: int, last: int, line: int, sources: int) -> Chart:
    root, faults = tree(text, line + 1, _BOUNDS)
    if faults:
        raise faults[0]
    if root is None or not isinstance(root.value, dict):
        raise Fault("bad-chart", line, 1, "this chart holds no keys")
    keys = root.value
    for name, entry in keys.items():
        if name not in _KEYS:
            known = ", ".join(sorted(_KEYS))
            raise _at(entry.key, f"a chart has no key '{name}'", f"known are {known}")
    if "title" not in keys or "rows" not in keys:
        missing = "title" if "title" not in keys else "rows"
        raise Fault("bad-chart", line, 1, f"this chart has no {missing}")
    source = _source(keys, sources)
    return Chart(
        title=_text(keys, "title"),
        unit=_text(keys, "unit"),
        note=_text(keys, "note"),
        source=source,
        bars=_bars(keys["rows"]),
        first=first,
        last=last,
    )


def _text(keys: dict[str, Entry], name: str) -> str:
    if name not in keys:
        return ""
    node = keys[name].value
    if not isinstance(node.value, str) or not node.value.strip() or len(node.value) > 300:
        raise _at(node, f"{name} of a chart is a line of text", "")
    return " ".join(node.value.split())


def _source(keys: dict[str, Entry], sources: int) -> int:
    number = _text(keys, "source")
    if not number:
        return 0
    if not number.isascii() or not number.isdigit() or not 0 < int(number) <= sources:
        hint = f"the briefing names {sources} sources; give the number of one"
        raise _at(keys["source"].value, f"there is no source {number}", hint)
    return int(number)


def _bars(rows: Entry) -> tuple[Bar, ...]:
    if not isinstance(rows.value.value, dict) or not rows.value.value:
        raise _at(rows.value, "rows of a chart are names with figures", _EXAMPLE)
    entries = rows.value.value
    if len(entries) > MOST_ROWS:
        message = f"a chart of {len(entries)} rows cannot be read"
        raise _at(rows.value, message, f"at most {MOST_ROWS}; write a table")
    bars = []
    for label, entry in entries.items():
        shown = entry.value.value
        if not isinstance(shown, str) or not _NUMBER.fullmatch(shown):
            raise _at(entry.value, f"'{label}' has no figure", "digits, such as 1,234.5")
        value = Decimal(shown.replace(",", "").replace("−", "-"))
        bars.append(Bar(label=label, value=value, shown=shown))
    return tuple(bars)


def _at(node: Node, message: str, hint: str) -> Fault:
    return Fault("bad-chart", node.line, node.column, message, hint)
