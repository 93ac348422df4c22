"""The blocks of a body: which stretches are text, headings, table cells, code or raw HTML.

A reading of lines, not a Markdown parser: every line is looked at once, and offsets stay those of
the source. What is not text (marks of lists and quotes, code, definitions) is blanked out with
spaces of the same length, so that a stretch of the masked text holds text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .body_blocks import MOST_SEGMENTS, WORDS, Reader, Reference, Segment
from .body_findings import Findings
from .body_tags import Region, regions

MOST_FENCES = 500
MOST_COMMENTS = 2_000
MOST_STEPS = 50_000_000
MOST_CODE = 100_000
"""Most characters of fenced code: it is highlighted, and that may take long."""

_FENCE = re.compile(r"[> \t]*(`{3,}|~{3,})([^`\n]*)$")
_TICKS = re.compile(r"`{4,}")
_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class Layout:
    """What the reader of blocks found."""

    masked: str
    """The source, with spaces for what is not text."""
    segments: list[Segment]
    """In order."""
    references: dict[str, Reference]
    """By name, folded."""
    notes: set[str]
    """Labels of the footnotes that the body itself defines."""
    abbreviations: frozenset[str]
    """Those that the body itself explains."""


def layout(text: str, findings: Findings) -> Layout:
    """Cut a body into segments; refuses through `findings` what passes a limit."""
    lines = text.split("\n")
    # To see whether there is one sign takes a tenth of the time of looking for several in a row.
    ticks = "`" in text
    fenced = (ticks and "```" in text) or ("~" in text and "~~~" in text)
    margins = _fences(lines, findings) if fenced else {}
    if margins:
        if sum(len(lines[index]) for index in margins) > MOST_CODE:
            message = f"more than {MOST_CODE:,} characters of code"
            offset = sum(len(line) + 1 for line in lines[: min(margins)])
            findings.refuse(offset, "too-long", message, "publish the code as a file")
        lines = [" " * len(line) if i in margins else line for i, line in enumerate(lines)]
    if "<" in text and text.count("<!--") > MOST_COMMENTS:
        message = f"more than {MOST_COMMENTS:,} comments"
        findings.refuse(0, "too-long", message, "delete them")
    if ticks:
        _check_ticks(lines, text, findings)
    if findings.fatal:
        return Layout("", [], {}, set(), frozenset())
    raw = regions("\n".join(lines)) if "<" in text else []
    tails: dict[int, int] = {}
    if raw:
        lines = _without(lines, raw, tails, margins)
    reader = Reader(lines, findings)
    _read(reader, margins, tails)
    segments = reader.segments
    if len(segments) > MOST_SEGMENTS:
        message = f"more than {MOST_SEGMENTS:,} paragraphs, list items and table cells"
        start = segments[MOST_SEGMENTS].start
        findings.refuse(start, "too-long", message, "make several briefings of it")
    if raw:
        segments += [Segment("raw", region.start, region.end, 0, region) for region in raw]
        segments.sort(key=lambda segment: segment.start)
    short = frozenset(name for name in reader.abbreviations if name.strip())
    return Layout("\n".join(reader.kept), segments, reader.references, reader.notes, short)


def _check_ticks(lines: list[str], text: str, findings: Findings) -> None:
    """Refuse a text with such runs of "`" outside of fenced code that it is slow to see that they
    are not code: each length that a run may be read as is looked for in all that follows."""
    if "````" not in text:
        return
    steps = sum(len(run) ** 2 // 2 for line in lines for run in _TICKS.findall(line)) * len(text)
    if steps > MOST_STEPS:
        message = f"long runs of ` in {len(text):,} characters of text"
        findings.refuse(text.find("````"), "too-long", message, "mark code with one or two `")


def _read(reader: Reader, margins: dict[int, int], tails: dict[int, int]) -> None:
    """Look at every line; most need no more than a look at how they begin.

    Args:
        reader: Reads the others.
        margins: By line of code or raw HTML, how far from the margin it began.
        tails: By line, the column at which it goes on after raw HTML.
    """
    lines = reader.lines
    offset = index = 0
    last = len(lines) - 1
    while index <= last:
        line = lines[index]
        if not line or line.isspace():
            reader.blank(offset, margins.get(index))
        elif index not in tails and reader.row and not reader.quotes and line[0].isalpha():
            reader.row += 1  # A paragraph goes on.
        elif (
            index not in tails
            and reader.fresh
            and (index == last or not lines[index + 1])
            and WORDS.match(line)
        ):
            reader.begin(offset)  # A paragraph of one line.
        else:
            if index in tails or reader.quotes or not reader.simple(index, offset):
                index, offset = _slow(reader, index, offset, tails)
            if reader.findings.fatal:
                return
        offset += len(lines[index]) + 1
        index += 1
    reader.close(offset - 1)


def _slow(reader: Reader, index: int, offset: int, tails: dict[int, int]) -> tuple[int, int]:
    """Read a line, and those that belong to it; index and offset of the last one read."""
    for _ in range(reader.read(index, offset, tails.get(index, 0))):
        offset += len(reader.lines[index]) + 1
        index += 1
    return index, offset


def _fences(lines: list[str], findings: Findings) -> dict[int, int]:
    """The lines of fenced code, fences included, with the column of its first fence.

    A fence that is never closed is text.
    """
    found: dict[int, int] = {}
    start, indent, mark = -1, 0, ""
    fences = sum("```" in line or "~~~" in line for line in lines)
    if fences > MOST_FENCES:
        message = f"more than {MOST_FENCES:,} lines with the fences of code"
        findings.refuse(0, "too-long", message, "publish the code as a file")
        return {}
    for index, line in enumerate(lines):
        if start < 0:
            if "```" not in line and "~~~" not in line:
                continue
            if opening := _FENCE.match(line):
                start, indent, mark = index, opening.start(1), opening[1]
            continue
        content = line.lstrip("> \t")
        before = len(line) - len(content)
        if before <= indent and content.rstrip() == mark:
            found.update(dict.fromkeys(range(start, index + 1), indent))
            start = -1
        elif content and before < indent:
            # A line that is not indented as the fence is ends the attempt.
            start = -1
    return found


def _without(
    lines: list[str], raw: list[Region], tails: dict[int, int], margins: dict[int, int]
) -> list[str]:
    """Blank raw HTML out; add to `tails` and `margins` what `_read` says of them."""
    text = "\n".join(lines)
    pieces = []
    at = row = 0
    for region in raw:
        pieces.append(text[at : region.start])
        pieces.append(_LINE.sub(_spaces, text[region.start : region.end]))
        row += text.count("\n", at, region.start)
        margins.setdefault(row, 0)
        row += text.count("\n", region.start, region.end)
        at = region.end
        tails.setdefault(row, at - (text.rfind("\n", 0, at) + 1))
    pieces.append(text[at:])
    return "".join(pieces).split("\n")


def _spaces(stretch: re.Match[str]) -> str:
    return " " * len(stretch[0])
