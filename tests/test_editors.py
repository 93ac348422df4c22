"""What VS Code is given: each snippet is valid when expanded, each path leads somewhere, and the
task finds every problem that the check reports."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs_briefings.catalog.briefing import EVENT_KINDS, SOURCE_KINDS
from mkdocs_briefings.checking import problems
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.reading.folder import REGISTRIES, RULES
from mkdocs_briefings.reading.read import read

from .conftest import ROOT

EDITOR = ROOT / ".vscode"
DAY = {"CURRENT_YEAR": "2026", "CURRENT_MONTH": "05", "CURRENT_DATE": "31"}


def jsonc(name: str) -> Any:
    """A file of VS Code's: JSON with comments on lines of their own."""
    text = (EDITOR / name).read_text(encoding="utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))


SNIPPETS: dict[str, dict[str, Any]] = jsonc("briefings.code-snippets")


def expanded(name: str, *, choice: int = 0) -> str:
    """A snippet as it stands in the file when every stop is left with the Tab key.

    >>> expanded("Correction").splitlines()[1]
    '  - date: 2026-05-31'
    """
    text = "\n".join(SNIPPETS[name]["body"])
    text = re.sub(r"\$(CURRENT_[A-Z]+)", lambda found: DAY[found[1]], text)
    text = re.sub(r"\$\{\d+\|(.*?)\|\}", lambda found: found[1].split(",")[choice], text)
    text = re.sub(r"\$\{\d+:(.*?)\}", r"\1", text)
    text = text.replace("$0", "")
    assert "$" not in text, f"not expanded: {text}"
    return text + "\n"


def indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


FRONT = (
    "title: Rates held\nauthor: ada-example\ndate: 2026-03-17\ntopics: [banks]\n"
    "summary: The bank kept its rate.\n"
)


def found(folder: Path, text: str) -> list[str]:
    (folder / "a.md").write_text(text, encoding="utf-8")
    return [str(problem) for problem in problems(read(folder))]


def test_a_whole_briefing_from_a_snippet_has_no_problem(tmp_path: Path) -> None:
    assert found(tmp_path, expanded("Briefing")) == []
    (draft,) = read(tmp_path).drafts
    assert len(draft.key_points) == 2


@pytest.mark.parametrize("choice", range(len(SOURCE_KINDS)))
def test_a_source_from_a_snippet_has_no_problem(tmp_path: Path, choice: int) -> None:
    front = f"{FRONT}sources:\n{indented(expanded('Source', choice=choice))}"
    assert found(tmp_path, f"---\n{front}---\nThe bank kept its rate.[^1]\n") == []
    (source,) = read(tmp_path).catalog.briefings["a"].sources
    assert source.kind == SOURCE_KINDS[choice]


@pytest.mark.parametrize("choice", range(len(EVENT_KINDS)))
def test_an_event_from_a_snippet_has_no_problem(tmp_path: Path, choice: int) -> None:
    front = f"{FRONT}events:\n{indented(expanded('Event', choice=choice))}"
    assert found(tmp_path, f"---\n{front}---\nThe bank kept its rate.\n") == []
    (event,) = read(tmp_path).catalog.briefings["a"].events
    assert event.kind == EVENT_KINDS[choice]


def test_a_chart_from_a_snippet_has_no_problem(tmp_path: Path) -> None:
    assert found(tmp_path, f"---\n{FRONT}---\nFigures.\n\n{expanded('Chart')}") == []
    (chart,) = read(tmp_path).catalog.briefings["a"].body.charts
    assert [bar.label for bar in chart.bars] == ["2025", "2026"]


def test_a_correction_from_a_snippet_has_no_problem(tmp_path: Path) -> None:
    assert found(tmp_path, f"---\n{FRONT}{expanded('Correction')}---\nThe bank.\n") == []
    assert read(tmp_path).catalog.briefings["a"].corrections


def test_every_snippet_is_offered_where_it_is_of_use() -> None:
    assert set(SNIPPETS) == {"Briefing", "Source", "Event", "Chart", "Correction"}
    prefixes = [snippet["prefix"] for snippet in SNIPPETS.values()]
    assert len(set(prefixes)) == len(prefixes)
    for name, snippet in SNIPPETS.items():
        assert "markdown" in snippet["scope"].split(","), name
        assert snippet["description"]


def test_every_registry_has_its_schema() -> None:
    schemas = jsonc("settings.json")["yaml.schemas"]
    for schema, file in schemas.items():
        assert (ROOT / schema).is_file(), schema
        assert Path(file).stem == Path(schema).stem
    assert set(schemas.values()) == {f"briefings/{name}" for name in (*REGISTRIES, RULES)}


def test_the_task_finds_every_problem_that_the_check_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("briefings").mkdir()
    Path("briefings/topics.yml").write_text("banks:\n  titel: Banks\n")
    Path("briefings/a.md").write_text(f"---\n{FRONT}colour: red\n---\n[x](nowhere.md)\n")
    shown = CliRunner().invoke(main, ["check"]).stdout
    (task,) = (t for t in jsonc("tasks.json")["tasks"] if t["label"] == "briefings check")
    pattern = task["problemMatcher"]["pattern"]
    matched = [re.search(pattern["regexp"], line) for line in shown.splitlines()]
    told = {
        tuple(m[pattern[part]] for part in ("file", "line", "severity", "code"))
        for m in matched
        if m
    }
    assert told == {
        ("briefings/topics.yml", "2", "error", "unknown-key"),
        ("briefings/a.md", "7", "error", "unknown-key"),
        ("briefings/a.md", "9", "error", "bad-link"),
    }
    rest = [line for line, m in zip(shown.splitlines(), matched, strict=True) if not m]
    assert all(line.startswith("  hint:") for line in rest), rest
    assert main.get_command(None, task["args"][0]) is not None  # type: ignore[arg-type]
