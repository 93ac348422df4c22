"""Compare what a site serves with the digests of what was built for it.

    python tools/online.py DIGESTS URL

DIGESTS is the output of `sha256sum` over the files of a site, by paths relative to it; URL is where
the site is served. Each file is asked for once, a few at a time. Every one that is gone or has
other bytes is named, and the exit code is then 1. Needs nothing but Python.
"""

from __future__ import annotations

import hashlib
import http.client
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

TOGETHER = 4
"""Requests at once: it is a check and not a test of load."""
PATIENCE = 30.0
"""Seconds for an answer."""


def digests(text: str) -> Iterator[tuple[str, str]]:
    """Path and digest of each line.

    Raises:
        ValueError: If a line is none of `sha256sum`.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        digest, space, path = line.partition("  ")
        if len(digest) != 64 or not space:
            raise ValueError(f"line {number} is none of sha256sum")
        yield path.removeprefix("./"), digest


def fault(base: str, path: str, digest: str) -> str:
    """What is wrong with a file as it is served; empty if nothing is."""
    address = path[: -len("index.html")] if path.endswith("/index.html") else path
    address = "" if path == "index.html" else address
    try:
        with urllib.request.urlopen(f"{base}{quote(address)}", timeout=PATIENCE) as answer:
            found = hashlib.sha256(answer.read()).hexdigest()
    except (OSError, http.client.HTTPException) as error:
        return f"{path}: {error}"
    return "" if found == digest else f"{path}: other bytes than were built"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or not arguments[1].startswith(("https://", "http://")):
        print(__doc__, file=sys.stderr)
        return 2
    base = arguments[1].rstrip("/") + "/"
    try:
        listed = list(digests(Path(arguments[0]).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(TOGETHER) as pool:
        told = list(filter(None, pool.map(lambda file: fault(base, *file), listed)))
    for line in told:
        print(ascii(line)[1:-1])
    print(f"{len(listed)} files, {len(told)} of them not as they were built")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
