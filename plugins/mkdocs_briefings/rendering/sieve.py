"""The parser's search for links, code and the like, but for what a text cannot hold.

The parser looks for some twenty patterns in every piece of text, one after the other. Most pieces
lack the sign without which there is none, and to see that takes a fraction of a search. What is
found is the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from markdown import Markdown, inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from ..catalog import markup

_NEEDED: Final[Mapping[str, str]] = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "![",
    inlinepatterns.IMAGE_REFERENCE_RE: "![",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "\n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    r"\[\^([^\]]*)\]": "[^",
    r"\[\^(\d{1,4})\]": "[^",
    markup.WIKI_LINK.pattern: "[[",
}
"""What a text must hold if a pattern is to be found in it, by the pattern. One that an extension
writes in another way is looked for as ever."""


class _Sieve(InlineProcessor):  # type: ignore[misc]
    """In the place of the parser's own."""

    def run(self, tree: Any, ancestors: Any = None) -> Any:
        self._sought = [
            (_NEEDED.get(getattr(pattern, "pattern", ""), ""), pattern)
            for pattern in self.inlinePatterns
        ]
        return super().run(tree, ancestors)

    # Called by what is inherited, which offers no other place.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        look: Callable[..., tuple[str, bool, int]] = self._InlineProcessor__applyPattern
        count = len(self._sought)
        # What is atomic is no Markdown.
        index, start = count if isinstance(data, AtomicString) else patternIndex, 0
        while index < count:
            needed, pattern = self._sought[index]
            found = False
            if needed in data:
                data, found, start = look(pattern, data, index, start)
            if not found:
                index, start = index + 1, 0
        return data


def sift(md: Markdown) -> None:
    """Make a parser, whose extensions are all there, look for nothing that a text cannot hold."""
    if type(md.treeprocessors["inline"]) is InlineProcessor:
        md.treeprocessors.register(_Sieve(md), "inline", 20)
