"""`briefings related`: what it prints, for whom, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.cli.main import main

TEXTS = {
    "2026/zinc-falls.md": ("Zinc falls", "2026-03-01", "metals", "The zinc smelter cut output."),
    "2026/zinc-tax.md": ("Zinc tax", "2026-03-05", "metals", "A tax on zinc hits the smelter."),
    "2026/wheat.md": ("Wheat is dear", "2026-03-09", "farms", "Rain spoilt the wheat harvest."),
    "2026/barley.md": ("Barley too", "2026-03-11", "farms", "The harvest of barley was spoilt."),
    "2026/budget.md": ("The budget", "2026-04-02", "state", "Parliament voted the budget."),
    "2026/vote.md": ("A vote", "2026-04-04", "state", "Parliament will vote in June."),
}  # fmt: skip


def text(title: str, day: str, topic: str, body: str, more: str = "") -> str:
    head = f"title: {title}\nauthor: Ada Example\ndate: {day}\ntopics: [{topic}]\nsummary: Short.\n"
    return f"---\n{head}{more}---\n{body}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")  # 1 June 2026
    for path, parts in TEXTS.items():
        write(tmp_path, path, text(*parts))
    return tmp_path


def write(project: Path, path: str, content: str) -> None:
    file = project / "briefings" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["related", *arguments], catch_exceptions=False)


def test_a_list_has_titles_and_reasons(project: Path) -> None:
    done = run("zinc-falls")
    assert done.stdout == ("zinc-falls: Zinc falls\n  1. zinc-tax: Zinc tax\n     Also on metals\n")
    assert done.stderr == ""
    assert done.exit_code == 0


@pytest.mark.parametrize(
    "named",
    [
        "zinc-falls",
        "Zinc Falls",
        "zinc-falls.md",
        "briefings/2026/zinc-falls.md",
        "2026/zinc-falls",
    ],
)
def test_a_briefing_answers_to_slug_and_path(project: Path, named: str) -> None:
    assert run(named).stdout.startswith("zinc-falls: ")


def test_a_path_names_the_briefing_whatever_its_slug(project: Path) -> None:
    write(project, "2026/other.md", text("Ore", "2026-03-07", "metals", "Zinc.", "slug: ore\n"))
    assert run("2026/other.md").stdout.startswith("ore: Ore\n")


def test_explain_adds_up_what_each_signal_gave(project: Path) -> None:
    line = run("zinc-falls", "--explain").stdout.splitlines()[-1]
    given, total = line.replace(" - variety ", " + variety -").split(" = ")
    values = [float(part.split()[-1]) for part in given.split(" + ")]
    # All are by one author, which tells nothing.
    assert [part.split()[0] for part in given.split(" + ")] == ["words", "topics", "time"]
    assert sum(values) == pytest.approx(float(total), abs=2e-4)


def test_json_gives_the_whole_folder(project: Path) -> None:
    found = json.loads(run("--json").stdout)
    assert list(found) == sorted(Path(path).stem for path in TEXTS)
    assert found["zinc-falls"] == ["zinc-tax"]
    assert found["barley"] == ["wheat"]


def test_json_of_one_briefing_explained(project: Path) -> None:
    write(project, "2026/pick.md", text("Pick", "2026-04-05", "state", "Text.",
          "related: [{slug: wheat, reason: Background}]\n"))  # fmt: skip
    (pick, *others) = json.loads(run("pick", "--json", "--explain").stdout)["pick"]
    assert pick == {
        "slug": "wheat", "reason": "Background", "kind": "curated", "score": None, "parts": {},
    }  # fmt: skip
    assert others[0]["reason"] == "Also on state"
    assert others[0]["score"] == pytest.approx(sum(others[0]["parts"].values()), abs=1e-5)


@pytest.mark.parametrize("folder", ["briefings", "."])
def test_the_folder_may_be_given_or_hold_briefings(project: Path, folder: str) -> None:
    assert run("--json", "--folder", folder).stdout == run("--json").stdout


def test_limit_cuts_the_lists(project: Path) -> None:
    write(project, "2026/zinc-ore.md", text("Zinc ore", "2026-03-07", "metals", "Ore of zinc."))
    assert len(json.loads(run("--json").stdout)["zinc-falls"]) == 2
    assert len(json.loads(run("--json", "--limit", "1").stdout)["zinc-falls"]) == 1


def test_problems_are_counted_and_the_rest_is_ranked(project: Path) -> None:
    write(project, "2026/broken.md", "---\ntitle: {bad\n---\nText.\n")
    write(project, "2026/dead.md", text("Dead", "2026-03-01", "farms", "See [[nobody]]."))
    done = run("zinc-falls")
    assert "zinc-tax" in done.stdout
    assert done.stderr == "2 problems in briefings: see `briefings check`\n"
    assert done.exit_code == 0


def test_a_draft_sees_its_list_and_is_in_no_other(project: Path) -> None:
    write(
        project, "2026/soon.md", text("Zinc soon", "2026-05-01", "metals", "Zinc.", "draft: true\n")
    )
    assert "zinc-tax" in run("soon").stdout
    assert "soon" not in run("zinc-tax").stdout


def test_nothing_related_is_said(project: Path) -> None:
    write(project, "2026/moon.md", text("Moon", "2020-01-01", "space", "Lunar dust."))
    done = run("moon")
    assert done.stdout == "moon: Moon\n     Nothing here belongs with it yet.\n"
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["zinc-fals"], "no briefing 'zinc-fals': did you mean 'zinc-falls'",
                     id="a slip gets the nearest"),
        pytest.param(["q"], "no briefing 'q'", id="nothing is near"),
        pytest.param(["a\x1b[31m\n"], "no briefing 'a\\x1b[31m\\n'", id="controls are escaped"),
        pytest.param([], "name a briefing, or ask for the whole folder with --json", id="no slug"),
        pytest.param(["--json", "--folder", "nowhere"], "'nowhere' does not exist", id="no folder"),
        pytest.param(["--json", "--limit", "0"], "0 is not in the range", id="no results asked"),
    ],
)  # fmt: skip
def test_misuse(project: Path, arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_options_of_the_site_that_have_no_meaning_are_misuse(project: Path) -> None:
    (project / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: briefings\nplugins: [{briefings: {permalink: '{what}'}}]\n",
        encoding="utf-8",
    )
    done = run("--json")
    assert done.exit_code == 2
    assert "permalink" in done.stderr
