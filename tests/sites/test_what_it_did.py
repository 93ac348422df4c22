"""Every build says what it did, for people and for programs; its exit code says why it ended."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ..making import MakeSite, Result, Site
from .specimen import SPECIMEN

LEAN = {"search": False, "cards": False}
BAD = "-- briefings/2026/bad.md --\n---\ntitle: Bad\n---\nText.\n"
WARNED = (
    "-- briefings/2026/warned.md --\n---\ntitle: Warned\nauthor: ada-example\ndate: 2026-05-01\n"
    "topics: [tolls]\n---\nText.\n"
)


def lines(result: Result) -> list[dict[str, Any]]:
    """Standard error, of which every line is JSON."""
    return [json.loads(line) for line in result.log.splitlines()]


def built(site: Site, *options: str) -> Result:
    return site.run("briefings", "build", *options, plugin=LEAN)


def test_a_build_ends_with_one_summary(site: MakeSite) -> None:
    made = site(SPECIMEN)
    first = built(made)
    line = first.log.splitlines()[-1]
    found = re.fullmatch(
        r"(\d+) pages, (\d+) of them new or changed; no problems; \d+\.\d s: (.*)", line
    )
    assert found, first.log
    pages = {path for path, html in first.pages.items() if " data-moved>" not in html}
    assert (int(found[1]), found[3]) == (len(pages - {"404.html"}), str(made.output))
    assert found[1] == found[2]
    made.write(BAD)
    failed = built(made, "--quiet")
    assert failed.exit_code == 1
    assert re.fullmatch(
        r"nothing was published; 3 errors and 1 warning; \d+\.\d s: .*",
        failed.log.splitlines()[-1],
    ), failed.log


def test_a_build_told_in_json(site: MakeSite) -> None:
    made = site(SPECIMEN + WARNED)
    told = lines(built(made, "--log-format", "json"))
    (summary,) = [line for line in told if line["event"] == "summary"]
    assert told[-1] is summary
    assert summary["published"] is True
    assert summary["warnings"] == 1
    assert summary["errors"] == summary["reused"] == 0
    assert summary["pages"] == summary["rendered"] > 20
    assert 0 < summary["seconds"] < 100
    (problem,) = [line for line in told if line["event"] == "problem"]
    assert problem["path"] == "briefings/2026/warned.md"
    assert (problem["code"], problem["severity"]) == ("missing-summary", "warning")
    assert problem["hint"]
    again = lines(built(made, "--log-format", "json"))[-1]
    assert (again["rendered"], again["reused"]) == (0, summary["pages"])
    made.write(BAD)
    failed = built(made, "--log-format", "json")
    assert failed.exit_code == 1
    assert lines(failed)[-1]["published"] is False
    assert lines(failed)[-1]["errors"] == 3
    assert lines(built(made, "--log-format", "json", "--now", "2026-06-01T12:00"))


def test_many_problems_are_told_as_one_is(site: MakeSite) -> None:
    """A line each with its level, in the order of the files, each counted, in every format."""
    three = "".join(WARNED.replace("warned.md", f"warned-{n}.md") for n in range(3))
    made = site(SPECIMEN + three)
    told = built(made, "--quiet")
    *said, summary = told.log.splitlines()
    assert [line.split(":")[0] for line in said if not line.startswith("  hint: ")] == [
        f"WARNING - briefings/2026/warned-{n}.md" for n in range(3)
    ]
    assert len(said) == 6
    assert "; 3 warnings; " in summary
    again = built(made, "--quiet").log.splitlines()
    assert again[:-1] == said
    assert "; 3 warnings; " in again[-1]
    made.write(BAD)
    *_, last = failed = lines(built(made, "--quiet", "--log-format", "json"))
    both = [line for line in failed if line["event"] == "problem"]
    assert [line["severity"] for line in both if line["path"].endswith("bad.md")] == [
        *("error", "error", "warning", "error")
    ]
    assert (last["errors"], last["warnings"], len(both)) == (3, 4, 7)
    by_mkdocs = made.run("mkdocs", "build", plugin=LEAN)
    assert [(p.path, p.severity) for p in by_mkdocs.problems] == [
        (line["path"], line["severity"]) for line in both
    ]


def test_a_check_told_in_json(site: MakeSite) -> None:
    made = site(SPECIMEN + WARNED)
    done = made.run("briefings", "check", "--format", "json", "--log-format", "json")
    *array, last = done.log.splitlines()
    assert [problem["code"] for problem in json.loads("\n".join(array))] == ["missing-summary"]
    summary = json.loads(last)
    assert summary.pop("seconds") > 0
    assert summary == {"event": "summary", "files": summary["files"], "errors": 0, "warnings": 1}


@pytest.mark.parametrize(
    ("code", "command", "said"),
    [
        pytest.param(0, ["build", "-q"], "pages", id="fine"),
        pytest.param(2, ["build", "--no-such-option"], "No such option", id="misuse"),
        pytest.param(2, ["build", "--now", "soon"], "no moment", id="a wrong moment"),
        pytest.param(2, ["build", "-f", "none.yml"], "does not exist", id="no mkdocs.yml"),
        pytest.param(
            3, ["build", "-d", "mkdocs.yml/x"], "nothing was published", id="nowhere to write"
        ),
        pytest.param(2, ["check", "nowhere"], "does not exist", id="no folder"),
    ],
)
def test_exit_codes(site: MakeSite, code: int, command: list[str], said: str) -> None:
    made = site(SPECIMEN)
    done = made.run("briefings", *command, plugin=LEAN)
    assert done.exit_code == code, done.log
    assert said in done.log
    assert "Traceback" not in done.log


def test_a_wrong_option_of_the_site_is_misuse(site: MakeSite) -> None:
    made = site(SPECIMEN)
    done = made.run("briefings", "build", plugin={"severity": {"no-such-code": "warning"}})
    assert done.exit_code == 2, done.log
    told = made.run("briefings", "build", "--log-format", "json", plugins=["search"])
    assert told.exit_code == 2
    assert json.loads(told.log.splitlines()[-1])["code"] == 2
