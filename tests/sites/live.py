"""Runs `briefings serve` and `mkdocs serve` for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..making import NOW, Site, script

PATIENCE = 60.0
"""Seconds until a thing that should happen counts as not happening; on a busy machine too."""


@dataclass
class Live:
    """A running server."""

    origin: str
    log_file: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def get(self, address: str) -> str:
        """A page as text; empty when it is not there, or the server not yet."""
        try:
            with urllib.request.urlopen(f"{self.origin}/{address}", timeout=10) as answer:
                text: bytes = answer.read()
                return text.decode("utf-8")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def wait(self, for_what: str, happened: Callable[[], bool]) -> None:
        """Ask again and again until it happened."""
        end = time.monotonic() + PATIENCE
        while not happened():
            assert self.process.poll() is None, f"the server ended\n{self.log}"
            assert time.monotonic() < end, f"waited in vain for {for_what}\n{self.log}"
            time.sleep(0.1)


@contextmanager
def live(site: Site, command: str, env: Mapping[str, str] | None = None) -> Iterator[Live]:
    """Serve a site on a free port with `briefings` or `mkdocs` until the block ends."""
    site.configure({}, {})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = site.root / f"{command}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [script(command), "serve", "--dev-addr", address],
            cwd=site.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Live(f"http://{address}", log, process)
            server.wait("the first page", lambda: bool(server.get("")))
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)
