"""What a page's templates are, told without the places of one machine."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.utils import get_theme_dir
from mkdocs_briefings.composing.composer import folder_of
from mkdocs_briefings.host.events import installed, templates


def test_a_folder_of_a_package_is_known_by_the_package() -> None:
    folder = get_theme_dir("material")
    assert installed(folder) == "material/templates"
    assert folder_of("material/templates") == folder


def test_another_folder_is_known_by_its_place(tmp_path: Path) -> None:
    assert installed(str(tmp_path)) == str(tmp_path) == folder_of(str(tmp_path))


def test_the_first_folder_wins_and_only_texts_are_templates(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    for folder, text in ((own, "own"), (ours, "ours")):
        (folder / "partials").mkdir(parents=True)
        (folder / "partials" / "head.html").write_text(text)
        (folder / "style.css").write_text(text)
    (ours / "page.html").write_text("é", encoding="utf-8")
    (own / "sign.svg").write_text("<svg/>")
    (own / "noise.txt").write_bytes(b"\xff\xfe")
    found = templates([os.fspath(own), os.fspath(ours)])
    assert found == {"partials/head.html": "own", "page.html": "é", "sign.svg": "<svg/>"}
