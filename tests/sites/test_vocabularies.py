"""Sites whose vocabularies are open: what is typed makes the topics and authors, and no more."""

from __future__ import annotations

import json

import pytest

from ..making import MakeSite

OPEN = """\
-- briefings/2026/tide.md --
---
title: The tide table
author: Ada Example
date: 2026-03-01
topics: [潮汐, Harbours]
summary: What the new tide table holds, and who made it.
---
The table begins in March.
-- briefings/2026/plan.md --
---
title: A plan
author: Hidden Draftwriter
date: 2026-03-02
topics: [Unheard Topic]
storyline: Untold Story
summary: What is planned for the harbour, and by whom.
draft: true
---
Nothing is settled.
-- briefings/2026/later.md --
---
title: A later day
author: Hidden Futurewriter
date: 2090-03-02
topics: [Unborn Topic]
summary: What will have happened by then, as far as is known.
---
It is not settled either.
"""

HIDDEN = ("Draftwriter", "Futurewriter", "Unheard", "Untold", "Unborn", "draftwriter", "unheard")


def test_what_only_a_draft_names_is_nowhere(site: MakeSite) -> None:
    done = site(OPEN).build()
    assert done.exit_code == 0, done.log
    leaks = [
        (word, path)
        for path, body in done.files.items()
        for word in HIDDEN
        if word.encode() in body or word in path
    ]
    assert leaks == []


def test_feeds_stand_where_pages_announce_them_in_every_script(site: MakeSite) -> None:
    done = site(OPEN).build()
    assert "topics/潮汐/index.html" in done.files
    feed = json.loads(done.text("topics/潮汐/feed.json"))
    assert [entry["title"] for entry in feed["items"]] == ["The tide table"]
    assert not [path for path in done.files if "%" in path]


@pytest.mark.parametrize("plugins", [[], ["search"]])
def test_without_the_plugin_nothing_is_touched(site: MakeSite, plugins: list[str]) -> None:
    s = site(OPEN)
    s.write("-- site/index.html --\nwhat was published\n")
    done = s.run("briefings", "build", plugins=plugins)
    assert done.exit_code == 2
    assert "add 'briefings' to plugins" in done.log
    assert done.files == {"index.html": b"what was published\n"}


def test_commands_find_the_content_folder_of_the_project(site: MakeSite) -> None:
    s = site(OPEN)
    s.content.rename(s.root / "content")
    done = s.run("briefings", "check", docs_dir="content")
    assert done.exit_code == 0, done.log
    assert "3 files of content" in done.log
