"""What a search costs a reader: bytes on the wire, requests and time, in a real Chromium.

    python -m tests.benchmarks.search SITE [QUERY …]

SITE is a built site. It is served compressed, as hosts do, and each query is opened as a link
with an empty cache. Two sums: what the search asks for, until the first result could be shown and
until ten are; and the same with the page itself, its stylesheet, scripts and typeface.
"""

from __future__ import annotations

import gzip
import re
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from ..browser.serving import Handler, served
from ..browser.visiting import launched, visits

QUERIES = (
    "accessibility",
    "plain language",
    "website",
    "open data",
    "challenge.gov",
    "state of the union",
    "federal",
    "the",
)
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Compressing(Handler):
    """Compresses what is text; Pagefind's own files are compressed already."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        body = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@dataclass
class Cost:
    """Of one query."""

    query: str
    found: str
    first: int
    """Bytes that the search asks for until the first result could be shown."""
    ten: int
    """The same until ten are."""
    page: int
    """Bytes of the page and of what every page has."""
    requests: int
    seconds: float
    """From the link to ten results."""


def cost(origin: str, query: str, visit: Any) -> Cost:
    page = visit(origin).page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: list[tuple[str, int]] = []
    session.on(
        "Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.append((urls.get(e["requestId"], ""), int(e["encodedDataLength"]))),
    )
    started = time.monotonic()
    page.goto(f"{origin}/search/?q={quote(query)}")
    page.locator("[data-status]").filter(has_text=re.compile(r"\d|“")).wait_for()
    seconds = time.monotonic() - started
    page.wait_for_load_state("networkidle")
    found = page.locator("[data-status]").inner_text()
    search: list[tuple[bool, int]] = []
    frame: list[tuple[bool, int]] = []
    for url, size in sizes:
        path = urlsplit(url).path
        (search if "/search/index/" in path or path.endswith("search.js") else frame).append(
            ("fragment" in path, size)
        )
    fragments = [size for is_fragment, size in search if is_fragment]
    rest = sum(size for is_fragment, size in search if not is_fragment)
    return Cost(
        query=query,
        found=found,
        first=rest + (fragments[0] if fragments else 0),
        ten=rest + sum(fragments),
        page=sum(size for _, size in frame),
        requests=len(search),
        seconds=seconds,
    )


def main(site: Path, queries: tuple[str, ...]) -> None:
    print(f"{'query':24} {'results':>14} {'first kB':>9} {'ten kB':>7} {'page kB':>8} requests  s")
    with served(site, Compressing) as origin, launched() as browser, visits(browser) as visit:
        for query in queries:
            c = cost(origin, query, visit)
            print(
                f"{c.query:24} {c.found[:14]:>14} {c.first / 1000:9.1f} {c.ten / 1000:7.1f} "
                f"{c.page / 1000:8.1f} {c.requests:8} {c.seconds:5.2f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or QUERIES)
