"""Fixtures for all tests.

`site` makes a site from one string, `visit` opens pages in a browser, `corpus` finds real input.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .making import MakeSite, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .browser.visiting import MakePage

ROOT = Path(__file__).parent.parent
"""The repository."""
SHARED = Path(os.environ.get("BRIEFINGS_SHARED") or ROOT.parent / "shared")
"""Real input that is no part of the repository; it may be absent."""


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """Make sites, each in a folder of its own: `s = site("-- briefings/a.md --\\n…")`."""
    numbers = itertools.count(1)

    def make(text: str = "") -> Site:
        made = Site(tmp_path / f"project-{next(numbers)}")
        made.content.mkdir(parents=True)
        made.write(text)
        return made

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no real input in {SHARED}: set BRIEFINGS_SHARED to the folder that holds it")
    return SHARED


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """A real archive of some 2,000 articles in this project's form, with its registries."""
    folder = shared / "corpora" / "digitalgov" / "briefings"
    if not folder.is_dir():
        pytest.skip(f"no archive in {folder}")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: Playwright allows no second."""
    # Imported here: most tests need no browser, and this costs a quarter of a second.
    from .browser.visiting import launched

    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[MakePage]:
    """Open pages: `reader = visit(origin, width=390, scheme="dark")`, then `reader.open("")`."""
    from .browser.visiting import visits

    with visits(browser) as make:
        yield make
