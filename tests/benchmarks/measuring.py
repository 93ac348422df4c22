"""What a command costs, and what it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

LAUNCH = Path(__file__).parent / "launch.py"


class Failed(Exception):
    """A command that did not do its work; the message says how it ended."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one build, or the median of several, each number by itself."""

    cpu: float
    """Seconds of all cores, in the program and in the system for it, of the process and of all that
    it started; on other systems than Linux, of those that it or theirs waited for."""
    wall: float
    """Seconds from start to end."""
    peak: int
    """Most bytes of memory that one of its processes held."""
    files: int
    """Files in the site."""
    size: int
    """Bytes of these files."""


def measured(
    command: Sequence[str | Path],
    folder: Path,
    site: Path,
    log: Path,
    *,
    seconds: int,
    env: Mapping[str, str],
) -> Cost:
    """Run a command in a folder and weigh the site that it leaves.

    Raises:
        Failed: If it ends with another code than 0, or not within `seconds`.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", LAUNCH, str(seconds), log, *command],
        cwd=folder,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    if told["stopped"]:
        raise Failed(f"stopped after {seconds // 60} min")
    if told["exit_code"]:
        raise Failed(f"failed with code {told['exit_code']}")
    files, size = weigh(site)
    return Cost(cpu=told["cpu"], wall=told["wall"], peak=told["peak"], files=files, size=size)


def weigh(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and their bytes."""
    sizes = [
        (Path(root) / name).stat().st_size for root, _, names in os.walk(folder) for name in names
    ]
    return len(sizes), sum(sizes)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each number."""
    return Cost(
        cpu=median(cost.cpu for cost in costs),
        wall=median(cost.wall for cost in costs),
        peak=int(median(cost.peak for cost in costs)),
        files=int(median(cost.files for cost in costs)),
        size=int(median(cost.size for cost in costs)),
    )
