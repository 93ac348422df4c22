"""Serving a site on this machine: built again after each edit, and reloaded in the browser."""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import get_plugin_logger

from .admin import package_folders
from .alone import why_not
from .early import Early, text_files
from .events import options_of
from .progress import Newer, Steps
from .publish import Publishing
from .reloading import Reloading
from .run import ours, publish
from .told import show_log

log = get_plugin_logger("briefings")


def run_serve(config_file: Path | None, dev_addr: str | None, *, open_in_browser: bool) -> None:
    """Serve until interrupted or told to end.

    Raises:
        click.UsageError: If mkdocs.yml is wrong or the address is taken.
    """
    show_log(logging.INFO)
    try:
        with _ended_softly(), _folder() as folder:
            _serve(_Served(config_file, dev_addr, folder), open_in_browser=open_in_browser)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    except Abort as error:
        raise SystemExit(1) from error


@contextmanager
def _ended_softly() -> Iterator[None]:
    """What ends this process with SIGTERM, as a manager of services does, interrupts it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="briefings-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


MOST_ENDED = 5
"""Builds in a row that newer edits may end: the rest of a site must be made at some time."""


class _Served:
    """A site in a folder that goes when the server ends."""

    def __init__(self, config_file: Path | None, dev_addr: str | None, folder: Path) -> None:
        self.folder = folder
        self._file = str(config_file) if config_file else None
        self._given: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
        self.server: Reloading | None = None
        self._told = ""
        self._early: Early | None = None
        self._files: Mapping[str, object] = {}
        """What briefings and pictures looked like before the last whole build."""
        self._ended = 0
        """Builds that newer edits have ended since the last whole one."""

    def configured(self) -> MkDocsConfig:
        """The options as they are written now."""
        config = load_config(self._file, site_dir=str(self.folder), **self._given)
        if "briefings" not in config.plugins:
            raise ConfigurationError("mkdocs.yml: add 'briefings' to plugins")
        if self.server:
            config.site_url = self.server.url
        return config

    def heed(self) -> None:
        """Let a build go when there is a newer edit that can be shown before."""
        if self.server and self._early and self._ended < MOST_ENDED:
            self.server.heed()

    def build(self) -> None:
        """Bring the folder up to date."""
        assert self.server
        shown: dict[str, bytes] = {}
        self._ended = 0
        while True:
            config = self.configured()
            reason = why_not(config)
            if reason:
                self._early = None
                if reason != self._told:
                    log.info("%s", reason)
                    self._told = reason
                build(config, serve_url=self.server.url)
                return
            content = Path(config.docs_dir)
            files = text_files(content)
            edited = {p for p in {*files, *self._files} if files.get(p) != self._files.get(p)}
            if not self._show(edited & files.keys(), shown) and self._ended:
                self._ended = MOST_ENDED  # What ended the last build cannot be shown before.
            try:
                # Readers of a served site are few and reload: it is changed in its place.
                done = publish(config, None)
            except Newer:
                self._ended += 1
                self.server.take()
                continue
            break
        self._early, self._files = Early(done, content), files
        log.info("%s pages new or changed", done.rendered)
        if shown and not (len(edited) == len(shown) and self._is_as_shown(shown, done)):
            self.server.reload_later()

    def _show(self, edited: Iterable[str], shown: dict[str, bytes]) -> bool:
        """Show what was edited before all is made again; adds to what is shown already, and tells
        whether there was anything to add."""
        if not (self._early and self.server):
            return False
        pages = self._early.show(sorted(edited))
        new = [path for path, page in pages.items() if shown.get(path) != page]
        shown |= pages
        if new:
            places = (path.removesuffix("index.html") for path in new)
            log.info("Shown while the rest is made: %s", ", ".join(places))
            self.server.reload()
        return bool(new)

    def _is_as_shown(self, shown: Mapping[str, bytes], done: Publishing) -> bool:
        """Whether a build has made no other page than what was shown before it."""
        places = {self.folder / path: page for path, page in shown.items()}
        same = all(at.is_file() and at.read_bytes() == page for at, page in places.items())
        return same and done.rendered <= len(shown)

    def missing(self, code: int) -> bytes | None:
        """What is answered in the place of a page that is not there."""
        page = self.folder / f"{code}.html"
        return page.read_bytes() if code == 404 and page.is_file() else None


def _serve(site: _Served, *, open_in_browser: bool) -> None:
    config = site.configured()
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        host, port = config.dev_addr
        own = [config.docs_dir, config.config_file_path, config.theme.custom_dir, *config.watch]
        watched = [path for path in own if path]
        watched += package_folders(config, options_of(config).admin)
        server = site.server = Reloading(
            site.build,
            host=host,
            port=port,
            root=site.folder,
            mount=urlsplit(config.site_url or "/").path,
            folders=watched,
        )
        server.error_handler = site.missing
        ours(config).steps = Steps(heed=site.heed)
        site.build()
        for path in watched:
            server.watch(path)
        served = config.plugins.on_serve(server, config=config, builder=site.build)
        try:
            served.serve(open_in_browser=open_in_browser)
        except OSError as error:
            raise click.UsageError(f"cannot listen at {host}:{port}: {error.strerror}") from error
        except KeyboardInterrupt:
            log.info("Shutting down...")
        finally:
            served.shutdown()
    finally:
        config.plugins.on_shutdown()
