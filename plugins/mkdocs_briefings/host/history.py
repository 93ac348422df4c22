"""The history of a content folder, read from git in one pass over its commits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..catalog.briefing import Briefing
from ..catalog.history import Edit, FileHistory
from ..reading.logged import Entry, logged, logged_now
from .git import Git, GitError

BATCH = 500
"""Versions of files held in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A commit that changed a file, with the file as it left it."""

    edit: Edit
    at: int
    """Seconds since 1970 by the committer's clock."""
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The histories of a folder's files, by path relative to it."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    note: str = ""
    """Why there is none where there might be one; empty when there is nothing to say."""


def read_history(folder: Path, briefings: Mapping[str, Briefing]) -> Read:
    """What git knows of the files of a content folder, of what is committed alone.

    Without git, a work tree or a commit there is none. A clone that holds a part of the history
    would tell a false one: of it, too, nothing is told.

    Args:
        folder: The content folder.
        briefings: By slug: whose logged changes are looked for.
    """
    git = Git(folder)
    try:
        shallow, prefix = git.ask(
            "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"
        ).split(b"\n")[:2]
    except (GitError, ValueError):
        return Read()
    try:
        if shallow == b"true" or _partial(git):
            return Read(note="this clone holds a part of the history: fetch it whole")
        return Read(files=_histories(git, os.fsdecode(prefix), briefings))
    except (GitError, ValueError) as error:
        return Read(note=f"git could not tell: {error}")


def _partial(git: Git) -> bool:
    """Whether objects are missing that git would fetch when asked: a build uses no network."""
    try:
        return bool(git.ask("config", "--get-regexp", r"^remote\..*\.promisor$"))
    except GitError:  # No such setting.
        return False


def _histories(git: Git, prefix: str, briefings: Mapping[str, Briefing]) -> dict[str, FileHistory]:
    tree = git.ask("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", prefix or ".")
    current = {path: blob for blob, path in _tree(tree)}
    if not current:
        return {}
    log = git.ask(
        *("log", "-z", "--topo-order", "--raw", "-c", "--no-abbrev", "--no-relative"),
        *("--find-renames=50%", "-l1000", "--no-notes", "--encoding=UTF-8"),
        *("--format=%x01%H%x00%cs%x00%ct%x00%s", "HEAD", "--", "."),
    )
    versions = follow(commits(log), current)
    changed = set(_changed(git))
    found = _logged(git, prefix, versions, briefings)
    histories = {}
    for path, all_ in versions.items():
        newest = next((v.edit.commit for v in all_ if v.blob == current[path]), "")
        # Topological order keeps a branch together; readers want the order of days.
        edits = sorted(all_, key=lambda v: (v.edit.day, v.at), reverse=True)
        histories[path.removeprefix(prefix)] = FileHistory(
            path=path,
            edits=tuple(version.edit for version in edits),
            version="" if path in changed else newest,
            logged=found.get(path, {}),
        )
    return histories


def _tree(said: bytes) -> Iterator[tuple[str, str]]:
    """Blob and path of each file."""
    for entry in said.split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        _, kind, blob = about.decode().split()
        if kind == "blob":
            yield blob, os.fsdecode(path)


def _changed(git: Git) -> Iterator[str]:
    """Paths of files that differ from what is committed."""
    said = git.ask(
        *("status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames"),
        *("--ignore-submodules=all", "--", "."),
    )
    return (os.fsdecode(entry[3:]) for entry in said.split(b"\0")[:-1])


@dataclass(frozen=True, slots=True)
class Touched:
    """What a commit did to a file."""

    path: str
    former: str
    """The name that it had before, when this one is new; else empty."""
    status: str
    blob: str


def commits(log: bytes) -> Iterator[tuple[Edit, int, Sequence[Touched]]]:
    """The commits of a raw log, in its order, with the files that each changed.

    A merge names the files that are as in none of its parents.
    """
    tokens = iter(log.split(b"\0"))
    head = next(tokens, b"")
    while head.startswith(b"\x01"):
        day, at, subject = (next(tokens).decode("utf-8", "replace") for _ in range(3))
        edit = Edit(commit=head[1:].decode(), day=date.fromisoformat(day), subject=subject)
        touched = []
        head = b""
        for token in tokens:
            token = token.lstrip(b"\n")
            if token.startswith(b"\x01"):
                head = token
                break
            if token:
                touched.append(_touched(token.decode(), tokens))
        yield edit, int(at), touched


def _touched(about: str, tokens: Iterator[bytes]) -> Touched:
    """A file of a commit: `:modes… blobs… status`, a colon for each parent, then its path.

    Of a rename the earlier path comes first; of a merge the present one comes alone.
    """
    parents = len(about) - len(about.lstrip(":"))
    fields = about.lstrip(":").split()
    status, blob = fields[-1], fields[-2]
    path = os.fsdecode(next(tokens))
    if parents == 1 and status[0] in "RC":
        return Touched(os.fsdecode(next(tokens)), path, status[0], blob)
    return Touched(path, "", status[0], blob)


def follow(
    log: Iterator[tuple[Edit, int, Sequence[Touched]]], current: Mapping[str, str]
) -> dict[str, list[Version]]:
    """The versions of each file that there is now, through its earlier names, in the log's order.

    A branch may name a file as it was called before another branch renamed it, and stand first in
    the log: such changes wait for the renaming.
    """
    versions: dict[str, list[Version]] = {}
    now = {path: path for path in current}
    waiting: dict[str, list[Version]] = {}
    for edit, at, touched in log:
        renamed = []
        for file in touched:
            version = Version(edit=edit, at=at, blob=file.blob)
            if file.path in now:
                if file.status != "D":
                    versions.setdefault(now[file.path], []).append(version)
            elif file.status == "A":
                # That file is gone: what waited for it was its own.
                waiting.pop(file.path, None)
            elif file.status != "D":
                waiting.setdefault(file.path, []).append(version)
            if file.status == "R":
                renamed.append((file.former, now.pop(file.path, "")))
        for former, path in renamed:
            if path:
                now[former] = path
                versions[path] += waiting.pop(former, ())
    return versions


def _logged(
    git: Git,
    prefix: str,
    versions: Mapping[str, Sequence[Version]],
    briefings: Mapping[str, Briefing],
) -> dict[str, dict[Entry, str]]:
    """By path: the commit that brought each logged change, for what the first version had not."""
    wanted = {
        path: entries
        for briefing in briefings.values()
        if len(versions.get(path := prefix + briefing.path, ())) > 1
        and (entries := logged_now(briefing))
    }
    blobs = sorted({version.blob for path in wanted for version in versions[path]})
    held: dict[str, frozenset[Entry]] = {}
    for start in range(0, len(blobs), BATCH):
        some = git.blobs(blobs[start : start + BATCH])
        held |= {blob: logged(data) for blob, data in some}
    found: dict[str, dict[Entry, str]] = {}
    for path, entries in wanted.items():
        *later, first = versions[path]
        for entry in entries - held.get(first.blob, frozenset()):
            bringing = [v.edit.commit for v in later if entry in held.get(v.blob, ())]
            if bringing:
                found.setdefault(path, {})[entry] = bringing[-1]
    return found
