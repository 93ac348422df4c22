"""Characters that a body should not hold: controls, and what readers cannot see."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .body_findings import Findings
from .text import CONTROLS

_HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SEEMS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\uffa0"
"""Those that Unicode does not count among the invisible."""
_SEEN = bytes(range(0x20, 0x7F)) + b"\n\t"
"""Those of ASCII that are fine."""
NARROW = bytes({*range(256)} - {*range(0xE3, 0xF0)})
"""Bytes with which no character begins in UTF-8 that is written without spaces."""
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPELT = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1b00-\u1b7f\ufb1d-\ufdff\ufe70-\ufefc]"
)
"""Scripts that are spelt with joiners and directional marks: Arabic and Hebrew, those of India
and south-east Asia, Mongolian."""
_TAG_SEQUENCE = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_MOST_PER_BODY = 20


class Characters(NamedTuple):
    """What a look at all characters of a body has shown."""

    controls: bool
    """There is a control character."""
    even: bool = False
    """There is no gap but spaces and line ends."""
    wide: bool = True
    """There may be characters beyond those of alphabets."""


def blanked(text: str) -> str:
    """The text with a space for each control character."""
    return CONTROLS.sub(" ", text)


def check_characters(findings: Findings) -> Characters:
    """Report control and hidden characters; at most 20 of each kind, the rest counted."""
    text = findings.text
    # A quick look: every character is seen, and none is one that only seems so. Of most texts
    # nothing but some quotation marks is left when what is fine in ASCII is taken away.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _SEEN)
    others = rest.decode("utf-8", "surrogatepass").replace("\xa0", "")
    if others.isprintable() and not any(map(others.__contains__, _SEEMS)):
        even = "\t" not in text and b"\xc2\xa0" not in rest
        return Characters(controls=False, even=even, wide=bool(rest.translate(None, NARROW)))
    # Each character once is looked at far quicker than all of them.
    controls = list(CONTROLS.finditer(text)) if CONTROLS.search("".join(set(text))) else []
    for found in controls[:_MOST_PER_BODY]:
        findings.add(
            found.start(),
            "control-characters",
            f"the character U+{ord(found[0]):04X} cannot be published{_rest(controls, found)}",
            "delete it, or type the text again",
        )
    if text.isascii():
        return Characters(controls=bool(controls))
    hidden = [found for found in _HIDDEN.finditer(text) if not _needed(text, found.start())]
    for found in hidden[:_MOST_PER_BODY]:
        name = unicodedata.name(found[0], "no name").lower()
        kind = "turns the direction of text" if found[0] in _BIDI else "cannot be seen"
        findings.add(
            found.start(),
            "hidden-characters",
            f"U+{ord(found[0]):04X} ({name}) {kind}{_rest(hidden, found)}",
            "delete it; to mark a passage in another direction write <span dir=rtl>…</span>"
            if found[0] in _BIDI
            else "delete it",
        )
    return Characters(controls=bool(controls))


def _rest(all_of_them: list[re.Match[str]], this: re.Match[str]) -> str:
    more = len(all_of_them) - _MOST_PER_BODY
    return f", and {more} more" if more > 0 and this is all_of_them[_MOST_PER_BODY - 1] else ""


def _needed(text: str, at: int) -> bool:
    """Whether a hidden character at `at` has an honest use there."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character == "\u00ad":  # A soft hyphen inside a word says where it may be broken.
        return before.isalpha() and after.isalpha()
    if character == "\u200b":  # So does a zero-width space in scripts that write no spaces.
        return bool(_SPELT.match(before)) or bool(_SPELT.match(after))
    if character == "\u200d":  # A joiner makes one emoji of several, or shapes letters.
        return bool(before and after) and (
            bool(_SPELT.match(before)) or (_pictured(before) and _pictured(after))
        )
    if character in "\u200c\u200e\u200f\u061c":
        return bool(_SPELT.search(text[max(0, at - 40) : at + 41]))
    if "\U000e0020" <= character <= "\U000e007f":
        flag = text.rfind("\U0001f3f4", max(0, at - 8), at)
        return flag >= 0 and bool(_TAG_SEQUENCE.match(text, flag))
    return False


def _pictured(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk"} or character in "\ufe0f\u2640\u2642"
