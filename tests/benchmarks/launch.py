"""Runs one command and prints what it cost, as JSON on one line.

    python -I -S launch.py SECONDS LOG COMMAND [ARGUMENT …]

The command's output goes into the file LOG, and it is killed with all its children after SECONDS.

This is a process of its own because the peak memory that a system reports for a child begins with
the size of the process that started it: one that has just made a corpus would pass on its own. For
the same reason it imports next to nothing.
"""

import json
import os
import signal
import sys
import time


def main(seconds: int, log: str, command: list[str]) -> None:
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
        os.killpg(child, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    signal.alarm(seconds)
    _, status, usage = os.wait4(child, 0)
    print(
        json.dumps(
            {
                "exit_code": os.waitstatus_to_exitcode(status),
                "stopped": bool(stopped),
                "wall": time.monotonic() - started,
                "cpu": usage.ru_utime + usage.ru_stime,
                "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
