"""Descriptions are long enough to tell something, from what the page itself says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from mkdocs_briefings.viewing.describe import described
from mkdocs_briefings.viewing.parts import KeyPointItem
from mkdocs_briefings.viewing.records import PlainView

from ..publishing.conftest import make_briefing, make_view

PURPOSE = "Invented news about harbours, tolls and reeds, told in few words and never late."
LONG = "The lower council wants three crowns for each boat, and the upper one refuses to ask."


def page(description: str, **changes: Any) -> PlainView:
    view = make_view(PlainView, toc=(), description=description, **changes)
    assert isinstance(view, PlainView)
    return view


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        pytest.param(page(LONG), LONG, id="long enough"),
        pytest.param(page("All topics."), f"All topics. {PURPOSE}", id="the purpose follows"),
        pytest.param(page("All topics"), f"All topics. {PURPOSE}", id="a sentence is ended first"),
        pytest.param(page(""), PURPOSE, id="the purpose alone"),
        pytest.param(page(PURPOSE[:-9]), PURPOSE[:-9], id="long as the purpose"),
        pytest.param(page("Corto.", lang="es"), "Corto.", id="not in another language"),
        pytest.param(page("Gone.", noindex=True), "Gone.", id="not where nobody looks"),
        pytest.param(
            make_briefing(description="It opens.", why="Importers must refile.", key_points=()),
            "It opens. Importers must refile.",
            id="a briefing goes on with why, and stays short",
        ),
        pytest.param(
            make_briefing(
                description="It opens.",
                why="Importers must refile.",
                key_points=tuple(
                    KeyPointItem(text=text, anchor="")
                    for text in ("Quotas stay as they are.", "Ports go on waiting.", "Not needed.")
                ),
            ),
            "It opens. Importers must refile. Quotas stay as they are. Ports go on waiting.",
            id="then with key points, as many as it takes",
        ),
    ],
)
def test_described(view: Any, expected: str) -> None:
    assert described(view, PURPOSE).description == expected


def test_without_a_purpose_a_page_stays_short() -> None:
    view = page("All topics.")
    assert described(view, "") is view


def test_no_description_is_too_long() -> None:
    view = described(page("Short."), "Very long purpose, " * 20)
    assert 70 <= len(view.description) <= 155
    assert described(replace(view, description="Short."), "x" * 400).description.endswith("…")
