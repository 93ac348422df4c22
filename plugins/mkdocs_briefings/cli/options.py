"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path

import click


def content_folder() -> str:
    """The content folder that is meant when none is named: that of the `mkdocs.yml` here."""
    from ..reading.options import OptionError, docs_dir

    try:
        return docs_dir(Path.cwd())
    except OptionError as error:
        context = click.get_current_context(silent=True)
        if context and context.resilient_parsing:
            return "briefings"  # A shell that completes a line has no place for what is wrong.
        raise click.UsageError(str(error)) from None


FOLDER_SHOWN = "docs_dir of mkdocs.yml, else briefings"
"""How help tells the default of the content folder."""

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

folder_argument = click.argument("folder", type=_FOLDER, default=content_folder)
"""The content folder, for commands that do nothing but look at one."""
folder_option = click.option(
    "--folder",
    type=_FOLDER,
    default=content_folder,
    show_default=FOLDER_SHOWN,
    help="The content folder.",
)
"""The same for commands whose argument is something else."""
now_option = click.option(
    "--now",
    metavar="MOMENT",
    help="Take this ISO date-time for now: what is later is held back.",
)
"""The clock: see `reading.options.clock`."""
