"""P8, P9: what was published answers for good, and feeds know a briefing by one id."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.ledger import Ledger, Row, parse

from ..making import MakeSite, Result, Site

LEAN = {"search": False, "cards": False}
RATES = """\
-- briefings/2026/rates-held.md --
---
title: Rates held
author: Ada Example
date: 2026-03-17
topics: [banks]
summary: The bank kept its rate.
---
The bank kept its rate.

## What changed

Nothing.
-- briefings/2026/jobs.md --
---
title: Jobs
author: Ada Example
date: 2026-03-18
topics: [banks]
summary: More jobs.
---
More jobs.
"""
LOCK = "permalinks.lock"
HELD, KEPT = "briefings/2026/rates-held/", "briefings/2026/rates-kept/"


def recorded(site: Site, *options: str) -> str:
    """The ledger after `briefings permalinks`."""
    done = site.run("briefings", "permalinks", *options)
    assert done.exit_code == 0, done.log
    return (site.content / LOCK).read_text(encoding="utf-8")


def moved(site: Site, name: str, line: str = "") -> None:
    """Give the briefing on rates another file name, and a line more."""
    old = next(site.content.glob("2026/rates-*.md"))
    text = old.read_text(encoding="utf-8")
    if line:
        text = text.replace("---\n", f"---\n{line}\n", 1)
    old.unlink()
    (site.content / "2026" / f"{name}.md").write_text(text, encoding="utf-8")


def ids(result: Result) -> set[str]:
    return set(re.findall(r"<id>(tag:[^<]*)</id>", result.text("feed.xml")))


def leads_to(result: Result, file: str) -> str:
    found = re.search(r'<a href="([^"]*)" data-moved>', result.text(file))
    assert found
    return found[1]


def test_p08_a_ledger_of_a_site(site: MakeSite) -> None:
    made = site(RATES)
    rows = parse(recorded(made))[0].rows
    assert Row(date(2026, 3, 17), "rates-held", HELD, ("what-changed",)) in rows
    assert {"topics/banks/", "authors/ada-example/", "archive/"} <= {row.path for row in rows}
    before = made.publish(plugin=LEAN)
    assert before.exit_code == 0
    assert "permalinks.lock" not in before.log
    made.write(RATES.replace("jobs.md", "work.md"))
    assert "Addresses not in permalinks.lock yet: 1; " in made.publish(plugin=LEAN).log
    (made.content / "2026/work.md").unlink()
    (made.content / LOCK).unlink()
    assert ids(made.publish(plugin=LEAN)) == ids(before), "a ledger keeps the ids that feeds had"


def test_p08_a_moved_briefing_names_its_old_address(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    first = made.publish(plugin=LEAN)
    moved(made, "rates-kept")
    lost = made.publish(plugin=LEAN)
    assert lost.exit_code == 1
    assert lost.codes == ["lost-address"]
    (problem,) = lost.problems
    assert problem.path == f"briefings/{LOCK}"
    line = (made.content / LOCK).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert HELD in line
    assert problem.hint == f"add `aliases: [{HELD}]` to 2026/rates-kept.md"
    assert lost.files == first.files, "nothing was published"
    assert made.run("briefings", "check", plugin=LEAN).exit_code == 1

    moved(made, "rates-kept", f"aliases: [{HELD}]")
    again = made.publish(plugin=LEAN)
    assert again.exit_code == 0, again.log
    assert ids(again) == ids(first), "feeds know it as before"
    assert leads_to(again, f"{HELD}index.html") == "../rates-kept/"


def test_p08_redirects_end_at_a_page_however_often_it_moves(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    first = made.publish(plugin=LEAN)
    moved(made, "rates-kept", f"aliases: [{HELD}]")
    recorded(made)
    # Only the last address is named: the ledger knows the one before.
    text = (made.content / "2026/rates-kept.md").read_text(encoding="utf-8")
    (made.content / "2026/rates-kept.md").write_text(
        text.replace(f"[{HELD}]", f"[{KEPT}]").replace("date: 2026-03-17", "date: 2025-03-16"),
        encoding="utf-8",
    )
    moved(made, "rates-unchanged")
    last = made.publish(plugin=LEAN)
    assert last.exit_code == 0, last.log
    for old in (HELD, KEPT):
        assert leads_to(last, f"{old}index.html") == "../../2025/rates-unchanged/"
    assert ids(last) == ids(first)
    rows = parse(recorded(made))[0].rows
    assert [row.id for row in rows].count("rates-held") == 3


def test_p09_an_id_is_never_used_twice(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    first = made.publish(plugin=LEAN)
    moved(made, "rates-kept", f"aliases: [{HELD}]")
    recorded(made)
    made.write(
        "-- briefings/2025/rates-held.md --\n---\ntitle: Rates held\nauthor: Ada Example\n"
        "date: 2025-03-17\ntopics: [banks]\nsummary: The bank kept its rate then.\n---\nSo.\n"
    )
    last = made.publish(plugin=LEAN)
    assert last.exit_code == 0, last.log
    assert ids(first) < ids(last)
    assert len(ids(last)) == len(ids(first)) + 1
    assert "2025-03-17 rates-held-2 briefings/2025/rates-held/" in recorded(made)


def test_p08_what_is_withdrawn_says_why(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    next(made.content.glob("2026/rates-*.md")).unlink()
    assert made.publish(plugin=LEAN).codes == ["lost-address"]
    made.write(
        f"-- briefings/former.yml --\n{HELD}:\n  title: Rates <held>\n  date: 2026-04-01\n"
        "  reason: The figures were not the bank's.\n"
    )
    done = made.publish(plugin=LEAN)
    assert done.exit_code == 0, done.log
    page = done.text(f"{HELD}index.html")
    assert "Rates &lt;held&gt;" in page
    assert "Withdrawn on 1 April 2026" in page
    assert "The figures were not the bank&#39;s." in page
    assert re.search(r'<meta name="robots" content="noindex', page)
    assert HELD not in done.text("sitemap.xml")
    assert page.count("data-print") == 1, "a page of one sentence has its tools once"
    # Its address is nobody's any more.
    made.write(RATES)
    (problem,) = made.publish(plugin=LEAN).problems
    assert (problem.code, problem.path) == ("bad-alias", "briefings/former.yml")


def test_p08_other_pages_move_too(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    text = RATES.replace("[banks]", "[money]")
    made.write(text)
    lost = made.publish(plugin=LEAN)
    assert lost.codes == ["lost-address"]
    assert "topics/banks/" in lost.problems[0].message
    made.write("-- briefings/former.yml --\ntopics/banks/: {to: topics/cash/}\n")
    assert made.publish(plugin=LEAN).codes == ["bad-alias"], "it leads nowhere"
    made.write(
        "-- briefings/former.yml --\n"
        "topics/banks/: {to: topics/cash/}\ntopics/cash/: {to: topics/money/}\n"
    )
    done = made.publish(plugin=LEAN)
    assert done.exit_code == 0, done.log
    assert leads_to(done, "topics/banks/index.html") == "../money/"


def test_p08_a_ring_of_redirects_is_found(site: MakeSite) -> None:
    made = site(RATES + "-- briefings/former.yml --\na/b/: {to: a/c/}\na/c/: {to: a/b/}\n")
    found = made.publish(plugin=LEAN)
    assert found.exit_code == 1
    assert found.codes == ["bad-alias", "bad-alias"]


def test_p08_headings_that_are_gone(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    path = made.content / "2026/rates-held.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("## What changed", "## What has changed"), encoding="utf-8")
    found = made.publish(plugin=LEAN)
    assert found.exit_code == 0
    assert found.codes == ["lost-anchor"]
    assert "did you mean '#what-has-changed'?" in found.problems[0].hint
    path.write_text(
        text.replace("## What changed", "## What has changed {#what-changed}"), encoding="utf-8"
    )
    mended = made.publish(plugin=LEAN)
    assert mended.codes == []
    assert 'id="what-changed"' in mended.text(f"{HELD}index.html")
    path.write_text(text.replace("## What changed", ""), encoding="utf-8")
    made.write(f'-- briefings/former.yml --\n"{HELD}#what-changed": {{to: {HELD}}}\n')
    assert made.publish(plugin=LEAN).codes == []


def test_p08_drafts_and_broken_files(site: MakeSite) -> None:
    made = site(RATES)
    recorded(made)
    moved(made, "rates-held", "draft: true")
    found = made.publish(plugin=LEAN)
    assert found.codes == ["lost-address"]
    assert "held back" in found.problems[0].hint
    moved(made, "rates-held", "title: Again")
    assert made.publish(plugin=LEAN).codes == ["duplicate-key"], "a broken file loses no address"


def test_p08_a_ledger_only_grows(site: MakeSite) -> None:
    made = site(RATES)
    before = parse(recorded(made))[0]
    moved(made, "rates-kept", f"aliases: [{HELD}]")
    path = made.content / "2026/rates-kept.md"
    text = path.read_text(encoding="utf-8").replace("## What changed", "## Nothing")
    path.write_text(text, encoding="utf-8")
    after = parse(recorded(made))[0]
    for row in before.rows:
        assert set(row.anchors) <= set(after.by_path[row.path].anchors)
    assert list(after.rows) == sorted(after.rows)
    assert recorded(made) == str(after), "and is the same when nothing is new"
    assert made.run("briefings", "permalinks", "--check").exit_code == 0
    made.write(RATES.replace("jobs.md", "work.md"))
    assert made.run("briefings", "permalinks", "--check").exit_code == 1


def test_p08_what_two_branches_record_is_read_as_one() -> None:
    one = "2026-03-17 a briefings/2026/a/ #x\n2026-03-19 c briefings/2026/c/\n"
    other = "2026-03-18 b briefings/2026/b/\n2026-03-17 a briefings/2026/a/ #y\n"
    ledger, bad = parse(one + other)
    assert not bad
    assert [row.path[-2] for row in ledger.rows] == ["a", "b", "c"]
    assert ledger.rows[0].anchors == ("x", "y")
    assert parse(str(ledger))[0] == ledger == Ledger.of(reversed(ledger.rows))


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", "2026-13-17 a b/", "2026-03-17 a ../b/", "2026-03-17 a /b/", "x" * 100,
     "2026-03-17 a b%0a/", "2026-03-17 a b"],
)  # fmt: skip
def test_p08_lines_that_are_no_rows(line: str) -> None:
    ledger, bad = parse(f"{line}\n2026-03-17 a b/\n")
    assert [row.line for row in bad] == [1]
    assert [row.path for row in ledger.rows] == ["b/"]


def git(site: Site, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Ada Example", "-c", "user.email=ada@example.org", *arguments],
        cwd=site.root,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
             "GIT_COMMITTER_DATE": "2026-05-01T12:00:00Z"},
    )  # fmt: skip


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_p08_earlier_commits_are_recorded(site: MakeSite) -> None:
    made = site(RATES)
    git(made, "init", "--quiet", "--initial-branch=main")
    git(made, "add", "briefings")
    git(made, "commit", "--quiet", "--message", "Rates")
    broken = made.content / "2026" / "broken.md"
    broken.write_text("no front matter", encoding="utf-8")
    git(made, "add", "briefings")
    git(made, "commit", "--quiet", "--message", "An error, which was never published")
    broken.unlink()
    moved(made, "rates-kept", f"aliases: [{HELD}]")
    git(made, "add", "--all", "briefings")
    git(made, "commit", "--quiet", "--message", "Moved")
    rows = parse(recorded(made))[0].by_path
    assert rows[HELD].id == rows[KEPT].id == "rates-held"
    assert not any("broken" in path for path in rows)
    # What was published after the ledger was committed, and is gone again.
    git(made, "add", "--all", "briefings")
    git(made, "commit", "--quiet", "--message", "Ledger")
    made.write(RATES.replace("jobs.md", "work.md").split("-- briefings/2026/work")[1].join(
        ["-- briefings/2026/work", ""]))  # fmt: skip
    git(made, "add", "--all", "briefings")
    git(made, "commit", "--quiet", "--message", "Work")
    (made.content / "2026/work.md").unlink()
    assert "briefings/2026/work/" not in recorded(made, "--no-history")
    assert "briefings/2026/work/" in recorded(made)
    assert made.publish(plugin=LEAN).codes == ["lost-address"]


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_p08_earlier_commits_are_read_with_their_own_options(site: MakeSite) -> None:
    """Whatever else they hold: a link that nobody may follow, or no content at all."""
    made = site(RATES)
    made.configure({}, {})
    git(made, "init", "--quiet", "--initial-branch=main")
    (made.root / "elsewhere").symlink_to("/etc")
    git(made, "add", "briefings", "mkdocs.yml", "elsewhere")
    git(made, "commit", "--quiet", "--message", "Begin")
    git(made, "rm", "-r", "--quiet", "--cached", "briefings", "elsewhere")
    git(made, "commit", "--quiet", "--message", "A gap")
    (made.root / "elsewhere").unlink()
    made.configure({}, {"permalink": "{slug}/"})
    git(made, "add", "briefings", "mkdocs.yml")
    git(made, "commit", "--quiet", "--message", "Another pattern")
    made.run("briefings", "permalinks", plugin={"permalink": "{slug}/"})
    paths = parse((made.content / "permalinks.lock").read_text("utf-8"))[0].by_path
    assert {"briefings/2026/rates-held/", "rates-held/"} <= set(paths)


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_p08_a_part_of_the_history_is_not_taken_for_all(site: MakeSite, tmp_path: Path) -> None:
    made = site(RATES)
    git(made, "init", "--quiet", "--initial-branch=main")
    for message in ("Begin", "Go on"):
        path = made.content / "2026" / "jobs.md"
        path.write_text(path.read_text(encoding="utf-8") + f"\n{message}.\n", encoding="utf-8")
        git(made, "add", "briefings")
        git(made, "commit", "--quiet", "--message", message)
    shallow = tmp_path / "shallow"
    git(made, "clone", "--quiet", "--depth", "1", f"file://{made.root}", str(shallow))
    done = Site(shallow).run("briefings", "permalinks")
    assert (done.exit_code, "fetch-depth: 0" in done.log) == (2, True)
    assert Site(shallow).run("briefings", "permalinks", "--no-history").exit_code == 0
