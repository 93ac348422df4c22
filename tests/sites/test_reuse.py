"""A build from the cache is a clean build, byte for byte, whatever was edited or spoilt."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..making import MakeSite, Result, Site, differing
from .specimen import SPECIMEN

LEAN: dict[str, Any] = {"search": False, "cards": False}
"""What has caches of its own is tested elsewhere, and takes time."""


def compared(site: Site) -> Result:
    """Build from the cache and without one; both must say and write the same."""
    kept = site.build(plugin=LEAN)
    clean = site.build(plugin={**LEAN, "cache": False})
    assert differing(kept.files, clean.files) == []
    assert kept.exit_code == clean.exit_code
    assert [str(problem) for problem in kept.problems] == [str(p) for p in clean.problems]
    return kept


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def briefings(site: Site) -> list[Path]:
    return sorted(path for path in site.content.rglob("20*/*.md"))


def body(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    words = " ".join(dice.choice("reed toll crown water harbour quota".split()) for _ in range(20))
    path.write_text(path.read_text(encoding="utf-8") + f"\n{words}.\n", encoding="utf-8")


def title(site: Site, dice: random.Random) -> None:
    edited(dice.choice(briefings(site)), "\ntitle: ", f"\ntitle: {dice.choice('ABC')} ")


def day(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    edited(path, "\ndate: 2026-", "\ndate: 2025-")


def broken(site: Site, dice: random.Random) -> None:
    """Something that is reported, and that the next edit of its file may mend."""
    path = dice.choice(briefings(site))
    path.write_text(path.read_text(encoding="utf-8") + "\nSee [[nowhere-at-all]].\n", "utf-8")


def mended(site: Site, dice: random.Random) -> None:
    for path in briefings(site):
        edited(path, "\nSee [[nowhere-at-all]].\n", "")


def topic(site: Site, dice: random.Random) -> None:
    edited(site.content / "topics.yml", "title: Tolls", f"title: Tolls {dice.choice('xyz')}")


def author(site: Site, dice: random.Random) -> None:
    edited(site.content / "authors.yml", "name: Ada Example", "name: Ada B. Example")


def gone(site: Site, dice: random.Random) -> None:
    left = briefings(site)
    if len(left) > 3:
        dice.choice(left).unlink()


def renamed(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    path.rename(path.with_name(f"{path.stem}-again.md"))


EDITS: tuple[Callable[[Site, random.Random], None], ...] = (
    body, title, day, broken, mended, topic, author, gone, renamed,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits(site: MakeSite, seed: int) -> None:
    dice = random.Random(seed)
    made = site(SPECIMEN)
    compared(made)
    for _ in range(6):
        dice.choice(EDITS)(made, dice)
        compared(made)


def test_options_count_too(site: MakeSite) -> None:
    made = site(SPECIMEN)
    compared(made)
    for plugin in ({"lang": "es"}, {"related": 1}, {"permalink": "{slug}/"}, {"lang": "en"}):
        kept = made.build(plugin={**LEAN, **plugin})
        clean = made.build(plugin={**LEAN, **plugin, "cache": False})
        assert differing(kept.files, clean.files) == [], plugin
    tables = made.build(plugin=LEAN, markdown_extensions=["tables"])
    clean = made.build(plugin={**LEAN, "cache": False}, markdown_extensions=["tables"])
    assert differing(tables.files, clean.files) == []


def cut(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def noise(store: Path) -> None:
    store.write_bytes(b"\x00noise" * 5000)


def emptied(store: Path) -> None:
    store.write_bytes(b"")


def folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


@pytest.mark.parametrize("harm", [cut, noise, emptied, folder])
def test_a_spoilt_cache_costs_only_time(site: MakeSite, harm: Callable[[Path], None]) -> None:
    made = site(SPECIMEN)
    compared(made)
    harm(made.root / ".cache" / "briefings" / "store.sqlite3")
    compared(made)
    compared(made)


def test_the_cache_is_no_content_of_a_repository(site: MakeSite) -> None:
    made = site(SPECIMEN)
    made.build(plugin=LEAN)
    note = made.root / ".cache" / "briefings" / ".gitignore"
    assert note.read_text(encoding="utf-8") == "*\n"
    other = site(SPECIMEN)
    other.build(plugin={**LEAN, "cache": False})
    assert not (other.root / ".cache").exists()


def test_what_has_not_changed_is_not_made_again(site: MakeSite, monkeypatch: Any) -> None:
    from mkdocs_briefings.host import reuse

    told: list[tuple[int, int]] = []
    done = reuse.Reuse.done

    def counted(self: reuse.Reuse) -> None:
        told.append((self.bodies_made, self.lists_made))
        done(self)

    monkeypatch.setattr(reuse.Reuse, "done", counted)
    made = site(SPECIMEN)
    made.build(plugin=LEAN)
    made.build(plugin=LEAN)
    path = briefings(made)[0]
    path.write_text(path.read_text(encoding="utf-8") + "\nOne sentence more.\n", "utf-8")
    made.build(plugin=LEAN)
    (first, _), second, (third, _) = told
    assert first > 5
    assert second == (0, 0)
    assert third == 1
