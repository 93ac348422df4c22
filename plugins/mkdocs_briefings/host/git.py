"""Git, asked as little as possible: no shell, no pager, no network, nothing written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 120
"""Seconds after which a question is given up."""

_SETTINGS = (
    # What a reader's or a site's configuration could change in the answers, or run meanwhile.
    *("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "color.ui=false"),
    *("-c", "log.follow=false", "-c", "log.showRoot=true", "-c", "diff.orderFile=/dev/null"),
    # A folder of briefings that looks like a repository is not one.
    *("-c", "safe.bareRepository=explicit"),
    *("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"),
)
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX",
            "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES")  # fmt: skip
"""Set when a hook of some repository runs the build: they would name that one."""


class GitError(Exception):
    """Git is not there, or has no answer."""


@dataclass(frozen=True, slots=True)
class Git:
    """A folder of a work tree."""

    folder: Path

    def ask(self, *arguments: str, data: bytes = b"") -> bytes:
        """What a git command writes.

        Raises:
            GitError: When it fails, is not installed, or takes longer than `TIMEOUT`.
        """
        environment = {k: v for k, v in os.environ.items() if k not in _FOREIGN}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        try:
            done = subprocess.run(
                ["git", "-C", str(self.folder), *_SETTINGS, *arguments],
                env=environment,
                capture_output=True,
                check=True,
                timeout=TIMEOUT,
                input=data,
            )
        except subprocess.CalledProcessError as error:
            raise GitError(error.stderr.decode("utf-8", "replace").strip()) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise GitError(str(error)) from error
        return done.stdout

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The content of blobs, in their order. An id that is none is left out.

        Raises:
            GitError: As `ask`.
        """
        # A full clone has them all; where one is missing git says so instead of failing.
        said = self.ask("cat-file", "--batch", data="".join(f"{i}\n" for i in ids).encode())
        at = 0
        while at < len(said):
            end = said.index(b"\n", at)
            name, kind, *size = said[at:end].decode().split()
            at = end + 1
            if size:
                length = int(size[0])
                if kind == "blob":
                    yield name, said[at : at + length]
                at += length + 1
