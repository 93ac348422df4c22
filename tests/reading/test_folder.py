"""What may be in a content folder, and what is made of the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.problem import Severity
from mkdocs_briefings.reading import folder
from mkdocs_briefings.reading.folder import load, scan
from mkdocs_briefings.reading.nodes import Fault

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
WEBP = b"RIFF\0\0\0\0WEBPVP8 " + bytes(16)


def write(root: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_each_file_has_its_kind_in_order_of_code_points(tmp_path: Path) -> None:
    names = ["b.md", "a/c.md", "Z.md", "ä.md", "index.md", "pages/about.md", "pages/x/y.md"]
    names += ["editions/2026-w1.md", "topics.yml", "permalinks.lock"]
    write(tmp_path, **dict.fromkeys(names, b"x"), **{"a/c.png": PNG, "d.webp": WEBP})
    found = scan(tmp_path)
    assert found.problems == []
    assert found.briefings == ["Z.md", "a/c.md", "b.md", "ä.md"]
    assert (found.front, found.pages) == ("index.md", ["pages/about.md", "pages/x/y.md"])
    assert (found.editions, found.registries) == (["editions/2026-w1.md"], ["topics.yml"])
    assert found.images == ["a/c.png", "d.webp"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("chart.svg", b"<svg/>", "bad-file", id="svg"),
        pytest.param("CNAME", b"x", "bad-file", id="a file of the host"),
        pytest.param("hooks.py", b"x", "bad-file", id="code"),
        pytest.param(".env", b"x", "bad-file", id="hidden file"),
        pytest.param(".obsidian/x.md", b"x", "bad-file", id="hidden folder"),
        pytest.param("rates.md~", b"x", "bad-file", id="backup"),
        pytest.param("RATES.MD", b"x", "bad-file", id="capital ending"),
        pytest.param("a b.md", b"x", "bad-file", id="space"),
        pytest.param("a.b.md", b"x", "bad-file", id="two dots"),
        pytest.param("a\nb.md", b"x", "bad-file", id="newline"),
        pytest.param("a\u202eb.md", b"x", "bad-file", id="turned text"),
        pytest.param("<b>.md", b"x", "bad-file", id="markup"),
        pytest.param("e\u0301.md", b"x", "bad-file", id="decomposed letter"),
        pytest.param("con.md", b"x", "bad-file", id="device on Windows"),
        pytest.param("Aux/x.md", b"x", "bad-file", id="device as a folder"),
        pytest.param("sub/topics.yml", b"x", "bad-file", id="registry in a subfolder"),
        pytest.param("a.png", b"GIF89a", "bad-file", id="image of another kind"),
        pytest.param("a.jpg", b"<script>", "bad-file", id="no image at all"),
        pytest.param("a.webp", b"RIFF0000WAVE", "bad-file", id="sound"),
        pytest.param(f"{'ü' * 61}.md", b"x", "long-name", id="long name"),
    ],
)
def test_what_may_not_be_there(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    write(tmp_path, **{name: data})
    (problem,) = scan(tmp_path).problems
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert problem.path == name.split("/")[0] or problem.path == name
    assert problem.hint
    assert "\n" not in str(problem).split("\n  hint: ")[0], "a name forges no line"


def test_litter_of_systems_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, **{".DS_Store": b"x", "a/.gitkeep": b""})
    assert [(p.code, p.severity) for p in scan(tmp_path).problems] == [
        ("bad-file", Severity.WARNING)
    ] * 2


def test_names_that_other_systems_take_for_one(tmp_path: Path) -> None:
    write(tmp_path, **{"a/Rates.md": b"x", "a/rates.md": b"x"})
    (problem,) = scan(tmp_path).problems
    assert problem.code == "duplicate-slug"
    assert "'a/Rates.md'" in problem.message


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and pipes")
def test_nothing_is_followed_or_waited_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("secret", encoding="utf-8")
    root = tmp_path / "briefings"
    root.mkdir()
    (root / "out").symlink_to(secret)
    (root / "loop").symlink_to(root)
    (root / "key.md").symlink_to(secret / "key.md")
    os.mkfifo(root / "pipe.md")
    found = scan(root)
    assert sorted((p.path, p.code) for p in found.problems) == [
        (path, "bad-file") for path in ("key.md", "loop", "out", "pipe.md")
    ]
    assert found.briefings == []
    with pytest.raises(Fault) as stop:  # exchanged for a link after the scan
        load(root, "key.md")
    assert stop.value.code == "bad-file"


@pytest.mark.skipif(sys.platform == "win32", reason="other permissions")
def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **{"a.md": b"x", "b.png": PNG, "c/d.md": b"x"})

    def refuse(*args: object, **kwargs: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert [(p.path, p.code) for p in scan(tmp_path).problems] == [("b.png", "unreadable")]
    with pytest.raises(Fault) as stop:
        load(tmp_path, "a.md")
    assert (stop.value.code, bool(stop.value.hint)) == ("unreadable", True)


def test_limits_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **dict.fromkeys(["a.md", "b.md", "c.md"], b"x"), **{"a.png": PNG})
    monkeypatch.setattr(folder, "IMAGE_LIMIT", 8)
    monkeypatch.setattr(folder, "COUNT_LIMIT", 3)
    found = scan(tmp_path)
    assert [(p.path, p.code) for p in found.problems] == [
        ("a.png", "too-large"),
        ("c.md", "too-large"),
    ]
    assert found.briefings == ["a.md", "b.md"]
