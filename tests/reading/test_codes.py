"""Every code is documented, and every example of the documentation does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.catalog.codes import CODES, grade
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.checking import problems
from mkdocs_briefings.reading.read import read

from .examples import Example, examples, headings

WITHOUT_EXAMPLE = {"unreadable", "moved-address", "dead-link"}
"""What no file's content can show; `test_folder.py`, and `test_check_changed.py` and
`test_check_links.py` of the command, have them."""

EXAMPLES = list(examples())


def check(folder: Path, files: dict[str, bytes]) -> tuple[Problem, ...]:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return problems(read(folder))


def test_every_code_has_its_part() -> None:
    assert headings() == list(CODES), "in the same order"
    for bad in (True, False):
        shown = {example.code for example in EXAMPLES if example.bad == bad}
        assert shown == set(CODES) - WITHOUT_EXAMPLE


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.bad], ids=lambda e: e.id)
def test_bad_example_gives_its_code(example: Example, tmp_path: Path) -> None:
    found = check(tmp_path, dict(example.files))
    assert [p.code for p in found] == [example.code], "\n".join(map(str, found))
    (problem,) = found
    assert f"{problem.path}:{problem.line}:{problem.column}" == example.place, str(problem)
    assert problem.hint, "it says how to mend it"
    assert "\n" not in problem.message + problem.hint
    firm = CODES[example.code].firm
    lowered = grade(found, {"*": Severity.WARNING})[0].severity
    assert lowered == (Severity.ERROR if firm else Severity.WARNING)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.bad], ids=lambda e: e.id)
def test_good_example_gives_no_problem(example: Example, tmp_path: Path) -> None:
    assert [str(problem) for problem in check(tmp_path, dict(example.files))] == []
