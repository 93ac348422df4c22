"""Our own site, built and served once, and its pages by type, found by following links."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from ..conftest import ROOT
from ..links import Html, parse
from ..making import NOW, Site, script
from ..sites.specimen import SPECIMEN
from .serving import served

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
    "search": r"search/",
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
