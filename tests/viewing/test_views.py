"""Views: what each page shows, and that a change touches no view more than it must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Briefing, Correction, Event, Pick, Source, Status
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.pages import Edition, FrontPage
from mkdocs_briefings.catalog.registries import Storyline, Topic
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.make import views
from mkdocs_briefings.viewing.records import (
    ArchiveView,
    AuthorsView,
    AuthorView,
    BriefingView,
    ChangesView,
    EditionView,
    FrontView,
    ListView,
    StorylineView,
    TopicsView,
    TopicView,
    View,
)
from mkdocs_briefings.viewing.shelf import Shelf, Site

from ..linking.catalogs import briefing, catalog, wiki


def made(
    held: Catalog, *, today: date = date(2026, 6, 1), related: int = 0, **settings: Any
) -> dict[str, View]:
    """Every view of a catalog by address."""
    options = Settings(related=related, **settings)
    graph, _ = connect(held, related=related)
    site = Site(
        catalog=held,
        graph=graph,
        settings=options,
        addresses=Addresses(options.permalink),
        name="Specimen",
        today=today,
        lang=options.lang,
    )
    found = list(views(Shelf(site)))
    assert len({view.url for view in found}) == len(found), "two pages at one address"
    return {view.url: view for view in found}


def run(count: int, **more: Any) -> list[Briefing]:
    more = {"topics": ("banks",), "storylines": ("rates",)} | more
    return [briefing(f"b{n:03}", day=n, **more) for n in range(1, count + 1)]


def slugs(view: View) -> list[str]:
    assert isinstance(view, TopicView | ListView)
    return [card.slug for year in view.years for card in year.cards]


@pytest.mark.parametrize(
    ("count", "first", "older"),
    [
        pytest.param(0, 0, 0, id="an empty topic has a page all the same"),
        pytest.param(9, 9, 0, id="a short list is one page"),
        pytest.param(19, 19, 0, id="one full page and a rest stay together"),
        pytest.param(20, 10, 1, id="the oldest full page moves out when another is full"),
        pytest.param(35, 15, 2, id="the first page holds the rest"),
    ],
)
def test_long_lists_are_paged_from_the_oldest_end(count: int, first: int, older: int) -> None:
    pages = made(catalog(*run(count), topics=[Topic(key="banks", title="Banks")]), page_size=10)
    main = pages["topics/banks/"]
    shown = [slugs(pages[f"topics/banks/page-{n}/"]) for n in range(1, older + 1)]
    assert len(slugs(main)) == first
    assert f"topics/banks/page-{older + 1}/" not in pages
    listed = [slug for page in (slugs(main), *reversed(shown)) for slug in page]
    assert listed == [f"b{n:03}" for n in range(count, 0, -1)], "each once, newest first"


def test_a_new_briefing_changes_one_page_of_a_long_list() -> None:
    before = made(catalog(*run(37)), page_size=10)
    after = made(catalog(*run(38)), page_size=10)
    changed = {url for url in after if after[url] != before.get(url)}
    assert "topics/banks/" in changed
    assert not {url for url in changed if "/page-" in url}


def test_a_new_briefing_changes_only_what_shows_it() -> None:
    other = [briefing("other", day=5, topics=("ports",), authors=("bob-example",))]
    before = made(catalog(*run(8), *other))
    after = made(catalog(*run(9), *other))
    changed = {url for url in after if after[url] != before.get(url)}
    assert changed == {
        "",
        "archive/",
        "archive/2026/",
        "archive/2026/01/",
        "authors/",
        "authors/ada-example/",
        "briefings/2026/b007/",  # The rail shows two parts ahead.
        "briefings/2026/b008/",
        "briefings/2026/b009/",
        "storylines/",
        "storylines/rates/",
        "topics/",
        "topics/banks/",
    }


def test_the_clock_changes_only_what_is_ahead() -> None:
    events = (Event(date=date(2026, 7, 1), text="Review", kind="review"),)
    held = catalog(*run(3), briefing("plan", day=9, storylines=("rates",), events=events))
    before, after = made(held, today=date(2026, 6, 1)), made(held, today=date(2026, 8, 1))
    changed = {url for url in after if after[url] != before[url]}
    assert changed == {"", "dates/", "storylines/", "storylines/rates/", "topics/banks/"}
    early, late = before["storylines/rates/"], after["storylines/rates/"]
    assert isinstance(early, StorylineView)
    assert isinstance(late, StorylineView)
    assert [event.text for event in early.ahead] == ["Review"]
    assert not late.ahead
    assert late.years[0].events[0].text == "Review"


@pytest.mark.parametrize(
    ("slug", "edited", "edits"),
    [
        pytest.param("cleo-example", 12, 10, id="who signs none: the newest they edited"),
        pytest.param("ada-example", 1, 0, id="who signs: how many they edited, and no list"),
    ],
)
def test_an_editor_is_credited_on_a_page_of_their_own(slug: str, edited: int, edits: int) -> None:
    other = briefing("other", authors=("bob-example",), editor="ada-example")
    page = made(catalog(*run(12, editor="cleo-example"), other))[f"authors/{slug}/"]
    assert isinstance(page, AuthorView)
    assert page.edited == edited
    assert [card.slug for card in page.edits] == [f"b{n:03}" for n in range(12, 12 - edits, -1)]


def test_lists_cut_a_long_summary_and_its_page_does_not() -> None:
    long = "A summary of many words. " * 20
    pages = made(catalog(briefing("long", summary=long.strip()), briefing("other", day=2)))
    page, archive = pages["briefings/2026/long/"], pages["archive/2026/01/"]
    assert isinstance(page, BriefingView)
    assert isinstance(archive, ListView)
    assert page.summary == long.strip()
    (cut,) = [c.summary for year in archive.years for c in year.cards if c.slug == "long"]
    assert len(cut) <= 300
    assert cut.endswith("…")
    assert long.startswith(cut.rstrip("…"))


def test_what_a_briefing_suggests_shows_the_beginning_of_its_summary() -> None:
    long, short = "A summary of many words. " * 20, "A summary of few words."
    held = catalog(
        briefing("asks", related=(Pick(slug="long"), Pick(slug="short"))),
        briefing("long", day=2, summary=long.strip()),
        briefing("short", day=3, summary=short),
    )
    pages = made(held, related=3)
    page, archive = pages["briefings/2026/asks/"], pages["archive/2026/01/"]
    assert isinstance(page, BriefingView)
    assert isinstance(archive, ListView)
    listed = {c.slug: c for year in archive.years for c in year.cards}
    cut, whole = (suggested.card for suggested in page.related)
    assert 100 < len(cut.summary) <= 120
    assert cut.summary.endswith(" many…")
    assert long.startswith(cut.summary.rstrip("…"))
    assert replace(cut, summary=listed["long"].summary) == listed["long"]
    assert whole == listed["short"]


@pytest.mark.parametrize(
    ("count", "apart"),
    [
        pytest.param(120, False, id="a hundred and twenty stand on one page"),
        pytest.param(121, True, id="of more, each letter has a page"),
    ],
)
def test_many_authors_have_a_page_for_each_letter(count: int, apart: bool) -> None:
    names = [f"{'abcd#'[n % 5]}{n:03}-example".replace("#", "") for n in range(count)]
    signed = [briefing(f"b{n}", authors=(name,)) for n, name in enumerate(names)]
    most = [briefing(f"c{n}", authors=(names[7],)) for n in range(3)]
    pages = made(catalog(*signed, *most))
    home = pages["authors/"]
    assert isinstance(home, AuthorsView)
    assert home.count == count
    below = {url: view for url, view in pages.items() if url.startswith("authors/a-z/")}
    if not apart:
        assert not below
        assert not home.pages
        assert sum(len(letter.rows) for letter in home.letters) == count
        return
    assert not home.letters
    assert [page.letter for page in home.pages] == ["A", "B", "C", "D", "#"]
    assert [page.url for page in home.pages] == [*below]
    assert list(below)[-1] == "authors/a-z/0-9/"
    assert (home.most[0].author.key, home.most[0].count) == (names[7], 4)
    assert len(home.most) == 24
    listed: list[str] = []
    for page in home.pages:
        view = below[page.url]
        assert isinstance(view, AuthorsView)
        assert view.noindex
        assert view.pages == home.pages
        (letter,) = view.letters
        assert (letter.letter, len(letter.rows)) == (page.letter, page.count)
        assert (letter.rows[0].author.name, letter.rows[-1].author.name) == (page.first, page.last)
        listed += [row.author.key for row in letter.rows]
    assert sorted(listed) == sorted(names)


def test_input_order_does_not_matter() -> None:
    entries = run(12)
    assert made(catalog(*entries)) == made(catalog(*entries))


def test_the_front_page_shows_a_briefing_once() -> None:
    pages = made(
        catalog(*run(30), *[replace(b, slug=f"c{b.slug}", topics=("ports",)) for b in run(30)])
    )
    front = pages[""]
    assert isinstance(front, FrontView)
    assert front.lead
    shown = [
        front.lead.slug,
        *(card.slug for card in front.latest),
        *(card.slug for part in front.topics for card in (part.lead, *part.more)),
    ]
    assert len(shown) == len(set(shown))
    assert len(front.topics) == 2


def test_the_front_page_offers_neither_translations_nor_what_was_superseded() -> None:
    first = briefing("first", day=7, topics=("ports",), status=Status.SUPERSEDED)
    spanish = briefing("banco", day=8, topics=("ports",), lang="es", translation_of="b001")
    alone = briefing("puerto", day=6, topics=("ports",), lang="es")
    pages = made(catalog(*run(1), alone, first, spanish))
    front, filed = pages[""], pages["topics/ports/"]
    assert isinstance(front, FrontView)
    assert front.lead
    assert [front.lead.slug, *(card.slug for card in front.latest)] == ["puerto", "b001"]
    assert isinstance(filed, TopicView)
    marks = {card.slug: card.status for year in filed.years for card in year.cards}
    assert marks == {"banco": "", "first": "superseded", "puerto": ""}, "their topic lists all"


def test_an_editor_picks_the_front_page() -> None:
    front = FrontPage(
        lead="b002", topics=("ports",), five=(Pick(slug="b001", reason="Read first"),)
    )
    held = catalog(briefing("quay", topics=("ports",)), *run(20), front=front)
    page = made(held)[""]
    assert isinstance(page, FrontView)
    assert page.lead
    assert page.lead.slug == "b002"
    assert [part.topic.key for part in page.topics] == ["ports"]
    assert [(pick.card.slug, pick.reason) for pick in page.five] == [("b001", "Read first")]


def test_without_a_pick_the_newest_edition_gives_the_five() -> None:
    edition = Edition(
        path="editions/w1.md",
        slug="w1",
        title="Week one",
        published=date(2026, 1, 9),
        picks=(Pick(slug="b001"),),
    )
    page = made(catalog(*run(3), editions={"w1": edition}))[""]
    assert isinstance(page, FrontView)
    assert page.five_title == "Week one"
    assert page.edition
    assert page.edition.url == "editions/w1/"


@pytest.mark.parametrize(
    ("number", "first", "skipped", "parts"),
    [
        pytest.param(1, None, 0, ["b001", "b002", "b003"], id="the first part"),
        pytest.param(3, None, 0, ["b001", "b002", "b003", "b004", "b005"], id="the first in reach"),
        pytest.param(4, "b001", 0, ["b002", "b003", "b004", "b005", "b006"], id="no gap"),
        pytest.param(7, "b001", 3, ["b005", "b006", "b007", "b008", "b009"], id="a gap of three"),
        pytest.param(9, "b001", 5, ["b007", "b008", "b009"], id="the last part"),
    ],
)
def test_the_rail(number: int, first: str | None, skipped: int, parts: list[str]) -> None:
    view = made(catalog(*run(9)))[f"briefings/2026/b{number:03}/"]
    assert isinstance(view, BriefingView)
    assert view.rail
    assert (view.rail.first.url if view.rail.first else None) == (
        f"briefings/2026/{first}/" if first else None
    )
    assert view.rail.skipped == skipped
    assert [part.url.split("/")[2] for part in view.rail.parts] == parts
    assert [part.current for part in view.rail.parts].count(True) == 1
    assert view.rail.part == number


def test_parts_that_are_no_longer_kept_up_say_so() -> None:
    first = briefing("first", day=1, storylines=("rates",), status=Status.SUPERSEDED)
    second = briefing("second", day=2, storylines=("rates",), status=Status.ARCHIVED)
    third = briefing("third", day=3, storylines=("rates",), status=Status.SETTLED)
    view = made(catalog(first, second, third))["briefings/2026/third/"]
    assert isinstance(view, BriefingView)
    assert view.rail
    assert [part.status for part in view.rail.parts] == ["superseded", "archived", ""]


def test_changes_are_logged_newest_first_and_listed_for_the_site() -> None:
    mended = briefing(
        "mended",
        corrections=(Correction(date=date(2026, 2, 2), text="It is 11 May."),),
        updated=date(2026, 3, 3),
    )
    pages = made(catalog(mended, briefing("calm")))
    view, listed = pages["briefings/2026/mended/"], pages["changes/"]
    assert isinstance(view, BriefingView)
    assert isinstance(listed, ChangesView)
    assert [change.kind for change in view.changes] == ["update", "correction", "published"]
    assert view.updated == date(2026, 3, 3)
    told = [(c.kind, c.card.slug if c.card else "") for _, group in listed.years for c in group]
    assert told == [("update", "mended"), ("correction", "mended")]


def test_topics_are_listed_as_a_tree_and_from_a_to_z() -> None:
    topics = [
        Topic(key="money", title="Money"),
        Topic(key="banks", title="Banks", parent="money"),
        Topic(key="art", title="Årt", parent="money"),
    ]
    view = made(catalog(briefing("a", topics=("banks",)), topics=topics))["topics/"]
    assert isinstance(view, TopicsView)
    assert [(row.topic.title, row.depth) for row in view.tree] == [
        ("Money", 0),
        ("Banks", 1),
        ("Årt", 1),
    ]
    assert [(letter.letter, len(letter.rows)) for letter in view.letters] == [
        ("A", 1),
        ("B", 1),
        ("M", 1),
    ]
    assert view.tree[0].topic.count == 1, "what is filed below counts"


def test_the_archive_has_every_briefing_once_by_month() -> None:
    pages = made(catalog(*run(70)))
    year, month = pages["archive/2026/"], pages["archive/2026/02/"]
    assert isinstance(year, ArchiveView)
    assert [m.count for m in year.years[0].months] == [11, 28, 31]
    assert sum(len(m.cards) for m in year.years[0].months) == 70
    assert slugs(month)[0] == "b059"


def test_an_event_told_twice_is_shown_once_with_its_briefing() -> None:
    event = Event(date=date(2026, 1, 2), text="Talks open", kind="talks")
    told = briefing("told", day=3, storylines=("rates",), events=(event,))
    held = replace(
        catalog(told),
        storylines={"rates": Storyline(key="rates", title="Rates", events=(event,))},
    )
    view = made(held)["storylines/rates/"]
    assert isinstance(view, StorylineView)
    [found] = [e for year in view.years for e in year.events if e.text == "Talks open"]
    assert found.card
    assert found.card.slug == "told"
    assert view.events == 1


def test_backlinks_show_the_citing_sentence() -> None:
    sentence = "See the rates piece for more."
    citing = briefing("citing", wiki("rates", text="rates piece", sentence=sentence))
    view = made(catalog(citing, briefing("rates")))["briefings/2026/rates/"]
    assert isinstance(view, BriefingView)
    [link] = view.backlinks
    assert (link.before, link.text, link.after) == ("See the ", "rates piece", " for more.")


def test_a_translation_cites_only_what_its_original_does_not() -> None:
    original = briefing("citing", wiki("rates"))
    translated = briefing(
        "citando", wiki("rates"), wiki("ports"), lang="es", translation_of="citing"
    )
    pages = made(catalog(original, translated, briefing("rates"), briefing("ports")))
    cited_by = {}
    for slug in ("rates", "ports"):
        view = pages[f"briefings/2026/{slug}/"]
        assert isinstance(view, BriefingView)
        cited_by[slug] = [link.card.slug for link in view.backlinks]
    assert cited_by == {"rates": ["citing"], "ports": ["citando"]}


def test_foreign_briefings_say_their_language_and_direction() -> None:
    pages = made(catalog(briefing("arabic", lang="ar"), briefing("french", lang="fr")))
    arabic, french = (pages[f"briefings/2026/{slug}/"] for slug in ("arabic", "french"))
    assert (arabic.lang, arabic.dir) == ("ar", "rtl")
    assert (french.lang, french.dir) == ("fr", ""), "the direction is the site's"


def test_a_planned_day_that_has_passed_is_not_told_as_an_event() -> None:
    plan = Event(date=date(2026, 5, 1), text="The pause is due to end", kind="deadline")
    held = catalog(briefing("pause", day=3, storylines=("rates",), events=(plan,)))
    view = made(held, today=date(2026, 6, 1))["storylines/rates/"]
    assert isinstance(view, StorylineView)
    overdue = {event.text: event.overdue for year in view.years for event in year.events}
    assert overdue == {"The pause is due to end": True, "": False}


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        pytest.param(120, 120, id="a year lists its titles"),
        pytest.param(121, 0, id="a fuller one leaves them to its months"),
    ],
)
def test_the_page_of_a_year(count: int, listed: int) -> None:
    view = made(catalog(*run(count)))["archive/2026/"]
    assert isinstance(view, ArchiveView)
    (year,) = view.years
    assert sum(len(month.cards) for month in year.months) == listed
    assert year.count == sum(month.count for month in year.months) == count


def test_a_source_is_numbered_on_its_own_page_alone() -> None:
    told = briefing(
        "told",
        storylines=("rates",),
        events=(Event(date=date(2026, 7, 1), text="Review", source=1),),
        sources=(Source(title="Notice", url="https://example.org/"),),
    )
    pages = made(catalog(told))
    own, story = pages["briefings/2026/told/"], pages["storylines/rates/"]
    assert isinstance(own, BriefingView)
    assert isinstance(story, StorylineView)
    numbers = [event.source.number for event in (*own.coming, *story.ahead) if event.source]
    assert numbers == [1, 0]


def test_an_edition_covers_the_days_since_the_one_before() -> None:
    held = catalog(
        *(
            briefing(slug, published=date(2026, 5, number), topics=(topic,))
            for number, slug, topic in (
                (1, "before", "banks"),
                (8, "picked", "banks"),
                (9, "beside", "prices"),
                (15, "same-day", "banks"),
                (16, "after", "banks"),
            )
        ),
        editions={
            slug: Edition(
                path=f"editions/{slug}.md",
                slug=slug,
                title=slug,
                published=date(2026, 5, day),
                picks=(Pick(slug="picked"),),
            )
            for slug, day in (("w1", 1), ("w2", 15))
        },
    )
    first, second = (made(held)[f"editions/{slug}/"] for slug in ("w1", "w2"))
    assert isinstance(first, EditionView)
    assert isinstance(second, EditionView)
    assert (first.since, first.also) == (None, ())
    assert second.since == date(2026, 5, 2)
    assert [(g.topic.key, [c.slug for c in g.cards]) for g in second.also] == [
        ("banks", ["same-day"]),
        ("prices", ["beside"]),
    ]
