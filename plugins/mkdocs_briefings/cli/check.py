"""`briefings check`: every problem in a folder, in one run, without MkDocs."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..saying import log_format
from .report import (
    FINE,
    PROBLEMS,
    content_folder,
    guarded,
    progress,
    say_counted,
    show,
    shown_before,
)


@click.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=content_folder,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for annotations on a pull request.",
)
@click.option("--strict", is_flag=True, help="Make every warning an error.")
@click.option(
    "--now",
    metavar="MOMENT",
    help="Take this ISO date-time for now: what is later is held back.",
)
@log_format
@guarded
def check(folder: Path, form: str, strict: bool, now: str | None) -> None:
    """Report every problem in FOLDER (default: docs_dir of mkdocs.yml here, else briefings).

    Works on a bare folder of Markdown files. When a mkdocs.yml above it publishes FOLDER, the
    options of its plugin `briefings` are used.

    Findings go to standard output, their number to standard error. Exits with 1 when one of them
    is an error.

    \b
    Examples:
      briefings check
      briefings check drafts --strict
      briefings check --format github
    """
    started = time.monotonic()
    from ..catalog.codes import grade
    from ..catalog.problem import Severity
    from ..checking import problems
    from ..reading.options import OptionError, clock, settings_for
    from ..reading.read import read

    try:
        settings = settings_for(folder, now=clock(now))
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    with progress("Reading") as advance:
        reading = read(folder, settings, advance)
        found = grade(problems(reading), settings.severity, strict)
    show(found, form, before=shown_before(folder))
    number = len(reading.files)
    what = f"{number:,} {'file' if number == 1 else 'files'} of {folder.as_posix()}"
    say_counted(found, what, number, time.monotonic() - started)
    failed = any(problem.severity == Severity.ERROR for problem in found)
    raise SystemExit(PROBLEMS if failed else FINE)
