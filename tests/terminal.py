"""A command on a terminal of its own, and what a person sees there."""

from __future__ import annotations

import codecs
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

PATIENCE = 45.0
"""Seconds after which something is not going to happen. Machines may be busy."""
ENTER, TAB, ESCAPE = "\r", "\t", "\x1b"
CTRL_C, CTRL_D = "\x03", "\x04"


class Terminal:
    """A process whose standard input, output and error are a terminal of 100 by 40."""

    def __init__(self, process: subprocess.Popen[bytes], handle: int) -> None:
        self.process = process
        self.handle = handle
        self.screen = pyte.Screen(100, 40)
        self.stream = pyte.Stream(self.screen)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def until(self, text: str) -> None:
        """Wait until the text is on the screen; the test fails when the process ends before."""
        text = text.rstrip()  # As screens do not tell spaces from nothing.
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} never came:\n{self.shown}"
            if not self._read(0.2):
                assert text in self.shown, f"{text!r} did not come:\n{self.shown}"

    def ended(self) -> int:
        """Wait for the end; gives the exit code."""
        while self._read(1):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Show what comes within some seconds. False when nothing can come any more."""
        if not select.select([self.handle], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # Linux says so when the other side is closed.
            return False
        self.stream.feed(self.decoder.decode(data))
        return bool(data)


@contextmanager
def terminal(
    command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Run a command on a terminal; what still runs in the end is stopped."""
    pty = pytest.importorskip("pty", reason="there are no terminals to make on this system")
    ours, theirs = pty.openpty()
    # This terminal answers no questions about where its cursor is.
    given = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "LINES": "40"}
    # The helper makes the terminal the one that its session is controlled by, as shells want it.
    take = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{take}os.execvp(sys.argv[1], sys.argv[1:])", *command],
        cwd=cwd,
        env={**given, "COLUMNS": "100", **(env or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)
