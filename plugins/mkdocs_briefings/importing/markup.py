"""Raw HTML in Markdown bodies: what would be taken out of a page is taken out here, and told."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..catalog.markup import CLASSES, ELEMENTS, GLOBAL_ATTRIBUTES, RAW_TEXT, SCHEMES, scheme
from .sheet import Sheet

_VALUE = (
    r"(?:\"(?:\{\{[^\n]{0,300}?\}\}|[^\"<>])*\"|'(?:\{\{[^\n]{0,300}?\}\}|[^'<>])*'"
    r"|[^\s\"'=<>`]+)"
)
_ATTRIBUTE = re.compile(rf"\s+([^\s\"'<>/=]+)(?:\s*=\s*({_VALUE}))?")
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*{_VALUE})?)*)\s*/?>")
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_EMBEDS = frozenset({"iframe", "embed", "object", "video", "audio", "source"})


def clean(sheet: Sheet) -> None:
    """Note the edits that leave of raw HTML what a page keeps."""
    if "<" not in sheet.text:
        return
    text = sheet.text
    gone = 0
    _comments(sheet)
    for found in _TAG.finditer(text):
        if found.start() < gone or sheet.in_code(found.start()):
            continue
        name = found[2].lower()
        if name in ELEMENTS:
            if not found[1]:
                _attributes(sheet, name, found)
            continue
        if "{{" in text[max(0, found.start() - 3) : found.start()] or _autolink(found[0]):
            continue
        gone = _element(sheet, name, found)


def _comments(sheet: Sheet) -> None:
    """Comments are for writers; one without an end is left for the checker to refuse."""
    text, at = sheet.text, 0
    while (start := text.find("<!--", at)) != -1 and (end := text.find("-->", start + 4)) != -1:
        at = end + 3
        if not sheet.in_code(start) and not _MORE.match(text, start):
            sheet.edit(start, at, "")
            why = "a comment: readers never saw it"
            sheet.note("html-dropped", start, text[start:at], why)


def _attributes(sheet: Sheet, name: str, found: re.Match[str]) -> None:
    """Drop the attributes of an element that a page does not keep."""
    dropped = []
    for each in _ATTRIBUTE.finditer(found[3]):
        key = each[1].lower()
        value = (each[2] or "").strip("\"'")
        good = key in ELEMENTS[name] or key in GLOBAL_ATTRIBUTES
        if key == "class":
            good = bool(value) and set(value.split()) <= CLASSES.get(name, frozenset())
        if key in {"href", "src"}:
            good = good and ("{{" in value or scheme(value) in SCHEMES | {""})
        if not good:
            start = found.start(3) + each.start()
            sheet.edit(start, found.start(3) + each.end(), "")
            dropped.append(each[0].strip())
    if dropped:
        sheet.note("html-dropped", found.start(), f"<{name} {' '.join(dropped)}>", "without these")


def _element(sheet: Sheet, name: str, found: re.Match[str]) -> int:
    """Drop an element that no page keeps; its text stays, but for scripts and styles. The offset
    up to which all is dealt with."""
    start, end = found.span()
    if not found[1] and name in RAW_TEXT:
        closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(sheet.text, end)
        if closing and name in {"script", "style", "noscript", "noembed", "noframes"}:
            end = closing.end()
    source = re.search(r"\b(?:src|data)\s*=\s*[\"']?((?:https?:)?//[^\s\"'<>]+)", found[3])
    if not found[1] and name in _EMBEDS and source:
        address = source[1] if source[1].startswith("http") else f"https:{source[1]}"
        sheet.edit(start, end, f"[Embedded: {_host(address)}]({address})")
        sheet.note("html-dropped", start, sheet.text[start:end], f"a link to {address} instead")
        return end
    sheet.edit(start, end, "")
    if not found[1]:
        sheet.note("html-dropped", start, sheet.text[start:end], "its text was kept")
    return end


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc or address
    except ValueError:
        return address


def _autolink(tag: str) -> bool:
    return bool(re.match(r"<(?:https?|mailto):", tag))
