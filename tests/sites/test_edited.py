"""A build after an edit of a text makes what that changes, and is a clean build byte for byte."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from mkdocs_briefings.building.publication import Publication
from mkdocs_briefings.building.standing import Seen
from mkdocs_briefings.host import edited as building
from mkdocs_briefings.publishing.search import division, engine

from ..making import MakeSite, Result, Site
from .specimen import SPECIMEN
from .test_reuse import EDITS, LEAN, body, briefings, broken, compared, mended, touched
from .test_reuse import edited as exchanged

LOWERED: dict[str, Any] = {"severity": {"*": "warning"}}
TERMS = """\
-- briefings/glossary.yml --
warbler:
  term: Warbler
  definition: A bird that lives among reeds.
quay:
  term: Quay
  definition: Where boats lie.
"""
LONG = "The reed quota of the lower marsh is counted by the council each spring. "
MANY = "".join(
    f"-- briefings/2024/reeds-{n}.md --\n---\ntitle: Reeds of year {n}\nauthor: ada-example\n"
    f"date: 2024-03-{n + 1:02}\ntopics: [nature]\nsummary: Reeds in year {n}.\n---\n"
    f"{LONG * (n % 4 + 1)}Year {n} was {'dry' if n % 2 else 'wet'} for warblers and boats.\n"
    for n in range(24)
)
"""Enough for lists to differ by words."""


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each build that found something changed, whether it was one of edited texts alone."""
    taken: list[bool] = []
    real = building.edited

    def noted(*given: Any) -> Any:
        found = real(*given)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(building, "edited", noted)
    return taken


def quota(site: Site, old: str, new: str) -> None:
    exchanged(site.content / "2025" / "reed-quota.md", old, new)


def more(path: str, text: str) -> Callable[[Site], None]:
    def edit(site: Site) -> None:
        file = site.content / path
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")

    return edit


def both(*edits: Callable[[Site], None]) -> Callable[[Site], None]:
    def edit(site: Site) -> None:
        for one in edits:
            one(site)

    return edit


def above(path: str, text: str) -> Callable[[Site], None]:
    """Something between the front matter and the text."""

    def edit(site: Site) -> None:
        file = site.content / path
        front, mark, body = file.read_text(encoding="utf-8").partition("\n---\n")
        file.write_text(f"{front}{mark}{text}{body}", encoding="utf-8")

    return edit


AGREED, CONTESTED = "2026/harbour-toll-agreed.md", "2025/harbour-toll-contested.md"
QUOTA, COUNT = "2025/reed-quota.md", "2025/reed-count.md"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(more(QUOTA, "\nIt is a year of trial.\n"), id="a sentence more"),
        pytest.param(more("2024/reeds-3.md", LONG * 3), id="lists of others move"),
        pytest.param(more(AGREED, "\nThe councils met again.\n"), id="the newest in feeds"),
        pytest.param(above(AGREED, "They met at noon.\n\n"), id="links further down"),
        pytest.param(lambda s: quota(s, "have come back", "*have* come back"), id="markup alone"),
        pytest.param(lambda s: quota(s, "\n---\nOnly", "\n---\n\n\nOnly"), id="blank lines"),
        pytest.param(both(more(QUOTA, "\nSo.\n"), more(CONTESTED, "\nOr so.\n")), id="two at once"),
        pytest.param(more("2025/recuento-de-juncos.md", "\nHay boga.\n"), id="another language"),
    ],
)
def test_an_edit_of_a_text(site: MakeSite, ways: list[bool], edit: Callable[[Site], None]) -> None:
    made = site(SPECIMEN + MANY + TERMS)
    compared(made)
    edit(made)
    assert compared(made).rendered > 0
    assert ways == [True]
    # What it has left is right for a build of either kind.
    more(QUOTA, "\nAnd another.\n")(made)
    compared(made)
    assert ways == [True, True]
    exchanged(made.content / "authors.yml", "role: Reporter", "role: Correspondent")
    compared(made)
    assert ways == [True, True, False]
    more(QUOTA, "\nAnd one more.\n")(made)
    compared(made)
    assert ways == [True, True, False, True]
    compared(made)
    assert len(ways) == 4, "there was nothing to do"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(more(QUOTA, "\nSee [[reed-count]].\n"), id="a link more"),
        pytest.param(
            lambda s: exchanged(s.content / AGREED, "It was [[", "It has been [["),
            id="the sentence of a link",
        ),
        pytest.param(more(QUOTA, "\n## The count\n\nIt goes on.\n"), id="a heading more"),
        pytest.param(
            lambda s: exchanged(s.content / CONTESTED, "## What fishers", "## All that fishers"),
            id="a heading that is linked to",
        ),
        pytest.param(more(QUOTA, "\nThe quay is wet.\n"), id="a term more"),
        pytest.param(more(QUOTA, f"\n{'It is so. ' * 300}\n"), id="it takes longer to read"),
        pytest.param(more(QUOTA, f"\n{'toll ' * 5_000}\n"), id="a long read"),
        pytest.param(
            lambda s: quota(s, "title: Reed quota halved", "# a note\ntitle: Reed quota halved"),
            id="a comment in the front matter",
        ),
        pytest.param(
            lambda s: exchanged(s.content / AGREED, "title: Harbour", "title: The harbour"),
            id="another title in calendars",
        ),
        pytest.param(
            lambda s: quota(s, "author: Ben O'Specimen", "author: ada-example"), id="signed"
        ),
        pytest.param(lambda s: quota(s, "date: 2025", "updated: 2025-08-01\ndate: 2025"), id="day"),
        pytest.param(lambda s: quota(s, "[nature]", "[money]"), id="another topic"),
        pytest.param(lambda s: quota(s, "date: 2025", "draft: true\ndate: 2025"), id="a draft"),
        pytest.param(lambda s: (s.content / QUOTA).unlink(), id="gone"),
        pytest.param(
            lambda s: (s.content / QUOTA).rename(s.content / "2025/other.md"), id="renamed"
        ),
        pytest.param(more("pages/about.md", "\nSo we do.\n"), id="a plain page"),
        pytest.param(more("2026/draft-of-a-plan.md", "\nSo we do.\n"), id="of what is no page"),
        pytest.param(more("glossary.yml", "reed: {term: Reed, definition: It.}\n"), id="glossary"),
        pytest.param(
            lambda s: s.write("-- briefings/rules.yml --\nwords: {least: 1}\n"), id="house rules"
        ),
    ],
)
def test_any_other_edit(site: MakeSite, ways: list[bool], edit: Callable[[Site], None]) -> None:
    made = site(SPECIMEN + MANY + TERMS)
    compared(made, **LOWERED)
    edit(made)
    compared(made, **LOWERED)
    assert ways == [False]


def rows_left(site: Site) -> dict[tuple[str, str], object]:
    """What a build has left to the next, but for what tells of the build itself: when files were
    looked at, which state it is, and of which time the vectors are that others are told by."""
    with closing(sqlite3.connect(site.root / ".cache/briefings/store.sqlite3")) as store:
        rows = store.execute("select kind, key, value from entries").fetchall()
    found: dict[tuple[str, str], object] = {}
    for kind, key, value in rows:
        if kind in {"texts-en-terms", "standing-told"} or key.startswith(("shard-", "tables")):
            found[kind, key] = value
        elif kind == "pages" or (kind == "related" and key.startswith(("lists", "texts"))):
            found[kind, key] = msgspec.msgpack.decode(value)
        elif kind == "edits" and key != "note":
            told = msgspec.msgpack.decode(value)
            found[kind, key] = {k: v for k, v in told.items() if k not in {"state", "folder"}}
        elif kind == "outlines":
            found[kind, key] = value
        elif kind == "body":
            found[kind, key] = ()
    return found


def test_what_is_left_is_what_a_first_build_leaves(site: MakeSite, ways: list[bool]) -> None:
    made = site(SPECIMEN + MANY + TERMS)

    def built(some: Site) -> None:
        assert some.publish(plugin={**LEAN, **LOWERED}).exit_code == 0

    more(AGREED, "\n<b onclick='x()'>So</b> it is.\n")(made)
    built(made)
    for edit in (
        more(QUOTA, "\nIt is a year of trial. <i onclick='x()'>It</i> is so.\n"),
        more("2024/reeds-3.md", LONG * 3),
        both(above(AGREED, "They met at noon.\n\n"), more(COUNT, "\nReeds again.\n")),
        lambda s: quota(s, "<i onclick='x()'>It</i>", "It"),
    ):
        edit(made)
        built(made)
    assert ways == [True] * 4
    other = site()
    shutil.copytree(made.content, other.content, dirs_exist_ok=True)
    built(other)
    left, wanted = rows_left(made), rows_left(other)
    assert {kind for kind, _ in wanted} >= {"pages", "related", "edits", "texts-en-terms", "body"}
    assert [row for row in sorted({*left, *wanted}) if left.get(row) != wanted.get(row)] == []


def test_what_is_wrong_with_a_text_is_told_where_it_stands_now(
    site: MakeSite, ways: list[bool]
) -> None:
    made = site(SPECIMEN + MANY)
    wrong = "\nSee [[nowhere-at-all]], [this](../gone.md) and <b onclick='x()'>that</b>.\n"
    more(QUOTA, wrong)(made)
    more(AGREED, "\n<script>x()</script>\n")(made)

    def told(edit: Callable[[Site], None]) -> list[str]:
        edit(made)
        return [str(problem) for problem in compared(made, **LOWERED).problems]

    first = told(lambda _: None)
    assert len(first) > 3
    second = told(above(QUOTA, "One line more.\n\n"))
    assert len(second) == len(first)
    assert second != first
    third = told(more(COUNT, "\n<i onclick='x()'>It</i> is wrong here, too.\n"))
    assert len(third) == len(first) + 1
    fourth = told(lambda s: exchanged(s.content / COUNT, " onclick='x()'", ""))
    assert fourth == second
    assert told(lambda s: quota(s, "One line more.\n\n", "")) == first
    assert ways == [True] * 4
    # Where nothing was wrong a build that looks at all says what is.
    assert told(lambda s: exchanged(s.content / AGREED, "<script>x()</script>", ""))


def test_an_edit_that_is_taken_back(site: MakeSite, ways: list[bool]) -> None:
    made = site(SPECIMEN + MANY)
    before = compared(made)
    text = (made.content / QUOTA).read_text(encoding="utf-8")
    more(QUOTA, LONG)(made)
    compared(made)
    (made.content / QUOTA).write_text(text, encoding="utf-8")
    after = compared(made)
    assert after.files == before.files
    (made.content / QUOTA).write_text(text, encoding="utf-8")
    assert compared(made).rendered == 0
    assert all(ways)


FOUND: dict[str, Any] = {"search": True}


def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have indexes of few pages cut as those of thousands are."""
    for name, most in (("LARGE", 8), ("OLDER", 8), ("RECENT", 6)):
        monkeypatch.setattr(division, name, most)


@pytest.mark.parametrize("parts", [True, False], ids=["several parts", "one part"])
def test_the_search_index_follows(
    site: MakeSite, ways: list[bool], parts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parts:
        cut(monkeypatch)
    made = site(SPECIMEN + MANY)
    compared(made, **FOUND)
    edits = (
        more(QUOTA, "\nIt is a year of trial.\n"),
        more("2024/reeds-3.md", LONG * 3),
        more(AGREED, "\nThe councils met again.\n"),
        more(AGREED, "\nAnd once more.\n"),
    )
    for edit in edits:
        edit(made)
        compared(made, **FOUND)
    assert ways == [True] * 4
    # What it has left is right for a build that looks at all, and the other way round.
    exchanged(made.content / "authors.yml", "role: Reporter", "role: Correspondent")
    more(COUNT, "\nIt was a wet year.\n")(made)
    compared(made, **FOUND)
    quota(made, "title: Reed quota halved", "title: Half of the reeds")
    compared(made, **FOUND)
    edits[1](made)
    compared(made, **FOUND)
    assert ways == [True] * 4 + [False, True, True]
    compared(made, **FOUND)
    assert len(ways) == 7, "there was nothing to do"
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        kept = store.execute("select count(*) from entries where kind = 'search'").fetchone()
    index = json.loads((made.output / "search/index/about.json").read_text(encoding="utf-8"))
    assert kept == (2 * max(1, len(index["parts"])),), "each part and its words, and no older ones"


def test_topics_in_another_order_are_found_in_theirs(site: MakeSite, ways: list[bool]) -> None:
    """Which tells no page from what it was."""
    made = site(SPECIMEN + MANY)
    compared(made, **FOUND)
    file = made.content / "topics.yml"
    first, *rest = re.split(r"(?m)^(?=\w)", file.read_text(encoding="utf-8"))[1:]
    file.write_text("".join([*rest, first]), encoding="utf-8")
    compared(made, **FOUND)
    more(AGREED, "\nThe councils met again.\n")(made)
    compared(made, **FOUND)
    assert ways == [False, True]


def test_an_index_that_cannot_be_made_is_left_to_others(
    site: MakeSite, ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + MANY)
    compared(made, **FOUND)

    def fails() -> engine.Engine:
        raise engine.SearchError("it does not start")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "engine", fails)
        more(QUOTA, LONG)(made)
        compared(made, **FOUND)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "engine", lambda: engine.Engine("pagefind", "0"))
        more(QUOTA, LONG)(made)
        compared(made, **FOUND)
    assert ways == [False, False]


def test_options_and_the_day_count(
    site: MakeSite, ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + MANY)
    compared(made)
    more(QUOTA, LONG)(made)
    compared(made, lang="es")
    more(QUOTA, LONG)(made)
    monkeypatch.setattr("tests.making.NOW", 1_780_315_200 + 2 * 86_400)
    compared(made, lang="es")
    assert ways == []


def test_a_file_that_changes_while_others_are_seen(
    site: MakeSite, ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where times are kept in coarse steps nothing but its bytes tells that it has changed."""
    made = site(SPECIMEN + MANY)
    count = made.content / COUNT
    os.utime(count, (2e9, 2e9))
    compared(made)
    more(QUOTA, LONG)(made)
    real = Seen.at

    def at(seen: Seen, looked: int) -> Seen:
        exchanged(count, "Twelve", "Eleven")
        os.utime(count, (2e9, 2e9))
        return real(seen, looked)

    with monkeypatch.context() as patch:
        patch.setattr(Seen, "at", at)
        compared(made)
    assert ways == [False]


def test_strict_builds_look_at_all(site: MakeSite, ways: list[bool]) -> None:
    made = site(SPECIMEN)

    def built() -> Result:
        return made.publish(plugin=LEAN, strict=True)

    built()
    more(QUOTA, "\nSee [[nowhere-at-all]].\n")(made)
    assert built().exit_code == 1
    assert not any(ways)


@pytest.mark.parametrize("step", ["keep_served", "write", "finish"])
def test_a_build_that_is_killed(
    site: MakeSite, ways: list[bool], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made = site(SPECIMEN + MANY)
    before = compared(made)
    more(AGREED, LONG)(made)

    class Killed(BaseException):
        pass

    def killed(*given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Publication, step, killed)
        with pytest.raises(Killed):
            made.publish(plugin=LEAN)
    assert {p: (made.output / p).read_bytes() for p in before.files} == before.files
    compared(made)
    more(QUOTA, LONG)(made)
    compared(made)
    assert ways == [True, True]


def test_a_build_that_is_killed_when_all_is_in_place(
    site: MakeSite, ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + MANY)
    compared(made)
    more(AGREED, LONG)(made)

    class Killed(BaseException):
        pass

    def killed(*given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(building, "leave", killed)
        with pytest.raises(Killed):
            made.publish(plugin=LEAN)
    more(QUOTA, LONG)(made)
    compared(made)
    more(QUOTA, LONG)(made)
    compared(made)
    assert ways == [False, True]


ROWS = [
    *(("edits", key) for key in ("note", "whole", "")),
    *(("pages", key) for key in ("keys", "others")),
    *(("related", key) for key in ("lists", "texts-en", "space", "columns", "weights", "tables")),
    *(("related", key) for key in ("shard", "rest")),
    *((kind, "2025/reed-quota.md") for kind in ("written-en", "texts-en")),
    *(("published", ""), ("published-folders", ""), ("standing-told", ""), ("body", "")),
]


@pytest.mark.parametrize(
    ("kind", "key"),
    ROWS,
)
@pytest.mark.parametrize("harm", ["gone", "spoilt"])
def test_what_is_lost_costs_only_time(
    site: MakeSite, ways: list[bool], kind: str, key: str, harm: str
) -> None:
    made = site(SPECIMEN + MANY)
    compared(made)
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        change = {"gone": "delete from", "spoilt": "update"}[harm]
        values = "" if harm == "gone" else "set value = x'00'"
        where = "where kind = ? and (key = ? or ? = '' or key like ? || '-%')"
        done = store.execute(f"{change} entries {values} {where}", (kind, key, key, key))
        assert done.rowcount > 0
        store.commit()
    more(QUOTA, LONG)(made)
    compared(made)
    more(AGREED, LONG)(made)
    compared(made)
    assert ways[-1]


def test_rows_of_another_state_are_of_no_use(site: MakeSite, ways: list[bool]) -> None:
    """As where a build was killed that had kept some of them."""
    made = site(SPECIMEN + MANY)
    compared(made)
    path = made.root / ".cache/briefings/store.sqlite3"
    rows = "select kind, key, digest, value from entries"
    with closing(sqlite3.connect(path)) as store:
        before = store.execute(rows).fetchall()
    quota(made, "topics: [nature]", "topics: [nature, money]")
    more(COUNT, LONG)(made)
    compared(made)
    with closing(sqlite3.connect(path)) as store:
        after = {row[:2]: row for row in store.execute(rows)}
    newer = ("written-en", "texts-en", "related", "pages", "outlines", "body")
    with closing(sqlite3.connect(path)) as store:
        store.execute("delete from entries")
        kept = [after.get(row[:2], row) if row[0] in newer else row for row in before]
        store.executemany("insert into entries values (?, ?, ?, ?)", kept)
        store.commit()
    more(QUOTA, LONG)(made)
    compared(made)
    assert not any(ways)


def reworded(site: Site, dice: random.Random) -> None:
    """A word in the place of another, which many texts or few may have."""
    path = dice.choice(briefings(site))
    front, mark, text = path.read_text(encoding="utf-8").partition("\n---\n")
    words = text.split(" ")
    words[dice.randrange(len(words))] = dice.choice("reeds councils weirs spring ferry".split())
    path.write_text(front + mark + " ".join(words), encoding="utf-8")


def two(site: Site, dice: random.Random) -> None:
    reworded(site, dice)
    reworded(site, dice)


def alike(site: Site, dice: random.Random) -> None:
    """One text quotes another, so that lists move."""
    one, other = dice.sample(briefings(site), 2)
    quoted = other.read_text(encoding="utf-8").partition("\n---\n")[2].split("\n")[0]
    one.write_text(one.read_text(encoding="utf-8") + f"\n{quoted}\n", encoding="utf-8")


def unsafe(site: Site, dice: random.Random) -> None:
    """Something wrong with a text that is none of its links, or mended."""
    path = dice.choice(briefings(site))
    text, mark, rest = path.read_text(encoding="utf-8").partition("\n<i onclick='x()'>It</i>\n")
    path.write_text(text + rest if mark else f"{text}\n<i onclick='x()'>It</i>\n", "utf-8")


def moved(site: Site, dice: random.Random) -> None:
    """A line more above all others."""
    path = dice.choice(briefings(site))
    above(str(path.relative_to(site.content)), "It is so.\n\n")(site)


TEXTS: tuple[Callable[[Site, random.Random], object], ...] = (
    reworded, two, alike, unsafe, moved, body, touched,
)  # fmt: skip


class Texts(RuleBasedStateMachine):
    """A site of which texts are edited at random, and now and then something else."""

    plugin = LOWERED

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = Site(Path(self.folder.name))
        self.site.write(SPECIMEN + TERMS + MANY.partition("-- briefings/2024/reeds-9")[0])

    @rule(edit=sampled_from(TEXTS), seed=integers(0, 1000))
    def edit_a_text(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @rule(edit=sampled_from(TEXTS), seed=integers(0, 1000))
    def edit_another(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @rule(edit=sampled_from((*EDITS, broken, mended)), seed=integers(0, 1000))
    def edit_anything(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @invariant()
    def equals_a_clean_build(self) -> None:
        compared(self.site, **self.plugin)

    def teardown(self) -> None:
        self.folder.cleanup()


class TextsToBeFound(Texts):
    """The same with search."""

    plugin = LOWERED | FOUND


@pytest.mark.parametrize(("machine", "examples"), [(Texts, 5), (TextsToBeFound, 3)])
def test_a_site_whose_texts_are_edited_at_random(
    ways: list[bool],
    machine: type[Texts],
    examples: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut(monkeypatch)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            phases=[Phase.generate],
            derandomize=True,
        ),
    )
    assert len(ways) > 3 * examples
    # Chance picks the edits, and of those of texts some change what others show.
    assert sum(ways) > len(ways) / 4, ways
