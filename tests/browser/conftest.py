"""A browser; our own site, built and served once; its pages by type, found by following links."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ..conftest import ROOT
from ..links import Html, parse
from ..making import NOW, Site, script
from ..sites.specimen import SPECIMEN
from .serving import served

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

TYPES: dict[str, str] = {
    "front": r"",
    "briefing": r"briefings/\d{4}/[^/]+/",
    "topic": r"topics/[^/]+/",
    "topics": r"topics/",
    "author": r"authors/[^/]+/",
    "authors": r"authors/",
    "storyline": r"storylines/[^/]+/",
    "storylines": r"storylines/",
    "archive": r"archive/",
    "year": r"archive/\d{4}/",
    "month": r"archive/\d{4}/\d{2}/",
    "plain": r"about/",
    "changes": r"changes/",
    "older": r"(?:topics|authors|archive)/.+/\d+/",
}
"""Addresses of each page type, relative to the site's root."""


@dataclass(frozen=True)
class Served:
    """A served site and what following its links found."""

    origin: str
    pages: dict[str, Html]
    """By address relative to the root; the front page is empty."""

    def types(self, name: str) -> list[str]:
        pattern = re.compile(TYPES[name])
        return sorted(address for address in self.pages if pattern.fullmatch(address))

    def richest(self, name: str) -> str:
        """The page of a type with the most on it: what can go wrong shows there first."""
        found = self.types(name)
        assert found, f"no link from the front page leads to a page of type {name}"
        return max(found, key=lambda address: (len(self.pages[address].links), address))


@dataclass
class Watched:
    """A page and all that went wrong on it."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)

    def open(self, address: str, *, status: int = 200, idle: bool = False) -> None:
        """Open an address of the site and wait until it has loaded; when `idle`, half a second
        more, for what a script may ask for afterwards."""
        response = self.page.goto(
            f"{self.origin}/{address}", wait_until="networkidle" if idle else "load"
        )
        assert response is not None
        assert response.status == status, f"/{address}: status {response.status}"

    def watch(self) -> None:
        page = self.page
        # `networkidle` cannot be trusted to report what a policy stopped: ask the page itself.
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e =>"
            " console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(f"script: {e}"))
        page.on("request", lambda r: self._asked(r.url))
        page.on("requestfailed", lambda r: self._failed(r.url, r.failure or ""))
        page.on(
            "response",
            lambda r: (
                self.errors.append(f"status {r.status}: {r.url}")
                if r.status >= 400 and r.request.resource_type != "document"
                else None
            ),
        )

    def _failed(self, url: str, reason: str) -> None:
        # What was still on its way when the next page was opened did not fail.
        if reason != "net::ERR_ABORTED":
            self.errors.append(f"failed: {url} {reason}")

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.errors.append(f"left the origin: {url}")


MakePage = Callable[..., Watched]
"""`visit(origin, width=…, scheme=…)`: a page in a context of its own, closed as the test ends."""


def chromium() -> str:
    """The browser to drive; the test is skipped where there is none and none was named."""
    named = os.environ.get("BRIEFINGS_CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium: run `make test`, or set BRIEFINGS_CHROMIUM")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[MakePage]:
    contexts: list[BrowserContext] = []

    def make(
        origin: str,
        *,
        width: int = 1440,
        scheme: str = "light",
        **options: Any,
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        watched = Watched(context.new_page(), origin)
        watched.watch()
        return watched

    yield make
    for context in contexts:
        context.close()


def build(folder: Path, config: Path) -> None:
    done = subprocess.run(
        [script("briefings"), "build", "--config-file", str(config), "--site-dir", str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def crawl(folder: Path, origin: str) -> Served:
    """Follow every link from the front page, as a search engine does."""
    pages: dict[str, Html] = {}
    queue = [""]
    while queue:
        address = queue.pop(0)
        if address in pages:
            continue
        path = (
            folder / address / "index.html"
            if address.endswith("/") or not address
            else folder / address
        )
        if path.suffix != ".html" or not path.is_file():
            continue
        pages[address] = parse(path.read_text(encoding="utf-8"))
        for link in pages[address].links:
            target = urldefrag(urljoin(f"{origin}/{address}", link)).url
            if target.startswith(f"{origin}/"):
                queue.append(target.removeprefix(f"{origin}/"))
    return Served(origin, pages)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Our own site, as `make build` makes it."""
    folder = tmp_path_factory.mktemp("own")
    build(folder, ROOT / "mkdocs.yml")
    with served(folder) as origin:
        yield crawl(folder, origin)


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with every feature and short pages of long lists, so that they have older ones."""
    site = Site(tmp_path_factory.mktemp("specimen"))
    site.content.mkdir()
    site.write(SPECIMEN)
    build(site.output, site.configure({}, {"page_size": 2}))
    with served(site.output) as origin:
        yield crawl(site.output, origin)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Callable[[str], tuple[str, str]]:
    """Origin and address of the richest page of a type."""

    def find(kind: str) -> tuple[str, str]:
        site: Served = request.getfixturevalue("specimen" if kind == "older" else "own")
        return site.origin, "404.html" if kind == "missing" else site.richest(kind)

    return find


KINDS = (*TYPES, "missing")
