"""Two texts → one, with the words that came and went marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 12
"""Words shown round a change; the rest of what stays is left out."""

MUCH = 4_000_000
"""Words of one text times words of the other from which on whole lines are compared: telling words
apart takes time as this number grows."""

_WORDS = re.compile(r"\S+|\n+")
_LINES = re.compile(r"[^\n]+|\n+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that came, went, stayed, or stayed and are not shown."""

    kind: Literal["added", "removed", "same", "left-out"]
    text: str
    """With a space between words, and a line end between paragraphs."""


def marked(before: str, after: str) -> Sequence[Run]:
    """The words of both texts in order; nothing where they are the same.

    >>> [(run.kind, run.text) for run in marked("tea is green", "tea is black")]
    [('same', 'tea is'), ('removed', 'green'), ('added', 'black')]
    """
    if before == after:
        return ()
    here, there = _WORDS.findall(before), _WORDS.findall(after)
    if len(here) * len(there) > MUCH:
        here, there = _LINES.findall(before), _LINES.findall(after)
    return tuple(_runs(here, there))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = matcher.get_opcodes()
    for place, (kind, start, end, new, new_end) in enumerate(steps):
        if kind == "equal":
            yield from _same(before[start:end], place == 0, place == len(steps) - 1)
            continue
        if end > start:
            yield Run("removed", _joined(before[start:end]))
        if new_end > new:
            yield Run("added", _joined(after[new:new_end]))


def _same(words: Sequence[str], first: bool, last: bool) -> Iterator[Run]:
    """What stayed: the words next to a change, and that there are more."""
    left = 0 if first else AROUND
    right = 0 if last else AROUND
    if len(words) <= left + right:
        yield Run("same", _joined(words))
        return
    if left:
        yield Run("same", _joined(words[:left]))
    yield Run("left-out", "")
    if right:
        yield Run("same", _joined(words[-right:]))


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" ?\n+ ?", "\n", " ".join(words))
