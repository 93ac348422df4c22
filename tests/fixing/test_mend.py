"""Mending: only what is mechanical, not a byte more, and to the point where nothing is left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.catalog.codes import CODES
from mkdocs_briefings.catalog.problem import Severity
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.fixing.mend import Known, alone, mend
from mkdocs_briefings.fixing.source import Source
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.reading.registries import Registries, read_registries
from mkdocs_briefings.reading.values import meant

TOPICS = """\
tariffs:
  title: Customs tariffs
  aliases: [duties, Customs duties]
banks:
  aliases: [lenders]
ports:
"""


@pytest.fixture(scope="module")
def registries(tmp_path_factory: pytest.TempPathFactory) -> Registries:
    folder = tmp_path_factory.mktemp("content")
    (folder / "topics.yml").write_text(TOPICS, encoding="utf-8")
    return read_registries(folder, ["topics.yml"])


def mended(front: str, registries: Registries, *moved: str, path: str = "a.md") -> str:
    text = f"---\n{front}\n---\nText.\n"
    known = Known(registries, Settings(), moved)
    result = mend(path, text.encode(), known)
    again = mend(path, result.data, known)
    assert again.data == result.data
    assert not again.fixes
    assert bool(result.fixes) == (result.data != text.encode())
    new = result.data.decode()
    assert new.endswith("\n---\nText.\n")
    return new.removeprefix("---\n").removesuffix("\n---\nText.\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("tags: [banks]  # why", "topics: [banks]  # why", id="a foreign key"),
        pytest.param("'tags' :  [banks]", "topics :  [banks]", id="a key in quotes"),
        pytest.param("lastmod: 2026-03-17", "updated: 2026-03-17", id="lastmod"),
        pytest.param("description: >-\n  A long\n  text.", "summary: >-\n  A long\n  text.",
                     id="a value of several lines stays"),
        pytest.param("Title: A", "title: A", id="our key in capitals"),
        pytest.param("key-points: [One., Two.]", "key_points: [One., Two.]", id="with a dash"),
        pytest.param("sources:\n  - {name: A, href: 'https://a.example/'}",
                     "sources:\n  - {title: A, url: 'https://a.example/'}", id="keys of entries"),
        pytest.param("redirect_from:\n  - /2019/a/  # first\n  - b/",
                     "aliases:\n  - 2019/a/  # first\n  - b/", id="and their first slash"),
        pytest.param("pubDate: March 17th, 2026", "date: 2026-03-17", id="key, then date"),
        pytest.param("date: 17 March 2026  # c", "date: 2026-03-17  # c", id="day and month"),
        pytest.param("date: \"17/03/2026\"", "date: \"2026-03-17\"", id="quotes stay"),
        pytest.param("date: 2026/3/7", "date: 2026-03-07", id="year first"),
        pytest.param("date: Tue, 17 March 2026", "date: 2026-03-17", id="the right weekday"),
        pytest.param("date: 5.5.2026", "date: 2026-05-05", id="day and month alike"),
        pytest.param("events:\n  - {date: 'Sept 3, 2026', text: A}",
                     "events:\n  - {date: '2026-09-03', text: A}", id="dates of entries"),
        pytest.param("topics: [duties, ports]", "topics: [tariffs, ports]", id="an alias"),
        pytest.param("topics:\n- 'Customs duties' # x", "topics:\n- 'tariffs' # x",
                     id="an alias in quotes"),
    ],
)  # fmt: skip
def test_mended(registries: Registries, before: str, after: str) -> None:
    assert mended(before, registries) == after


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("date: 04/05/2026", id="day and month may be either"),
        pytest.param("date: 4/5/26", id="a year of two digits"),
        pytest.param("date: 17 March 2026, noon", id="a time would be lost"),
        pytest.param("date: Wed, 17 March 2026", id="the weekday contradicts"),
        pytest.param("date: 31 February 2026", id="no such day"),
        pytest.param("date: 2026-13-02", id="a month too many"),
        pytest.param("date: 2026-03-17 10:00", id="a time without zone"),
        pytest.param("date: 17 Marble 2026", id="no month"),
        pytest.param("tags: [a]\ntopics: [b]", id="the key is there"),
        pytest.param("tags: [a]\ncategories: [b]", id="two keys for one"),
        pytest.param("tags: [a]\ntags: [b]", id="a key twice"),
        pytest.param("tags: a, b", id="a text where a list is wanted"),
        pytest.param("byline: Ada\nauthors: [Ida]", id="its other name is there"),
        pytest.param("lastmod: 2026-03-17T10:00:00Z", id="a time where a day is wanted"),
        pytest.param("pubdate: 04/05/2026", id="the value would be wrong there"),
        pytest.param("lastmod: >-\n  17 March\n  2026", id="a date over several lines stays"),
        pytest.param("language: English", id="no language tag"),
        pytest.param("redirect_from: [/a/, 'https://old.example/b/']", id="no such old address"),
        pytest.param("titel: A", id="only near"),
        pytest.param("cover: a.png", id="a picture needs words"),
        pytest.param("location: Geneva", id="where it happened, or where it was written"),
        pytest.param("sources: [{title: A, author: Ida}]", id="an author is no publisher"),
        pytest.param("layout: wide", id="what would have to go"),
        pytest.param("topics: [duties, Customs duties]", id="two names of one topic"),
        pytest.param("topics: [duties, tariffs]", id="an alias beside its key"),
        pytest.param("topics: [Customs tariffs]", id="a title is no alias"),
        pytest.param("topics: [unknown]", id="no topic"),
        pytest.param("title: [", id="no YAML"),
        pytest.param("x: &a b\ny: *a\ntags: [c]", id="YAML of a kind that is not read"),
    ],
)
def test_left_alone(registries: Registries, front: str) -> None:
    assert mended(front, registries) == front


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("title: A # c", "title: A # c\naliases: [b/2/, c/]", id="no list yet"),
        pytest.param("aliases: [x/]  # c", "aliases: [x/, b/2/, c/]  # c", id="in a row"),
        pytest.param("aliases: []", "aliases: [b/2/, c/]", id="in an empty row"),
        pytest.param("aliases: [x/,\n  y/]\nlang: en", "aliases: [x/,\n  y/, b/2/, c/]\nlang: en",
                     id="in a row of two lines"),
        pytest.param("aliases:\n  - x/ # c\n# d\nlang: en",
                     "aliases:\n  - x/ # c\n  - b/2/\n  - c/\n# d\nlang: en", id="in a list"),
        pytest.param("aliases:\n- 'x/'", "aliases:\n- 'x/'\n- b/2/\n- c/", id="not indented"),
        pytest.param("aliases: x/ # c", "aliases: [x/, b/2/, c/] # c", id="a single one"),
        pytest.param("redirect_from: [/x/]", "aliases: [x/, b/2/, c/]", id="under a foreign key"),
        pytest.param("aliases: [b/2/]", "aliases: [b/2/, c/]", id="one is there"),
        pytest.param("aliases: >\n  x/", "aliases: >\n  x/", id="written too strangely"),
    ],
)  # fmt: skip
def test_old_addresses(registries: Registries, before: str, after: str) -> None:
    assert mended(before, registries, "b/2/", "c/") == after


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_byte_order_mark_stay(registries: Registries, mark: str, end: str) -> None:
    old = f"{mark}---\ntags: [duties] # ä\naliases:\n- x/\ndate: 17 Mar 2026\n---\nOne.\n\nTwo."
    new = f"{mark}---\ntopics: [tariffs] # ä\naliases:\n- x/\n- b/\ndate: 2026-03-17\n---\n"
    new += "One.\n\nTwo.\n"
    known = Known(registries, Settings(), ("b/",))
    result = mend("a.md", old.replace("\n", end).encode(), known)
    assert result.data == new.replace("\n", end).encode()
    assert mend("a.md", result.data, known).data == result.data


@pytest.mark.parametrize(
    ("data", "after"),
    [
        pytest.param(b"", b"", id="nothing"),
        pytest.param(b"\xef\xbb\xbf", b"\xef\xbb\xbf", id="only a mark"),
        pytest.param(b"a", b"a\n", id="no front matter"),
        pytest.param(b"---\ntags: [a]", b"---\ntags: [a]\n", id="never closed"),
        pytest.param(b"Caf\xe9", b"Caf\xe9", id="not UTF-8"),
        pytest.param(b"\xff\xfea\x00", b"\xff\xfea\x00", id="UTF-16"),
        pytest.param(b"\x00binary", b"\x00binary", id="no text"),
    ],
)
def test_files_that_cannot_be_read(registries: Registries, data: bytes, after: bytes) -> None:
    assert mend("a.md", data, Known(registries)).data == after


def test_registries_and_pages(registries: Registries) -> None:
    known = Known(registries)
    topics = b"banks:\n  now: {text: A, checked: 3/17/2026}  # c\n  tags: [x]"
    assert mend("topics.yml", topics, known).data == (
        b"banks:\n  now: {text: A, checked: 2026-03-17}  # c\n  tags: [x]\n"
    )
    page = b"---\nname: A\ntags: [duties]\n---\nText.\n"
    assert mend("pages/a.md", page, known).data == page.replace(b"name", b"title"), "no topics"
    front = b"---\ntopics: [duties]\n---\n"
    assert mend("index.md", front, known).data == front.replace(b"duties", b"tariffs")


def test_second_spellings_take_the_first(tmp_path: Path) -> None:
    head = "author: A\ndate: 2026-03-17\nsummary: S\n"
    for name, topic in (("a", "Bond markets"), ("b", "bond-markets")):
        text = f"---\ntitle: T\n{head}topics: [{topic}]\n---\nText.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    known = Known(read(tmp_path).registries)
    data = (tmp_path / "b.md").read_bytes()
    assert mend("b.md", data, known).data == data.replace(b"bond-markets", b"Bond markets")
    data = (tmp_path / "a.md").read_bytes()
    assert mend("a.md", data, known).data == data


# What writers type, in pieces: whatever is put together, mending holds what it promises.
KEYS = ("title tags topics Topics categories lastmod updated pubdate date description summary "
        "redirect_from aliases byline author authors lang language references sources cover "
        "weight key-points titel").split()  # fmt: skip
VALUES = [
    *("A", "'A b'", '"A: b"', "17 March 2026", "3/17/2026", "04/05/2026", "'2026/3/7'"),
    *("[duties]", "[ 'lenders' , ports ]", "\n  - duties # c\n  - x", "[/a/, b/]", "/old/", ""),
    *("\n- {name: A, href: 'https://a.example/', date: 1 May 2026}", "|\n  Long\n  text", "en"),
    *("2026-03-17", ">-\n  17 March\n  2026", "[[a]]", "{a: b}", "&x y", "!t z", "'it''s'"),
]
LINES = st.builds(
    "{}{}: {}{}".format,
    st.sampled_from(["", "", "", "# note\n", "\n"]),
    st.one_of(st.sampled_from(KEYS), st.sampled_from(KEYS).map(repr)),
    st.sampled_from(VALUES),
    st.sampled_from(["", "", "  # why", " "]),
)
BODIES = st.text(st.sampled_from("a b\n\r-#\u2028é\t:[]"), max_size=30)


@given(
    lines=st.lists(LINES, min_size=1, max_size=6),
    body=BODIES,
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
    moved=st.lists(st.sampled_from(["b/2/", "c/"]), max_size=2, unique=True),
)
def test_promises(
    registries: Registries, lines: list[str], body: str, end: str, mark: str, moved: list[str]
) -> None:
    text = mark + f"---\n{chr(10).join(lines)}\n---\n".replace("\n", end)
    data = (text + body).encode()
    known = Known(registries, Settings(), tuple(moved))
    result = mend("a.md", data, known)
    assert mend("a.md", result.data, known) == type(result)(result.data), "twice is once"
    # The body, whatever line ends it mixes, stays byte for byte.
    added = b"" if body.endswith(("\n", "\r")) or not body else end.encode()
    assert result.data.endswith((text[-len(end) :] + body).encode() + added)
    assert result.data.count(b"#") == data.count(b"#"), "comments stay"
    assert result.data.startswith(mark.encode())
    before, after = (alone("a.md", d, Settings()) for d in (data, result.data))
    worse = Counter(p.code for p in after if firm(p.code)) - Counter(p.code for p in before)
    assert not worse, "the record is the same or better"
    errors = [sum(p.severity == Severity.ERROR for p in found) for found in (before, after)]
    assert errors[1] <= errors[0]
    lost = texts(data) - texts(result.data)
    assert all(meant(t) or t.startswith("/") or t in ("duties", "lenders") for t in lost), lost


def firm(code: str) -> bool:
    return CODES[code].firm


def texts(data: bytes) -> Counter[str]:
    """Every value of the front matter, counted."""
    return Counter(value.text for value in Source.of(data).values)
