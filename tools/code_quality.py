"""The problems of `briefings check --format json` as GitLab's Code Quality report.

python tools/code_quality.py PROBLEMS REPORT
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SEVERITY = {"error": "major", "warning": "minor"}


def code_quality(problems: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """An entry for each problem. Two problems never share a fingerprint, and one keeps its own
    when lines above it come or go."""
    seen: dict[str, int] = {}
    found = []
    for problem in problems:
        told = "\0".join(str(problem[key]) for key in ("path", "code", "message"))
        seen[told] = seen.get(told, 0) + 1
        text = problem["message"] + (f" ({problem['hint']})" if problem["hint"] else "")
        found.append(
            {
                "check_name": problem["code"],
                "description": text,
                "fingerprint": hashlib.sha256(f"{told}\0{seen[told]}".encode()).hexdigest(),
                "severity": SEVERITY[problem["severity"]],
                "location": {"path": problem["path"], "lines": {"begin": problem["line"]}},
            }
        )
    return found


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    given, report = map(Path, sys.argv[1:])
    report.write_text(json.dumps(code_quality(json.loads(given.read_text("utf-8")))), "utf-8")
