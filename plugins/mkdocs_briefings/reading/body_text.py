"""Plain text of a paragraph, and the sentence round a link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

LONGEST = 300
"""Code points of a sentence that a backlink shows; a longer one is cut at words."""

OPEN, CLOSE = "\x02", "\x03"
"""Stand for the two ends of a link while its paragraph is put together. Neither can be in the
text: control characters are blanked out."""

HEAD, HEAD_END = "\x04", "\x05"
"""The same for a heading written as raw HTML."""

CUT, CUT_END, BREAK = "\x06", "\x07", "\x08"
"""Round what is no running text but code, a link to another site, …; and where other markup is."""

# These begin with a set of signs and look back at the one they found: to look for any of several
# beginnings takes several times as long.
_INTERRUPTION = re.compile(
    f"[{OPEN}{CLOSE}{CUT}{CUT_END}{BREAK}]"
    f"(?:(?<={OPEN})[^{CLOSE}]*{CLOSE}?|(?<={CUT})[^{CUT_END}]*{CUT_END}?|)"
)
_MARK = re.compile(r"[*_~=^](?:(?<=\*)\**|(?<=_)_*|(?<=~)~+|(?<==)=|(?<=\^)\^)")
_SCRIPT = re.compile(r"(?<![~^])([~^])([^\s~^]{1,40})\1(?![~^])")
_SHIELD = {ord(sign): 0x0E + number for number, sign in enumerate("*_~=^")}
_SIGN = {shield: sign for sign, shield in _SHIELD.items()}
_SHIELDS = tuple(map(chr, _SIGN))
_GAP = re.compile("  ")
"""To look for two spaces by this takes half as long as by `in`."""
_BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|[。！？]+[”’」』]*")
_LAST_WORD = re.compile(r"([^\s(\[\"“'‘]+)$")
_INITIALS = re.compile(r"[A-Z]|(?:\w\.)+\w")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_END = _words(
    """mr mrs ms dr prof st rev hon gen gov sen rep lt col sgt capt cmdr adm maj pres sr jr inc ltd
    co corp bros dept univ assn ed eds al vs cf e.g i.e approx ph.d"""
)
"""Words after which a full stop ends no sentence."""
_BEFORE_NUMBER = _words(
    "no nos vol vols fig figs art sec ch pp est jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Words after which it ends none when a number follows."""
_STARTERS = _words(
    """the a an this that these those it its in on at to for from by with as if when while after
    before since and but or so yet we they he she you i our their his her there here what who how
    why not no all some most many one two under over during according although because however
    meanwhile"""
)
"""Words that seldom follow initials but as the first of a sentence."""


def bare(pieces: str) -> str:
    """Text without the marks of emphasis, which leave a `BREAK`."""
    if _emphasised(pieces):
        pieces = unmarked(pieces)
    return pieces.translate(_SIGN) if _shielded(pieces) else pieces


def _emphasised(text: str) -> bool:
    """Whether a text has a sign of emphasis."""
    # Five looks for one sign each are quicker than one for any of them, here as below.
    return "*" in text or "_" in text or "=" in text or "~" in text or "^" in text


def _shielded(text: str) -> bool:
    """Whether a text has a sign that is no emphasis whatever stands beside it."""
    one, two, three, four, five = _SHIELDS
    return one in text or two in text or three in text or four in text or five in text


def running(pieces: str) -> str:
    """Running text out of what `bare` gave, cut into lines where markup begins or ends."""
    text = " ".join(pieces.split())
    if text.isprintable():
        return text
    if OPEN in text:
        text = _INTERRUPTION.sub("\n", text)
    else:
        text = _without_cuts(text).replace(BREAK, "\n").replace(CUT_END, "\n").replace(CLOSE, "\n")
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _without_cuts(text: str) -> str:
    """A text with the end of a line for each stretch that is no running text."""
    kept, at = [], 0
    while (cut := text.find(CUT, at)) >= 0:
        kept.append(text[at:cut])
        at = text.find(CUT_END, cut) + 1 or len(text)
    return "\n".join([*kept, text[at:]]) if kept else text


def plain(pieces: str) -> str:
    """Plain text out of what `bare` gave: links keep their ends, and every gap is one space."""
    pieces = pieces.strip()
    if not pieces.isprintable():
        pieces = pieces.replace(BREAK, "").replace(CUT, "").replace(CUT_END, "")
        if not pieces.isprintable():
            return " ".join(pieces.split())
    # There is no gap but spaces.
    return " ".join(pieces.split()) if _GAP.search(pieces) else pieces.strip()


def even(text: str) -> str:
    """As `plain`, for text that has no marks, and no gaps but spaces and line ends."""
    text = text.strip().replace("\n", " ")
    return " ".join(text.split()) if _GAP.search(text) else text


def even_marked(pieces: str) -> str:
    """As `plain`, for what has no gaps but spaces and line ends."""
    # To see whether there is one takes a tenth of the time of replacing none.
    for mark in (BREAK, CUT, CUT_END):
        if mark in pieces:
            pieces = pieces.replace(mark, "")
    return even(pieces)


def literal(text: str) -> str:
    """Text whose signs are no emphasis, whatever stands beside them."""
    return text.translate(_SHIELD) if _emphasised(text) else text


def unmarked(text: str) -> str:
    """Put a `BREAK` for each of a pair of `*`, `_`, `~~`, `==` and `^^` that encloses words; other
    signs are text."""
    if "^" in text or "~" in text:
        text = _SCRIPT.sub(rf"{BREAK}\2{BREAK}", text)
    elif "*" in text and (simple := _simply_unmarked(text)):
        return simple
    marks = list(_MARK.finditer(text))
    if len(marks) < 2:
        return text
    open_marks: dict[str, list[list[int]]] = {}
    cut: list[tuple[int, int]] = []
    for mark in marks:
        start, end = mark.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        sign = text[start]
        can_close = not before.isspace() and (sign != "_" or not after.isalnum())
        can_open = not after.isspace() and (sign != "_" or not before.isalnum())
        stack = open_marks.setdefault(sign, [])
        left = end - start
        while can_close and stack and left:
            opening = stack[-1]
            taken = min(left, opening[1] - opening[0])
            cut.append((opening[1] - taken, opening[1]))
            cut.append((end - left, end - left + taken))
            left -= taken
            opening[1] -= taken
            if opening[1] == opening[0]:
                stack.pop()
        if can_open and left:
            stack.append([end - left, end])
    if not cut:
        return text
    kept = []
    at = 0
    for start, end in sorted(cut):
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return BREAK.join(kept)


def _simply_unmarked(text: str) -> str:
    """What `unmarked` gives for a text whose only signs are pairs of `*`, or pairs of `**`, round
    words, as those of most texts are; empty for any other."""
    if "_" in text or "=" in text or "~" in text or "^" in text:
        return ""
    mark = "**" if "**" in text else "*"
    parts = text.split(mark)
    inner = parts[1:-1]
    # What is empty stands between signs that are one mark.
    if len(inner) % 2 == 0 or not all(inner) or text.count("*") != len(mark) * (len(parts) - 1):
        return ""
    if any(part[0].isspace() or part[-1].isspace() for part in inner[::2]):
        return ""
    return BREAK.join(parts)


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """Where the sentences of a plain paragraph begin and end.

    A full stop after a title ("Mr."), an initial or inside a number ends none; one after initials
    ("U.S.") does when a common first word of a sentence follows.
    """
    found = []
    start = 0
    for boundary in _BOUNDARY.finditer(paragraph):
        stop = paragraph[boundary.start() : boundary.start() + 2]
        if stop[0] == "." and stop != ".." and _goes_on(paragraph, boundary):
            continue
        found.append((start, boundary.end()))
        start = boundary.end()
    if start < len(paragraph):
        found.append((start, len(paragraph)))
    return found


def _goes_on(paragraph: str, boundary: re.Match[str]) -> bool:
    """Whether a full stop belongs to the word before it."""
    word = _LAST_WORD.search(paragraph, max(0, boundary.start() - 30), boundary.start())
    if not word:
        return False
    folded = word[1].casefold()
    if folded in _NO_END:
        return True
    if folded in _BEFORE_NUMBER:
        return paragraph[boundary.end() : boundary.end() + 1].isdecimal()
    if _INITIALS.fullmatch(word[1]):
        following = paragraph[boundary.end() : boundary.end() + 20].split(" ", 1)[0]
        return following.strip(",;“\"‘'").casefold() not in _STARTERS
    return False


def around(
    paragraph: str, start: int, end: int, spans: Sequence[tuple[int, int]]
) -> tuple[str, int]:
    """The sentence round a link, and where the link begins in it.

    At most about 300 code points, cut at words with an ellipsis; the link itself stays whole.

    Args:
        paragraph: Plain text.
        start: Of the link.
        end: Of the link; of a link without text, `start`.
        spans: What `sentences` gave.
    """
    number = bisect_right(spans, (start, len(paragraph))) - 1
    first, last = spans[number] if number >= 0 else (0, len(paragraph))
    while first < start and paragraph[first].isspace():
        first += 1
    offset, length = start - first, end - start
    sentence = paragraph[first:end] + paragraph[end : max(last, end)].rstrip()
    if len(sentence) <= LONGEST:
        return sentence, offset
    room = max(0, LONGEST - length) // 2
    low = max(0, offset - room)
    high = min(len(sentence), offset + length + room)
    if low:
        low = max(low, sentence.find(" ", low, offset) + 1)
    if high < len(sentence):
        high = max(sentence.rfind(" ", offset + length, high), offset + length)
    before, after = "…" if low else "", "…" if high < len(sentence) else ""
    return before + sentence[low:high] + after, offset - low + len(before)
