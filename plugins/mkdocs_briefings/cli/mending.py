"""What `briefings check --fix` changed, shown and written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from ..catalog.problem import printable
from ..fixing.folder import Changed
from ..saying import say
from .report import no_command
from .writing import replace


def write(folder: Path, mended: Mapping[str, Changed], before: str) -> None:
    """Write mended files, each whole or not at all, and tell on stderr what was mended.

    Raises:
        OSError: When one cannot be written, or has changed since it was read; those before it are
            written.
    """
    for path, file in mended.items():
        replace(folder / path, file.before, file.after.decode("utf-8"))
        for fix in file.fixes:
            place = printable(f"{before}{path}")
            told = f"{place}:{fix.line}:{fix.column}: fixed: {printable(fix.what)}"
            _say(no_command(told))
    if mended:
        _say(_counted(mended, "fixed"))


def show_diff(mended: Mapping[str, Changed], before: str) -> None:
    """Print what mending changes, as a patch that `git apply` and `patch -p1` take."""
    for path, file in mended.items():
        name = printable(f"{before}{path}")
        # Bytes told apart by their own ends: a line may end with a bare carriage return, too.
        old, new = (data.decode("utf-8").split("\n") for data in (file.before, file.after))
        rows = difflib.unified_diff(
            _ended(old), _ended(new), fromfile=f"a/{name}", tofile=f"b/{name}"
        )
        for row in rows:
            click.echo(_safe(row), nl=False)
            if not row.endswith("\n"):
                click.echo("\n\\ No newline at end of file")
    _say(_counted(mended, "to fix"))


def _say(text: str) -> None:
    say("log", text, {"level": "info", "message": text})


def _safe(row: str) -> str:
    """A row of a patch. What could paint a terminal or be a command is escaped, and such a patch
    is for reading only."""
    end = "\r\n" if row.endswith("\r\n") else "\n" if row.endswith("\n") else ""
    inside = row.removesuffix(end) if end else row
    return no_command("\t".join(map(printable, inside.split("\t")))) + end


def _ended(lines: list[str]) -> list[str]:
    whole = [f"{line}\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole


def _counted(mended: Mapping[str, Changed], done: str) -> str:
    number = sum(len(file.fixes) for file in mended.values())
    things = "1 thing" if number == 1 else f"{number:,} things"
    files = "1 file" if len(mended) == 1 else f"{len(mended):,} files"
    return f"{things} {done} in {files}" if number else f"nothing {done}"
