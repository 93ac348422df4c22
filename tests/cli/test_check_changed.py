"""`briefings check --changed BASE`: what a branch touched, and what that caused elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ..making import NOW, script
from ..repos import Repo
from .test_check import HEAD, folder, run

__all__ = ["folder"]  # the fixture

LONG = "\n".join(f"Line {n} of a text that git knows again." for n in range(9))


def page(title: str, text: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\n{HEAD}{more}---\n{text}\n"


@pytest.fixture
def repo(folder: Path) -> Repo:
    """On `main` a page with a fault of old and two that are linked; then a branch of its own."""
    made = Repo(folder.parent)
    made.write("briefings/topics.yml", "banks:\nports:\n")
    made.commit(
        "first",
        briefings__faulty=page("Old", "See [[nowhere]]."),
        briefings__goal=page("Goal", LONG),
        briefings__leads=page("Leads", "See [[goal]] and [it](goal.md#none)."),
    )
    made.git("switch", "--quiet", "--create", "branch")
    return made


def shown(*more: str) -> list[str]:
    """Path and code of each problem that is reported."""
    rows = run("--changed", "main", *more).stdout.splitlines()
    found = [row for row in rows if not row.startswith("  hint")]
    return [f"{row.split(':')[0]} {row.split('[')[1].split(']')[0]}" for row in found]


def test_nothing_touched_reports_nothing(repo: Repo) -> None:
    done = run("--changed", "main")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "no problems in 0 files of briefings that changed since main\n"
    assert run().exit_code == 1, "though there are problems"


def test_a_touched_file_is_reported_whole(repo: Repo) -> None:
    repo.commit("new", briefings__new=page("New", "See [[nowhere]]."))
    assert shown() == ["briefings/new.md bad-link"]
    repo.commit("old", briefings__faulty=page("Old", "More.\n\nSee [[nowhere]]."))
    assert shown() == ["briefings/faulty.md bad-link", "briefings/new.md bad-link"]
    done = run("--changed", "main")
    assert done.exit_code == 1
    assert done.stderr.endswith("2 errors in 2 files of briefings that changed since main\n")


@pytest.mark.parametrize("state", ["untracked", "added", "committed"])
def test_what_is_not_committed_counts(repo: Repo, state: str) -> None:
    repo.write("briefings/new.md", page("New", "See [[nowhere]]."))
    if state != "untracked":
        repo.git("add", "--all")
    if state == "committed":
        repo.commit("new")
    assert shown() == ["briefings/new.md bad-link"]


def test_a_link_to_a_deleted_page_is_shown_where_it_stands(repo: Repo) -> None:
    repo.git("rm", "--quiet", "briefings/goal.md")
    # Its other link had a fault of its own before; now it has another one.
    assert shown() == ["briefings/leads.md bad-link", "briefings/leads.md bad-link"]
    assert run("--changed", "main").exit_code == 1


def test_a_link_to_a_renamed_page_is_shown_and_the_address_missed(repo: Repo) -> None:
    repo.git("mv", "briefings/goal.md", "briefings/aim.md")
    assert shown() == [
        "briefings/aim.md moved-address",
        "briefings/leads.md bad-link",
        "briefings/leads.md bad-link",
    ]
    # A wiki-link follows an old address; a path does not.
    assert shown("--fix") == ["briefings/leads.md bad-link"]
    assert "aliases: [briefings/2026/goal/]" in (repo.root / "briefings/aim.md").read_text()
    repo.commit("moved")
    assert shown() == ["briefings/leads.md bad-link"]


def test_a_topic_that_goes_is_missed_where_it_is_used(repo: Repo) -> None:
    repo.commit("ports only")
    repo.write("briefings/topics.yml", "ports:\n")
    assert shown() == [f"briefings/{name}.md unknown-topic" for name in ("faulty", "goal", "leads")]


def test_what_the_other_side_did_meanwhile_is_not_this_branch_s(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit("theirs", briefings__theirs=page("Theirs", "See [[nowhere]]."))
    repo.git("switch", "--quiet", "branch")
    repo.commit("ours", briefings__ours=page("Ours"))
    done = run("--changed", "main")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 file of briefings" in done.stderr


def test_options_of_then_are_those_of_then(repo: Repo) -> None:
    (repo.root / "mkdocs.yml").write_text(
        "docs_dir: briefings\nplugins: [{briefings: {permalink: '{slug}/'}}]\n"
    )
    # Every page has left its address; it is the branch that did it.
    assert shown() == [f"briefings/{n}.md moved-address" for n in ("faulty", "goal", "leads")]


def test_symbolic_links_and_line_ends_are_no_news(repo: Repo) -> None:
    (repo.root / "briefings/link.md").symlink_to("goal.md")
    repo.git("config", "core.autocrlf", "true")
    repo.git("switch", "--quiet", "main")
    repo.commit("a link")
    repo.git("switch", "--quiet", "branch")
    repo.git("merge", "--quiet", "main")
    (repo.root / "briefings/faulty.md").unlink()
    repo.git("checkout", "--", "briefings/faulty.md")
    assert b"\r\n" in (repo.root / "briefings/faulty.md").read_bytes()
    assert run().stdout.count("symbolic link") == 1
    assert shown() == []


def test_the_work_tree_and_the_index_are_left_alone(repo: Repo) -> None:
    repo.write("briefings/new.md", page("New"))
    repo.git("mv", "briefings/goal.md", "briefings/aim.md")
    before = repo.git("status", "--porcelain"), repo.git("stash", "list"), repo.head
    shown()
    assert (repo.git("status", "--porcelain"), repo.git("stash", "list"), repo.head) == before


@pytest.mark.parametrize("base", ["nothing", "-x", "--output=x", "main:briefings", ""])
def test_an_unknown_base(repo: Repo, base: str) -> None:
    done = run(f"--changed={base}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"git knows no commit '{base}'" in done.stderr
    assert "git fetch origin" in done.stderr
    assert not (repo.root / "x").exists()


def test_without_a_repository(folder: Path) -> None:
    done = run("--changed", "main")
    assert done.exit_code == 2
    assert "is not in a git repository" in done.stderr


def test_without_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = run("--changed", "main")
    assert done.exit_code == 2
    assert "git is not installed" in done.stderr
    assert "git" not in run("--fix").stderr, "mending goes without"


def test_without_a_commit(folder: Path) -> None:
    Repo(folder.parent)
    assert "git knows no commit 'main'" in run("--changed", "main").stderr
    assert "no commit yet" in run("--changed", "HEAD").stderr


def test_in_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.commit("ours", briefings__ours=page("Ours"))
    clone = tmp_path / "clone"
    address = f"file://{repo.root}"
    repo.git("clone", "--quiet", "--depth=1", "--no-single-branch", address, str(clone))
    done = run(str(clone / "briefings"), "--changed", "origin/main")
    assert done.exit_code == 2
    assert "shallow" in done.stderr
    assert "fetch-depth: 0" in done.stderr
    done = run(str(clone / "briefings"), "--changed", "nothing")
    assert "shallow" in done.stderr


def test_without_a_common_commit(repo: Repo) -> None:
    repo.git("switch", "--quiet", "--orphan", "other")
    repo.commit("another beginning", briefings__x=page("X"))
    assert "no commit in common" in run("--changed", "main").stderr


def test_in_a_clone_without_the_files_of_then(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("ours", briefings__goal=page("Goal", "Quite another text."))
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--filter=blob:none", f"file://{repo.root}", str(clone))
    done = run(str(clone / "briefings"), "--changed", "origin/main")
    assert done.exit_code == 2, "rather than problems that are none"
    assert "git" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_tree_that_climbs_writes_nothing_outside(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git checks names when it checks out, not when it lists."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    repo.write("evil.txt", "out\n")
    blob = repo.git("hash-object", "-w", "evil.txt")

    def tree(row: str) -> str:
        done = subprocess.run(
            ["git", "mktree"], cwd=repo.root, input=row.encode(), capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    inner = tree(f"100644 blob {blob}\tevil.md\n")
    for _ in range(3):
        inner = tree(f"040000 tree {inner}\t..\n")
    top = tree(f"040000 tree {inner}\tbriefings\n")
    evil = repo.git("commit-tree", top, "-m", "evil")
    ours = repo.git("commit-tree", "HEAD^{tree}", "-p", evil, "-m", "ours")
    repo.git("reset", "--quiet", "--soft", ours)
    done = run("--changed", evil)
    assert "Traceback" not in done.stderr
    assert done.exit_code == 1, done.stderr
    assert not list(tmp_path.rglob("evil.md"))
    assert not list(place.iterdir()), "and nothing is left"


def test_the_language_of_then(repo: Repo) -> None:
    config = repo.root / "mkdocs.yml"
    config.write_text("docs_dir: briefings\nplugins: [{briefings: {lang: en}}]\n")
    repo.commit("options")
    assert shown() == []
    config.write_text(config.read_text().replace("lang: en", "lang: es"))
    assert shown() == []


def test_a_hook_s_environment_changes_nothing(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repo(tmp_path / "other")
    other.commit("x")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    done = run("--changed", "main")
    assert done.exit_code == 0, done.stderr


def test_the_content_at_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo(tmp_path / "top")
    repo.commit("first", old=page("A", LONG), faulty=page("B", "See [[nowhere]]."))
    shutil.move(repo.root / "old.md", repo.root / "new.md")
    done = subprocess.run(
        [script("briefings"), "check", ".", "--changed", "HEAD", "--format", "github"],
        cwd=repo.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [row for row in done.stdout.splitlines() if ".git" not in row]
    assert len(rows) == 1, done.stdout
    assert rows[0].startswith("::error file=new.md,line=1,col=1,title=moved-address::")


def test_the_ledger_only_grows(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    gone = "2026-03-17 gone briefings/2026/gone/\n"
    repo.write("briefings/permalinks.lock", gone)
    repo.write("briefings/former.yml", "briefings/2026/gone/: {to: briefings/2026/goal/}\n")
    repo.commit("ledger")
    repo.git("switch", "--quiet", "--create", "other")
    assert shown() == []
    repo.commit("less", briefings__new=page("New"))
    repo.write("briefings/permalinks.lock", "")
    assert "briefings/permalinks.lock bad-ledger" in shown()
