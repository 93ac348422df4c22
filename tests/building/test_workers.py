"""Work handed to others gives what it gives here, whatever happens to them."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.building import copies as copying
from mkdocs_briefings.building.copies import can_copy, copies
from mkdocs_briefings.building.workers import Pool, PoolError, Started, local, results

Chore = tuple[int, int, str]
"""A number, the process that asks, and a file that one worker makes once."""
TWO = local(2, __name__)


def threads(count: int, patience: float | None = None) -> Pool:
    """Threads of this process: an executor like any other."""

    @contextmanager
    def start() -> Iterator[Started]:
        with ThreadPoolExecutor(count) as executor:
            yield Started(executor, count)

    return Pool(start=start, patience=patience)


def slow_first(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def killed_once(chore: Chore) -> int:
    number, asks, mark = chore
    if number == 7 and os.getpid() != asks:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def killed_always(chore: Chore) -> int:
    if os.getpid() != chore[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return chore[0]


def refused_elsewhere(chore: Chore) -> int:
    if os.getpid() != chore[1]:
        raise LookupError("not on this machine")
    return chore[0]


def wrong(number: int) -> int:
    if number == 3:
        raise ValueError(f"{number} is wrong")
    return number


def process(_: int) -> int:
    return os.getpid()


def done(pool: Pool, work: Callable[[Any], Any], tasks: Any) -> tuple[list[Any], list[str]]:
    told: list[str] = []
    return list(results(pool, work, tasks, told.append)), told


def test_results_come_in_the_order_of_tasks_and_few_tasks_wait() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while taken < 40:
            taken += 1
            yield taken

    made = results(threads(2), slow_first, tasks(), pytest.fail)
    for place, result in enumerate(made, start=1):
        assert result == place * place
        assert taken - place < 5, "two a worker, and one that is taken"
    assert taken == 40


def test_there_may_be_no_tasks() -> None:
    assert done(threads(2), slow_first, ()) == ([], [])


def test_processes_do_it_and_not_this_one() -> None:
    pids, told = done(TWO, process, range(8))
    assert os.getpid() not in pids
    assert not told
    assert not multiprocessing.active_children(), "they end with the work"


def test_what_a_killed_worker_had_is_done_by_another(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    chores = [(number, os.getpid(), str(mark)) for number in range(30)]
    made, told = done(TWO, killed_once, chores)
    assert made == [number * number for number in range(30)]
    assert mark.exists()
    assert len(told) == 1


def test_workers_that_always_die_leave_the_work_to_this_process() -> None:
    made, told = done(TWO, killed_always, [(number, os.getpid(), "") for number in range(20)])
    assert made == list(range(20))
    assert len(told) == 3


def test_what_fails_only_elsewhere_is_done_here() -> None:
    made, told = done(TWO, refused_elsewhere, [(number, os.getpid(), "") for number in range(4)])
    assert made == list(range(4))
    assert set(told) == {"a worker failed: LookupError: not on this machine"}


def test_what_fails_everywhere_is_raised_with_its_place() -> None:
    made = results(TWO, wrong, range(9), pytest.fail)
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3 is wrong") as raised:
        next(made)
    assert raised.traceback[-1].name == "wrong"
    assert not multiprocessing.active_children()


def test_who_stops_reading_stops_the_workers() -> None:
    made = results(TWO, process, iter(range(10**9)), pytest.fail)
    next(made)
    assert multiprocessing.active_children()
    made.close()
    assert not multiprocessing.active_children()


class Silent(Executor):
    """Takes work and never gives an answer."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        return Future()


class Shut(Executor):
    """Takes no work any more."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise RuntimeError("cannot schedule new futures after shutdown")


@pytest.mark.parametrize("executor", [Silent(), Shut()])
def test_a_pool_that_is_gone_leaves_the_work_to_this_process(executor: Executor) -> None:
    @contextmanager
    def start() -> Iterator[Started]:
        yield Started(executor, 2)

    made, told = done(Pool(start=start, patience=0.01), slow_first, range(9))
    assert made == [number * number for number in range(9)]
    assert len(told) == 3


def test_a_pool_that_was_never_there_is_an_error_and_one_that_went_is_none() -> None:
    starts = iter([True, False])

    @contextmanager
    def start() -> Iterator[Started]:
        if not next(starts, False):
            raise PoolError("nobody is there")
        yield Started(Shut(), 2)

    pool = Pool(start=start)
    made, told = done(pool, slow_first, range(3))
    assert made == [0, 1, 4]
    assert told[-1] == "nobody is there"
    with pytest.raises(PoolError):
        done(pool, slow_first, range(3))


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")


@pytest.fixture
def with_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is copied though it has threads, of numpy and of pytest, which rest."""
    monkeypatch.setattr(copying, "can_copy", lambda: True)


copied = [
    on_linux,
    pytest.mark.usefixtures("with_threads"),
    # Python tells of those threads since 3.12.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def marked(test: Callable[..., None]) -> Callable[..., None]:
    for mark in copied:
        test = mark(test)
    return test


def by_copies(
    work: Callable[[Any], Any], tasks: Any, count: int = 2
) -> tuple[list[Any], list[str]]:
    return done(copies(count, work), work, tasks)


@marked
def test_copies_do_it_and_this_process_too_with_what_it_has() -> None:
    here, squares = os.getpid(), {number: number * number for number in range(200)}

    def work(number: int) -> tuple[int, int]:
        time.sleep(0.002)
        return squares[number], os.getpid()

    made, told = by_copies(work, range(200))
    assert [square for square, _ in made] == list(squares.values())
    pids = {pid for _, pid in made}
    assert here in pids
    assert len(pids) == 3
    assert not told
    assert not multiprocessing.active_children(), "they end with the work"


@marked
def test_few_results_wait_for_a_slow_one() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while taken < 60:
            taken += 1
            yield taken

    def work(number: int) -> int:
        time.sleep(0.3 if number == 1 and os.getpid() != here else 0)
        return number

    here, most = os.getpid(), 0
    made: list[int] = []
    for result in results(copies(1, work), work, tasks(), pytest.fail):
        most = max(most, taken - len(made))
        made.append(result)
    assert made == list(range(1, 61))
    assert most <= 7


@marked
def test_what_a_killed_copy_had_is_done_by_another(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    chores = [(number, os.getpid(), str(mark)) for number in range(30)]

    def work(chore: Chore) -> int:
        # So that copies get some.
        time.sleep(0.01 if os.getpid() == chore[1] else 0)
        return killed_once((7 if chore[0] > 3 else 0, *chore[1:])) and chore[0]

    made, told = by_copies(work, chores)
    assert [number for number in made if number] == list(range(4, 30))
    assert mark.exists()
    assert len(told) == 1


@marked
def test_copies_that_always_die_leave_the_work_to_this_process() -> None:
    made, told = by_copies(killed_always, [(number, os.getpid(), "") for number in range(20)])
    assert made == list(range(20))
    assert len(told) == 3
    assert not multiprocessing.active_children()


@marked
def test_what_fails_only_in_a_copy_is_done_here() -> None:
    made, told = by_copies(refused_elsewhere, [(number, os.getpid(), "") for number in range(40)])
    assert made == list(range(40))
    assert set(told) == {"a worker failed: LookupError: not on this machine"}


@marked
def test_what_fails_in_copies_and_here_is_raised_in_its_turn() -> None:
    made = results(copies(2, wrong), wrong, range(9), pytest.fail)
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3 is wrong") as raised:
        next(made)
    assert raised.traceback[-1].name == "wrong"
    assert not multiprocessing.active_children()


@marked
def test_who_stops_reading_stops_the_copies() -> None:
    made = results(copies(2, process), process, iter(range(10**9)), pytest.fail)
    next(made)
    assert multiprocessing.active_children()
    made.close()
    assert not multiprocessing.active_children()


@marked
@pytest.mark.parametrize("room", [0, 1])
def test_where_there_is_no_room_for_copies_this_process_does_it(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    fork, left = os.fork, room

    def full() -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr(os, "fork", full)
    made, told = by_copies(process, range(20), count=3)
    assert made == [os.getpid()] * 20
    assert len(told) == 3
    assert all(os.strerror(errno.EAGAIN) in one for one in told)
    assert not multiprocessing.active_children()


@on_linux
def test_a_process_with_threads_is_not_copied() -> None:
    code = """
import threading
from mkdocs_briefings.building.copies import can_copy
end = threading.Event()
other = threading.Thread(target=end.wait)
print(can_copy())
other.start()
print(can_copy())
end.set()
"""
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert asked.stdout.split() == ["True", "False"]


def test_who_cannot_be_copied_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "can_copy", lambda: False)
    with pytest.raises(PoolError, match="has threads"):
        by_copies(process, range(3))


def test_processes_are_copied_on_linux_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not can_copy()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who lives")
@pytest.mark.parametrize("pool", ["TWO", "copies(3, process)"])
def test_workers_end_with_a_build_that_is_killed(pool: str) -> None:
    if pool != "TWO" and sys.platform != "linux":
        pytest.skip("processes are copied on Linux")
    code = f"""
import os, time
from {__name__} import TWO, copies, process, results
made = results({pool}, process, iter(range(10**9)), print)
print(*{{next(made) for _ in range(50)}} - {{os.getpid()}}, flush=True)
time.sleep(60)
"""
    # Not as a file: workers would run the main module again.
    asks = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # What is left over is reported there, and removed.
        text=True,
    )
    with asks:
        assert asks.stdout
        workers = [int(pid) for pid in asks.stdout.readline().split()]
        assert workers
        assert all(map(lives, workers))
        asks.kill()
    until = time.monotonic() + 30
    while any(map(lives, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(lives, workers))


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
