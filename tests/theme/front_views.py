"""Specimens of the front page, of topics and of storylines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.viewing.parts import (
    AuthorItem,
    Change,
    ChartItem,
    EventItem,
    FeedRef,
    Older,
    Ref,
    RelatedCard,
    RelatedTopic,
    StateItem,
    StorylineItem,
    StorylineRef,
    TimelineYear,
    TopicSection,
)
from mkdocs_briefings.viewing.records import FrontView, StorylinesView, StorylineView, TopicView

from .basin import (
    ACCORD,
    ADA,
    CANALS,
    CARDS,
    CHROME,
    DAY,
    DESK,
    DRAFT,
    FERRIES,
    LEVELS,
    LINK,
    NO_PAGING,
    POWER,
    TARIFF,
    WATER,
    topic,
    years,
)
from .briefing_views import BRIEFING, CHANGES, COMING, FEEDS, SOURCES, TODAY, event


def storyline_item(
    ref: StorylineRef, parts: int, now: str, following: EventItem | None
) -> StorylineItem:
    return StorylineItem(
        storyline=ref,
        description="How four towns share one lake.",
        now=now,
        dots=min(parts, 12),
        parts=parts,
        latest=DAY if parts else None,
        next=following,
    )


STORYLINES = (
    storyline_item(
        ACCORD,
        5,
        "A draft is out for comment until July. It settles who draws first in a dry month; the "
        "gauges, and their cost, are left to a committee.",
        COMING[0],
    ),
    storyline_item(
        LINK, 14, "Two bids are in. The tender board has not said when it decides.", None
    ),
    storyline_item(TARIFF, 1, "", None),
)

FRONT = FrontView(
    template="front.html",
    url="",
    title=CHROME.name,
    description=CHROME.purpose,
    section="today",
    feeds=FeedRef(title="The Oren Brief", atom="feed.xml", json="feed.json"),
    lead=CARDS[0],
    lead_points=tuple(point.text for point in BRIEFING.key_points[:3]),
    lead_why=BRIEFING.why,
    five=tuple(
        RelatedCard(card=one, reason=line)
        for one, line in zip(
            CARDS[1:6],
            (
                "Seven are older than the borders they stand on.",
                "The operator’s own counts contradict its plan.",
                "No new connections before autumn.",
                "",
                "The bulletin in the original.",
            ),
            strict=True,
        )
    ),
    five_title="The week in five",
    edition=Ref(title="Edition 20", url="editions/2031-w20/"),
    latest=CARDS[1:7],
    storylines=STORYLINES,
    topics=(
        TopicSection(topic=WATER, lead=CARDS[1], more=(CARDS[5], CARDS[7])),
        TopicSection(topic=FERRIES, lead=CARDS[2], more=(CARDS[6],)),
        TopicSection(topic=POWER, lead=CARDS[3], more=()),
    ),
    changed=(
        replace(CHANGES[0], card=CARDS[0]),
        replace(CHANGES[1], card=CARDS[1]),
        Change(
            date=date(2031, 5, 1), kind="update", text="Added the April readings.", card=CARDS[5]
        ),
    ),
    # Away from its own page a source has no number.
    ahead=(
        COMING[0],
        replace(COMING[1], source=replace(SOURCES[0], number=0), card=CARDS[0]),
        *COMING[2:],
    ),
    chart=ChartItem(
        chart=Chart(
            title="The lake fell in the spring and came back in the autumn",
            bars=tuple(
                Bar(label=label, value=Decimal(value), shown=value)
                for label, value in (
                    ("January", "11.5"),
                    ("April", "-21"),
                    ("July", "-4.0"),
                    ("October", "9"),
                )
            ),
            unit="centimetres above the mean",
            note="Mean of 1990 to 2020",
            source=1,
            first=0,
            last=9,
        ),
        source="Lake bureau, Hale",
        card=CARDS[7],
    ),
    dates_url="dates/",
    changes_url="changes/",
    archive_url="archive/",
)
PLAIN_FRONT = replace(
    FRONT,
    five=(),
    five_title="",
    edition=None,
    storylines=(),
    lead_points=(),
    lead_why="",
    changed=(),
    ahead=(),
    chart=None,
)
EMPTY_FRONT = replace(
    PLAIN_FRONT, lead=None, latest=(), topics=(), feeds=None, problems=("a.md:1:1: error[x]: y",)
)

TOPIC = TopicView(
    template="topic.html",
    url=WATER.url,
    title=WATER.title,
    description="Who may draw from Lake Oren, when, and how it is measured.",
    section="topic:water",
    trail=(
        TODAY,
        Ref(title="All topics", url="topics/"),
        Ref(title="The basin", url="topics/basin/"),
    ),
    feeds=FEEDS,
    key="water",
    intro="Who may draw from Lake Oren, when, and how it is measured. What is in force now, the "
    "shortest way into the subject, and everything published on it.",
    count=42,
    updated=date(2031, 5, 20),
    children=(LEVELS, CANALS, topic("wells", "Wells", 1)),
    checked=date(2031, 5, 19),
    now="One draft, four councils, no ruling before September.",
    state=(
        StateItem(
            instrument="Floor for each town",
            now="In force since 2019",
            state="holds",
            next="",
            card=CARDS[7],
        ),
        StateItem(
            instrument="Dry-month order",
            now="Draft out for comment",
            state="moves",
            next="1 July, comment closes",
            card=CARDS[0],
        ),
        StateItem(
            instrument="Gauge committee",
            now="Appointed, has not met",
            state="waits",
            next="2 June, first meeting",
            card=None,
        ),
    ),
    featured=(CARDS[7], CARDS[1], CARDS[0]),
    years=years(CARDS[0], DRAFT, CARDS[1], CARDS[5], CARDS[7]),
    paging=Older(newer=None, older=Ref(title="Older", url="topics/water/page-1/")),
    storylines=STORYLINES,
    related=(RelatedTopic(topic=FERRIES, shared=6), RelatedTopic(topic=POWER, shared=1)),
    contributors=(AuthorItem(author=ADA, count=12), AuthorItem(author=DESK, count=1)),
)
EMPTY_TOPIC = replace(
    TOPIC,
    intro="",
    feeds=None,
    count=0,
    updated=None,
    children=(),
    checked=None,
    now="",
    state=(),
    featured=(),
    years=(),
    paging=NO_PAGING,
    storylines=(),
    related=(),
    contributors=(),
)

STORYLINE = StorylineView(
    template="storyline.html",
    url=ACCORD.url,
    title=ACCORD.title,
    description="Timeline and briefings.",
    section="storylines",
    trail=(TODAY, Ref(title="Storylines", url="storylines/")),
    feeds=FeedRef(title=ACCORD.title, atom="storylines/accord/feed.xml", json="s/feed.json"),
    storyline=ACCORD,
    intro="Four towns, one lake, and a rule for the months in which it does not suffice.",
    now=STORYLINES[0].now,
    checked=date(2031, 5, 20),
    ahead=tuple(reversed(COMING)),
    years=(
        TimelineYear(
            year=2031,
            events=(
                event(DAY, "", card=CARDS[0]),
                event(
                    DAY,
                    "The secretariat publishes a draft accord. It goes to the four councils.",
                    "Agreement",
                    key=True,
                    source=replace(SOURCES[0], number=0),
                    card=CARDS[0],
                ),
                event(date(2031, 5, 12), "", card=CARDS[1]),
                event(
                    date(2031, 2, 3),
                    "The towns publish what they pump.",
                    "Data",
                    source=replace(SOURCES[1], number=0),
                ),
                event(
                    date(2031, 1, 1), "Talks begin at Hale.", "Talks", precision="month", key=True
                ),
            ),
        ),
        TimelineYear(
            year=2030,
            events=(
                event(date(2030, 9, 14), "", card=CARDS[7]),
                event(date(2030, 1, 1), "The dry year.", precision="year"),
            ),
        ),
    ),
    parts=(CARDS[7], CARDS[1], CARDS[0]),
    events=8,
    topics=(WATER, LEVELS),
)
EMPTY_STORYLINE = replace(
    STORYLINE,
    storyline=replace(TARIFF, status=""),
    intro="",
    now="",
    checked=None,
    feeds=None,
    ahead=(),
    years=(),
    parts=(),
    events=0,
    topics=(),
)
STORYLINES_VIEW = StorylinesView(
    template="storylines.html",
    url="storylines/",
    title="Storylines",
    description="The running stories that The Oren Brief follows.",
    section="storylines",
    trail=(TODAY,),
    open=STORYLINES[:2],
    closed=STORYLINES[2:],
)
