"""Many addresses asked: what is remembered however it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs_briefings.outward.answers import Answer
from mkdocs_briefings.outward.check import check_links
from mkdocs_briefings.outward.client import Client, Manners
from mkdocs_briefings.outward.gather import Place
from mkdocs_briefings.outward.ledger import NAME, Ledger

NOW = datetime(2026, 5, 1, tzinfo=UTC)


class Answering(Client):
    """Answers 404 without asking anybody."""

    def ask(self, url: str) -> Answer:
        return Answer(status=404)


def places(number: int) -> list[Place]:
    return [
        Place("a.md", n + 1, 1, f"https://a.example/{n}", False, "", None) for n in range(number)
    ]


def kept(folder: Path) -> list[str]:
    return sorted(json.loads((folder / NAME).read_text())["links"])


def test_an_interruption_loses_nothing_that_was_told(tmp_path: Path) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(places(9), Answering(), Ledger.open(tmp_path, NOW), interrupt)
    assert kept(tmp_path) == [f"https://a.example/{n}" for n in range(3)]


def test_progress_counts_every_address(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    check_links(places(4), Answering(), Ledger.open(tmp_path, NOW), lambda *n: told.append(n))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_only_a_check_of_the_whole_forgets(tmp_path: Path) -> None:
    check_links(places(4), Answering(), Ledger.open(tmp_path, NOW))
    check_links(places(1), Answering(), Ledger.open(tmp_path, NOW), whole=False)
    assert len(kept(tmp_path)) == 4
    check_links(places(1), Answering(), Ledger.open(tmp_path, NOW))
    assert kept(tmp_path) == ["https://a.example/0"]


def test_a_page_without_a_day_proposes_the_newest_copy(tmp_path: Path) -> None:
    for day in (1, 2):
        ledger = Ledger.open(tmp_path, NOW.replace(day=day))
        told = check_links(places(1), Answering(Manners(private=True)), ledger)
    assert told.problems[0].hint.endswith("https://web.archive.org/web/2/https://a.example/0")
