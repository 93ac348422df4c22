"""Runs `briefings import` on a source tree written as one string."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.checking import problems
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.reading.read import read

from ..making import parts

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@dataclass(frozen=True)
class Imported:
    """What an import left behind."""

    exit_code: int
    output: str
    root: Path
    report: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        return self.root / "briefings"

    @property
    def files(self) -> list[str]:
        found = self.folder.rglob("*")
        return sorted(p.relative_to(self.folder).as_posix() for p in found if p.is_file())

    def text(self, path: str) -> str:
        assert path in self.files, f"{path} is not in {self.files}\n{self.output}"
        return (self.folder / path).read_text(encoding="utf-8")

    def front(self, path: str) -> Mapping[str, Any]:
        found = yaml.safe_load(self.text(path).split("---\n")[1])
        assert isinstance(found, dict)
        return found

    def body(self, path: str) -> str:
        return self.text(path).split("---\n", 2)[2].strip("\n")

    def registry(self, name: str) -> Mapping[str, Any]:
        found = yaml.safe_load(self.text(name))
        assert isinstance(found, dict)
        return found

    def found(self, code: str) -> list[tuple[str, int, int, str]]:
        """Source, line, column and text of each finding of a code."""
        return [
            (file["source"], row.get("line", 0), row.get("column", 0), row["what"])
            for file in self.report["files"]
            for how in ("taken", "guessed", "left")
            for row in file[how]
            if row["code"] == code
        ]

    def place(self, source: str, what: str) -> tuple[str, int, int, str]:
        """A finding's source, line, column and text, as the source file itself has them."""
        text = (self.root / "old" / source).read_text(encoding="utf-8")
        at = text.index(what)
        return source, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1, what

    def errors(self) -> list[Problem]:
        """What the checker calls an error in the content folder."""
        found = problems(read(self.folder))
        return [problem for problem in found if problem.severity == Severity.ERROR]


def plant(root: Path, text: str, files: Mapping[str, bytes] | None = None) -> None:
    """Write a source tree."""
    for name, body in parts(text):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8", newline="")
    for name, data in (files or {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def bring(root: Path, *arguments: str, source: str = "old") -> Imported:
    """Import `root/old` into `root/briefings`."""
    report = root / "report.md"
    command = ["import", str(root / source), "--to", str(root / "briefings"), "--debug"]
    result = CliRunner().invoke(main, [*command, "--report", str(report), *arguments])
    written = sorted(root.glob("report*.json"), key=lambda path: path.stat().st_mtime_ns)
    record = json.loads(written[-1].read_text(encoding="utf-8")) if written else {}
    assert result.exit_code in {0, 1, 2, 3, 130}, result.output
    return Imported(result.exit_code, result.output, root, record)
