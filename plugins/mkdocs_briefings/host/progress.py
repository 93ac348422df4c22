"""Progress of a long build, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int], None]
"""Called once for each page done, with the number of steps in all."""

WORTH_SHOWING = 400
"""Steps under which a bar would only flicker."""


def silent(total: int) -> None:
    """No progress is shown."""


@contextmanager
def bar(label: str) -> Iterator[Step]:
    """A progress bar on standard error, when that is a terminal; gone when the work is done."""
    if not sys.stderr.isatty():
        yield silent
        return
    # Imported here: rich costs some 50 ms, which a build in CI need not pay.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None, visible=False)

        def step(total: int) -> None:
            progress.update(task, advance=1, total=total, visible=total >= WORTH_SHOWING)

        yield step
