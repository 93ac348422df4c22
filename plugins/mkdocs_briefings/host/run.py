"""Running MkDocs from our own commands, with its plugins' start and stop events."""

from __future__ import annotations

import logging
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import CountHandler

from ..building.codec import fingerprint
from ..building.lock import LockedError, locked
from ..building.publication import Publication, can_move
from ..building.workers import Pool, PoolError
from ..composing.batch import PageError
from .pages import over_bound
from .progress import Advance, Steps
from .publish import Publishing, why_not
from .reuse import Reuse, cache_folder, own_folder

if TYPE_CHECKING:
    from ..plugin import BriefingsPlugin

log = get_plugin_logger("briefings")


def run_build(
    config_file: Path | None,
    site_dir: Path | None,
    *,
    strict: bool,
    quiet: bool,
    advance: Advance,
    pool: Pool | None = None,
) -> int:
    """Build once, with the pool's help where pages are many; gives the exit code: 0 fine, 1 errors
    in content, 2 a wrong mkdocs.yml or a build that could not begin or end."""
    started = time.monotonic()
    show_log(logging.WARNING if quiet else logging.INFO)
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
    config.plugins.on_startup(command="build", dirty=False)
    try:
        _ours(config).steps = Steps(advance)
        with locked(_lock(config, site_dir)):
            told = _build(config, site_dir, pool)
    except (ConfigurationError, LockedError) as error:
        click.echo(str(error), err=True)
        return 2
    except Abort:
        return 1
    except (OSError, PoolError) as error:
        click.echo(f"nothing was published: {error}", err=True)
        return 2
    except PageError as error:
        if not isinstance(error.__cause__, TemplateError):
            raise
        click.echo(f"nothing was published: {error}", err=True)
        return 2
    finally:
        config.plugins.on_shutdown()
    click.echo(f"{told} in {time.monotonic() - started:.1f} s: {config.site_dir}", err=True)
    return 0


def _ours(config: MkDocsConfig) -> BriefingsPlugin:
    # Imported here: the plugin imports this package.
    from ..plugin import BriefingsPlugin

    plugin = config.plugins["briefings"]
    assert isinstance(plugin, BriefingsPlugin)
    return plugin


def _lock(config: MkDocsConfig, site_dir: Path | None) -> Path:
    """The lock of what is written: builds into other folders may run beside."""
    name = f"-{fingerprint(config.site_dir)[:12]}" if site_dir else ""
    return own_folder(cache_folder(config)) / f"lock{name}.sqlite3"


def _build(config: MkDocsConfig, site_dir: Path | None, pool: Pool | None) -> str:
    """Build in the way that the site allows; says what was made."""
    reason = why_not(config)
    if not reason:
        folder = Path(config.site_dir)
        # A folder that is named for one build has its twin beside it, and for that build alone.
        twin = (
            folder.with_name(f".{folder.name}.new") if site_dir else cache_folder(config) / "twin"
        )
        try:
            done = publish(config, twin if can_move(folder, twin.parent) else None, pool)
        finally:
            if site_dir:
                shutil.rmtree(twin, ignore_errors=True)
        return f"{len(done.pages) + 1} pages, {done.rendered} of them new or changed,"
    log.info("%s", reason)
    build(config)
    pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
    return f"{pages} pages"


def publish(config: MkDocsConfig, spare: Path | None, pool: Pool | None = None) -> Publishing:
    """Make what has changed and put it in place: as a whole, if there is a place for a spare site.

    Raises:
        Abort: If nothing was published; the log says why.
        OSError: If files cannot be written; what was published stays as it was.
        PoolError: If the pool has no workers; what was published stays as it was.
        PageError: If a page cannot be made; what was published stays as it was.
    """
    warnings = CountHandler()
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = config.plugins.on_config(config)
        plugin = _ours(config)
        site = plugin.site
        assert site is not None
        reuse = site.reuse or Reuse(None)
        known = (reuse.memory or reuse).store
        publication = Publication(Path(config.site_dir), spare, known)
        publishing = Publishing(site, config, publication, reuse, pool)
        publishing.run(plugin.steps, plugin.index, log)
        if config.strict and (counts := warnings.get_counts()):
            said = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
            raise Abort(f"Aborted with {said} in strict mode!")
        publication.finish()
        if site.chrome.serving:
            publishing.refresh_search(plugin.index, log)
        reuse.done()
    except BuildError as error:
        log.error(str(error))
        raise Abort("Aborted with a BuildError!") from error
    except PageError as error:
        if not error.source:
            raise
        log.error("%s", over_bound(config, error.source, str(error.__cause__)))
        raise Abort("nothing was published; errors in content: 1") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
    return publishing


def show_log(level: int) -> None:
    """Show MkDocs' log as its own command does, without its colours."""
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
        log.addHandler(handler)
