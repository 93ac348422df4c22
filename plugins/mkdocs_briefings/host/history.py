"""The history of a content folder, read from git in one pass over its commits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
class Past:
    """What the commits tell of a file, whatever has become of it since."""

    versions: tuple[Version, ...]
    """In the order of git's log; never empty."""
    newest: str
    """The newest commit at which the file is as it was committed last."""
    logged: Mapping[Entry, str] = field(default_factory=dict)
    """As of `FileHistory`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What the commits tell of a content folder, up to one of them."""

    commit: str
    prefix: str
    """Path of the folder in the repository, with a `/` at its end, or empty."""
    changed: frozenset[str]
    """Files that differ from what is committed. Paths are relative to the folder."""
    files: Mapping[str, Past]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The histories of a folder's files, by path relative to it."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    note: str = ""
    """Why there is none where there might be one; empty when there is nothing to say."""
    committed: Committed | None = None
    """What they are made from; None where there is none, and where another commit was made while
    it was read."""


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
        shallow, prefix, commit = git.ask(
            "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"
        ).split(b"\n")[:3]
    except (GitError, ValueError):
        return Read()
    try:
        if shallow == b"true" or _partial(git):
            return Read(note="this clone holds a part of the history: fetch it whole")
        told = _committed(git, os.fsdecode(prefix), commit.decode(), briefings)
        files = {
            path: history_of(f"{told.prefix}{path}", past, changed=path in told.changed)
            for path, past in told.files.items()
        }
        return Read(files=files, committed=told if head(git) == told.commit else None)
    except (GitError, ValueError) as error:
        return Read(note=f"git could not tell: {error}")


def head(git: Git) -> str:
    """The commit that is checked out.

    Raises:
        GitError: If there is none.
    """
    return git.ask("rev-parse", "HEAD").decode().strip()


def history_of(path: str, past: Past, *, changed: bool) -> FileHistory:
    """The history of a file whose path in the repository this is, and which differs from what is
    committed, or does not."""
    # Topological order keeps a branch together; readers want the order of days.
    edits = sorted(past.versions, key=lambda v: (v.edit.day, v.at), reverse=True)
    return FileHistory(
        path=path,
        edits=tuple(version.edit for version in edits),
        version="" if changed else past.newest,
        logged=past.logged,
    )


def _partial(git: Git) -> bool:
    """Whether objects are missing that git would fetch when asked: a build uses no network."""
    try:
        return bool(git.ask("config", "--get-regexp", r"^remote\..*\.promisor$"))
    except GitError:  # No such setting.
        return False


def _committed(git: Git, prefix: str, commit: str, briefings: Mapping[str, Briefing]) -> Committed:
    tree = git.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", prefix or ".")
    current = {path: blob for blob, path in _tree(tree)}
    versions = follow(touched_by(git, commit), current) if current else {}
    found = bringing(git, prefix, versions, briefings)
    return Committed(
        commit=commit,
        prefix=prefix,
        changed=changed(git, prefix) if current else frozenset(),
        files={
            path.removeprefix(prefix): Past(
                versions=tuple(all_),
                newest=next((v.edit.commit for v in all_ if v.blob == current[path]), ""),
                logged=found.get(path, {}),
            )
            for path, all_ in versions.items()
        },
    )


def touched_by(git: Git, revisions: str) -> Iterator[tuple[Edit, int, Sequence[Touched]]]:
    """The commits of a range that changed something in the folder, as `commits` gives them.

    Raises:
        GitError: If git cannot tell.
    """
    return commits(
        git.ask(
            *("log", "-z", "--topo-order", "--raw", "-c", "--no-abbrev", "--no-relative"),
            *("--find-renames=50%", "-l1000", "--no-notes", "--encoding=UTF-8"),
            *("--format=%x01%H%x00%cs%x00%ct%x00%s", revisions, "--", "."),
        )
    )


def _tree(said: bytes) -> Iterator[tuple[str, str]]:
    """Blob and path of each file."""
    for entry in said.split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        _, kind, blob = about.decode().split()
        if kind == "blob":
            yield blob, os.fsdecode(path)


def changed(git: Git, prefix: str, paths: Iterable[str] = (".",)) -> frozenset[str]:
    """Which of the paths, and of those below them, are of files that differ from what is committed;
    relative to the folder.

    Raises:
        GitError: If git cannot tell.
    """
    said = git.ask(
        *("status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames"),
        *("--ignore-submodules=all", "--", *paths),
    )
    return frozenset(os.fsdecode(e[3:]).removeprefix(prefix) for e in said.split(b"\0")[:-1])


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


def bringing(
    git: Git,
    prefix: str,
    versions: Mapping[str, Sequence[Version]],
    briefings: Mapping[str, Briefing],
) -> dict[str, dict[Entry, str]]:
    """The commit that brought each logged change, for what the first version had not.

    Args:
        git: In the content folder.
        prefix: As of `Committed`.
        versions: Of files, by path in the repository.
        briefings: By slug: whose logged changes are looked for.

    Returns:
        As of `FileHistory`, by path in the repository.

    Raises:
        GitError: If git cannot tell.
    """
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
            brought = [v.edit.commit for v in later if entry in held.get(v.blob, ())]
            if brought:
                found.setdefault(path, {})[entry] = brought[-1]
    return found
