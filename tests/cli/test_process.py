"""The command as a process: it ends at once, and leaves nothing unsaid or undone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs_briefings.cli.main import main

CALLED = """
import atexit, sys, threading, time
from mkdocs_briefings.cli import main

class Kept:
    def __del__(self):
        sys.stderr.write("taken apart\\n")

main.kept = Kept()
atexit.register(print, "called at the end")
sys.argv = ["briefings", {argument!r}]
{before}
main.run()
"""
THREAD = """
def work():
    time.sleep(0.2)
    print("worked to the end")
threading.Thread(target=work).start()
"""


def called(argument: str, before: str = "") -> subprocess.CompletedProcess[str]:
    code = CALLED.format(argument=argument, before=before)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("argument", "code"), [("--version", 0), ("no-such-command", 2)])
def test_it_ends_with_its_code_and_takes_nothing_apart(argument: str, code: int) -> None:
    done = called(argument)
    assert done.returncode == code
    assert done.stdout.endswith("called at the end\n")
    assert "taken apart" not in done.stderr
    assert ("No such command" in done.stderr) is (code == 2)


def test_a_command_that_is_misspelt_is_offered() -> None:
    done = CliRunner().invoke(main, ["chek"])
    assert done.exit_code == 2
    assert "No such command 'chek'. Did you mean 'check'?" in done.output
    assert "Did you mean" not in CliRunner().invoke(main, ["xyz"]).output


def test_what_is_at_work_is_waited_for() -> None:
    done = called("--version", THREAD)
    assert done.returncode == 0
    assert "worked to the end" in done.stdout
    assert "taken apart" in done.stderr, "an ordinary end"


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_an_output_that_was_closed_before_is_no_fault(name: str) -> None:
    done = called("--version", f"atexit.unregister(print)\nsys.{name} = None")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_output_that_takes_no_more_is_no_success() -> None:
    code = CALLED.format(argument="--version", before="")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode != 0
