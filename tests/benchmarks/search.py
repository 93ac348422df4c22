"""What a search costs a reader: bytes on the wire, requests and time, in a real Chromium.

    python -m tests.benchmarks.search SITE [QUERY …]

SITE is a built site. It is served compressed, as hosts do, and each query is opened as a link
with an empty cache. Headers count; what is asked for after the first result is on the screen does
not.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page

from ..browser.serving import served
from ..browser.visiting import MakePage, launched, visits

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

# Seconds since 1970 at which the first result was put on the page.
WATCH = """
new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-results] li")) return;
  window.firstResult = Date.now() / 1000;
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True)
class Cost:
    """Of one query."""

    query: str
    found: str
    first: int
    """Bytes of all that was asked for until the first result was shown, the page included."""
    search: int
    """Of them those of the search: its script, the engine, parts of the index."""
    requests: int
    """Until the first result."""
    whole: int
    """Bytes of all that was asked for in the end."""
    seconds: float
    """From the link to ten results."""


@dataclass
class Request:
    """One that was answered."""

    path: str
    started: float
    """Seconds since 1970."""
    size: int = 0

    @property
    def is_of_search(self) -> bool:
        return "/search/index/" in self.path or self.path.endswith("searching.js")

    @property
    def is_result(self) -> bool:
        return "/fragment/" in self.path


def cost(origin: str, query: str, visit: MakePage) -> Cost:
    """Open a link to a search with an empty cache."""
    page = visit(origin).page
    asked = watched(page)
    page.add_init_script(WATCH)
    started = time.monotonic()
    page.goto(f"{origin}/search/?q={quote(query)}")
    page.locator("[data-status]").filter(has_text=re.compile(r"\d|“")).wait_for()
    seconds = time.monotonic() - started
    page.wait_for_load_state("networkidle")
    shown = page.evaluate("window.firstResult ?? Infinity")
    early = [request for request in asked.values() if request.started <= shown]
    # The others are asked for when the first is shown, in the same moment.
    results = [request for request in early if request.is_result]
    early = [request for request in early if request not in results[1:]]
    return Cost(
        query=query,
        found=page.locator("[data-status]").inner_text(),
        first=sum(request.size for request in early),
        search=sum(request.size for request in early if request.is_of_search),
        requests=len(early),
        whole=sum(request.size for request in asked.values()),
        seconds=seconds,
    )


def watched(page: Page) -> dict[str, Request]:
    """The requests of a page by their keys, as they come; icons are among them."""
    asked: dict[str, Request] = {}

    def sent(event: dict[str, Any]) -> None:
        path = urlsplit(event["request"]["url"]).path
        asked[event["requestId"]] = Request(path, event["wallTime"])

    def finished(event: dict[str, Any]) -> None:
        asked[event["requestId"]].size = int(event["encodedDataLength"])

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    return asked


def main(site: Path, queries: tuple[str, ...]) -> None:
    print(
        f"{'query':24} {'results':>14} {'first kB':>9} {'search kB':>9} requests {'all kB':>9}  s"
    )
    with served(site) as origin, launched() as browser, visits(browser) as visit:
        for query in queries:
            c = cost(origin, query, visit)
            print(
                f"{c.query:24} {c.found[:14]:>14} {c.first / 1000:9.1f} {c.search / 1000:9.1f} "
                f"{c.requests:8} {c.whole / 1000:9.1f} {c.seconds:5.2f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or QUERIES)
