"""What others show of a briefing is told apart from what stands in its text alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Body, Briefing, Heading, KeyPoint, Link, Status
from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.host.edits import outward
from mkdocs_briefings.reading.alone import Written
from mkdocs_briefings.reading.document import open_document
from mkdocs_briefings.reading.written import read_written
from mkdocs_briefings.viewing.ground import card_digest

from ..linking.catalogs import briefing, catalog
from ..viewing.test_ground import shelf_of

TEXT = b"""\
---
title: Reeds
author: ada-example
date: 2026-05-01T10:00:00+02:00
topics: [nature]
summary: Reeds are cut.
---
Reeds are cut.
"""
LINK = Link(
    target="b", fragment="", text="B", wiki=True, line=9, column=1, sentence="See B.", offset=4
)
HEADING = Heading(level=2, text="B", anchor="b", line=9)
CHART = Chart(title="A", bars=(Bar(label="a", value=Decimal(1), shown="1"),), first=1, last=4)
INWARD: dict[str, Any] = {
    "markdown": "Weeds.",
    "line": 12,
    "text": "Weeds.",
    "prose": "Weeds.",
    "passages": (),
    "words": 100,
    "first_paragraph": "Weeds.",
    "cited": frozenset({1}),
}
"""Of a body, what its page alone shows; and likeness, which is judged by itself."""
OUTWARD: dict[str, Any] = {"links": (LINK,), "headings": (HEADING,), "charts": (CHART,)}
OTHERWISE: dict[str, Any] = {
    "published_at": datetime(2026, 5, 1, 10, tzinfo=UTC),
    "key_points": (KeyPoint(text="Reeds."),),
    "status": Status.SETTLED,
    "draft": True,
    "summary_written": False,
}
"""Other values where a text or a list of texts is none."""


def written() -> Written:
    document, _, _ = open_document("a.md", TEXT)
    assert document
    return read_written(document, Settings())


def with_record(**changes: Any) -> bytes:
    held = written()
    assert held.record
    return outward(replace(held, record=replace(held.record, **changes)))


ON_CARDS = {"title", "summary", "key_points", "why"}
"""What others show of a record as words alone: which of them do is known by the card."""


def test_all_of_a_record_but_its_text_and_words_is_told() -> None:
    record, same = written().record, outward(written())
    for field in fields(Briefing):
        if field.name != "body":
            value = getattr(record, field.name)
            other = OTHERWISE.get(field.name, "other" if isinstance(value, str) else ("other",))
            told = with_record(**{field.name: other})
            assert (told == same) == (field.name in ON_CARDS), field.name


@pytest.mark.parametrize("name", sorted(ON_CARDS))
def test_words_that_others_show_are_told_with_the_card(name: str) -> None:
    one = briefing("reeds")
    value = getattr(one, name)
    other = replace(one, **{name: OTHERWISE.get(name, "other" if isinstance(value, str) else ())})
    card, now = (shelf_of(catalog(each)).cards["reeds"] for each in (one, other))
    assert card_digest(card, one) != card_digest(now, other)


def test_what_is_new_in_a_body_is_told_apart_here() -> None:
    assert {field.name for field in fields(Body)} == INWARD.keys() | OUTWARD.keys()


@pytest.mark.parametrize("name", [*INWARD, *OUTWARD])
def test_of_a_text_only_some_is_shown_by_others(name: str) -> None:
    body = replace(written().body, **{name: {**INWARD, **OUTWARD}[name]})
    assert (with_record(body=body) == outward(written())) == (name in INWARD)


def test_where_links_and_headings_stand_is_shown_by_nobody() -> None:
    def told(lines: int) -> bytes:
        links = (replace(LINK, line=LINK.line + lines, column=LINK.column + lines),)
        headings = (replace(HEADING, line=HEADING.line + lines),)
        return with_record(body=replace(written().body, links=links, headings=headings))

    assert told(0) == told(3)
    assert told(0) != with_record(body=replace(written().body, links=(LINK,)))


def test_how_long_it_takes_to_read_is_shown_by_others() -> None:
    body = replace(written().body, words=230)
    assert with_record(body=body) != outward(written())


def test_one_moment_of_two_zones_is_not_the_same() -> None:
    record = written().record
    assert record
    assert record.published_at
    zone = timezone(timedelta(hours=3))
    other = record.published_at.astimezone(zone)
    assert other == record.published_at
    assert with_record(published_at=other) != outward(written())
