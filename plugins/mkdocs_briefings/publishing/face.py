"""Which letters the face of social cards has; nothing is loaded that draws."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FACE = Path(__file__).with_name("newsreader") / "newsreader.ttf"


@cache
def letters() -> frozenset[str]:
    """Every letter that the face has."""
    return frozenset(FACE.with_name("letters.txt").read_text(encoding="utf-8"))


def drawable(text: str) -> str:
    """A text as the face can draw it; empty when it has a letter that the face lacks.

    Emoji and invisible characters are left out: they say nothing that the words do not.

    >>> drawable("Ships 🚢 sail"), drawable("関税 rise")
    ('Ships sail', '')
    """
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            kept.append(" ")
        elif _is_ornament(char):
            continue
        elif char not in letters():
            return ""
        else:
            kept.append(char)
    return " ".join("".join(kept).split())


def _is_ornament(char: str) -> bool:
    code = ord(char)
    pictures = 0x1F000 <= code < 0x20000 or 0x2600 <= code < 0x27C0
    selectors = 0xFE00 <= code < 0xFE10 or code == 0x20E3
    return pictures or selectors or unicodedata.category(char) in ("Cc", "Cf")
