"""A build with an error publishes nothing, and says all that is wrong in one run."""

from __future__ import annotations

import pytest

from ..making import MakeSite, differing
from .specimen import SPECIMEN

HEAD = "---\ntitle: {}\nauthor: ada-example\ndate: 2026-05-01\ntopics: [money]\nsummary: Short.\n"

TEN = """\
-- briefings/one.md --
---
author: ada-example
date: 2026-05-01
topics: [money]
summary: It has no title.
---
Text.
-- briefings/two.md --
---
title: Two
author: ada-exampel
date: 2026-05-01
topics: [money]
summary: Its author is misspelt.
---
Text.
-- briefings/three.md --
---
title: Three
author: ada-example
date: 2026-13-45
topics: [money]
summary: There is no such day.
---
Text.
-- briefings/four.md --
---
title: Four
author: ada-example
date: 2026-05-01
topics: [mony]
summary: Its topic is misspelt.
---
Text.
-- briefings/five.md --
---
title: Five
author: ada-example
date: 2026-05-01
topics: [money]
summary: It has an unknown key.
tags: [money]
---
Text.
-- briefings/six.md --
---
title: Six
author: ada-example
date: 2026-05-01
topics: [money]
summary: Its link leads nowhere.
---
See [[reed-quotas]].
-- briefings/seven.md --
---
title: Seven
author: ada-example
date: 2026-05-01
topics: [money]
summary: Its anchor leads nowhere.
---
See [[harbour-toll-proposed#who-objected]].
-- briefings/eight.md --
---
title: Eight: nine
author: ada-example
date: 2026-05-01
topics: [money]
summary: It is not YAML.
---
Text.
-- briefings/nine.md --
---
title: Nine
title: Nine again
author: ada-example
date: 2026-05-01
topics: [money]
summary: It repeats a key.
---
Text.
-- briefings/other/reed-quota.md --
---
title: Ten
author: ada-example
date: 2026-05-01
topics: [money]
summary: Its slug is taken.
---
Text.
"""

EXPECTED = {
    ("one.md", "missing-title"),
    ("two.md", "unknown-author"),
    ("three.md", "bad-date"),
    ("four.md", "unknown-topic"),
    ("five.md", "unknown-key"),
    ("six.md", "bad-link"),
    ("seven.md", "bad-anchor"),
    ("eight.md", "bad-yaml"),
    ("nine.md", "duplicate-key"),
    ("reed-quota.md", "duplicate-slug"),
}

COMMANDS = [("mkdocs", "build"), ("briefings", "build"), ("briefings", "check", "briefings")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_ten_files_with_ten_errors_give_ten_findings(
    site: MakeSite, command: tuple[str, ...]
) -> None:
    s = site(SPECIMEN + TEN)
    done = s.run(*command)
    assert done.exit_code == 1, done.log
    assert "Traceback" not in done.log
    found = {(p.path.rpartition("/")[2], p.code) for p in done.problems}
    assert found == EXPECTED, done.log
    assert len(done.problems) == len(EXPECTED), "each is told once"
    assert all(p.hint for p in done.problems), [p for p in done.problems if not p.hint]
    assert done.problems == sorted(done.problems), "sorted by place"
    for problem in done.problems:
        assert problem.path.startswith("briefings/"), "as the user named it"
        lines = (s.root / problem.path).read_text(encoding="utf-8").splitlines()
        assert 1 <= problem.line <= len(lines) + 1
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert list(done.files) == [], "nothing is published"


BAD = [
    pytest.param("-- briefings/bad.md --\nno front matter\n", id="no front matter"),
    pytest.param(
        "-- briefings/bad.md --\n" + HEAD.format("Bad") + "---\nSee [[nowhere]].\n", id="a bad link"
    ),
    pytest.param("-- briefings/topics.yml --\n- a list\n", id="a bad registry"),
    pytest.param("-- briefings/page.html --\n<script></script>\n", id="a file that is no briefing"),
]


@pytest.mark.parametrize("command", [("mkdocs", "build"), ("briefings", "build")], ids=" ".join)
@pytest.mark.parametrize("bad", BAD)
def test_an_error_leaves_the_published_site_as_it_is(
    site: MakeSite, bad: str, command: tuple[str, ...]
) -> None:
    s = site(SPECIMEN)
    before = s.run(*command)
    assert before.exit_code == 0, before.log
    times = {path: path.stat().st_mtime_ns for path in s.output.rglob("*")}
    s.write(bad)
    after = s.run(*command)
    assert after.exit_code == 1, after.log
    assert after.problems
    assert "Traceback" not in after.log
    assert differing(after.files, before.files) == []
    assert {path: path.stat().st_mtime_ns for path in s.output.rglob("*")} == times


def test_bytes_that_are_not_text_are_a_problem_and_no_crash(site: MakeSite) -> None:
    s = site(SPECIMEN)
    (s.content / "bytes.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n\x00\x80")
    done = s.run("mkdocs", "build")
    assert (done.exit_code, done.codes) == (1, ["not-utf8"]), done.log
    assert list(done.files) == []


WARNED = "-- briefings/warned.md --\n" + HEAD.format("Warned") + "---\n"
"""An empty body with a summary: a warning."""


@pytest.mark.parametrize("command", [("mkdocs", "build"), ("briefings", "build")], ids=" ".join)
def test_a_warning_is_published_unless_strict(site: MakeSite, command: tuple[str, ...]) -> None:
    s = site(SPECIMEN + WARNED)
    done = s.run(*command)
    assert done.exit_code == 0, done.log
    assert done.codes == ["empty-body"]
    assert "briefings/2026/warned/index.html" in done.files
    s.write("-- briefings/2025/reed-quota.md --\n" + HEAD.format("Changed") + "---\nText.\n")
    strict = s.run(*command, "--strict")
    assert strict.exit_code == 1
    assert "empty-body" in strict.codes
    assert differing(strict.files, done.files) == [], "nor does strict publish anything"


def test_a_site_may_lower_an_error_to_a_warning(site: MakeSite) -> None:
    s = site(SPECIMEN + "-- briefings/bad.md --\n" + HEAD.format("Bad") + "---\nSee [[nowhere]].\n")
    done = s.build(plugin={"severity": {"bad-link": "warning"}})
    assert done.exit_code == 0, done.log
    assert [(p.code, str(p.severity)) for p in done.problems] == [("bad-link", "warning")]
    assert "nowhere" in done.text("briefings/2026/bad/index.html")


def test_an_unknown_option_is_refused_with_its_name(site: MakeSite) -> None:
    s = site(SPECIMEN)
    done = s.run("mkdocs", "build", plugin={"permalink": "{year}/"})
    assert done.exit_code != 0
    assert "slug" in done.log
    assert "Traceback" not in done.log
    assert list(done.files) == []
