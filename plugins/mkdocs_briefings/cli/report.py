"""What all commands share: how problems are printed, and how a command ends."""

from __future__ import annotations

import functools
import json
import os
import posixpath
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import Any, ParamSpec, TypeVar

import click

from ..catalog.problem import Problem, Severity, printable
from ..saying import as_json, numbered, plain, say, say_error

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

PER_FILE = 50
"""Most problems printed of one file; the rest are counted."""
BAR_FROM = 200
"""Files from which on a progress bar is worth its space."""
REDRAWN = 0.1
"""Seconds after which it is drawn again."""

FINE, PROBLEMS, MISUSE, SYSTEM, LOCKED, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
"""Exit codes; the last is what shells use for SIGINT."""


def guarded(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Give a command `--debug`, and let no exception of ours reach the user as a traceback.

    Exit codes: 3 when the system refuses to read or write, 70 for a fault of ours, 130 when
    interrupted. click's own exceptions (misuse, 2) pass. Put it under `@click.command` and its
    options.
    """

    @click.option("--debug", is_flag=True, help="Show the traceback of a fault of ours.")
    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        debug = bool(kwargs.pop("debug", False))
        try:
            return command(*args, **kwargs)
        except click.ClickException as error:
            if not as_json():
                raise
            say_error(printable(error.format_message()), error.exit_code)
            raise SystemExit(error.exit_code) from None
        except (click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            # The reader of our output went away, as `head` does; nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(PROBLEMS) from None
        except OSError as error:
            if debug:
                traceback.print_exc()
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            say_error(printable(what), SYSTEM)
            raise SystemExit(SYSTEM) from None
        except KeyboardInterrupt:
            say_error("interrupted", INTERRUPTED)
            raise SystemExit(INTERRUPTED) from None
        except Exception as error:
            if debug:
                traceback.print_exc()
            told = f"{type(error).__name__}: {printable(str(error))}"
            hint = "please report it, with the output of --debug"
            say_error(f"a fault of ours: {told}", FAULT, hint)
            raise SystemExit(FAULT) from None

    return run


def show(problems: Sequence[Problem], form: str, *, before: str = "") -> None:
    """Print problems, in their order, to stdout. `before` is put before each path."""
    if form == "json":
        click.echo(json.dumps([_plain(problem, before) for problem in problems], indent=2))
        return
    if form == "sarif":
        from . import sarif

        click.echo(json.dumps(sarif.log(problems, before), indent=2))
        return
    printed = list(_capped(problems))
    if form == "github":
        for problem in printed:
            click.echo(_workflow(problem, before))
    else:
        for problem in printed:
            click.echo(_at(problem, before))
    for path, more in _rest(problems):
        if form == "github":
            click.echo(f"::notice::{_data(_path(before, path))}: {more} more")
        else:
            click.echo(no_command(f"{_path(before, path)}: {more} more"))


def counted(problems: Sequence[Problem], what: str) -> str:
    """`2 errors and 1 warning in 12 files`; `what` ends the sentence."""
    found = Counter(problem.severity for problem in problems)
    return f"{numbered(found[Severity.ERROR], found[Severity.WARNING])} in {what}"


def say_counted(problems: Sequence[Problem], what: str, files: int, seconds: float) -> None:
    """The one line at the end of a check."""
    found = Counter(problem.severity for problem in problems)
    facts = {
        "files": files,
        "errors": found[Severity.ERROR],
        "warnings": found[Severity.WARNING],
        "seconds": round(seconds, 3),
    }
    say("summary", counted(problems, what), facts)


@contextmanager
def progress(what: str, least: int = BAR_FROM) -> Iterator[Callable[[int, int], None]]:
    """A callable that takes how much is done, and of how much; it draws a bar on a terminal, from
    `least` on."""
    if as_json() or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    # Imported here: rich takes as long to start as a small check takes.
    from rich.console import Console
    from rich.progress import Progress

    # Without a thread that draws it again and again: a process that has threads is not copied.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task: Any = None
        drawn = 0.0

        def advance(done: int, of: int) -> None:
            nonlocal task, drawn
            if of < least:
                return
            if task is None:
                task = bar.add_task(what, total=of)
            if done % 20 == 0 or done == of or least < BAR_FROM:
                late = time.monotonic() - drawn > REDRAWN
                drawn = time.monotonic() if late else drawn
                bar.update(task, completed=done, refresh=late or done == of)

        yield advance


def shown_before(folder: PurePath) -> str:
    """What to put before a problem's path: the folder as the user named it."""
    named = folder.as_posix()
    return "" if named == "." else f"{named}/"


def _capped(problems: Sequence[Problem]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.path] += 1
        if seen[problem.path] <= PER_FILE:
            yield problem


def _rest(problems: Sequence[Problem]) -> Iterator[tuple[str, int]]:
    for path, number in Counter(problem.path for problem in problems).items():
        if number > PER_FILE:
            yield path, number - PER_FILE


def _at(problem: Problem, before: str) -> str:
    return no_command(str(replace(problem, path=_path(before, problem.path, raw=True))))


def no_command(line: str) -> str:
    """A line for people in which no runner of workflows finds a command.

    Runners read what any program prints: `::error::` where a line begins, `##[error]` anywhere.
    Text from files may hold either.

    >>> no_command("::error::x.svg: ##[warning]")
    './::error::x.svg: ##\\\\[warning]'
    """
    line = line.replace("##[", "##\\[")
    return f"./{line}" if line.startswith("::") else line


def _path(before: str, path: str, *, raw: bool = False) -> str:
    """A path as printed: `../mkdocs.yml` of the content folder is `mkdocs.yml` of the user."""
    whole = before + path
    if path.startswith("../"):
        whole = posixpath.normpath(whole)
    return whole if raw else printable(whole)


def _plain(problem: Problem, before: str) -> dict[str, object]:
    return {**plain(problem), "path": _path(before, problem.path)}


def _workflow(problem: Problem, before: str) -> str:
    """A workflow command of GitHub, with what could end or forge one escaped."""
    text = printable(problem.message)
    if problem.hint:
        text = f"{text}; hint: {printable(problem.hint)}"
    place = ",".join(
        f"{name}={_property(str(value))}"
        for name, value in (
            ("file", _path(before, problem.path)),
            ("line", problem.line),
            ("col", problem.column),
            ("title", problem.code),
        )
    )
    return f"::{problem.severity} {place}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
