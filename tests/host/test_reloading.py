"""The server that reloads browsers: what counts as an edit, and who tells of it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs_briefings.building.mounts import file_system
from mkdocs_briefings.host import reloading
from mkdocs_briefings.host.progress import Newer
from mkdocs_briefings.host.reloading import Reloading, tells
from watchdog.observers.polling import PollingObserver

PATIENCE = 30.0


@contextmanager
def running(folder: Path, build: Callable[[], None] = lambda: None) -> Iterator[Reloading]:
    """A server that watches a folder, on any free port."""
    root = folder.parent / "served"
    root.mkdir()
    server = Reloading(build, host="127.0.0.1", port=0, root=root, mount="/", folders=[str(folder)])
    server.watch(str(folder))
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        end = time.monotonic() + PATIENCE
        while not server.observer.is_alive():
            assert time.monotonic() < end
            time.sleep(0.01)
        yield server
    finally:
        server.shutdown(wait=True)
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    made.mkdir()
    (made / "a.md").write_text("A")
    return made


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux' list of mounts")
def test_what_the_system_tells_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever the tests are run on is taken for a local disk.
    monkeypatch.setattr(reloading, "LOCAL", frozenset([file_system(folder)]))
    assert tells([str(folder), str(folder / "a.md")])
    assert not tells([str(folder), "/proc"])
    assert not tells([str(folder), str(folder / "not-there")])
    monkeypatch.setattr(reloading, "LOCAL", frozenset())
    assert not tells([str(folder)])


@pytest.mark.parametrize("told", [True, False])
def test_only_edits_build_again(folder: Path, told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "tells", lambda folders: told)
    builds: list[str] = []
    built = threading.Event()

    def build() -> None:
        # As a build does: reading a file is told by the system, too.
        builds.append((folder / "a.md").read_text())
        built.set()

    with running(folder, build) as server:
        assert isinstance(server.observer, PollingObserver) is not told
        (folder / "a.md").read_text()
        assert not built.wait(1.5), "nothing was edited"
        (folder / "a.md").write_text("B, longer")
        assert built.wait(PATIENCE)
        built.clear()
        assert not built.wait(1.5), "the build read it, and nobody wrote"
        (folder / "new.md").write_text("new")
        assert built.wait(PATIENCE)
        built.clear()
        time.sleep(0.5)
        # As whoever wants another build does.
        (folder / "a.md").touch()
        assert built.wait(PATIENCE)
    assert builds[0] == "B, longer"


def test_an_edit_while_building_is_newer(folder: Path) -> None:
    seen: list[bool] = []
    entered, go, done = threading.Event(), threading.Event(), threading.Event()

    def build() -> None:
        entered.set()
        go.wait(PATIENCE)
        try:
            server.heed()
            seen.append(False)
        except Newer:
            seen.append(True)
            server.take()
            server.heed()
        done.set()

    with running(folder, build) as server:
        (folder / "a.md").write_text("B, longer")
        assert entered.wait(PATIENCE)
        (folder / "a.md").write_text("C, longer still")
        end = time.monotonic() + PATIENCE
        while not server._want_rebuild and time.monotonic() < end:
            time.sleep(0.01)
        go.set()
        assert done.wait(PATIENCE)
    assert seen[0] is True


def test_browsers_load_again_when_told(folder: Path) -> None:
    with running(folder) as server:
        first = server._visible_epoch
        time.sleep(0.01)
        server.reload()
        now = server._visible_epoch
        assert now > first
        # What the loop does at the end of a build makes no difference then …
        assert server._wanted_epoch == now
        time.sleep(0.01)
        server.reload_later()
        # … but when there is more to load.
        assert server._wanted_epoch > now == server._visible_epoch
