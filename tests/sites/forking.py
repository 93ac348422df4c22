"""Runs `briefings build` again and again in one project, each time in a process of its own, forked
from one that has everything imported: thirty builds in the time that three would take to start.

    python -m tests.sites.forking < questions > answers

A question is a JSON line: `{"builds": [{"after": 0.1, "kill": 0.4, "args": ["--quiet"]}]}`. Builds
start `after` so many seconds and get SIGKILL `kill` seconds after their start, or are left to end.
The answer tells of each its exit code, negative for a signal, what it said, and its seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..making import NOW

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Ended:
    """A build that ran."""

    code: int
    """Exit code, or the negative number of the signal that ended it."""
    said: str
    seconds: float
    pid: int


@dataclass
class Builder:
    """Asks the process that forks."""

    process: subprocess.Popen[str]

    def builds(self, *builds: dict[str, Any]) -> list[Ended]:
        """Run builds beside each other and wait for all."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({"builds": builds}), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, "the process that forks has ended"
        return [Ended(**told) for told in json.loads(answer)]

    def build(self, *args: str, kill: float | None = None) -> Ended:
        return self.builds({"kill": kill, "args": args})[0]


@contextmanager
def builder(project: Path) -> Iterator[Builder]:
    """A process that builds a project; it ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(project)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Builder(process)
        assert process.stdin
        process.stdin.close()
        process.wait(60)


def _run(args: list[str], said: str) -> None:
    """Be a build: never returns."""
    code = 99
    try:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT)
        for stream in (1, 2):
            os.dup2(handle, stream)
        from mkdocs_briefings.cli.main import main

        main(["build", *args])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _answer(builds: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    began = time.monotonic()
    started: dict[int, tuple[int, float, dict[str, Any], Path]] = {}
    ended: dict[int, dict[str, Any]] = {}
    waiting = sorted(enumerate(builds), key=lambda build: build[1].get("after", 0.0))
    while waiting or started:
        now = time.monotonic()
        while waiting and now - began >= waiting[0][1].get("after", 0.0):
            number, build = waiting.pop(0)
            said = folder / f"said-{number}"
            said.unlink(missing_ok=True)
            pid = os.fork()
            if not pid:
                _run(list(build.get("args", [])), str(said))
            started[pid] = (number, time.monotonic(), build, said)
        for pid, (number, start, build, said) in list(started.items()):
            if build.get("kill") is not None and now - start >= build["kill"]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del started[pid]
                ended[number] = {
                    "code": os.waitstatus_to_exitcode(status),
                    "said": said.read_text(encoding="utf-8") if said.exists() else "",
                    "seconds": time.monotonic() - start,
                    "pid": pid,
                }
        time.sleep(0.001)
    return [ended[number] for number in range(len(builds))]


def main() -> None:
    """Answer until nobody asks any more."""
    # What a build imports, imported here once. No thread and no database is opened by that.
    import mkdocs_briefings.cli.build
    import mkdocs_briefings.host.run  # noqa: F401
    from mkdocs.config import load_config

    os.chdir(sys.argv[1])
    load_config()
    with tempfile.TemporaryDirectory(prefix="briefings-") as folder:
        for line in sys.stdin:
            print(json.dumps(_answer(json.loads(line)["builds"], Path(folder))), flush=True)


if __name__ == "__main__":
    main()
