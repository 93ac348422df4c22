"""What a branch changed in a content folder, and how the folder was where the branch left off."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from ..reading.folder import load
from ..reading.nodes import Fault
from ..reading.options import CONFIG_NAMES
from .git import Git, GitError
from .revision import Entry, commit_of, entries, write

ALIKE = 0.5
"""How much of a file's lines must be another's for the one to be the other, renamed: as git has
it."""
_MOST_PAIRS = 2_000
"""Of files that git does not know yet and files that are gone; past it nobody looks."""


class NoBase(Exception):
    """There is nothing to compare with: misuse, with a message for the user."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What lies between a commit and the files as they are now, committed or not.

    Paths are relative to the content folder, with `/`; those above it begin with `../`.
    """

    git: Git
    commit: str
    """Id of the commit: the last one that the branch shares with what it is compared with."""
    prefix: str
    """Path of the content folder in the repository, with a `/` at its end, or empty."""
    touched: frozenset[str]
    """Files that are new, renamed or differ."""
    gone: frozenset[str]
    """Files that are no more, under their name of then."""
    renamed: Mapping[str, str]
    """Name of then → name of now."""

    @contextmanager
    def before(self, folder: Path) -> Iterator[Path]:
        """The content folder as it was at the commit, for as long as it is looked at.

        The nearest `mkdocs.yml` files lie above it as they did. What did not change is taken from
        `folder`, so that its bytes are those of the files there, whatever git does to line ends.

        Raises:
            GitError: When git fails.
        """
        with TemporaryDirectory(prefix="briefings-") as place:
            root, stale = Path(place), self.touched | self.gone
            top = root / self.prefix
            top.mkdir(parents=True, exist_ok=True)
            later: list[Entry] = []
            for entry in self._listed():
                near = _near(entry.path, self.prefix)
                source = folder / near
                if entry.mode.startswith("100") and near not in stale and source.is_file():
                    target = root / entry.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target, follow_symlinks=False)
                else:
                    later.append(entry)
            write(self.git, later, "", root)
            yield top

    def _listed(self) -> Iterator[Entry]:
        """What the commit has of the folder, and of the options above it."""
        yield from entries(self.git, self.commit, self.prefix or ".")
        above = ["", *accumulate(f"{part}/" for part in self.prefix.split("/")[:-2])]
        for folder in above if self.prefix else ():
            for name in CONFIG_NAMES:
                yield from entries(self.git, self.commit, f"{folder}{name}")


def changes_since(folder: Path, base: str | None) -> Changes:
    """What changed in `folder` since the branch left `base`; None for what is not committed yet.

    Raises:
        NoBase: Without git, outside a repository, for a name that is no commit here, and where
            the two have no commit in common.
    """
    git, prefix = _repository(folder)
    commit = _shared(git, base) if base is not None else _commit(git, "HEAD")
    if not commit:
        raise NoBase(_unknown(git, base or "HEAD"))
    here = f"{prefix}"
    touched, gone, renamed = set[str](), set[str](), dict[str, str]()
    try:
        said = git.ask(
            *("diff", "--name-status", "-z", "-M", "-l5000", "--no-ext-diff", "--no-relative"),
            *("--ignore-submodules", commit, "--"),
        )
        fresh = git.ask("ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    except GitError as error:
        raise NoBase(f"git could not compare: {error}") from None
    for status, old, new in _statuses(said):
        was, now = _near(old, here), _near(new, here)
        if status == "D":
            gone.add(was)
        else:
            touched.add(now)
            if old != new:
                gone.add(was)
                renamed[was] = now
    untracked = [os.fsdecode(name) for name in fresh.split(b"\0") if name]
    touched |= set(untracked)
    renamed |= _moved(git, commit, here, folder, sorted(gone - renamed.keys()), untracked)
    return Changes(git, commit, prefix, frozenset(touched), frozenset(gone), renamed)


def _near(path: str, prefix: str) -> str:
    return posixpath.relpath(path, prefix or ".")


def _repository(folder: Path) -> tuple[Git, str]:
    if not shutil.which("git"):
        raise NoBase("git is not installed")
    git = Git(folder)
    try:
        inside = git.ask("rev-parse", "--is-inside-work-tree").strip()
        prefix = os.fsdecode(git.ask("rev-parse", "--show-prefix")[:-1])
    except GitError as error:
        raise NoBase(f"{folder} is not in a git repository ({_first(error)})") from None
    if inside != b"true":
        raise NoBase(f"{folder} is not in the work tree of a git repository")
    return git, prefix


def _first(error: GitError) -> str:
    return (str(error).splitlines() or ["git says nothing"])[0]


def _commit(git: Git, name: str) -> str:
    """The id of a commit; empty when there is none of that name."""
    try:
        return commit_of(git, name)
    except GitError:
        return ""


def _shared(git: Git, base: str) -> str:
    """The last commit that HEAD and `base` share."""
    other, head = _commit(git, base), _commit(git, "HEAD")
    if not other or not head:
        raise NoBase(_unknown(git, base if not other else "HEAD"))
    try:
        return git.ask("merge-base", head, other).decode().split()[0]
    except (GitError, IndexError):
        if _shallow(git):
            message = f"this clone is shallow: it does not reach back to where '{base}' was left"
            hint = "run `git fetch --unshallow`, or check out with `fetch-depth: 0`"
            raise NoBase(f"{message}; {hint}") from None
        raise NoBase(f"this branch and '{base}' have no commit in common") from None


def _unknown(git: Git, name: str) -> str:
    if name == "HEAD":
        return "there is no commit yet"
    hint = f"fetch it first: `git fetch origin {name}`"
    if _shallow(git):
        hint = "the clone is shallow: run `git fetch --unshallow`, or check out with "
        hint += "`fetch-depth: 0`"
    return f"git knows no commit '{name}' here; {hint}"


def _shallow(git: Git) -> bool:
    try:
        return git.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        return False


def _statuses(said: bytes) -> Iterator[tuple[str, str, str]]:
    """Letter, name of then and name of now; the two are one but for renames."""
    parts = iter(os.fsdecode(part) for part in said.split(b"\0"))
    for status in parts:
        if not status:
            return
        old = next(parts)
        yield status[0], old, next(parts) if status[0] in "RC" else old


def _moved(
    git: Git, commit: str, prefix: str, folder: Path, gone: Iterable[str], fresh: Iterable[str]
) -> Mapping[str, str]:
    """Files that were renamed without git's knowing: it has not heard of the new name yet."""
    old = [path for path in gone if path.endswith(".md")]
    new = {path: lines for path in fresh if path.endswith(".md") and (lines := _now(folder, path))}
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return {}
    found: dict[str, str] = {}
    for path in old:
        name = posixpath.normpath(posixpath.join(prefix, path))
        try:
            before = git.ask("cat-file", "blob", f"{commit}:{name}").splitlines()
        except GitError:
            continue
        alike, best = max(((_alike(before, new[path]), path) for path in new), default=(0.0, ""))
        if alike >= ALIKE:
            found[path] = best
            del new[best]
    return found


def _now(folder: Path, path: str) -> list[bytes]:
    """The lines of a file of the content folder; none when it is no file that is read."""
    try:
        return load(folder, path).splitlines()
    except Fault:
        return []


def _alike(one: list[bytes], other: list[bytes]) -> float:
    """How much of two files is the same, from 0 to 1; 0 where it is surely too little."""
    matcher = SequenceMatcher(None, one, other)
    quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return matcher.ratio() if quick >= ALIKE else 0.0
