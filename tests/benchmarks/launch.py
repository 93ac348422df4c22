"""Runs one command and prints what it cost, as JSON on one line.

    python -I -S launch.py SECONDS LOG COMMAND [ARGUMENT …]

The command's output goes into the file LOG, and it is killed with all its children after SECONDS.
What its children cost counts, whoever waits for them: workers that a server of the command has
forked are not waited for by the command itself.

This is a process of its own because the peak memory that a system reports for a child begins with
the size of the process that started it: one that has just made a corpus would pass on its own. For
the same reason it imports next to nothing.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
import time

ADOPT_CHILDREN = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux: a process whose parent has ended becomes this one's child."""


def main(seconds: int, log: str, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_CHILDREN, 1, 0, 0, 0)
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    started = time.monotonic()
    child = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, log, writing, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setpgroup=0,
    )
    stopped = []

    def stop(number: int, frame: object) -> None:
        stopped.append(number)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    signal.alarm(seconds)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    usages = [usage]
    while True:
        try:
            usages.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            break
    print(
        json.dumps(
            {
                "exit_code": os.waitstatus_to_exitcode(status),
                "stopped": bool(stopped),
                "wall": wall,
                "cpu": sum(usage.ru_utime + usage.ru_stime for usage in usages),
                "peak": max(usage.ru_maxrss for usage in usages)
                * (1 if sys.platform == "darwin" else 1024),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
