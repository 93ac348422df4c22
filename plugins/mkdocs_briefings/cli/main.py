"""The command `briefings`: each subcommand is imported when it is asked for, so that help,
completion and `check` start fast and never load MkDocs."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from .. import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("build:build", "Build the site."),
    "check": ("check:check", "Report every problem in a folder of briefings."),
    "completion": ("completion:completion", "Print what a shell needs to complete this."),
    "diff": ("diff:diff", "Tell what a branch does to the site."),
    "import": ("import_:import_", "Turn raw texts into briefings."),
    "init": ("init:init", "Start a new publication."),
    "new": ("new:new", "Start a briefing."),
    "owners": ("owners:owners", "Tell who reviews which briefing, as CODEOWNERS."),
    "permalinks": ("permalinks:permalinks", "Record every published address, for good."),
    "related": ("related:related", "Show what a briefing belongs with, and why."),
    "schema": ("schema:schema", "Print JSON Schema for editors."),
    "serve": ("serve:serve", "Serve the site here and reload on edits."),
}
"""By name: module and function under `cli`, and the line shown in the list of commands."""


class LazyGroup(click.Group):
    """A group that imports a subcommand's module only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name][0].split(":")
        command = getattr(importlib.import_module(f"{__package__}.{module}"), function)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        # The names come from the table, too; options from click's own.
        found = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in found]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The lines come from the table: click would import every module for them.
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefings", message="%(prog)s %(version)s")
def main() -> None:
    """Publish curated briefings: Markdown files in, a cross-linked website out.

    \b
    Examples:
      briefings new "What the truce changes" --topic tariffs --author trade-desk
      briefings check
      briefings serve

    Exit codes: 0 fine, 1 problems in content, 2 misuse, 3 cannot read or write, 4 locked,
    70 a fault of ours.
    """


def run() -> None:
    """The command as a process of its own."""
    # All that numpy is asked for is whole numbers, of which its threads do nothing: to start them
    # takes longer than the rest of its import, and a process that has threads cannot be copied.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # To look for plugins of pydantic, of which we use none, is to read what each package that is
    # installed says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int):
            _leave(end.code)
        raise


def _leave(code: int) -> None:
    """End the process at once, if nothing else is at work in it.

    Taking a site of ten thousand articles apart, record by record, takes a second; the system
    takes all of it back at once. What asked to be called at the end is called.
    """
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # It may have been closed before we began.
                stream.flush()
    except (OSError, ValueError):  # An ordinary end says so, and has a code for it.
        return
    os._exit(code)
