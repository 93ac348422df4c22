"""Pagefind, as a process of its own that is told pages and gives back the files of an index.

Its own Python interface waits a tenth of a second for each answer, which is minutes for an
archive. So its protocol is spoken here: messages of base64 with JSON in them, a comma after each.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

LIMIT = 900.0
"""Seconds after which a run is given up."""
CHUNK = 2_000
"""Places of words in one chunk of the index. A query loads one or two chunks for each of its words:
smaller chunks are less to load, and more of them to know of. Pagefind's own choice is 20,000."""

MEND = "run `pip install 'pagefind[bin]'`, or set `search: false`"


class SearchError(Exception):
    """There is no index; the message says why, and what to do."""


class Stopped(Exception):
    """A run was stopped from elsewhere."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A Pagefind that runs."""

    path: str
    version: str


def engine() -> Engine:
    """The Pagefind of this environment.

    Raises:
        SearchError: If there is none, or it does not start.
    """
    try:
        # Imported here: it brings asyncio along, and a site without search needs none of it.
        from pagefind.service import get_executable
    except ImportError as error:
        raise SearchError(f"Pagefind is not installed ({error}): {MEND}") from error
    path = get_executable()
    if path is None:
        raise SearchError(f"Pagefind's program is not here: {MEND}")
    return _tried(os.fspath(path))


@cache
def _tried(path: str) -> Engine:
    try:
        done = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SearchError(f"Pagefind does not start ({error}): {MEND}") from error
    return Engine(path, done.stdout.split()[-1] if done.stdout.split() else "")


class Job:
    """One run. Any thread may stop it; it then ends at once and leaves nothing behind."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.stopped = False

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            if self._process:
                self._process.kill()

    def run(
        self, pages: Sequence[tuple[str, str]], lang: str, left_out: Sequence[str]
    ) -> dict[str, bytes]:
        """The files of an index by path, as Pagefind names them.

        All pages are in one index, whatever their languages: a query finds all of them, its words
        stemmed as those of the site's language.

        Args:
            pages: Address and HTML, in the order in which the index numbers them.
            lang: ISO 639-1 code of the site's language.
            left_out: Selectors of elements that are not searched.

        Raises:
            SearchError: If Pagefind fails.
            Stopped: If `stop` was called.
        """
        with tempfile.TemporaryFile() as said:
            process = self._started(said)
            timer = threading.Timer(LIMIT, process.kill)
            timer.daemon = True
            timer.start()
            try:
                answers = list(_talk(process, _requests(pages, lang, left_out)))
            finally:
                timer.cancel()
                _end(process)
            if self.stopped:
                raise Stopped
            return _files(answers, len(pages) + 2, said)

    def _started(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self.stopped:
                raise Stopped
            try:
                self._process = subprocess.Popen(
                    [self.engine.path, "--service"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    # A version that does not know the variable makes larger chunks.
                    env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK)},
                )
            except OSError as error:
                raise SearchError(f"Pagefind does not start ({error}): {MEND}") from error
            return self._process


def _requests(
    pages: Sequence[tuple[str, str]], lang: str, left_out: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    settings = {"force_language": lang, "exclude_selectors": list(left_out)}
    yield {"type": "NewIndex", "config": settings}
    for url, html in pages:
        yield {
            "type": "AddFile",
            "index_id": 0,
            "url": url,
            "file_contents": html,
            "file_path": None,
        }
    yield {"type": "GetFiles", "index_id": 0}


def _talk(
    process: subprocess.Popen[bytes], requests: Iterable[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Send every request and give the answers until the one to the last, or the end.

    The requests go out from a thread: Pagefind answers before it has read them all, and would
    stop at a full pipe. Its input stays open meanwhile, since it ends with it.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    out = process.stdin

    def send() -> None:
        try:
            for number, payload in enumerate(requests):
                message = json.dumps({"message_id": number, "payload": payload})
                out.write(base64.b64encode(message.encode()) + b",")
            out.flush()
        except (OSError, ValueError):
            # It ended: reading finds out, and says so.
            pass

    writer = threading.Thread(target=send, name="search-requests", daemon=True)
    writer.start()
    try:
        for answer in _answers(process.stdout):
            yield answer["payload"]
            if answer["payload"]["type"] in {"GetFiles", "Error"}:
                return
    finally:
        process.kill()
        writer.join()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        # What was still to be written cannot be.
        with suppress(OSError):
            if pipe:
                pipe.close()
    process.wait()


def _answers(stream: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """The messages of a stream until its end."""
    parts: list[bytes] = []
    while data := stream.read1(1 << 16):  # type: ignore[attr-defined]
        *whole, rest = data.split(b",")
        for end in whole:
            message = b"".join((*parts, end))
            parts.clear()
            yield json.loads(base64.b64decode(message))
        parts.append(rest)


def _files(
    answers: Sequence[Mapping[str, Any]], expected: int, said: IO[bytes]
) -> dict[str, bytes]:
    last = answers[-1] if answers else {}
    if last.get("type") == "Error":
        raise SearchError(f"Pagefind says: {last.get('message')}")
    if len(answers) != expected or last.get("type") != "GetFiles":
        said.seek(0)
        words = said.read(2_000).decode(errors="replace").strip() or "it said nothing"
        raise SearchError(f"Pagefind ended before its index was made: {words}")
    return {file["path"]: base64.b64decode(file["content"]) for file in last["files"]}
