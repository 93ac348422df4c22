"""Bytes → text: UTF-8 only, line ends made `\\n`, and no character that no page may hold."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator

from .nodes import Fault

LINE_LIMIT = 20
"""Most control characters reported one by one in a file; the last report counts the rest."""

# Invalid in XML and JSON feeds: C0 but for tab and line ends, DEL, C1, non-characters.
_NONCHARACTERS = "".join(
    chr(0x10000 * plane + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Soft hyphen, zero-width space, word joiner, invisible operators, fillers, separators: nobody
# sees them, and two names that differ by one look the same.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_MARKS = re.compile("[\u061c\u200e\u200f]")
_JOINERS = re.compile("[\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_LINE_ENDS = re.compile("[\u2028\u2029]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes) -> str:
    """The text of a file, without byte order mark, with `\\n` line ends.

    Raises:
        Fault: `not-utf8`, at the first byte that is not.
    """
    if data.startswith(_UTF16):
        raise Fault("not-utf8", 1, 1, "the file is UTF-16", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace").replace("\r\n", "\n")
        good = good.replace("\r", "\n")
        line = good.count("\n") + 1
        column = len(good) - (good.rfind("\n") + 1) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise Fault("not-utf8", line, column, message, "save the file as UTF-8") from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def controls(text: str) -> Iterator[Fault]:
    """A fault for each control character of a file's text, the first `LINE_LIMIT` of them."""
    # Most texts hold none, and to see that they are printable is quicker than to search them.
    if text.replace("\n", "").isprintable():
        return
    line, start, count = 1, 0, 0
    for match in CONTROLS.finditer(text):
        count += 1
        if count > LINE_LIMIT:
            continue
        at = match.start()
        line += text.count("\n", start, at)
        start = at
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        message = f"the character {name(match[0])} may not stand in a text"
        yield Fault("control-characters", line, column, message, "delete it")
    if count > LINE_LIMIT:
        message = f"{count - LINE_LIMIT} more control characters follow"
        yield Fault("control-characters", line, 1, message, "is this file a text?")


def for_yaml(text: str, line: int) -> tuple[str, list[Fault]]:
    """Text for the YAML parser, and a fault for each character that only it takes for a line end.

    Each would put every place after it wrong, and control characters end its reading, so others
    stand in for them. `controls` reports the latter. `line` is that of the first line of `text`.
    """
    if text.replace("\n", "").isprintable():
        return text, []
    faults = []
    for match in _LINE_ENDS.finditer(text):
        at = match.start()
        place = line + text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1) + 1
        message = f"the character {name(match[0])} may not stand in front matter"
        faults.append(Fault("control-characters", *place, message, "delete it"))
    return CONTROLS.sub("?", _LINE_ENDS.sub("?", text)), faults[:LINE_LIMIT]


def hidden(text: str) -> str:
    """The first character of `text` that readers cannot see, or empty.

    Marks of direction count only in a text without letters that run from right to left, joiners
    and variation selectors only where nothing uses them: after an emoji, or a letter of a script
    that joins, they are part of the spelling.
    """
    if text.isascii():
        return ""
    found = _INVISIBLE.search(text) or _OVERRIDES.search(text)
    if found:
        return found[0]
    mark = _MARKS.search(text)
    if mark and not any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text):
        return mark[0]
    for match in _JOINERS.finditer(text):
        if not _joins(text[match.start() - 1 : match.start()], match[0]):
            return match[0]
    return ""


def _joins(before: str, joiner: str) -> bool:
    """Whether `joiner` has a use after the character `before` (empty at the start)."""
    if not before:
        return False
    if "\U000e0000" <= joiner <= "\U000e007f":  # a flag, spelt out
        return before == "\U0001f3f4" or "\U000e0000" <= before <= "\U000e007f"
    if before.isascii():
        return before in "0123456789#*" and joiner == "\ufe0f"
    return not unicodedata.name(before, "").startswith("LATIN")


def bidi(text: str) -> str:
    """The first override, embedding or isolate of direction in `text`, or empty."""
    found = None if text.isascii() else _OVERRIDES.search(text)
    return found[0] if found else ""


def name(character: str) -> str:
    """`U+200B`: a name for what cannot be shown."""
    return f"U+{ord(character):04X}"


def short(text: str) -> str:
    """A found value, cut for a message."""
    return text if len(text) <= 60 else text[:59] + "…"
