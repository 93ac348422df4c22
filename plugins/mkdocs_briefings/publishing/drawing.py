"""Drawing a social card: in a shape, in sixteen colours, as the bytes of a PNG.

The same card gives the same bytes: no time, no random order, whole numbers where it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from .cards import SHARED, Shape, SocialCard
from .lettering import LEVELS, Pixels, glyph, steps, width
from .png import png
from .setting import block, shorten

LEADING, DEK_LEADING = 1.08, 1.25
"""From line to line, in ems."""
TRACKING = -0.012
"""Added between the letters of a headline, in ems: large type is set closer."""
ASCENT = 0.74
PARTS = 12
"""Most parts drawn before the one that is told, where there is room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Where things are on a card and how large, in pixels. Sizes are of the em."""

    margin: int
    rule: int
    """How thick the line under the name is; that of the track is twice as thick."""
    name: int
    name_at: int
    """Baseline, from the top; so are the others that end in `at`, unless they say otherwise."""
    name_rule_at: int
    kicker: int
    kicker_at: int
    headline: Sequence[int]
    """Sizes to try, the largest first."""
    headline_top: int
    headline_end: int
    """From the bottom."""
    dek: Sequence[int]
    dek_gap: int
    track_at: int
    """From the bottom, and so is the foot."""
    foot: int
    foot_at: int
    foot_gap: int
    foot_whole: bool
    """Whether authors and storyline have room beside the day."""
    stop: int
    """From part to part on the track."""
    dot: int
    """Radius of a part."""
    now: int
    """Radius of the marker."""
    now_rim: int
    ring: tuple[int, int]
    """Outer and inner radius of what is awaited."""
    dash: int
    """Of the line that leads there, and the gap after it."""


LARGE = Measures(
    margin=72,
    rule=2,
    name=40,
    name_at=88,
    name_rule_at=122,
    kicker=36,
    kicker_at=190,
    headline=(104, 96, 88, 80, 72, 66, 60, 54, 48, 44, 40, 36, 32, 28),
    headline_top=220,
    headline_end=160,
    dek=(44, 40, 36, 32),
    dek_gap=16,
    track_at=114,
    foot=32,
    foot_at=44,
    foot_gap=48,
    foot_whole=True,
    stop=62,
    dot=9,
    now=22,
    now_rim=5,
    ring=(10, 7),
    dash=6,
)
SMALL = Measures(
    margin=22,
    rule=1,
    name=16,
    name_at=29,
    name_rule_at=39,
    kicker=15,
    kicker_at=60,
    headline=(40, 36, 33, 30, 27, 25, 23, 21, 19, 17, 16, 15, 14, 13, 12, 11, 10),
    headline_top=72,
    headline_end=58,
    dek=(15, 14, 13, 12),
    dek_gap=6,
    track_at=42,
    foot=15,
    foot_at=15,
    foot_gap=15,
    foot_whole=False,
    stop=22,
    dot=4,
    now=9,
    now_rim=2,
    ring=(5, 3),
    dash=2,
)
"""Larger beside the picture than `LARGE`: these are shown as small as a stamp."""


def measures(shape: Shape) -> Measures:
    """How a card of a shape is laid out."""
    return LARGE if shape.width >= 1000 else SMALL


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
INK = bytes(range(LEVELS + 1))
QUIET = bytes((0, 1, 1, 2, 3, 4, 4, 5))
GREEN = bytes((0, 8, 8, 9, 9, 10, 11, 11))


def draw(card: SocialCard, shape: Shape = SHARED) -> bytes:
    """A card as a PNG."""
    page = _Page(shape, rtl=card.rtl)
    at = page.at
    name, kicker, headline = card.site, card.kicker, card.headline
    if not headline:
        # In a script that the face lacks: the topic stands in, or whose card it is.
        headline, kicker = kicker or name, ""
        name = "" if headline == name else name
    if name:
        page.line(name, at.name, at.name_at, INK)
        page.canvas[at.name_rule_at : at.name_rule_at + at.rule] = RULED
    if kicker:
        page.line(kicker, at.kicker, at.kicker_at, GREEN)
    bottom = page.lines(headline, at.headline, at.headline_top, LEADING, INK, TRACKING)
    page.lines(card.dek, at.dek, bottom + at.dek_gap, DEK_LEADING, QUIET)
    page.track(card)
    page.foot(card)
    return png(page.canvas, PALETTE)


class _Page:
    """A canvas and what is put on it; with `rtl` from the right margin on."""

    def __init__(self, shape: Shape, *, rtl: bool) -> None:
        self.at = measures(shape)
        self.width, self.height = shape.width, shape.height
        self.canvas: Pixels = np.zeros((self.height, self.width), np.uint8)
        self.room = self.width - 2 * self.at.margin
        """Between the margins."""
        self.rtl = rtl

    def line(
        self,
        text: str,
        size: int,
        baseline: int,
        colours: bytes,
        *,
        room: float | None = None,
        at_end: bool = False,
    ) -> float:
        """Set one line, shortened to the room there is; gives the pixels that it takes.

        A line begins at the margin. `at_end` it ends at the other one, and is left out where
        less than half of it has room.
        """
        room = self.room if room is None else room
        text = shorten(text, room / size, width, least=0.5 if at_end else 0)
        if not text:
            return 0
        wide = width(text) * size
        left = self._left(wide, right=self.rtl != at_end)
        self._write(text, size, left, baseline, colours)
        return wide

    def lines(
        self,
        text: str,
        sizes: Sequence[int],
        top: int,
        leading: float,
        colours: bytes,
        tracking: float = 0,
    ) -> int:
        """Set a text as large as it can be above the track; gives where it ends.

        It is left out where not a line of it has room.
        """

        def wide(text: str) -> float:
            return width(text) + tracking * len(text)

        height = self.height - self.at.headline_end - top
        if height < leading * sizes[-1]:
            return top
        found = block(text, sizes, self.room, height, leading, wide)
        for n, line in enumerate(found.lines):
            left = self._left(wide(line) * found.size, right=self.rtl)
            baseline = top + round((ASCENT + leading * n) * found.size)
            self._write(line, found.size, left, baseline, colours, tracking)
        return top + round(leading * len(found.lines) * found.size)

    def foot(self, card: SocialCard) -> None:
        """The day, who signs, and at the end of the line the storyline."""
        at, baseline = self.at, self.height - self.at.foot_at
        if not at.foot_whole:
            self.line(card.day, at.foot, baseline, QUIET)
            return
        begin = " · ".join(filter(None, (card.day, card.names)))
        room = self.room - self.line(begin, at.foot, baseline, QUIET) - at.foot_gap
        self.line(card.storyline, at.foot, baseline, QUIET, room=room, at_end=True)

    def _left(self, wide: float, *, right: bool) -> float:
        """Where a line begins that starts at the left margin, or ends at the right one."""
        return self.width - self.at.margin - wide if right else self.at.margin

    def _write(
        self,
        text: str,
        size: int,
        left: float,
        baseline: int,
        colours: bytes,
        tracking: float = 0,
    ) -> None:
        for n, (char, place) in enumerate(zip(text, steps(text), strict=False)):
            halves = round(2 * (left + (place + tracking * n) * size))
            start, above, levels = _coloured(char, size, halves % 2, colours)
            top, x = baseline + above, halves // 2 + start
            rows, columns = levels.shape
            # No letter is so tall or wide that it leaves the margins.
            spot = self.canvas[top : top + rows, x : x + columns]
            np.maximum(spot, levels, out=spot)

    def track(self, card: SocialCard) -> None:
        """The storyline as a line: a dot a part, the marker on this one, a ring for what waits."""
        at = self.at
        # Room for two later parts and for what waits.
        ends = 2 * at.margin + at.dot + at.ring[0]
        most = min(PARTS, (self.width - ends) // at.stop - 3)
        before = min(card.before, most)
        first = at.margin + (at.dot if before else at.now)
        here = first + before * at.stop
        last = here + card.after * at.stop
        self._rule(here, self.width, RULED, at.rule)
        # Where earlier parts are not drawn, or no storyline is told, the line comes from the edge.
        whole = card.before <= most and (card.before or card.after or card.storyline)
        self._rule(first if whole else 0, last, LEVELS, 2 * at.rule)
        for n in range(before + 1 + card.after):
            sprite = _marker(at.now, at.now_rim) if n == before else _disc(at.dot)
            self._stamp(first + n * at.stop, sprite)
        if card.awaited:
            begin, end = last + at.now + 2 * at.rule, last + at.stop - at.dot
            for dash in range(begin, end, 2 * at.dash):
                self._rule(dash, dash + at.dash, LEVELS, 2 * at.rule)
            self._stamp(last + at.stop, _ring(*at.ring))

    def _rule(self, start: int, end: int, colour: int, thick: int) -> None:
        if self.rtl:
            start, end = self.width - end, self.width - start
        top = self.height - self.at.track_at - thick // 2
        self.canvas[top : top + thick, start:end] = colour

    def _stamp(self, centre: int, sprite: Pixels) -> None:
        """Put a round thing on the track, over what is there; 255 leaves what is there."""
        centre = self.width - centre if self.rtl else centre
        half, middle = sprite.shape[0] // 2, self.height - self.at.track_at
        spot = self.canvas[middle - half : middle + half, centre - half : centre + half]
        np.copyto(spot, sprite, where=sprite != 255)


@lru_cache(maxsize=20_000)
def _coloured(char: str, size: int, half: int, colours: bytes) -> tuple[int, int, Pixels]:
    """A letter in places of the palette; where it begins as `glyph` says."""
    start, above, levels = glyph(char, size, half)
    return start, above, np.frombuffer(colours, np.uint8)[levels]


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
def _ring(radius: int, hole: int) -> Pixels:
    outer, inner = _coverage(radius, radius + 1), _coverage(hole, radius + 1)
    levels = _levels((outer - inner).astype(np.uint8))
    return np.where(outer > 0, levels, 255).astype(np.uint8)


@cache
def _marker(radius: int, rim: int) -> Pixels:
    """The one marker of what is told: marigold, ringed in ink."""
    outer, inner = _coverage(radius, radius + 2), _coverage(radius - rim, radius + 2)
    ring = _levels(outer)
    # Steps from marker to ink along the inner edge.
    edge = np.array([0, 0, 0, MARKED + 2, MARKED + 1, MARKED], np.uint8)[
        np.clip((inner.astype(np.uint32) * 3 + 32) // 64, 0, 3) + 2
    ]
    return np.where(inner >= 11, edge, np.where(outer > 0, ring, 255)).astype(np.uint8)
