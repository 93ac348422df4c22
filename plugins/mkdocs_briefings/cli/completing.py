"""What shells offer while somebody types: the keys and slugs of the content folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import known
from .options import content_folder

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
"""As click calls it: with what is typed of a word."""


def offer(of: known.Known) -> Complete:
    """Offer the keys that begin with what is typed, each with what it stands for."""

    def items(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        # As the line says so far: `import` calls it --to.
        with ctx.scope(cleanup=False):
            folder = ctx.params.get("folder") or ctx.params.get("to") or content_folder()
        found = of(Path(folder))
        start = typed.casefold()
        return [
            # A line end or a tab would end the answer.
            CompletionItem(key, help=" ".join(told.split()) or None)
            for key, told in found.items()
            if key.casefold().startswith(start)
        ]

    return items


topics, authors = offer(known.topics), offer(known.authors)
storylines, briefings = offer(known.storylines), offer(known.briefings)
