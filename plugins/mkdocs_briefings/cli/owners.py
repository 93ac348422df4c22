"""`briefings owners`: who reviews which briefing, as a forge's CODEOWNERS file says it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import folder_option
from .report import FINE, PROBLEMS, guarded

if TYPE_CHECKING:
    from ..catalog.briefing import Briefing
    from ..catalog.catalog import Catalog

BEGIN = "# By topic. Made by `briefings owners --write`: what stands below this line is replaced."


@click.command()
@folder_option
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Put the lines at the end of FILE, below what is written there by hand.",
)
@click.option(
    "--check",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Exit with 1 if FILE does not end with them.",
)
@guarded
def owners(folder: Path, write: Path | None, check: Path | None) -> None:
    """Tell who reviews which briefing: a line for each, from `owners` in topics.yml.

    A briefing is reviewed by the owners of its first topic that has some, or that stands below
    one that has. Drafts have lines, too. Without --write and --check, the lines are printed.

    \b
    Examples:
      briefings owners
      briefings owners --write .github/CODEOWNERS
      briefings owners --check .github/CODEOWNERS
    """
    if write and check:
        raise click.UsageError("--write and --check: one of them")
    from ..reading.options import OptionError, settings_for
    from ..reading.read import read

    try:
        reading = read(folder, settings_for(folder))
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    known = [*reading.catalog.briefings.values(), *reading.drafts]
    lines = "".join(f"{line}\n" for line in _lines(_place(folder), reading.catalog, known))
    if check:
        good = check.read_text(encoding="utf-8").endswith(f"{BEGIN}\n{lines}")
        if not good:
            click.echo(f"{check} is out of date: run `briefings owners --write {check}`", err=True)
        raise SystemExit(FINE if good else PROBLEMS)
    if write is None:
        click.echo(lines, nl=False)
        return
    from .writing import replace, write_new

    if not write.exists():
        write_new(write, f"{BEGIN}\n{lines}")
        return
    before = write.read_bytes()
    by_hand = before.decode("utf-8").partition(BEGIN)[0]
    # The mark would else be the end of the last rule that stands there.
    gap = "" if not by_hand or by_hand.endswith("\n") else "\n"
    replace(write, before, f"{by_hand}{gap}{BEGIN}\n{lines}")


def _place(folder: Path) -> str:
    """Path of the content folder from the root of the repository, or from here without one, as a
    pattern of CODEOWNERS."""
    from ..host.git import Git, GitError

    try:
        place = os.fsdecode(Git(folder).ask("rev-parse", "--show-prefix")).rstrip("\n")
    except GitError:
        place = f"{Path(os.path.relpath(folder)).as_posix()}/"
    return place.removeprefix("./").replace(" ", "\\ ")


def _lines(place: str, catalog: Catalog, briefings: list[Briefing]) -> Iterator[str]:
    for briefing in sorted(briefings, key=lambda b: b.path):
        if found := _owners(catalog, briefing):
            yield f"/{place}{briefing.path} {' '.join(found)}"


def _owners(catalog: Catalog, briefing: Briefing) -> tuple[str, ...]:
    for topic in briefing.topics:
        for key in catalog.lineage(topic):
            if catalog.topics[key].owners:
                return catalog.topics[key].owners
    return ()
