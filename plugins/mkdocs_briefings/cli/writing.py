"""What commands that write briefings share: names looked up, files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..catalog.problem import printable
from ..catalog.settings import Settings
from ..catalog.slugs import slugify
from ..reading.language import LITTLE_WORDS

# Imported where they are used: help and completion do without pydantic.
if TYPE_CHECKING:
    from ..reading.registries import Registries
    from ..reading.vocabulary import Vocabulary

SLUG_LENGTH = 60
"""Most code points of a slug made from a title."""
_SLUG_BYTES = 110
_LITTLE = frozenset(LITTLE_WORDS["en"].split()) | {
    "a",
    "an",
    "in",
    "for",
    "at",
    "after",
    "into",
    "all",
}
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))]
)


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def registries_of(folder: Path) -> Registries:
    """The registries of a content folder; empty and open where it has none, or is not there yet."""
    from ..reading.folder import REGISTRIES
    from ..reading.registries import read_registries

    return read_registries(folder, [name for name in REGISTRIES if (folder / name).is_file()])


def settings_of(folder: Path) -> Settings:
    """The settings of the site that publishes `folder`.

    Raises:
        click.UsageError: If its mkdocs.yml has an option without meaning.
    """
    from ..reading.options import OptionError, settings_for

    try:
        return settings_for(folder)
    except OptionError as error:
        raise click.UsageError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Known:
    """A name as it is to be written."""

    written: str
    """The key where a registry has it, else the name as typed."""
    key: str
    new: bool
    """A registry is there and does not have it."""


def look_up(vocabulary: Vocabulary, typed: str) -> tuple[Known, str]:
    """Look a name up; with it, what is wrong with it and a hint, empty when nothing is."""
    from ..reading.findings import Findings
    from ..reading.nodes import Node

    findings = Findings(vocabulary.registry)
    key = vocabulary.key(typed, Node(typed, 1, 1), findings)
    wrong = [p for p in findings.problems if not p.code.startswith("duplicate-")]
    told = "; ".join(f"{p.message} ({p.hint})" if p.hint else p.message for p in wrong)
    written = key if key in vocabulary.keys else vocabulary.added.get(key, typed)
    return Known(written, key, vocabulary.closed and key not in vocabulary.keys), told


def chosen(vocabulary: Vocabulary, typed: Sequence[str], option: str) -> list[str]:
    """Names given with an option, as they are to be written, each once.

    Raises:
        click.BadParameter: If the registry does not have one of them.
    """
    found: dict[str, str] = {}
    for name in typed:
        known, wrong = look_up(vocabulary, name.strip())
        if wrong:
            raise click.BadParameter(printable(wrong), param_hint=option)
        found.setdefault(known.key, known.written)
    return list(found.values())


def a_date(typed: str, option: str) -> date:
    """A day as `2026-03-17`.

    Raises:
        click.BadParameter: If it is none between 1900 and 2100.
    """
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        day = date.min
    if len(typed.strip()) != 10 or not 1900 <= day.year <= 2100:
        message = f"'{printable(typed)}' is no day between 1900 and 2100: write it as 2026-03-17"
        raise click.BadParameter(message, param_hint=option)
    return day


def short_slug(title: str, limit: int = SLUG_LENGTH) -> str:
    """A slug for a title, cut between words to at most `limit` code points.

    Empty when the title has no letter and no digit.

    >>> short_slug("Ports and harbours: what the new timetable changes for the ferries in May")
    'ports-and-harbours-what-the-new-timetable-changes'
    """
    allowed = {"Ll", "Lu", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}
    whole = slugify(title)
    slug = "".join(c if unicodedata.category(c) in allowed else "-" for c in whole)
    words = [word for word in slug.split("-") if word]
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word
        if len(longer) > limit or len(longer.encode()) > _SLUG_BYTES:
            break
        short = longer
    # A slug that was cut does not end in "for the".
    while len(short) < len("-".join(words)) and "-" in short and _last(short) in _LITTLE:
        short = short.rpartition("-")[0]
    if not short and words:  # One word longer than all that a slug may hold.
        short = words[0][:limit].encode()[:_SLUG_BYTES].decode("utf-8", "ignore")
    return f"{short}-briefing" if short in _DEVICES else short


def _last(slug: str) -> str:
    return slug.rpartition("-")[2]


def write_new(path: Path, text: str | bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Written beside under another name, forced to the disk, then given its name in one step that
    fails when the name is taken: nothing is ever overwritten, whoever else is writing.

    Raises:
        FileExistsError: If `path` exists, also as a broken link.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        raise FileExistsError(17, "there is a file of that name already", str(path))
    temporary = _beside(path, text)
    try:
        _name(temporary, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    _force(path.parent)


def replace(path: Path, before: bytes, text: str) -> None:
    """Write a file anew, whole or not at all, unless it has changed since it was read.

    Raises:
        OSError: If it is not what it was.
    """
    temporary = _beside(path, text)
    try:
        temporary.chmod(path.stat().st_mode & 0o777)
        if path.is_symlink() or path.read_bytes() != before:
            raise OSError(16, "somebody else is writing it", str(path))
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    _force(path.parent)


def _beside(path: Path, text: str | bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".briefings-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8") if isinstance(text, str) else text)
            file.flush()
            # mkstemp makes files for their owner alone; these are for everybody the user lets.
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _name(temporary: Path, path: Path) -> None:
    try:
        # A hard link, unlike a rename, never replaces what is there.
        os.link(temporary, path)
    except FileExistsError:
        raise FileExistsError(17, "there is a file of that name already", str(path)) from None
    except OSError:
        # No hard links here, as on FAT: look, then rename.
        if os.path.lexists(path):
            raise FileExistsError(17, "there is a file of that name already", str(path)) from None
        temporary.rename(path)


def _force(folder: Path) -> None:
    """Make a new name survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
