"""`briefings new` begins a briefing that passes the check and is not published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.cli import new as command
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.cli.writing import short_slug
from mkdocs_briefings.reading.read import read

TOPICS = "ports:\n  title: Ports and harbours\n  aliases: [quays]\nferries:\n  title: Ferries\n"
AUTHORS = "ada-example:\n  name: Ada Example\nben-sample:\n  name: Ben Sample\n"
GOOD = ("A", "-t", "ports", "-a", "ada-example")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `briefings new` in a folder of its own, for a writer whom git does not know."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")  # 1 June 2026, 12:00 UTC.
    (tmp_path / "briefings").mkdir()
    Path("briefings/topics.yml").write_text(TOPICS)
    Path("briefings/authors.yml").write_text(AUTHORS)
    Path("briefings/storylines.yml").write_text("truce:\n  title: The truce\n")

    def run(*arguments: str, git: str = "") -> Result:
        monkeypatch.setattr(command, "_git_name", lambda: git)
        return CliRunner().invoke(main, ["new", *arguments])

    return run


def test_a_briefing_is_begun(run: Run) -> None:
    result = run(
        "Ports: what is new", "-t", "quays", "-t", "ferries", "-a", "Ada Example", "-s", "truce"
    )
    assert result.exit_code == 0, result.output
    text = Path("briefings/2026/ports-what-is-new.md").read_text()
    assert text.startswith(
        "---\n"
        "title: 'Ports: what is new'\n"
        "author: ada-example\n"
        "date: 2026-06-01\n"
        "topics: [ports, ferries]\n"
        "storyline: truce\n"
        "draft: true\n"
        "# summary: "
    )
    assert "\n## The other view\n" in text
    assert "\n## What we do not know\n" in text
    assert "briefings/2026/ports-what-is-new.md" in result.stdout
    reading = read(Path("briefings"))
    assert {p.code for p in reading.problems} <= {"missing-summary"}
    assert reading.catalog.briefings == {}, "a draft is not published"
    assert [draft.slug for draft in reading.drafts] == ["ports-what-is-new"]


def test_every_hint_is_a_valid_key_once_its_sign_is_gone(run: Run) -> None:
    run("A title", "-t", "ports", "-a", "ada-example")
    path = Path("briefings/2026/a-title.md")
    text = re.sub(r"^# ", "", path.read_text(), flags=re.M)
    text = text.replace("key-of-a-storyline", "truce").replace("slug-of-another-briefing", "other")
    text = text.replace("reader needs who comes new to it.", "reader needs.[^1]")
    text = text.replace("draft: true\n", "")
    path.write_text(text)
    path.with_name("other.md").write_text(text.replace("[other]", "[a-title]"))
    reading = read(Path("briefings"))
    assert [str(problem) for problem in reading.problems] == []
    briefing = reading.catalog.briefings["a-title"]
    assert briefing.summary_written
    assert len(briefing.key_points) == 2
    assert briefing.why
    assert briefing.storylines == ("truce",)
    assert [event.date for event in briefing.events] == [date(2026, 6, 1)]
    assert [pick.slug for pick in briefing.related] == ["other"]


@pytest.mark.parametrize(
    ("arguments", "git", "author"),
    [
        pytest.param(["-a", "ben-sample"], "Ada Example", "author: ben-sample", id="as given"),
        pytest.param([], "ADA EXAMPLE", "author: ada-example", id="whom git knows"),
        pytest.param(
            ["-a", "ben-sample", "-a", "Ada Example", "-a", "ada-example"],
            "",
            "authors: [ben-sample, ada-example]",
            id="two, each once",
        ),
    ],
)
def test_who_signs(run: Run, arguments: list[str], git: str, author: str) -> None:
    assert run("A title", "-t", "ports", *arguments, git=git).exit_code == 0
    assert f"\n{author}\n" in Path("briefings/2026/a-title.md").read_text()


def test_the_only_author_signs(run: Run) -> None:
    Path("briefings/authors.yml").write_text("ada-example:\n  name: Ada Example\n")
    assert run("A title", "-t", "ports", git="Eve Muster").exit_code == 0
    assert "author: ada-example\n" in Path("briefings/2026/a-title.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["A", "-t", "ports"], "Give --author, for example one of ada-", id="who"),
        pytest.param(["A", "-a", "ada-example"], "Give --topic, for example one of po", id="what"),
        pytest.param(
            ["A", "-t", "prots", "-a", "ada-example"], "did you mean 'ports'?", id="topic"
        ),
        pytest.param(["A", "-t", "ports", "-a", "Ada Exampel"], "'ada-example'", id="author"),
        pytest.param([*GOOD, "-s", "truse"], "'truce'", id="story"),
        pytest.param([*GOOD, "--date", "1 May"], "2026-03-17", id="day"),
        pytest.param(["—", *GOOD[1:]], "no letter", id="no letter"),
        pytest.param(["A\u202eb", *GOOD[1:]], "U+202E", id="hidden"),
        pytest.param(["A\x07b", *GOOD[1:]], "U+0007", id="control"),
        pytest.param(["A" * 201, *GOOD[1:]], "at most 200", id="long"),
        pytest.param(["A", "--folder", "nowhere"], "does not exist", id="no folder"),
        pytest.param([], "Missing argument 'TITLE'", id="no title"),
    ],
)
def test_misuse(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert list(Path("briefings").rglob("*.md")) == []


def test_nothing_is_overwritten_in_any_year(run: Run) -> None:
    arguments = ("A title", "-t", "ports", "-a", "ada-example")
    assert run(*arguments).exit_code == 0
    path = Path("briefings/2026/a-title.md")
    path.write_text("mine")
    for more in ((), ("--date", "2025-01-01")):
        result = run(*arguments, *more)
        assert result.exit_code == 1
        assert "briefings/2026/a-title.md has the slug 'a-title'" in result.stderr
    assert path.read_text() == "mine"
    assert len(list(Path("briefings").rglob("*.md"))) == 1


def test_open_vocabularies_take_what_is_typed(run: Run) -> None:
    for name in ("topics", "authors", "storylines"):
        Path(f"briefings/{name}.yml").unlink()
    assert (
        run("A title", "-t", "Ports & quays", "-a", "Ada Example", "--date", "2026-01-02").exit_code
        == 0
    )
    reading = read(Path("briefings"))
    assert not [p for p in reading.problems if p.code != "missing-summary"]
    assert reading.drafts[0].topics == ("ports-quays",)


def test_edit_opens_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "edit", lambda filename: opened.append(filename))
    run("A title", "-t", "ports", "-a", "ada-example", "--edit")
    assert opened == [str(Path("briefings/2026/a-title.md"))]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Añejo’s 2nd Market", "anejos-2nd-market"),
        ("One two three four five six seven eight nine ten eleven twelve",
         "one-two-three-four-five-six-seven-eight-nine-ten-eleven"),
        ("What the new timetable of the harbour changes for all of the ferries",
         "what-the-new-timetable-of-the-harbour-changes"),
        ("x" * 90, "x" * 60),
        ("港" * 80, "港" * 36),
        ("Con", "con-briefing"),
        ("…", ""),
    ],
)  # fmt: skip
def test_short_slug(title: str, slug: str) -> None:
    assert short_slug(title) == slug
    assert len(slug) <= 60
    assert len(slug.encode()) <= 110
