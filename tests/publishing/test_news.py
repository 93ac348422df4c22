"""The news sitemap holds what was first published in the last two days, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from mkdocs_briefings.publishing import news
from mkdocs_briefings.publishing.news import news_sitemap
from mkdocs_briefings.viewing.parts import Chrome
from mkdocs_briefings.viewing.records import BriefingView

from .conftest import FOREIGN, URL, make_briefing

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def at(hours: float, slug: str = "x", **changes: Any) -> BriefingView:
    """A briefing published so many hours before `NOW`."""
    moment = (NOW - timedelta(hours=hours)).isoformat()
    return make_briefing(slug, **({"published_iso": moment} | changes))


def entries(data: bytes) -> list[dict[str, str]]:
    tree = ET.fromstring(data)
    assert tree.tag == f"{MAP}urlset"
    found = []
    for entry in tree:
        assert entry.tag == f"{MAP}url"
        found.append(
            {node.tag.rpartition("}")[2]: node.text or "" for node in entry.iter() if node.text}
        )
    return found


def test_an_entry_says_what_the_page_says(chrome: Chrome) -> None:
    data = news_sitemap([at(1, published_iso="2026-06-01T09:30:00+02:00")], chrome, NOW)
    assert entries(data) == [
        {
            "loc": f"{URL}briefings/2026/x/",
            "name": "The Specimen & Daily",
            "language": "en",
            "publication_date": "2026-06-01T09:30:00+02:00",
            "title": "Quota review opens",
        }
    ]
    order = [node.tag.rpartition("}")[2] for node in ET.fromstring(data).iter()]
    assert order == [
        *("urlset", "url", "loc", "news", "publication", "name", "language"),
        *("publication_date", "title"),
    ]


@pytest.mark.parametrize(
    ("published", "told"),
    [
        pytest.param({"hours": 47}, True, id="47 hours ago"),
        pytest.param({"hours": 49}, False, id="49 hours ago"),
        pytest.param({"hours": 48}, True, id="two days to the second"),
        pytest.param({"hours": 0}, True, id="now"),
        pytest.param({"hours": -1}, False, id="in an hour"),
        pytest.param({"hours": 1, "noindex": True}, False, id="held back or not to be found"),
        pytest.param({"hours": 0, "published_iso": "2026-05-31"}, True, id="yesterday"),
        pytest.param({"hours": 0, "published_iso": "2026-05-30"}, False, id="a day from midnight"),
        pytest.param(
            {"hours": 99, "updated_iso": "2026-06-01"}, False, id="old and updated: first published"
        ),
        pytest.param(
            {"hours": 0, "published_iso": "2026-05-30T08:00:00-05:00"}, True, id="in another zone"
        ),
    ],
)
def test_two_days(published: dict[str, Any], told: bool, chrome: Chrome) -> None:
    assert bool(entries(news_sitemap([at(**published)], chrome, NOW))) is told


def test_it_is_valid_when_there_is_no_news(chrome: Chrome) -> None:
    data = news_sitemap([], chrome, NOW)
    assert entries(data) == []
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<urlset ")


def test_the_newest_come_first_and_no_more_than_allowed(
    chrome: Chrome, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert news.LIMIT == 1000
    monkeypatch.setattr(news, "LIMIT", 3)
    views = [at(hours, f"b{hours}") for hours in (5, 1, 4, 2, 3)]
    found = [entry["loc"] for entry in entries(news_sitemap(views, chrome, NOW))]
    assert found == [f"{URL}briefings/2026/b{n}/" for n in (1, 2, 3)]
    assert news_sitemap(views[::-1], chrome, NOW) == news_sitemap(views, chrome, NOW)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("pt-BR", "pt"), ("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-HK", "zh-tw"), ("", "en")],
)
def test_languages(lang: str, expected: str, chrome: Chrome) -> None:
    (entry,) = entries(news_sitemap([at(1, lang=lang)], chrome, NOW))
    assert entry["language"] == expected


@FOREIGN
def test_titles_come_back_as_written(text: str, chrome: Chrome) -> None:
    (entry,) = entries(news_sitemap([at(1, title=text)], chrome, NOW))
    assert entry["title"] == text


def test_a_site_without_address_has_no_news_sitemap(homeless: Chrome) -> None:
    with pytest.raises(ValueError, match="site_url"):
        news_sitemap([], homeless, NOW)
