"""What `briefings check` prints, in each of its forms.

To renew the files in `golden/` after a change that is meant, delete them and run the tests once:
they fail, and write what they found.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import mkdocs_briefings
import pytest
from mkdocs_briefings.catalog.codes import CODES
from mkdocs_briefings.cli import sarif
from pydantic_sarif import model

from ..making import NOW, script
from .test_check import HEAD, folder, run, ten, write

GOLDEN = Path(__file__).parent / "golden"
__all__ = ["folder"]  # the fixture


def valid(text: str) -> dict[str, Any]:
    """A SARIF log, held to the schema: every key known, every value of its kind."""
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(text)
    log: dict[str, Any] = json.loads(text)
    return log


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_ten_errors_in_each_form(folder: Path, form: str) -> None:
    ten(folder)
    told = run("--format", form).stdout.replace(mkdocs_briefings.__version__, "VERSION")
    kept = GOLDEN / f"ten.{form}"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(told, encoding="utf-8")
        pytest.fail(f"{kept} was missing, and is written now: look at it")
    assert told == kept.read_text(encoding="utf-8")


def test_sarif_is_valid_and_says_what_json_says(folder: Path) -> None:
    ten(folder)
    write(folder, {"w.md": f"---\ntitle: W\n{HEAD}---\n"})
    log = valid(run("--format", "sarif").stdout)
    (found,) = log["runs"]
    plain = json.loads(run("--format", "json").stdout)
    assert len(found["results"]) == 11
    rules = found["tool"]["driver"]["rules"]
    for result, problem in zip(found["results"], plain, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == problem["path"]
        assert place["region"]["startLine"] == problem["line"]
        assert place["region"]["startColumn"] == problem["column"]
        assert (result["ruleId"], result["level"]) == (problem["code"], problem["severity"])
        assert rules[result["ruleIndex"]]["id"] == problem["code"]
        assert result["message"]["text"].startswith(problem["message"])
    for rule in rules:
        assert CODES[rule["id"]].meaning in rule["help"]["text"]
        assert rule["id"] in rule["help"]["markdown"]


def test_an_empty_sarif_log_is_valid(folder: Path) -> None:
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}---\nText.\n"})
    done = run("--format", "sarif")
    assert valid(done.stdout)["runs"][0]["results"] == []
    assert done.exit_code == 0


def test_the_schema_that_judges_is_a_strict_one() -> None:
    with pytest.raises(ValueError, match="foo"):
        valid('{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "foo": 1}]}')
    with pytest.raises(ValueError, match="level"):
        valid(
            '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results":'
            ' [{"message": {"text": "x"}, "level": "grave"}]}]}'
        )


def fingerprints(folder: Path) -> list[str]:
    log = json.loads(run(folder.name, "--format", "sarif").stdout)
    return [r["partialFingerprints"][sarif.FINGERPRINT] for r in log["runs"][0]["results"]]


def test_fingerprints_stay_while_lines_move_and_tell_twins_apart(folder: Path) -> None:
    twice = f"---\ntitle: A\n{HEAD}---\nSee [[nowhere]] and\n\n[[nowhere]].\n"
    write(folder, {"a.md": twice})
    before = fingerprints(folder)
    assert len(set(before)) == 2
    write(folder, {"a.md": twice.replace("See", "A line more.\n\nSee")})
    assert fingerprints(folder) == before
    write(folder, {"a.md": twice.replace("[[nowhere]]", "[[elsewhere]]", 1)})
    assert len(set(fingerprints(folder)) & set(before)) == 1


HOSTILE = [
    "::error file=x::forged.svg",
    "##[error]forged.svg",
    "a\n::error::forged.svg",
    "b\r::warning::forged.svg",
    "c\x1b[31m\u202e\u2028.svg",
    "d%0A::error::forged.svg",
    "e,line=9::f.svg",
]


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_hostile_names_forge_nothing(tmp_path: Path, form: str) -> None:
    names: list[bytes] = [os.fsencode(name) for name in HOSTILE] + [b"g\xff::error::.svg"]
    for name in names:
        try:
            (Path(os.fsdecode(tmp_path / os.fsdecode(name)))).write_bytes(b"x")
        except OSError:
            pytest.skip("this file system does not take such names")
    # The bare folder: nothing stands before the names.
    done = subprocess.run(
        [script("briefings"), "check", ".", "--format", form],
        cwd=tmp_path,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        check=False,
    )
    out = done.stdout.decode("utf-8")
    assert done.returncode == 1, done.stderr
    assert out.isprintable() or set(out) - {"\n"} == {c for c in out if c.isprintable()}
    rows = out.split("\n")
    if form == "sarif":
        results = valid(out)["runs"][0]["results"]
        uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
        assert len(uris) == len(names)
        assert all(uri.isascii() and " " not in uri and ":" not in uri for uri in uris), uris
    elif form == "json":
        assert len(json.loads(out)) == len(names)
    elif form == "github":
        assert len([row for row in rows if row]) == len(names)
        for row in filter(None, rows):
            command, told = row.split("::", 2)[1:]
            assert command.startswith("error file=")
            assert "title=bad-file" in command, "a name ends no property"
            assert command.count("line=1,") == 1
            assert "; hint: " in told
    else:
        assert not [row for row in rows if row.lstrip().startswith("::")]
        assert "##[" not in out
        assert len([row for row in rows if ": error[bad-file]" in row]) == len(names)
    assert all(not row.startswith("::") for row in done.stderr.decode().splitlines())
