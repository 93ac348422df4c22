"""Raw text → blocks: paragraphs, lists and headings, each with its place, and back to Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .raw_escape import as_typed

WRAPPED = 120
"""Most code points of a line in hard-wrapped text: a longer line is a paragraph of its own."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ug", "yi", "sd", "dv", "ckb"})
_MARKER = re.compile(r"[ \t]{0,3}(?P<mark>[-*+•‣▪●◦]|(?P<number>\d{1,3})[.])[ \t]+(?P<rest>\S.*)")
_HASHES = re.compile(r"(?P<marks>\#{2,6})[ \t]+(?P<rest>\S.*?)(?:[ \t]+\#+)?[ \t]*")
_ENDED = re.compile(r"[.!?…。！？:;,][\"'”’»)\]]*$")
_SHORT_HEADING = 70


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank."""

    number: int
    """1-based, in the file."""
    text: str
    """As typed, without its line end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands between blank lines."""

    lines: tuple[Line, ...]
    kind: str = "text"
    """`text`, `list` or `heading`."""
    lang: str = ""
    """Language, when it is not that of the briefing."""

    @property
    def number(self) -> int:
        """The line it begins on."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """As typed, without space round it."""
        return "\n".join(line.text for line in self.lines).strip()

    def markdown(self) -> str:
        """Markdown that shows the block as typed."""
        if self.kind == "heading":
            match = _HASHES.fullmatch(self.text)
            marks, rest = (match["marks"], match["rest"]) if match else ("##", self.text)
            return f"{marks} {as_typed(rest)}"
        if self.kind == "list":
            return "\n".join(map(_entry, self.lines))
        text = as_typed(self.text)
        if not self.lang:
            return text
        turned = ' dir="rtl"' if self.lang in _RIGHT_TO_LEFT else ""
        return f'{text}\n{{: lang="{self.lang}"{turned} }}'


def _entry(line: Line) -> str:
    match = _MARKER.fullmatch(line.text.rstrip())
    if not match:  # A line that goes on with the entry before it.
        return "    " + as_typed(line.text.strip())
    mark = match["mark"] if match["mark"] in "-*+" or match["number"] else "-"
    return f"{mark} {as_typed(match['rest'])}"


def blocks(text: str) -> list[Block]:
    """The blocks of a text: blank lines divide, and so does the end of a line too long to have
    been wrapped by hand."""
    found: list[Block] = []
    lines: list[Line] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            lines.append(Line(number, line))
        elif lines:
            found += _divided(lines)
            lines = []
    return found


def _divided(lines: Sequence[Line]) -> list[Block]:
    if max(len(line.text) for line in lines) > WRAPPED:
        return [Block(lines=(line,)) for line in lines]
    return [Block(lines=tuple(lines))]


def with_lists(given: Iterable[Block]) -> list[Block]:
    """The blocks, with lists where two or more entries follow each other.

    Numbers make a list only when they count from 1: anything else would be shown renumbered.
    """
    found: list[Block] = []
    for block in given:
        for part in _parts(block):
            before = found[-1] if found else None
            if before and _entries(before) and _entries(part) and _same(before, part):
                found[-1] = Block(lines=before.lines + part.lines)
            else:
                found.append(part)
    return [Block(lines=block.lines, kind="list") if _is_list(block) else block for block in found]


def _parts(block: Block) -> list[Block]:
    """A paragraph and the list that begins right under it."""
    at = next((n for n, line in enumerate(block.lines) if _MARKER.fullmatch(line.text.rstrip())), 0)
    tail = Block(lines=block.lines[at:])
    if at and _is_list(tail):
        return [Block(lines=block.lines[:at]), tail]
    return [block]


def _entries(block: Block) -> bool:
    """Whether every line is an entry, or goes on with one."""
    return _MARKER.fullmatch(block.lines[0].text.rstrip()) is not None and all(
        _MARKER.fullmatch(line.text.rstrip()) or line.text.startswith((" ", "\t"))
        for line in block.lines
    )


def _same(one: Block, other: Block) -> bool:
    return _mark(one.lines[0]) == _mark(other.lines[0])


def _mark(line: Line) -> str:
    match = _MARKER.fullmatch(line.text.rstrip())
    return "" if not match else "1" if match["number"] else match["mark"]


def _is_list(block: Block) -> bool:
    if not _entries(block):
        return False
    matches = [_MARKER.fullmatch(line.text.rstrip()) for line in block.lines]
    starts = [match for match in matches if match]
    if len(starts) < 2 or len({_mark(line) for line in block.lines} - {""}) != 1:
        return False
    numbers = [int(match["number"]) for match in starts if match["number"]]
    return not numbers or numbers == list(range(1, len(numbers) + 1))


def with_headings(given: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks, with headings where that is sure, and those that may be headings.

    Sure is a line that begins with `## `, and a short line without a full stop before a paragraph
    when there are two or more of its kind: one alone may be anything.
    """
    alike = [
        n
        for n, block in enumerate(given)
        if _like_heading(block) and n + 1 < len(given) and _is_paragraph(given[n + 1])
    ]
    found = list(given)
    maybe = []
    for n, block in enumerate(given):
        hashes = len(block.lines) == 1 and _HASHES.fullmatch(block.text) is not None
        if hashes or (n in alike and len(alike) > 1):
            found[n] = Block(lines=block.lines, kind="heading")
        elif n in alike:
            maybe.append(block)
    return found, maybe


def _like_heading(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "text"
        and len(block.lines) == 1
        and len(text) <= _SHORT_HEADING
        and len(text.split()) <= 10
        and (text[0].isupper() or text[0] in "¿¡")
        and (text.endswith("?") or not _ENDED.search(text))
        and not any(sign in text for sign in '"“”»|<>{}=*_#`@')
    )


def _is_paragraph(block: Block) -> bool:
    return block.kind == "list" or (block.kind == "text" and len(block.text.split()) >= 20)


def is_prose(text: str) -> bool:
    """Whether a block is a paragraph and not a headline, a button or a name: at least 12 words
    and an end, or 25 words, or as much in a script without spaces."""
    words = len(text.split())
    dense = sum(letter > "\u0e00" for letter in text) >= 40
    return words >= 25 or ((words >= 12 or dense) and _ENDED.search(text) is not None)


def markdown(given: Iterable[Block]) -> str:
    """The body of a briefing."""
    return "".join(f"{block.markdown()}\n\n" for block in given)[:-1]
