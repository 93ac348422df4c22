"""Looking for garbage less often while a site is built.

A build makes much that lasts until its end and next to nothing that refers to itself in a circle.
Python looks through all of it again and again for such circles: an eighth of a build's time at
10,000 articles, for some 20 MB.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SELDOM = (100_000, 20, 50)
"""See `gc.set_threshold`; Python's own are 700, 10 and 10."""
_HARDLY = (2_000_000, 20, 50)


def collect_seldom() -> None:
    """Look less often from now on, in a process that ends with the build."""
    gc.set_threshold(*_SELDOM)


def collect_hardly() -> None:
    """Look less often still, where that is seldom already: in a build that takes nearly all over
    from the one before, what it reads is all that there is to look through."""
    # The third is no longer kept by every Python.
    if gc.get_threshold()[:2] == _SELDOM[:2]:
        gc.set_threshold(*_HARDLY)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look less often until the block ends, if that is not so already."""
    before = gc.get_threshold()
    if before[0] < _SELDOM[0]:
        collect_seldom()
    try:
        yield
    finally:
        # What is there by now counts as old: who goes on need not look through all of it at once,
        # and a process that ends need not at all.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*before)


def give_back() -> None:
    """Give the memory that a step of a build has left free back to the system, where the C library
    keeps it unless told: what the next step asks for is seldom of the same sizes."""
    if sys.platform == "linux":
        # Imported here: few builds have anything to give back.
        import ctypes

        # Not every C library has the function.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
