"""What a view is made from is told: no view differs where that is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import blake2b
from inspect import getattr_static, isfunction
from typing import Any, cast

import pytest
from mkdocs_briefings.catalog.briefing import (
    Body,
    Briefing,
    Correction,
    Event,
    Pick,
    Source,
    Status,
)
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.catalog.forges import Forge
from mkdocs_briefings.catalog.history import Edit, FileHistory
from mkdocs_briefings.catalog.pages import Edition, FrontPage, PlainPage
from mkdocs_briefings.catalog.registries import Term, Topic
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.composing.inputs import digest
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.linking.graph import Graph, Related
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.dates import calendars
from mkdocs_briefings.viewing.ground import Grounds, card_digests, others_ground, shown, site_ground
from mkdocs_briefings.viewing.make import Views, view_of
from mkdocs_briefings.viewing.parts import Card
from mkdocs_briefings.viewing.shelf import Shelf, Site

from ..linking.catalogs import body, briefing, catalog, wiki

LONG = "The quota of the reed harbour was raised by the crown for a year of trial. "


FILED: dict[str, Any] = {"topics": ("banks",), "storylines": ("rates",)}
HELD = catalog(
    *(
        briefing(
            f"b{n}", wiki("b1"), text=LONG * n, day=n, topics=("banks",), storylines=("rates",)
        )
        for n in range(2, 10)
    ),
    briefing(
        "b1",
        day=1,
        topics=("banks", "jobs"),
        storylines=("rates",),
        superseded_by="b9",
        summary=LONG * 3,
    ),
    briefing("es", wiki("b2"), text=LONG, day=20, lang="es", translation_of="b1"),
    briefing("fr", wiki("b1"), text=LONG, day=20, lang="fr", translation_of="b2"),
    briefing("older", day=22, topics=("mint",)),
    briefing("newer", day=23, topics=("mint",)),
    briefing("alone", day=21, topics=("jobs",), related=(Pick(slug="b1", reason="At first"),)),
)


class Asked(dict[str, Card]):
    """Cards that know which of them were asked for."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        super().__init__(cards)
        self.names: set[str] = set()

    def __getitem__(self, slug: str) -> Card:
        self.names.add(slug)
        return super().__getitem__(slug)

    def get(self, slug: str, default: Any = None) -> Any:
        self.names.add(slug)
        return super().get(slug, default)


def shelf_of(held: Catalog, related: int = 5, **more: Any) -> Shelf:
    options = Settings(related=related)
    graph, _ = connect(held, related=related)
    addresses = Addresses(options.permalink)
    about = {"name": "Specimen", "today": date(2026, 6, 1), "addresses": addresses, **more}
    return Shelf(Site(catalog=held, graph=graph, settings=options, **about))


def files(held: Catalog) -> Mapping[str, bytes]:
    """As if each record were the bytes of its file."""
    return {b.path: blake2b(repr(b).encode()).digest() for b in held.briefings.values()}


def grounds(shelf: Shelf) -> Mapping[str, object]:
    held, site = shelf.site.catalog, digest(site_ground(shelf))
    assert site, "not plain"
    found, cards = Grounds(shelf, files(held)), card_digests(shelf)
    return {
        slug: (site, found.of(b), {name: cards.get(name) for name in found.named(b)})
        for slug, b in held.briefings.items()
    }


@pytest.mark.parametrize("related", [5, 0], ids="{} related".format)
def test_a_view_shows_no_card_that_is_not_named(related: int) -> None:
    shelf = shelf_of(HELD, related)
    shelf.cards = cards = Asked(shelf.cards)
    every: set[str] = set()
    for slug, one in HELD.briefings.items():
        cards.names.clear()
        Views(shelf, ()).briefing(slug)
        named = set(Grounds(shelf, {}).named(one))
        shown = cards.names - {slug}
        assert shown <= named
        every |= shown
    assert every - {""} == HELD.briefings.keys() - {"alone"}


class Spied:
    """Stands for a shelf and what it holds, and notes what is read of them."""

    def __init__(self, of: object, read: set[str]) -> None:
        self.__of = of
        self.__read = read

    def __getattr__(self, name: str) -> Any:
        kind = type(self.__of)
        if isfunction(method := getattr_static(kind, name, None)):
            return partial(method, self)
        self.__read.add(f"{kind.__name__}.{name}")
        value = getattr(self.__of, name)
        spied = isinstance(value, Catalog | Graph | Settings | Site)
        return Spied(value, self.__read) if spied else value


OTHERS = {
    "Shelf.topics": "counts of what is told",
    "Shelf.authors": "told by the catalog's",
    "Shelf.storylines": "told by the catalog's",
    "Shelf.cards": "made from what is told",
    "Shelf.part": "of what is told",
    "Shelf.events": "made from what is told",
    "Shelf._items": "made from what is told",
    "Shelf._timelines": "made from what is told",
    "Graph.parts": "found by what is told",
    "Graph.filed": "found by what is told",
    "Graph.signed": "found by what is told",
    "Graph.beside": "found by what is told",
    "Site.language": "told by its tag",
}
"""What views of other pages read and need not be told, and why."""


class Read(Body):
    """A body that notes what is read of it."""

    read: set[str] = set()  # noqa: RUF012  # one for all, emptied by the test

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            Read.read.add(name)
        return super().__getattribute__(name)


CHART = Chart(title="A year", bars=(Bar(label="a", value=Decimal(1), shown="1"),), first=1, last=4)


def spied_body(of: Briefing) -> Read:
    told = {field.name: getattr(of.body, field.name) for field in fields(of.body)}
    return Read(**{**told, "charts": (CHART,)})


def test_nothing_is_read_for_the_views_of_other_pages_that_is_not_told() -> None:
    held = replace(
        HELD,
        front=FrontPage(lead="b1", chart="b2", path="index.md", body=Body(markdown="Hello.")),
        pages={"about": PlainPage(path="pages/about.md", slug="about", title="About")},
        terms={"toll": Term(key="toll", term="Toll", definition="What is paid.")},
    )
    shelf = shelf_of(held, problems={"2026/b3.md": ("It is wrong",)})
    spied = {slug: replace(one, body=spied_body(one)) for slug, one in held.briefings.items()}
    shelf.site = replace(shelf.site, catalog=replace(held, briefings=spied))
    read: set[str] = set()
    told: set[str] = set()
    Read.read.clear()
    watched = cast(Shelf, Spied(shelf, read))
    views = Views.of(watched).others
    list(calendars(watched))
    assert len({type(view) for view in views}) > 8
    assert Read.read == {"charts"}
    digest(*others_ground(cast(Shelf, Spied(shelf, told))))
    assert "Catalog.terms" in read
    assert read - told <= OTHERS.keys()


MADE = {
    "Shelf.topics": "of their titles and addresses only, which are told",
    "Shelf.frames": "made from what is told",
    "Shelf._teasers": "the same cards, cut",
}
"""What views read and need not be told, and why."""


def test_nothing_is_read_for_a_view_that_is_not_told() -> None:
    held = replace(
        HELD,
        briefings={
            **HELD.briefings,
            "b1": replace(
                HELD.briefings["b1"],
                sources=(Source(title="A register", date="2026-05", kind="official"),),
                events=(Event(date=DAY, text="The end", kind="deadline", source=1),),
                corrections=(Correction(date=DAY, text="A figure."),),
            ),
        },
    )
    shelf = shelf_of(held, history={"2026/b1.md": HISTORY}, forge=FORGE)
    read: set[str] = set()
    told: set[str] = set()
    for one in held.briefings.values():
        view_of(one, cast(Shelf, Spied(shelf, read)))
        spied = Grounds(cast(Shelf, Spied(shelf, told)), files(held))
        assert spied.of(one)
    assert card_digests(cast(Shelf, Spied(shelf, told)))
    site_ground(cast(Shelf, Spied(shelf, told)))
    assert {"Shelf.cards", "Site.history", "Graph.related", "Catalog.topics"} <= read
    assert read - told == MADE.keys()


def edited(slug: str, **changes: Any) -> Catalog:
    briefings = {**HELD.briefings, slug: replace(HELD.briefings[slug], **changes)}
    return replace(HELD, briefings=briefings)


DAY = date(2026, 5, 30)
EDITS: Mapping[str, Catalog] = {
    "a title": edited("b1", title="Another"),
    "the end of a summary": edited("b1", summary=LONG * 3 + "And more."),
    "the beginning of a summary": edited("b5", summary="Now: " + LONG),
    "a body": edited("b3", body=body(wiki("b7"), text=LONG)),
    "a longer body": edited("b4", body=body(wiki("b1"), text=LONG * 400)),
    "a correction": edited("b6", corrections=(Correction(date=DAY, text="A figure."),)),
    "a day": edited("b6", updated=DAY),
    "a status": edited("b7", status=Status.ARCHIVED),
    "a language": edited("es", lang="fr"),
    "no translation": edited("es", translation_of=""),
    "a translation of another": edited("es", translation_of="b2"),
    "a translation that cites what another original cites": edited("fr", translation_of="alone"),
    "another successor": edited("b1", superseded_by="b8"),
    "other topics": edited("b5", topics=("jobs",)),
    "no storyline": edited("b5", storylines=()),
    "an editor's pick": edited("alone", related=(Pick(slug="b2", reason="Then"),)),
    "an event": edited("b2", events=(Event(date=DAY, text="The end", kind="deadline"),)),
    "a source": edited("b2", sources=(Source(title="A register"),)),
    "a topic's title": replace(
        HELD, topics={**HELD.topics, "banks": Topic(key="banks", title="Lenders")}
    ),
    "an author's name": replace(
        HELD,
        authors={
            key: replace(author, name="Ada B. Example") for key, author in HELD.authors.items()
        },
    ),
    "a storyline's title": replace(
        HELD, storylines={"rates": replace(HELD.storylines["rates"], title="The rate")}
    ),
    "one less": replace(HELD, briefings={k: b for k, b in HELD.briefings.items() if k != "b4"}),
}


@pytest.mark.parametrize("held", EDITS.values(), ids=EDITS)
def test_where_a_view_differs_so_does_what_it_is_made_from(held: Catalog) -> None:
    differing(shelf_of(HELD), shelf_of(held))


@pytest.mark.parametrize("held", EDITS.values(), ids=EDITS)
def test_whose_cards_a_view_shows_is_told(held: Catalog) -> None:
    """So that they need be looked up only for what is told otherwise."""
    before, after = Grounds(shelf_of(HELD), files(HELD)), Grounds(shelf_of(held), files(held))
    seen = 0
    for slug in HELD.briefings.keys() & held.briefings.keys():
        was, now = HELD.briefings[slug], held.briefings[slug]
        if before.of(was) == after.of(now):
            assert set(before.named(was)) == set(after.named(now))
            seen += 1
    assert seen


ORDERS = {
    **EDITS,
    "another order of topics": replace(HELD, topics=dict(reversed(list(HELD.topics.items())))),
}


@pytest.mark.parametrize("held", ORDERS.values(), ids=ORDERS)
def test_where_a_view_of_another_page_differs_so_does_what_all_are_made_from(
    held: Catalog,
) -> None:
    before, after = shelf_of(HELD), shelf_of(held)
    told, now = (digest(*others_ground(shelf)) for shelf in (before, after))
    assert told, "not plain"
    assert now, "not plain"
    assert (Views.of(before).others == Views.of(after).others) or told != now
    assert told == digest(*others_ground(shelf_of(HELD)))


WORDS = {
    f"{name} of {slug}": edited(slug, **{name: f"Another {name}, and more than the one it had."})
    for slug in HELD.briefings
    for name in ("title", "summary")
}


@pytest.mark.parametrize("held", WORDS.values(), ids=WORDS)
def test_words_of_a_card_are_shown_by_views_that_show_the_card(held: Catalog) -> None:
    more: dict[str, Any] = {
        "terms": {"toll": Term(key="toll", term="harbour", definition="It is one.")},
        "front": FrontPage(lead="b3", five=(Pick(slug="b4", reason="At last"),)),
        "editions": {
            "w1": Edition(
                path="editions/w1.md", slug="w1", title="A week", published=DAY,
                picks=(Pick(slug="b5"),)
            )
        },
    }  # fmt: skip
    before, after = shelf_of(replace(HELD, **more)), shelf_of(replace(held, **more))
    (first, second), (same, other) = others_ground(before), others_ground(after)
    assert digest(first) == digest(same)
    assert digest(second) != digest(other)
    cards = card_digests(before).items() ^ card_digests(after).items()
    moved = {slug for slug, _ in cards}
    slugs = {card.url: slug for slug, card in before.cards.items()}
    pairs = zip(Views.of(before).others, Views.of(after).others, strict=True)
    differing = [view for view, now in pairs if view != now]
    assert differing
    assert all(moved & shown(view, slugs) for view in differing)


def test_of_a_text_other_pages_know_nothing() -> None:
    shelf, one = shelf_of(HELD), HELD.briefings["b3"]
    held = edited("b3", body=replace(one.body, text="Another.", markdown="Another."))
    assert digest(*others_ground(shelf)) == digest(*others_ground(shelf_of(held)))


EDIT = (Edit(day=DAY, subject="Mend it", commit="c0ffee"),)
LOGGED = {("published", date(2026, 1, 3), ""): "c0ffee"}
HISTORY = FileHistory(path="2026/b3.md", version="c0ffee", edits=EDIT, logged=LOGGED)
FORGE = Forge(repo="https://forge.example", commit="{repo}/commit/{commit}", file="{repo}/{path}")


@pytest.mark.parametrize(
    "more",
    [
        {"addresses": Addresses("{slug}/")},
        {"feeds": False},
        {"cards": True},
        {"lang": "es"},
        {"lead_topics": ("banks",)},
        {
            "history": {
                "2026/b3.md": FileHistory(
                    path="2026/b3.md", version="c0ffee", edits=EDIT, logged=LOGGED
                )
            }
        },
        {"problems": {"2026/b3.md": ("It is wrong",)}},
        {"identities": {"b3": (DAY, "older-name")}},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_else_a_site_says_counts_too(more: dict[str, Any]) -> None:
    differing(shelf_of(HELD), shelf_of(HELD, **more))


@pytest.mark.parametrize("name", [field.name for field in fields(Briefing)])
def test_what_is_not_in_the_file_alone_counts_while_that_stands(name: str) -> None:
    """As where a picture was moved, a topic renamed or a briefing withdrawn that others name."""
    shelf, one = shelf_of(HELD), HELD.briefings["alone"]
    told = Grounds(shelf, {one.path: b"the same"})
    other = copy(one)
    object.__setattr__(other, name, "another")
    # Its card, its place and its relations are found by these.
    if name not in {"path", "slug", "storylines", *OWN}:
        assert told.of(other) != told.of(one)


OWN = {
    *("title", "summary", "summary_written", "key_points", "why", "events", "sources"),
    *("corrections", "facts", "body"),
}
"""What the bytes of a file decide, and the language of the site."""


@pytest.mark.parametrize(
    "graph",
    [
        lambda graph: replace(
            graph, related={**graph.related, "alone": (Related(slug="b1", score=1, kind="cited"),)}
        ),
        lambda graph: replace(
            graph,
            backlinks={
                **graph.backlinks,
                "b1": tuple(replace(b, after="!") for b in graph.backlinks["b1"]),
            },
        ),
    ],
    ids=["a reason", "a sentence"],
)
def test_words_of_the_graph_count(graph: Callable[[Graph], Graph]) -> None:
    shelf = shelf_of(HELD)
    site = replace(shelf.site, graph=graph(shelf.site.graph))
    differing(shelf, Shelf(site))


def differing(before: Shelf, after: Shelf) -> None:
    told, now = grounds(before), grounds(after)
    views, seen = Views.of(before), Views.of(after)
    both = before.site.catalog.briefings.keys() & after.site.catalog.briefings.keys()
    moved = {slug for slug in both if views.briefing(slug) != seen.briefing(slug)}
    assert moved
    assert moved <= {slug for slug in both if told[slug] != now[slug]}
