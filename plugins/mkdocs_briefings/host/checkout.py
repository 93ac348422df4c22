"""What decides what is told of a folder's history, besides the files in it: asked before any of
them is read, and as cheap as that must be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from .git import Git, GitError

STATE = (
    "rev-parse",
    "--is-shallow-repository",
    "--show-cdup",
    *("--git-path", "index", "--git-path", "info/attributes", "--git-path", "info/grafts"),
    "HEAD",
)
"""What git is asked: a line each. The second leads up to the top of the work tree, the next three
to files that decide what counts as changed, and which commits are before which."""
SETTINGS = ("config", "--list", "-z")
"""Whatever file they stand in: some decide what counts as changed."""
ATTRIBUTES = ".gitattributes"
"""Say how git reads the files below them."""
_OF_ALL = "/etc/gitattributes"


@dataclass(frozen=True, slots=True)
class Checkout:
    """The state of the repository that a folder is in."""

    told: str
    """What git tells of it; empty where there is none."""
    commit: str
    """Id of the one that is checked out."""
    files: tuple[str, ...]
    """Paths of files that decide, too."""

    @classmethod
    def of(cls, folder: Path) -> Checkout:
        """That of a folder as it is now."""
        git = Git(folder)
        try:
            *told, commit = os.fsdecode(git.ask(*STATE)).rstrip("\n").split("\n")
            settings = git.ask(*SETTINGS)
        except (GitError, ValueError):
            return cls("", "", ())
        said = "\n".join([*told, blake2b(settings, digest_size=16).hexdigest()])
        return cls(said, commit, tuple(_deciding(folder, told, os.fsdecode(settings))))


def index_of(folder: Path, told: str) -> str:
    """The path of the index, as `Checkout.files` has it, by what was told; empty where there is
    none. It tells what counts as changed, and is written anew by each commit."""
    lines = told.split("\n")
    return str(folder / lines[2]) if len(lines) > 2 else ""


def _deciding(folder: Path, told: list[str], settings: str) -> Iterator[str]:
    for line in told[2:5]:
        yield str(folder / line)
    # Those in the folder and below it are among its files.
    for number in range(1, told[1].count("../") + 1):
        yield str(folder / ("../" * number) / ATTRIBUTES)
    yield _OF_ALL
    yield _of_person(settings, os.environ)


def _of_person(settings: str, environment: Mapping[str, str]) -> str:
    """The file of attributes of whoever builds."""
    named = [s.partition("\n")[2] for s in settings.split("\0") if s.startswith(_NAMED)]
    if not named:
        at = environment.get("XDG_CONFIG_HOME") or "~/.config"
        named = [f"{at}/git/attributes"]
    try:
        return str(Path(named[-1]).expanduser())
    except RuntimeError:  # Nobody knows where that is, nor does git.
        return named[-1]


_NAMED = "core.attributesfile\n"
