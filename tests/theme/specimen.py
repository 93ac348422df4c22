"""Honest specimens: views of every page type, rich and empty, about a place that does not exist.

Nothing here is a special case of the templates: the records are those that a site makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mkdocs_briefings.viewing.records import (
    ArchiveView,
    ArchiveYear,
    AuthorItem,
    AuthorLetter,
    AuthorRef,
    AuthorsView,
    AuthorView,
    BacklinkItem,
    BriefingView,
    Card,
    Change,
    ChangesView,
    Chrome,
    EditionsView,
    EditionView,
    EventItem,
    FeedRef,
    FrontView,
    ImageItem,
    KeyPointItem,
    Letter,
    ListView,
    MonthCount,
    NavGroup,
    NavLink,
    NotFoundView,
    Older,
    PlainView,
    ProblemsView,
    Rail,
    RailPart,
    Ref,
    RelatedCard,
    RelatedTopic,
    SourceItem,
    StateItem,
    StorylineItem,
    StorylineRef,
    StorylinesView,
    StorylineView,
    TimelineYear,
    TocItem,
    TopicRef,
    TopicRow,
    TopicSection,
    TopicsView,
    TopicView,
    View,
    YearGroup,
)

from .bodies import ARABIC, EVERYTHING, PLAIN, PROSE


@dataclass(frozen=True)
class Specimen:
    """A page to render."""

    name: str
    view: View
    body: str = ""
    structured: str = ""
    serving: bool = False
    bare: bool = False
    """With the smallest chrome that a site can have."""

    @property
    def base(self) -> str:
        # The page for wrong addresses is shown at any depth: its addresses are absolute.
        if isinstance(self.view, NotFoundView):
            return "/"
        return "../" * self.view.url.count("/") or "./"


# Chrome ------------------------------------------------------------------------------------

CHROME = Chrome(
    name="The Oren Brief",
    purpose="Short, signed briefings on the Oren basin. Every change is public and dated.",
    url="https://brief.example/",
    lang="en",
    dir="ltr",
    sections=(
        NavLink(title="Today", url="", section="today"),
        NavLink(title="Water", url="topics/water/", section="topic:water"),
        NavLink(title="Ferries", url="topics/ferries/", section="topic:ferries"),
        NavLink(title="Power", url="topics/power/", section="topic:power"),
        NavLink(title="Housing", url="topics/housing/", section="topic:housing"),
        NavLink(title="Storylines", url="storylines/", section="storylines"),
        NavLink(title="Editions", url="editions/", section="editions"),
        NavLink(title="All topics", url="topics/", section="topics"),
        NavLink(title="Contribute", url="contribute/", section="page:contribute"),
    ),
    footer=(
        NavGroup(
            title="Follow",
            links=(
                NavLink(title="Atom feed", url="feed.xml"),
                NavLink(title="JSON feed", url="feed.json"),
                NavLink(title="Weekly edition", url="editions/"),
            ),
        ),
        NavGroup(
            title="Take part",
            links=(
                NavLink(title="How to contribute", url="contribute/"),
                NavLink(title="Editorial rules", url="editorial-rules/"),
            ),
        ),
        NavGroup(
            title="About",
            links=(
                NavLink(title="Who writes", url="authors/"),
                NavLink(title="Updates and corrections", url="changes/"),
                NavLink(title="Archive", url="archive/"),
            ),
        ),
    ),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    repo_url="https://git.example/oren/brief",
    asset_version="0a1b2c3d",
)
BARE_CHROME = Chrome(
    name="Notes", purpose="", url="", lang="en", dir="ltr", sections=(), footer=(), asset_version=""
)

# Vocabularies ------------------------------------------------------------------------------


def topic(key: str, title: str, count: int = 0) -> TopicRef:
    return TopicRef(key=key, title=title, url=f"topics/{key}/", count=count)


WATER = topic("water", "Water and rights")
FERRIES = topic("ferries", "Ferries")
POWER = topic("power", "Power and the grid")
HOUSING = topic("housing", "Housing")
CANALS = topic("canals", "Canals", 7)
LEVELS = topic("levels", "Lake levels", 11)


def author(key: str, name: str, role: str = "", *, desk: bool = False) -> AuthorRef:
    return AuthorRef(key=key, name=name, url=f"authors/{key}/", role=role, desk=desk)


ADA = author("ada", "Ada Example", "Writes on water")
BEN = author("ben", "Ben Sample", "Writes on transport")
CLEO = author("cleo", "Cleo Placeholder", "Editor")
DESK = author("water-desk", "The Water Desk", desk=True)

ACCORD = StorylineRef(
    key="accord", title="The Oren water accord", url="storylines/accord/", status="Developing"
)
LINK = StorylineRef(
    key="link", title="A fixed link to Hale", url="storylines/link/", status="Awaiting the tender"
)
TARIFF = StorylineRef(
    key="night-tariff", title="The night tariff", url="storylines/night-tariff/", status="Closed"
)

DAY = date(2031, 5, 16)


def card(
    slug: str,
    title: str,
    summary: str,
    published: date,
    minutes: int = 4,
    **rest: object,
) -> Card:
    return Card(
        slug=slug,
        title=title,
        url=f"briefings/{published.year}/{slug}/",
        summary=summary,
        published=published,
        minutes=minutes,
        **rest,  # type: ignore[arg-type]
    )


CARDS = (
    card(
        "what-the-draft-settles",
        "What the draft accord settles, and what it leaves to the engineers",
        "The four towns agree on who may draw water in a dry month. Who measures it, and who pays "
        "for the gauges, goes to a committee that has never met.",
        DAY,
        updated=date(2031, 5, 20),
        topic=WATER,
        storyline=ACCORD,
        part=5,
        authors=(ADA, BEN),
    ),
    card(
        "gauges",
        "Eleven gauges decide who is thirsty first",
        "Seven of them are older than the towns’ present borders. A list of where each stands.",
        date(2031, 5, 12),
        6,
        corrected=date(2031, 5, 14),
        updated=date(2031, 5, 14),
        topic=WATER,
        storyline=ACCORD,
        part=4,
        authors=(DESK,),
    ),
    card(
        "ferry-winter",
        "Two ferries, one winter timetable",
        "The operator says one boat is enough from November. Its own counts say otherwise.",
        date(2031, 5, 9),
        3,
        topic=FERRIES,
        storyline=LINK,
        part=2,
        authors=(BEN,),
    ),
    card(
        "substation",
        "The Hale substation is full",
        "New connections wait until the transformer is replaced, which needs the road closed.",
        date(2031, 5, 6),
        5,
        topic=POWER,
        authors=(CLEO,),
    ),
    card(
        "rents",
        "Rents rose where the survey did not look",
        "",
        date(2031, 5, 2),
        2,
        topic=HOUSING,
        authors=(ADA, BEN, CLEO),
    ),
    card(
        "sedi",
        "日湖的水位告诉我们什么",
        "十一个水位站的读数，以及它们为何不一致。",
        date(2031, 4, 28),
        3,
        topic=WATER,
        lang="zh-Hans",
        authors=(DESK,),
    ),
    card(
        "hale-pier",
        "Hale pier, before and after the storm",
        "What was lost on the night of 3 April and what the harbour fund can replace this year.",
        date(2030, 12, 3),
        8,
        topic=FERRIES,
        authors=(BEN,),
    ),
    card(
        "first-draft",
        "A primer: how four towns came to share one lake",
        "A century of pumping in nine minutes, with the three years that still matter marked.",
        date(2030, 9, 14),
        9,
        topic=WATER,
        storyline=ACCORD,
        part=1,
        authors=(ADA,),
    ),
)
DRAFT = card(
    "locks", "Who opens the locks at night", "Not yet checked.", DAY, mark="draft", topic=WATER
)


def years(*cards: Card) -> tuple[YearGroup, ...]:
    groups: dict[int, list[Card]] = {}
    for one in cards:
        groups.setdefault(one.published.year, []).append(one)
    return tuple(YearGroup(year=year, cards=tuple(listed)) for year, listed in groups.items())


NO_PAGING = Older(newer=None, older=None)

SOURCES = (
    SourceItem(
        number=1,
        title="Draft accord on the use of Lake Oren in dry months",
        publisher="Joint secretariat of the four towns",
        date="16 May 2031",
        url="https://secretariat.example/draft",
        kind="Official",
        lang="",
        archived="https://archive.example/draft",
        cited=2,
    ),
    SourceItem(
        number=2,
        title="湖面水位公报，第十四号",
        publisher="Lake survey",
        date="May 2031",
        url="https://survey.example/14",
        kind="Data",
        lang="zh-Hans",
        archived="",
        cited=1,
    ),
    SourceItem(
        number=3,
        title="Minutes of the gauge committee, read at its office",
        publisher="",
        date="",
        url="",
        kind="",
        lang="",
        archived="",
        cited=0,
    ),
)


def event(
    day: date, text: str, kind: str = "", *, key: bool = False, precision: str = "day", **rest: object
) -> EventItem:
    return EventItem(date=day, precision=precision, text=text, kind=kind, key=key, **rest)  # type: ignore[arg-type]


COMING = (
    event(date(2031, 6, 2), "The gauge committee meets for the first time", "Talks"),
    event(date(2031, 7, 1), "Comment on the draft closes", "Deadline", source=SOURCES[0]),
    event(date(2031, 9, 1), "Councils of the four towns vote", "Ruling", precision="month"),
    event(date(2032, 1, 1), "First dry-month plan applies", "Rule", precision="year", key=True),
)

CHANGES = (
    Change(date=date(2031, 5, 20), kind="update", text=""),
    Change(
        date=date(2031, 5, 18),
        kind="correction",
        text="An earlier version gave eleven days’ notice for a cut. It is ten.",
    ),
    Change(date=DAY, kind="published", text=""),
)
RAIL = Rail(
    storyline=ACCORD,
    part=5,
    first=RailPart(
        title="A primer: how four towns came to share one lake",
        url="briefings/2030/first-draft/",
        date=date(2030, 9, 14),
    ),
    skipped=1,
    parts=(
        RailPart(
            title="The towns publish their pumping",
            url="briefings/2031/pumping/",
            date=date(2031, 2, 3),
        ),
        RailPart(
            title="Eleven gauges decide who is thirsty first",
            url=CARDS[1].url,
            date=CARDS[1].published,
        ),
        RailPart(title=CARDS[0].title, url=CARDS[0].url, date=DAY, current=True),
    ),
    previous=CARDS[1],
    next=None,
)
FEEDS = FeedRef(
    title="Water and rights", atom="topics/water/feed.xml", json="topics/water/feed.json"
)
TODAY = Ref(title="Today", url="")

BRIEFING = BriefingView(
    template="briefing.html",
    url=CARDS[0].url,
    title=CARDS[0].title,
    description=CARDS[0].summary,
    section="topic:water",
    trail=(TODAY, Ref(title=WATER.title, url=WATER.url)),
    feeds=FEEDS,
    edit_url="https://git.example/oren/brief/edit/main/2031/draft.md",
    source="2031/what-the-draft-settles.md",
    slug=CARDS[0].slug,
    summary=CARDS[0].summary,
    show_summary=True,
    authors=(ADA, BEN),
    editor=CLEO,
    place="Hale",
    published=DAY,
    published_iso="2031-05-16T08:00:00+02:00",
    updated=date(2031, 5, 20),
    updated_iso="2031-05-20",
    minutes=4,
    words=812,
    topics=(WATER, LEVELS, CANALS),
    storylines=(ACCORD, LINK),
    rail=RAIL,
    status="developing",
    successor=None,
    key_points=(
        KeyPointItem(text="A dry month now has one definition, the same in all four towns.", anchor="who-draws-first"),
        KeyPointItem(text="Each town keeps a floor that the others may not touch. Nothing above it is promised.", anchor="who-draws-first"),
        KeyPointItem(text="A committee of engineers owns the gauges, and has no budget.", anchor="who-measures"),
        KeyPointItem(text="Leaving the accord takes two years’ notice.", anchor=""),
    ),
    why="Gardens, mills and one hospital plan on the first dry month, which may come in July.",
    toc=(
        TocItem(title="Who draws first", anchor="who-draws-first"),
        TocItem(title="Who measures, and with what", anchor="who-measures"),
        TocItem(title="The other view", anchor="the-other-view"),
        TocItem(title="What we do not know", anchor="what-we-do-not-know"),
    ),
    coming=COMING,
    sources=SOURCES,
    changes=CHANGES,
    related=(
        RelatedCard(card=CARDS[1], reason="Earlier in this storyline"),
        RelatedCard(card=CARDS[3], reason="A different view"),
        RelatedCard(card=CARDS[5], reason="Also on lake levels"),
    ),
    backlinks=tuple(
        BacklinkItem(
            card=CARDS[1 + n % 5],
            before="The mills read it another way, as " if n % 2 else "",
            text="the draft accord",
            after=" defines a dry month by the gauge at Hale alone.",
        )
        for n in range(8)
    ),
    topic_previous=CARDS[1],
    topic_next=CARDS[0],
    image=None,
    translations=(
        card("akkord", "Was der Entwurf regelt", "", DAY, lang="de"),
        card("accord", "Ce que règle le projet", "", DAY, lang="fr"),
    ),
    mark="",
)  # fmt: skip

EMPTY_BRIEFING = replace(
    BRIEFING,
    url=CARDS[4].url,
    title=CARDS[4].title,
    description="",
    section="",
    trail=(TODAY,),
    feeds=None,
    edit_url="",
    summary="Rents rose.",
    show_summary=False,
    authors=(BEN,),
    editor=None,
    place="",
    published_iso="2031-05-02",
    published=CARDS[4].published,
    updated=None,
    updated_iso="",
    minutes=1,
    topics=(),
    storylines=(),
    rail=None,
    status="",
    key_points=(),
    why="",
    toc=(),
    coming=(),
    sources=(),
    changes=(Change(date=CARDS[4].published, kind="published", text=""),),
    related=(),
    backlinks=(),
    topic_previous=None,
    topic_next=None,
    translations=(),
)
SUPERSEDED = replace(
    BRIEFING,
    url="briefings/2031/first-reading/",
    title="A first reading of the accord",
    status="superseded",
    successor=CARDS[0],
    mark="scheduled",
    noindex=True,
    toc=BRIEFING.toc[:2],
    rail=replace(
        RAIL,
        part=1,
        first=None,
        skipped=0,
        parts=(
            RailPart(title="A first reading", url="briefings/2031/first-reading/", date=DAY, current=True),
        ),
        previous=None,
    ),
    changes=(Change(date=date(2031, 5, 21), kind="correction", text="The vote is in September."), *CHANGES),
    problems=(
        "briefings/2031/first.md:5:9: error[unknown-topic]: 'watr' is not in topics.yml\n"
        "  hint: did you mean 'water'?",
        "briefings/2031/first.md:31:4: warning[uncited-source]: source 3 is not cited in the text",
    ),
)  # fmt: skip
ILLUSTRATED = replace(
    BRIEFING,
    url="briefings/2031/everything/",
    title="Everything that an extension can write, on one page",
    status="archived",
    image=ImageItem(url="images/pier.png", alt="A pier in the fog", credit="Ada Example"),
    rail=None,
    sources=SOURCES[:1],
    updated=None,
    changes=CHANGES[-1:],
    related=BRIEFING.related[:1],
    backlinks=BRIEFING.backlinks[:1],
    topic_previous=None,
)
FOREIGN = replace(
    BRIEFING,
    url="briefings/2031/misaha/",
    title="ما الذي يحسمه مشروع الاتفاق وما الذي يتركه للمهندسين",
    summary="اتفقت البلدات الأربع على من يحق له سحب المياه في الشهر الجاف.",
    description="اتفقت البلدات الأربع على من يحق له سحب المياه.",
    lang="ar",
    dir="rtl",
    key_points=(
        KeyPointItem(text="للشهر الجاف تعريف واحد في البلدات الأربع.", anchor=""),
        KeyPointItem(text="لكل بلدة حد أدنى لا يمسه الآخرون.", anchor=""),
    ),
    why="تعتمد المزارع ومستشفى واحد على أول شهر جاف.",
    toc=(
        TocItem(title="من يسحب أولا", anchor="a"),
        TocItem(title="من يقيس", anchor="b"),
        TocItem(title="ما لا نعرفه", anchor="c"),
    ),
    sources=SOURCES[:2],
    changes=CHANGES[-1:],
    updated=None,
)


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
    storyline_item(LINK, 14, "Two bids are in. The tender board has not said when it decides.", None),
    storyline_item(TARIFF, 1, "", COMING[2]),
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
        Change(date=date(2031, 5, 1), kind="update", text="Added the April readings.", card=CARDS[5]),
    ),
    ahead=COMING,
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
    trail=(TODAY, Ref(title="All topics", url="topics/"), Ref(title="The basin", url="topics/basin/")),
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
        StateItem(instrument="Floor for each town", now="In force since 2019", state="holds", next="", card=CARDS[7]),
        StateItem(instrument="Dry-month order", now="Draft out for comment", state="moves", next="1 July, comment closes", card=CARDS[0]),
        StateItem(instrument="Gauge committee", now="Appointed, has not met", state="waits", next="2 June, first meeting", card=None),
    ),
    featured=(CARDS[7], CARDS[1], CARDS[0]),
    years=years(CARDS[0], DRAFT, CARDS[1], CARDS[5], CARDS[7]),
    paging=Older(newer=None, older=Ref(title="Older", url="topics/water/page-1/")),
    storylines=STORYLINES,
    related=(RelatedTopic(topic=FERRIES, shared=6), RelatedTopic(topic=POWER, shared=1)),
    contributors=(AuthorItem(author=ADA, count=12), AuthorItem(author=DESK, count=1)),
)  # fmt: skip
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

# Lists, people, time -----------------------------------------------------------------------

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
    TopicRow(topic=topic("basin", "The basin", 61), description="The lake and what feeds it.", depth=0, latest=DAY),
    TopicRow(topic=replace(WATER, count=42), description=TOPIC.intro, depth=1, latest=DAY),
    TopicRow(topic=LEVELS, description="", depth=2, latest=DAY),
    TopicRow(topic=CANALS, description="", depth=2, latest=None),
    TopicRow(topic=replace(FERRIES, count=18), description="Boats, piers, timetables.", depth=1, latest=DAY),
    TopicRow(topic=replace(POWER, count=3), description="Lines, stations and tariffs.", depth=0, latest=DAY),
    TopicRow(topic=replace(HOUSING, count=1), description="", depth=0, latest=None),
)  # fmt: skip
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
    letters=(
        AuthorLetter(letter="A", rows=(AuthorItem(author=ADA, count=12),)),
        AuthorLetter(letter="B", rows=(AuthorItem(author=BEN, count=1),)),
        AuthorLetter(
            letter="C", rows=(AuthorItem(author=CLEO, count=4), AuthorItem(author=DESK, count=30))
        ),
    ),
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
                event(DAY, "The secretariat publishes a draft accord. It goes to the four councils.", "Agreement", key=True, source=replace(SOURCES[0], number=0), card=CARDS[0]),
                event(date(2031, 5, 12), "", card=CARDS[1]),
                event(date(2031, 2, 3), "The towns publish what they pump.", "Data", source=replace(SOURCES[1], number=0)),
                event(date(2031, 1, 1), "Talks begin at Hale.", "Talks", precision="month", key=True),
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
)  # fmt: skip
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
                month(date(year, number, 1).strftime("%B %Y"), f"archive/{year}/{number:02}/", count=number)
                for number in range(last, 0, -1)
            ),
        )
        for year, last in ((2031, 5), (2030, 12))
    ),
)  # fmt: skip
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
        (2030, (Change(date=date(2030, 12, 4), kind="update", text="Added the harbour fund.", card=CARDS[6]),)),
    ),
)  # fmt: skip
EDITION = EditionView(
    template="edition.html",
    url="editions/2031-w20/",
    title="Edition 20",
    description="The week in five.",
    section="editions",
    trail=(TODAY, Ref(title="Editions", url="editions/")),
    number=20,
    published=date(2031, 5, 18),
    minutes=20,
    picks=FRONT.five,
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
PROBLEMS = ProblemsView(
    template="problems.html",
    url="problems/first/",
    title="2031/first.md",
    description="This file could not be read.",
    noindex=True,
    problems=SUPERSEDED.problems,
)


def specimens() -> Iterator[Specimen]:
    """Every page type, the rich one first, then what is left when a site has little."""
    yield Specimen("front", FRONT, body=PLAIN)
    yield Specimen("front-plain", PLAIN_FRONT)
    yield Specimen("front-empty", EMPTY_FRONT, serving=True, bare=True)
    yield Specimen("briefing", BRIEFING, body=PROSE, structured='{"@type":"NewsArticle"}')
    yield Specimen("briefing-everything", ILLUSTRATED, body=EVERYTHING)
    yield Specimen("briefing-empty", EMPTY_BRIEFING, bare=True)
    yield Specimen("briefing-superseded", SUPERSEDED, body=PROSE, serving=True)
    yield Specimen("briefing-foreign", FOREIGN, body=ARABIC)
    yield Specimen("topic", TOPIC)
    yield Specimen("topic-empty", EMPTY_TOPIC)
    yield Specimen("list", LIST)
    yield Specimen("list-month", MONTH)
    yield Specimen("topics", TOPICS)
    yield Specimen("topics-flat", FLAT_TOPICS)
    yield Specimen("author", AUTHOR)
    yield Specimen("author-empty", EMPTY_AUTHOR)
    yield Specimen("authors", AUTHORS)
    yield Specimen("storyline", STORYLINE)
    yield Specimen("storyline-empty", EMPTY_STORYLINE)
    yield Specimen("storylines", STORYLINES_VIEW)
    yield Specimen("storylines-empty", replace(STORYLINES_VIEW, open=(), closed=()))
    yield Specimen("archive", ARCHIVE)
    yield Specimen("archive-year", ARCHIVE_YEAR)
    yield Specimen("plain", PLAIN_VIEW, body=PLAIN)
    yield Specimen("plain-short", replace(PLAIN_VIEW, toc=(), edit_url=""), body=PLAIN)
    yield Specimen("changes", CHANGES_VIEW)
    yield Specimen("changes-empty", replace(CHANGES_VIEW, years=()))
    yield Specimen("edition", EDITION, body=PLAIN)
    yield Specimen(
        "edition-empty",
        replace(EDITION, url="editions/e/", picks=(), number=0, minutes=0, previous=None),
    )
    yield Specimen("editions", EDITIONS)
    yield Specimen("editions-empty", replace(EDITIONS, editions=()))
    yield Specimen("404", NOT_FOUND)
    yield Specimen("problems", PROBLEMS, serving=True)
