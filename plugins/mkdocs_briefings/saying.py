"""What commands say on standard error: lines for people, or one JSON object a line for programs.

Every object has an `event`: `problem` with the place, code, severity, message and hint of one
fault in content; `log` with `level` and `message`; `error`, which ends the command, with `message`,
`hint` and the exit `code`; and last, of a build or a check, one `summary`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from .catalog.problem import Problem, Severity, printable

Command = TypeVar("Command", bound=Callable[..., Any])

_KEY = "mkdocs_briefings.log_format"


def log_format(command: Command) -> Command:
    """Give a command `--log-format`. Put it under `@click.command`."""

    def keep(context: click.Context, option: click.Parameter, value: str) -> None:
        context.meta[_KEY] = value

    return click.option(
        "--log-format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        expose_value=False,
        is_eager=True,
        callback=keep,
        help="How to say on standard error what happened: for people, or a JSON object a line.",
    )(command)


def as_json() -> bool:
    """Whether the command that runs was asked for JSON."""
    context = click.get_current_context(silent=True)
    return context is not None and context.meta.get(_KEY) == "json"


def say(event: str, text: str, facts: Mapping[str, object]) -> None:
    """Say one thing on standard error: the text, or the facts."""
    line = json.dumps({"event": event, **facts}, ensure_ascii=False) if as_json() else text
    click.echo(line, err=True)


def say_error(message: str, code: int, hint: str = "") -> None:
    """Say why a command ends with an exit code."""
    more = f"\n  hint: {hint}" if hint else ""
    say("error", f"error: {message}{more}", {"message": message, "hint": hint, "code": code})


def plain(problem: Problem, before: str = "") -> dict[str, object]:
    """A problem as programs get it; `before` is put before its path."""
    return {
        "path": printable(before + problem.path),
        "line": problem.line,
        "column": problem.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": printable(problem.message),
        "hint": printable(problem.hint),
    }


@dataclass(frozen=True, slots=True)
class Problems:
    """Problems of one severity, told a log at once: a record for each of thousands takes long."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def told(record: logging.LogRecord) -> tuple[Problem, ...]:
    """The problems that a log record tells; none of another record."""
    first = record.args[0] if isinstance(record.args, tuple) and record.args else None
    if isinstance(first, Problems):
        return first.problems
    return (first,) if isinstance(first, Problem) else ()


class TextLines(logging.Formatter):
    """A log record as MkDocs shows it: each problem, and anything else, after its level."""

    def format(self, record: logging.LogRecord) -> str:
        each = told(record) or (super().format(record),)
        return "\n".join(f"{record.levelname} - {one}" for one in each)


class JsonLines(logging.Formatter):
    """A log record as a JSON object: a problem by its parts, anything else by level and message.
    Of several problems, a line each."""

    def format(self, record: logging.LogRecord) -> str:
        if problems := told(record):
            encode = json.JSONEncoder(ensure_ascii=False).encode
            return "\n".join(encode({"event": "problem", **plain(one)}) for one in problems)
        message = printable(record.getMessage().strip())
        facts = {"event": "log", "level": record.levelname.lower(), "message": message}
        return json.dumps(facts, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build did, in one line."""

    published: bool
    site: str
    """The folder of the site."""
    seconds: float
    errors: int = 0
    warnings: int = 0
    pages: int = 0
    """Of the site as it is published now; 0 when nothing was."""
    rendered: int = 0
    """Pages that were made; the others are as an earlier build left them."""

    @property
    def reused(self) -> int:
        return self.pages - self.rendered

    def say(self) -> None:
        facts = {
            "published": self.published,
            "pages": self.pages,
            "rendered": self.rendered,
            "reused": self.reused,
            "errors": self.errors,
            "warnings": self.warnings,
            "seconds": round(self.seconds, 3),
            "site": printable(self.site),
        }
        say("summary", str(self), facts)

    def __str__(self) -> str:
        problems = numbered(self.errors, self.warnings)
        told = "nothing was published"
        if self.published:
            told = f"{self.pages} pages, {self.rendered} of them new or changed"
        return f"{told}; {problems}; {self.seconds:.1f} s: {printable(self.site)}"


def numbered(errors: int, warnings: int) -> str:
    """How many problems there are.

    >>> numbered(2, 1), numbered(0, 0)
    ('2 errors and 1 warning', 'no problems')
    """
    told = [
        f"{number:,} {severity}{'' if number == 1 else 's'}"
        for severity, number in ((Severity.ERROR, errors), (Severity.WARNING, warnings))
        if number
    ]
    return " and ".join(told) or "no problems"
