"""Raw text, taken apart: title, byline, date, what web pages leave behind, and the prose.

Nothing is thrown away in silence: every line of the text is in a block of the body or in a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import raw_blocks
from .language import foreign_passages, language_of
from .nodes import Fault
from .raw_blocks import Block, Line
from .raw_lines import dated, dateline, leftover
from .raw_names import byline, is_name
from .text import CONTROLS, decode, hidden, name

TITLE_LIMIT = 200
DEK_LIMIT = 300
FILE_LIMIT = 1 << 20
"""Most bytes of a raw text, as of a briefing."""

_TITLE_LABEL = re.compile(r"(?:title|headline|titel|título|titre|titolo)\s*:\s+(?=\S)", re.I)
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*")
_SIGNS = re.compile(r"[\W_]*(?:30|ends?|fin)?[\W_]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？:][\"'”’»)\]]*$")
_HEADER_LINES = 8


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """What was done with a line, for the report."""

    line: int
    kind: str
    """`title`, `byline`, `date`, `summary` or `editor`: taken. `lang`, `heading` or `list`:
    guessed. `cut`: left out. `kept`: looks odd, is in the body. `removed`: a character."""
    text: str
    """The line as typed, or its beginning."""
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Raw:
    """A raw text, taken apart."""

    title: str = ""
    """Empty when no line can be one."""
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    desk: str = ""
    days: list[tuple[int, str, bool]] = field(default_factory=list)
    """Days that the text gives itself: line, ISO date, and whether it says `published`. The
    surest first."""
    summary: str = ""
    """A dek between title and byline."""
    lang: str = ""
    """Language of the whole text when it is not the expected one."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: Line | Block, kind: str, why: str = "") -> None:
        text = line.text.strip()
        number = line.number
        self.notes.append(Note(number, kind, text, why))


def text_of(data: bytes) -> str:
    """The text of a raw file: UTF-8, or UTF-16 when it begins with that mark.

    Raises:
        Fault: `too-large`, `not-utf8`, or `bad-file` for what is no raw text.
    """
    if len(data) > FILE_LIMIT:
        raise Fault("too-large", 1, 1, f"the file is over {FILE_LIMIT >> 20} MiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            message = "the file begins as UTF-16 and does not go on so"
            raise Fault("not-utf8", 1, 1, message, "save it as UTF-8") from None
    else:
        text = _utf8(data)
    if re.match(r"---[ \t]*\n(?:[ \t]*\n|\#.*\n)*[\w-]+[ \t]*:(?:[ \t]|\n)", text):
        hint = "copy it into the folder and run `briefings check`"
        raise Fault("bad-file", 1, 1, "the file has front matter: it is no raw text", hint)
    return text


def _utf8(data: bytes) -> str:
    if b"\x00" in data[:1000]:
        hint = "save it as UTF-8 text; a document of a word processor is saved as plain text"
        raise Fault("not-utf8", 1, 1, "the file is no text, or UTF-16 without its mark", hint)
    try:
        return decode(data)
    except Fault as fault:
        hint = f"{fault.hint}; if it is Windows-1252: `iconv -f CP1252 -t UTF-8 OLD > NEW`"
        raise Fault(fault.code, fault.line, fault.column, str(fault), hint) from None


def take_apart(text: str, lang: str) -> Raw:
    """Take a raw text apart.

    Args:
        text: With `\\n` line ends.
        lang: Language that the site expects, BCP 47.
    """
    raw = Raw()
    rest = _head(raw, raw_blocks.blocks(_without_controls(raw, text)))
    rest = _tail(raw, rest)
    rest = _middle(raw, rest)
    listed = raw_blocks.with_lists(rest)
    raw.blocks, maybe = raw_blocks.with_headings(listed)
    for block in raw.blocks:
        if block.kind == "list":
            raw.note(block, "list", f"{len(block.lines)} lines became a list")
        elif block.kind == "heading":
            raw.note(block, "heading", "became a heading, `##`")
        elif len(block.lines) > 1 and all(line.text[:1].isspace() for line in block.lines):
            raw.note(block, "kept", "its indentation is not shown")
    for block in maybe:
        raw.note(block, "kept", "may be a heading: put `## ` before it to make it one")
    _languages(raw, lang)
    raw.days.sort(key=lambda day: (not day[2], day[0]))
    raw.notes.sort()
    return raw


def _without_controls(raw: Raw, text: str) -> str:
    if text.isprintable():
        return text
    # Form feeds and vertical tabs end a page or a line; the others stand for nothing.
    for number, line in enumerate(text.split("\n"), start=1):
        names = dict.fromkeys(name(found) for found in CONTROLS.findall(line))
        if names:
            why = f"{', '.join(names)} may not stand in a text"
            raw.notes.append(Note(number, "removed", CONTROLS.sub("", line).strip()[:80], why))
    return CONTROLS.sub(lambda found: " " if found[0].isspace() else "", text)


def _head(raw: Raw, given: list[Block]) -> list[Block]:
    """Title, and what stands between it and the first paragraph."""
    rest = list(given)
    while rest and len(rest) > 1 and leftover(rest[0].lines[0].text):
        rest = _cut_first(raw, rest, "left over from a web page")
    taken = _title(raw, rest)
    if not taken:
        return rest
    rest = _without_lines(rest, taken)
    lines = [line for block in rest[:4] if len(block.lines) <= 3 for line in block.lines]
    used: list[Line] = []
    dek: Line | None = None
    for line in lines[:_HEADER_LINES]:
        signed = _sign(raw, line) or _date(raw, line)
        if signed or _cut_header(raw, line):
            used.append(line)
            if signed and dek is not None and not raw.summary and _goes_on(rest, line):
                raw.summary = _shown(raw, dek.number, dek.text.strip())
                raw.note(dek, "summary", "stands between title and byline")
                used.append(dek)
        elif dek is None and not used and _like_dek(line, rest):
            dek = line
        else:
            break
    return _without_lines(rest, used)


def _title(raw: Raw, rest: Sequence[Block]) -> list[Line]:
    """Set the title; the lines it takes up, none when there is no title."""
    if not rest:
        return []
    first, *more = rest[0].lines
    taken = [first]
    text = first.text.strip()
    if more and _UNDERLINE.fullmatch(more[0].text):
        taken.append(more[0])
        raw.note(more[0], "cut", "a line under the title")
    elif more and not (byline(more[0].text) or dated(more[0].text)):
        joined = f"{text} {more[0].text.strip()}"
        if len(more) == 1 and more[0].text.strip()[:1].islower() and len(joined) <= TITLE_LIMIT:
            text = joined
            taken.append(more[0])
            raw.note(more[0], "title", "likely: the title goes on")
        elif len(first.text) > 50 and len(first.text) >= 0.75 * max(len(m.text) for m in more):
            return []
    label = _TITLE_LABEL.match(text)
    text = text[label.end() :] if label else re.sub(r"^\#{1,6}[ \t]+", "", text)
    ended = text.endswith((".", "。")) and len(text.split()) > 20
    if not text or len(text) > TITLE_LIMIT or ended:
        return []
    raw.title = _shown(raw, first.number, text)
    raw.notes.append(Note(first.number, "title", raw.title, "the first line"))
    return taken if raw.title else []


def _shown(raw: Raw, number: int, text: str) -> str:
    """A name without the characters that nobody sees, each noted."""
    while found := hidden(text):
        raw.notes.append(Note(number, "removed", text[:80], f"{name(found)} cannot be seen"))
        text = text.replace(found, "")
    return text.strip()


def _like_dek(line: Line, rest: Sequence[Block]) -> bool:
    alone = any(block.lines == (line,) for block in rest[:2])
    return alone and 30 <= len(line.text.strip()) <= DEK_LIMIT


def _goes_on(rest: Sequence[Block], line: Line) -> bool:
    """Whether there is prose under a line: else what stands over it is the text itself."""
    return any(block.number > line.number and _prose(block) for block in rest)


def _sign(raw: Raw, line: Line, *, last: bool = False) -> bool:
    found = byline(line.text, last=last)
    if not found:
        return False
    known = {author.casefold() for author in raw.authors}
    names = [_shown(raw, line.number, author) for author in found.authors]
    raw.authors += [author for author in names if author.casefold() not in known]
    raw.editors += [_shown(raw, line.number, editor) for editor in found.editors]
    raw.desk = raw.desk or _shown(raw, line.number, found.desk)
    aside = [f"'{part}' is not in the briefing" for part in (found.desk, found.contact) if part]
    raw.note(line, "byline", "; ".join(aside))
    return True


def _date(raw: Raw, line: Line) -> bool:
    found = dated(line.text)
    if not found:
        return False
    day, published = found
    raw.days.append((line.number, day.day.isoformat(), published))
    raw.note(line, "date", day.day.isoformat())
    return True


def _cut_header(raw: Raw, line: Line) -> bool:
    if leftover(line.text) not in {"line", "rights"}:
        return False
    raw.note(line, "cut", "left over from a web page")
    return True


def _cut_first(raw: Raw, rest: list[Block], why: str) -> list[Block]:
    line = rest[0].lines[0]
    raw.note(line, "cut", why)
    return _without_lines(rest, [line])


def _without_lines(rest: Sequence[Block], gone: Sequence[Line]) -> list[Block]:
    numbers = {line.number for line in gone}
    if not numbers:
        return list(rest)
    left = []
    for block in rest:
        lines = tuple(line for line in block.lines if line.number not in numbers)
        if lines:
            left.append(replace(block, lines=lines))
    return left


def _tail(raw: Raw, rest: Sequence[Block]) -> list[Block]:
    """What follows the last paragraph: byline, date, leftovers and the titles under them."""
    end = len(rest)
    while end and not _prose(rest[end - 1]):
        end -= 1
    gone: list[Line] = []
    under = ""
    lines = [line for block in rest[end:] for line in block.lines]
    if end and len(rest[end - 1].lines) > 1:
        lines = [*_signed_under(rest[end - 1]), *lines]
    for line in lines:
        kind = leftover(line.text)
        if kind:
            rights = "a notice of rights: make sure that you may publish the text"
            raw.note(line, "cut", rights if kind == "rights" else "left over from a web page")
            under = line.text.strip() if kind == "heading" else under
        elif _sign(raw, line, last=True) or _date(raw, line):
            pass
        elif _SIGNS.fullmatch(line.text):
            raw.note(line, "cut", "signs at the end of the text")
        elif under:
            raw.note(line, "cut", f"under '{under}'")
        else:
            if is_name(line.text.strip()) and not raw.authors:
                raw.note(line, "kept", "may be the byline: give it with --author")
            continue
        gone.append(line)
    return _without_lines(rest, gone)


def _prose(block: Block) -> bool:
    if len(block.lines) == 1 and (leftover(block.text) or byline(block.text, last=True)):
        return False
    return raw_blocks.is_prose(block.text)


def _signed_under(block: Block) -> list[Line]:
    """Lines right under the last paragraph that are no part of it."""
    end = len(block.lines)
    while end > 1 and (byline(block.lines[end - 1].text) or leftover(block.lines[end - 1].text)):
        end -= 1
    ended = _SENTENCE_END.search(block.lines[end - 1].text.rstrip())
    return list(block.lines[end:]) if ended else []


def _middle(raw: Raw, rest: Sequence[Block]) -> list[Block]:
    """Leftovers between paragraphs."""
    gone: list[Line] = []
    for place, block in enumerate(rest):
        kind = leftover(block.text) if len(block.lines) == 1 else ""
        if kind in {"heading", "line", "rights"}:
            raw.note(block, "cut", "left over from a web page")
            gone += block.lines
        elif kind:
            raw.note(block, "kept", "may be left over from a web page")
        elif place == 0 and (day := dateline(block.text)):
            raw.days.append((block.number, day.day.isoformat(), False))
    return _without_lines(rest, gone)


def _languages(raw: Raw, lang: str) -> None:
    prose = [block.text for block in raw.blocks if block.kind == "text"]
    whole, sure = language_of("\n\n".join(prose))
    home = lang.split("-")[0].casefold()
    abroad = foreign_passages(prose, home)
    letters = sum(len(prose[passage.index]) for passage in abroad)
    if sure and whole != home and 2 * letters > sum(map(len, prose)):
        raw.lang = home = whole
    found = {p.index: p.lang for p in foreign_passages(prose, home)}
    places = [n for n, block in enumerate(raw.blocks) if block.kind == "text"]
    for index, tag in found.items():
        block = raw.blocks[places[index]]
        raw.blocks[places[index]] = replace(block, lang=tag)
        raw.note(block, "lang", tag)
