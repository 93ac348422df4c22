"""Whether a text is too much work to be published: what looks heavy is rendered to see.

Reading is told what this finds, and keeps it with what else it knows of a file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .reading.document import PassingFault
from .reading.nodes import Fault
from .rendering.costs import CODE, LEAST, MARK, TAGS

if TYPE_CHECKING:
    from .rendering.markdown import BodyRenderer

_BLANK = re.compile(r"\n[ \t]*\n")
_CODE = re.compile(r"\n(?:[>\-*+: ]|\d+\.)*(?: {4}|\t)")
"""What may begin a block of code, with the end of the line before: in quotes, lists and
definitions, too."""
_BEFORE = "> \t"


def weighed(markdown: str, line: int) -> Fault | None:
    """What is wrong with a body, which begins at this line of its file, that cannot be made within
    the bounds; None for any other."""
    # Ten of 2,000 real articles weigh more.
    if weight(markdown) <= LEAST:
        return None
    # Nobody else pays for the import.
    from .composing.bounds import BoundError, bounded
    from .rendering.effort import EffortError
    from .rendering.markdown import Href

    try:
        with bounded():
            _renderer().render(markdown, lambda *_: Href(url="#"), lang="en")
    except EffortError as error:
        return too_much(markdown, line, str(error), error.near)
    except BoundError as error:
        _renderer.cache_clear()  # It was left in the middle of something.
        fault = too_much(markdown, line, str(error), error.near)
        return PassingFault(fault.code, fault.line, fault.column, fault.message, fault.hint)
    return None


@cache
def _renderer() -> BodyRenderer:
    from .rendering.markdown import BodyRenderer

    return BodyRenderer()


def too_much(markdown: str, line: int, why: str, near: str) -> Fault:
    """What is wrong with a body, which begins at this line of its file, that could not be made: at
    the line `near` when it is known, else at the first of the file."""
    rows = (row.lstrip(_BEFORE).rstrip() for row in markdown.split("\n"))
    found = (number for number, row in enumerate(rows, start=line) if row == near)
    return Fault(
        "too-much",
        next(found, 1) if near else 1,
        1,
        f"the text cannot be published: {why} to make its page",
        "put blank lines between its parts, or make several briefings of it",
    )


def weight(markdown: str) -> int:
    """How much work a body may be, at the most, in the characters of `rendering.costs`;
    less is told of one that is little work whatever it says."""
    length, lines, marks = _length(markdown), markdown.count("\n") + 1, _marks(markdown)
    # Half of the tags may be open when the other half end none of them.
    tags = _count(markdown, "<") ** 2 // (4 * TAGS)
    if max(length * lines, marks * (MARK // 2 * marks + length), CODE * lines, tags) < LEAST:
        return 0
    # Of a block each line may be a piece of its own, and each sign may be looked at from each.
    return (
        tags
        + CODE * (len(_CODE.findall(f"\n{markdown}")) + markdown.count("<pre"))
        + sum(
            _length(block) * (block.count("\n") + 1)
            + _marks(block) * (MARK // 2 * _marks(block) + _length(block))
            for block in _BLANK.split(markdown)
        )
    )


def _length(text: str) -> int:
    """As the parser sees it: a tab becomes up to four spaces."""
    return len(text) + 3 * _count(text, "\t")


def _marks(text: str) -> int:
    return _count(text, "^") + _count(text, "~")


def _count(text: str, sign: str) -> int:
    # Where there is none, to see that takes a tenth of the time.
    return text.count(sign) if sign in text else 0
