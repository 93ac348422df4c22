"""The sitemap is valid, sorted, complete and the same on every machine."""

from __future__ import annotations

import gzip
import struct
from datetime import date
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from mkdocs_briefings.publishing import sitemap as module
from mkdocs_briefings.publishing.sitemap import compressed, robots, sitemap, sitemap_names, sitemaps
from mkdocs_briefings.viewing.parts import Chrome

from .conftest import URL, make_chrome

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES: list[tuple[str, date | None]] = [
    ("topics/tariffs/", date(2026, 4, 2)),
    ("", None),
    ("関税/", date(2026, 1, 5)),
    ("search/?q=a&b=<c>", None),
]


def rows(data: bytes, element: str = "url") -> list[tuple[str, str | None]]:
    tree = ET.fromstring(data)
    assert {node.tag for node in tree} <= {f"{NS}{element}"}
    return [(node.findtext(f"{NS}loc", ""), node.findtext(f"{NS}lastmod")) for node in tree]


def test_sitemap(chrome: Chrome) -> None:
    data = sitemap(PAGES, chrome)
    assert rows(data) == [
        (URL, None),
        (f"{URL}%E9%96%A2%E7%A8%8E/", "2026-01-05"),
        (f"{URL}search/?q=a&b=%3Cc%3E", None),
        (f"{URL}topics/tariffs/", "2026-04-02"),
    ]
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<urlset ")
    assert sitemap(PAGES[::-1], chrome) == data, "input order must not matter"


def test_an_empty_sitemap_is_valid(chrome: Chrome) -> None:
    assert rows(sitemap([], chrome)) == []


def test_a_small_site_has_one_file_and_its_gz(chrome: Chrome) -> None:
    files = sitemaps(PAGES, chrome)
    assert list(files) == ["sitemap.xml", "sitemap.xml.gz"]
    assert files["sitemap.xml"] == sitemap(PAGES, chrome)
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]


def test_a_large_site_has_an_index(chrome: Chrome) -> None:
    pages: list[tuple[str, date | None]] = [(f"p{n}/", date(2026, 1, n)) for n in range(1, 6)]
    pages.append(("q/", None))
    files = sitemaps(pages, chrome, limit=2)
    parts = [f"sitemap-{n}.xml" for n in (1, 2, 3)]
    assert sorted(files) == sorted(
        [*parts, "sitemap.xml", *(f"{name}.gz" for name in [*parts, "sitemap.xml"])]
    )
    assert [row for part in parts for row in rows(files[part])] == rows(sitemap(pages, chrome))
    assert rows(files["sitemap.xml"], "sitemap") == [
        (f"{URL}sitemap-1.xml", "2026-01-02"),
        (f"{URL}sitemap-2.xml", "2026-01-04"),
        (f"{URL}sitemap-3.xml", "2026-01-05"),
    ]
    for name in [*parts, "sitemap.xml"]:
        assert gzip.decompress(files[f"{name}.gz"]) == files[name]


def test_exactly_the_limit_needs_no_index(chrome: Chrome) -> None:
    assert set(sitemaps(PAGES, chrome, limit=4)) == {"sitemap.xml", "sitemap.xml.gz"}
    assert len(sitemaps(PAGES, chrome, limit=3)) == 6


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_names_are_known_before_anything_is_made(chrome: Chrome, limit: int) -> None:
    assert sitemap_names(len(PAGES), limit=limit) == tuple(sitemaps(PAGES, chrome, limit=limit))
    assert sitemap_names(0, limit=limit) == ("sitemap.xml", "sitemap.xml.gz")


def test_one_file_refuses_too_many(chrome: Chrome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 3)
    with pytest.raises(ValueError, match="4 pages are too many"):
        sitemap(PAGES, chrome)


def test_gzip_tells_no_time_name_or_system() -> None:
    data = compressed(b"x" * 1000)
    flags, time = struct.unpack("<3xBI", data[:8])
    assert (flags, time, data[9]) == (0, 0, 255)


def test_a_site_without_address_has_no_sitemap(homeless: Chrome) -> None:
    with pytest.raises(ValueError, match="a sitemap needs site_url"):
        sitemap(PAGES, homeless)
    with pytest.raises(ValueError, match="a sitemap needs site_url"):
        sitemaps(PAGES, homeless)
    with pytest.raises(ValueError, match="needs site_url"):
        robots(homeless, [])


def test_robots_read_where_the_sitemaps_are() -> None:
    told = robots(make_chrome(url="https://specimen.example/"), ["sitemap.xml", "news.xml"])
    assert told == (
        b"User-agent: *\nAllow: /\n\n"
        b"Sitemap: https://specimen.example/sitemap.xml\n"
        b"Sitemap: https://specimen.example/news.xml\n"
    )
    rules = RobotFileParser()
    rules.parse(told.decode().splitlines())
    assert rules.can_fetch("any", "https://specimen.example/briefings/")
    assert rules.site_maps() == [
        "https://specimen.example/sitemap.xml",
        "https://specimen.example/news.xml",
    ]


def test_a_site_below_a_path_leaves_robots_to_its_host(chrome: Chrome) -> None:
    assert robots(chrome, ["sitemap.xml"]) is None
