"""Whether all that a build rests on is as the last one left it: then there is nothing to do.

What is looked at costs next to nothing: the status of each file of the content, the theme and the
site, as git looks at its index. Any doubt means an ordinary build, which looks closer.

A build notes how its inputs were before it read them. A file that changes while it is read differs
from the note, and so does one that changes later.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from .codec import Codec
from .files import SETTLED, changed
from .files import stamp as status_of
from .store import Store

_KIND = "standing"
_TOLD = "standing-told"
_NOTHING = bytes(32)
"""Of the status of a file that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a build rests on. Paths are absolute."""

    folders: tuple[str, ...]
    """With all files below them."""
    files: tuple[str, ...]
    """Files and folders that count by themselves; one that is not there counts, too."""
    said: tuple[str, ...] = ()
    """What else counts, as it was asked for: of the environment, of the repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How the ground was at one moment."""

    digest: str
    looked: int
    """When this was looked at, in nanoseconds since 1970: before the first file was."""


Row = tuple[str, int, int, str, str, str]
"""Of a problem: path, line, column, code, message and hint, without what is not printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a log was told at once."""

    level: int
    """As Python's logging counts."""
    text: str = ""
    """Where it is no problems."""
    trace: str = ""
    """Of the error that was told with it; shown to people only."""
    problems: tuple[Row, ...] = ()
    """Where it is: data, since of tens of thousands most are never told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a build left, and for how long it stands."""

    ground: Ground
    code: tuple[str, ...]
    """Files of code that the site has added."""
    history: str
    """The folder whose history in the repository counts; empty when none does."""
    stamp: Stamp
    since: float
    until: float
    """Seconds since 1970 between which the clock changes nothing; `until` itself is too late."""
    site: str
    """The folder that is served."""
    state: str
    """Of that folder: another build into it, asked for otherwise, leaves another."""
    pages: int
    told: str
    """A digest of what is told again, under which it is kept apart: few edits change it, and the
    warnings of an archive are megabytes."""


_CODEC = Codec(Standing)
_LINES = msgspec.msgpack.Decoder(tuple[Line, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The files of a ground as they were at one moment: whoever asks twice need not look twice."""

    folders: tuple[str, ...]
    """As of `Ground`; so for files."""
    files: tuple[str, ...]
    looked: int
    """The moment, in nanoseconds since 1970."""
    statuses: Mapping[str, bytes]
    """By path: size, times and inode; of a link those of what it leads to behind them."""
    contents: Mapping[str, bytes]
    """By path, a digest of the bytes of files that had changed just before that moment: the status
    of one may stay the same when it changes once more."""

    @classmethod
    def of(cls, ground: Ground, looked: int) -> Seen:
        """Look at the files, as at a moment.

        Raises:
            OSError: If a folder or such a file cannot be read, or a link leads to a folder.
        """
        statuses: dict[str, bytes] = {}
        for path, status in _all(ground):
            statuses[path] = statuses.get(path, b"") + status
        return cls(
            folders=ground.folders,
            files=ground.files,
            looked=looked,
            statuses=statuses,
            contents=_contents(statuses, looked),
        )

    def at(self, looked: int) -> Seen:
        """The same look, as at another moment.

        Raises:
            OSError: If a file that had changed just before it cannot be read.
        """
        return replace(self, looked=looked, contents=_contents(self.statuses, looked))

    def is_of(self, ground: Ground) -> bool:
        """Whether these are the files of a ground."""
        return (self.folders, self.files) == (ground.folders, ground.files)

    def differing(self, other: Seen) -> set[str]:
        """The paths that one of two has and the other has not, or has otherwise."""
        pairs = self.statuses.items() ^ other.statuses.items()
        pairs |= self.contents.items() ^ other.contents.items()
        return {path for path, _ in pairs}

    def stamp(self, said: Sequence[str]) -> Stamp:
        """The ground that has these files, and of which this was said, in short."""
        digest = blake2b(digest_size=16)
        for path, status in sorted(self.statuses.items()):
            told = f"{path}\0".encode("utf-8", "surrogateescape")
            digest.update(told + status + self.contents.get(path, b""))
        digest.update("\0".join(said).encode("utf-8", "surrogateescape"))
        return Stamp(digest=digest.hexdigest(), looked=self.looked)


def _contents(statuses: Mapping[str, bytes], looked: int) -> dict[str, bytes]:
    late = looked - SETTLED
    return {
        path: blake2b(Path(path).read_bytes(), digest_size=16).digest()
        for path, status in statuses.items()
        if changed(status) > late and Path(path).is_file()
    }


def _all(ground: Ground) -> Iterator[tuple[str, bytes]]:
    for path in ground.files:
        try:
            yield path, status_of(Path(path).stat())
        except OSError:
            yield path, _NOTHING
    waiting = list(ground.folders)
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_dir():
                    raise NotADirectoryError(20, "a link to a folder", entry.path)
                else:
                    yield entry.path, status_of(entry.stat(follow_symlinks=False))
                    # A theme is read through links.
                    if entry.is_symlink() and Path(entry.path).exists():
                        yield entry.path, status_of(entry.stat())


def keep_told(store: Store, lines: tuple[Line, ...]) -> str:
    """Keep what a build told, and nothing told earlier; gives the digest for `Standing.told`."""
    encoded = msgspec.msgpack.encode(lines)
    key = blake2b(encoded, digest_size=16).hexdigest()
    store.keep_only(_TOLD, (key,))
    if store.get(_TOLD, key) is None:
        store.put(_TOLD, key, encoded)
    return key


def told_again(store: Store, standing: Standing) -> tuple[Line, ...] | None:
    """What a build told; None where nobody knows."""
    kept = store.get(_TOLD, standing.told)
    try:
        return _LINES.decode(kept) if kept else None
    except msgspec.MsgspecError:
        return None


def leave(store: Store, key: str, standing: Standing) -> None:
    """Note what a build left, by all that it was asked for; earlier notes are forgotten."""
    store.keep_only(_KIND, ())
    store.put(_KIND, key, _CODEC.encode(standing))


def left(store: Store, key: str) -> Standing | None:
    """What the last build that was asked for the same left."""
    kept = store.get(_KIND, key)
    try:
        return _CODEC.decode(kept) if kept else None
    except ValueError:
        return None


def may_stand(standing: Standing, ground: Ground, now: float) -> bool:
    """Whether a build now, on a ground asked for anew, would read what that one read, if all files
    are as they were."""
    return standing.since <= now < standing.until and ground == standing.ground


def installed() -> Sequence[str]:
    """The folders that packages are in: each changes when one of them comes, goes or is renewed."""
    return [str(Path(path).resolve()) for path in sys.path if Path(path).is_dir()]
