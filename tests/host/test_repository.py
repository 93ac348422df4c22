"""Where a briefing is edited: as MkDocs' options say, else as the forge has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs_briefings.host.repository import forge_of

HUB, LAB, OWN = "https://github.com/a/b", "https://gitlab.com/a/b/", "https://git.example/a/b"


@pytest.mark.parametrize(
    ("options", "kind", "edit"),
    [
        pytest.param({}, "", "", id="no repository"),
        pytest.param(
            {"repo_url": HUB}, "", f"{HUB}/edit/main/briefings/2026/x.md", id="by the forge"
        ),
        pytest.param(
            {"repo_url": LAB},
            "",
            "https://gitlab.com/a/b/-/edit/main/briefings/2026/x.md",
            id="by the forge, with a slash at the end",
        ),
        pytest.param({"repo_url": OWN}, "", "", id="an unknown forge"),
        pytest.param(
            {"repo_url": OWN},
            "gitea",
            f"{OWN}/_edit/main/briefings/2026/x.md",
            id="a forge that was named",
        ),
        pytest.param(
            {"repo_url": HUB, "edit_uri": "edit/live/text"},
            "",
            f"{HUB}/edit/live/text/2026/x.md",
            id="edit_uri",
        ),
        pytest.param({"repo_url": HUB, "edit_uri": ""}, "", "", id="edit_uri switched off"),
        pytest.param(
            {"repo_url": HUB, "docs_dir": "docs"},
            "",
            f"{HUB}/edit/master/docs/2026/x.md",
            id="what MkDocs takes where the folder is its own",
        ),
        pytest.param(
            {"repo_url": OWN, "edit_uri_template": "?edit={path!q}&as={path_noext}"},
            "",
            f"{OWN}?edit=2026%2Fx.md&as=2026/x",
            id="edit_uri_template",
        ),
        pytest.param(
            {"edit_uri": "https://edit.example/e/"},
            "",
            "https://edit.example/e/2026/x.md",
            id="an editor without a repository",
        ),
        pytest.param(
            {"repo_url": HUB, "edit_uri": "javascript:x/"}, "", "", id="no address of the web"
        ),
    ],
)
def test_editors(tmp_path: Path, options: dict[str, Any], kind: str, edit: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    for name in ("docs", "briefings"):
        (tmp_path / name).mkdir()
    given = {"docs_dir": "briefings", "plugins": []} | options
    config = load_config(str(tmp_path / "mkdocs.yml"), **given)
    assert forge_of(config, kind).edit_url("2026/x.md") == edit


def test_patterns_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"), repo_url=OWN, plugins=[])
    forge = forge_of(config, {"commit": "{repo}/c/{commit}"})
    assert forge.commit_url("a" * 40) == f"{OWN}/c/{'a' * 40}"
    assert forge.file_url("a" * 40, "x.md") == ""
