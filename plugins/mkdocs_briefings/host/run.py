"""Running MkDocs from our own commands, with its plugins' start and stop events."""

from __future__ import annotations

import errno
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.plugins import get_plugin_logger

from ..building.lock import LockedError, locked
from ..building.publication import Publication, can_move
from ..building.workers import Pool, PoolError
from ..cli.report import FINE, LOCKED, MISUSE, PROBLEMS, SYSTEM
from ..composing.batch import PageError
from ..composing.bounds import BoundError
from ..saying import Summary, say_error
from .admin import package_folders
from .alone import why_not
from .assemble import told_history
from .events import options_of, own_folders
from .foreign import extension_files
from .inputs import bodies_of
from .leaving import leave
from .pages import over_bound
from .progress import Advance, Steps
from .publish import Publishing
from .reuse import Reuse
from .standing import Asked, Look, said_by
from .told import Counts, Told, show_log

if TYPE_CHECKING:
    from ..building.standing import Seen
    from ..plugin import BriefingsPlugin

log = get_plugin_logger("briefings")


def run_build(
    asked: Asked,
    *,
    quiet: bool,
    advance: Advance,
    pool: Pool | None = None,
    seen: Seen | None = None,
) -> int:
    """Build once, with the pool's help where pages are many; gives the exit code: 0 fine, 1 errors
    in content, 2 a wrong mkdocs.yml, template or pool, 3 files that cannot be read or written, 4
    another build is at work. `seen` is how the files were before, where somebody has looked."""
    started = time.monotonic()
    show_log(logging.WARNING if quiet else logging.INFO)
    with Told() as told:
        return _run(asked, advance, pool, seen, told, started)


def _run(
    asked: Asked,
    advance: Advance,
    pool: Pool | None,
    seen: Seen | None,
    log: Told,
    started: float,
) -> int:
    given: dict[str, Any] = {"strict": asked.strict or None}
    if asked.site_dir:
        given["site_dir"] = str(asked.site_dir)
    said = said_by(asked)
    try:
        config = load_config(str(asked.config) if asked.config.is_file() else None, **given)
    except ConfigurationError as error:
        say_error(str(error), MISUSE)
        return MISUSE
    except Abort:  # MkDocs has said what is wrong with the options.
        return MISUSE
    if "briefings" not in config.plugins:
        # The theme cannot show pages without it, and MkDocs would empty the site's folder first.
        say_error("mkdocs.yml: add 'briefings' to plugins", MISUSE)
        return MISUSE
    plugin = ours(config)
    config.plugins.on_startup(command="build", dirty=False)
    warnings = Counts()
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    done = Built(pages=0, rendered=0)
    try:
        plugin.steps = Steps(advance)
        with locked(asked.lock):
            done = _build(config, asked, said, pool, seen, log)
        code = FINE
    except Abort:
        code = PROBLEMS
    except (ConfigurationError, LockedError, OSError, PoolError, PageError) as error:
        if isinstance(error, PageError) and not isinstance(error.__cause__, TemplateError):
            raise
        code = LOCKED if isinstance(error, LockedError) else MISUSE
        if isinstance(error, OSError):
            code = SYSTEM
        say_error(f"nothing was published: {error}", code, _way_out(error))
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
        config.plugins.on_shutdown()
    Summary(
        published=code == FINE,
        site=config.site_dir,
        seconds=time.monotonic() - started,
        errors=plugin.site.errors if plugin.site else 0,
        warnings=dict(warnings.get_counts()).get("WARNING", 0),
        pages=done.pages,
        rendered=done.rendered,
    ).say()
    return code


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made; redirects and the page for wrong addresses are not counted."""

    pages: int
    rendered: int


def _way_out(error: Exception) -> str:
    """What whoever builds can do about it."""
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "make room: a build needs as much again as the site has; then build again"
    if number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return "look at the owner and the permissions of that file, and of the folder it is in"
    if isinstance(error, LockedError):
        return "wait until it has ended, or end it; a lock of a process that has ended is free"
    return ""


def ours(config: MkDocsConfig) -> BriefingsPlugin:
    """The plugin itself."""
    # Imported here: the plugin imports this package.
    from ..plugin import BriefingsPlugin

    plugin = config.plugins["briefings"]
    assert isinstance(plugin, BriefingsPlugin)
    return plugin


def _build(
    config: MkDocsConfig,
    asked: Asked,
    said: tuple[str, ...] | None,
    pool: Pool | None,
    seen: Seen | None,
    told: Told,
) -> Built:
    """Build in the way that the site allows."""
    reason = why_not(config)
    if not reason:
        folder = Path(config.site_dir)
        # A folder that is named for one build has its twin beside it, and for that build alone.
        twin = folder.with_name(f".{folder.name}.new") if asked.site_dir else asked.cache / "twin"
        look = _look(config, asked, said, seen)
        try:
            done = publish(
                config,
                twin if can_move(folder, twin.parent) else None,
                pool,
                *([partial(_note, look, told)] if look else []),
                lasting=not asked.site_dir,
            )
        finally:
            if asked.site_dir:
                shutil.rmtree(twin, ignore_errors=True)
        return Built(pages=len(done.pages), rendered=done.rendered)
    # Imported here: who builds in our way does without.
    from mkdocs.commands.build import build

    log.info("%s", reason)
    if staging := ours(config).staging:
        staging.locked = True
    build(config)
    pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
    return Built(pages=pages, rendered=pages)


def _look(
    config: MkDocsConfig, asked: Asked, said: tuple[str, ...] | None, seen: Seen | None
) -> Look | None:
    """How all that a build rests on is now, if its options still are what they were when they
    `said` what to do."""
    options = options_of(config)
    theme, editor = own_folders(config.theme.dirs), package_folders(config, options.admin)
    folders = (config.docs_dir, *theme, *editor)
    code = extension_files(config.markdown_extensions)
    try:
        history = config.docs_dir if told_history(options) else ""
        return Look.at(asked, said, folders, code, history, seen)
    except OSError:  # Reading it will tell.
        return None


def _note(look: Look, told: Told, done: Publishing) -> None:
    """Leave word that a build which finds all as it was has nothing to do."""
    now, store = done.site.shelf.site.settings.now, done.reuse.store
    if now and done.repeatable:
        # What an edit of a text may rest on.
        if not (look.asked.site_dir or look.asked.strict or done.config.strict):
            leave(store, done, look.seen, look.stamp)
        look.note(
            store,
            since=now,
            until=done.site.until,
            site=done.publication.folder,
            pages=len(done.pages),
            told=told.lines,
        )


def publish(
    config: MkDocsConfig,
    spare: Path | None,
    pool: Pool | None = None,
    note: Callable[[Publishing], None] = lambda done: None,
    *,
    lasting: bool = True,
) -> Publishing:
    """Make what has changed and put it in place: as a whole, if there is a place for a spare site.

    `note` is told when all is in place, and may keep something for the next build; `lasting` tells
    whether that will find the spare site.

    Raises:
        Abort: If nothing was published; the log says why.
        OSError: If files cannot be written; what was published stays as it was.
        PoolError: If the pool has no workers; what was published stays as it was.
        PageError: If a page cannot be made; what was published stays as it was.
        Newer: If the build is no longer wanted.
    """
    warnings = Counts()
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        plugin = ours(config)
        plugin.staging = None
        plugin.at_once = True
        try:
            config = config.plugins.on_config(config)
        finally:
            plugin.at_once = False
        site = plugin.site
        assert site is not None
        reuse = site.reuse or Reuse(None)
        known = (reuse.memory or reuse).store
        try:
            publication = Publication(Path(config.site_dir), spare, known)
            heed = plugin.steps.heed
            publishing = Publishing(site, config, publication, reuse, pool, heed)
            publishing.run(plugin.steps, log)
        except BaseException:
            reuse.close()
            raise
        if config.strict and (counts := warnings.get_counts()):
            said = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
            raise Abort(f"Aborted with {said} in strict mode!")
        publication.finish(lasting=lasting)
        if site.chrome.serving:
            publishing.refresh_search(plugin.index, log)
        note(publishing)
        reuse.done()
    except BuildError as error:
        log.error(str(error))
        raise Abort("Aborted with a BuildError!") from error
    except PageError as error:
        if not error.source:
            raise
        _tell_over_bound(config, error)
        raise Abort("nothing was published; errors in content: 1") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
    return publishing


def _tell_over_bound(config: MkDocsConfig, error: PageError) -> None:
    """Log the problem of a body that could not be made, and have the summary count it."""
    plugin, cause = ours(config), error.__cause__
    assert plugin.site is not None
    assert isinstance(cause, BoundError)
    body = bodies_of(plugin.site.catalog)[error.source]
    problem = over_bound(config, error.source, body, cause)
    log.error("%s", problem)
    plugin.site = replace(plugin.site, problems=(*plugin.site.problems, problem))
