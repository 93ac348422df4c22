"""The people, topics and briefings of the specimens: a basin that does not exist."""

from __future__ import annotations

from datetime import date

from mkdocs_briefings.viewing.parts import (
    AuthorRef,
    Card,
    Chrome,
    NavGroup,
    NavLink,
    Older,
    StorylineRef,
    TopicRef,
    YearGroup,
)

CHROME = Chrome(
    name="The Oren Brief",
    purpose="Short, signed briefings on the Oren basin. Every change is public and dated.",
    url="https://brief.example/",
    card="assets/card.png",
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
                NavLink(title="Corrections", url="changes/corrections/"),
                NavLink(title="Updates and corrections", url="changes/"),
                NavLink(title="Archive", url="archive/"),
            ),
        ),
    ),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    repo_url="https://git.example/oren/brief",
    mend_url="contribute/#fix-a-mistake",
    asset_version="0a1b2c3d",
)
BARE_CHROME = Chrome(
    name="Notes", purpose="", url="", lang="en", dir="ltr", sections=(), footer=(), asset_version=""
)


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
        status="superseded",
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
