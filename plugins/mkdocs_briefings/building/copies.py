"""Copies of this process that work beside it: what it has they have, so that nobody packs it and
nobody makes it again."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from .workers import Pool, PoolError, Started, begin

_work: Callable[[Any], Any] | None = None
"""In a copy: what it is to do."""


def can_copy() -> bool:
    """Whether a copy of this process would be whole.

    Not so where it has other threads, those of libraries included: none of them would be in the
    copy, and what they hold would be held for ever. Only Linux lists them all.
    """
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  # Names, and no more.
    except OSError:
        return False


def copies(
    count: int, work: Callable[[Any], Any], first: Callable[[], object] = lambda: None
) -> Pool:
    """Copies of this process, made when they are needed; it takes its share of the work.

    Args:
        count: How many.
        work: What they do, whatever `results` is told; it need not have a name by which it is
            found. Tasks and results are sent.
        first: What each does before all else.
    """

    @contextmanager
    def start() -> Iterator[Started]:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        class Copies(ProcessPoolExecutor):
            def submit(self, _: Callable[..., Any], /, *tasks: Any, **__: Any) -> Future[Any]:
                try:
                    return super().submit(_do, *tasks)
                except OSError as error:  # No room for another process.
                    raise RuntimeError(str(error)) from error

        if not can_copy():
            raise PoolError("this process has threads, and cannot be copied")
        before = set(multiprocessing.active_children())
        context = multiprocessing.get_context("fork")
        executor = Copies(count, mp_context=context, initializer=_begin, initargs=(work, first))
        try:
            yield Started(executor, count, helped=True)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
            # Those of a start that failed halfway wait for tasks.
            for left in set(multiprocessing.active_children()) - before:
                left.kill()
                left.join()

    return Pool(start=start)


def _begin(work: Callable[[Any], Any], first: Callable[[], object]) -> None:
    global _work
    _work = work
    first()
    # What is there stays as it is: to look through it would copy it, page by page.
    gc.freeze()
    begin()


def _do(task: Any) -> Any:
    assert _work
    return _work(task)
