"""P6: two builds at once do not hurt each other, and a lock ends with its holder."""

from __future__ import annotations

import re

import pytest
from mkdocs_briefings.building.lock import locked

from ..making import MakeSite, differing, tree
from .forking import builder
from .specimen import SPECIMEN

LEAN = {"search": False, "cards": False}


def test_p06_builds_at_staggered_offsets(site: MakeSite) -> None:
    made = site(SPECIMEN)
    clean = made.build(plugin={**LEAN, "cache": False}, site_dir="clean")
    made.configure({}, LEAN)
    refused = 0
    with builder(made.root) as builds:
        first = builds.build()
        assert first.code == 0, first.said
        for step in range(8):
            # Something to do for each: one page is not as a build left it.
            (made.output / "topics/index.html").write_text("!", encoding="utf-8")
            pair = builds.builds({}, {"after": first.seconds * step / 8})
            assert sorted(build.code for build in pair) in ([0, 0], [0, 4])
            for one, other in (pair, pair[::-1]):
                if one.code == 4:
                    refused += 1
                    found = re.search(
                        r"another build is at work: process (\d+), since 20", one.said
                    )
                    assert found, one.said
                    assert int(found[1]) == other.pid
                    assert "hint: wait" in one.said
            assert differing(tree(made.output), clean.files) == []
    assert refused


def test_p06_a_holder_that_is_killed_holds_nothing(site: MakeSite) -> None:
    made = site(SPECIMEN)
    clean = made.build(plugin={**LEAN, "cache": False}, site_dir="clean")
    made.configure({}, LEAN)
    with builder(made.root) as builds:
        whole = builds.build()
        assert whole.code == 0, whole.said
        for step in range(1, 4):
            builds.build(kill=whole.seconds * step / 5)
            assert builds.build("--quiet").code == 0
            assert differing(tree(made.output), clean.files) == []


def test_p06_into_other_folders_they_run_beside(site: MakeSite) -> None:
    made = site(SPECIMEN)
    made.configure({}, LEAN)
    with builder(made.root) as builds:
        pair = builds.builds({"args": ["-d", "one"]}, {"args": ["-d", "other"]})
    assert [build.code for build in pair] == [0, 0], [build.said for build in pair]
    assert differing(tree(made.root / "one"), tree(made.root / "other")) == []


@pytest.mark.parametrize("command", ["mkdocs", "briefings"])
def test_p06_a_build_that_is_locked_out_says_so(site: MakeSite, command: str) -> None:
    made = site(SPECIMEN)
    before = made.publish(plugin=LEAN)
    with locked(made.root / ".cache/briefings/lock.sqlite3"):
        build = made.publish if command == "briefings" else made.build
        after = build(plugin=LEAN)
    assert after.exit_code == (4 if command == "briefings" else 1)
    assert "another build is at work: process" in after.log
    assert differing(after.files, before.files) == []
