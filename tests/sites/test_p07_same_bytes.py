"""P7: the same input gives the same bytes, whoever builds, where, when and in what order."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..making import CONFIG, NOW, differing, parts, script, tree
from .specimen import SPECIMEN

MOMENT = "2026-06-01T12:00:00Z"
"""`NOW`, as `--now` takes it."""


def project(root: Path, *, backwards: bool = False) -> Path:
    """The specimen's project, its files written in one order or the other, with other times."""
    import yaml

    files = sorted(parts(SPECIMEN), reverse=backwards)
    for number, (name, text) in enumerate(files):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        if backwards:
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
    config = {**CONFIG, "plugins": ["briefings"]}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    return root


def built(root: Path, *options: str, umask: int = 0o022, **environment: str) -> Mapping[str, bytes]:
    plain = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [script("briefings"), "build", "--quiet", *options],
        cwd=root,
        env={**plain, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return tree(root / "site")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """With search and cards, as the options are by default."""
    root = project(tmp_path_factory.mktemp("usual"))
    files = built(root, SOURCE_DATE_EPOCH=str(NOW), PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    assert any(path.endswith(".pf_index") or "pagefind" in path for path in files)
    assert {"sitemap.xml", "feed.xml", "assets/card.png"} <= files.keys()
    return files


def test_p07_elsewhere_and_otherwise(usual: Mapping[str, bytes], tmp_path: Path) -> None:
    """Another path, order of files, time zone, locale, home, umask and hash seed at once."""
    root = project(tmp_path / "an ödd place" / "x", backwards=True)
    other = built(
        root,
        "--now",
        MOMENT,
        "--workers",
        "2",
        umask=0o077,
        PYTHONHASHSEED="4711",
        LC_ALL="tr_TR.UTF-8",
        LANG="ar_EG.UTF-8",
        TZ="Pacific/Kiritimati",
        HOME=str(tmp_path),
        USER="nobody",
        COLUMNS="40",
    )
    assert differing(usual, other) == []


def test_p07_again_from_what_is_kept(usual: Mapping[str, bytes], tmp_path: Path) -> None:
    """After another version of the site, in the same place."""
    root = project(tmp_path)
    topics = root / "briefings" / "topics.yml"
    text = topics.read_text(encoding="utf-8")
    topics.write_text(text.replace("title: Tolls", "title: Tolls and dues"), encoding="utf-8")
    earlier = built(root, "--now", "2026-05-25", TZ="America/Los_Angeles")
    assert differing(usual, earlier) != []
    topics.write_text(text, encoding="utf-8")
    assert differing(usual, built(root, "--now", MOMENT, TZ="Asia/Kathmandu")) == []


def test_p07_nothing_tells_of_this_machine(usual: Mapping[str, bytes]) -> None:
    here = [str(Path.home()).encode(), os.uname().nodename.encode(), str(Path.cwd()).encode()]
    for path, content in usual.items():
        for word in here:
            assert len(word) < 6 or word not in content, path
