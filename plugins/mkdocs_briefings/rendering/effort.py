"""How much work the parser may have with one body: a bound that is the same on every machine, in
every thread, and whatever else runs beside.

The parser takes a block apart piece by piece, and for each piece looks at all that is left of the
block; for a sign that may begin emphasis it looks at all that follows. In a text that nobody writes
by hand that is the square of its length. The limits of reading keep away what they know of; this
counts.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor

MOST: Final = 5_000_000
"""Most characters that may be looked at for one body: half a second. An article of 50,000
characters takes about as many, a few times that if it is one list."""
MARK: Final = 30
"""What looking at one sign costs, in characters."""
CODE: Final = 3_500
"""What a block of code costs, however short: a highlighter is made for each."""


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
        self.left = MOST

    def begin(self) -> None:
        """Begin with a body."""
        self.left = MOST

    def watch(self, md: Markdown) -> None:
        """Count what `md` does from now on; its extensions are all there."""
        md.parser.blockprocessors.register(_Counter(md.parser, self), "effort", 1_000)
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

    def spend(self, amount: int, text: str) -> None:
        """Count work on `text`.

        Raises:
            Spent: If it is too much.
        """
        self.left -= amount
        if self.left < 0:
            raise Spent(text)


class _Counter(BlockProcessor):  # type: ignore[misc]
    """Asked first about each piece of a text, it claims none and counts."""

    def __init__(self, parser: object, effort: Effort) -> None:
        super().__init__(parser)
        self.effort = effort

    def test(self, parent: Element, block: str) -> bool:
        self.effort.spend(len(block), block)
        return False


class _Codes(Treeprocessor):  # type: ignore[misc]
    """Counts the indented blocks of code; fences are few."""

    def __init__(self, md: Markdown, effort: Effort) -> None:
        super().__init__(md)
        self.effort = effort

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            self.effort.spend(CODE, "".join(block.itertext()))
