"""The history of files, read from real repositories."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.briefing import Briefing, Correction
from mkdocs_briefings.catalog.history import FileHistory
from mkdocs_briefings.host import history as reading
from mkdocs_briefings.host.git import Git
from mkdocs_briefings.host.history import commits, read_history

from ..linking.catalogs import briefing
from ..making import environment, tree
from ..repos import Repo

LONG = "".join(f"Line {n} of a text that is told.\n" for n in range(20))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def told(repo: Repo, folder: str = "b", **briefings: Briefing) -> Mapping[str, FileHistory]:
    read = read_history(repo.root / folder, briefings)
    assert read.note == ""
    return read.files


def subjects(history: FileHistory) -> list[str]:
    return [edit.subject for edit in history.edits]


def test_a_file_has_its_commits_newest_first(repo: Repo) -> None:
    first = repo.commit("Add f", "2026-05-01", b__f="one\n", b__g="g\n")
    repo.commit("Something else", "2026-05-02", other="x\n")
    second = repo.commit("Change f", "2026-05-03", b__f="two\n")
    repo.commit("Change g", "2026-05-04", b__g="h\n")
    files = told(repo)
    assert set(files) == {"f.md", "g.md"}
    f = files["f.md"]
    assert [(e.commit, e.day, e.subject) for e in f.edits] == [
        (second, date(2026, 5, 3), "Change f"),
        (first, date(2026, 5, 1), "Add f"),
    ]
    assert (f.path, f.version) == ("b/f.md", second)


def test_the_content_may_be_the_whole_repository_or_deep_in_it(repo: Repo) -> None:
    only = repo.commit("Add", f="f\n", a__b__g="g\n")
    assert {path: h.path for path, h in told(repo, ".").items()} == {
        "f.md": "f.md",
        "a/b/g.md": "a/b/g.md",
    }
    deep = told(repo, "a/b")["g.md"]
    assert (deep.path, deep.version) == ("a/b/g.md", only)


def test_the_day_is_the_committers_own(repo: Repo) -> None:
    repo.commit("Late on the coast", "2026-05-01T23:30:00-0800", b__f="f\n")
    with environment(TZ="Pacific/Kiritimati"):
        assert told(repo)["f.md"].edits[0].day == date(2026, 5, 1)


def test_what_is_not_committed_is_not_told(repo: Repo) -> None:
    only = repo.commit("Add f", b__f="f\n", b__g="g\n")
    repo.write("b/f.md", "changed\n")
    repo.write("b/new.md", "new\n")
    files = told(repo)
    assert set(files) == {"f.md", "g.md"}
    assert (subjects(files["f.md"]), files["f.md"].version) == (["Add f"], "")
    assert files["g.md"].version == only
    repo.git("add", "--all")
    assert told(repo) == files, "nor what is staged"


ODD = [
    "a b.md",
    "-f.md",
    "é漢.md",
    "quote\"'.md",
    "star*?[x].md",
    "line\nend.md",
    ":(top)x.md",
    "\\.md",
]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names_are_only_names(repo: Repo, name: str) -> None:
    name += ".md"
    repo.write(f"b/{name}", LONG)
    repo.commit("Add", b__other="o\n")
    (repo.root / "b" / name).rename(repo.root / "b" / f"z{name}")
    repo.commit("Rename", "2026-05-02")
    repo.write(f"b/z{name}", f"{LONG}more\n")
    last = repo.commit("Change", "2026-05-03")
    files = told(repo)
    assert set(files) == {f"z{name}", "other.md"}
    assert subjects(files[f"z{name}"]) == ["Change", "Rename", "Add"]
    assert files[f"z{name}"].version == last


def test_a_message_is_only_a_message(repo: Repo) -> None:
    hostile = "\x01 :100644 100644 a b M\t<b>x</b> \u202eevil"
    repo.commit(f"{hostile}\n\n:100644 x", b__f="f\n")
    repo.commit("é" * 5, "2026-05-02", b__f="g\n")
    assert subjects(told(repo)["f.md"]) == ["é" * 5, hostile]


def renamed_and_changed_on_two_branches(repo: Repo) -> None:
    """A branch edits a file under the name that it had before the other one renamed it."""
    repo.commit("Add", "2026-05-01", b__f=LONG)
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit("Change on the side", "2026-05-02", b__f=LONG.replace("Line 3", "Third"))
    repo.git("switch", "--quiet", "main")
    repo.git("mv", "b/f.md", "b/g.md")
    repo.commit("Rename", "2026-05-03")
    repo.merge("side", "Merge", "2026-05-04")


def name_used_again(repo: Repo) -> None:
    repo.commit("Add the old f", "2026-05-01", b__f=LONG)
    repo.git("mv", "b/f.md", "b/g.md")
    repo.commit("Call it g", "2026-05-02")
    repo.commit("Add another f", "2026-05-03", b__f="Something else.\n")
    repo.commit("Change that", "2026-05-04", b__f="Something else again.\n")


def gone_and_back(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__f=LONG)
    (repo.root / "b/f.md").unlink()
    repo.commit("Delete", "2026-05-02", b__x="x\n")
    repo.commit("Bring it back", "2026-05-03", b__f=LONG)


def name_of_a_file_that_is_gone(repo: Repo) -> None:
    """What was changed in a file that was deleted since is not the history of its namesake."""
    repo.commit("Add", "2026-05-01", b__f=LONG)
    repo.git("mv", "b/f.md", "b/g.md")
    repo.commit("Rename", "2026-05-02")
    repo.commit("Add a second f", "2026-05-03", b__f="Short.\n")
    repo.commit("Change the second f", "2026-05-04", b__f="Shorter.\n")
    (repo.root / "b/f.md").unlink()
    repo.commit("Delete it", "2026-05-05")


def renamed_back(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__f=LONG)
    repo.git("mv", "b/f.md", "b/g.md")
    repo.commit("Away", "2026-05-02")
    repo.git("mv", "b/g.md", "b/f.md")
    repo.commit("And back", "2026-05-03")


def swapped(repo: Repo) -> None:
    repo.commit("Add both", "2026-05-01", b__f=LONG, b__g=LONG.replace("Line", "Row"))
    for a, b in (("f", "x"), ("g", "f"), ("x", "g")):
        repo.git("mv", f"b/{a}.md", f"b/{b}.md")
    repo.commit("Swap", "2026-05-02")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            renamed_and_changed_on_two_branches,
            {"g.md": ["Merge", "Rename", "Change on the side", "Add"]},
        ),
        (
            name_used_again,
            {"f.md": ["Change that", "Add another f"], "g.md": ["Call it g", "Add the old f"]},
        ),
        (gone_and_back, {"f.md": ["Bring it back", "Add"], "x.md": ["Delete"]}),
        (name_of_a_file_that_is_gone, {"g.md": ["Rename", "Add"]}),
        (renamed_back, {"f.md": ["And back", "Away", "Add"]}),
        # Git tells a swap as two changes: names that stay are not looked for elsewhere.
        (swapped, {"f.md": ["Swap", "Add both"], "g.md": ["Swap", "Add both"]}),
    ],
    ids=lambda value: value.__name__.replace("_", " ") if callable(value) else "",
)
def test_files_are_followed(
    repo: Repo, make: Callable[[Repo], None], expected: dict[str, list[str]]
) -> None:
    make(repo)
    files = told(repo)
    assert {path: subjects(history) for path, history in files.items()} == expected
    for path, history in files.items():
        shown = repo.git("show", f"{history.version}:{history.path}")
        assert shown == (repo.root / "b" / path).read_text(encoding="utf-8").strip()


def test_a_merge_is_an_edit_only_where_it_made_a_new_text(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__f=LONG, b__g="g\n")
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit("Side", "2026-05-02", b__f=LONG.replace("Line 1 ", "First "), b__g="side\n")
    repo.git("switch", "--quiet", "main")
    repo.commit("Main", "2026-05-03", b__f=LONG.replace("Line 19", "Last"))
    merge = repo.merge("side", "Merge", "2026-05-04")
    files = told(repo)
    assert subjects(files["f.md"]) == ["Merge", "Main", "Side", "Add"]
    assert files["f.md"].version == merge
    assert subjects(files["g.md"]) == ["Side", "Add"]


def test_what_a_merge_gave_up_is_not_the_version(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__f="one\n", b__g="g\n")
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit("Newer, and given up", "2026-05-09", b__f="two\n", b__g="h\n")
    repo.git("switch", "--quiet", "main")
    kept = repo.commit("Older, and kept", "2026-05-02", b__f="three\n")
    repo.git("merge", "--quiet", "--no-ff", "--strategy-option=ours", "--message=M", "side")
    assert told(repo)["f.md"].version == kept


# Where there is none -------------------------------------------------------------------------


def test_without_a_repository_or_a_commit_there_is_nothing_to_say(
    tmp_path: Path, repo: Repo
) -> None:
    (tmp_path / "plain").mkdir()
    (repo.root / "b").mkdir()
    for folder in (tmp_path / "plain", repo.root / "b", tmp_path / "missing"):
        assert read_history(folder, {}) == read_history(tmp_path / "plain", {})
        assert (dict(read_history(folder, {}).files), read_history(folder, {}).note) == ({}, "")


def test_without_git_there_is_nothing_to_say(repo: Repo) -> None:
    repo.commit("Add", b__f="f\n")
    with environment(PATH=""):
        read = read_history(repo.root / "b", {})
    assert (dict(read.files), read.note) == ({}, "")


def test_a_folder_that_git_ignores_has_none(repo: Repo) -> None:
    repo.write(".gitignore", "b/\n")
    repo.commit("Add", b__f="f\n", c__g="g\n")
    assert told(repo) == {}


def test_a_part_of_the_history_is_none(repo: Repo, tmp_path: Path) -> None:
    repo.commit("One", b__f="1\n")
    repo.commit("Two", b__f="2\n")
    repo.git("clone", "--quiet", "--depth=1", repo.root.as_uri(), str(tmp_path / "shallow"))
    read = read_history(tmp_path / "shallow" / "b", {})
    assert (dict(read.files), "fetch it whole" in read.note) == ({}, True)
    repo.git("clone", "--quiet", repo.root.as_uri(), str(tmp_path / "partial"))
    partial = Repo(tmp_path / "partial")
    assert told(partial)
    # As `clone --filter` leaves it: what is missing would be fetched when asked for.
    partial.git("config", "remote.origin.promisor", "true")
    read = read_history(partial.root / "b", {})
    assert (dict(read.files), "fetch it whole" in read.note) == ({}, True)


def test_a_folder_that_looks_like_a_repository_is_not_one(repo: Repo, tmp_path: Path) -> None:
    """A contributor's folder must not bring a configuration, in which commands may stand."""
    inner = Repo(tmp_path / "inner")
    inner.commit("Add", f="f\n")
    folder, marker = repo.root / "b", tmp_path / "ran"
    shutil.copytree(inner.root / ".git", folder)
    repo.write("b/f.md", "g\n")
    repo.write("b/info/attributes", "* filter=evil\n")
    for name, value in (
        ("core.bare", "false"),
        ("core.worktree", str(folder)),
        ("filter.evil.clean", f"touch '{marker}'; cat"),
    ):
        repo.git("config", "--file", "b/config", name, value)
    assert dict(read_history(folder, {}).files) == {}
    assert not marker.exists()
    repo.git("-C", "b", "status")
    assert marker.exists(), "the command would have run"


# The same on every machine -------------------------------------------------------------------

SETTINGS = """\
[color]
ui = always
[diff]
renames = copies
relative = true
noprefix = true
renameLimit = 1
orderFile = /nowhere
[log]
showRoot = false
showSignature = true
follow = true
mailmap = true
diffMerges = off
[core]
quotePath = false
pager = false
[i18n]
logOutputEncoding = latin1
[status]
relativePaths = true
branch = true
short = true
renames = copies
"""


def test_nobodys_settings_change_what_is_told(repo: Repo, tmp_path: Path) -> None:
    renamed_and_changed_on_two_branches(repo)
    repo.commit("Über é", "2026-05-06", b__h="h\n")
    repo.write("b/h.md", "changed\n")
    plain = told(repo)
    (tmp_path / "config").write_text(SETTINGS, encoding="utf-8")
    other = Repo(tmp_path / "other")
    other.commit("Other", b__f="other\n")
    with environment(
        GIT_CONFIG_GLOBAL=str(tmp_path / "config"),
        GIT_DIR=str(other.root / ".git"),
        GIT_INDEX_FILE=str(other.root / ".git" / "index"),
        TZ="America/Los_Angeles",
        LC_ALL="C",
    ):
        assert told(repo) == plain


def test_a_clone_elsewhere_tells_the_same(repo: Repo, tmp_path: Path) -> None:
    renamed_and_changed_on_two_branches(repo)
    repo.git("clone", "--quiet", repo.root.as_uri(), str(tmp_path / "elsewhere"))
    repo.git("gc", "--quiet")
    assert told(Repo(tmp_path / "elsewhere")) == told(repo)


def test_nothing_is_written(repo: Repo) -> None:
    repo.commit("Add", b__f="f\n")
    # As after a checkout: the index would be refreshed.
    os.utime(repo.root / "b/f.md", (1_000_000_000, 1_000_000_000))
    before = tree(repo.root)
    assert told(repo)["f.md"].version
    assert tree(repo.root) == before


# What editors logged -------------------------------------------------------------------------


def text(*corrections: str, updated: str = "", body: str = "The rate is 3 percent.") -> str:
    lines = ["---", "title: Rates held", "date: 2026-05-01"]
    lines += [f"updated: {updated}"] if updated else []
    lines += ["corrections:", *corrections] if corrections else []
    return "\n".join([*lines, "---", body, ""])


FIVE = '  - {date: 2026-05-05, text: "It was 4 percent; it is 3."}'
FIVE_TURNED = "  - text: >-\n      It was 4 percent;\n      it is 3.\n    date: 2026-05-05"
SEVEN = "  - {date: 2026-05-07, text: The bank is another.}"


def rates(updated: date | None = None) -> Briefing:
    return briefing(
        "rates",
        path="rates.md",
        updated=updated,
        corrections=(
            Correction(date=date(2026, 5, 5), text="It was 4 percent; it is 3."),
            Correction(date=date(2026, 5, 7), text="The bank is another."),
        ),
    )


def test_a_logged_change_leads_to_the_commit_that_brought_it(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__rates=text())
    repo.commit("Fix a comma", "2026-05-05", b__rates=text(body="The rate, then."))
    five = repo.commit("Correct", "2026-05-06", b__rates=text(FIVE))
    repo.commit("Break lines", "2026-05-08", b__rates=text(FIVE_TURNED))
    seven = repo.commit("Correct", "2026-05-09", b__rates=text(FIVE_TURNED, SEVEN))
    repo.git("mv", "b/rates.md", "b/held.md")
    repo.commit("Rename", "2026-05-10")
    held = briefing("held", path="held.md", corrections=rates().corrections)
    found = told(repo, rates=held)["held.md"].logged
    assert found == {
        ("correction", date(2026, 5, 5), "It was 4 percent; it is 3."): five,
        ("correction", date(2026, 5, 7), "The bank is another."): seven,
    }


def test_what_the_first_version_said_has_no_change_to_show(repo: Repo) -> None:
    """An archive that moved in: its corrections are older than its repository."""
    repo.commit("Import", "2026-06-01", b__rates=text(FIVE, updated="2026-05-06"))
    last = repo.commit("Correct", "2026-06-02", b__rates=text(FIVE, SEVEN, updated="2026-05-06"))
    found = told(repo, rates=rates(date(2026, 5, 6)))["rates.md"].logged
    assert found == {("correction", date(2026, 5, 7), "The bank is another."): last}


def test_an_update_is_found_by_its_day(repo: Repo) -> None:
    repo.commit("Add", "2026-05-01", b__rates=text())
    repo.commit("Update", "2026-05-02", b__rates=text(updated="2026-05-02"))
    second = repo.commit("Update", "2026-05-04", b__rates=text(updated="2026-05-03"))
    repo.commit("Mend a word", "2026-05-05", b__rates=text(updated="2026-05-03", body="x"))
    found = told(repo, rates=rates(date(2026, 5, 3)))["rates.md"].logged
    assert found == {("update", date(2026, 5, 3), ""): second}


@pytest.mark.parametrize(
    "version",
    ["", "no front matter\n", "---\ntitle: [\n---\n", "---\nupdated: {a: b}\n---\n",
     "---\ncorrections: [x, {date: 2026-13-45, text: y}, {date: z}]\n---\n",
     "---\na: &a [x]\nb: *a\n---\n", "\x00\ufffe"],
)  # fmt: skip
def test_versions_that_cannot_be_read_say_nothing(repo: Repo, version: str) -> None:
    repo.commit("Add", "2026-05-01", b__rates="x\n")
    repo.commit("Break", "2026-05-02", b__rates=version)
    mended = repo.commit("Mend", "2026-05-03", b__rates=text(FIVE))
    found = told(repo, rates=rates())["rates.md"].logged
    assert found == {("correction", date(2026, 5, 5), "It was 4 percent; it is 3."): mended}


def test_what_is_read_while_a_commit_is_made_is_of_none(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repo.commit("Add f", b__f="one\n")
    repo.commit("Change f", "2026-05-02", b__f="two\n")
    repo.write("b/f.md", "three\n")
    folder, real = repo.root / "b", reading.changed

    def meanwhile(git: Git, prefix: str) -> frozenset[str]:
        repo.commit("Change f again", "2026-05-03")
        return real(git, prefix)

    committed = read_history(folder, {}).committed
    assert committed is not None
    assert committed.prefix == "b/"
    assert committed.changed == {"f.md"}
    assert [v.edit.commit for v in committed.files["f.md"].versions] == [committed.commit, first]
    with monkeypatch.context() as patch:
        patch.setattr(reading, "changed", meanwhile)
        assert read_history(folder, {}).committed is None
    assert read_history(folder, {}).committed is not None


def test_a_log_without_a_commit_has_none() -> None:
    assert list(commits(b"")) == []
