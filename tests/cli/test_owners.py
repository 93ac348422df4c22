"""`briefings owners`: a line for each briefing, by its topics."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.cli.main import main

TOPICS = """\
tea:
  title: Tea
  owners: ["@ada-example", "@press-example/tea-desk"]
green:
  title: Green tea
  parent: tea
rice:
  title: Rice
salt:
  title: Salt
  owners: [ada@press.example]
"""


def briefing(topics: str, more: str = "") -> str:
    return (
        f"---\ntitle: On {topics}\nauthor: Ada Example\ndate: 2026-03-17\ntopics: [{topics}]\n"
        f"summary: Short.\n{more}---\nText.\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "briefings"
    made.mkdir()
    (made / "topics.yml").write_text(TOPICS)
    (made / "leaves.md").write_text(briefing("green"))
    (made / "paddies.md").write_text(briefing("rice"))
    (made / "mixed.md").write_text(briefing("rice, salt"))
    (made / "later.md").write_text(briefing("tea", "draft: true\n"))
    return made


LINES = """\
/briefings/later.md @ada-example @press-example/tea-desk
/briefings/leaves.md @ada-example @press-example/tea-desk
/briefings/mixed.md ada@press.example
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["owners", *arguments])


def test_owners_are_those_of_the_first_topic_that_has_some(folder: Path) -> None:
    done = run()
    assert done.exit_code == 0
    assert done.stdout == LINES


def test_what_was_written_by_hand_stays(folder: Path) -> None:
    file = Path("CODEOWNERS")
    file.write_text("* @maintainers\n")
    assert run("--check", "CODEOWNERS").exit_code == 1
    assert run("--write", "CODEOWNERS").exit_code == 0
    assert file.read_text().startswith("* @maintainers\n# By topic.")
    assert file.read_text().endswith(LINES)
    assert run("--check", "CODEOWNERS").exit_code == 0
    (folder / "leaves.md").unlink()
    assert run("--check", "CODEOWNERS").exit_code == 1
    run("--write", "CODEOWNERS")
    assert "leaves" not in file.read_text()
    assert file.read_text().count("# By topic.") == 1


@pytest.mark.parametrize("owner", ["ada", "@ada @eve", "@ada\\n* @eve", "@", "@ada#x", "a@b"])
def test_what_is_no_name_of_a_forge_is_a_problem(folder: Path, owner: str) -> None:
    (folder / "topics.yml").write_text(f'tea:\n  title: Tea\n  owners: ["{owner}"]\n')
    done = CliRunner().invoke(main, ["check"])
    assert re.search(r"topics\.yml:3:\d+: error\[bad-value\]: `owners`", done.stdout)
    assert "@eve" not in run().stdout
