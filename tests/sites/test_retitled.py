"""A build after an edit of a title, or of other words that lists show, makes what shows them."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from ..making import MakeSite, Site, differing
from .specimen import SPECIMEN
from .test_edited import (
    AGREED,
    FOUND,
    LONG,
    LOWERED,
    MANY,
    QUOTA,
    TERMS,
    Texts,
    both,
    cut,
    more,
    rows_left,
    ways,
)
from .test_reuse import LEAN, compared, edited, title, touched
from .test_reuse import briefings as sources

__all__ = ["ways"]

FERRIES = "2026/ferry-times.md"
CITING = """\
-- briefings/2026/ferry-times.md --
---
title: Ferries go at noon
author: ada-example
date: 2026-05-31
topics: [tolls]
storyline: harbour-toll
summary: From June on ferries go at noon.
corrections:
  - date: 2026-05-31
    text: The first version had another hour.
aliases: [old/ferries/, news/ferries.html]
---
From June on ferries go at noon, from the quay. [[reed-quota]] says why. See also
[the count](../2025/reed-count.md).
-- briefings/2025/weir-mended.md --
---
title: The weir is mended
author: ben-specimen
date: 2025-06-12
topics: [nature]
---
The weir of the upper marsh is mended.

It had been broken since [[reed-count]].
-- briefings/editions/2025-w24.md --
---
title: A week of reeds
date: 2025-06-13
number: 3
briefings:
  - slug: reed-quota
    reason: Half of them.
  - slug: weir-mended
---
The editor has read all of it.
-- briefings/editions/2025-w23.md --
---
title: The week before
date: 2025-06-05
briefings: [reed-count]
---
"""
SITE = SPECIMEN + CITING + MANY + TERMS


def exchanged(path: str, old: str, new: str) -> Callable[[Site], None]:
    def edit(site: Site) -> None:
        file = site.content / path
        assert old in file.read_text(encoding="utf-8")
        edited(file, old, new)

    return edit


WORDS: dict[str, Callable[[Site], None]] = {
    "a title that many show": exchanged(QUOTA, "Reed quota halved", "Half of the reeds"),
    "a summary": exchanged(QUOTA, "summary: Only half", "summary: Not more than half"),
    "the newest": exchanged(FERRIES, "Ferries go at noon", "Ferries & <boats> go at noon"),
    "its summary": exchanged(FERRIES, "summary: From June on", "summary: All summer"),
    "a summary that is the first paragraph": exchanged(
        "2025/weir-mended.md", "The weir of the upper", "The old weir of the upper"
    ),
    "what stands under the lead": exchanged(AGREED, "  - Two crowns a boat.", "  - Two crowns."),
    "the summary of the lead": exchanged(
        AGREED, "Both councils agree on two crowns for", "Two crowns for"
    ),
    "why the lead matters": exchanged(
        AGREED, "\n---\nAfter", "\nwhy: It ends a quarrel.\n---\nAfter"
    ),
    "one of many": exchanged("2024/reeds-3.md", "Reeds of year 3", "Reeds of a third year"),
    "two, and a text": both(
        exchanged(QUOTA, "Half of the reeds", "Half the reeds"),
        exchanged("2025/reed-count.md", "title: Reeds counted", "title: All reeds counted"),
        more(FERRIES, "\nThe last one goes at ten.\n"),
    ),
    "a translation": exchanged(
        "2025/recuento-de-juncos.md", "title: Recuento de", "title: Los nuevos"
    ),
    "longer than it should be": exchanged(QUOTA, "summary: Not", f"summary: {LONG * 6}Not"),
    "beyond what lists show": exchanged("2024/reeds-5.md", "title: Reeds", f"title: {LONG[:90]}"),
}


def test_words_that_others_show(site: MakeSite, ways: list[bool]) -> None:
    made = site(SITE)
    before = compared(made, **LOWERED)
    for n, (name, edit) in enumerate(WORDS.items()):
        edit(made)
        after = compared(made, **LOWERED)
        changed = differing(before.files, after.files)
        pages = [path for path in changed if path.endswith(".html")]
        assert ways == [True] * (n + 1), name
        assert 0 < after.rendered < len(after.files) / 4, name
        assert len(pages) > 1, name
        before = after
    # What these have left is right for a build that looks at all, and the other way round.
    exchanged("authors.yml", "role: Reporter", "role: Correspondent")(made)
    exchanged(FERRIES, "title: Ferries", "title: All ferries")(made)
    compared(made, **LOWERED)
    assert ways[-1] is False
    exchanged(FERRIES, "title: All ferries", "title: Some ferries")(made)
    compared(made, **LOWERED)
    assert ways[-1] is True
    compared(made, **LOWERED)
    assert len(ways) == len(WORDS) + 2, "there was nothing to do"


def test_what_is_left_is_what_a_first_build_leaves(site: MakeSite, ways: list[bool]) -> None:
    made = site(SITE)

    def built(some: Site) -> None:
        assert some.publish(plugin={**LEAN, **LOWERED}).exit_code == 0

    built(made)
    for edit in WORDS.values():
        edit(made)
        built(made)
    assert ways == [True] * len(WORDS)
    other = site()
    shutil.copytree(made.content, other.content, dirs_exist_ok=True)
    built(other)
    left, wanted = rows_left(made), rows_left(other)
    assert {kind for kind, _ in wanted} >= {"pages", "related", "edits", "outlines", "body"}
    assert [row for row in sorted({*left, *wanted}) if left.get(row) != wanted.get(row)] == []


def linked(site: Site) -> None:
    """Its title stands in the text of a page that is no briefing's."""
    more("pages/about.md", "\nSee [[reed-quota]].\n")(site)


ALL = {"cards": True, "search": True}
OWN = "-- overrides/news-sitemap.xml --\n<urlset></urlset>\n"


@pytest.mark.parametrize(
    ("plugin", "options", "before"),
    [
        pytest.param(ALL, {}, lambda s: None, id="cards and search"),
        pytest.param({}, {"use_directory_urls": False}, lambda s: None, id="files"),
        pytest.param({}, {"site_url": ""}, lambda s: None, id="no address"),
        pytest.param(
            {},
            {"theme": {"name": "briefings", "custom_dir": "overrides"}},
            lambda s: s.write(OWN),
            id="a file of its own",
        ),
        pytest.param({"related": 1, "lang": "es"}, {}, lambda s: None, id="another language"),
    ],
)
def test_whatever_a_site_has(
    site: MakeSite,
    ways: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    plugin: dict[str, Any],
    options: dict[str, Any],
    before: Callable[[Site], None],
) -> None:
    cut(monkeypatch)
    made = site(SITE)
    before(made)
    given = {**LEAN, **LOWERED, **plugin}
    edits = (WORDS["a title that many show"], WORDS["the newest"], WORDS["a summary"])
    for edit in (lambda s: None, *edits):
        edit(made)
        kept = made.publish(plugin=given, **options)
        whole = made.build(plugin={**given, "cache": False}, site_dir="clean", **options)
        assert differing(kept.files, whole.files) == []
        assert [str(one) for one in kept.problems] == [str(one) for one in whole.problems]
    assert ways == [True] * len(edits)


def test_what_is_not_known_is_left_to_a_build_that_looks_at_all(
    site: MakeSite, ways: list[bool]
) -> None:
    made = site(SITE)
    compared(made)
    linked(made)
    compared(made)
    WORDS["a title that many show"](made)
    compared(made)
    assert ways == [False, False]
    for change in ("delete from entries", "update entries set value = x'00'"):
        with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
            assert store.execute(f"{change} where kind = 'outlines'").rowcount > 9
            store.commit()
        more(QUOTA, LONG)(made)
        compared(made)
        exchanged(FERRIES, "title: ", "title: Many ")(made)
        compared(made)
        exchanged(FERRIES, "title: ", "title: Very ")(made)
        compared(made)
        assert ways[-3:] == [True, False, True]


def retitled(site: Site, dice: random.Random) -> None:
    title(site, dice)
    title(site, dice)


def resummed(site: Site, dice: random.Random) -> None:
    """Another word in a summary, or one more in the first paragraph, which may stand for it."""
    path = dice.choice(sources(site))
    word = dice.choice("reeds councils weirs spring ferry".split())
    text = path.read_text(encoding="utf-8")
    other = re.sub(r"(?m)^summary: \S+", f"summary: {word}", text)
    path.write_text(other if other != text else text.replace("\n---\n", f"\n---\n{word} "), "utf-8")


def why(site: Site, dice: random.Random) -> None:
    path = dice.choice(sources(site))
    text = re.sub(r"(?m)^why: .*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("\n---\n", f"\nwhy: It is {dice.random()}.\n---\n", 1), "utf-8")


class Titles(Texts):
    """A site of which titles and summaries are edited at random, and now and then other things."""

    plugin = LOWERED

    def __init__(self) -> None:
        super().__init__()
        self.site.write(CITING)

    @rule(edit=sampled_from((title, retitled, resummed, why, touched)), seed=integers(0, 1000))
    def edit_words(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @rule(edit=sampled_from((title, resummed)), seed=integers(0, 1000))
    def edit_other_words(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))


class TitlesToBeFound(Titles):
    """The same with search."""

    plugin = LOWERED | FOUND


@pytest.mark.parametrize(("machine", "examples"), [(Titles, 5), (TitlesToBeFound, 2)])
def test_a_site_whose_titles_are_edited_at_random(
    ways: list[bool],
    machine: type[Titles],
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
    assert sum(ways) > len(ways) / 3, ways
