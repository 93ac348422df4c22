"""From zero to a pull request: what CONTRIBUTING.md tells a new writer, done word for word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT


def commands() -> list[str]:
    """The commands of the five steps, but for the way without Make."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = text.partition("### From zero to a pull request")[2].partition("\n##")[0]
    other = steps.index("On Windows, or without Make")
    steps = steps[:other] + steps[steps.index("There the folder is", other) :]
    blocks = re.findall(r"```console\n(.*?)```", steps, re.DOTALL)
    return re.findall(r"^ *\$ (.*)$", "".join(blocks), re.MULTILINE)


def test_a_new_writer_gets_to_a_pull_request(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a clone")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_NAME": "Ada Example" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ada@git.example" for who in ("AUTHOR", "COMMITTER")},
    }

    def run(command: str, folder: Path) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    fork = tmp_path / "mkdocs-briefings.git"
    run(f"git clone --quiet --bare '{ROOT}' '{fork}'", tmp_path)
    run("git branch --force main HEAD && git symbolic-ref HEAD refs/heads/main", fork)
    folder, said = tmp_path, {}
    for command in commands():
        told = command.replace("<address of your fork>", f"'{fork}'")
        if told.startswith("cd "):
            folder = folder / told.removeprefix("cd ")
            assert folder.is_dir(), "the folder has the name that the steps say"
        elif told == "make site":
            # The environment of this run stands for the one that it would make.
            (folder / ".venv").symlink_to(Path(sys.prefix))
        else:
            said[command] = run(told, folder)
        if told.startswith(".venv/bin/briefings new"):
            write(folder)
    assert said[".venv/bin/briefings check"].strip() == ""
    assert "| added | What the truce changes (briefing) |" in said[".venv/bin/briefings diff main"]
    branch = run("git branch --list --format='%(refname:short)'", fork).split()
    assert set(branch) >= {"main", "what-the-truce-changes"}
    changed = run("git diff --name-only main what-the-truce-changes", fork).split()
    assert len(changed) == 1, "nothing else was committed"
    assert changed[0].endswith("/what-the-truce-changes.md")


def write(folder: Path) -> None:
    """Step 3, and the line that step 4 has deleted."""
    (path,) = folder.glob("briefings/*/what-the-truce-changes.md")
    text = path.read_text(encoding="utf-8")
    head, _, _ = text.partition("\n---\n")
    lines = [line for line in head.splitlines() if line != "draft: true"]
    assert len(lines) == len(head.splitlines()) - 1, "it starts as a draft"
    told = "summary: Which duties fell, which stayed, and what runs out in November."
    body = "The talks before it are told in [[geneva-to-stockholm]]."
    path.write_text("\n".join([*lines, told, "---", "", body, ""]), encoding="utf-8")
