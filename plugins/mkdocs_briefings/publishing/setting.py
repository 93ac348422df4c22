"""Setting type: a text into lines that fit and balance. Widths come from the caller, in ems.

A line is as wide as its words and the spaces between them: no letter is set closer to a space.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

Width = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines."""

    size: int
    """Pixels of the em."""
    lines: tuple[str, ...]


def fill(words: Sequence[str], measure: float, width: Width) -> list[list[str]]:
    """Lines of words no wider than `measure`, each as full as can be."""
    lines: list[list[str]] = []
    space, end = width(" "), 0.0
    for word in words:
        wide = width(word)
        if lines and end + space + wide <= measure:
            lines[-1].append(word)
            end += space + wide
        else:
            lines.append([word])
            end = wide
    return lines


def balance(words: Sequence[str], measure: float, width: Width) -> list[list[str]]:
    """As few lines as `fill` takes, of widths as even as can be."""
    lines = fill(words, measure, width)
    low, high = max(map(width, words), default=0.0), measure
    # To a hundredth of an em at the least: a pixel of a headline.
    while high - low > 0.01:
        middle = (low + high) / 2
        tried = fill(words, middle, width)
        if len(tried) == len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def pieces(text: str, measure: float, width: Width) -> list[str]:
    """The words of a text, those wider than `measure` cut where they must be."""
    found = []
    for word in text.split():
        rest = word
        while width(rest) > measure and len(rest) > 1:
            end = max((n for n in range(1, len(rest)) if width(rest[:n]) <= measure), default=1)
            found.append(rest[:end])
            rest = rest[end:]
        found.append(rest)
    return found


def block(
    text: str, sizes: Sequence[int], measure: int, height: int, leading: float, width: Width
) -> Block:
    """A text in the largest of `sizes` in which it fits, balanced.

    Where it fits in none, what does not fit in the last one is cut off and marked.

    Args:
        text: A word is cut in two only where it is too wide in the last size.
        sizes: Pixels of the em, the largest first.
        measure: Most pixels of a line.
        height: Most pixels of all lines.
        leading: From line to line, in ems.
        width: Of a text on one line, in ems.
    """
    words, width = text.split(), cache(width)
    widths = [width(word) for word in words]
    widest, all_of_it = max(widths, default=0.0), sum(widths)
    for size in sizes:
        # Lines are filled only where they may have room: they are no fewer than the words ask.
        if widest > measure / size or all_of_it * leading * size**2 > measure * height:
            continue
        if len(fill(words, measure / size, width)) * leading * size <= height:
            break
    whole = pieces(text, measure / size, width)
    lines = balance(whole, measure / size, width)
    found = [" ".join(line) for line in lines]
    room = max(1, int(height / (leading * size)))
    if len(found) > room:
        found = [*found[: room - 1], found[room - 1].rstrip(" ,;:.–—-") + "…"]
    return Block(size=size, lines=tuple(found))


def shorten(text: str, measure: float, width: Width, least: float = 0) -> str:
    """A text on one line; cut between words and marked where it is too long.

    Empty when less than `least` of it, a part of 1, would be left.
    """
    if width(text) <= measure:
        return text
    words = text.split()[:-1]
    while words:
        cut = " ".join(words).rstrip(" ,;:·.–—-") + "…"
        if width(cut) <= measure:
            return cut if len(cut) > len(text) * least else ""
        words.pop()
    return ""
