"""A serving build: drafts shown and marked, edits picked up, problems shown and survived."""

from __future__ import annotations

import re

import pytest

from ..making import MakeSite, tree
from .live import live
from .specimen import SPECIMEN

COMMANDS = ["briefings", "mkdocs"]
QUOTA = "-- briefings/2025/reed-quota.md --\n---\ntitle: {}\nauthor: ben-specimen\n"
REST = "date: 2025-05-11\ntopics: [nature]\nsummary: Only half.\n---\nOnly half. {}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_serving(site: MakeSite, command: str) -> None:
    s = site(SPECIMEN)
    with live(s, command) as server:
        draft = server.get("briefings/2026/draft-of-a-plan/")
        assert "CANARYDRAFT" in draft
        assert re.search(r"\bdraft\b", draft, re.IGNORECASE)
        future = server.get("briefings/2027/toll-of-next-year/")
        assert "CANARYFUTURE" in future
        assert "CANARYDRAFT" in server.get("topics/money/"), "lists show it too"

        before = tree(s.content)
        s.write(QUOTA.format("Reed quota doubled") + REST.format("Or double."))
        server.wait(
            "the edit on the page",
            lambda: "Or double." in server.get("briefings/2025/reed-quota/"),
        )
        # What shows it from elsewhere follows.
        server.wait(
            "the edit elsewhere",
            lambda: all("Reed quota doubled" in server.get(at) for at in ("topics/nature/", "")),
        )
        # MkDocs' own command makes all pages, and shows them together.
        early = "Shown while the rest is made: briefings/2025/reed-quota/"
        assert (early in server.log) is (command == "briefings")

        s.write(QUOTA.format("Reed quota doubled") + REST.format("See [[reed-qouta]]."))
        server.wait("the problem in the log", lambda: "bad-link" in server.log)
        server.wait(
            "the problem on the page",
            lambda: "bad-link" in server.get("briefings/2025/reed-quota/"),
        )
        assert re.search(r"reed-quota\.md:\d+:\d+: error\[bad-link\]", server.log)

        slow = "\n\n" + "</div>\n[a]: b.md\n" * 3_000
        s.write(QUOTA.format("Reed quota doubled") + REST.format(slow))
        server.wait(
            "the problem of a text that is too much work, on its page",
            lambda: "too-much" in server.get("briefings/2025/reed-quota/"),
        )

        s.write("-- briefings/2025/reed-quota.md --\n---\ntitle: [\n---\nBroken.\n")
        server.wait("the next problem", lambda: "bad-yaml" in server.log)
        server.wait(
            "the page of a file that cannot be read",
            lambda: "bad-yaml" in server.get("briefings/2025/reed-quota/"),
        )

        s.write(QUOTA.format("Reed quota") + REST.format("Mended."))
        server.wait(
            "the mended page", lambda: "Mended." in server.get("briefings/2025/reed-quota/")
        )
        assert "bad-link" not in server.get("briefings/2025/reed-quota/")
        assert tree(s.content).keys() == before.keys(), "serving writes nothing into the folder"
        assert "Traceback" not in server.log
    assert not s.output.exists(), "serving does not touch the published site"


def test_serving_leaves_the_next_build_what_it_knows(site: MakeSite) -> None:
    s = site(SPECIMEN)
    assert s.publish().rendered > 20
    with live(s, "briefings"):
        pass
    assert s.publish().rendered == 0
