"""The histories of a content folder's files, kept from one build to the next.

Commits are many and change few files each: after some the history of these is brought up to date,
and those of all others are not looked at. That is done only where it is clear that git would tell
the same if it were asked for all: where the commits since the last build stand in one line, and
have changed files or added new ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from zlib import crc32

import msgspec

from ..building.store import Store
from ..catalog.briefing import Briefing
from ..catalog.history import FileHistory
from .edits import Otherwise
from .git import Git, GitError
from .history import Committed, Past, Version, bringing, changed, head, history_of, touched_by
from .keys import digested

KIND = "histories"
_HEAD = "head"
_MOST_SHARDS, _IN_A_SHARD = 128, 32
"""Of what is kept of files: an edit and a commit ask for few."""
MOST = 100
"""Commits up to which they are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Of which state all that is kept is."""

    state: bytes
    shards: tuple[bytes, ...]
    """A digest of each row of files."""
    commit: str
    prefix: str
    changed: tuple[str, ...]
    """Sorted; as of `Committed`, and so the two above."""


_HEADS = msgspec.msgpack.Decoder(_Head)
_SHARD = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
"""Of some files, by path, each decoded when it is asked for."""
_ONE = msgspec.msgpack.Decoder(Past)
_encode = msgspec.msgpack.Encoder().encode


def keep(store: Store, state: bytes, told: Committed | None) -> None:
    """Keep what is told of all files, for a state of the site; nothing for None."""
    store.keep_only(KIND, ())
    if told is None:
        return
    shards: list[dict[str, msgspec.Raw]]
    shards = [{} for _ in range(min(_MOST_SHARDS, 1 + len(told.files) // _IN_A_SHARD))]
    for path, past in told.files.items():
        shards[_mark(path) % len(shards)][path] = msgspec.Raw(_encode(past))
    kept = _Head(
        state=state,
        shards=tuple(_put(store, number, rows) for number, rows in enumerate(shards)),
        commit=told.commit,
        prefix=told.prefix,
        changed=tuple(sorted(told.changed)),
    )
    store.put(KIND, _HEAD, _encode(kept))


def _put(store: Store, number: int, rows: Mapping[str, msgspec.Raw]) -> bytes:
    """Keep some files; gives the digest of their row."""
    row = _encode(rows)
    store.put(KIND, str(number), row)
    return digested(row)


class Histories(Mapping[str, FileHistory]):
    """The histories of files as they are now, by path relative to the content folder.

    Args:
        store: Where they are kept.
        state: Of the site.
        folder: The content folder.
        commit: That is checked out.

    Raises:
        Otherwise: If nothing was kept of that state, or more may have changed than the files that
            were committed since. So do all methods where something is missing.
    """

    def __init__(self, store: Store, state: bytes, folder: Path, commit: str) -> None:
        self._store = store
        self._git = Git(folder)
        try:
            self._head = _HEADS.decode(store.get(KIND, _HEAD) or b"")
        except msgspec.MsgspecError as error:
            raise Otherwise("nothing is kept") from error
        if self._head.state != state:
            raise Otherwise("it is kept of another state")
        self._shards: dict[int, Mapping[str, msgspec.Raw]] = {}
        self._now: dict[str, Past] = {}
        """Of the files that were committed since."""
        before = self._head
        try:
            since = self._since(commit)
            now = changed(self._git, before.prefix)
            self._head = replace(before, commit=commit, changed=tuple(sorted(now)))
            if head(self._git) != commit:
                raise Otherwise("another commit was made meanwhile")
        except (GitError, ValueError) as error:
            raise Otherwise("git cannot tell") from error
        self._before = before
        self.moved = now.symmetric_difference(before.changed) | since
        """Files of which another history is told than before."""

    def _since(self, commit: str) -> Set[str]:
        """The files that were committed since, whose pasts are brought up to date."""
        before = self._head.commit
        if commit == before:
            return set()
        between = f"{before}..{commit}"
        _in_line(self._git, before, commit)
        found: dict[str, list[Version]] = {}
        added = set[str]()
        for edit, at, touched in touched_by(self._git, between):
            for file in touched:
                path = file.path.removeprefix(self._head.prefix)
                if file.status not in {"M", "A"} or path in added:
                    raise Otherwise("files have gone, or have other names")
                if file.status == "A":
                    added.add(path)
                found.setdefault(path, []).append(Version(edit=edit, at=at, blob=file.blob))
        if added and _known(self._git, before, added):
            raise Otherwise("a file has come back")
        for path, versions in found.items():
            past = None if path in added else self._past(path)
            if past is None and path not in added:
                raise Otherwise("nobody knows of a file")
            self._now[path] = Past(
                versions=(*versions, *(past.versions if past else ())),
                newest=versions[0].edit.commit,
                logged=past.logged if past else {},
            )
        return found.keys()

    def look_for_logged(self, briefings: Mapping[str, Briefing]) -> None:
        """Find the commits that brought the changes which files log that were committed since.

        Args:
            briefings: Those files of which pages are made, by path.
        """
        prefix = self._head.prefix
        versions = {f"{prefix}{path}": past.versions for path, past in self._now.items()}
        try:
            logged = bringing(self._git, prefix, versions, briefings)
        except (GitError, ValueError) as error:
            raise Otherwise("git cannot tell") from error
        for path, past in self._now.items():
            self._now[path] = replace(past, logged=logged.get(f"{prefix}{path}", {}))

    def keep(self) -> None:
        """Keep them as they are now, for the state that they were kept of."""
        shards: dict[int, dict[str, msgspec.Raw]] = {}
        for path, past in self._now.items():
            number = self._number(path)
            rows = shards.setdefault(number, dict(self._shard(number)))
            rows[path] = msgspec.Raw(_encode(past))
        digests = list(self._head.shards)
        for number, rows in shards.items():
            digests[number] = _put(self._store, number, rows)
        head = replace(self._head, shards=tuple(digests))
        if head != self._before:
            self._store.put(KIND, _HEAD, _encode(head))

    def __getitem__(self, path: str) -> FileHistory:
        past = self._now.get(path) or self._past(path)
        if past is None:
            raise KeyError(path)
        place = f"{self._head.prefix}{path}"
        return history_of(place, past, changed=path in self._head.changed)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def _paths(self) -> Collection[str]:
        kept = (path for number in range(len(self._head.shards)) for path in self._shard(number))
        return dict.fromkeys((*kept, *self._now))

    def _past(self, path: str) -> Past | None:
        row = self._shard(self._number(path)).get(path)
        return _ONE.decode(row) if row else None

    def _number(self, path: str) -> int:
        return _mark(path) % len(self._head.shards)

    def _shard(self, number: int) -> Mapping[str, msgspec.Raw]:
        if number not in self._shards:
            row = self._store.get(KIND, str(number)) or b""
            if digested(row) != self._head.shards[number]:
                raise Otherwise("it is kept of another state")
            self._shards[number] = _SHARD.decode(row)
        return self._shards[number]


def _mark(path: str) -> int:
    return crc32(path.encode("utf-8", "surrogateescape"))


def _in_line(git: Git, before: str, commit: str) -> None:
    """
    Raises:
        Otherwise: If the commits since one do not stand in one line behind it, or are many.
        GitError: If git cannot tell.
    """
    said = git.ask("rev-list", "--parents", f"--max-count={MOST + 1}", f"{before}..{commit}")
    told: Sequence[list[str]] = [line.split() for line in said.decode().splitlines()]
    wanted = commit
    for found in told:
        if len(found) != 2 or found[0] != wanted:
            raise Otherwise("branches were merged")
        wanted = found[1]
    if wanted != before or len(told) > MOST:
        raise Otherwise("it is another branch, or many commits were made")


def _known(git: Git, commit: str, paths: Collection[str]) -> bool:
    """Whether one of these files was there at some time before a commit.

    Raises:
        GitError: If git cannot tell.
    """
    said = git.ask("rev-list", "--full-history", "--max-count=1", commit, "--", *sorted(paths))
    return bool(said.strip())
