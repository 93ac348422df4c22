"""What `briefings init` starts looks like a publication, on a desk and on a telephone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..making import script
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("started")
    for cwd, *arguments in (
        (folder, "init", "energy", "--name", "Energy notes", "-t", "Power grids", "-t", "Gas"),
        (folder / "energy", "build", "--strict", "--quiet"),
    ):
        subprocess.run([script("briefings"), *arguments], cwd=cwd, check=True)
    with served(folder / "energy/site") as origin:
        yield origin


@pytest.mark.parametrize("width", [1440, 390])
def test_the_front_page_of_two_briefings(started: str, visit: MakePage, width: int) -> None:
    reader = visit(started, width=width)
    reader.open("", idle=True)
    page = reader.page
    for text in ("Energy notes", "From one file to a page", "What the software does with it"):
        assert page.get_by_text(text, exact=True).first.is_visible(), text
    assert page.locator("h1, h2, h3").filter(has_text="From one file to a page").count() == 1
    bar = page.get_by_role("navigation").first
    assert "Power grids" in bar.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # No head stands over nothing.
    empty = page.evaluate(
        "[...document.querySelectorAll('main section')]"
        ".filter(s => !s.querySelector('a')).map(s => s.innerText)"
    )
    assert empty == []
    assert Axe().run(page).violations_count == 0
    assert reader.errors == []
    page.get_by_role("link", name="From one file to a page").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "From one file to a page"
    assert reader.errors == []
