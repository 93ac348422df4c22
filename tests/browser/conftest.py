"""Sites to open: our own, a specimen, and what is shown to somebody who writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ..conftest import ROOT
from ..making import NOW, Site, build_in_process, environment
from ..sites.specimen import CROWD, SPECIMEN
from .serving import served
from .sites import KINDS, TEMPLATES, VARIANTS, Served, build, crawl

__all__ = ["KINDS", "TEMPLATES", "VARIANTS", "Served", "build", "crawl"]


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Our own site, as `make build` makes it."""
    folder = tmp_path_factory.mktemp("own")
    build(folder, ROOT / "mkdocs.yml")
    with served(folder) as origin:
        yield crawl(folder, origin, ROOT / "mkdocs.yml")


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with every feature and short pages of long lists, so that they have older ones."""
    site = Site(tmp_path_factory.mktemp("specimen"))
    site.content.mkdir()
    site.write(SPECIMEN)
    config = site.configure({}, {"page_size": 2})
    build(site.output, config)
    with served(site.output) as origin:
        yield crawl(site.output, origin, config)


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The specimen as `make site` shows it, with a draft and a file that cannot be read."""
    site = Site(tmp_path_factory.mktemp("preview"))
    site.content.mkdir()
    site.write(SPECIMEN)
    site.write("-- briefings/2026/broken.md --\n---\ntitle: Broken: twice\n---\nText.\n")
    config = site.configure({}, {})
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        assert build_in_process(config, strict=False, command="serve") == 0
    with served(site.output) as origin:
        yield crawl(site.output, origin, config, serving=True)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with more authors than stand on one page."""
    site = Site(tmp_path_factory.mktemp("crowd"))
    site.content.mkdir()
    site.write(CROWD)
    config = site.configure({}, {})
    build(site.output, config)
    with served(site.output) as origin:
        yield crawl(site.output, origin, config)


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> Callable[[str], tuple[str, str]]:
    """Origin and address of the richest page of a type, on our own site when that has one."""

    def find(kind: str) -> tuple[str, str]:
        sites = [VARIANTS[kind][0]] if kind in VARIANTS else ["own", "specimen", "preview"]
        for name in sites:
            site: Served = request.getfixturevalue(name)
            if site.types(kind):
                return site.origin, site.richest(kind)
        raise AssertionError(f"no site has a page of type {kind}: add one to a specimen")

    return find
