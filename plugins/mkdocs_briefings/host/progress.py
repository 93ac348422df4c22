"""How far a build is: told to whoever runs it, who may draw a bar."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[int, int], None]
"""Takes how many steps are done, and of how many."""


class Steps:
    """Counts the steps of one build: each page is rendered, then written."""

    def __init__(self, advance: Advance | None = None) -> None:
        self.advance = advance
        self.done = 0

    def next(self, pages: int) -> None:
        """One more step of a site with so many pages."""
        self.done += 1
        if self.advance:
            self.advance(self.done, 2 * pages)
