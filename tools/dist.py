"""Builds the packages for a release, twice, and refuses them unless both are the same.

    python tools/dist.py [FOLDER]     default: dist/

In the folder are then the wheel, the sdist, `sbom.cdx.json` with all that an installation holds,
and `SHA256SUMS`. Their bytes depend on the files that git knows and on SOURCE_DATE_EPOCH alone, by
default the time of the last commit: not on the machine, the folder, the day or the user. Nothing is
fetched: the build tool is that of the environment, from the lock.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
SBOM = "sbom.cdx.json"

# setuptools rewrites sys.argv: the folder is read before it starts.
_BUILD = (
    "import os, sys; os.umask(0o022); to = sys.argv[1]\n"
    "import setuptools.build_meta as b; b.build_sdist(to); b.build_wheel(to)"
)


def main() -> None:
    to = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist")
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory(prefix="dist-") as name:
        one, other = Path(name) / "one", Path(name) / "a longer name for the other"
        files = packages(one, epoch)
        if files != packages(other, epoch):
            sys.exit("the two builds differ")
    version = next(n for n in files if n.endswith(".whl")).split("-")[1]
    files[SBOM] = sbom(LOCK.read_text(encoding="utf-8"), version)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {n}\n" for n, data in sorted(files.items())]
    files["SHA256SUMS"] = "".join(sums).encode()
    to.mkdir(parents=True, exist_ok=True)
    for file, data in sorted(files.items()):
        (to / file).write_bytes(data)
    print("".join(sums), end="")


def packages(work: Path, epoch: int) -> dict[str, bytes]:
    """Wheel and sdist by name, built in a folder that is not there yet."""
    copy, made = work / "project", work / "made"
    made.mkdir(parents=True)
    for name in sorted(_git("ls-files", "-z").split("\0")):
        if name and (ROOT / name).is_file():
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
            target.chmod(0o755 if os.access(ROOT / name, os.X_OK) else 0o644)
            os.utime(target, (epoch, epoch))
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(made)],
        cwd=copy,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return {
        path.name: _settled(path, epoch) if path.name.endswith(".tar.gz") else path.read_bytes()
        for path in sorted(made.iterdir())
    }


def _settled(path: Path, epoch: int) -> bytes:
    """An sdist without the times, users and order of who made it, which setuptools leaves in."""
    plain = io.BytesIO()
    with (
        tarfile.open(path) as before,
        tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as after,
    ):
        for member in sorted(before.getmembers(), key=lambda member: member.name):
            content = before.extractfile(member) if member.isfile() else None
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            after.addfile(member, content)
    return gzip.compress(plain.getvalue(), 9, mtime=epoch)


def sbom(lock: str, version: str) -> bytes:
    """All that an installation from a lock holds, as CycloneDX 1.6 in JSON."""
    parts = [_component(block) for block in _blocks(lock)]
    project = {
        "type": "application",
        "bom-ref": "mkdocs-briefings",
        "name": "mkdocs-briefings",
        "version": version,
        "purl": f"pkg:pypi/mkdocs-briefings@{version}",
        "licenses": [{"license": {"id": "MIT"}}],
    }
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": project},
        "components": parts,
        "dependencies": [
            {"ref": "mkdocs-briefings", "dependsOn": [part["bom-ref"] for part in parts]}
        ],
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def _blocks(lock: str) -> list[str]:
    bare = re.sub(r"^ *#.*\n", "", lock, flags=re.MULTILINE)
    return [block for block in bare.replace("\\\n", " ").splitlines() if block.strip()]


def _component(block: str) -> dict[str, Any]:
    """One pinned package; the digests are those of all its published files."""
    spec, *digests = (part.strip() for part in block.split("--hash=sha256:"))
    wanted = Requirement(spec)
    name, version = canonicalize_name(wanted.name), next(iter(wanted.specifier)).version
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"pkg:pypi/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
            }
        ],
    }
    if wanted.marker:
        found["properties"] = [{"name": "python:marker", "value": str(wanted.marker)}]
    return found


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main()
