"""Drawing a social card: 1200 × 630 pixels of sixteen colours, as the bytes of a PNG.

The same card gives the same bytes: no time, no random order, whole numbers where it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from .cards import HEIGHT, WIDTH, SocialCard
from .lettering import LEVELS, Pixels, glyph, steps, width
from .png import png
from .setting import block, shorten

MARGIN = 72
NAME_AT, NAME_RULE_AT = 88, 122
"""Baselines and heights are pixels from the top."""
KICKER_AT = 190
HEADLINE_TOP, HEADLINE_BOTTOM = 220, 470
HEADLINE_SIZES = (104, 96, 88, 80, 72, 66, 60, 54, 48, 44, 40, 36, 32, 28)
DEK_SIZES = (44, 40, 36, 32)
LEADING, DEK_LEADING = 1.08, 1.25
TRACKING = -0.012
"""Added between the letters of a headline, in ems: large type is set closer."""
ASCENT = 0.74
TRACK_AT = 516
FOOT_AT = 586
STOP = 62
"""From part to part on the track."""
PARTS = 12
"""Most parts drawn before the one that is told."""
DOT, NOW = 9, 22
"""Radii of a part and of the marker."""
FOOT_GAP = 48

_PAPER, _DARK, _GREEN, _MARK, _RULE = "ffffff", "13201b", "0b5a48", "f4b90a", "d2dbd5"


def _mix(one: str, other: str, part: float) -> bytes:
    """A colour between two, `part` of the way to the other."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return bytes(round(a + (b - a) * part) for a, b in pairs)


PALETTE = (
    *(_mix(_PAPER, _DARK, n / LEVELS) for n in range(LEVELS + 1)),
    *(_mix(_PAPER, _GREEN, n / 4) for n in range(1, 5)),
    *(_mix(_MARK, _DARK, n / 3) for n in range(3)),
    bytes.fromhex(_RULE),
)
"""Sixteen colours: paper to ink, paper to green, marker to ink, the rule."""
MARKED, RULED = 12, 15
"""Places of the marker's and the rule's colour in the palette."""

# From a level of darkness to a place in the palette.
INK = np.arange(LEVELS + 1, dtype=np.uint8)
QUIET = np.array([0, 1, 1, 2, 3, 4, 4, 5], np.uint8)
GREEN = np.array([0, 8, 8, 9, 9, 10, 11, 11], np.uint8)


def draw(card: SocialCard) -> bytes:
    """A card as a PNG."""
    page = _Page(rtl=card.rtl)
    name, kicker, headline = card.site, card.kicker, card.headline
    if not headline:
        # In a script that the face lacks: the topic stands in, or whose card it is.
        headline, kicker = kicker or name, ""
        name = "" if headline == name else name
    if name:
        page.line(name, 40, NAME_AT, INK)
        page.canvas[NAME_RULE_AT : NAME_RULE_AT + 2] = RULED
    if kicker:
        page.line(kicker, 36, KICKER_AT, GREEN)
    bottom = page.lines(headline, HEADLINE_SIZES, HEADLINE_TOP, LEADING, INK, TRACKING)
    page.lines(card.dek, DEK_SIZES, bottom + 16, DEK_LEADING, QUIET)
    page.track(card)
    left = page.line(card.foot, 32, FOOT_AT, QUIET)
    room = WIDTH - 2 * MARGIN - left - FOOT_GAP
    page.line(card.storyline, 32, FOOT_AT, QUIET, room=room, at_end=True)
    return png(page.canvas, PALETTE)


class _Page:
    """A canvas and what is put on it; with `rtl` from the right margin on."""

    def __init__(self, *, rtl: bool) -> None:
        self.canvas: Pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
        self.rtl = rtl

    def line(
        self,
        text: str,
        size: int,
        baseline: int,
        colours: Pixels,
        *,
        room: float = WIDTH - 2 * MARGIN,
        at_end: bool = False,
    ) -> float:
        """Set one line, shortened to the room there is; gives the pixels that it takes.

        A line begins at the margin. `at_end` it ends at the other one, and is left out where
        less than half of it has room.
        """
        text = shorten(text, room / size, width, least=0.5 if at_end else 0)
        if not text:
            return 0
        wide = width(text) * size
        right = self.rtl != at_end
        self._write(text, size, WIDTH - MARGIN - wide if right else MARGIN, baseline, colours)
        return wide

    def lines(
        self,
        text: str,
        sizes: Sequence[int],
        top: int,
        leading: float,
        colours: Pixels,
        tracking: float = 0,
    ) -> int:
        """Set a text as large as it can be above the track; gives where it ends."""

        def wide(text: str) -> float:
            return width(text) + tracking * len(text)

        room = HEADLINE_BOTTOM - top
        found = block(text, sizes, WIDTH - 2 * MARGIN, room, leading, wide)
        for n, line in enumerate(found.lines):
            left = WIDTH - MARGIN - wide(line) * found.size if self.rtl else MARGIN
            baseline = top + round((ASCENT + leading * n) * found.size)
            self._write(line, found.size, left, baseline, colours, tracking)
        return top + round(leading * len(found.lines) * found.size)

    def _write(
        self,
        text: str,
        size: int,
        left: float,
        baseline: int,
        colours: Pixels,
        tracking: float = 0,
    ) -> None:
        for n, (char, place) in enumerate(zip(text, steps(text), strict=False)):
            halves = round(2 * (left + (place + tracking * n) * size))
            start, above, levels = glyph(char, size, halves % 2)
            top, x = baseline + above, halves // 2 + start
            rows, columns = levels.shape
            # No letter is so tall or wide that it leaves the margins.
            spot = self.canvas[top : top + rows, x : x + columns]
            np.maximum(spot, colours[levels], out=spot)

    def track(self, card: SocialCard) -> None:
        """The storyline as a line: a dot a part, the marker on this one, a ring for what waits."""
        before = min(card.before, PARTS)
        first = MARGIN + (DOT if before else NOW)
        here = first + before * STOP
        last = here + card.after * STOP
        self._rule(here, WIDTH, RULED, 1)
        # Where earlier parts are not drawn, or no storyline is told, the line comes from the edge.
        whole = card.before <= PARTS and (card.before or card.after or card.storyline)
        self._rule(first if whole else 0, last, LEVELS, 2)
        for n in range(before + 1 + card.after):
            self._stamp(first + n * STOP, _marker() if n == before else _disc(DOT))
        if card.awaited:
            for dash in range(last + NOW + 4, last + STOP - DOT, 12):
                self._rule(dash, dash + 6, LEVELS, 2)
            self._stamp(last + STOP, _ring())

    def _rule(self, start: int, end: int, colour: int, half: int) -> None:
        if self.rtl:
            start, end = WIDTH - end, WIDTH - start
        self.canvas[TRACK_AT - half : TRACK_AT + half, start:end] = colour

    def _stamp(self, centre: int, sprite: Pixels) -> None:
        """Put a round thing on the track, over what is there; 255 leaves what is there."""
        centre = WIDTH - centre if self.rtl else centre
        half = sprite.shape[0] // 2
        spot = self.canvas[TRACK_AT - half : TRACK_AT + half, centre - half : centre + half]
        np.copyto(spot, sprite, where=sprite != 255)


@cache
def _coverage(radius: int, half: int) -> Pixels:
    """How much of each pixel of a square lies in the disc at its centre, 0 to 64."""
    fine = (np.arange(half * 16) - half * 8) * 2 + 1
    inside = fine[:, None] ** 2 + fine[None, :] ** 2 <= (radius * 16) ** 2
    parts: Pixels = inside.reshape(half * 2, 8, half * 2, 8).sum(axis=(1, 3)).astype(np.uint8)
    return parts


def _levels(coverage: Pixels) -> Pixels:
    levels: Pixels = ((coverage.astype(np.uint32) * LEVELS + 32) // 64).astype(np.uint8)
    return levels


@cache
def _disc(radius: int) -> Pixels:
    outer = _levels(_coverage(radius, radius + 1))
    return np.where(outer > 0, outer, 255).astype(np.uint8)


@cache
def _ring() -> Pixels:
    outer, inner = _coverage(10, 11), _coverage(7, 11)
    levels = _levels((outer - inner).astype(np.uint8))
    return np.where(outer > 0, levels, 255).astype(np.uint8)


@cache
def _marker() -> Pixels:
    """The one marker of what is told: marigold, ringed in ink."""
    outer, inner = _coverage(NOW, NOW + 2), _coverage(NOW - 5, NOW + 2)
    ring = _levels(outer)
    # Steps from marker to ink along the inner edge.
    edge = np.array([0, 0, 0, MARKED + 2, MARKED + 1, MARKED], np.uint8)[
        np.clip((inner.astype(np.uint32) * 3 + 32) // 64, 0, 3) + 2
    ]
    return np.where(inner >= 11, edge, np.where(outer > 0, ring, 255)).astype(np.uint8)
