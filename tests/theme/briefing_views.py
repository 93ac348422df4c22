"""Specimens of the page of a briefing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mkdocs_briefings.viewing.parts import (
    BacklinkItem,
    Change,
    EditItem,
    EventItem,
    FeedRef,
    ImageItem,
    KeyPointItem,
    Rail,
    RailPart,
    Ref,
    RelatedCard,
    SourceItem,
    TocItem,
)
from mkdocs_briefings.viewing.records import BriefingView

from .basin import (
    ACCORD,
    ADA,
    BEN,
    CANALS,
    CARDS,
    CLEO,
    DAY,
    LEVELS,
    LINK,
    WATER,
    card,
)

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
    day: date,
    text: str,
    kind: str = "",
    *,
    key: bool = False,
    precision: str = "day",
    **rest: object,
) -> EventItem:
    return EventItem(date=day, precision=precision, text=text, kind=kind, key=key, **rest)  # type: ignore[arg-type]


COMING = (
    event(date(2031, 6, 2), "The gauge committee meets for the first time", "Talks"),
    event(date(2031, 7, 1), "Comment on the draft closes", "Deadline", source=SOURCES[0]),
    event(date(2031, 9, 1), "Councils of the four towns vote", "Ruling", precision="month"),
    event(date(2032, 1, 1), "First dry-month plan applies", "Rule", precision="year", key=True),
)

COMMIT = "https://git.example/oren/brief/commit/" + "0a1b2c3d" * 5
CHANGES = (
    Change(date=date(2031, 5, 20), kind="update", text="", url=COMMIT),
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
            status="superseded",
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
    number="WP-12",
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
        KeyPointItem(
            text="A dry month now has one definition, the same in all four towns.",
            anchor="who-draws-first",
        ),
        KeyPointItem(
            text="Each town keeps a floor that the others may not touch. No more is promised.",
            anchor="who-draws-first",
        ),
        KeyPointItem(
            text="A committee of engineers owns the gauges, and has no budget.",
            anchor="who-measures",
        ),
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
    edits=(
        EditItem(date=date(2031, 5, 20), text="Say who pays for the gauges", url=COMMIT),
        EditItem(date=date(2031, 5, 18), text="", url=COMMIT),
        EditItem(date=DAY, text="Tell what <b>the draft</b> settles", url=""),
    ),
    edit_count=3,
    version_url="https://git.example/oren/brief/blob/" + "0a1b2c3d" * 5 + "/2031/draft.md",
)

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
    edits=(),
    edit_count=0,
    version_url="",
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
            RailPart(
                title="A first reading", url="briefings/2031/first-reading/", date=DAY, current=True
            ),
        ),
        previous=None,
    ),
    changes=(
        Change(date=date(2031, 5, 21), kind="correction", text="The vote is in September."),
        *CHANGES,
    ),
    problems=(
        "briefings/2031/first.md:5:9: error[unknown-topic]: 'watr' is not in topics.yml\n"
        "  hint: did you mean 'water'?",
        "briefings/2031/first.md:31:4: warning[uncited-source]: source 3 is not cited in the text",
    ),
)
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
    edit_count=213,
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
