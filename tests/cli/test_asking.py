"""`briefings new` on a terminal: the real command, and what a writer sees and types."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from ..making import NOW, script
from ..terminal import CTRL_C, CTRL_D, ENTER, TAB, Terminal, terminal

TOPICS = (
    "ports:\n  title: Ports and harbours\n  aliases: [quays]\n"
    "ferries:\n  title: Ferries\nfish:\n  title: Fish markets\n"
)
AUTHORS = "ada-example:\n  name: Ada Example\nben-sample:\n  name: Ben Sample\n"
HOME = "home"


class New(Protocol):
    def __call__(
        self, *arguments: str, env: Mapping[str, str] | None = None
    ) -> AbstractContextManager[Terminal]: ...


@pytest.fixture
def new(tmp_path: Path) -> New:
    """Run `briefings new` for a writer whom git does not know and who has no editor."""
    content = tmp_path / "briefings"
    content.mkdir()
    (tmp_path / HOME).mkdir()
    (content / "topics.yml").write_text(TOPICS)
    (content / "authors.yml").write_text(AUTHORS)
    usual = {
        "SOURCE_DATE_EPOCH": str(NOW),
        "HOME": str(tmp_path / HOME),
        "XDG_CONFIG_HOME": str(tmp_path / HOME / "config"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "VISUAL": "",
        "EDITOR": "",
    }

    def start(
        *arguments: str, env: Mapping[str, str] | None = None
    ) -> AbstractContextManager[Terminal]:
        command = [script("briefings"), "new", *arguments]
        return terminal(command, tmp_path, {**usual, **(env or {})})

    return start


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "briefings"


def written(content: Path) -> dict[str, str]:
    return {p.relative_to(content).as_posix(): p.read_text() for p in content.rglob("*.md")}


def test_a_briefing_is_begun_by_answers(new: New, content: Path) -> None:
    with new() as there:
        there.until("Title: ")
        there.type(f"What the ferries change{ENTER}")
        there.until("Topics, the main one first: ")
        there.type("qua")
        there.until("Ports and harbours")  # An alias finds its topic, told by its title.
        there.type(TAB)
        there.until(": ports")
        there.type(", fi")
        there.until("Fish markets")
        there.type(TAB)
        there.until("ports, fish")
        there.type(ENTER)
        there.until("Author: ")
        there.type(f"Ben Sample{ENTER}")
        there.until("Date [2026-06-01]: ")
        there.type(f"2026-05-30{ENTER}")
        assert there.ended() == 0, there.shown
        shown = there.shown
    (text,) = written(content).values()
    assert text.startswith(
        "---\ntitle: What the ferries change\nauthor: ben-sample\ndate: 2026-05-30\n"
        "topics: [ports, fish]\ndraft: true\n# summary: "
    )
    assert "topics: [ports, fish]" in shown, "what was written is shown"
    assert "Wrote briefings/2026/what-the-ferries-change.md, a draft." in shown


def test_what_is_wrong_is_said_and_can_be_mended(new: New, content: Path) -> None:
    (content / "fares.md").write_text("taken\n")
    with new("-a", "ada-example") as there:
        there.until("Title: ")
        there.type(f"Fares{ENTER}")
        there.until("briefings/fares.md has the slug 'fares'")
        there.type(f" and more{ENTER}")
        there.until("Topics")
        there.type("ferrys")
        there.until("Ferries")  # Offered for its spelling.
        there.type(ENTER)
        there.until("did you mean 'ferries'?")
        there.type(f"\x15ferries{ENTER}")
        there.until("Date [")
        there.type(f"soon{ENTER}")
        there.until("write it as 2026-03-17")
        there.type(f"\x15{ENTER}")
        assert there.ended() == 0, there.shown
    assert "topics: [ferries]\n" in written(content)["2026/fares-and-more.md"]
    assert "\ndate: 2026-06-01\n" in written(content)["2026/fares-and-more.md"]


def test_the_last_author_is_remembered_with_the_user(
    new: New, content: Path, tmp_path: Path
) -> None:
    for title, typed, offered in (
        ("One", "ben-sample", "Author: "),
        ("Two", "", "Author [ben-sample]: "),
        ("Three", "ada-example", "Author [ben-sample]: "),
        ("Four", "", "Author [ada-example]: "),
    ):
        with new(title, "-t", "ports") as there:
            there.until(offered)
            there.type(typed + ENTER)
            there.until("Date [")
            there.type(ENTER)
            assert there.ended() == 0, there.shown
    signed = {path: "ben-sample" in text for path, text in written(content).items()}
    assert signed == {
        "2026/one.md": True,
        "2026/two.md": True,
        "2026/three.md": False,
        "2026/four.md": False,
    }
    assert (tmp_path / HOME / "config/briefings/author").read_text() == "Ada Example\n"
    here = {path.name for path in tmp_path.iterdir()}
    assert here == {"briefings", HOME}, "nothing of it lies in the publication"


def test_an_author_of_another_publication_is_not_offered(
    new: New, content: Path, tmp_path: Path
) -> None:
    (tmp_path / HOME / "config/briefings").mkdir(parents=True)
    (tmp_path / HOME / "config/briefings/author").write_text("Eve Muster\n")
    with new("One", "-t", "ports") as there:
        there.until("Author: ")
        there.type(CTRL_C)
        assert there.ended() == 1


def test_whom_git_knows_is_offered(new: New, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("[user]\n\tname = Ben Sample\n")
    with new("One", env={"GIT_CONFIG_GLOBAL": str(tmp_path / "git")}) as there:
        there.until("Topics")
        there.type(f"ports{ENTER}")
        there.until("Author [ben-sample]: ")
        there.type(CTRL_D)
        assert there.ended() == 1


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
def test_giving_up_writes_nothing(new: New, content: Path, key: str) -> None:
    with new() as there:
        there.until("Title: ")
        there.type(f"One{ENTER}")
        there.until("Topics")
        there.type(key)
        assert there.ended() == 1
        assert "Aborted!" in there.shown
    assert written(content) == {}


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that writes down what it was given."""
    path = tmp_path / HOME / "edit.sh"
    path.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/{HOME}/edited"\n')
    path.chmod(0o755)
    return str(path)


GIVEN = ("One", "-t", "ports", "-a", "ada-example")


@pytest.mark.parametrize(
    ("options", "name", "opened"),
    [
        pytest.param([], "EDITOR", True, id="by default"),
        pytest.param([], "VISUAL", True, id="VISUAL too"),
        pytest.param(["--no-edit"], "EDITOR", False, id="not with --no-edit"),
        pytest.param(["--no-input"], "EDITOR", False, id="not with --no-input"),
        pytest.param(["--no-input", "--edit"], "EDITOR", True, id="when asked to"),
    ],
)
def test_the_editor_is_opened(
    new: New, tmp_path: Path, editor: str, options: list[str], name: str, opened: bool
) -> None:
    with new(*GIVEN, *options, env={name: editor}) as there:
        assert there.ended() == 0, there.shown
        assert "Title" not in there.shown, "nothing was missing, nothing is asked"
    edited = tmp_path / HOME / "edited"
    assert edited.exists() == opened
    if opened:
        assert edited.read_text() == "briefings/2026/one.md"


def test_without_input_nothing_is_asked(new: New, content: Path) -> None:
    with new("One", "--no-input") as there:
        assert there.ended() == 2
        assert "Give --author, for example one of ada-example" in there.shown
    assert written(content) == {}


@pytest.mark.usefixtures("new")
def test_where_input_is_no_terminal_nothing_is_asked(tmp_path: Path, content: Path) -> None:
    done = subprocess.run(
        [script("briefings"), "new"],
        cwd=tmp_path,
        input="One\nports\nada-example\n\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Missing argument 'TITLE'" in done.stderr
    assert written(content) == {}
