"""Asks whether a locked package has a known weakness.

    python tools/audit.py [LOCK …]     default: requirements.lock and requirements-dev.lock

Exits with 1 when one has. The answer comes from the package index: where that cannot be reached, or
does not know a package, the audit is skipped, says why, and exits with 0, unless
BRIEFINGS_AUDIT=required.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
TOOL = ROOT / "tools" / "audit" / "requirements.lock"

_NOT_ASKED = "could not be audited"
_UNREACHED = re.compile(
    rf"{_NOT_ASKED}"
    r"|ConnectionError|ConnectTimeout|ReadTimeout|NewConnectionError|Name or service not known"
    r"|Temporary failure in name resolution|Network is unreachable|ServiceError|ProxyError"
    r"|No matching distribution|NameResolutionError|HTTPError|Connection refused"
)


def main() -> None:
    locks = sys.argv[1:] or [str(ROOT / name) for name in LOCKS]
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        tool = shutil.which("pip-audit") or _installed(Path(folder))
        for lock in locks:
            command = [tool, "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
            done = subprocess.run(
                [*command, "--requirement", lock], capture_output=True, text=True, check=False
            )
            if done.returncode and "vulnerabilit" not in done.stdout + done.stderr:
                _skip(f"pip-audit has no answer: {_last(done.stderr)}", done.stderr)
            if done.returncode:
                print(done.stdout + done.stderr, end="")
                sys.exit(1)
            # Of what it does not know pip-audit says in the same breath that no weakness is known.
            if unknown := (done.stdout + done.stderr).count(_NOT_ASKED):
                _skip(f"{unknown} packages of {lock} are unknown to the index", _NOT_ASKED)
            print(f"{lock}: {(done.stdout + done.stderr).strip()}")


def _installed(folder: Path) -> str:
    """pip-audit from its lock, in an environment that goes."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "install", "--require-hashes", "--no-deps", "--requirement", str(TOOL)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _skip(f"pip-audit cannot be installed: {_last(done.stderr)}", done.stderr)
    return str(scripts / "pip-audit")


def _skip(reason: str, said: str) -> None:
    """End the audit: skipped where nobody could be asked, failed for any other fault."""
    if os.environ.get("BRIEFINGS_AUDIT") == "required" or not _UNREACHED.search(said):
        print(said, end="", file=sys.stderr)
        sys.exit(f"audit: failed: {reason}")
    print(f"audit: skipped: {reason}")
    sys.exit(0)


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


if __name__ == "__main__":
    main()
