"""A build that has nothing to do, known before MkDocs is asked, which takes longer to start.

Imports little, and nothing of MkDocs.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import click

from ..building.lock import LockedError, locked
from ..building.place import cache_beside, lock_in, store_in
from ..building.publication import is_whole, state
from ..building.standing import (
    Ground,
    Line,
    Row,
    Seen,
    Stamp,
    Standing,
    installed,
    keep_told,
    leave,
    left,
    may_stand,
    told_again,
)
from ..building.store import Store
from ..building.version import code
from ..catalog.problem import Problem, Severity, printable, shown
from ..reading.options import CONFIG_NAMES, OptionError, clock
from ..saying import JsonLines, Problems, Summary, TextLines, as_json
from .checkout import Checkout

ELSEWHERE = b"INHERIT"
"""With this in the options others are read, too: nobody can tell here which."""
ENV = b"!ENV"
"""With this they depend on the environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a build was asked for."""

    config: Path
    """File of the options."""
    site_dir: Path | None
    """Where to write, when the options do not decide it."""
    strict: bool

    @classmethod
    def of(cls, config_file: Path | None, site_dir: Path | None, *, strict: bool) -> Asked:
        """As the command was called."""
        names = [config_file] if config_file else map(Path, CONFIG_NAMES)
        found = next((path for path in names if path.is_file()), Path(CONFIG_NAMES[0]))
        return cls(
            config=found.absolute(),
            site_dir=site_dir.resolve() if site_dir else None,
            strict=strict,
        )

    @property
    def cache(self) -> Path:
        """Where builds of the site keep what later ones may use."""
        return cache_beside(self.config)

    @property
    def lock(self) -> Path:
        """The lock of what is written: builds into other folders may run beside."""
        return lock_in(self.cache, _digest([str(self.site_dir)])[:12] if self.site_dir else "")

    @property
    def key(self) -> str:
        return _digest([str(self.config), str(self.site_dir), str(self.strict)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How all that a build rests on was before it read anything."""

    asked: Asked
    ground: Ground
    code: tuple[str, ...]
    """As of `Standing`."""
    history: str
    """As of `Standing`."""
    seen: Seen
    stamp: Stamp

    @classmethod
    def at(
        cls,
        asked: Asked,
        said: tuple[str, ...] | None,
        folders: Iterable[str],
        code: tuple[str, ...],
        history: str,
        seen: Seen | None = None,
    ) -> Look | None:
        """Look at all of it; None where nobody can tell what is read.

        Args:
            asked: What the build was asked for.
            said: What `said_by` gave before the options were read.
            folders: Of content and theme.
            code: As of `Standing`.
            history: As of `Standing`.
            seen: The files as they were before the options were read; looked at now if it is not
                these that were looked at.

        Raises:
            OSError: If a folder cannot be read.
        """
        looked = time.time_ns()
        if said is None or said != said_by(asked):
            return None
        ground = _ground(said, tuple(folders), code, history)
        if seen is None or not seen.is_of(ground):
            seen = Seen.of(ground, looked)
        return cls(
            asked=asked,
            ground=ground,
            code=code,
            history=history,
            seen=seen,
            stamp=seen.stamp(ground.said),
        )

    def note(
        self,
        store: Store,
        *,
        since: datetime,
        until: datetime,
        site: Path,
        pages: int,
        told: Iterable[Line],
    ) -> None:
        """Note what the build has left; for the arguments see `Standing`."""
        noted = Standing(
            ground=self.ground,
            code=self.code,
            history=self.history,
            stamp=self.stamp,
            since=since.timestamp(),
            until=until.timestamp(),
            site=str(site),
            state=state(store, site),
            pages=pages,
            told=keep_told(store, tuple(told)),
        )
        leave(store, self.asked.key, noted)


class Outcome(NamedTuple):
    """What stands."""

    standing: Standing
    told: Sequence[Line]
    """What was said of it."""
    rendered: int = 0
    """Pages that had to be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What there is before MkDocs is asked."""

    outcome: Outcome | None = None
    """What the last build left, if one now would leave the same, or what it left but for what few
    edits or commits change, which is made then; None where there is any doubt."""
    seen: Seen | None = None
    """The files it rested on as they are now; None where nobody has looked."""

    @classmethod
    def of(cls, asked: Asked) -> Before:
        """What there is of what was asked for."""
        if not (asked.cache.is_dir() and asked.config.is_file()):
            return cls()
        try:
            now = clock()
            with locked(asked.lock), Store(store_in(asked.cache), code()) as store:
                return cls._in(store, asked, now)
        except (LockedError, OptionError, OSError):  # An ordinary build says what is wrong.
            return cls()

    @classmethod
    def _in(cls, store: Store, asked: Asked, now: datetime) -> Before:
        found = left(store, asked.key)
        said = said_by(asked)
        if found is None or said is None:
            return cls()
        looked = time.time_ns()
        ground = _ground(said, found.ground.folders, found.code, found.history)
        if not may_stand(found, _at_the_commit_of(found, ground), now.timestamp()):
            return cls()
        seen = Seen.of(ground, found.stamp.looked)
        if seen.stamp(ground.said) != found.stamp:
            # Imported here, since it is as much as a build needs.
            from .edited import edited

            # Before any is read: one that changes meanwhile will differ from what was seen.
            now_seen = seen.at(looked)
            outcome = edited(asked, found, ground, (seen, now_seen), store, now)
            return cls(outcome=outcome, seen=now_seen)
        site = Path(found.site)
        as_left = found.state == state(store, site) and is_whole(store, site)
        told = told_again(store, found) if as_left else None
        outcome = None if told is None else Outcome(found, told)
        return cls(outcome=outcome, seen=seen.at(looked))


def nothing_to_do(before: Before, *, quiet: bool, started: float) -> bool:
    """Whether the last build left what one now would leave; if so, what it said is said again.

    `started` is when the command did, as `time.monotonic` tells it.
    """
    if before.outcome is None:
        return False
    standing, told, rendered = before.outcome
    for line in told:
        if line.level >= logging.WARNING or not quiet:
            click.echo(line_shown(line), err=True)
    warnings = (line for line in told if line.level == logging.WARNING)
    Summary(
        published=True,
        site=standing.site,
        seconds=time.monotonic() - started,
        warnings=sum(len(line.problems) or 1 for line in warnings),
        pages=standing.pages,
        rendered=rendered,
    ).say()
    return True


def row_of(problem: Problem) -> Row:
    """A problem as it is told: what is not printable may be no text that can be kept."""
    path, message, hint = map(printable, (problem.path, problem.message, problem.hint))
    return path, problem.line, problem.column, problem.code, message, hint


def line_shown(line: Line) -> str:
    """What a log was told, as it shows it."""
    severity = Severity.ERROR if line.level >= logging.ERROR else Severity.WARNING
    if as_json():
        return JsonLines().format(_record(line, severity))
    if not line.problems:
        return TextLines().format(_record(line, severity))
    # Of tens of thousands no records are made to be told again.
    level = logging.getLevelName(line.level)
    return "\n".join(f"{level} - {shown(*row, severity)}" for row in line.problems)


def _record(line: Line, severity: Severity) -> logging.LogRecord:
    """What a log was told, to tell it again."""
    said = Problems(tuple(Problem(*row, severity) for row in line.problems))
    args = (said if line.problems else line.text,)
    record = logging.LogRecord("mkdocs", line.level, __file__, 0, "%s", args, None)
    record.exc_text = line.trace or None
    return record


def said_by(asked: Asked) -> tuple[str, ...] | None:
    """What the options are, as a digest; None where nobody can tell what else they depend on."""
    try:
        options = asked.config.read_bytes()
    except OSError:
        return None
    if ELSEWHERE in options:
        return None
    said = [blake2b(options, digest_size=16).hexdigest()]
    if ENV in options:
        said.append(_digest(f"{name}={value}" for name, value in sorted(os.environ.items())))
    return tuple(said)


def _ground(
    options: tuple[str, ...], folders: tuple[str, ...], code: tuple[str, ...], history: str
) -> Ground:
    said, files = list(options), [*installed(), *code]
    if history:
        # Commits are told, and whether a file differs from what is committed.
        now = Checkout.of(Path(history))
        said += [now.told, now.commit]
        files += now.files
    return Ground(folders=folders, files=tuple(files), said=tuple(said))


def _at_the_commit_of(found: Standing, ground: Ground) -> Ground:
    """A ground as if no commit had been made since what was found; other commits change what pages
    tell of their own files alone."""
    if not found.history:
        return ground
    return replace(ground, said=(*ground.said[:-1], *found.ground.said[-1:]))


def _digest(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()
