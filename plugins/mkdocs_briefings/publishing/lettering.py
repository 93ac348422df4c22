"""The letters of social cards: how wide they run, and how they look in pixels.

Cards are set letter by letter, so that the same face gives the same lines with any build of the
drawing library: what it offers for whole lines depends on libraries of the system.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from .face import FACE

LEVELS = 7
"""Darkest level of a letter's pixel; 0 is paper."""
_UNITS = 2000
"""Font units in an em, and the size at which widths are taken."""
_FINE = 4
"""Letters are drawn so many times larger and reduced: no hinting, and places between pixels."""

Pixels = npt.NDArray[np.uint8]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACE), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(char: str) -> float:
    return _font(_UNITS).getlength(char) / _UNITS


@cache
def _pairs() -> dict[tuple[str, str], float]:
    rows = json.loads(FACE.with_name("pairs.json").read_text(encoding="utf-8"))
    return {
        (left, right): int(units) / _UNITS
        for left, row in rows.items()
        for units, rights in row.items()
        for right in rights
    }


def kern(left: str, right: str) -> float:
    """What is added between two letters, in ems; mostly below zero.

    Not asked of the drawing library: without a library of the system it takes it for a 64th.
    """
    return _pairs().get((left, right), 0.0)


@lru_cache(maxsize=20_000)
def steps(text: str) -> tuple[float, ...]:
    """Where each letter of a text begins and the last one ends, in ems."""
    at, places = 0.0, [0.0]
    for n, char in enumerate(text):
        at += _advance(char)
        if n + 1 < len(text):
            at += kern(char, text[n + 1])
        places.append(at)
    return tuple(places)


def width(text: str) -> float:
    """How wide a text runs on one line, in ems."""
    return steps(text)[-1]


def glyph(char: str, size: int, half: int) -> tuple[int, int, Pixels]:
    """A letter in levels 0 to `LEVELS`.

    Args:
        char: One letter.
        size: Pixels of the em.
        half: 1 where it stands half a pixel to the right of its place, else 0.

    Returns:
        Columns right of its place and rows below the baseline where the pixels begin, and these.
    """
    font, phase = _font(size * _FINE), half * _FINE // 2
    left, top, right, bottom = (int(side) for side in font.getbbox(char, anchor="ls"))
    start, above = (left + phase) // _FINE, top // _FINE
    columns = -(-(right + phase) // _FINE) - start
    rows = -(-bottom // _FINE) - above
    if columns <= 0 or rows <= 0:
        return 0, 0, np.zeros((0, 0), np.uint8)
    image = Image.new("L", (columns * _FINE, rows * _FINE))
    ImageDraw.Draw(image).text(
        (phase - start * _FINE, -above * _FINE), char, fill=255, font=font, anchor="ls"
    )
    fine = np.asarray(image).reshape(rows, _FINE, columns, _FINE)
    # In whole numbers, so that no machine rounds otherwise.
    total = fine.sum(axis=(1, 3), dtype=np.uint32)
    full = 255 * _FINE * _FINE
    return start, above, ((total * LEVELS + full // 2) // full).astype(np.uint8)
