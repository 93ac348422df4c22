"""`briefings check`: every problem in a folder, in one run, without MkDocs."""

from __future__ import annotations

from pathlib import Path

import click

from .report import FINE, PROBLEMS, content_folder, counted, guarded, progress, show, shown_before


@click.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=content_folder,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, for programs, for annotations on a pull request, or for code scanning.",
)
@click.option("--strict", is_flag=True, help="Make every warning an error.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, then check.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--changed",
    metavar="BASE",
    help="Report only what this branch touched or caused since it left BASE, such as `main`.",
)
@click.option(
    "--now",
    metavar="MOMENT",
    help="Take this ISO date-time for now: what is later is held back.",
)
@guarded
def check(
    folder: Path,
    form: str,
    strict: bool,
    fix: bool,
    diff: bool,
    changed: str | None,
    now: str | None,
) -> None:
    """Report every problem in FOLDER (default: docs_dir of mkdocs.yml here, else briefings).

    Works on a bare folder of Markdown files. When a mkdocs.yml above it publishes FOLDER, the
    options of its plugin `briefings` are used.

    Findings go to standard output, their number to standard error. Exits with 1 when one of them
    is an error, and with --diff when there is something to mend.

    \b
    Examples:
      briefings check
      briefings check drafts --strict
      briefings check --fix
      briefings check --changed origin/main --format github
    """
    from ..catalog.codes import grade
    from ..catalog.problem import Severity
    from .checks import Check, Misuse

    if diff and form != "text":
        raise click.UsageError("--diff has a form of its own: leave --format out")
    try:
        with progress("Reading") as advance:
            run = Check.of(folder, now, changed, fixing=fix or diff, progress=advance)
            mended = run.mended() if fix or diff else {}
    except Misuse as error:
        raise click.UsageError(str(error)) from None
    if diff:
        from .mending import show_diff

        show_diff(mended, before=shown_before(folder))
        raise SystemExit(PROBLEMS if mended else FINE)
    if fix:
        from .mending import write

        write(folder, mended, before=shown_before(folder))
    found = grade(run.problems(), run.settings.severity, strict)
    show(found, form, before=shown_before(folder))
    click.echo(counted(found, run.what()), err=True)
    failed = any(problem.severity == Severity.ERROR for problem in found)
    raise SystemExit(PROBLEMS if failed else FINE)
