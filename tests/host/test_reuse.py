"""Lists of related briefings from what earlier builds left: whole, spoilt, or of several builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.building.place import store_in
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.building.version import code
from mkdocs_briefings.catalog.briefing import Briefing
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.host.reuse import Reuse
from mkdocs_briefings.linking.archive import shard_of
from mkdocs_briefings.linking.graph import Related
from mkdocs_briefings.linking.related import related_briefings
from mkdocs_briefings.linking.rests import Rests, rests_on, text_digest
from mkdocs_briefings.linking.turned import RESTS

from ..linking.catalogs import body, briefing, catalog
from ..making import MakeSite
from ..sites.specimen import SPECIMEN

Cited = Mapping[str, Iterable[str]]
Lists = Mapping[str, tuple[Related, ...]]

WORDS = ("ferry", "dock", "toll", "copper", "court", "grain", "rail", "levy")
COUNT = 60
BRIEFINGS = {
    f"b{n:03}": briefing(
        f"b{n:03}",
        day=n + 1,
        title=f"{WORDS[n % 8]}{n // 10}",
        # Ten at a time speak of the same things, and others of others.
        text=" ".join(f"{word}{n // 10}" for word in WORDS[n % 4 :]),
    )
    for n in range(COUNT)
}


def edited(slug: str, text: str) -> dict[str, Briefing]:
    return {**BRIEFINGS, slug: replace(BRIEFINGS[slug], body=body(text=text))}


def build(folder: Path, briefings: Mapping[str, Briefing]) -> int:
    """How many lists a build made; they are those of a clean one."""
    site = catalog(*briefings.values())
    reuse = Reuse(folder)
    assert reuse.related(site, {}, 5) == related_briefings(site, {}, limit=5)
    assert reuse.store.save()
    reuse.close()
    return reuse.lists_made


def flipped(store: sqlite3.Connection, part: str) -> None:
    (value,) = store.execute("select value from entries where key = ?", (part,)).fetchone()
    spoilt = value[:40] + bytes([value[40] ^ 1]) + value[41:]
    store.execute("update entries set value = ? where key = ?", (spoilt, part))


def missing(store: sqlite3.Connection, part: str) -> None:
    assert store.execute("delete from entries where key = ?", (part,)).rowcount == 1


def foreign(store: sqlite3.Connection, part: str) -> None:
    """As another build left it, that read the same files but for one."""
    before = store.execute("select value from entries where key = ?", (part,)).fetchall()
    store.execute(
        "insert or replace into entries select * from other.entries where key = ?", (part,)
    )
    assert before != store.execute("select value from entries where key = ?", (part,)).fetchall()


OTHER = "b007"


@pytest.mark.parametrize("part", ["shard", "space", "columns", "weights", "lists"])
@pytest.mark.parametrize("harm", [flipped, missing, foreign])
def test_whatever_is_spoilt_costs_only_time(
    tmp_path: Path, harm: Callable[[sqlite3.Connection, str], None], part: str
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    build(theirs, edited(OTHER, "Harbour sand."))
    assert build(ours, BRIEFINGS) == COUNT
    name = f"shard-{shard_of(OTHER)}" if part == "shard" else part
    with closing(sqlite3.connect(store_in(ours), isolation_level=None)) as store:
        store.execute("attach ? as other", (str(store_in(theirs)),))
        harm(store, name)
    assert build(ours, edited("b050", "Copper5 court5 in one sentence more.")) == COUNT
    assert 0 < build(ours, BRIEFINGS) < COUNT


def test_of_an_edit_one_shard_is_written(tmp_path: Path) -> None:
    def written() -> dict[str, bytes]:
        with Store(store_in(tmp_path), code()) as store:
            return dict(store.all("related"))

    build(tmp_path, BRIEFINGS)
    before = written()
    assert 0 < build(tmp_path, edited(OTHER, "Harbour sand.")) < COUNT
    after = written()
    assert {name for name in after if after[name] != before.get(name)} == {
        "lists", "space", f"shard-{shard_of(OTHER)}",
    }  # fmt: skip
    assert build(tmp_path, edited(OTHER, "Harbour sand.")) == 0
    fewer = {slug: one for slug, one in BRIEFINGS.items() if slug < "b003"}
    build(tmp_path, fewer)
    held = {name for name, part in written().items() if part}
    rests = {name for name in held if name.startswith("rest-")}
    assert len(held - rests) <= 5 + len(fewer), "what is no more is empty"
    assert len(rests) <= sum(2 * one.body.words + 10 for one in fewer.values()) < RESTS, "so it is"
    assert build(tmp_path, {**fewer, "b001": replace(fewer["b001"], title="Toll")}) <= len(fewer)
    assert build(tmp_path, BRIEFINGS) == COUNT


def test_texts_are_known_by_their_files(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of them is what reading them again tells, and most are not read again."""
    asked: list[Rests] = []
    read: list[str] = []

    def digest(entry: Briefing) -> bytes:
        read.append(entry.slug)
        return text_digest(entry)

    def related(
        self: Reuse, site: Catalog, cited: Cited, limit: int, *lines: Any, **more: Any
    ) -> Lists:
        asked.append(rests_on(site, cited, limit, self._texts(site)))
        assert asked[-1] == rests_on(site, cited, limit)
        return rank(self, site, cited, limit, *lines, **more)

    # Of a build that looks at all.
    monkeypatch.setattr("mkdocs_briefings.host.edited.edited", lambda *_: None)
    rank = Reuse.related
    monkeypatch.setattr("mkdocs_briefings.host.reuse.text_digest", digest)
    monkeypatch.setattr(Reuse, "related", related)
    made = site(SPECIMEN)
    quota = made.content / "2025" / "reed-quota.md"
    text = quota.read_text(encoding="utf-8")

    def built(changed: str, **plugin: Any) -> list[str]:
        read.clear()
        quota.write_text(changed, encoding="utf-8")
        assert made.publish(plugin={"search": False, "cards": False, **plugin}).exit_code == 0
        return sorted(set(read))

    assert len(built(text)) > 5
    for old, new in (("come back", "came back"), ("Reed quota", "Reed quotas"), ("\n", "\n\n")):
        text = text.replace(old, new)
        assert built(text) == ["reed-quota"]
    assert len(built(text, lang="es")) > 5, "read as another language"
    assert len({rests.key for rests in asked}) > 3
