"""Running MkDocs from our own commands, with its plugins' start and stop events."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import click
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from .progress import Advance, Steps


def run_build(
    config_file: Path | None,
    site_dir: Path | None,
    *,
    strict: bool,
    quiet: bool,
    advance: Advance,
) -> int:
    """Build once; gives the exit code: 0 fine, 1 errors in content, 2 a wrong mkdocs.yml."""
    started = time.monotonic()
    _log(logging.WARNING if quiet else logging.INFO)
    given: dict[str, Any] = {"strict": strict or None}
    if site_dir:
        given["site_dir"] = str(site_dir.resolve())
    try:
        config = load_config(str(config_file) if config_file else None, **given)
    except ConfigurationError as error:
        click.echo(str(error), err=True)
        return 2
    except Abort:  # MkDocs has said what is wrong with the options.
        return 2
    if "briefings" not in config.plugins:
        # The theme cannot show pages without it, and MkDocs would empty the site's folder first.
        click.echo("mkdocs.yml: add 'briefings' to plugins", err=True)
        return 2
    # Imported here: the plugin imports this package.
    from ..plugin import BriefingsPlugin

    config.plugins.on_startup(command="build", dirty=False)
    try:
        plugin = config.plugins["briefings"]
        assert isinstance(plugin, BriefingsPlugin)
        plugin.steps = Steps(advance)
        build(config)
    except ConfigurationError as error:
        click.echo(str(error), err=True)
        return 2
    except Abort:
        return 1
    finally:
        config.plugins.on_shutdown()
    pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
    click.echo(f"{pages} pages in {time.monotonic() - started:.1f} s: {config.site_dir}", err=True)
    return 0


def run_serve(config_file: Path | None, dev_addr: str | None, *, open_in_browser: bool) -> None:
    """Serve until interrupted.

    Raises:
        click.UsageError: If mkdocs.yml is wrong or the address is taken.
    """
    _log(logging.INFO)
    given: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
    try:
        serve(
            str(config_file) if config_file else None,
            livereload=True,
            open_in_browser=open_in_browser,
            **given,
        )
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    except Abort as error:
        raise SystemExit(1) from error


def _log(level: int) -> None:
    """Show MkDocs' log as its own command does, without its colours."""
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
        log.addHandler(handler)
