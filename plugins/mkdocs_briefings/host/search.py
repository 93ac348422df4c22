"""The search index of a build: made before a build says that it is done, or, while somebody
writes, behind the pages that are shown at once."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..publishing.search.engine import Engine, Job, SearchError, Stopped
from .indexing import PUBLISHED_INDEX, SERVED_INDEX

# What an index is made of is imported where one is made: a site without search needs none of it.
if TYPE_CHECKING:
    from ..publishing.search.index import Again, Files, Index

    Wanted = Callable[[Again], Index]
    """Gathers what is to be indexed: a second of work for an archive, so where it is not waited
    for."""

Log = logging.LoggerAdapter[Any] | logging.Logger


class SearchIndex:
    """Makes the index of a site, again and again while it is served."""

    def __init__(self) -> None:
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._made = ""
        """Fingerprint of the index that stands beside the served pages."""
        self._parts: dict[str, Files] = {}
        """Its parts, and their words, by their keys: the next takes over what did not change."""

    def publish(self, wanted: Wanted, engine: Engine, folder: Path, log: Log, again: Again) -> None:
        """Make an index now and write it into a site's folder, or say why there is none."""
        from ..publishing.search.index import make

        try:
            files = make(wanted(again), Job(engine), again)
        except SearchError as error:
            tell(log, error)
            return
        _write({f"{PUBLISHED_INDEX}{path}": files[path] for path in files}, folder)

    def refresh(self, wanted: Wanted, engine: Engine, folder: Path, log: Log) -> None:
        """Make an index behind a served site, in a thread; one of an older build is stopped.

        Until the new index is there, the old one is searched.
        """
        self.close()
        self._job = Job(engine)
        self._thread = threading.Thread(
            target=self._remake,
            args=(wanted, self._job, folder, log),
            name="search-index",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop what is being made and wait until nothing more is written."""
        if self._job and self._thread:
            self._job.stop()
            self._thread.join()
        self._job = self._thread = None

    def _remake(self, wanted: Wanted, job: Job, folder: Path, log: Log) -> None:
        """Put a new index in the place of the old one, unless they are the same."""
        from ..publishing.search.index import ABOUT, make

        place = folder / SERVED_INDEX
        used: dict[str, Files] = {}

        def again(key: str, make: Callable[[], Files]) -> Files:
            # Kept at once: this run may be stopped before the last part.
            used[key] = self._parts[key] = self._parts.get(key) or make()
            return used[key]

        try:
            whole = wanted(again)
            if whole.fingerprint == self._made and (place / ABOUT).exists():
                return
            files = make(whole, job, again)
            if not job.stopped and folder.is_dir():
                _exchange(files, place)
                self._made, self._parts = whole.fingerprint, used
        except Stopped:
            return
        except SearchError as error:
            tell(log, error)
        except OSError as error:
            # A server that ends takes its folder away; then there is nobody left to search.
            if folder.is_dir():
                log.warning("The search index was not written: %s", error)


def _exchange(files: Files, place: Path) -> None:
    """Write files beside a folder, then put them in its place."""
    beside, before = place.with_name(".search-new"), place.with_name(".search-old")
    for left in (beside, before):
        shutil.rmtree(left, ignore_errors=True)
    _write(files, beside)
    if place.exists():
        place.rename(before)
    beside.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def _write(files: Files, folder: Path) -> None:
    for parent in sorted({(folder / path).parent for path in files}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / path).write_bytes(content)


def tell(log: Log, error: SearchError) -> None:
    """Say that a site has no index."""
    log.warning("There is no search index, and the search page says so: %s", error)
