"""`briefings permalinks`: every address that is published is recorded, for good."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from ..catalog.codes import grade
from ..catalog.ledger import Ledger
from ..catalog.problem import Severity
from ..catalog.settings import Settings
from ..checking import places, problems
from ..host.git import Git, GitError
from ..host.revision import lay_out
from ..linking.permanence import LEDGER, Places
from ..reading.options import OptionError, clock, find_config, settings_for
from ..reading.read import Reading, read
from ..weighing import weighed
from .options import folder_argument, now_option
from .report import FINE, PROBLEMS, guarded, progress
from .writing import replace as write_over
from .writing import write_new


@click.command()
@folder_argument
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if an address is missing."
)
@click.option("--no-history", is_flag=True, help="Do not look at earlier commits.")
@now_option
@guarded
def permalinks(folder: Path, only_check: bool, no_history: bool, now: str | None) -> None:
    """Record every published address in FOLDER/permalinks.lock (default: docs_dir of mkdocs.yml
    here, else briefings).

    From then on `briefings check` and builds fail when one of them neither has a page nor leads to
    one, and feeds know each briefing by an id that never changes. Where FOLDER is kept in git, what
    earlier commits of the branch published since the ledger was last committed is recorded, too.

    Nothing is ever taken out of the ledger. Commit it. Two branches that add to it are merged by
    keeping the lines of both: `merge=union` for it in .gitattributes.

    \b
    Examples:
      briefings permalinks
      briefings permalinks --check
    """
    try:
        settings = settings_for(folder, now=clock(now))
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    path = folder / LEDGER
    before = path.read_bytes() if path.is_file() else None
    reading = read(folder, settings, weigh=weighed)
    if bad := [p for p in reading.problems if p.path == LEDGER]:
        for problem in bad:
            click.echo(f"{folder.as_posix()}/{problem}")
        raise SystemExit(PROBLEMS)
    ledger = reading.catalog.ledger or Ledger()
    known = set(_addresses(ledger))
    if not no_history:
        with progress("Reading commits") as advance:
            ledger = _earlier(folder, settings, ledger, advance)
    ledger = _with(ledger, reading, settings)
    new = sorted(set(_addresses(ledger)) - known)
    if only_check:
        for address in new:
            click.echo(f"not recorded: {address}")
        raise SystemExit(PROBLEMS if new else FINE)
    if before is None:
        write_new(path, str(ledger))
    elif str(ledger).encode() != before:
        write_over(path, before, str(ledger))
    told = f"{len(ledger.rows):,} addresses; new, with headings: {len(new):,}"
    click.echo(f"{path.as_posix()}: {told}", err=True)


def _addresses(ledger: Ledger) -> Iterator[str]:
    for row in ledger.rows:
        yield row.path
        yield from (f"{row.path}#{anchor}" for anchor in row.anchors)


def _with(ledger: Ledger, reading: Reading, settings: Settings) -> Ledger:
    """The ledger with what was read."""
    assert settings.now is not None
    site = places(reading)
    known = Places(replace(site.catalog, ledger=ledger), site.pattern)
    return known.recorded(settings.now.date())


def _earlier(
    folder: Path, settings: Settings, ledger: Ledger, advance: Callable[[int, int], None]
) -> Ledger:
    """The ledger with what earlier commits published: those without an error, oldest first.

    Each commit is read under the options that it had itself: they make its addresses.
    """
    config = find_config(folder)
    git = Git((config.parent if config else folder).resolve())
    try:
        project = os.fsdecode(git.ask("rev-parse", "--show-prefix")).rstrip("\n")
        last = git.ask(
            *("log", "-1", "--first-parent", "--format=%H", "--", str((folder / LEDGER).resolve()))
        )
        since = last.decode().strip()
        span = f"{since}..HEAD" if since else "HEAD"
        told = git.ask("log", "--first-parent", "--reverse", "--format=%H %ct", span, "--", ".")
    except GitError:
        # No repository, or nothing committed yet: there is no earlier state to know of.
        return ledger
    if git.ask("rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = "run `git fetch --unshallow`, or check out with `fetch-depth: 0`"
        raise click.UsageError(f"this clone is shallow: earlier commits are not here; {hint}")
    commits = [line.split() for line in told.decode().splitlines()]
    for done, (commit, moment) in enumerate(commits, 1):
        now = datetime.fromtimestamp(int(moment), UTC)
        with tempfile.TemporaryDirectory(prefix="briefings-") as name:
            try:
                old = lay_out(git, commit, project, Path(name), None if config else ".")
                then = settings_for(old, now=now)
            except GitError as error:
                raise OSError(f"git: {error}") from None
            except OptionError:
                continue  # Nothing was built with options without meaning.
            # With the ledger of today: it has what that commit's own had.
            (old / LEDGER).unlink(missing_ok=True)
            reading = read(old, then, weigh=weighed)
            found = grade(problems(reading), then.severity)
            if not any(problem.severity == Severity.ERROR for problem in found):
                ledger = _with(ledger, reading, then)
        advance(done, len(commits))
    return ledger
