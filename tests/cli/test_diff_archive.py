"""`briefings diff` on a real archive of some 2,000 articles: right, and soon done."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from ..making import CONFIG
from ..repos import Repo

pytestmark = pytest.mark.archive

SECONDS = 25
"""Of CPU, on a busy machine: a quiet one takes less than half."""


def test_one_edit_of_a_large_archive(corpus: Path, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    shutil.copytree(corpus, repo.root / "briefings")
    config = {**CONFIG, "plugins": [{"briefings": {"severity": {"*": "warning"}}}]}
    repo.write("mkdocs.yml", yaml.safe_dump(config))
    repo.commit("content: Begin")
    (path,) = (repo.root / "briefings").rglob("a-new-digitalgov.md")
    path.chmod(0o644)
    with path.open("a", encoding="utf-8") as file:
        file.write("\nOne sentence more, at <https://new.example/a>.\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [
            str(Path(sysconfig.get_path("scripts")) / "briefings"),
            "diff",
            "main",
            "--format",
            "json",
        ],
        cwd=repo.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1780315200"},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    whole = json.loads(done.stdout)
    (page,) = [p for p in whole["pages"] if p["change"] != "follows"]
    assert (page["change"], page["fields"]) == ("edited", ["text"])
    assert page["words"]["added"] == 5
    assert [d["domain"] for d in whole["domains"]] == ["new.example"]
    assert [(k["change"], k["to"]) for k in whole["links"]] == [("gained", "https://new.example/a")]
    spent = after.ru_utime - before.ru_utime
    assert spent < SECONDS, f"{spent:.1f} s"
