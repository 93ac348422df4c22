"""Raw HTML in a body: finding tags, judging them, and the regions Markdown leaves alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..catalog import markup
from .body_findings import Findings

INLINE = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s\"'<>@/]*)"
    r"(?P<attributes>(?:\s+[^\s\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)*+)"
    r"\s*+(?P<empty>/?)>"
)
"""A tag inside a paragraph; what does not match is text there."""

_OPENING = re.compile(r"<(/?)([a-zA-Z][^\s/>`]*)|<!--")
_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?!>)")
_BOX = re.compile(r"^[> \t]*(?:!!!|\?\?\?)", re.MULTILINE)
_NOTE = re.compile(r"^[> \t]*\[\^[^\]\n]*\]:", re.MULTILINE)
_REFERENCE = re.compile(
    r"^[> \t*+\-.:\d]*\[(?!\^)[^\[\]\n]*\]:[ \t]*\n?[> \t]*(?P<means>\S++"
    r"[ \t]*(?:\n[> \t]*)?(?:[\"'(].*[\"')][ \t]*)?)$",
    re.MULTILINE,
)
_ABBREVIATION = re.compile(r"\*\[[^\\\]\n]*\] ?:[ \t]*\n?[> \t]*(?P<means>.*)$", re.MULTILINE)
_STOP = re.compile(r"[<>\"']")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>`]+)))?")
_BLOCK_START = re.compile(r"^ {0,3}<(?:[a-zA-Z!?])", re.MULTILINE)
_IMPLIED_END = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody"])

MOST_TAGS = 25_000
MOST_UNFINISHED = 500
MOST_EMPHASIS = 30_000
MOST_ENTITIES = 50_000
"""Signs `&` and spaces that do not break: the sanitiser writes them as entities, and of so many in
one stretch in time that grows with the square of their number."""
MOST_PIPES = 50_000
MOST_LINES = 30_000
MOST_BREAKS = 10_000
MOST_BOXES = 500
MOST_NOTES = 500
LONGEST_DEFINITION = 2_000
"""Most characters of what a name stands for: each mention of it repeats them."""
DEEPEST = 20


class Tag(NamedTuple):
    """One tag or comment in the text."""

    start: int
    end: int
    name: str
    """Lower case; `!--` for a comment."""
    close: bool
    empty: bool
    """Written `<…/>`."""
    attributes: str


def of_match(found: re.Match[str]) -> Tag:
    """The tag that `INLINE` found."""
    return Tag(
        found.start(),
        found.end(),
        found["name"].lower(),
        bool(found["close"]),
        bool(found["empty"]),
        found["attributes"],
    )


def unclosed_comment(offset: int) -> Tag:
    """What stands for a comment without an end."""
    return Tag(offset, -1, "!--", False, False, "")


class Region(NamedTuple):
    """A stretch of raw HTML that Markdown does not read."""

    start: int
    end: int
    tags: tuple[Tag, ...]


def check_amount(findings: Findings) -> None:
    """Refuse a text with so many tags, halves of tags or marks that rendering them takes long."""
    text = findings.text
    tags_begun = text.count("<") if "<" in text else 0
    size = len(text)  # Of a short text there is nothing to count.
    if size > MOST_LINES and text.count("\n") > MOST_LINES:
        message = f"more than {MOST_LINES:,} lines"
        findings.refuse(0, "too-long", message, "make several briefings of it")
        return
    if size > MOST_BREAKS and text.count("  \n") > MOST_BREAKS:
        message = f"more than {MOST_BREAKS:,} lines that end in two spaces"
        findings.refuse(0, "too-long", message, "begin a new paragraph with a blank line")
        return
    if size > MOST_ENTITIES and text.count("&") + text.count("\xa0") > MOST_ENTITIES:
        message = f"more than {MOST_ENTITIES:,} signs & and spaces that do not break"
        findings.refuse(0, "too-long", message, "write ordinary spaces")
    # Single signs are counted in a fraction of the time, and nearly always few enough.
    signs = text.count("!") + text.count("?")
    if signs > MOST_BOXES and text.count("!!!") + text.count("???") > MOST_BOXES:
        # Also those that begin in the middle of a paragraph.
        hint = "a box is for what must not be missed"
        _check_number(findings, _BOX, MOST_BOXES, "boxes", hint)
    if "]" in text and ("]:" in text or "] :" in text):
        _check_definitions(findings)
        if text.count("]:") > MOST_NOTES:
            # Also those of one name.
            _check_number(findings, _NOTE, MOST_NOTES, "footnotes", "make several briefings of it")
    emphasis = sum(map(text.count, "*_=")) if size > MOST_EMPHASIS else 0
    if emphasis > MOST_EMPHASIS:
        message = f"more than {MOST_EMPHASIS:,} signs * _ and ="
        findings.refuse(0, "too-long", message, "publish long tables and code as files")
    if size > MOST_PIPES and text.count("|") > MOST_PIPES:
        message = f"more than {MOST_PIPES:,} signs |"
        findings.refuse(0, "too-long", message, "publish long tables as files")
    if tags_begun > MOST_TAGS:
        message = f"more than {MOST_TAGS:,} “<”"
        findings.refuse(0, "too-long", message, "write Markdown instead of HTML")
    elif tags_begun > MOST_UNFINISHED:
        unfinished = [found.start() for found in _UNFINISHED.finditer(text)]
        if len(unfinished) > MOST_UNFINISHED:
            message = f"more than {MOST_UNFINISHED} tags without a “>”"
            findings.refuse(
                unfinished[MOST_UNFINISHED],
                "too-long",
                message,
                "write &lt; for a “<” that is text",
            )


def _check_definitions(findings: Findings) -> None:
    for pattern in (_REFERENCE, _ABBREVIATION):
        for found in pattern.finditer(findings.text):
            if len(found["means"]) > LONGEST_DEFINITION:
                message = f"a definition of more than {LONGEST_DEFINITION:,} characters"
                hint = "shorten it: each mention of the name repeats it"
                findings.refuse(found.start(), "too-long", message, hint)
                return


def _check_number(
    findings: Findings, pattern: re.Pattern[str], most: int, things: str, hint: str
) -> None:
    found = [match.start() for match in pattern.finditer(findings.text)]
    if len(found) > most:
        findings.refuse(found[most], "too-long", f"more than {most:,} {things}", hint)


def attributes(written: str) -> list[tuple[str, str]]:
    """Names in lower case and decoded values of a tag's attributes."""
    if not written or written.isspace():
        return []
    return [
        (m[1].lower(), html.unescape(m[2] or m[3] or m[4] or ""))
        for m in _ATTRIBUTE.finditer(written)
    ]


def given(tag: Tag) -> dict[str, str]:
    """Attributes of a tag by name; of two with one name the first counts, as in a browser."""
    return dict(reversed(attributes(tag.attributes)))


def tags(text: str, start: int, end: int) -> Iterator[Tag]:
    """Tags and comments in order. Each is found in time that adds up to the text's length."""
    budget = 20 * (end - start) + 10_000
    missing: set[str] = set()
    endless: set[str] = set()
    at = start
    while found := _OPENING.search(text, at, end):
        if found[0] == "<!--":
            stop = text.find("-->", found.end(), end)
            if stop < 0:
                at = found.end()
                yield unclosed_comment(found.start())
                continue
            at = stop + 3
            yield Tag(found.start(), at, "!--", False, False, "")
            continue
        stop = _tag_end(text, found.end(), end, missing)
        budget -= abs(stop) - found.end()
        if stop < 0 or budget < 0:
            at = found.end()
            continue
        at = stop
        inside = text[found.end() : stop - 1]
        name = found[2].lower()
        empty = inside.endswith("/")
        yield Tag(found.start(), stop, name, bool(found[1]), empty, inside)
        if name in markup.RAW_TEXT and not found[1] and not empty and name not in endless:
            close = closing(text, name, at)
            if close < 0:
                endless.add(name)
            else:
                at = close


def closing(text: str, name: str, at: int) -> int:
    """Where the next end tag of a raw-text element begins; -1 when there is none."""
    exact = text.find(f"</{name}", at)
    if exact >= 0:
        return exact
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return found.start() if found else -1


def _tag_end(text: str, at: int, end: int, missing: set[str]) -> int:
    """Offset after the `>` of a tag; negative (where it gave up) when it has none."""
    while stop := _STOP.search(text, at, end):
        sign = stop[0]
        if sign == ">":
            return stop.end()
        if sign == "<" or sign in missing:
            return -stop.end()
        at = text.find(sign, stop.end(), end) + 1
        if not at:
            missing.add(sign)
            return -stop.end()
    return -end


def regions(text: str) -> list[Region]:
    """The stretches that begin with a block element at the start of a line, to its end tag.

    An element that is never closed takes the rest of the text with it, as it does in the
    rendered page.
    """
    if not _BLOCK_START.search(text):
        return []
    found: list[Region] = []
    inside: list[Tag] = []
    stack: list[str] = []
    tail = -1
    for tag in tags(text, 0, len(text)):
        if inside:
            inside.append(tag)
            if tag.end < 0:
                continue
            if tag.close:
                if tag.name in stack:
                    while stack.pop() != tag.name:
                        pass
                if not stack:
                    found.append(Region(inside[0].start, tag.end, tuple(inside)))
                    inside, tail = [], tag.end
            elif not tag.empty and tag.name != "!--" and tag.name != "hr":
                stack.append(tag.name)
            continue
        if tag.end < 0 or not _opens(text, tag, tail):
            continue
        if tag.name in {"!--", "hr"} or tag.empty:
            found.append(Region(tag.start, tag.end, (tag,)))
            tail = tag.end
        elif not any(name == "markdown" for name, _ in attributes(tag.attributes)):
            inside, stack = [tag], [tag.name]
    if inside:
        found.append(Region(inside[0].start, len(text), tuple(inside)))
    return found


def _opens(text: str, tag: Tag, tail: int) -> bool:
    """Whether a tag outside of a region begins one."""
    if tag.close or (tag.name != "!--" and tag.name not in markup.BLOCK):
        return False
    if tail >= 0 and "\n" not in text[tail : tag.start]:
        return True
    line = text.rfind("\n", 0, tag.start) + 1
    return tag.start - line <= 3 and not text[line : tag.start].strip(" ")


def judge(tag: Tag, findings: Findings) -> None:
    """Report what the published page will not hold of a tag."""
    if tag.close or tag.name == "!--":
        return
    if tag.name not in markup.ELEMENTS:
        lost = " with all it holds" if tag.name in markup.DROPPED_CONTENT else ""
        findings.add(
            tag.start,
            "unsafe-html",
            f"the element <{tag.name}> is not published{lost}",
            "write it in Markdown, or as &lt;…&gt; or `code` when it is meant to be seen",
        )
        return
    if not tag.attributes:
        return
    dropped = [
        name for name, value in attributes(tag.attributes) if not allowed(tag.name, name, value)
    ]
    if dropped:
        names = ", ".join(dict.fromkeys(dropped))
        findings.add(
            tag.start,
            "unsafe-html",
            f"<{tag.name}> is published without {names}",
            "delete what is not published; looks come from the theme",
        )


def allowed(element: str, name: str, value: str) -> bool:
    """Whether an attribute that an author gave an element is published."""
    if name == "markdown":
        return True
    if name in markup.GLOBAL_ATTRIBUTES:
        if element not in markup.LANGUAGE_ELEMENTS:
            return False
        if name == "dir":
            return value.lower() in {"ltr", "rtl", "auto"}
        return bool(markup.LANGUAGE_TAG.fullmatch(value))
    if name == "class":
        return set(value.split()) <= markup.CLASSES.get(element, frozenset())
    if name == "id":
        return element in markup.HEADINGS
    if name not in markup.ELEMENTS[element]:
        return False
    if name in {"href", "src"}:
        scheme = markup.scheme(value)
        return not scheme or scheme in markup.SCHEMES
    return True


class Depth:
    """How deep the elements of a body are nested, counted tag by tag."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.deepest = 0

    def feed(self, tag: Tag) -> bool:
        """Count a tag; False at the first one that is too deep."""
        name = tag.name
        if tag.empty or name in markup.VOID or name == "!--":
            return True
        if tag.close:
            if name in self.open[-DEEPEST - 2 :]:
                while self.open.pop() != name:
                    pass
            return True
        if name in _IMPLIED_END and self.open and self.open[-1] == name:
            return True
        self.open.append(name)
        return len(self.open) != DEEPEST + 1
