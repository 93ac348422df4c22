"""Pages in a real Chromium, each in a context of its own, and all that goes wrong on them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1440, 1024, 390)


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

    def unfold(self) -> None:
        """Open all that is folded away."""
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")

    def looks(self) -> Iterator[str]:
        """Show the open page in each scheme at each width, and say which it is."""
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                self.page.set_viewport_size({"width": width, "height": 900})
                # The switch of schemes is drawn before anything is measured.
                self.page.evaluate("() => new Promise(requestAnimationFrame)")
                yield f"{scheme} at {width}"

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


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium with a fresh profile. There can be one at a time in a process."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def visits(browser: Browser) -> Iterator[MakePage]:
    """Make pages until the block ends, then close them all."""
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
            **{"reduced_motion": "reduce", **options},
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        watched = Watched(context.new_page(), origin)
        watched.watch()
        return watched

    yield make
    for context in contexts:
        context.close()
