"""Work for other processes: handed out some tasks ahead, taken back in order, and done here where
they fail. Who asks gets the same results whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from .garbage import collect_seldom

Task = TypeVar("Task")
Result = TypeVar("Result")

STARTS = 3
"""How often workers are started in one build, if they end too early."""
USEFUL = 8
"""Workers that this process can keep busy: it spends about a tenth of what they do on each page."""


class PoolError(Exception):
    """Workers cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Started:
    """Workers that run."""

    executor: Executor
    count: int
    """Tasks that they do at once."""
    helped: bool = False
    """Whether this process does tasks, too, while it would wait for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Where work is done besides here."""

    start: Callable[[], AbstractContextManager[Started]]
    """Starts workers and ends them, or connects to some.

    Raises:
        PoolError: If there are none.
    """
    patience: float | None = None
    """Seconds after which a task that is not done counts as lost; None where none gets lost."""
    copies: int = 0
    """How many copies of this process do as well where it can be copied: see `copies`."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def local(count: int, module: str) -> Pool:
    """Processes on this machine, started when they are needed.

    Args:
        count: How many.
        module: By its dotted name: what they are to have imported when they start.
    """

    @contextmanager
    def start() -> Iterator[Started]:
        # Imported here, as below: an edit makes its few pages without workers.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Not copies of this process, which may have threads now: see `copies`.
        server = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if server else "spawn")
        if server:
            context.set_forkserver_preload([module])
        executor = ProcessPoolExecutor(count, mp_context=context, initializer=begin)
        try:
            yield Started(executor, count)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    return Pool(start=start)


def begin() -> None:
    """A worker ends with who started it and not before: an interrupt is that one's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    # A pool's worker holds both ends of the pipe that it waits at, and would wait for ever.
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def results(
    pool: Pool,
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    tell: Callable[[str], object],
) -> Generator[Result]:
    """The result of each task, in order; close the iterator if you do not read it to its end.

    A task whose workers are gone is given to new ones, and after some tries it is done here; so is
    one that fails in another way. What it raises here is raised.

    Args:
        pool: Does the work.
        work: Pure, and a function that the pool's workers find: by its name, or since they are
            copies of this process.
        tasks: Taken a few at a time, so that they need not all be there at once.
        tell: Told, in a sentence, of work that had to be done again.

    Raises:
        PoolError: If there were no workers at first.
    """
    left, pending = iter(tasks), deque[Task]()
    for number in range(STARTS):
        try:
            with pool.start() as started:
                yield from _handed(started, pool.patience, work, pending, left, tell)
                return
        except BrokenExecutor as error:
            tell(f"workers were lost: {error or type(error).__name__}")
        except PoolError as error:
            if not number:
                raise
            tell(str(error))
            break
    yield from map(work, chain(pending, left))


def _handed(
    started: Started,
    patience: float | None,
    work: Callable[[Task], Result],
    pending: deque[Task],
    left: Iterator[Task],
    tell: Callable[[str], object],
) -> Iterator[Result]:
    """Results in order; `pending` always holds the tasks that were taken and are not done.

    Raises:
        BrokenExecutor: If workers are lost.
    """
    futures = deque(_submit(started.executor, work, task) for task in pending)
    # Each worker has a task at hand and one to come, while one result is taken or made here.
    ahead = 2 * started.count + (not started.helped)
    held = 3 * ahead if started.helped else ahead
    while True:
        while len(futures) < held and sum(not future.done() for future in futures) < ahead:
            if not (more := [*islice(left, 1)]):
                break
            pending += more
            futures.append(_submit(started.executor, work, *more))
        if not futures:
            return
        waits = started.helped and len(futures) < held and not futures[0].done()
        if waits and (more := [*islice(left, 1)]):
            pending += more
            futures.append(_made(work, *more))
            continue
        result = _result(futures[0], patience, work, pending[0], tell)
        futures.popleft()
        pending.popleft()
        yield result


def _submit(executor: Executor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    try:
        return executor.submit(work, task)
    except RuntimeError as error:
        # An executor that was shut down says no more than this.
        raise BrokenExecutor(str(error)) from error


def _made(work: Callable[[Task], Result], task: Task) -> Future[Result]:
    """What a task gives or raises here, for its turn."""
    made: Future[Result] = Future()
    try:
        made.set_result(work(task))
    except Exception as error:
        made.set_exception(error)
    return made


def _result(
    future: Future[Result],
    patience: float | None,
    work: Callable[[Task], Result],
    task: Task,
    tell: Callable[[str], object],
) -> Result:
    try:
        return future.result(patience)
    except BrokenExecutor:
        raise
    except TimeoutError as error:
        if not future.done():
            raise BrokenExecutor(f"no answer for {patience:g} seconds") from error
        fault: Exception = error
    except Exception as error:
        fault = error
    # Here it is done, or shows what is wrong with it and where.
    result = work(task)
    tell(f"a worker failed: {type(fault).__name__}: {fault}")
    return result
