"""What is published changes as a whole, and no file is taken for what it is not."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.building import exchange as exchanging
from mkdocs_briefings.building import listing, publication
from mkdocs_briefings.building.exchange import exchange
from mkdocs_briefings.building.lock import LockedError, locked
from mkdocs_briefings.building.publication import Publication, can_move, is_whole
from mkdocs_briefings.building.store import Store


class Project:
    """A site, its twin, and what is known of both."""

    def __init__(self, root: Path, *, twin: bool = True) -> None:
        self.site = root / "site"
        self.twin = root / "cache" / "twin" if twin else None
        self.store = Store(None, "1")
        self.written = 0

    def begin(self, files: Mapping[str, str]) -> Publication:
        """A build up to the point where all is made; a file is made from its text."""
        publication = Publication(self.site, self.twin, self.store)
        for path, text in files.items():
            if not publication.keep(path, text):
                publication.write(path, text, text.encode())
        self.written = publication.written
        return publication

    def build(self, files: Mapping[str, str]) -> int:
        """A whole build; gives how many files it wrote, and checks what is published."""
        self.begin(files).finish()
        assert self.published() == dict(files)
        return self.written

    def published(self) -> dict[str, str]:
        found = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_text() for path in found}


@pytest.fixture(params=[True, False], ids=["twin", "in place"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    return Project(tmp_path, twin=request.param)


def wait_a_tick() -> None:
    """Until a folder that changes has another time, also of a system that counts coarsely."""
    time.sleep(0.02)


FILES = {"index.html": "1", "a/index.html": "2", "a/b/c.xml": "3"}


def test_only_what_changed_is_written(project: Project) -> None:
    assert project.build(FILES) == 3
    assert project.build(FILES) == 0
    assert project.build({**FILES, "a/index.html": "other"}) == 1
    assert project.build({**FILES, "a/index.html": "other"}) == 0
    assert project.build({"index.html": "1"}) == 0
    assert not (project.site / "a").exists(), "a folder without files goes"


def test_the_first_build_makes_the_twin(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.build(FILES)
    assert project.twin
    for path in FILES:
        assert (project.twin / path).samefile(project.site / path)
    build = project.begin({**FILES, "index.html": "other"})
    alone = [at for at in project.twin.rglob("*") if at.is_file() and at.stat().st_nlink == 1]
    assert alone == [project.twin / "index.html"]
    build.finish()
    assert project.published() == {**FILES, "index.html": "other"}


def test_a_first_build_that_is_killed_while_it_makes_the_twin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, link = Project(tmp_path), os.link

    def once(*paths: Any) -> None:
        link(*paths)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", once)
    with pytest.raises(KeyboardInterrupt):
        project.build(FILES)
    monkeypatch.setattr(os, "link", link)
    assert project.published() == FILES
    other = {path: f"{text} again" for path, text in FILES.items()}
    project.begin(other)
    assert project.published() == FILES, "what is linked is not written through"
    assert project.build(other) == 3


def test_where_files_cannot_be_linked_there_is_no_twin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*paths: Any) -> None:
        raise PermissionError(1, "no links here")

    project = Project(tmp_path)
    monkeypatch.setattr(os, "link", refused)
    project.build(FILES)
    assert project.twin
    assert not project.twin.exists()
    assert project.build({**FILES, "index.html": "other"}) == 3
    assert project.build(FILES) == 0, "that of two builds before"


def test_what_stood_before_is_found_in_the_twin(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.build(FILES)
    project.build({**FILES, "index.html": "other"})
    assert project.build(FILES) == 0, "the twin still has it"


def test_a_file_takes_the_place_of_a_folder_and_the_other_way(project: Project) -> None:
    project.build(FILES)
    project.build({"a": "a file"})
    project.build({"a/b": "a file", "index.html": "1"})
    project.build({"a/b/c/d": "deep"})
    project.build({"a/b": "a file"})


def test_a_link_to_a_folder_is_no_folder(project: Project, tmp_path: Path) -> None:
    """Nothing is written through it, and what it leads to stays as it is."""
    project.build(FILES)
    project.build({**FILES, "a/b/c.xml": "4"})
    at, elsewhere = project.twin or project.site, tmp_path / "elsewhere"
    (at / "a").rename(elsewhere)
    (at / "a").symlink_to(elsewhere)
    before = {path: path.read_text() for path in elsewhere.rglob("*") if path.is_file()}
    project.build({**FILES, "a/b/c.xml": "5"})
    assert not (project.site / "a").is_symlink()
    assert {path: path.read_text() for path in elsewhere.rglob("*") if path.is_file()} == before


def test_a_build_that_ends_early_changes_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.build(FILES)
    project.begin({**FILES, "index.html": "half", "new.html": "half"})
    assert project.published() == FILES
    project.build({**FILES, "index.html": "whole"})


@pytest.mark.parametrize("of", ["site", "twin"])
def test_what_somebody_touched_is_written_again(tmp_path: Path, of: str) -> None:
    project = Project(tmp_path)
    project.build(FILES)
    project.build({**FILES, "a/b/c.xml": "4"})
    assert project.twin
    folder = project.site if of == "site" else project.twin
    (folder / "index.html").write_text("!")
    (folder / "a" / "index.html").unlink()
    (folder / "stray.html").write_text("stray")
    project.build(FILES)
    project.build({**FILES, "a/b/c.xml": "4"})


def test_folders_that_nobody_touched_are_not_listed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody adds or removes is found all the same: it changes its folder."""
    texts = [{**FILES, "a/b/c.xml": str(number)} for number in range(6)]
    for number in (0, 1):
        project.build(texts[number])
    listed: list[Path] = []
    list_all = listing.listed

    def counted(folder: Path) -> listing.Listed:
        listed.append(folder)
        return list_all(folder)

    monkeypatch.setattr(publication, "listed", counted)
    for number in (2, 3):
        project.build(texts[number])
    assert listed == []
    at = project.twin or project.site
    (at / "a" / "stray.html").write_text("stray")
    project.build(texts[4])
    assert listed == [at]
    (at / "a" / "b" / "c.xml").write_text("changed in its place")
    (at / "a" / "index.html").unlink()
    (at / "a" / "index.html").symlink_to(at / "index.html")
    project.build(texts[5])
    assert listed == [at, at]


@pytest.mark.parametrize("folder", ["", "a", "a/b", "new"])
@pytest.mark.parametrize("stray", ["stray.html", "deep/stray.html", "empty/"])
@pytest.mark.parametrize("when", ["at work", "first listed"])
def test_what_comes_while_a_build_is_at_work_goes_with_a_later_one(
    project: Project, folder: str, stray: str, when: str
) -> None:
    """Into a folder that the build changes, one that it makes or any other."""
    if when == "at work":
        project.build(FILES)
        project.build({**FILES, "a/b/c.xml": "4"})
    files = {**FILES, "a/b/c.xml": "5", "new/index.html": "6"}
    build = project.begin(files)
    wait_a_tick()
    place = build.target / folder / stray
    place.parent.mkdir(exist_ok=True)
    place.mkdir() if stray.endswith("/") else place.write_text("stray")
    build.finish()
    assert not is_whole(project.store, project.site)
    for number in range(3):
        project.begin({**files, "index.html": str(number)}).finish()
    project.build(files)
    top = {project.site, *([project.twin] if project.twin else [])}
    assert [found for at in top for found in at.rglob(stray.strip("/"))] == []
    assert is_whole(project.store, project.site)


def test_only_folders_that_changed_are_listed_in_the_end(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build(FILES)
    project.build(FILES)
    wait_a_tick()
    listed: list[str] = []
    scan = os.scandir

    def counted(folder: Path) -> Any:
        listed.append(str(folder))
        return scan(folder)

    build = project.begin({**FILES, "a/index.html": "other", "new/index.html": "6"})
    monkeypatch.setattr(os, "scandir", counted)
    build.finish()
    assert sorted(listed) == [str(project.site / name) for name in ("", "a", "new")]


def test_a_folder_that_is_hidden_at_the_top_is_no_stray(tmp_path: Path) -> None:
    project = Project(tmp_path, twin=False)
    project.build(FILES)
    build = project.begin({**FILES, "index.html": "other"})
    (project.site / ".git" / "refs").mkdir(parents=True)
    build.finish()
    assert is_whole(project.store, project.site)
    project.begin(FILES).finish()
    assert (project.site / ".git" / "refs").is_dir()


def test_sites_in_two_folders_do_not_know_of_each_other(tmp_path: Path) -> None:
    one, other = Project(tmp_path / "one"), Project(tmp_path / "other", twin=False)
    other.store = one.store
    one.build(FILES)
    one.build({**FILES, "a/b/c.xml": "4"})
    assert other.build(FILES) == 3
    assert one.build(FILES) == 0
    assert other.build(FILES) == 0


def test_a_file_in_both_folders_is_never_written_through(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.build(FILES)
    project.build({**FILES, "index.html": "2nd"})
    assert project.twin
    # Linked from one to the other, as most files are.
    assert (project.site / "a/index.html").samefile(project.twin / "a/index.html")
    project.begin({**FILES, "a/index.html": "half"})
    assert project.published() == {**FILES, "index.html": "2nd"}


def test_nor_where_of_files_made_together_one_is_gone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.build({"index.html": "1"})
    parts = {"index/a": b"a", "index/b": b"b", "index/c": b"c"}
    building = project.begin({"index.html": "1"})
    building.write_all("part", "key", parts)
    building.finish()
    (project.site / "index/c").unlink()
    served = (project.site / "index/a").stat()
    building = project.begin({"index.html": "1"})
    assert not building.keep_all("part", "key")
    building.write_all("part", "next", {**parts, "index/a": b"new"})
    assert (project.site / "index/a").stat().st_mtime_ns == served.st_mtime_ns, "written through"
    assert not (project.site / "index/a").samefile(building.target / "index/a")
    building.finish()
    assert project.published() == {
        "index.html": "1",
        "index/a": "new",
        "index/b": "b",
        "index/c": "c",
    }


def test_of_files_made_together_those_are_written_that_changed(project: Project) -> None:
    parts = {"index/a": b"a", "index/b": b"b", "index/c": b"c"}
    for key, changed, written in (("1", b"a", 3), ("2", b"2", 1), ("3", b"3", 1), ("4", b"3", 0)):
        files = {**parts, "index/a": changed}
        building = project.begin({})
        assert not building.keep_all("part", key)
        building.write_all("part", key, files)
        building.finish()
        assert building.written == written
        assert project.published() == {path: data.decode() for path, data in files.items()}


def test_a_folder_that_somebody_else_changed_is_listed_next_time(project: Project) -> None:
    project.build(FILES)
    project.build(FILES)
    build = project.begin({**FILES, "index.html": "other"})
    (build.target / "a" / "stray").write_text("While the build was at work.")
    build.finish()
    assert not is_whole(project.store, project.site)
    for text in ("third", "fourth"):  # Of two folders either may be the one with the stray.
        project.build({**FILES, "index.html": text})
        published = project.published()
    assert "a/stray" not in published
    assert is_whole(project.store, project.site)


def test_what_is_dropped_is_not_published(project: Project) -> None:
    others = {"index.html": "1", "index-2": "1"}
    project.build({**others, "index/a/a": "1", "index/b": "1"})
    building = project.begin({**others, "index/a/a": "1", "index/c/c": "2"})
    building.drop("index")
    building.finish()
    assert project.published() == others
    assert not (project.site / "index").exists()
    building = project.begin({"index/a/a": "1"})
    building.drop("index")
    building.write("index/a/a", "3", b"3")
    building.finish()
    assert project.published() == {"index/a/a": "3"}


def test_what_is_hidden_is_somebody_elses(tmp_path: Path) -> None:
    project = Project(tmp_path, twin=False)
    project.build(FILES)
    (project.site / ".git").mkdir()
    (project.site / ".git" / "head").write_text("x")
    (project.site / ".nojekyll").write_text("")
    project.begin(FILES).finish()
    assert project.published() == {**FILES, ".git/head": "x", ".nojekyll": ""}


def test_which_folders_can_move(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    cache.mkdir()
    assert can_move(site, cache), "none is there yet"
    site.mkdir()
    assert can_move(site, cache)
    (site / ".git").mkdir()
    assert not can_move(site, cache), "hidden files would move along"
    link = tmp_path / "link"
    link.symlink_to(cache, target_is_directory=True)
    assert not can_move(link, cache)
    assert not can_move(tmp_path / "deep" / "site", tmp_path / "no-cache")


def too_new(one: Path, other: Path) -> None:
    raise OSError(errno.ENOSYS, "this system has no such call")


@pytest.mark.parametrize("in_one_call", [True, False])
def test_folders_change_places(
    tmp_path: Path, in_one_call: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not in_one_call:
        monkeypatch.setattr(exchanging, "_in_one_call", too_new)
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "x").write_text("1")
    (other / "x").write_text("2")
    exchange(one, other)
    assert ((one / "x").read_text(), (other / "x").read_text()) == ("2", "1")
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "nowhere")
    assert (one / "x").read_text() == "2"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]


def test_one_build_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "cache" / "lock.sqlite3"
    with locked(lock):
        held = pytest.raises(LockedError, match=f"process {os.getpid()}, since 20")
        with held, locked(lock):
            pass
    with locked(lock):
        pass


def test_a_lock_that_cannot_be_had_stops_nobody(tmp_path: Path) -> None:
    noise = tmp_path / "lock.sqlite3"
    noise.write_bytes(b"no database" * 1000)
    with locked(noise):
        pass
    (tmp_path / "file").write_text("")
    with locked(tmp_path / "file" / "lock.sqlite3"):
        pass
