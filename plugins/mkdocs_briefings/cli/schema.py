"""`briefings schema`: JSON Schema of what writers write, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import known
from .options import FOLDER_SHOWN, content_folder
from .report import guarded

if TYPE_CHECKING:
    from ..reading.jsonschema import Names

KINDS = (
    *("briefing", "edition", "page", "front"),
    *("topics", "authors", "storylines", "glossary", "former", "rules"),
)
"""As in `reading.jsonschema`, which takes too long to import for help and completion."""


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--names", is_flag=True, help="Allow only the keys and slugs that the content folder has."
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write DIR/KIND.json; without KIND, one file for each kind.",
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=f"The content folder, for --names; default: {FOLDER_SHOWN}.",
)
@guarded
def schema(kind: str | None, names: bool, to: Path | None, folder: Path | None) -> None:
    """Print the JSON Schema (draft 7) of a KIND of file.

    Of registries it describes the whole file, of Markdown files the front matter. It says what an
    editor can tell while you type; `briefings check` knows more.

    \b
    Examples:
      briefings schema briefing
      briefings schema topics --names
      briefings schema --to .vscode/schemas
    """
    if kind is None and to is None:
        raise click.UsageError(f"Of what? Name one of {', '.join(KINDS)}, or give --to")
    from ..reading.jsonschema import json_schema

    found = _names(folder or Path(content_folder())) if names else None
    for name in (kind,) if kind else KINDS:
        text = json.dumps(json_schema(name, found), indent=2, ensure_ascii=False) + "\n"
        if to is None:
            click.echo(text, nl=False)
        else:
            to.mkdir(parents=True, exist_ok=True)
            (to / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


def _names(folder: Path) -> Names:
    from ..reading.jsonschema import Names

    if not folder.is_dir():
        raise click.UsageError(f"--names: there is no folder {folder}")
    return Names(
        topics=known.topics(folder),
        authors=known.authors(folder),
        storylines=known.storylines(folder),
        briefings=known.briefings(folder),
    )
