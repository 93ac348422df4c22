"""`briefings completion`: what a shell reads to complete our command."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

import click

from .report import guarded

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@guarded
def completion(shell: str | None) -> None:
    """Print the lines that let SHELL complete `briefings` (default: the shell of $SHELL).

    Commands, options, topics, authors, storylines and the slugs of briefings are completed. Put
    the line into the shell's own file (~/.bashrc, ~/.zshrc after `compinit`, or
    ~/.config/fish/completions/briefings.fish), and start a new shell.

    \b
    Examples:
      briefings completion bash >> ~/.bashrc
      briefings completion zsh >> ~/.zshrc
      briefings completion fish > ~/.config/fish/completions/briefings.fish
    """
    # Imported here: no other command needs it.
    from click.shell_completion import get_completion_class

    shell = shell or PurePath(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        raise click.UsageError(f"For which shell? Name one of {', '.join(SHELLS)}")
    source = get_completion_class(shell)
    assert source is not None, "click knows these three"
    root = click.get_current_context().find_root()
    arguments: dict[str, Any] = {"ctx_args": {}, "prog_name": "briefings"}
    click.echo(source(root.command, complete_var="_BRIEFINGS_COMPLETE", **arguments).source())
