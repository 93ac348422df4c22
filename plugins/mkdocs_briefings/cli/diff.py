"""`briefings diff`: what a branch does to the site."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import folder_option, now_option
from .report import FINE, PROBLEMS, SYSTEM, guarded

if TYPE_CHECKING:
    from datetime import datetime

    from ..host.git import Git
    from ..surveying import Files, Survey


@click.command()
@click.argument("base")
@click.option(
    "--head",
    metavar="REV",
    help="Compare this commit; default: the files as they stand, committed or not.",
)
@folder_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="For people, as a comment on a pull request, or for programs.",
)
@click.option(
    "--html",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write previews of changed pages, side by side, to DIR, a new or empty folder.",
)
@now_option
@guarded
def diff(
    base: str, head: str | None, folder: Path, form: str, html: Path | None, now: str | None
) -> None:
    """Tell what a branch does to the site, compared with where it left BASE.

    BASE is a branch, a tag or a commit. Pages and addresses that are added, changed, moved or
    removed, links, backlinks and related briefings, topics, words, sources and the hosts that
    they lead to. Both trees are read from git; nothing is checked out, and nothing of
    mkdocs.yml is run.

    Exits with 1 when an address disappears without a redirect, or a file has an error that it had
    not before.

    \b
    Examples:
      briefings diff main
      briefings diff origin/main --format json > diff.json
      briefings diff v1.0 --head v1.1 --html previews
    """
    from ..comparing.compare import compare
    from ..host.git import Git, GitError
    from ..host.revision import commit_of, parted_at
    from ..reading.options import OptionError, clock, find_config
    from ..surveying import Files, outbound, states

    try:
        moment = clock(now)
        config = find_config(folder)
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    if html and html.exists() and any(html.iterdir()):
        raise click.UsageError(f"--html: '{html}' is not empty")
    place = config.parent if config else folder
    git, files = Git(place), Files()
    try:
        project = git.ask("rev-parse", "--show-prefix").decode().rstrip("\n")
    except GitError as error:
        raise click.UsageError(f"{place} is in no work tree of git: {error}") from None
    commits = []
    for named in (base, head or "HEAD"):
        try:
            commits.append(commit_of(git, named))
        except GitError:
            raise click.UsageError(f"there is no commit '{named}'") from None
    start = parted_at(git, *commits)
    docs = None if config else "."
    try:
        with ExitStack() as stack:
            stack.enter_context(_uncollected())

            def at(commit: str) -> Survey:
                into = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="briefings-")))
                return _committed(git, commit, project, into, docs, moment, files)

            before = at(start)
            after = at(commits[1]) if head else _standing(folder, moment, files)
            here, there = states(before, after)
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    except GitError as error:
        click.echo(f"error: git: {error}", err=True)
        raise SystemExit(SYSTEM) from None
    found = compare(here, there, outbound(), base=start, head=commits[1] if head else "")
    if form == "json":
        import msgspec

        encoded = msgspec.json.encode(found)
        click.echo(msgspec.json.format(encoded, indent=1).decode())
    else:
        from ..comparing.markdown import markdown

        click.echo(markdown(found), nl=False)
    if html:
        from ..host.previews import write_previews

        write_previews(html, found, here, there)
    raise SystemExit(PROBLEMS if found.errors else FINE)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is made is thrown away: looking for what may be would take a tenth of it all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _committed(
    git: Git,
    commit: str,
    project: str,
    into: Path,
    docs: str | None,
    now: datetime,
    files: Files,
) -> Survey:
    """What a commit holds, laid out in a folder that goes when all is compared."""
    from ..host.revision import lay_out

    return _standing(lay_out(git, commit, project, into, docs), now, files)


def _standing(folder: Path, now: datetime, files: Files) -> Survey:
    """What stands in a folder."""
    from ..reading.options import settings_for
    from ..surveying import survey

    return survey(folder, settings_for(folder, now=now), files)
