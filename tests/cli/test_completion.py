"""Completion: in the shells that are here, with what the content folder has, and fast."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs_briefings.cli import known
from mkdocs_briefings.cli.main import COMMANDS, main

from ..conftest import ROOT
from ..making import script
from ..terminal import TAB, terminal

FILES = {
    "mkdocs.yml": "docs_dir: texts\n",
    "texts/topics.yml": (
        "ports:\n  title: Ports and harbours\n  children:\n    quays:\nferries:\n  title: Ferries\n"
    ),
    "texts/authors.yml": "ada-example:\n  name: Ada Example\nben-sample:\n  name: Ben Sample\n",
    "texts/storylines.yml": "truce:\n  title: The truce\n",
    "texts/2026/rates-held.md": "---\ntitle: 'Rates: held'\n---\nText.\n",
    "texts/2026/second.md": "---\ntitle: Cut\nslug: rates-cut\n---\nslug: no\n",
    "texts/pages/rates-page.md": "---\ntitle: A page\n---\nText.\n",
    "texts/editions/rates-week.md": "---\ntitle: A week\n---\nText.\n",
    "texts/index.md": "---\nlead: rates-cut\n---\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def asked(line: str, cwd: Path) -> dict[str, str]:
    """What the real command answers to bash for a line with the cursor at its end: by word, its
    kind."""
    words = line.split(" ")
    env = {
        **os.environ,
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_BRIEFINGS_COMPLETE": "bash_complete",
    }
    done = subprocess.run(
        [script("briefings")], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return {row.partition(",")[2]: row.partition(",")[0] for row in done.stdout.split()}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("briefings re", ["related"]),
        ("briefings check --str", ["--strict"]),
        ("briefings check --format g", ["github"]),
        ("briefings completion ", ["bash", "zsh", "fish"]),
        ("briefings new A --topic ", ["ports", "quays", "ferries"]),
        ("briefings new A -t FE", ["ferries"]),
        ("briefings new A --author b", ["ben-sample"]),
        ("briefings new A -s ", ["truce"]),
        ("briefings related rates", ["rates-cut", "rates-held"]),
        ("briefings related --explain rates-c", ["rates-cut"]),
        ("briefings import a.txt --topic q", ["quays"]),
        ("briefings import a.txt --author a", ["ada-example"]),
        ("briefings schema st", ["storylines"]),
        ("briefings new A --folder texts/2026 --topic ", []),
        ("briefings new A --folder texts --topic f", ["ferries"]),
    ],
)
def test_what_is_offered(project: Path, line: str, words: list[str]) -> None:
    assert list(asked(line, project)) == words


def test_files_are_left_to_the_shell(project: Path) -> None:
    assert "dir" in asked("briefings check ", project).values()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "docs_dir: [\n"),
        ("texts/topics.yml", "a: [\n"),
        ("texts/topics.yml", "- a\n"),
        ("texts/topics.yml", "a: b\nc: {children: [d]}\n"),
        ("texts/2026/rates-held.md", "---\nslug:\n"),
    ],
)
def test_what_is_broken_breaks_no_shell(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)
    asked("briefings new A --topic ", project)
    asked("briefings related ", project)


def test_our_own_site_is_known_as_the_reader_knows_it() -> None:
    from mkdocs_briefings.reading.read import read

    reading = read(ROOT / "briefings")
    slugs = {*reading.catalog.briefings, *(draft.slug for draft in reading.drafts)}
    assert set(known.briefings(ROOT / "briefings")) == slugs
    for told, kept in (
        (known.topics, reading.catalog.topics),
        (known.authors, reading.catalog.authors),
        (known.storylines, reading.catalog.storylines),
    ):
        assert set(told(ROOT / "briefings")) == set(kept)


HEAVY = ("mkdocs", "material", "pydantic", "pydantic_core", "numpy", "rich", "prompt_toolkit")


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("briefings new A --topic ", HEAVY),
        ("briefings related ", HEAVY),
        ("briefings check --", HEAVY),
        ("briefings ", (*HEAVY, "yaml")),
    ],
)
def test_little_is_loaded(project: Path, line: str, without: tuple[str, ...]) -> None:
    words = line.split(" ")
    code = f"""
import os, sys
os.environ.update(COMP_WORDS={chr(10).join(words)!r}, COMP_CWORD="{len(words) - 1}",
    _BRIEFINGS_COMPLETE="bash_complete")
from mkdocs_briefings.cli.main import main
try:
    main(prog_name="briefings")
except SystemExit:
    pass
print(sorted(set({without!r}) & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    assert done.stderr == "[]\n"


SHELLS: Mapping[str, tuple[list[str], str]] = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(briefings completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u -D; eval "$(briefings completion zsh)"',
    ),
    "fish": (["fish", "--no-config", "-i"], "briefings completion fish | source"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes(project: Path, shell: str) -> None:
    command, load = SHELLS[shell]
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    path = f"{Path(script('briefings')).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "HOME": str(project), "PS1": "> ", "INPUTRC": os.devnull}
    with terminal(command, project, env) as there:
        there.type(f"{load}; echo rea''dy\r")
        there.until("ready")
        there.type(f"briefings new Title --topic fe{TAB}")
        there.until("--topic ferries")
        there.type(f"--author b{TAB}")
        there.until("--author ben-sample")
        there.type("\x15")  # The line is forgotten.
        there.type(f"briefings related rates-h{TAB}")
        there.until("related rates-held")
        there.type("\x15")
        there.type(f"briefings comple{TAB}")
        there.until("briefings completion")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_known_by_itself(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    one = CliRunner().invoke(main, ["completion"])
    assert one.exit_code == 0
    assert one.stdout == CliRunner().invoke(main, ["completion", shell]).stdout
    assert "_BRIEFINGS_COMPLETE" in one.stdout


def test_another_shell_is_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/csh")
    result = CliRunner().invoke(main, ["completion"])
    assert result.exit_code == 2
    assert "Name one of bash, zsh, fish" in result.stderr


def test_every_command_is_offered(project: Path) -> None:
    assert set(asked("briefings ", project)) == set(COMMANDS)
