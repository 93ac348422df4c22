"""`briefings build`: the site, whole."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..reading.options import OptionError, clock
from ..saying import log_format
from .report import guarded, progress

if TYPE_CHECKING:
    from ..building.standing import Seen
    from ..host.progress import Advance
    from ..host.standing import Asked


@click.command()
@click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Default: mkdocs.yml here.",
)
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; default as mkdocs.yml says.",
)
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(1, 61),  # Windows waits for no more.
    metavar="N",
    help="Processes that make pages where they are many; default: one a core, at most 8.",
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    help="Make pages on the workers of a dask cluster instead.",
)
@click.option("--strict", is_flag=True, help="Every warning is an error.")
@click.option(
    "--now",
    metavar="MOMENT",
    help="Take this ISO date-time for now, as with SOURCE_DATE_EPOCH: what is later is held back.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only problems and the summary.")
@log_format
@guarded
def build(
    config_file: Path | None,
    site_dir: Path | None,
    workers: int | None,
    executor: str | None,
    strict: bool,
    now: str | None,
    quiet: bool,
) -> None:
    """Build the site that mkdocs.yml describes.

    Content with an error is not published: the site stays as it was, and the command exits
    with 1. It exits with 2 for a wrong option or mkdocs.yml, 3 when files cannot be read or
    written, 4 while another build of the site is at work; the site stays as it was then, too.

    \b
    Examples:
      briefings build
      briefings build --strict --site-dir public
      briefings build --executor dask://scheduler.example:8786
    """
    if workers and executor:
        raise click.UsageError("--workers is of this machine: give it or --executor, not both")
    if now is not None:
        try:
            # Workers, too, and whoever else asks for the day, get it from there.
            os.environ["SOURCE_DATE_EPOCH"] = str(int(clock(now).timestamp()))
        except OptionError as error:
            raise click.UsageError(str(error)) from None
    from ..building.garbage import collect_hardly, collecting_seldom

    started = time.monotonic()
    with collecting_seldom():
        # What is imported and read now lasts until the end.
        collect_hardly()
        from ..host.standing import Asked, Before, nothing_to_do

        asked = Asked.of(config_file, site_dir, strict=strict)
        # Who names a cluster is told when there is none, whether or not it would be of use.
        before = Before() if executor else Before.of(asked)
        if nothing_to_do(before, quiet=quiet, started=started):
            return
        with progress("Rendering") as advance:
            code = _build(asked, workers, executor, quiet=quiet, advance=advance, seen=before.seen)
    raise SystemExit(code)


def _build(
    asked: Asked,
    workers: int | None,
    executor: str | None,
    *,
    quiet: bool,
    advance: Advance,
    seen: Seen | None,
) -> int:
    from ..building.workers import PoolError
    from ..host.pool import pool_of
    from ..host.run import run_build

    try:
        pool = pool_of(workers, executor)
    except PoolError as error:
        raise click.UsageError(f"--executor: {error}") from error
    return run_build(asked, quiet=quiet, advance=advance, pool=pool, seen=seen)
