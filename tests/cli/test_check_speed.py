"""How long a check takes, in seconds of the processor: other work on the machine counts little."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

import pytest

from ..making import NOW, script
from .test_check import folder, ten

__all__ = ["folder"]  # the fixture


def seconds(*arguments: str, cwd: Path) -> float:
    """What one run costs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [script("briefings"), "check", *arguments],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1, done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_ten_errors_take_less_than_a_second(folder: Path) -> None:
    ten(folder)
    assert min(seconds(cwd=folder.parent) for _ in range(2)) < 1


@pytest.mark.archive
def test_a_real_archive(corpus: Path, tmp_path: Path) -> None:
    """Some two seconds for 2,000 articles on a quiet machine; three are promised, and what shares
    the processor's caches may cost as much again."""
    assert seconds(str(corpus), cwd=tmp_path) < 5
