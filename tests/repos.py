"""Git repositories for tests, deaf to the configuration of whoever runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PERSON = "Ada Example"


class Repo:
    """A work tree on the branch `main`."""

    def __init__(self, root: Path) -> None:
        if not shutil.which("git"):
            pytest.skip("git is not installed")
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        if not (root / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, when: str = "2026-05-01T12:00:00+0000") -> str:
        """Run a git command at a moment of its own."""
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_NAME": PERSON for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "ada@git.example" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_DATE": when for who in ("AUTHOR", "COMMITTER")},
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"git {arguments}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")

    def commit(self, message: str, day: str = "2026-05-01", **files: str) -> str:
        """Commit all that there is; gives the commit's id.

        Args:
            message: Of the commit.
            day: Or a whole moment.
            files: Texts to write first; `b__f` is the path `b/f.md`.
        """
        for name, text in files.items():
            self.write(f"{name.replace('__', '/')}.md", text)
        when = day if "T" in day else f"{day}T12:00:00+0000"
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", when=when)
        return self.head

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, message: str, day: str = "2026-05-01") -> str:
        when = f"{day}T12:00:00+0000"
        self.git("merge", "--quiet", "--no-ff", f"--message={message}", branch, when=when)
        return self.head
