"""MkDocs' server with reloading, fit for large sites: told of edits by the system where it tells
of them, and able to show a page while the rest is made."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from ..building.mounts import file_system
from .progress import Newer

READS = frozenset([EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE])
"""What the system tells of a file that is read, as a build does: no edit."""
LOCAL = frozenset(
    ["bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"]
)
"""File systems of Linux that tell of all that happens to their files: those of this machine. What
others do in a shared folder, or outside of a container, the system does not see."""


class Reloading(LiveReloadServer):
    """MkDocs' server. Where all that is watched is on local disks, edits are told by the system at
    once; MkDocs looks at every file twice a second, which keeps a processor busy where they are
    thousands.

    Args:
        build: Brings what is served up to date.
        host: As `--dev-addr` says.
        port: The same.
        root: The folder that is served.
        mount: The path that it is served below.
        folders: Folders and files that will be watched.
    """

    def __init__(
        self,
        build: Callable[[], None],
        *,
        host: str,
        port: int,
        root: Path,
        mount: str,
        folders: Iterable[str],
    ) -> None:
        super().__init__(builder=build, host=host, port=port, root=str(root), mount_path=mount)
        if tells(folders):
            self.observer = Observer()  # type: ignore[assignment]
            schedule = self.observer.schedule

            def edits(handler: FileSystemEventHandler, path: str, *, recursive: bool) -> object:
                return schedule(_Edits(handler), path, recursive=recursive)

            self.observer.schedule = edits  # type: ignore[method-assign,assignment]

    def heed(self) -> None:
        """
        Raises:
            Newer: If there was an edit since the build began.
        """
        if self._want_rebuild:
            raise Newer

    def take(self) -> None:
        """The build that begins now has all edits so far. Waits until they have come to an end."""
        with self._rebuild_cond:
            while self._rebuild_cond.wait(timeout=self.build_delay):
                pass
            self._want_rebuild = False

    def reload(self) -> None:
        """Have browsers load their page again now, and no more at the end of the build."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = _moment()
            self._epoch_cond.notify_all()

    def reload_later(self) -> None:
        """Have browsers load their page again at the end of the build."""
        self._wanted_epoch = _moment()


class _Edits(FileSystemEventHandler):
    """Hands on what is no reading."""

    def __init__(self, handler: FileSystemEventHandler) -> None:
        self._handler = handler

    def dispatch(self, event: FileSystemEvent) -> None:
        if event.event_type not in READS:
            self._handler.dispatch(event)


def _moment() -> int:
    """The time as MkDocs' server counts it."""
    return round(time.monotonic() * 1000)


def tells(paths: Iterable[str]) -> bool:
    """Whether the system tells of edits in all of some folders, by whomever."""
    watched = list(paths)
    if sys.platform.startswith("linux") and not {file_system(Path(p)) for p in watched} <= LOCAL:
        return False
    # Of a watch that ends, as the one tried here does, the library says that it has ended.
    logging.getLogger("watchdog.observers.inotify").addFilter(_is_news)
    tried = Observer()
    try:
        for path in watched:
            tried.schedule(FileSystemEventHandler(), path, recursive=True)
        tried.start()
    except OSError:  # A folder is gone, or the system watches no more folders for us.
        return False
    tried.stop()
    tried.join()
    return True


def _is_news(record: logging.LogRecord) -> bool:
    return "thread is inactive" not in record.getMessage()
