"""What was made from a file is believed again only when the file is what it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs_briefings.building.codec import Codec
from mkdocs_briefings.building.files import Files
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.reading.alone import Named

SECOND = 1_000_000_000
LONG_AGO = 1_700_000_000 * SECOND


class Folder:
    """A file in a folder, and a memory of what was made from it: its text as a record."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "a.md"
        self.store = Store(folder / "store.sqlite3", "1")

    def write(self, text: str, at: int = LONG_AGO) -> None:
        self.file.write_text(text)
        os.utime(self.file, ns=(at, at))

    def look(self, now: int = 0) -> tuple[str, bool]:
        """What is made of the file, and whether the memory knew it."""
        status = self.file.stat()
        # The inode's own time is that of this test; a look is well after it.
        now = now or status.st_ctime_ns + 60 * SECOND
        memory = Files(self.store, "text", Codec(Named), now)
        known = memory.unchanged("a.md", status)
        data = self.file.read_bytes()
        known = known or memory.same("a.md", status, data)
        if known is None:
            memory.keep("a.md", status, data, Named(data.decode(), 1, 1))
        memory.done()
        self.store.save()
        return (known.text if known else data.decode()), known is not None


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_an_unchanged_file_is_known(folder: Folder) -> None:
    folder.write("one")
    assert folder.look() == ("one", False)
    assert folder.look() == ("one", True)


def test_another_text_of_the_same_size_is_seen(folder: Folder) -> None:
    folder.write("one")
    folder.look()
    folder.write("two", at=LONG_AGO + 1)
    assert folder.look() == ("two", False)


def test_a_file_touched_and_not_changed_is_known_by_its_bytes(folder: Folder) -> None:
    folder.write("one")
    folder.look()
    folder.write("one", at=LONG_AGO + SECOND)
    assert folder.look() == ("one", True)
    status = folder.file.stat()
    memory = Files(folder.store, "text", Codec(Named), status.st_ctime_ns + 60 * SECOND)
    assert memory.unchanged("a.md", status), "the next look needs its status alone"


def test_what_was_just_written_is_not_believed_by_its_status(folder: Folder) -> None:
    folder.write("one")
    now = folder.file.stat().st_ctime_ns + SECOND
    folder.look(now)
    memory = Files(folder.store, "text", Codec(Named), now)
    assert memory.unchanged("a.md", folder.file.stat()) is None
    assert memory.same("a.md", folder.file.stat(), b"one")


def test_a_file_of_the_future_is_compared_by_its_bytes(folder: Folder) -> None:
    folder.write("one", at=LONG_AGO * 2)
    folder.look()
    folder.write("two", at=LONG_AGO * 2)
    assert folder.look() == ("two", False)


def test_what_is_gone_is_forgotten(folder: Folder) -> None:
    folder.write("one")
    folder.look()
    memory = Files(folder.store, "text", Codec(Named), 1)
    memory.done()
    assert folder.store.all("text") == {}


def test_bytes_that_are_no_record_are_absent(folder: Folder) -> None:
    folder.write("one")
    folder.look()
    row = folder.store.get("text", "a.md")
    assert row
    folder.store.put("text", "a.md", row[:-3])
    assert folder.look() == ("one", False)
