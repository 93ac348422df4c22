"""Structured data, decoded and compared with the view it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from mkdocs_briefings.publishing.structured import structured
from mkdocs_briefings.viewing.parts import (
    ArchiveYear,
    AuthorItem,
    Change,
    Chrome,
    DateGroup,
    EventItem,
    Letter,
    MonthCount,
    NavGroup,
    NavLink,
    Older,
    Ref,
    RelatedCard,
    StorylineItem,
    TimelineYear,
    TopicRow,
    YearGroup,
)
from mkdocs_briefings.viewing.records import (
    ArchiveView,
    AuthorsView,
    AuthorView,
    DatesView,
    EditionsView,
    EditionView,
    FrontView,
    ListView,
    NotFoundView,
    PlainView,
    ProblemsView,
    StorylinesView,
    StorylineView,
    TopicsView,
    TopicView,
    View,
)

from .conftest import (
    ADA,
    DESK,
    FOREIGN,
    PORTS,
    REVIEW,
    TARIFFS,
    TODAY,
    URL,
    make_briefing,
    make_card,
    make_changes,
    make_chrome,
    make_source,
    make_view,
)

Node = dict[str, Any]
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "@id": f"{URL}#publisher",
    "name": "The Specimen & Daily",
    "url": URL,
    "logo": {
        "@type": "ImageObject",
        "url": f"{URL}assets/icon.png",
        "width": 180,
        "height": 180,
    },
}
YEARS = (
    YearGroup(year=2026, cards=(make_card("b"), make_card("a"))),
    YearGroup(year=2025, cards=(make_card("old"),)),
)
NO_PAGING = Older(newer=None, older=None)


def graph(view: View, chrome: Chrome) -> list[Node]:
    document = json.loads(structured(view, chrome))
    assert document["@context"] == "https://schema.org"
    nodes: list[Node] = document["@graph"]
    return nodes


def one(view: View, chrome: Chrome, kind: str) -> Node:
    found = [node for node in graph(view, chrome) if node["@type"] == kind]
    assert len(found) == 1, [node["@type"] for node in graph(view, chrome)]
    return found[0]


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at every depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def elements(*pairs: tuple[str, str]) -> Node:
    return {
        "@type": "ItemList",
        "numberOfItems": len(pairs),
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "url": f"{URL}{url}"}
            for n, (name, url) in enumerate(pairs, start=1)
        ],
    }


TOPIC = make_view(
    TopicView,
    url="topics/tariffs/",
    title="Tariffs & quotas",
    key="tariffs",
    intro="Duties at the border.",
    count=3,
    updated=date(2026, 4, 2),
    children=(),
    checked=None,
    now="",
    state=(),
    featured=(),
    years=YEARS,
    paging=NO_PAGING,
    storylines=(),
    related=(),
    contributors=(),
)
TELLS = EventItem(
    date=date(2026, 3, 1), precision="day", text="", kind="", key=False, card=make_card("told")
)
STORYLINE = make_view(
    StorylineView,
    url="storylines/review/",
    title="The quota review",
    storyline=REVIEW,
    intro="A review, told.",
    now="",
    checked=None,
    ahead=(
        EventItem(
            date=date(2026, 6, 1), precision="month", text="It ends", kind="Deadline", key=True
        ),
    ),
    years=(
        TimelineYear(
            year=2026,
            events=(
                EventItem(
                    date=date(2026, 3, 16),
                    precision="day",
                    text="Ruling <one>",
                    kind="Ruling",
                    key=True,
                    source=make_source(1),
                    card=make_card("told"),
                ),
                TELLS,
            ),
        ),
    ),
    parts=(make_card("first"), make_card("second")),
    events=2,
    topics=(TARIFFS,),
)
AUTHOR = make_view(
    AuthorView,
    url="authors/ada/",
    title="Ada Example",
    author=ADA,
    affiliation="Example Institute",
    bio="Writes about borders.",
    contact=Ref(title="ada@specimen.example", url="mailto:ada@specimen.example"),
    interests="",
    count=3,
    corrections=0,
    topics=(),
    years=YEARS,
    paging=NO_PAGING,
    edited=0,
    edits=(),
)
STORY_ROW = StorylineItem(
    storyline=REVIEW, description="", now="", dots=1, parts=1, latest=None, next=None
)
EDITION = make_view(
    EditionView,
    url="editions/12/",
    title="Edition 12",
    trail=(TODAY, Ref(title="Editions", url="editions/")),
    number=12,
    published=date(2026, 3, 20),
    since=None,
    also=(),
    changed=(),
    minutes=9,
    picks=(RelatedCard(card=make_card("b"), reason="Read this"),),
    previous=None,
    next=None,
)
FRONT = make_view(
    FrontView,
    url="",
    title="Today",
    trail=(),
    lead=None,
    lead_points=(),
    lead_why="",
    five=(),
    five_title="",
    edition=None,
    latest=(),
    storylines=(),
    topics=(),
    changed=(),
    ahead=(),
)
PLAIN = make_view(PlainView, url="about/", title="Who we are", source="pages/about.md", toc=())
LISTS = {
    "older page": (
        make_view(ListView, heading="Older", intro="", years=YEARS, paging=NO_PAGING),
        [(f"On {s}", f"briefings/2026/{s}/") for s in ("b", "a", "old")],
    ),
    "all topics": (
        make_view(
            TopicsView,
            tree=(
                TopicRow(topic=TARIFFS, description="", depth=0, latest=None),
                TopicRow(topic=PORTS, description="", depth=1, latest=None),
            ),
            letters=(),
        ),
        [("Tariffs & quotas", "topics/tariffs/"), ("Ports", "topics/ports/")],
    ),
    "authors": (
        make_view(
            AuthorsView,
            count=1,
            letters=(Letter(letter="E", rows=(AuthorItem(author=ADA, count=1),)),),
        ),
        [("Ada Example", "authors/ada/")],
    ),
    "authors, a page a letter": (
        make_view(AuthorsView, count=130, letters=(), most=(AuthorItem(author=ADA, count=1),)),
        [("Ada Example", "authors/ada/")],
    ),
    "storylines": (
        make_view(StorylinesView, open=(STORY_ROW,), closed=()),
        [("The quota review", "storylines/review/")],
    ),
    "archive": (
        make_view(
            ArchiveView,
            years=(
                ArchiveYear(
                    year=2026,
                    url="archive/2026/",
                    count=1,
                    months=(MonthCount(title="March 2026", url="archive/2026/03/", count=1),),
                ),
            ),
        ),
        [("March 2026", "archive/2026/03/")],
    ),
    "archive of a year": (
        make_view(
            ArchiveView,
            years=(
                ArchiveYear(
                    year=2026,
                    url="archive/2026/",
                    count=1,
                    months=(
                        MonthCount(
                            title="March 2026",
                            url="archive/2026/03/",
                            count=1,
                            cards=(make_card("b"),),
                        ),
                    ),
                ),
            ),
        ),
        [("On b", "briefings/2026/b/")],
    ),
    "editions": (
        make_view(
            EditionsView, editions=((Ref(title="12", url="editions/12/"), date(2026, 3, 20), ""),)
        ),
        [("12", "editions/12/")],
    ),
    "dates": (
        make_view(
            DatesView,
            groups=(
                DateGroup(
                    month=date(2026, 7, 1),
                    precision="month",
                    events=(
                        replace(TELLS, text="Told", card=make_card("b")),
                        replace(TELLS, text="Kept", story=Ref(title="R", url="storylines/r/#_e")),
                        replace(TELLS, text="Alone", card=None),
                    ),
                ),
            ),
            passed=(),
            calendar="",
        ),
        [("Told", "briefings/2026/b/"), ("Kept", "storylines/r/#_e")],
    ),
    "changes": (
        make_changes(
            Change(date=date(2026, 4, 2), kind="update", text="", card=make_card("b")),
            Change(date=date(2026, 4, 1), kind="update", text="", card=make_card("a")),
            Change(date=date(2026, 3, 1), kind="correction", text="5.", card=make_card("b")),
        ),
        [("On b", "briefings/2026/b/"), ("On a", "briefings/2026/a/")],
    ),
}
PAGES = {
    "briefing": make_briefing(),
    "topic": TOPIC,
    "storyline": STORYLINE,
    "author": AUTHOR,
    "edition": EDITION,
    "plain": PLAIN,
    **{name: view for name, (view, _) in LISTS.items()},
}
EVERY = pytest.mark.parametrize("view", [*PAGES.values(), FRONT], ids=[*PAGES.keys(), "front page"])


def test_a_briefing_says_what_its_page_says(chrome: Chrome) -> None:
    assert one(make_briefing(), chrome, "NewsArticle") == {
        "@type": "NewsArticle",
        "headline": "Quota review opens",
        "description": "The review opens on Monday.",
        "url": f"{URL}briefings/2026/quota-review/",
        "mainEntityOfPage": f"{URL}briefings/2026/quota-review/",
        "datePublished": "2026-03-17T09:30:00+02:00",
        "dateModified": "2026-04-02",
        "author": [
            {"@type": "Person", "name": "Ada Example", "url": f"{URL}authors/ada/"},
            {"@type": "Organization", "name": "The Trade Desk", "url": f"{URL}authors/desk/"},
        ],
        "editor": {"@type": "Person", "name": "Bo Specimen", "url": f"{URL}authors/bo/"},
        "publisher": PUBLISHER,
        "contentLocation": {"@type": "Place", "name": "Port Example"},
        "image": [
            {
                "@type": "ImageObject",
                "url": f"{URL}images/port.png",
                "description": "A port at dawn",
                "creditText": "C. Invented",
            },
            {
                "@type": "ImageObject",
                "url": f"{URL}assets/cards/quota-review.png",
                "width": 1200,
                "height": 630,
            },
            {
                "@type": "ImageObject",
                "url": f"{URL}assets/cards/16x9/quota-review.png",
                "width": 400,
                "height": 225,
            },
            {
                "@type": "ImageObject",
                "url": f"{URL}assets/cards/4x3/quota-review.png",
                "width": 320,
                "height": 240,
            },
            {
                "@type": "ImageObject",
                "url": f"{URL}assets/cards/1x1/quota-review.png",
                "width": 256,
                "height": 256,
            },
        ],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": "https://licences.example/by/4.0/",
        "creativeWorkStatus": "developing",
        "wordCount": 812,
        "timeRequired": "PT4M",
        "articleSection": "Tariffs & quotas",
        "about": [
            {"@type": "DefinedTerm", "name": "Tariffs & quotas", "url": f"{URL}topics/tariffs/"},
            {"@type": "DefinedTerm", "name": "Ports", "url": f"{URL}topics/ports/"},
        ],
        "isPartOf": [
            {
                "@type": "CreativeWorkSeries",
                "name": "The quota review",
                "url": f"{URL}storylines/review/",
            }
        ],
        "position": 3,
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Document no. 1",
                "url": "https://documents.example/1",
                "datePublished": "2026-05-31",
                "publisher": {"@type": "Organization", "name": "Ministry of Examples"},
                "inLanguage": "fr",
                "archivedAt": "https://archive.example/1",
            },
            {"@type": "CreativeWork", "name": "Document no. 2", "datePublished": "2026-05-31"},
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "It is 5 %, not 6 %.",
                "datePublished": "2026-04-02",
            }
        ],
    }


def test_a_reference_paper_is_a_report_too(chrome: Chrome) -> None:
    (paper, _) = graph(make_briefing(number="RP-2026-1"), chrome)
    (other, _) = graph(make_briefing(), chrome)
    assert paper.pop("reportNumber") == "RP-2026-1"
    assert paper.pop("@type") == ["NewsArticle", "Report"]
    assert {"@type": "NewsArticle", **paper} == other


def test_a_bare_briefing_has_no_empty_fields(chrome: Chrome) -> None:
    bare = make_briefing(
        description="",
        authors=(),
        editor=None,
        place="",
        image=None,
        topics=(),
        storylines=(),
        rail=None,
        sources=(),
        changes=(),
        status="",
        card="",
        published_iso="2026-03-17",
        updated_iso="",
        words=0,
        lang="fr",
    )
    node = one(bare, replace(chrome, licence_url=""), "NewsArticle")
    assert set(node) == {
        "@type",
        "headline",
        "url",
        "mainEntityOfPage",
        "datePublished",
        "dateModified",
        "publisher",
        "inLanguage",
        "isAccessibleForFree",
        "wordCount",
        "timeRequired",
    }
    assert (node["datePublished"], node["dateModified"]) == ("2026-03-17", "2026-03-17")
    assert (node["wordCount"], node["inLanguage"]) == (0, "fr")


@FOREIGN
def test_texts_come_back_as_written(text: str, chrome: Chrome) -> None:
    view = make_briefing(
        title=text,
        description=text,
        place=text,
        authors=(replace(ADA, name=text),),
        sources=(make_source(1, title=text),),
        changes=(Change(date=date(2026, 4, 2), kind="correction", text=text),),
    )
    node = one(view, chrome, "NewsArticle")
    assert [
        node["headline"],
        node["description"],
        node["contentLocation"]["name"],
        node["author"][0]["name"],
        node["citation"][0]["name"],
        node["correction"][0]["text"],
    ] == [text] * 6
    assert not set("<>&\u2028\u2029") & set(structured(view, chrome))


def test_the_front_page_names_site_and_publisher(chrome: Chrome) -> None:
    assert graph(FRONT, chrome) == [
        {
            "@type": "WebSite",
            "@id": f"{URL}#website",
            "name": "The Specimen & Daily",
            "description": "Invented news, briefly.",
            "url": URL,
            "inLanguage": "en",
            "publisher": PUBLISHER,
        },
        {
            **PUBLISHER,
            "masthead": f"{URL}authors/",
            "correctionsPolicy": f"{URL}corrections/",
            "publishingPrinciples": f"{URL}editorial-rules.html",
            "ethicsPolicy": f"{URL}editorial-rules.html",
        },
    ]


def test_every_policy_is_told_by_the_name_of_its_page() -> None:
    names = ("editorial-rules", "corrections-policy", "ethics", "ownership")
    links = tuple(NavLink(title=name, url=f"{name}/") for name in names)
    footer = (NavGroup(title="About", links=links),)
    publisher = one(FRONT, make_chrome(footer=footer), "NewsMediaOrganization")
    assert {key: value for key, value in publisher.items() if key not in PUBLISHER} == {
        "publishingPrinciples": f"{URL}editorial-rules/",
        "correctionsPolicy": f"{URL}corrections-policy/",
        "ethicsPolicy": f"{URL}ethics/",
        "ownershipFundingInfo": f"{URL}ownership/",
    }


def test_a_topic_is_a_list_about_a_term(chrome: Chrome) -> None:
    page, term, _ = graph(TOPIC, chrome)
    assert page == {
        "@type": "CollectionPage",
        "name": "Tariffs & quotas",
        "description": "What is here.",
        "url": f"{URL}topics/tariffs/",
        "inLanguage": "en",
        "dateModified": "2026-04-02",
        "about": {"@id": f"{URL}topics/tariffs/#topic"},
        "mainEntity": elements(*((f"On {s}", f"briefings/2026/{s}/") for s in ("b", "a", "old"))),
    }
    assert term == {
        "@type": "DefinedTerm",
        "@id": f"{URL}topics/tariffs/#topic",
        "name": "Tariffs & quotas",
        "description": "Duties at the border.",
        "url": f"{URL}topics/tariffs/",
    }


@pytest.mark.parametrize(("view", "listed"), LISTS.values(), ids=LISTS.keys())
def test_a_page_of_lists_lists_what_it_shows(
    view: View, listed: list[tuple[str, str]], chrome: Chrome
) -> None:
    page = one(view, chrome, "CollectionPage")
    assert page["mainEntity"] == elements(*listed)
    assert page["name"] == view.title


def test_an_empty_list_is_left_out(chrome: Chrome) -> None:
    page = one(make_view(StorylinesView, open=(), closed=()), chrome, "CollectionPage")
    assert "mainEntity" not in page


def test_a_storyline_is_a_series_and_a_timeline(chrome: Chrome) -> None:
    series, timeline, _ = graph(STORYLINE, chrome)

    def part(slug: str) -> Node:
        return {
            "@type": "NewsArticle",
            "headline": f"On {slug}",
            "url": f"{URL}briefings/2026/{slug}/",
            "datePublished": "2026-03-17",
        }

    assert series == {
        "@type": "CreativeWorkSeries",
        "name": "The quota review",
        "description": "A review, told.",
        "url": f"{URL}storylines/review/",
        "inLanguage": "en",
        "publisher": PUBLISHER,
        "about": [
            {"@type": "DefinedTerm", "name": "Tariffs & quotas", "url": f"{URL}topics/tariffs/"}
        ],
        "hasPart": [part("first") | {"position": 1}, part("second") | {"position": 2}],
    }
    assert [entry["position"] for entry in timeline["itemListElement"]] == [1, 2, 3]
    ahead, ruling, told = (entry["item"] for entry in timeline["itemListElement"])
    assert ahead == {"@type": "CreativeWork", "name": "It ends", "temporalCoverage": "2026-06"}
    assert ruling["name"] == "Ruling <one>"
    assert ruling["temporalCoverage"] == "2026-03-16"
    assert ruling["url"] == f"{URL}briefings/2026/told/"
    assert ruling["citation"]["url"] == "https://documents.example/1"
    assert told == part("told")
    assert "Event" not in {value for key, value in walk(timeline) if key == "@type"}


def test_an_author_is_a_profile(chrome: Chrome) -> None:
    page = one(AUTHOR, chrome, "ProfilePage")
    assert page["mainEntity"] == {
        "@type": "Person",
        "name": "Ada Example",
        "url": f"{URL}authors/ada/",
        "description": "Writes about borders.",
        "jobTitle": "Reporter",
        "affiliation": {"@type": "Organization", "name": "Example Institute"},
        "contactPoint": {"@type": "ContactPoint", "email": "ada@specimen.example"},
    }


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        pytest.param(None, None, id="none"),
        pytest.param(Ref(title="ask at the desk", url=""), None, id="not a link"),
        pytest.param(
            Ref(title="Form", url="https://forms.example/"),
            {"@type": "ContactPoint", "url": "https://forms.example/"},
            id="a page",
        ),
    ],
)
def test_a_desk_is_an_organisation(
    contact: Ref | None, expected: Node | None, chrome: Chrome
) -> None:
    assert isinstance(AUTHOR, AuthorView)
    view = replace(AUTHOR, author=replace(DESK, role="Desk"), contact=contact)
    entity = one(view, chrome, "ProfilePage")["mainEntity"]
    assert entity["@type"] == "Organization"
    assert entity["parentOrganization"]["name"] == "Example Institute"
    assert not {"jobTitle", "affiliation"} & set(entity)
    assert entity.get("contactPoint") == expected


def test_an_edition_is_an_issue(chrome: Chrome) -> None:
    issue = one(EDITION, chrome, "PublicationIssue")
    assert issue["issueNumber"] == 12
    assert issue["datePublished"] == "2026-03-20"
    assert issue["isPartOf"] == {
        "@type": "Periodical",
        "name": "The Specimen & Daily",
        "url": f"{URL}editions/",
        "publisher": PUBLISHER,
    }
    assert [part["headline"] for part in issue["hasPart"]] == ["On b"]
    assert isinstance(EDITION, EditionView)
    assert "issueNumber" not in one(replace(EDITION, number=0), chrome, "PublicationIssue")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("pages/about.md", "AboutPage"),
        ("pages/contribute.md", "WebPage"),
        ("pages/about-tariffs.md", "WebPage"),
    ],
)
def test_plain_pages(source: str, kind: str, chrome: Chrome) -> None:
    assert one(replace(PLAIN, source=source), chrome, kind)["name"] == "Who we are"


@pytest.mark.parametrize("view", PAGES.values(), ids=PAGES.keys())
def test_the_breadcrumb_is_the_trail_and_the_page(view: View, chrome: Chrome) -> None:
    crumbs = one(view, chrome, "BreadcrumbList")["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == [*(r.title for r in view.trail), view.title]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    assert len(crumbs) >= 2
    assert [crumb["item"] for crumb in crumbs[:-1]] == [URL + ref.url for ref in view.trail]
    assert "item" not in crumbs[-1]


def test_no_trail_no_breadcrumb(chrome: Chrome) -> None:
    kinds = [node["@type"] for node in graph(make_briefing(trail=()), chrome)]
    assert kinds == ["NewsArticle"]


@EVERY
def test_every_address_is_absolute(view: View, chrome: Chrome) -> None:
    addresses = {"@id", "url", "item", "mainEntityOfPage", "license", "archivedAt"}
    found = [v for k, v in walk(graph(view, chrome)) if k in addresses and isinstance(v, str)]
    assert found
    assert all(each.startswith("https://") for each in found), found
    assert TODAY.url not in found


@EVERY
def test_without_its_own_address_a_site_says_none(view: View, homeless: Chrome) -> None:
    nodes = graph(view, homeless)
    assert nodes, "the rest stays"
    own = {"@id", "item", "mainEntityOfPage", "image"}
    for key, value in walk(nodes):
        assert key not in own or isinstance(value, dict), (key, value)
        if key == "url":
            assert value.startswith("https://documents.example/"), "only what is elsewhere"


@EVERY
def test_no_value_is_empty(view: View, chrome: Chrome) -> None:
    assert all(value not in ("", None, [], {}) for _, value in walk(graph(view, chrome)))


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(make_view(NotFoundView, latest=()), id="404"),
        pytest.param(make_view(ProblemsView, problems=()), id="problems"),
        pytest.param(make_briefing(noindex=True), id="told not to index"),
    ],
)
def test_some_pages_have_none(view: View, chrome: Chrome) -> None:
    assert structured(view, chrome) == ""


@EVERY
def test_same_view_same_text(view: View) -> None:
    assert structured(view, make_chrome()) == structured(replace(view), make_chrome())
