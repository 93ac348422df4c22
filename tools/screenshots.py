"""Renews the pictures in `docs/`: our own site as readers see it.

    .venv/bin/python tools/screenshots.py [FOLDER]

Builds the site at the tests' clock, opens six pages in Chromium and writes one compressed PNG for
each. Text is drawn with the faces of this machine, so that pictures made elsewhere differ a little.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NOW = "1780315200"
"""The clock of the build, as in the tests: 1 June 2026."""
MOST = 120 * 1024
"""Bytes that a picture may have."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Shot:
    """One picture: which page, and how it is looked at."""

    name: str
    address: str
    width: int = 1280
    height: int = 960
    dark: bool = False
    typed: str = ""
    """What is typed into the field that has the focus."""


SHOTS = (
    Shot("front", ""),
    Shot("briefing", "briefings/2025/madrid-to-busan/"),
    Shot("topic", "topics/tariffs/"),
    Shot("storyline", "storylines/road-to-the-truce/", dark=True),
    Shot("search", "search/", typed="rare earths"),
    Shot("phone", "briefings/2026/trade-in-numbers/", width=390, height=844),
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def build(folder: Path) -> None:
    subprocess.run(
        [
            str(Path(sys.executable).parent / "briefings"),
            *("build", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder)),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW},
        stdin=subprocess.DEVNULL,
        check=True,
    )


def take(browser: Browser, origin: str, shot: Shot) -> Image.Image:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{origin}/{shot.address}", wait_until="networkidle")
    if shot.typed:
        page.keyboard.type(shot.typed)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
    picture = Image.open(BytesIO(page.screenshot()))
    context.close()
    return picture


def write(picture: Image.Image, path: Path) -> int:
    """Write a picture with as many colours as its budget allows; the bytes written."""
    for colours in (128, 64, 32, 16):
        # A palette of its own for each: letters keep their soft edges with few colours.
        picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST:
            return path.stat().st_size
    raise SystemExit(f"{path} is larger than {MOST} bytes with 16 colours")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chromium = subprocess.run(
        ["sh", str(ROOT / "tools" / "chromium.sh")], capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        build(Path(site))
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shot in SHOTS:
            if not (Path(site) / shot.address / "index.html").is_file():
                print(f"{shot.name}: the site has no page at /{shot.address}")
                continue
            picture = take(browser, f"http://127.0.0.1:{server.server_address[1]}", shot)
            print(f"{shot.name}: {write(picture, folder / f'{shot.name}.png')} bytes")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
