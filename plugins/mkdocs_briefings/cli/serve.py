"""`briefings serve`: the site on this machine, reloaded on edits."""

from __future__ import annotations

from pathlib import Path

import click

from ..saying import log_format
from .report import guarded


@click.command()
@click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Default: mkdocs.yml here.",
)
@click.option("-a", "--dev-addr", metavar="IP:PORT", help="Default: 127.0.0.1:8000.")
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open a browser.")
@log_format
@guarded
def serve(config_file: Path | None, dev_addr: str | None, open_in_browser: bool) -> None:
    """Serve the site on this machine and reload pages on edits.

    Drafts and briefings dated in the future are shown, marked. Problems are shown in the log and
    on the pages that have them; the server goes on.

    \b
    Examples:
      briefings serve
      briefings serve --dev-addr 127.0.0.1:8080 --open
    """
    from ..host.serving import run_serve

    run_serve(config_file, dev_addr, open_in_browser=open_in_browser)
