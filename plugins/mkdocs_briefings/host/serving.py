"""Serving a site on this machine: built again after each edit, and reloaded in the browser."""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from .admin import package_folders
from .events import options_of
from .publish import why_not
from .run import publish, show_log

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


class _Served:
    """A site in a folder that goes when the server ends."""

    def __init__(self, config_file: Path | None, dev_addr: str | None, folder: Path) -> None:
        self.folder = folder
        self._file = str(config_file) if config_file else None
        self._given: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
        self.url = ""
        self._told = ""

    def configured(self) -> MkDocsConfig:
        """The options as they are written now."""
        config = load_config(self._file, site_dir=str(self.folder), **self._given)
        if "briefings" not in config.plugins:
            raise ConfigurationError("mkdocs.yml: add 'briefings' to plugins")
        config.site_url = self.url or config.site_url
        return config

    def build(self, config: MkDocsConfig | None = None) -> None:
        """Bring the folder up to date."""
        config = config or self.configured()
        reason = why_not(config)
        if reason:
            if reason != self._told:
                log.info("%s", reason)
                self._told = reason
            build(config, serve_url=self.url)
            return
        # Readers of a served site are few and reload: it is changed in its place.
        done = publish(config, None)
        log.info("%s pages new or changed", done.rendered)

    def missing(self, code: int) -> bytes | None:
        """What is answered in the place of a page that is not there."""
        page = self.folder / f"{code}.html"
        return page.read_bytes() if code == 404 and page.is_file() else None


def _serve(site: _Served, *, open_in_browser: bool) -> None:
    config = site.configured()
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        host, port = config.dev_addr
        server = LiveReloadServer(
            builder=site.build,
            host=host,
            port=port,
            root=str(site.folder),
            mount_path=urlsplit(config.site_url or "/").path,
        )
        server.error_handler = site.missing
        config.site_url = site.url = server.url
        site.build(config)
        watched = [config.docs_dir, config.config_file_path, config.theme.custom_dir, *config.watch]
        watched += package_folders(config, options_of(config).admin)
        for path in filter(None, watched):
            server.watch(path)
        server = config.plugins.on_serve(server, config=config, builder=site.build)
        try:
            server.serve(open_in_browser=open_in_browser)
        except OSError as error:
            raise click.UsageError(f"cannot listen at {host}:{port}: {error.strerror}") from error
        except KeyboardInterrupt:
            log.info("Shutting down...")
        finally:
            server.shutdown()
    finally:
        config.plugins.on_shutdown()
