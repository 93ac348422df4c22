"""Reading with a memory gives what reading without one gives: records, problems, all of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs_briefings.building.codec import Codec
from mkdocs_briefings.building.files import Files
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.reading.alone import Written
from mkdocs_briefings.reading.read import read

FRONT = "title: {0}\nauthor: Ada Example\ndate: 2026-03-0{1}\ntopics: [{2}]\nsummary: {0}.\n"


def page(title: str, day: int, topics: str, more: str = "", body: str = "Text.") -> str:
    return f"---\n{FRONT.format(title, day, topics)}{more}---\n{body}\n"


class Remembered:
    """A folder read again and again, always with the memory of the time before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "briefings"
        self.folder.mkdir()
        self.store = Store(folder / "store.sqlite3", "1")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(self, settings: Settings = Settings()) -> int:  # noqa: B008
        """Read with and without a memory, compare, and tell how many files it knew."""
        newest = max(p.stat().st_ctime_ns for p in self.folder.rglob("*"))
        kind = f"written-{settings.lang}"
        memory = Files(self.store, kind, Codec(Written), newest + 10_000_000_000)
        found = read(self.folder, settings, memory=memory)
        memory.done()
        assert self.store.save()
        assert found == read(self.folder, settings)
        return memory.reused


@pytest.fixture
def site(tmp_path: Path) -> Remembered:
    made = Remembered(tmp_path)
    made.write("a.md", page("One", 1, "Central banks", "related: [b, c]\naliases: [old/a/]\n"))
    made.write("b.md", page("Two", 2, "central-banks, prices", "status: superseded\nby: a\n"))
    zoned = page("Zoned", 5, "prices").replace("2026-03-05", "2026-03-05T09:30:00+02:00")
    made.write("zoned.md", zoned)
    made.write(
        "c.md",
        page("Three", 3, "prices", "events:\n  - {date: 2027-01, text: Later, kind: talks}\n")
        + "\n## Head\n\nSee [[a]] and [^1].\n\n```chart\ntitle: T\nrows:\n  A: 1.50\n```\n",
    )
    return made


def test_what_is_known_is_read_as_before(site: Remembered) -> None:
    assert site.check() == 0
    assert site.check() == 4


EDITS: list[tuple[str, Callable[[Remembered], object]]] = [
    ("a body", lambda s: s.write("b.md", page("Two", 2, "prices", body="Another [[c]] text."))),
    ("a registry that closes names", lambda s: s.write("topics.yml", "prices: {title: Prices}\n")),
    ("a registry that knows authors", lambda s: s.write("authors.yml", "bo: {name: Bo Example}\n")),
    ("the first spelling of a topic", lambda s: s.write("a.md", page("One", 1, "CENTRAL banks"))),
    ("the first spelling of an author",
     lambda s: s.write("a.md", page("One", 1, "x").replace("Ada", "ADA"))),
    ("a file that breaks", lambda s: s.write("b.md", "---\ntitle: [\n---\nText.\n")),
    ("a date that is gone", lambda s: s.write("b.md", "---\ntitle: Two\n---\nText.\n")),
    ("a slug taken twice", lambda s: s.write("d.md", page("Four", 4, "x", "slug: a\n"))),
    ("a file that is gone", lambda s: (s.folder / "a.md").unlink()),
    ("a file with another name", lambda s: (s.folder / "a.md").rename(s.folder / "z.md")),
    ("an image", lambda s: (s.folder / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")),
    ("times alone", lambda s: os.utime(s.folder / "a.md", ns=(1, 1))),
    ("a picture that is not there",
     lambda s: s.write("a.md", page("One", 1, "x", "image: {src: x.png, alt: X}\n"))),
]  # fmt: skip


@pytest.mark.parametrize("first", [edit for _, edit in EDITS], ids=[name for name, _ in EDITS])
def test_after_an_edit(site: Remembered, first: Callable[[Remembered], object]) -> None:
    site.check()
    first(site)
    site.check()
    for _, edit in EDITS:
        try:
            edit(site)
        except FileNotFoundError:
            continue
        site.check()


def test_another_language_of_the_site_is_another_memory(site: Remembered) -> None:
    site.check()
    assert site.check(Settings(lang="es")) == 0
    assert site.check(Settings(lang="es", drafts=True)) == 4
