"""Specimen views for the machine outputs: every name, figure and address is invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from mkdocs_briefings.publishing.feeds import Entry, Feed
from mkdocs_briefings.viewing.parts import (
    AuthorRef,
    Card,
    Change,
    Chrome,
    FeedRef,
    ImageItem,
    KeyPointItem,
    NavGroup,
    NavLink,
    Rail,
    Ref,
    SourceItem,
    StorylineRef,
    TopicRef,
)
from mkdocs_briefings.viewing.records import BriefingView, ChangesView, View

URL = "https://specimen.example/daily/"
"""A site under a sub-path: addresses that forget it are found out."""

TODAY = Ref(title="Today", url="")
ADA = AuthorRef(key="ada", name="Ada Example", url="authors/ada/", role="Reporter")
BO = AuthorRef(key="bo", name="Bo Specimen", url="authors/bo/")
DESK = AuthorRef(key="desk", name="The Trade Desk", url="authors/desk/", desk=True)
TARIFFS = TopicRef(key="tariffs", title="Tariffs & quotas", url="topics/tariffs/", count=7)
PORTS = TopicRef(key="ports", title="Ports", url="topics/ports/")
REVIEW = StorylineRef(key="review", title="The quota review", url="storylines/review/")

TEXTS: Mapping[str, str] = {
    "plain": "Quota review opens",
    "markup": "<b>Bold</b> & <script>alert(1)</script>",
    "quotes": "The \"second\" quarter's 'first' look",
    "entities": "R&amp;D &lt;not a tag&gt; &#39;",
    "script end": "</script><!-- ]]> --> </title>",
    "emoji": "Ships 🚢 and flags 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩‍👩‍👧",
    "cjk": "関税の見直しが始まる",
    "rtl": "بدء مراجعة الحصص “اليوم”",
    "separators": "One\u2028two\u2029three\u0085four\u00a0five",
    "template": "{{ 7*191 }} ${x} %s {title}",
    "combining": "Cafe\u0301 e\u0301tude \u0928\u093f",
}
"""Texts that honest and hostile authors write, each to come out as it went in."""

FOREIGN = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def make_chrome(**changes: Any) -> Chrome:
    values: dict[str, Any] = {
        "name": "The Specimen & Daily",
        "purpose": "Invented news, briefly.",
        "url": URL,
        "lang": "en",
        "dir": "ltr",
        "sections": (),
        "footer": (
            NavGroup(
                title="About",
                links=(
                    NavLink(title="Who we are", url="about/"),
                    NavLink(title="Who writes", url="authors/"),
                    NavLink(title="Corrections", url="corrections/"),
                    NavLink(title="Editorial rules", url="editorial-rules.html"),
                ),
            ),
        ),
        "licence": "CC BY 4.0",
        "licence_url": "https://licences.example/by/4.0/",
    }
    return Chrome(**values | changes)


def make_card(slug: str = "quotas", **changes: Any) -> Card:
    values: dict[str, Any] = {
        "slug": slug,
        "title": f"On {slug}",
        "url": f"briefings/2026/{slug}/",
        "summary": f"All about {slug}.",
        "published": date(2026, 3, 17),
        "minutes": 2,
        "authors": (ADA,),
        "topic": TARIFFS,
    }
    return Card(**values | changes)


def make_briefing(slug: str = "quota-review", **changes: Any) -> BriefingView:
    """A briefing with everything that machine outputs speak of."""
    values: dict[str, Any] = {
        "template": "briefing.html",
        "url": f"briefings/2026/{slug}/",
        "title": "Quota review opens",
        "description": "The review opens on Monday.",
        "trail": (TODAY, Ref(title=TARIFFS.title, url=TARIFFS.url)),
        "card": f"assets/cards/{slug}.png",
        "slug": slug,
        "summary": "The review opens on Monday & runs to June.",
        "show_summary": True,
        "authors": (ADA, DESK),
        "editor": BO,
        "place": "Port Example",
        "published": date(2026, 3, 17),
        "published_iso": "2026-03-17T09:30:00+02:00",
        "updated": date(2026, 4, 2),
        "updated_iso": "2026-04-02",
        "minutes": 4,
        "words": 812,
        "topics": (TARIFFS, PORTS),
        "storylines": (REVIEW,),
        "rail": Rail(storyline=REVIEW, part=3, first=None, skipped=0, parts=()),
        "status": "developing",
        "successor": None,
        "key_points": (
            KeyPointItem(text="Quotas < 5% stay", anchor="quotas"),
            KeyPointItem(text="Ports & rail wait", anchor=""),
        ),
        "why": "Importers must refile.",
        "toc": (),
        "coming": (),
        "sources": (make_source(1), make_source(2, url="", publisher="", lang="", archived="")),
        "changes": (
            Change(date=date(2026, 4, 2), kind="correction", text="It is 5 %, not 6 %."),
            Change(date=date(2026, 3, 20), kind="update", text=""),
            Change(date=date(2026, 3, 17), kind="published", text=""),
        ),
        "related": (),
        "backlinks": (),
        "topic_previous": None,
        "topic_next": None,
        "image": ImageItem(url="images/port.png", alt="A port at dawn", credit="C. Invented"),
        "translations": (),
        "mark": "",
    }
    return BriefingView(**values | changes)


def make_source(number: int, **changes: Any) -> SourceItem:
    values: dict[str, Any] = {
        "number": number,
        "title": f"Document no. {number}",
        "publisher": "Ministry of Examples",
        "date": "31 May 2026",
        "date_iso": "2026-05-31",
        "url": f"https://documents.example/{number}",
        "kind": "Official",
        "lang": "fr",
        "archived": f"https://archive.example/{number}",
        "cited": 1,
    }
    return SourceItem(**values | changes)


def make_feed(*entries: Entry | Change, **changes: Any) -> Feed:
    values: dict[str, Any] = {
        "title": "Tariffs & quotas",
        "home": "topics/tariffs/",
        "atom_url": "topics/tariffs/feed.xml",
        "json_url": "topics/tariffs/feed.json",
        "entries": entries,
        "lang": "en",
        "description": "What changes at the border.",
    }
    return Feed(**values | changes)


def make_changes(*changes: Change, **others: Any) -> ChangesView:
    values: dict[str, Any] = {
        "template": "changes.html",
        "url": "changes/",
        "title": "Updates and corrections",
        "description": "Every logged change.",
        "trail": (TODAY,),
        "feeds": FeedRef(
            title="Updates and corrections", atom="changes/feed.xml", json="changes/feed.json"
        ),
        "intro": "",
        "years": ((2026, changes),),
    }
    return ChangesView(**values | others)


def make_view(kind: type[View], **values: Any) -> View:
    """A view of any kind with a trail; `values` are its own fields."""
    base: dict[str, Any] = {
        "template": "x.html",
        "url": "here/",
        "title": "Here",
        "description": "What is here.",
        "trail": (TODAY,),
    }
    return kind(**base | values)


@pytest.fixture
def chrome() -> Chrome:
    return make_chrome()


@pytest.fixture
def homeless() -> Chrome:
    """A site that does not know its own address."""
    return make_chrome(url="")
