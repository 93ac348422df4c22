"""P19: commands that write briefings write them whole or not at all, and over nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs_briefings.cli.writing import replace, write_new

from ..making import NOW, script

KILLED = """
import builtins, os, signal, sys, tempfile
from mkdocs_briefings.cli import writing
from mkdocs_briefings.cli.main import main

point, left = sys.argv.pop(1), int(sys.argv.pop(1))

def killing(name):
    call = getattr(os, name)
    def counted(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **named)
    return counted

if point == "half":
    fdopen = os.fdopen
    def half(handle, *arguments, **named):
        file = fdopen(handle, *arguments, **named)
        write = file.write
        class Half:
            def __enter__(self): return self
            def __exit__(self, *_): file.close()
            def write(self, text):
                global left
                left -= 1
                write(text[: len(text) // 2] if left < 0 else text)
                file.flush()
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            def __getattr__(self, name): return getattr(file, name)
        return Half()
    writing.os.fdopen = half
else:
    setattr(os, point, killing(point))
main()
"""
"""`briefings`, killed in the middle of its nth file, or at its nth call of a function of `os`."""

TEXT = """\
Harbour keeps the old timetable{number}

The harbour office of Testhaven said on Monday that it would keep the old timetable.

By Ada Example
"""


def killed(folder: Path, point: str, left: int, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, point, str(left), *command],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [script("briefings"), *command],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        text=True,
        check=False,
    )


NEW = ("new", "Rates held", "--topic", "banks", "--author", "Ada Example")


@pytest.mark.parametrize("point", ["half", "fsync", "link"])
def test_p19_new_is_killed(tmp_path: Path, point: str) -> None:
    (tmp_path / "briefings").mkdir()
    path = tmp_path / "briefings/2026/rates-held.md"
    killed(tmp_path, point, 0, *NEW)
    assert not path.exists()
    checked = run(tmp_path, "check")
    assert checked.returncode == 0, "what is left over is named, and stops nobody"
    assert "delete it" in checked.stdout
    assert run(tmp_path, *NEW).returncode == 0
    whole = path.read_text(encoding="utf-8")
    assert whole.endswith("nothing is.\n")
    assert run(tmp_path, *NEW).returncode == 1, "nothing is overwritten"
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("point", ["half", "fsync", "link"])
def test_p19_import_is_killed(tmp_path: Path, point: str) -> None:
    (tmp_path / "briefings").mkdir()
    (tmp_path / "raw").mkdir()
    for number in range(3):
        text = TEXT.format(number=f" {number}")
        (tmp_path / "raw" / f"{number}.txt").write_text(text, encoding="utf-8")
    command = ("import", "raw", "--date", "2026-03-17", "--topic", "ferries", "--to", "briefings")
    killed(tmp_path, point, 1, *command)
    names = {path.name for path in (tmp_path / "briefings/2026").glob("*.md")}
    assert names <= {f"harbour-keeps-the-old-timetable-{n}.md" for n in range(3)}
    assert len(names) < 3
    for name in names:
        text = (tmp_path / "briefings/2026" / name).read_text(encoding="utf-8")
        assert text.rstrip().endswith("keep the old timetable."), "each is whole"
    assert run(tmp_path, "check").returncode == 0


def test_p19_a_file_that_is_there_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new(path, "theirs")
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "link.md", "theirs")
    with pytest.raises(OSError, match="somebody else is writing it"):
        replace(path, b"before", "theirs")
    assert path.read_text(encoding="utf-8") == "mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.md", "link.md"]
