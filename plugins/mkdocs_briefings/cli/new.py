"""`briefings new`: a briefing begun, with a body to write over."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ..catalog.problem import printable
from ..catalog.slugs import fold
from ..reading.frontwrite import front_matter
from ..reading.registries import Registries
from ..reading.text import CONTROLS, hidden, name
from .report import FOLDER_SHOWN, PROBLEMS, content_folder, guarded
from .writing import (
    a_date,
    chosen,
    on_terminal,
    registries_of,
    short_slug,
    write_new,
)

_TITLE_LIMIT = 200

# Comments, so that nothing half-written counts: each line is valid once its `# ` is gone.
_HINTS = """\
# summary: One or two sentences under the title. Up to 300 characters.
# key_points:
#   - Two to five lines for the box "At a glance".
#   - Each says one thing that a reader can repeat.
# why: One sentence on why it matters.
{storyline}# events:
#   - date: {day}
#     text: What happens. Days to come are listed under "What comes next".
# sources:
#   - title: A document the text rests on, cited in the text as [^1]
#     publisher: Who published it
#     url: https://example.org/document
# related: [slug-of-another-briefing]
"""
_STORYLINE_HINT = "# storyline: key-of-a-storyline\n"

_BODY = """\
Write over this paragraph: what is new, since when, and for whom. One fact a sentence, each with
its source.

Write over this one too: what led here, in as few words as a reader needs who comes new to it.

## The other view

Write over this: who disagrees, in words that they would call fair. Delete the section when nobody
does.

## What we do not know

Write over this: what is open, and who could answer it. Delete the section when nothing is.
"""


@click.command()
@click.argument("title")
@click.option(
    "--topic", "-t", "topics", multiple=True, help="Key, title or alias; the main one first."
)
@click.option("--author", "-a", "authors", multiple=True, help="Key or full name.")
@click.option("--storyline", "-s", "storylines", multiple=True, help="Key or title.")
@click.option("--date", "day", metavar="DATE", help="Day of publication; default: today.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=content_folder,
    show_default=FOLDER_SHOWN,
    help="The content folder.",
)
@click.option("--edit", is_flag=True, help="Open the file in your editor.")
@guarded
def new(
    title: str,
    topics: Sequence[str],
    authors: Sequence[str],
    storylines: Sequence[str],
    day: str | None,
    folder: Path,
    edit: bool,
) -> None:
    """Begin a briefing named TITLE in FOLDER/<year>/<slug>.md.

    The file is a draft: it is checked and shown by `briefings serve`, and never published before
    its line `draft: true` is deleted. Nothing is overwritten.

    The author is the one given; else the one of authors.yml whose name is git's user.name; else
    the only one in authors.yml; else you are asked.

    \b
    Examples:
      briefings new "What the truce changes"
      briefings new "What the truce changes" --topic tariffs --author trade-desk
      briefings new "Talks resume" -t talks -t tariffs -s truce --date 2026-03-17 --edit
    """
    title = _checked(title)
    slug = short_slug(title)
    if not slug:
        raise click.BadParameter("it has no letter and no digit", param_hint="TITLE")
    published = a_date(day, "--date") if day is not None else _today(os.environ)
    registries = registries_of(folder)
    record: dict[str, Any] = {"title": title, "date": published, "draft": True}
    signed = _signed(registries, authors)
    record["author" if len(signed) == 1 else "authors"] = signed[0] if len(signed) == 1 else signed
    record["topics"] = _filed(registries, topics)
    lines = chosen(registries.storyline_names, storylines, "--storyline")
    if lines:
        key = "storyline" if len(lines) == 1 else "storylines"
        record[key] = lines[0] if len(lines) == 1 else lines
    path = folder / f"{published.year:04}" / f"{slug}.md"
    _free(folder, slug, path)
    hints = _HINTS.format(storyline="" if lines else _STORYLINE_HINT, day=published)
    write_new(path, f"---\n{front_matter(record)}{hints}---\n\n{_BODY}")
    _told(path, folder)
    if edit:
        click.edit(filename=str(path))


def _checked(title: str) -> str:
    title = " ".join(title.split())
    wrong = CONTROLS.search(title)
    found = wrong[0] if wrong else hidden(title) or next(
        (letter for letter in title if "\ud800" <= letter <= "\udfff"), ""
    )  # fmt: skip
    if found:
        raise click.BadParameter(f"it holds the character {name(found)}", param_hint="TITLE")
    if len(title) > _TITLE_LIMIT:
        message = f"{len(title)} characters; at most {_TITLE_LIMIT}"
        raise click.BadParameter(message, param_hint="TITLE")
    return title


def _today(environment: Mapping[str, str]) -> date:
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        # The writer's own day, but a day that is given is one for everybody.
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH: '{printable(epoch)}' is no moment"
        raise click.UsageError(message) from None


def _signed(registries: Registries, given: Sequence[str]) -> list[str]:
    if given:
        return chosen(registries.author_names, given, "--author")
    known = registries.authors
    by_name = {fold(author.name): key for key, author in known.items()}
    mine = by_name.get(fold(_git_name())) if known else None
    if mine:
        return [mine]
    if len(known) == 1:
        return list(known)
    if on_terminal():
        typed = click.prompt("Author (key or full name)", err=True)
        return chosen(registries.author_names, [typed], "the author")
    if known:
        some = ", ".join(list(known)[:5]) + (", …" if len(known) > 5 else "")
        raise click.UsageError(f"Who signs? Give --author, for example one of {some}")
    raise click.UsageError("Who signs? Give --author with a full name")


def _filed(registries: Registries, given: Sequence[str]) -> list[str]:
    if given:
        return chosen(registries.topic_names, given, "--topic")
    known = registries.topics
    if on_terminal():
        some = f" ({', '.join(list(known)[:8])}{', …' if len(known) > 8 else ''})" if known else ""
        typed = click.prompt(f"Main topic{some}", err=True)
        return chosen(registries.topic_names, [typed], "the topic")
    if known:
        some = ", ".join(list(known)[:8]) + (", …" if len(known) > 8 else "")
        raise click.UsageError(f"Filed under what? Give --topic, for example one of {some}")
    raise click.UsageError("Filed under what? Give --topic")


def _git_name() -> str:
    """The writer's name as git has it; empty when git cannot say."""
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        done = subprocess.run(
            [git, "config", "user.name"], capture_output=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _free(folder: Path, slug: str, path: Path) -> None:
    """Refuse a slug that another file has: addresses are one to a briefing."""
    for other in sorted(folder.rglob("*.md")):
        if fold(other.name.removesuffix(".md")) == fold(slug):
            click.echo(f"error: {printable(other.as_posix())} has the slug '{slug}'", err=True)
            click.echo("  hint: give the briefing another title, or go on with that file", err=True)
            raise SystemExit(PROBLEMS)


def _told(path: Path, folder: Path) -> None:
    where = "" if folder.as_posix() == "briefings" else f" {folder.as_posix()}"
    click.echo(f"Wrote {path.as_posix()}, a draft.")
    click.echo("Next:")
    click.echo("  1. write over the paragraphs, and use the commented keys that serve")
    click.echo(f"  2. briefings check{where}")
    click.echo("  3. delete the line `draft: true` to publish it")
