"""A backstop: what takes too long or too much memory is ended, and the rest goes on.

The limits of reading keep slow texts away; this is for what they forget.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

SECONDS: Final = 5.0
"""Most processor time of one body."""
MEMORY: Final = 512 << 20
"""Most bytes by which this process may grow while it makes one body."""

_TICK = 0.05


class BoundError(Exception):
    """Something was ended; the message says why."""

    def __init__(self, why: str, near: str = "") -> None:
        super().__init__(why)
        self.near = near
        """A line of the text that is at fault; empty when nobody knows one."""


class _Ended(BaseException):
    """Not an `Exception`: libraries catch those, and go on in another way."""


@contextmanager
def bounded(seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """End what is done inside when it passes a bound.

    Time is that of the processor, so that a busy machine refuses nothing. It is looked at between
    two steps of the interpreter: a single call of a library in C is ended when it returns. Only
    the main thread of a process on a Unix system can be interrupted; elsewhere nothing is bounded.

    Raises:
        BoundError: If a bound was passed.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource

    most = _peak(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) + memory
    passed = ""
    ticks = 0

    def look(number: int, frame: FrameType | None) -> None:
        nonlocal passed, ticks
        ticks += 1
        if ticks * _TICK >= seconds:
            passed = f"it takes more than {seconds:g} seconds"
        elif _peak(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) > most:
            passed = f"it takes more than {memory >> 20} MB of memory"
        if passed:
            raise _Ended

    before = signal.signal(signal.SIGVTALRM, look)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _Ended:
        pass
    finally:
        signal.signal(signal.SIGVTALRM, before)
    if passed:
        raise BoundError(passed)


def _peak(told: int) -> int:
    """Bytes; Linux counts kibibytes."""
    return told if sys.platform == "darwin" else told << 10
