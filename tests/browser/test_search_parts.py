"""Searching an archive whose index is in parts: it finds what one index finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from mkdocs_briefings.publishing.search import division
from playwright.sync_api import expect

from ..making import NOW, Site, build_in_process, environment
from .serving import served
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser

BRIEFING = """\
-- briefings/{year}/weir-{year}-{n}.md --
---
title: Weir report {n}
author: {author}
date: {year}-{month:02}-1{n}
topics: [{topic}]
summary: The weirs in week {n} of {year}.
---
Counting begins at dawn, near the old policy house of {year}.

## What was seen

Some herons stood at the weir{more}.
"""
MORE = {
    (2022, 1): ", and a chat about rivers went on, and on, for the chat was long",
    (2022, 2): ". A policy was read aloud. It is a poor policy, so another policy was asked for",
    (2024, 1): ", and a chat was had",
    (2022, 3): ", and a kingfisher",
    (2026, 1): ", counted by a chatterbox, and the policies of 2026 were read to a kingfisher",
    (2026, 2): ", counted by another chatterbox with a kingfisher",
    (2026, 3): ", and a kingfisher",
    (2026, 4): ". One kingfisher met another kingfisher, and that met a third kingfisher",
}

ARCHIVE = "".join(
    BRIEFING.format(
        year=year,
        n=n,
        month=1 + n % 3,
        author="Ada Example" if n % 2 else "Ben Sample",
        topic="marsh" if n % 2 else "weirs",
        more=MORE.get((year, n), ""),
    )
    for year in (2022, 2023, 2024, 2025, 2026)
    for n in range(1, 5)
) + (
    """\
-- briefings/topics.yml --
marsh:
  title: Marsh
  description: Water that stands.
weirs:
  title: Weirs
-- briefings/storylines.yml --
flood:
  title: The flood
-- briefings/2026/flood.md --
---
title: The flood comes
author: Clara Ejemplo
date: 2026-05-30
topics: [marsh]
storyline: flood
summary: Herons leave the weir.
---
The water rose.
-- briefings/2026/ebb.md --
---
title: The flood goes
author: Clara Ejemplo
date: 2026-05-31
topics: [marsh]
summary: Herons come back to the weir.
---
The water fell.
"""
)
"""22 briefings of five years: in three parts, or in one."""


def built(folder: Path) -> Path:
    site = Site(folder)
    site.content.mkdir()
    site.write(ARCHIVE)
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        assert build_in_process(site.configure({}, {"cards": False}), strict=False) == 0
    return site.output


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Origins of the same site with an index in parts and with one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "LARGE", 8)
        patch.setattr(division, "OLDER", 8)
        patch.setattr(division, "RECENT", 6)
        parted = built(tmp_path_factory.mktemp("parted"))
    about = json.loads((parted / "search/index/about.json").read_text(encoding="utf-8"))
    assert [name for name, _ in about["parts"]] == ["en", "2024", "2022"]
    whole = built(tmp_path_factory.mktemp("whole"))
    with served(parted) as one, served(whole) as other:
        yield one, other


def found(reader: Watched, address: str) -> list[str]:
    """The links of all results of a search, in their order."""
    page = reader.page
    page.goto(f"{reader.origin}/search/?{address}&page=5")
    status = page.get_by_role("status")
    expect(status).to_contain_text("result")
    rows = page.locator("[data-results] li.river__row")
    expect(rows).to_have_count(int(status.inner_text().split()[0]))
    return [link.get_attribute("href") or "" for link in rows.locator("h2 a").all()]


@pytest.mark.parametrize(
    ("query", "least"),
    [
        pytest.param("herons", 20, id="a word of all parts"),
        pytest.param("flood", 2, id="a word of one part"),
        pytest.param("chatterbox", 2, id="a new word, of which others know the beginning"),
        pytest.param("chatterb", 2, id="the beginning of a new word"),
        pytest.param("policies", 20, id="a word of the same stem"),
        pytest.param("poor policy", 1, id="two words, of which others know one"),
        pytest.param("poor policies", 1, id="two words, one of a stem that others know"),
        pytest.param('"policy was read aloud"', 1, id="a phrase"),
        pytest.param("Clara Ejemplo", 2, id="a name of one part"),
        pytest.param("weir report 3", 5, id="a title"),
    ],
)
def test_parts_find_what_one_index_finds(
    sites: tuple[str, str], visit: MakePage, query: str, least: int
) -> None:
    readers = [visit(origin) for origin in sites]
    parted, whole = (found(reader, f"q={quote(query)}") for reader in readers)
    assert sorted(parted) == sorted(whole)
    assert len(parted) >= least
    assert readers[0].errors == []


def test_a_word_weighs_the_same_in_every_part(sites: tuple[str, str], visit: MakePage) -> None:
    """Though it is rare in the oldest and common in the newest."""
    for reader in map(visit, sites):
        best = found(reader, "q=kingfisher")[0]
        assert "weir-2026-4" in best


def test_the_newest_come_first_over_all_parts(sites: tuple[str, str], visit: MakePage) -> None:
    reader = visit(sites[0])
    links = found(reader, "q=herons&sort=date")
    page = reader.page
    days = [t.get_attribute("datetime") or "" for t in page.locator("[data-results] time").all()]
    assert days == sorted(days, reverse=True)
    assert len(days) >= 20
    assert {day[:4] for day in days} == {"2022", "2023", "2024", "2025", "2026"}
    assert len(set(links)) == len(links)


@pytest.mark.parametrize(
    "only",
    [
        pytest.param("year=2023", id="a year of one part"),
        pytest.param("topic=weirs", id="a topic of all parts"),
        pytest.param("author=clara-ejemplo", id="an author of one part"),
        pytest.param("author=ada-example&year=2026", id="two at once"),
    ],
)
def test_filters_narrow_and_count_over_all_parts(
    sites: tuple[str, str], visit: MakePage, only: str
) -> None:
    counts = []
    for reader in map(visit, sites):
        links = found(reader, f"q=herons&{only}")
        page = reader.page
        author = page.get_by_role("combobox", name="Author")
        expect(author.locator("option").nth(1)).to_be_attached()
        boxes = page.locator("[data-narrow] select").all()
        counts.append([sorted(links), *(box.locator("option").all_inner_texts() for box in boxes)])
    assert counts[0] == counts[1]


def test_counts_leave_out_what_other_parts_add(sites: tuple[str, str], visit: MakePage) -> None:
    reader = visit(sites[0])
    found(reader, "q=chatterbox")
    reader.page.get_by_text("Narrow the results").click()
    author = reader.page.get_by_role("combobox", name="Author")
    expect(author.locator("option")).to_have_text(["Any", "Ada Example (1)", "Ben Sample (1)"])


def test_nothing_is_found_in_no_part(sites: tuple[str, str], visit: MakePage) -> None:
    reader = visit(sites[0])
    reader.open("search/?q=qqxx")
    expect(reader.page.get_by_role("status")).to_contain_text("Nothing for “qqxx”")
    assert reader.errors == []
