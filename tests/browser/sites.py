"""Built sites with their pages by type: what a type is is read from the theme's templates."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from mkdocs.config import load_config
from mkdocs_briefings.host.assemble import assemble

from ..conftest import ROOT
from ..links import Html, parse
from ..making import NOW, environment, script

FRAMES = {"base", "main"}
"""Templates that are no page of ours: the frame, and what another plugin's page gets."""
NAMES = {"404": "missing"}
TEMPLATES = tuple(
    sorted(
        NAMES.get(path.stem, path.stem)
        for path in (ROOT / "theme").glob("*.html")
        if path.stem not in FRAMES
    )
)
"""Every type of page: a template each, so that a new one is judged without being named here."""

VARIANTS: dict[str, tuple[str, str]] = {
    "year": ("own", r"archive/\d{4}/"),
    "month": ("own", r"archive/\d{4}/\d{2}/"),
    "older": ("specimen", r"(?:topics|authors)/.+/[^/]*\d+/"),
    "superseded": ("specimen", r"briefings/2025/harbour-toll-contested/"),
    "foreign": ("specimen", r"briefings/2025/recuento-de-juncos/"),
    "draft": ("preview", r"briefings/2026/draft-of-a-plan/"),
    "initials": ("crowd", r"authors/"),
    "initial": ("crowd", r"authors/a-z/[^/]/"),
}
"""Types that share a template with others: in which site, and their addresses."""
KINDS = (*TEMPLATES, *VARIANTS)


@dataclass(frozen=True)
class Served:
    """A served site and what following its links found."""

    origin: str
    folder: Path
    pages: dict[str, Html]
    """By address relative to the root; the front page is empty."""
    templates: dict[str, str]
    """The type of each page by address, in order of addresses."""

    def types(self, name: str) -> list[str]:
        """Addresses of the pages of a type; the list may be empty."""
        if name in VARIANTS:
            pattern = re.compile(VARIANTS[name][1])
            return [address for address in self.templates if pattern.fullmatch(address)]
        return [address for address, kind in self.templates.items() if kind == name]

    def richest(self, name: str) -> str:
        """The page of a type with the most on it: what can go wrong shows there first."""
        found = self.types(name)
        assert found, f"the site has no page of type {name}"
        return max(found, key=lambda address: (len(self.read(address).links), address))

    def read(self, address: str) -> Html:
        return self.pages.get(address) or parse(page_file(self.folder, address).read_text("utf-8"))


def page_file(folder: Path, address: str) -> Path:
    return (
        folder / address / "index.html"
        if address.endswith("/") or not address
        else (folder / address)
    )


def build(folder: Path, config: Path) -> None:
    """Build as `make build` does, at the tests' clock."""
    done = subprocess.run(
        [script("briefings"), "build", "--config-file", str(config), "--site-dir", str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def crawl(folder: Path, origin: str, config: Path, *, serving: bool = False) -> Served:
    """Follow every link from the front page, as a search engine does; tell pages by template."""
    pages: dict[str, Html] = {}
    queue = [""]
    while queue:
        address = queue.pop(0)
        path = page_file(folder, address)
        if address in pages or path.suffix != ".html" or not path.is_file():
            continue
        pages[address] = parse(path.read_text(encoding="utf-8"))
        for link in pages[address].links:
            target = urldefrag(urljoin(f"{origin}/{address}", link)).url
            if target.startswith(f"{origin}/"):
                queue.append(target.removeprefix(f"{origin}/"))
    return Served(origin, folder, pages, templates(config, serving=serving))


def templates(config_file: Path, *, serving: bool) -> dict[str, str]:
    """The type of each page of a site by address, from the views that its templates are given."""
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        config = load_config(config_file=str(config_file))
        options = config.plugins["briefings"].config
        views = assemble(config, options, serving=serving, known={}).views
    found = {view.url: Path(view.template).stem for view in views}
    return dict(sorted({**found, "404.html": "missing"}.items()))
