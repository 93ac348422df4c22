"""How much work the parser may have with one body: a bound that is the same on every machine, in
every thread, and whatever else runs beside.

The parser takes a block apart piece by piece, and for each piece looks at all that is left of the
block; for a sign that may begin emphasis it looks at all that follows. In a text that nobody writes
by hand that is the square of its length. The limits of reading keep away what they know of; this
counts.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from ..catalog import markup
from .costs import CODE, EACH, LEAST, MARK, MOST, TAGS

_TAG = re.compile(r"\n[ \t]*\n|<(/?)([a-zA-Z][^\s/>]*)")


class EffortError(Exception):
    """A body is too much work; the message says why."""

    def __init__(self, near: str) -> None:
        super().__init__("it takes too much work")
        self.near = near
        """The first line of the stretch that took it."""


class Spent(BaseException):
    """Not an `Exception`: extensions catch those, and go on in another way."""

    def __init__(self, near: str) -> None:
        super().__init__()
        self.near = next((line.strip() for line in near.split("\n") if line.strip()), "")


class Effort:
    """Counts what one parser does for one body after another."""

    def __init__(self) -> None:
        self.left = 0

    def begin(self, length: int) -> None:
        """Begin with a body of so many characters."""
        self.left = min(LEAST + EACH * length, MOST)

    def watch(self, md: Markdown) -> None:
        """Count what `md` does from now on; its extensions are all there."""
        md.parser.blockprocessors.register(_Counter(md.parser, self), "effort", 1_000)
        # After fences are taken out (25), before the parser reads tags (20).
        md.preprocessors.register(_Tags(md, self), "effort", 21)
        # Before they are highlighted (30).
        md.treeprocessors.register(_Codes(md, self), "effort", 31)
        if "delimiter" in md.inlinePatterns:
            self._watch_marks(md.inlinePatterns["delimiter"])

    def _watch_marks(self, marks: object) -> None:
        """Count the signs that are looked at to find which of them belong together."""
        search = getattr(marks, "search", None)
        if search is None:
            return

        def counted(data: str, start: int) -> object:
            found = search(data, start)
            end = found.start() if found else len(data)
            # To step over a letter is a third of looking at one of a block.
            self.spend(MARK + (end - start) // 3, data)
            return found

        marks.search = counted  # type: ignore[attr-defined]

    def spend(self, amount: int, text: str, start: int = 0) -> None:
        """Count work on `text`, from an offset on.

        Raises:
            Spent: If it is too much.
        """
        self.left -= amount
        if self.left < 0:
            raise Spent(text[start:])


class _Counter(BlockProcessor):  # type: ignore[misc]
    """Asked first about each piece of a text, it claims none and counts."""

    def __init__(self, parser: object, effort: Effort) -> None:
        super().__init__(parser)
        self.effort = effort

    def test(self, parent: Element, block: str) -> bool:
        self.effort.spend(len(block), block)
        return False


class _Tags(Preprocessor):  # type: ignore[misc]
    """Counts the tags that are looked through at each end tag for the one that it closes."""

    def __init__(self, md: Markdown, effort: Effort) -> None:
        super().__init__(md)
        self.effort = effort

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if text.count("<") ** 2 > 4 * TAGS * LEAST:
            self._count(text)
        return lines

    def _count(self, text: str) -> None:
        opened: list[str] = []
        each: Counter[str] = Counter()
        for tag in _TAG.finditer(text):
            close, name = tag[1], (tag[2] or "").lower()
            if not name:
                opened, each = [], Counter()
            elif not close and name not in markup.VOID:
                opened.append(name)
                each[name] += 1
            elif close:
                self.effort.spend(len(opened) // TAGS, text, tag.start())
                while each[name]:
                    last = opened.pop()
                    each[last] -= 1
                    if last == name:
                        break


class _Codes(Treeprocessor):  # type: ignore[misc]
    """Counts the indented blocks of code; fences are few."""

    def __init__(self, md: Markdown, effort: Effort) -> None:
        super().__init__(md)
        self.effort = effort

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            self.effort.spend(CODE, "".join(block.itertext()))
