"""A content folder as a commit has it, laid out in a folder of its own: nothing is checked out.

Only git's objects are read. No hook and no filter runs, no work tree and no index is touched, and
nothing is fetched. Of a link only that it is one is laid out, not where it leads; a submodule is
a folder with a hidden file. Reading reports both as it does in a work tree.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from ..reading.folder import FILE_LIMIT, IMAGE_LIMIT, LEDGER, LEDGER_LIMIT
from ..reading.options import CONFIG_NAMES, OptionError, docs_dir
from .git import Git, GitError

TOGETHER = 8 << 20
"""Bytes of files that are held at once, about."""
HEAD = 64
"""Bytes of an image that are laid out: more are not looked at. Its size is kept."""
PLACEHOLDER = "a-link-of-the-commit"
"""Where laid out links lead: to nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit's tree."""

    mode: str
    blob: str
    size: int
    """Of a file; 0 for a submodule."""
    path: str
    """Relative to the top of the repository."""


def commit_of(git: Git, revision: str) -> str:
    """The id of the commit that a revision names.

    Raises:
        GitError: If it names none.
    """
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return git.ask(*asked).decode().strip()


def parted_at(git: Git, base: str, head: str) -> str:
    """The commit at which a branch left its base; the base itself where they share none."""
    try:
        return git.ask("merge-base", base, head).decode().split()[0]
    except (GitError, IndexError):
        return base


def lay_out(git: Git, commit: str, project: str, into: Path, docs: str | None = None) -> Path:
    """Write a commit's `mkdocs.yml` and content folder below `into`.

    Args:
        git: In the repository.
        commit: Its id.
        project: Path of the project's folder in the repository, ending in `/`; empty for its top.
        into: An empty folder.
        docs: Path of the content folder in the project; None for what `mkdocs.yml` says.

    Returns:
        The content folder. It is empty where the commit has none.

    Raises:
        GitError: If an object is missing.
        OptionError: If `mkdocs.yml` names a content folder outside of the project.
    """
    if docs is None:
        for name in CONFIG_NAMES:
            write(git, list(entries(git, commit, f"{project}{name}")), project, into)
        docs = docs_dir(into)
    parts = PurePosixPath(docs).parts
    if PurePosixPath(docs).is_absolute() or ".." in parts or "\\" in docs:
        raise OptionError(f"docs_dir: '{docs}' leads out of the project in {commit[:12]}")
    folder = into.joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True)
    within = f"{project}{PurePosixPath(*parts)}/" if parts else project
    write(git, list(entries(git, commit, within or ".")), project, into)
    return folder


def entries(git: Git, commit: str, path: str) -> Iterator[Entry]:
    """What a commit has at a path of the repository, and below it.

    Names are those of an unchecked object: what git would not write, such as one that climbs, is
    left out.

    Raises:
        GitError: If git fails.
    """
    said = git.ask("ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", path)
    for entry in said.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, blob, size = about.decode().split()
        found = os.fsdecode(name)
        if not {"", ".", "..", ".git"} & set(found.split("/")):
            yield Entry(mode, blob, 0 if size == "-" else int(size), found)


def write(git: Git, found: Sequence[Entry], project: str, into: Path) -> None:
    """Lay out entries below `into`, as far as reading looks at them; `project` as for `lay_out`.

    Raises:
        GitError: If an object is missing.
    """
    files = [e for e in found if e.mode.startswith("100")]
    for entry, data in _contents(git, files):
        target = _target(entry, project, into)
        # Neither follows a link nor takes the place of another file.
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.truncate(entry.size)
    # Last, so that nothing is written through them.
    for entry in found:
        if entry.mode == "120000":
            _target(entry, project, into).symlink_to(PLACEHOLDER)
        elif entry.mode == "160000":
            target = _target(entry, project, into)
            target.mkdir()
            (target / ".git").touch()


_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


def _target(entry: Entry, project: str, into: Path) -> Path:
    target = into / entry.path.removeprefix(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _contents(git: Git, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """The bytes of files as far as reading looks at them."""
    for batch in _batches(entries):
        wanted = [entry for entry in batch if _limit(entry)]
        known = dict(git.blobs(dict.fromkeys(entry.blob for entry in wanted)))
        for entry in batch:
            if entry in wanted and entry.blob not in known:
                raise GitError(f"{entry.path}: the object {entry.blob} is missing")
            yield entry, known.get(entry.blob, b"")[: _limit(entry)]


def _limit(entry: Entry) -> int:
    """How many bytes of a file are laid out; 0 for what is over reading's limits."""
    if entry.path.endswith(LEDGER):
        return entry.size if entry.size <= LEDGER_LIMIT else 0
    if entry.path.endswith((".md", ".yml", ".yaml")):
        return entry.size if entry.size <= FILE_LIMIT else 0
    return min(entry.size, HEAD) if entry.size <= IMAGE_LIMIT else 0


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Entries in their order, in batches of not too many bytes."""
    rest = iter(entries)
    while batch := list(islice(rest, 1)):
        total = batch[0].size
        for entry in rest:
            batch.append(entry)
            total += entry.size if _limit(entry) else 0
            if total > TOGETHER:
                break
        yield batch
