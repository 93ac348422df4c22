"""`briefings diff --html`: previews that show everything and run nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner
from mkdocs_briefings.cli.main import main
from playwright.sync_api import Browser, Dialog

from ..repos import Repo
from .test_diff import edits, repo, text

__all__ = ["repo"]

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def previews(repo: Repo, tmp_path: Path) -> Path:
    edits(repo)
    repo.write(
        "briefings/2026/paddies.md",
        text(f'"{HOSTILE}"', f"Rice grows in mud, {HOSTILE} not in water.", "rice"),
    )
    folder = tmp_path / "previews"
    done = CliRunner().invoke(main, ["diff", "main", "--html", str(folder)])
    assert done.exit_code == 1, done.output
    return folder


def pages(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.html")):
        yield path.read_text(encoding="utf-8")


def test_each_changed_page_is_shown_before_and_after(previews: Path) -> None:
    page = html5lib.parse((previews / "index.html").read_text(), namespaceHTMLElements=False)
    shown = {
        section.findtext("h2"): [
            frame.get("src") for frame in section.iter("iframe")
        ]
        for section in page.iter("section")
    }  # fmt: skip
    assert len(shown["Leaves and buds"]) == 2
    assert [s.split("/")[0] for s in shown["Worms"]] == ["after"]
    assert [s.split("/")[0] for s in shown["Pans"]] == ["before"]
    for sources in shown.values():
        for source in sources:
            assert (previews / source).is_file()
    before, after = ((previews / s).read_text() for s in shown["Leaves and buds"])
    assert "<h1" in before
    assert "Leaves and buds" in after
    assert "Leaves and buds" not in before.partition("</main>")[0].partition("<h1")[2][:200]


def test_words_are_marked(previews: Path) -> None:
    index = (previews / "index.html").read_text()
    assert "<del>water.</del>" not in index, "what stays is not marked"
    assert re.search(r"<ins>[^<]*the fair\.", index)
    assert re.search(r"<del>[^<]*see ", index)


def test_nothing_runs_and_nothing_is_loaded(previews: Path) -> None:
    for html in pages(previews):
        page = html5lib.parse(html, namespaceHTMLElements=False)
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        for script in page.iter("script"):
            assert script.get("type") == "application/ld+json"
        assert not list(page.iter("link")) or all(
            link.get("rel") in {"canonical", "alternate", "license"} for link in page.iter("link")
        )
        for frame in page.iter("iframe"):
            assert frame.get("sandbox") == ""
        for element in page.iter():
            if isinstance(element.tag, str):
                assert not [name for name in element.attrib if name.startswith("on")]
        assert not [image for image in page.iter("img") if image.get("src") == "x"]


def test_a_folder_with_something_in_it_is_left_alone(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    done = CliRunner().invoke(main, ["diff", "main", "--html", str(tmp_path)])
    assert done.exit_code == 2
    assert "not empty" in done.output


def _dismissed(ran: list[str], dialog: Dialog) -> None:
    ran.append(dialog.message)
    dialog.dismiss()


@pytest.mark.browser
def test_previews_opened_from_a_folder_have_their_style(previews: Path, browser: Browser) -> None:
    for width, scheme in ((390, "dark"), (1440, "light")):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        ran: list[str] = []
        page.on("dialog", partial(_dismissed, ran))
        page.goto((previews / "index.html").as_uri())
        page.locator("iframe").first.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        frame = next(f for f in page.frames if "/after/" in f.url or "/before/" in f.url)
        # A script of ours may look into a frame in which the page's own may not run.
        heading = frame.locator("h1").first
        assert heading.evaluate("e => getComputedStyle(e).textWrap") == "balance"
        boxes = [b for b in (f.bounding_box() for f in page.locator("iframe").all()[:2]) if b]
        assert ran == []
        assert page.evaluate("document.querySelectorAll('section').length") > 5
        assert all(box["width"] <= width for box in boxes)
        context.close()
