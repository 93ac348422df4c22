"""Descriptions are long enough to tell something, from what the page itself says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Body, KeyPoint
from mkdocs_briefings.catalog.pages import PlainPage
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.describe import lengthen
from mkdocs_briefings.viewing.make import views
from mkdocs_briefings.viewing.records import View
from mkdocs_briefings.viewing.shelf import Shelf, Site

from ..linking.catalogs import briefing, catalog

PURPOSE = "Invented news about harbours, tolls and reeds, told in few words and never late."
LONG = "The lower council wants three crowns for each boat, and the upper one refuses to ask."
POINTS = ("Quotas stay as they are.", "Ports go on waiting.", "Not needed.")


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        pytest.param(LONG, [PURPOSE], LONG, id="long enough"),
        pytest.param("All topics.", [PURPOSE], f"All topics. {PURPOSE}", id="more follows"),
        pytest.param("All topics", [PURPOSE], f"All topics. {PURPOSE}", id="a sentence is ended"),
        pytest.param("Why?", [PURPOSE], f"Why? {PURPOSE}", id="a question is ended already"),
        pytest.param("", [PURPOSE], PURPOSE, id="more alone"),
        pytest.param("It opens.", [], "It opens.", id="nothing to go on with"),
        pytest.param("It opens.", ["", "It opens."], "It opens.", id="nothing new"),
        pytest.param(
            "It opens.",
            ["It opens. Importers wait.", *POINTS],
            "It opens. Importers wait. Quotas stay as they are. Ports go on waiting.",
            id="nothing twice, and as much as it takes",
        ),
    ],
)
def test_lengthen(text: str, more: list[str], expected: str) -> None:
    assert lengthen(text, more) == expected


def test_no_description_is_too_long() -> None:
    assert 70 <= len(lengthen("Short.", ["Very long purpose, " * 20])) <= 155


def made(purpose: str = PURPOSE, **changes: Any) -> dict[str, View]:
    spanish = PlainPage(path="pages/acerca.md", slug="acerca", title="Acerca", lang="es")
    held = catalog(
        replace(briefing("quota", summary="It opens."), **changes), pages={"acerca": spanish}
    )
    graph, _ = connect(held, related=0)
    site = Site(
        catalog=held,
        graph=graph,
        settings=Settings(),
        addresses=Addresses(),
        name="Specimen",
        today=held.briefings["quota"].published,
        purpose=purpose,
    )
    return {view.url: view for view in views(Shelf(site))}


def test_a_briefing_goes_on_with_what_it_says() -> None:
    points = tuple(KeyPoint(text=text) for text in POINTS)
    body = Body(markdown="", first_paragraph="The review opens on Monday.")
    pages = made(why="Importers must refile.", key_points=points, body=body)
    (view,) = [view for url, view in pages.items() if url.startswith("briefings/")]
    told = "It opens. Importers must refile. Quotas stay as they are. Ports go on waiting."
    assert view.description == told
    pages = made(body=body)
    (view,) = [view for url, view in pages.items() if url.startswith("briefings/")]
    assert view.description == "It opens. The review opens on Monday."


def test_other_pages_go_on_with_what_the_site_is_for() -> None:
    pages = made()
    assert pages["topics/"].description.endswith(f" {PURPOSE}")
    assert pages[""].description == PURPOSE
    assert pages["acerca/"].description == "Acerca", "not in another language"
    assert "Invented" not in pages["archive/2026/01/"].description, "where nobody looks"
    assert "Invented" not in made(purpose="")["topics/"].description


@pytest.mark.parametrize("lists", ["", "authors/ada/", "topics/banks/", "archive/2026/"])
def test_a_list_goes_on_with_what_it_lists_where_the_site_is_for_nothing(lists: str) -> None:
    title = "The lower council wants three crowns"
    told = made(purpose="", title=title, authors=("ada",), topics=("banks",))[lists].description
    assert told.endswith(f". {title}"), told
    foreign = made(purpose="", title=title, authors=("ada",), topics=("banks",), lang="es")
    assert title not in foreign[lists].description
