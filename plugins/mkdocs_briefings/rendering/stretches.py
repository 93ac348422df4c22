"""The stretches of a text that can be read without the parser, where the whole of it cannot.

One word that only the parser can tell leaves a text to it. Most stretches of such a text are plain
all the same: they are made as `plain` makes them, raw HTML stays as it is, and the parser reads the
rest with a word in the place of each. A stretch begins with a heading or a paragraph at the margin,
after an empty line, which nothing before it can hold but raw HTML that is still open. A text with
what acts from afar (references, footnotes, abbreviations, fences) is left to the parser whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Final

from markdown.util import BLOCK_LEVEL_ELEMENTS

from .plain import CUT_SHORT, plain_blocks
from .plain_inline import ADDRESS, MAIL, START, Unsure
from .raw_links import linked

SPECIMEN: Final = """One *paragraph*, which ~~nobody~~ reads.

* a
    * b

    c

Two & *three*.

<div class="a"><p>*b*</p>

<img src="c.png">

[d](e.md)</div>

# Four

> five
six

    code

Seven.

<p>*eight*</p>
nine `<p>`
<hr />

Ten
"""
"""A text in parts. A parser that makes something else of the whole than of its parts, as versions
before the ones that were studied may do, is not the one that is known here."""

_FROM_AFAR: Final = re.compile(r"\] ?:|```|~~~|!!!|\?\?\?")
"""What may change how another stretch is read."""
_CONTROLS: Final = bytes([*range(9), *range(11, 32), 127])
_SPACES: Final = re.compile(r"\n ++(?=\n)")
_MARGIN: Final = re.compile(rf"\n\n(?!\n)(?=#{{1,6}} [^\n]|(?![*+-] |\d+\.|[# ]){START.pattern})")
"""Before a heading or a paragraph that belongs to nothing before it. It begins with the signs that
it looks for: a search that begins with a condition is ten times slower."""
_TAG: Final = re.compile(
    r"<(?:/([a-zA-Z][a-zA-Z0-9]*)\s*|([a-zA-Z][a-zA-Z0-9]*)"
    r"(?:\s+[a-zA-Z_:][a-zA-Z0-9_:.-]*"
    r"(?:\s*=\s*(?:\"[^\"<>`]*\"|'[^'<>`]*'|[^\s\"'=<>`/]+))?)*\s*(/?))>"
)
_NO_TAG: Final = re.compile(r"<[^a-zA-Z/!?]")
_TAIL: Final = re.compile(r"[^\n<&]*+(?:\n|\Z)")
"""What may stand behind raw HTML in its last line: signs and elements there move away."""
_EMPTY_LINE: Final = re.compile(r"\n\s*\n")
_FRAME: Final = re.compile(r"\s*</iframe\s*>", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<[a-zA-Z0-9]+[ />]")
_BLOCKS: Final = frozenset(BLOCK_LEVEL_ELEMENTS)
_UNREAD: Final = frozenset(
    {"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "noscript", "plaintext"}
)
"""In these a tag is no tag, in some versions of the parser of HTML."""

_Span = tuple[int, int]


def by_stretches(markdown: str, sources: frozenset[int], parse: Callable[[str], str]) -> str | None:
    """The HTML of a text as the parser writes it; None if it must be asked for all of it.

    Args:
        markdown: The text without front matter.
        sources: Numbers that `[^n]` cites.
        parse: Asks the parser; called once, or not at all.
    """
    if markdown[:1] in {" ", "\t"} or _FROM_AFAR.search(markdown) or CUT_SHORT.search(markdown):
        return None
    written = markdown.encode("utf-8", "replace")
    # A third of the time of a search for one of them.
    if len(written.translate(None, _CONTROLS)) < len(written):
        return None
    text = _SPACES.sub("\n", markdown.expandtabs(4) if "\t" in markdown else markdown)
    try:
        stretches = list(_stretches(text))
    except Unsure:
        return None
    word = f"stretch{blake2b(text.encode('utf-8', 'replace'), digest_size=12).hexdigest()}n"
    rest: list[str] = []
    made: list[str] = []
    follows = False
    for start, end, raw in stretches:
        html = _made(text, start, end, raw, sources)
        if html is None:
            rest.append(text[start:end])
        elif follows:
            made[-1] += f"\n{html}"
        else:
            rest.append(f"{word}{len(made)}.\n\n")
            made.append(html)
        follows = html is not None
    if len(made) == len(rest):
        return made[0].strip()
    if not made:
        return None
    pieces = re.split(rf"<p>{word}(\d+)\.</p>", parse("".join(rest)))
    if pieces[1::2] != [str(number) for number in range(len(made))]:
        return None
    pieces[1::2] = made
    return "".join(pieces).strip()


def _made(
    text: str, start: int, end: int, raw: Sequence[_Span], sources: frozenset[int]
) -> str | None:
    """The HTML of a stretch that holds `raw` HTML; None if only the parser can tell."""
    made: list[str] = []
    for first, behind in raw:
        if behind > end or (first > start and text[first - 1] != "\n"):
            return None
        # The parser of raw HTML moves what follows it in its last line.
        line = text.find("\n", behind, end)
        line = line if line >= 0 else end
        if text[behind:line].strip(" ") or line - behind > 3 or not _ELEMENT.match(text, first):
            return None
        if between := text[start:first].strip("\n"):
            html = plain_blocks(between, sources)
            if html is None:
                return None
            made.append(html)
        block = text[first:behind]
        if ".md" in block and "](" in block:
            block = linked(block)
        # An empty line behind it is kept.
        made.append(f"{block}\n" if text.startswith("\n", line + 1) else block)
        start = line
    if between := text[start:end].strip("\n"):
        html = plain_blocks(between, sources)
        if html is None:
            return None
        made.append(html)
    return "\n".join(made)


def _stretches(text: str) -> Iterator[tuple[int, int, Sequence[_Span]]]:
    """Where each stretch begins and ends, with the empty lines behind it, and the raw HTML in it.

    Raises:
        Unsure: If only the parser can tell what is raw HTML.
    """
    spans = list(_raw(text)) if "<" in text else []
    spans.reverse()
    held: list[_Span] = []
    start = 0
    for margin in _MARGIN.finditer(text):
        end = margin.end()
        while spans and spans[-1][1] <= end:
            held.append(spans.pop())
        if not (spans and spans[-1][0] < end):
            yield start, end, held
            held = []
            start = end
    yield start, len(text), [*held, *reversed(spans)]


def _raw(text: str) -> Iterator[_Span]:
    """Where raw HTML begins and ends, as the parser finds it: from the tag of a block that begins a
    line to the one that closes it; behind the end of the text where none does.

    Raises:
        Unsure: If only the parser can tell.
    """
    held: list[str] = []
    """Names of the open elements in raw HTML."""
    begun = at = 0
    while (at := text.find("<", at)) >= 0:
        tag = _TAG.match(text, at)
        if not tag:
            other = _NO_TAG if held else _NO_ELEMENT
            if not (found := other.match(text, at)):
                raise Unsure
            at = found.end()
            continue
        name, end = (tag[1] or tag[2]).lower(), tag.end()
        if _is_odd(tag, name):
            raise Unsure
        begins = name in _BLOCKS and bool(tag[2]) and _begins_line(text, at)
        closed = False
        if tag[1]:
            if name in held:
                while held.pop() != name:
                    pass
                closed = not held
        elif held or begins:
            begun = begun if held else at
            if tag[3] or name == "hr":
                closed = not held
            else:
                held.append(name)
        if closed:
            if not _TAIL.match(text, end):
                raise Unsure
            yield begun, end
        at = end
    if held:
        yield begun, len(text) + 1


_NO_ELEMENT: Final = re.compile(f"{_NO_TAG.pattern}|{ADDRESS.pattern}|{MAIL.pattern}")
"""Outside of raw HTML."""


def _is_odd(tag: re.Match[str], name: str) -> bool:
    """Whether a tag is read in a way of its own."""
    if name in _UNREAD or "markdown" in tag[0].lower():
        return True
    if "\n" in tag[0] and _EMPTY_LINE.search(tag[0]):
        return True
    return name == "iframe" and bool(tag[2]) and not _FRAME.match(tag.string, tag.end())


def _begins_line(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return at - start <= 3 and not text[start:at].strip()
