"""Specimens of lists, people, timelines, editions and plain pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mkdocs_briefings.viewing.parts import (
    ArchiveYear,
    AuthorItem,
    Card,
    Change,
    FeedRef,
    Letter,
    LetterPage,
    MonthCount,
    Older,
    Ref,
    TermItem,
    TocItem,
    TopicGroup,
    TopicRow,
)
from mkdocs_briefings.viewing.records import (
    ArchiveView,
    AuthorsView,
    AuthorView,
    ChangesView,
    EditionsView,
    EditionView,
    GlossaryView,
    ListView,
    NotFoundView,
    PlainView,
    ProblemsView,
    SearchView,
    TopicsView,
)

from .basin import (
    ADA,
    BEN,
    CANALS,
    CARDS,
    CLEO,
    DAY,
    DESK,
    FERRIES,
    HOUSING,
    LEVELS,
    NO_PAGING,
    POWER,
    WATER,
    topic,
    years,
)
from .briefing_views import CHANGES, SUPERSEDED, TODAY
from .front_views import FRONT, TOPIC

LIST = ListView(
    template="list.html",
    url="topics/water/page-1/",
    title="Water and rights: 3 January 2029 to 2 March 2030",
    description="Briefings from 3 January 2029 to 2 March 2030: Water and rights.",
    trail=(*TOPIC.trail, Ref(title=WATER.title, url=WATER.url)),
    noindex=True,
    heading=WATER.title,
    intro="Briefings from 3 January 2029 to 2 March 2030",
    years=years(*CARDS),
    paging=Older(newer=Ref(title="Newer", url=WATER.url), older=Ref(title="Older", url="p/2/")),
)
MONTH = replace(
    LIST,
    url="archive/2031/05/",
    title="Briefings of May 2031",
    heading="Briefings of May 2031",
    section="archive",
    intro="",
    years=years(*CARDS[:5]),
    paging=Older(newer=None, older=Ref(title="April 2031", url="archive/2031/04/")),
)
TREE = (
    TopicRow(
        topic=topic("basin", "The basin", 61),
        description="The lake and what feeds it.",
        depth=0,
        latest=DAY,
    ),
    TopicRow(topic=replace(WATER, count=42), description=TOPIC.intro, depth=1, latest=DAY),
    TopicRow(topic=LEVELS, description="", depth=2, latest=DAY),
    TopicRow(topic=CANALS, description="", depth=2, latest=None),
    TopicRow(
        topic=replace(FERRIES, count=18),
        description="Boats, piers, timetables.",
        depth=1,
        latest=DAY,
    ),
    TopicRow(
        topic=replace(POWER, count=3),
        description="Lines, stations and tariffs.",
        depth=0,
        latest=DAY,
    ),
    TopicRow(topic=replace(HOUSING, count=1), description="", depth=0, latest=None),
)
TOPICS = TopicsView(
    template="topics.html",
    url="topics/",
    title="All topics",
    description="Every subject that The Oren Brief follows, from A to Z.",
    section="topics",
    trail=(TODAY,),
    tree=TREE,
    letters=(
        Letter(letter="C", rows=(replace(TREE[3], depth=0),)),
        Letter(letter="F", rows=(replace(TREE[4], depth=0),)),
        Letter(letter="H", rows=(TREE[6],)),
        Letter(letter="L", rows=(replace(TREE[2], depth=0),)),
        Letter(letter="W", rows=(replace(TREE[1], depth=0),)),
        Letter(letter="#", rows=(TREE[5],)),
    ),
)
GLOSSARY = GlossaryView(
    template="glossary.html",
    url="glossary/",
    title="Glossary",
    description="Terms in the briefings of The Oren Brief, explained in a sentence or two.",
    section="glossary",
    trail=(TODAY,),
    letters=(
        Letter(
            letter="D",
            rows=(
                TermItem(
                    key="draw",
                    term="Draw",
                    definition="What a town takes out of the lake in a month.",
                    aliases=("abstraction", "take & return"),
                    uses=tuple(Ref(title=card.title, url=card.url) for card in CARDS[:6]),
                    more=12,
                ),
                TermItem(
                    key="dry-month",
                    term="Dry month",
                    definition="A month in which the lake stands under its mark.",
                    aliases=(),
                    uses=(Ref(title=CARDS[0].title, url=CARDS[0].url),),
                    more=0,
                ),
            ),
        ),
        *(
            Letter(
                letter=term[0],
                rows=(
                    TermItem(
                        key=term.lower(), term=term, definition="A word.",
                        aliases=(), uses=(), more=0,
                    ),
                ),
            )
            for term in ("Floor", "Gauge", "Mark")
        ),
    ),
)  # fmt: skip
FLAT_TOPICS = replace(TOPICS, tree=tuple(replace(row, depth=0) for row in TREE))

AUTHOR = AuthorView(
    template="author.html",
    url=ADA.url,
    title=ADA.name,
    description="Briefings by Ada Example.",
    section="authors",
    trail=(TODAY, Ref(title="Who writes", url="authors/")),
    feeds=FeedRef(title=ADA.name, atom="authors/ada/feed.xml", json="authors/ada/feed.json"),
    author=ADA,
    affiliation="Hale Institute of Lakes",
    bio="Ada Example has measured the lake for twenty years and written about it for ten.",
    contact=Ref(title="ada@brief.example", url="mailto:ada@brief.example"),
    interests="Sits on the board of the Hale lake fund, unpaid.",
    count=12,
    corrections=1,
    topics=(replace(WATER, count=9), LEVELS),
    years=years(CARDS[0], CARDS[4], CARDS[7]),
    paging=NO_PAGING,
    edited=3,
    edits=(),
)
EDITOR = replace(
    AUTHOR, count=0, corrections=0, topics=(), years=(), edited=2, edits=(CARDS[0], CARDS[4])
)
EMPTY_AUTHOR = replace(
    AUTHOR,
    author=replace(BEN, role=""),
    title=BEN.name,
    feeds=None,
    affiliation="",
    bio="",
    contact=Ref(title="Room 4, Harbour House", url=""),
    interests="",
    count=1,
    corrections=0,
    topics=(),
    years=years(CARDS[2]),
)
AUTHORS = AuthorsView(
    template="authors.html",
    url="authors/",
    title="Who writes",
    description="Everybody who signs The Oren Brief.",
    section="authors",
    trail=(TODAY,),
    count=4,
    letters=(
        Letter(letter="A", rows=(AuthorItem(author=ADA, count=12),)),
        Letter(letter="B", rows=(AuthorItem(author=BEN, count=1),)),
        Letter(
            letter="C", rows=(AuthorItem(author=CLEO, count=4), AuthorItem(author=DESK, count=30))
        ),
    ),
)
INITIALS = replace(
    AUTHORS,
    letters=(),
    pages=tuple(
        LetterPage(
            letter=letter.letter,
            url=f"authors/a-z/{letter.letter.lower()}/",
            count=len(letter.rows),
            first=letter.rows[0].author.name,
            last=letter.rows[-1].author.name,
        )
        for letter in AUTHORS.letters
    ),
    most=(AuthorItem(author=DESK, count=30), AuthorItem(author=ADA, count=12)),
)
INITIAL = replace(
    INITIALS,
    url="authors/a-z/c/",
    title="Who writes: C",
    trail=(TODAY, Ref(title=AUTHORS.title, url=AUTHORS.url)),
    noindex=True,
    count=2,
    letters=AUTHORS.letters[-1:],
    most=(),
)


def month(title: str, url: str, *cards: Card, count: int = 0) -> MonthCount:
    return MonthCount(title=title, url=url, count=count or len(cards), cards=cards)


ARCHIVE = ArchiveView(
    template="archive.html",
    url="archive/",
    title="Archive",
    description="Every briefing of The Oren Brief, by year and month.",
    section="archive",
    trail=(TODAY,),
    years=tuple(
        ArchiveYear(
            year=year,
            url=f"archive/{year}/",
            count=66,
            months=tuple(
                month(
                    date(year, number, 1).strftime("%B %Y"),
                    f"archive/{year}/{number:02}/",
                    count=number,
                )
                for number in range(last, 0, -1)
            ),
        )
        for year, last in ((2031, 5), (2030, 12))
    ),
)
ARCHIVE_YEAR = replace(
    ARCHIVE,
    url="archive/2031/",
    title="Briefings of 2031",
    trail=(TODAY, Ref(title="Archive", url="archive/")),
    years=(
        ArchiveYear(
            year=2031,
            url="archive/2031/",
            count=6,
            months=(
                month("May 2031", "archive/2031/05/", *CARDS[:5]),
                month("April 2031", "archive/2031/04/", CARDS[5]),
            ),
        ),
    ),
)
PLAIN_VIEW = PlainView(
    template="plain.html",
    url="contribute/",
    title="How to contribute",
    description="Mend a mistake, add a source, propose a briefing.",
    section="page:contribute",
    trail=(TODAY,),
    edit_url="https://git.example/oren/brief/edit/main/pages/contribute.md",
    toc=(
        TocItem(title="Mend a mistake", anchor="mend"),
        TocItem(title="Add a source", anchor="add"),
        TocItem(title="Propose a briefing", anchor="propose"),
    ),
)
CHANGES_VIEW = ChangesView(
    template="changes.html",
    url="changes/",
    title="Updates and corrections",
    description="Every logged change.",
    section="changes",
    trail=(TODAY,),
    intro="Every logged change to a published briefing, the newest first.",
    years=(
        (2031, (*FRONT.changed, replace(CHANGES[1], card=CARDS[0]))),
        (
            2030,
            (
                Change(
                    date=date(2030, 12, 4),
                    kind="update",
                    text="Added the harbour fund.",
                    card=CARDS[6],
                ),
            ),
        ),
    ),
)
EDITION = EditionView(
    template="edition.html",
    url="editions/2031-w20/",
    title="Edition 20",
    description="The week in five.",
    section="editions",
    trail=(TODAY, Ref(title="Editions", url="editions/")),
    number=20,
    published=date(2031, 5, 18),
    since=date(2031, 5, 12),
    minutes=20,
    picks=FRONT.five,
    also=(TopicGroup(topic=WATER, cards=CARDS[2:4]), TopicGroup(topic=POWER, cards=CARDS[4:5])),
    changed=FRONT.changed[:2],
    previous=Ref(title="Edition 19", url="editions/2031-w19/"),
    next=None,
)
EDITIONS = EditionsView(
    template="editions.html",
    url="editions/",
    title="Editions",
    description="Hand-picked issues.",
    section="editions",
    trail=(TODAY,),
    editions=tuple(
        (
            Ref(title=f"Edition {number}", url=f"editions/2031-w{number}/"),
            date(2031, 5, 18) - timedelta(weeks=20 - number),
            "The accord in draft, the gauges that it rests on, and a full substation."
            if number % 2
            else "",
        )
        for number in (20, 19, 18)
    ),
)
NOT_FOUND = NotFoundView(
    template="404.html",
    url="404.html",
    title="Page not found",
    description="There is no page at this address.",
    noindex=True,
    latest=CARDS[:3],
)
SEARCH = SearchView(
    template="search.html",
    url="search/",
    title="Search",
    description="Search every briefing of The Oren Brief.",
    section="search",
    trail=(TODAY,),
    noindex=True,
    index="search/index/",
    engine="1.5.2",
    topics=(topic("water", "Water and rights"), topic("ferries", "Ferries")),
    ways=(Ref(title="All topics", url="topics/"), Ref(title="Archive", url="archive/")),
)
PROBLEMS = ProblemsView(
    template="problems.html",
    url="problems/first/",
    title="2031/first.md",
    description="This file could not be read.",
    noindex=True,
    problems=SUPERSEDED.problems,
)
