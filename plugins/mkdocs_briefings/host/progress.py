"""How far a build is: told to whoever runs it, who may draw a bar or want no more of it."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[int, int], None]
"""Takes how many steps are done, and of how many."""


class Newer(Exception):
    """There is a newer edit: the build at hand is no longer wanted."""


class Steps:
    """Counts the steps of one build: each page is rendered, then written.

    Args:
        advance: Told of each step.
        heed: Called at each step, and before there are any; may end the build by an exception.
    """

    def __init__(
        self, advance: Advance | None = None, heed: Callable[[], None] = lambda: None
    ) -> None:
        self.advance = advance
        self.heed = heed
        self.done = 0

    def next(self, pages: int) -> None:
        """One more step of a site with so many pages."""
        self.heed()
        self.done += 1
        if self.advance:
            self.advance(self.done, 2 * pages)
