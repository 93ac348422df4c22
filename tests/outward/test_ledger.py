"""The ledger: two days before a link is dead, and nothing lost or believed that should not be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs_briefings.outward.answers import Answer
from mkdocs_briefings.outward.ledger import NAME, Ledger

URL, HOST = "https://a.example/", "a.example"
GOOD, GONE, DOOR, LATE = (
    Answer(status=200), Answer(status=410), Answer(status=403), Answer(why="no answer in time"),
)  # fmt: skip


def on(folder: Path, day: int, *answers: Answer, hour: int = 12) -> Ledger:
    """The ledger after the answers of a day of May."""
    ledger = Ledger.open(folder, datetime(2026, 5, day, hour, tzinfo=UTC))
    for answer in answers:
        ledger.note(URL, answer)
    ledger.save([URL])
    return Ledger.open(folder, ledger.now)


@pytest.mark.parametrize(
    ("days", "dead"),
    [
        pytest.param([GONE], False, id="one day"),
        pytest.param([GONE, GONE], True, id="two days"),
        pytest.param([GONE, DOOR, GONE], True, id="what tells nothing between"),
        pytest.param([GONE, GOOD, GONE], False, id="back between"),
        pytest.param([GONE, GOOD, GONE, GONE], True, id="back, then gone"),
        pytest.param([GONE, GONE, GOOD], False, id="back at last"),
        pytest.param([GONE, GONE, LATE], True, id="still dead while nobody knows"),
        pytest.param([DOOR, LATE, DOOR], False, id="never gone"),
    ],
)
def test_days(tmp_path: Path, days: list[Answer], dead: bool) -> None:
    for day, answer in enumerate(days, start=1):
        ledger = on(tmp_path, day, answer)
    found = ledger.entries.get(URL)
    assert bool(found and found.is_dead) == dead


def test_twice_on_one_day_is_once(tmp_path: Path) -> None:
    on(tmp_path, 1, GONE, hour=0)
    ledger = on(tmp_path, 1, GONE, hour=23)
    assert not ledger.entries[URL].is_dead
    assert ledger.known_today(URL)
    assert not on(tmp_path, 2).known_today(URL)


def test_what_tells_nothing_is_asked_again_the_same_day(tmp_path: Path) -> None:
    assert not on(tmp_path, 1, DOOR).known_today(URL)


def test_a_host_s_wish_is_kept(tmp_path: Path) -> None:
    on(tmp_path, 1, Answer(status=429, busy=HOST, wait=7200))
    assert on(tmp_path, 1, hour=13).waits() == {HOST: 3600}
    assert on(tmp_path, 1, hour=15).waits() == {}


def test_what_is_no_longer_linked_is_forgotten(tmp_path: Path) -> None:
    ledger = on(tmp_path, 1, GONE)
    ledger.save(["https://b.example/"])
    assert URL not in on(tmp_path, 2).entries


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"form": 1}', '{"form": 2, "links": {}, "hosts": {}}',
     '{"form": 1, "links": {"x": {"odd": 1}}, "hosts": {}}', "[" * 100_000, "\\udc00",
     '{"form": 1, "links": {}, "hosts": {"x": "soon"}}'],
)  # fmt: skip
def test_a_ledger_that_cannot_be_read_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    ledger = on(tmp_path, 1, GONE)
    assert ledger.entries[URL].first_gone == "2026-05-01"


def test_a_full_disk_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = on(tmp_path, 1, GONE)

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    before = (tmp_path / NAME).read_bytes()
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        ledger.save([])
    assert (tmp_path / NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
