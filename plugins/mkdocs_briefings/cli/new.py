"""`briefings new`: a briefing begun, with a body to write over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..catalog.problem import printable
from ..catalog.slugs import fold
from ..reading.frontwrite import front_matter
from . import completing
from .options import folder_option
from .report import PROBLEMS, guarded
from .writing import a_date, chosen, on_terminal, registries_of, short_slug, write_new

if TYPE_CHECKING:
    from ..reading.registries import Registries

_TITLE_LIMIT = 200


class Taken(click.ClickException):
    """Another file has the slug: addresses are one to a briefing."""

    exit_code = PROBLEMS

    def show(self, file: Any = None) -> None:
        click.echo(f"error: {self.message}", err=True)
        click.echo("  hint: give the briefing another title, or go on with that file", err=True)


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
@click.argument("title", required=False)
@click.option(
    "--topic",
    "-t",
    "topics",
    multiple=True,
    shell_complete=completing.topics,
    help="Key, title or alias; the main one first.",
)
@click.option(
    "--author",
    "-a",
    "authors",
    multiple=True,
    shell_complete=completing.authors,
    help="Key or full name.",
)
@click.option(
    "--storyline",
    "-s",
    "storylines",
    multiple=True,
    shell_complete=completing.storylines,
    help="Key or title.",
)
@click.option("--date", "day", metavar="DATE", help="Day of publication; default: today.")
@folder_option
@click.option(
    "--edit/--no-edit",
    default=None,
    help="Open the file in $VISUAL or $EDITOR; on a terminal the default, if one of them is set.",
)
@click.option("--no-input", is_flag=True, help="Ask nothing, and open no editor.")
@guarded
def new(
    title: str | None,
    topics: Sequence[str],
    authors: Sequence[str],
    storylines: Sequence[str],
    day: str | None,
    folder: Path,
    edit: bool | None,
    no_input: bool,
) -> None:
    """Begin a briefing named TITLE in FOLDER/<year>/<slug>.md.

    On a terminal you are asked for what is missing: title, topics and author, with completion as
    you type, and the date. Elsewhere TITLE and --topic are needed.

    The file is a draft: it is checked and shown by `briefings serve`, and never published before
    its line `draft: true` is deleted. Nothing is overwritten.

    The author is the one given; else the one of authors.yml whose name is git's user.name; else
    the only one in authors.yml; else you are asked, and offered the one of the last time.

    \b
    Examples:
      briefings new
      briefings new "What the truce changes" --topic tariffs --author trade-desk
      briefings new "Talks resume" -t talks -t tariffs -s truce --date 2026-03-17 --no-edit
    """
    published = a_date(day, "--date") if day is not None else today(os.environ)
    if title is not None:
        title = _checked(title)
    registries = registries_of(folder)
    signed = _signed(registries, authors)
    filed = chosen(registries.topic_names, topics, "--topic")
    lines = chosen(registries.storyline_names, storylines, "--storyline")
    talking = on_terminal() and not no_input
    asked = talking and not (title and filed and signed)
    if asked:
        from .asking import Questions

        questions = Questions(registries)
        title = title or questions.title(lambda typed: _begun(folder, published, typed))
        filed = filed or questions.topics()
        signed = signed if authors else questions.authors(signed)
        published = a_date(day or questions.date(published), "--date")
    title, signed, filed = _needed(registries, title, signed, filed)
    path = _begun(folder, published, title)
    record: dict[str, Any] = {"title": title, "date": published, "draft": True, "topics": filed}
    record["author" if len(signed) == 1 else "authors"] = signed[0] if len(signed) == 1 else signed
    if lines:
        key = "storyline" if len(lines) == 1 else "storylines"
        record[key] = lines[0] if len(lines) == 1 else lines
    hints = _HINTS.format(storyline="" if lines else _STORYLINE_HINT, day=published)
    front = front_matter(record)
    write_new(path, f"---\n{front}{hints}---\n\n{_BODY}")
    if asked:
        click.echo(f"\n{front}")
    _told(path, folder)
    if edit is None:
        edit = talking and sys.stdout.isatty() and bool(_editor(os.environ))
    if edit:
        click.edit(filename=str(path))


def _begun(folder: Path, published: date, title: str) -> Path:
    """Where a briefing of this title is begun.

    Raises:
        click.BadParameter: If the title is none.
        Taken: If another file has its slug.
    """
    slug = short_slug(_checked(title))
    if not slug:
        raise click.BadParameter("it has no letter and no digit", param_hint="TITLE")
    for other in sorted(folder.rglob("*.md")):
        if fold(other.name.removesuffix(".md")) == fold(slug):
            raise Taken(f"{printable(other.as_posix())} has the slug '{slug}'")
    return folder / f"{published.year:04}" / f"{slug}.md"


def _needed(
    registries: Registries, title: str | None, signed: list[str], filed: list[str]
) -> tuple[str, list[str], list[str]]:
    """What a briefing cannot do without.

    Raises:
        click.UsageError: If something of it is missing.
    """
    if not title:
        raise click.UsageError("Missing argument 'TITLE'.")
    if not signed:
        if not registries.authors:
            raise click.UsageError("Who signs? Give --author with a full name")
        raise click.UsageError(f"Who signs? Give --author, {_some(registries.authors, 5)}")
    if not filed:
        if not registries.topics:
            raise click.UsageError("Filed under what? Give --topic")
        raise click.UsageError(f"Filed under what? Give --topic, {_some(registries.topics, 8)}")
    return title, signed, filed


def _some(known: Iterable[str], most: int) -> str:
    keys = list(known)
    return f"for example one of {', '.join(keys[:most])}{', …' if len(keys) > most else ''}"


def _checked(title: str) -> str:
    title = " ".join(title.split())
    # Imported here: help and completion do without YAML.
    from ..reading.text import CONTROLS, hidden, name

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


def today(environment: Mapping[str, str]) -> date:
    """The day of what is written now.

    Raises:
        click.UsageError: If SOURCE_DATE_EPOCH is set, and to no moment.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        # The writer's own day, but a day that is given is one for everybody.
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH: '{printable(epoch)}' is no moment"
        raise click.UsageError(message) from None


def _signed(registries: Registries, given: Sequence[str]) -> list[str]:
    """Who signs, as far as nobody need be asked."""
    if given:
        return chosen(registries.author_names, given, "--author")
    known = registries.authors
    by_name = {fold(author.name): key for key, author in known.items()}
    mine = by_name.get(fold(_git_name())) if known else None
    return [mine] if mine else list(known) if len(known) == 1 else []


def _editor(environment: Mapping[str, str]) -> str:
    return environment.get("VISUAL", "") or environment.get("EDITOR", "")


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


def _told(path: Path, folder: Path) -> None:
    where = "" if folder.as_posix() == "briefings" else f" {folder.as_posix()}"
    click.echo(f"Wrote {path.as_posix()}, a draft.")
    click.echo("Next:")
    click.echo("  1. write over the paragraphs, and use the commented keys that serve")
    click.echo(f"  2. briefings check{where}")
    click.echo("  3. delete the line `draft: true` to publish it")
