"""`briefings check --fix` and `--diff`: what is written, and how."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from mkdocs_briefings.cli import writing

from ..making import NOW, script, tree
from ..repos import Repo
from .test_check import HEAD, folder, run, write

__all__ = ["folder"]  # the fixture

FOREIGN = """\
---
title: A  # the headline
byline: "Ada Example"   # who signs
pubdate: March 17, 2026
# where it belongs
tags:
  - duties   # an alias
description: >-
  Short, on
  two lines.
lastmod: 04/05/2026
---
Text with a  trailing space 
and	a tab."""  # noqa: W291
FIXED = """\
---
title: A  # the headline
author: "Ada Example"   # who signs
date: 2026-03-17
# where it belongs
topics:
  - tariffs   # an alias
summary: >-
  Short, on
  two lines.
lastmod: 04/05/2026
---
Text with a  trailing space 
and	a tab.
"""  # noqa: W291
TOPICS = "tariffs: {aliases: [duties]}\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_fix_mends_and_reports_the_rest(folder: Path, end: str, mark: str) -> None:
    text = (mark + FOREIGN.replace("\n", end)).encode()
    write(folder, {"a.md": text, "topics.yml": TOPICS})
    (folder / "a.md").chmod(0o640)
    done = run("--fix")
    assert (folder / "a.md").read_bytes() == (mark + FIXED.replace("\n", end)).encode()
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640
    assert [row.split("[")[1].split("]")[0] for row in done.stdout.splitlines()[::2]] == [
        "unknown-key"
    ], "what is ambiguous stays, and is told"
    assert done.exit_code == 1
    rows = done.stderr.splitlines()
    assert rows[0] == "briefings/a.md:3:1: fixed: `byline` is now `author`"
    assert "briefings/a.md:4:7: fixed: 'March 17, 2026' is now 2026-03-17" in rows
    assert "briefings/a.md:7:5: fixed: the topic 'duties' is now 'tariffs'" in rows
    assert rows[-2:] == ["7 things fixed in 1 file", "1 error in 2 files of briefings"]
    before = tree(folder)
    again = run("--fix")
    assert tree(folder) == before, "twice is once"
    assert again.stderr == "1 error in 2 files of briefings\n"
    assert sorted(p.name for p in folder.iterdir()) == ["a.md", "topics.yml"], "nothing beside"


def test_forms_stay_whole(folder: Path) -> None:
    write(folder, {"a.md": FOREIGN, "topics.yml": TOPICS})
    assert [p["code"] for p in json.loads(run("--fix", "--format", "json").stdout)] == [
        "unknown-key"
    ]


def test_diff_shows_and_writes_nothing(folder: Path) -> None:
    write(folder, {"a.md": FOREIGN, "topics.yml": TOPICS})
    before = tree(folder)
    done = run("--diff")
    assert tree(folder) == before
    assert (done.exit_code, done.stderr) == (1, "7 things to fix in 1 file\n")
    subprocess.run(["git", "apply", "-"], cwd=folder.parent, input=done.stdout.encode(), check=True)
    assert (folder / "a.md").read_text() == FIXED
    clean = run("--diff")
    assert (clean.exit_code, clean.stdout, clean.stderr) == (0, "", "nothing to fix\n")
    assert run("--diff", "--format", "json").exit_code == 2


def test_what_one_file_says_of_another_is_mended_in_one_run(folder: Path) -> None:
    # That one topic is spelt in two ways shows only once the key of the one is `topics`.
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}---\nText.\n".replace("topics", "tags")})
    write(folder, {"b.md": f"---\ntitle: B\n{HEAD}---\nText.\n".replace("banks", "Banks")})
    done = run("--fix")
    assert done.exit_code == 0, done.stdout
    assert all("topics: [Banks]" in (folder / name).read_text() for name in ("a.md", "b.md"))
    assert "fixed" not in run("--fix").stderr


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_crash_leaves_the_file_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write(folder, {"a.md": FOREIGN, "topics.yml": TOPICS})

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    done = run("--fix")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "No space left" in done.stderr
    assert tree(folder) == {"a.md": FOREIGN.encode(), "topics.yml": TOPICS.encode()}


def test_a_file_that_somebody_else_writes_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.md": FOREIGN, "topics.yml": TOPICS})
    beside = writing._beside

    def meanwhile(path: Path, text: str) -> Path:
        (folder / "a.md").write_text("an editor's new text\n")
        return beside(path, text)

    monkeypatch.setattr(writing, "_beside", meanwhile)
    done = run("--fix")
    assert done.exit_code == 3
    assert (folder / "a.md").read_text() == "an editor's new text\n"


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(FOREIGN)
    (folder / "a.md").symlink_to(tmp_path / "outside.md")
    run("--fix")
    assert (tmp_path / "outside.md").read_text() == FOREIGN


def page(title: str, more: str = "", text: str = "Text.") -> str:
    return f"---\ntitle: {title}\n{HEAD}{more}---\n{text}\n"


LONG = "\n".join(f"Line {n} of a text that git knows again." for n in range(9))


@pytest.mark.parametrize("known", [True, False], ids=["git mv", "mv"])
def test_a_renamed_file_keeps_its_old_address(folder: Path, known: bool) -> None:
    repo = Repo(folder.parent)
    repo.commit("first", briefings__old=page("A", text=LONG))
    if known:
        repo.git("mv", "briefings/old.md", "briefings/new.md")
    else:
        (folder / "old.md").rename(folder / "new.md")
    done = run("--fix")
    assert done.exit_code == 0, done.stdout
    assert (folder / "new.md").read_text() == page(
        "A", "aliases: [briefings/2026/old/]\n", text=LONG
    )
    before = tree(folder)
    run("--fix")
    assert tree(folder) == before
    repo.commit("second")
    repo.git("mv", "briefings/new.md", "briefings/newer.md")
    assert run("--fix").exit_code == 0
    assert (
        "aliases: [briefings/2026/old/, briefings/2026/new/]\n" in (folder / "newer.md").read_text()
    )


def test_a_changed_slug_or_year_keeps_the_old_address(folder: Path) -> None:
    repo = Repo(folder.parent)
    repo.commit("first", briefings__a=page("A"), briefings__b=page("B"), briefings__c=page("C"))
    repo.write("briefings/a.md", page("A", "slug: ay\n"))
    repo.write("briefings/b.md", page("B").replace("2026-", "2025-"))
    repo.write("briefings/c.md", page("C", "draft: true\n"))
    assert run("--fix").exit_code == 0
    assert "\naliases: [briefings/2026/a/]\n" in (folder / "a.md").read_text()
    assert "\naliases: [briefings/2026/b/]\n" in (folder / "b.md").read_text()
    assert "aliases" not in (folder / "c.md").read_text(), "a draft has no address"


def test_an_address_that_was_given_away_is_not_taken_back(folder: Path) -> None:
    repo = Repo(folder.parent)
    repo.commit("first", briefings__old=page("A", text=LONG))
    repo.git("mv", "briefings/old.md", "briefings/new.md")
    repo.write("briefings/old.md", page("B", text="Quite another text."))
    repo.git("add", "--all")
    run("--fix")
    texts = [(folder / f"{name}.md").read_text() for name in ("old", "new")]
    assert not any("aliases" in text for text in texts)
    assert run().exit_code == 0


def test_fix_with_a_base_mends_only_what_the_branch_touched(folder: Path) -> None:
    repo = Repo(folder.parent)
    repo.commit("first", briefings__a=page("A").rstrip("\n"))
    repo.git("switch", "--quiet", "--create", "branch")
    repo.commit("second", briefings__b=page("B").rstrip("\n"))
    assert run("--fix", "--changed", "main").exit_code == 0
    assert (folder / "b.md").read_text() == page("B")
    assert (folder / "a.md").read_text() == page("A").rstrip("\n")


def test_the_real_command(folder: Path) -> None:
    write(folder, {"a.md": FOREIGN, "topics.yml": TOPICS})
    done = subprocess.run(
        [script("briefings"), "check", "--fix"],
        cwd=folder.parent,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "7 things fixed in 1 file" in done.stderr
    assert (folder / "a.md").read_text() == FIXED


def test_fix_adds_the_alias_that_the_ledger_asks_for(folder: Path) -> None:
    write(
        folder,
        {
            "a.md": f"---\ntitle: A\n{HEAD}---\nText.\n",
            "permalinks.lock": "2026-03-17 an-old-name briefings/2026/an-old-name/\n",
        },
    )
    assert "error[lost-address]" in run().stdout
    done = run("--fix")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "aliases: [briefings/2026/an-old-name/]" in (folder / "a.md").read_text()
