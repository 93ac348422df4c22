"""An outline and the cards of now are the view of now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Correction, Event, Pick
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.catalog.pages import Edition, FrontPage, PlainPage
from mkdocs_briefings.catalog.registries import Now, StateRow, Term
from mkdocs_briefings.viewing.make import Views
from mkdocs_briefings.viewing.outline import filled, outline
from mkdocs_briefings.viewing.pages import not_found_view
from mkdocs_briefings.viewing.records import GlossaryView
from mkdocs_briefings.viewing.shelf import Shelf

from .test_ground import HELD, LONG, WORDS, shelf_of

DAY = date(2026, 5, 30)
BARS = (Bar(label="a", value=Decimal("1.50"), shown="1.50"),)
CHART = Chart(title="A year", bars=BARS, first=1, last=4)
NOW = Now(checked=DAY, state=(StateRow(instrument="Toll", now="Two crowns", briefing="b4"),))


def whole(held: Catalog) -> Shelf:
    """A site that has pages of all kinds, and most of what they may show."""
    two, six = held.briefings["b2"], held.briefings["b6"]
    told: dict[str, Any] = {
        "briefings": {
            **held.briefings,
            "b2": replace(two, body=replace(two.body, charts=(CHART,))),
            "b6": replace(
                six,
                corrections=(Correction(date=DAY, text="A figure."),),
                events=(Event(date=date(2026, 7, 1), text="The end", kind="deadline"),),
            ),
        },
        "topics": {**held.topics, "banks": replace(held.topics["banks"], now=NOW)},
        "terms": {"toll": Term(key="toll", term="harbour", definition="It is one.")},
        "pages": {"about": PlainPage(path="pages/about.md", slug="about", title="About")},
        "front": FrontPage(lead="b3", five=(Pick(slug="b4", reason="At last"),), chart="b2"),
        "editions": {
            f"w{week}": Edition(
                path=f"editions/w{week}.md",
                slug=f"w{week}",
                title="A week",
                published=date(2026, 1, 7 * week),
                picks=(Pick(slug="b5", reason="First"),),
            )
            for week in (1, 2)
        },
    }
    # Nothing is put behind descriptions that are long enough.
    return shelf_of(replace(held, **told), purpose=LONG)


def test_a_view_is_its_outline_and_its_cards() -> None:
    shelf = whole(HELD)
    found = Views.of(shelf).others
    assert len({type(view) for view in found}) > 12
    for view in (*found, not_found_view(shelf)):
        told = outline(view)
        assert filled(told, shelf.cards.__getitem__) == view
        assert outline(view) == told


@pytest.mark.parametrize("held", WORDS.values(), ids=WORDS)
def test_an_outline_is_the_same_whatever_is_on_the_cards(held: Catalog) -> None:
    before, after = whole(HELD), whole(held)
    differing = 0
    for one, other in zip(Views.of(before).others, Views.of(after).others, strict=True):
        differing += one != other
        if not isinstance(one, GlossaryView):  # It has titles.
            assert outline(one) == outline(other)
            assert filled(outline(one), after.cards.__getitem__) == other
    assert differing


def test_what_is_no_outline_is_refused() -> None:
    shelf = whole(HELD)
    told = outline(Views.of(shelf).others[0])
    for harm in (b"", told[:-1], told.replace(b"FrontView", b"BackView!"), b"\x00"):
        with pytest.raises(ValueError):  # noqa: PT011  # Which of them says what does not matter.
            filled(harm, shelf.cards.__getitem__)
