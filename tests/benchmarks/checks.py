"""What `briefings check` costs on ten errors and on a real archive.

    python -m tests.benchmarks.checks

Told is the median of five runs, in seconds: by the clock, and of the processor. A check of ten
errors is to take less than a second, one of the 2,076 articles less than three.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from ..cli.test_check import ten
from ..making import script
from .builds import ARCHIVE

RUNS = 5


def costs(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor that one run takes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, env=dict(os.environ), capture_output=True, check=False)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - began, spent


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "briefings"
        folder.mkdir()
        ten(folder)
        for what, content in (("ten errors", folder), ("real archive", ARCHIVE)):
            command = [script("briefings"), "check", str(content)]
            runs = [costs(command, folder.parent) for _ in range(RUNS)]
            wall, spent = (median(each) for each in zip(*runs, strict=True))
            print(f"{what}: {wall:.2f} s, {spent:.2f} s of the processor")


if __name__ == "__main__":
    main()
