"""`briefings check`: every problem in a folder, in one run, without MkDocs."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..saying import log_format
from .options import folder_argument, now_option
from .report import (
    FINE,
    PROBLEMS,
    guarded,
    progress,
    say_counted,
    show,
    shown_before,
)


@click.command()
@folder_argument
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
@click.option("--links", is_flag=True, help="Ask whether links to other sites still lead there.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="With --links: seconds between two requests to one host.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="With --links: seconds for which a host may be silent.",
)
@click.option("--allow-private", is_flag=True, help="With --links: ask private networks, too.")
@now_option
@log_format
@guarded
def check(
    folder: Path,
    form: str,
    strict: bool,
    fix: bool,
    diff: bool,
    changed: str | None,
    links: bool,
    pause: float,
    timeout: float,
    allow_private: bool,
    now: str | None,
) -> None:
    """Report every problem in FOLDER (default: docs_dir of mkdocs.yml here, else briefings).

    Works on a bare folder of Markdown files. When a mkdocs.yml above it publishes FOLDER, the
    options of its plugin `briefings` are used.

    With --links, and only then, the network is used. A link is dead when its host answered 404 or
    410 on two days, as a ledger in .cache/briefings remembers; run it daily or weekly.

    Findings go to standard output, their number to standard error. Exits with 1 when one of them
    is an error, and with --diff when there is something to mend.

    \b
    Examples:
      briefings check
      briefings check drafts --strict
      briefings check --fix
      briefings check --changed origin/main --format github
    """
    started = time.monotonic()
    from ..catalog.codes import grade
    from ..catalog.problem import Severity
    from .checks import Check, Misuse

    if diff and form != "text":
        raise click.UsageError("--diff has a form of its own: leave --format out")
    if diff and links:
        raise click.UsageError("--diff shows what --fix would mend, and no link: leave --links out")
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
    problems = run.problems()
    if links:
        from ..outward.client import Manners
        from .links import dead_links

        manners = Manners(pause=pause, timeout=timeout, longest=3 * timeout, private=allow_private)
        today = run.settings.now if now else None
        only = run.before.changes.touched if run.before and changed is not None else None
        dead = dead_links(folder, run.reading, only, manners, today, shown_before(folder))
        problems = tuple(sorted([*problems, *dead]))
    found = grade(problems, run.settings.severity, strict)
    show(found, form, before=shown_before(folder))
    say_counted(found, run.what(), run.number, time.monotonic() - started)
    failed = any(problem.severity == Severity.ERROR for problem in found)
    raise SystemExit(PROBLEMS if failed else FINE)
