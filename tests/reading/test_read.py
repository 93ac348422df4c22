"""A folder read as a whole: records, places of problems, and what is told once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Event, Image, KeyPoint, Pick, Source, Status
from mkdocs_briefings.catalog.codes import CODES, grade
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.catalog.registries import Author, Now, StateRow
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.checking import problems
from mkdocs_briefings.fixing.folder import Recent
from mkdocs_briefings.reading.document import PassingFault
from mkdocs_briefings.reading.nodes import Fault
from mkdocs_briefings.reading.read import Reading, read

HEAD = "author: Ada Example\ndate: 2026-03-17\ntopics: [Banks]\nsummary: Short.\n"


def make(root: Path, text: str, given: Settings = Settings()) -> Reading:  # noqa: B008
    """Write files from `-- path --` sections and read the folder."""
    parts = re.split(r"^-- (.+) --\n", text, flags=re.MULTILINE)
    for name, content in zip(parts[1::2], parts[2::2], strict=True):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode())
    return read(root, given)


def told(found: tuple[Problem, ...]) -> list[str]:
    return [f"{p.path}:{p.line}:{p.column} {p.code}" for p in found]


FULL = f"""\
-- authors.yml --
ada: {{name: Ada Example, role: Reporter}}
trade-desk: {{name: Trade desk, desk: true}}
-- topics.yml --
economy:
  title: The economy
  children:
    banks:
      title: Central banks
      aliases: [money]
      featured: [rates-held]
      now:
        text: Rates are held.
        checked: 2026-03-18
        state:
          - {{instrument: Rate, now: 3 percent, state: waits, briefing: rates-held}}
prices: {{parent: economy}}
-- storylines.yml --
pause:
  title: The long pause
  status: awaiting
  awaiting: the meeting in June
  events:
    - {{date: 2026-06, text: The bank meets.}}
    - {{date: 2025, text: The pause begins., briefing: rates-held}}
-- glossary.yml --
basis-point: {{definition: A hundredth of a percent.}}
-- 2026/chart.png --
\x89PNG
-- 2026/Rates_held.md --
---
title: "Rates: held"
author: [Ada Example, trade-desk]
date: 2026-03-17 23:30:00 -0500
topics: [economy/banks, Prices]
summary: |
  The bank kept
  its rate.
key_points:
  - It kept its rate.
  - {{text: Prices rose., section: what-changed}}
why: Loans cost what they did.
storyline: The long pause
events:
  - {{date: 2026-03-17, text: The rate is held., kind: measure, key: true, source: 1}}
  - {{date: 2026-01, text: Prices rise.}}
sources:
  - {{title: Minutes, url: "https://bank.example/m", date: 2026-03, kind: official}}
related: [rates-cut, {{slug: Rates-Cut-2, reason: The cut.}}]
updated: 2026-03-20
corrections: [{{date: 2026-03-19, text: Mended.}}]
status: superseded
by: rates-cut
aliases: [2019/rates.html, old/rates]
lang: en-GB
editor: trade-desk
number: RP 2026/1
place: Frankfurt
facts: [r1]
---

## What changed

Nothing.[^1]
-- rates-cut.md --
---
title: Rates cut
{HEAD}---
Cut.
-- rates-cut-2.md --
---
title: no
{HEAD}translation_of: rates-cut
---
Cut.
-- pages/about.md --
---
title: About
---
Us.
-- editions/2026-w12.md --
---
title: The week
date: 2026-03-20
number: 12
briefings: [{{slug: rates-held, reason: It was held.}}]
---
-- index.md --
---
lead: rates-held
topics: [money]
storylines: [pause]
five: [rates-cut]
---
"""


def test_everything_is_read(tmp_path: Path) -> None:
    text = FULL.replace("-- 2026/chart.png --\n\x89PNG\n", "")
    reading = make(tmp_path, text)
    assert told(problems(reading)) == []
    catalog = reading.catalog
    assert list(catalog.briefings) == ["rates-cut", "rates-cut-2", "rates-held"], "oldest first"
    held = catalog.briefings["rates-held"]
    assert (held.path, held.title, held.authors) == (
        "2026/Rates_held.md",
        "Rates: held",
        ("ada", "trade-desk"),
    )
    assert held.published == date(2026, 3, 17), "the day as written, not in UTC"
    assert held.published_at == datetime(2026, 3, 18, 4, 30, tzinfo=UTC)
    assert (held.topics, held.storylines) == (("banks", "prices"), ("pause",))
    assert (held.summary, held.summary_written) == ("The bank kept its rate.", True)
    assert held.key_points == (
        KeyPoint(text="It kept its rate."),
        KeyPoint(text="Prices rose.", section="what-changed"),
    )
    assert held.events == (
        Event(date=date(2026, 1, 1), text="Prices rise.", precision="month"),
        Event(date=date(2026, 3, 17), text="The rate is held.", kind="measure", key=True, source=1),
    )
    assert held.sources == (
        Source(title="Minutes", url="https://bank.example/m", date="2026-03", kind="official"),
    )
    assert held.related == (Pick(slug="rates-cut"), Pick(slug="rates-cut-2", reason="The cut."))
    assert (held.status, held.superseded_by) == (Status.SUPERSEDED, "rates-cut")
    assert held.aliases == ("2019/rates.html", "old/rates/")
    assert (held.lang, held.editor, held.place) == ("en-GB", "trade-desk", "Frankfurt")
    assert (held.number, catalog.briefings["rates-cut"].number) == ("RP 2026/1", "")
    assert held.changed == date(2026, 3, 20)
    assert catalog.briefings["rates-cut-2"].title == "no"
    assert catalog.briefings["rates-cut-2"].translation_of == "rates-cut"
    assert list(catalog.topics) == ["economy", "banks", "prices"]
    assert {key: topic.parent for key, topic in catalog.topics.items()} == {
        "economy": "",
        "banks": "economy",
        "prices": "economy",
    }
    assert catalog.topics["prices"].title == "Prices"
    assert catalog.topics["banks"].now == Now(
        text="Rates are held.",
        checked=date(2026, 3, 18),
        state=(StateRow(instrument="Rate", now="3 percent", state="waits", briefing="rates-held"),),
    )
    assert catalog.authors["trade-desk"] == Author(key="trade-desk", name="Trade desk", desk=True)
    pause = catalog.storylines["pause"]
    assert [(e.date.year, e.precision, e.briefing) for e in pause.events] == [
        (2025, "year", "rates-held"),
        (2026, "month", ""),
    ]
    assert catalog.terms["basis-point"].term == "basis point"
    assert (catalog.front.lead, catalog.front.topics) == ("rates-held", ("banks",))
    assert catalog.editions["2026-w12"].picks == (Pick(slug="rates-held", reason="It was held."),)
    assert catalog.pages["about"].title == "About"


def test_order_on_disk_and_language_do_not_matter(tmp_path: Path) -> None:
    text = FULL.replace("-- 2026/chart.png --\n\x89PNG\n", "")
    sections = re.split(r"(?=^-- )", text, flags=re.MULTILINE)[1:]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert make(tmp_path / "a", text) == make(tmp_path / "b", "".join(reversed(sections)))


def test_image(tmp_path: Path) -> None:
    for name in ("2026/chart.png", "shared/logo.png"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    reading = make(
        tmp_path,
        "".join(
            f"-- 2026/{name}.md --\n---\ntitle: {name}\n{HEAD}"
            f"image:\n  src: {src}\n  alt: A chart\n---\nText.\n"
            for name, src in {
                "near": "chart.png",
                "root": "/shared/logo.png",
                "up": "../shared/logo.png",
                "away": "../../etc/passwd.png",
                "gone": "chat.png",
            }.items()
        ),
    )
    images = {slug: b.image for slug, b in reading.catalog.briefings.items()}
    assert images["near"] == Image(src="2026/chart.png", alt="A chart")
    assert images["root"] == images["up"] == Image(src="shared/logo.png", alt="A chart")
    assert images["away"] is images["gone"] is None
    assert told(reading.problems) == [
        "2026/away.md:8:8 bad-link",
        "2026/gone.md:8:8 bad-link",
    ]


@pytest.mark.parametrize(
    ("prefix", "end"),
    [
        pytest.param("\ufeff", "\n", id="byte order mark"),
        pytest.param("", "\r\n", id="CRLF"),
        pytest.param("", "\r", id="CR"),
    ],
)
def test_places_are_those_of_the_file(tmp_path: Path, prefix: str, end: str) -> None:
    text = f"---\ntitle: Öl\n{HEAD}tag\t: x\nupdated: yesterday\n---\n\n\nSee 🙂 [[nowhere]].\n"
    (tmp_path / "a.md").write_bytes((prefix + text.replace("\n", end)).encode())
    assert told(problems(read(tmp_path))) == [
        "a.md:7:1 unknown-key",
        "a.md:8:10 bad-date",
        "a.md:12:7 bad-link",
    ]


def test_first_heading_may_be_the_title(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        f"-- a.md --\n---\n{HEAD}---\n\n# The *long* pause #\n\nText [[nowhere]].\n"
        f"-- b.md --\n---\n{HEAD}---\nThe pause\n=========\nText.\n"
        f"-- c.md --\n---\n{HEAD}---\n## Not the title\n\n# Nor this\n",
    )
    a, b = reading.catalog.briefings["a"], reading.catalog.briefings["b"]
    assert (a.title, a.body.markdown.strip()) == ("The long pause", "Text [[nowhere]].")
    assert (b.title, b.body.markdown) == ("The pause", "Text.\n")
    assert told(problems(reading)) == ["a.md:10:6 bad-link", "c.md:1:1 missing-title"]


def test_every_fault_of_a_file_is_told_in_one_run(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        "-- topics.yml --\nbanks:\n-- a.md --\n---\ntitle: A\ndate: soon\ntopics: [bnaks]\n"
        "tags: [x]\nlang: English\nsummary: Short.\nupdated: never\nauthor: Ada Example\n"
        "events: [{date: 2026}]\n---\nSee [[nowhere]].\n"
        "-- b.md --\n---\ntitle: A: b\n---\n<!-- and so on\n"
        f"-- c.md --\n---\ntitle: C\n{HEAD}related: [a]\n---\nSee [[a]].\n",
    )
    assert told(problems(reading)) == [
        "a.md:3:7 bad-date",
        "a.md:4:10 unknown-topic",
        "a.md:5:1 unknown-key",
        "a.md:6:7 bad-lang",
        "a.md:8:10 bad-date",
        "a.md:10:10 missing-key",
        "a.md:12:5 bad-link",
        "b.md:2:9 bad-yaml",
        "b.md:4:1 unclosed-html",
        "c.md:7:11 bad-link",
    ]
    assert "mend a.md first" in reading.problems[-1].hint
    assert reading.broken == {"a.md": "a", "b.md": "b"}
    assert list(reading.catalog.briefings) == ["c"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param(
            f"-- a.md --\n---\ntitle: A\n{HEAD}related: [old-chips]\n---\nText.\n"
            f"-- mature.md --\n---\ntitle: B\n{HEAD}aliases: [2026/old-chips/]\n---\nText.\n"
            f"-- new-chips.md --\n---\ntitle: C\n{HEAD}---\nText.\n",
            "did you mean 'mature'?",
            id="a briefing that was renamed, rather than one with a name like it",
        ),
        pytest.param(
            f"-- a.md --\n---\ntitle: A\n{HEAD}image: port.png\n---\nText.\n",
            "write `image: {src: port.png, alt: …}`",
            id="a text for a mapping",
        ),
        pytest.param(
            f"-- a.md --\ntitle: A\n{HEAD}\nText.\n",
            "put `---` on a line before them, and on another after the last",
            id="keys without dashes",
        ),
    ],
)
def test_a_hint_says_what_to_write(tmp_path: Path, text: str, hint: str) -> None:
    assert [problem.hint for problem in problems(make(tmp_path, text))] == [hint]


def test_every_key_that_is_no_yaml_is_told_in_one_run(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        "-- a.md --\n---\ntitle: Rates: held\nauthor: Ada Example\ndate: 2026-03-17\n"
        'topics: [Banks, "Prices]\nsummary: Short.\nsources:\n\t- title: Minutes\n---\nText.\n',
    )
    assert told(problems(reading)) == [
        "a.md:2:13 bad-yaml",
        "a.md:5:17 bad-yaml",
        "a.md:8:1 bad-yaml",
    ]
    assert reading.broken == {"a.md": "a"}


def test_where_it_was_written_is_not_taken_for_where_it_happened(tmp_path: Path) -> None:
    reading = make(
        tmp_path, f"-- a.md --\n---\ntitle: A\n{HEAD}dateline: Here\ncity: There\n---\nA.\n"
    )
    dateline, city = (p.hint for p in problems(reading) if p.code == "unknown-key")
    assert dateline.startswith("no key says where a briefing was written")
    assert city == "write `place`: where what it reports took place"


def test_soft_faults_leave_a_record_with_what_was_typed(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        "-- topics.yml --\nbanks:\n-- authors.yml --\nada: {name: Ada Example}\n"
        f"-- a.md --\n---\ntitle: {'Rates ' * 50}\ndate: 2026-03-17\ntopics: [Women’s work]\n"
        "author: NO\ntags: [x]\nlang: English\n---\n",
    )
    briefing = reading.catalog.briefings["a"]
    assert briefing.title == ("Rates " * 50).strip(), "whole"
    assert (briefing.topics, briefing.authors, briefing.lang) == (("womens-work",), ("no",), "en")
    assert reading.catalog.topics["womens-work"].title == "Women’s work"
    assert reading.catalog.authors["no"].name == "NO"
    assert {p.severity for p in grade(reading.problems, {"*": Severity.WARNING})} == {
        Severity.WARNING
    }


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        pytest.param("trade", ("trade",), id="key"),
        pytest.param("TARIFFS", ("tariffs",), id="case"),
        pytest.param("Trade & Tariffs", ("tariffs",), id="title"),
        pytest.param("duties", ("tariffs",), id="alias"),
        pytest.param("trade/tariffs", ("tariffs",), id="path"),
        pytest.param("Zölle", ("tariffs",), id="accents"),
    ],
)
def test_topics_by_any_of_their_names(tmp_path: Path, typed: str, keys: tuple[str, ...]) -> None:
    text = (
        "-- topics.yml --\ntrade:\n  children:\n    tariffs:\n      title: Trade & Tariffs\n"
        "      aliases: [duties, Zolle]\nsteel: {aliases: [metals]}\ncopper: {aliases: [metals]}\n"
        f"-- a.md --\n---\ntitle: A\nauthor: Ada\ndate: 2026-03-17\nsummary: S.\n"
        f"topics: ['{typed}']\n---\nText.\n"
    )
    reading = make(tmp_path, text)
    assert told(reading.problems) == []
    assert reading.catalog.briefings["a"].topics == keys
    (tmp_path / "a.md").write_text(
        text.split("-- a.md --\n")[1].replace(typed, "metals"), encoding="utf-8"
    )
    (problem,) = read(tmp_path).problems
    assert problem.code == "unknown-topic"
    assert "'steel' or 'copper'" in problem.message


def test_a_registry_that_cannot_be_read_is_told_alone(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        "-- topics.yml --\nbanks: [\n-- authors.yml --\nada: {name: [x]}\n"
        f"-- a.md --\n---\ntitle: A\n{HEAD.replace('Ada Example', 'ada')}---\nText.\n",
    )
    assert told(reading.problems) == ["authors.yml:1:13 bad-type", "topics.yml:1:9 bad-yaml"]


def test_trees_of_topics_have_no_loops(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        "-- topics.yml --\na: {parent: b}\nb: {parent: c}\nc: {parent: a}\nd: {parent: d}\n"
        "e:\n  children:\n    f: {parent: a}\n    a:\n",
    )
    assert told(reading.problems) == [
        "topics.yml:1:13 bad-parent",
        "topics.yml:4:13 bad-parent",
        "topics.yml:7:17 conflicting-keys",
        "topics.yml:8:5 duplicate-slug",
    ]
    assert list(reading.catalog.topics) == ["a", "c", "b", "d", "e", "f"], "parents first"


def test_drafts_and_later_ones_are_held_back(tmp_path: Path) -> None:
    text = (
        f"-- now.md --\n---\ntitle: Now\n{HEAD}related: [draft, later]\n---\nSee [[later]].\n"
        f"-- draft.md --\n---\ntitle: Draft\n{HEAD}draft: true\nrelated: [later]\n---\n"
        "See [[later]] and [[nowhere]].\n"
        "-- later.md --\n---\ntitle: Later\nauthor: Ada\ndate: 2026-03-18T08:00:00+09:00\n"
        "topics: [Banks]\nsummary: S.\n---\nText.\n"
    )
    moment = datetime(2026, 3, 17, 22, 59, tzinfo=UTC)
    reading = make(tmp_path, text, Settings(now=moment))
    assert list(reading.catalog.briefings) == ["now"]
    assert reading.catalog.briefings["now"].related == ()
    assert reading.held_back == {"draft", "later"}
    assert told(problems(reading)) == [
        "draft.md:10:19 bad-link",
        "now.md:7:11 bad-link",
        "now.md:7:18 bad-link",
        "now.md:9:5 bad-link",
    ]
    shown = read(tmp_path, Settings(now=moment, drafts=True))
    assert set(shown.catalog.briefings) == {"now", "draft", "later"}
    assert shown.catalog.held == {"draft", "later"}
    assert told(problems(shown)) == ["draft.md:10:19 bad-link"]
    out = read(tmp_path, Settings(now=moment.replace(hour=23)))
    assert set(out.catalog.briefings) == {"now", "later"}, "a minute later it is out"


def test_addresses(tmp_path: Path) -> None:
    reading = make(
        tmp_path,
        f"-- a.md --\n---\ntitle: A\n{HEAD}---\nx\n"
        f"-- b.md --\n---\ntitle: B\n{HEAD}slug: about\n---\nx\n"
        f"-- c.md --\n---\ntitle: C\n{HEAD}slug: Search\n---\nx\n"
        f"-- d.md --\n---\ntitle: D\n{HEAD}aliases:\n  - a/\n  - old/\n  - ../up/\n"
        "  - https://bank.example/x/\n  - topics/banks/\n  - OLD\n  - a b/\n---\nx\n"
        f"-- e.md --\n---\ntitle: E\n{HEAD}aliases: [old]\n---\nx\n"
        "-- pages/about.md --\n---\ntitle: About\n---\nx\n",
        Settings(permalink="{slug}/"),
    )
    assert told(reading.problems) == [
        "b.md:7:7 duplicate-permalink",
        "c.md:7:7 duplicate-permalink",
        *(f"d.md:{line}:5 bad-alias" for line in (8, 10, 11, 12, 13, 14)),
        "e.md:7:11 bad-alias",
    ]
    assert "pages/about.md" in reading.problems[0].message, "both are named"
    assert "a.md" in reading.problems[2].message


PATHS = (
    *("a.md", "b/c.md", "index.md", "pages/p.md", "editions/e.md", "x.png", "permalinks.lock"),
    *("topics.yml", "authors.yml", "storylines.yml", "glossary.yml"),
)
PIECES = (
    *("---\n", "title: ", "a", "date: 2026-01-01\n", "topics:\n", " - x\n", "[", "{", "\ufeff"),
    *("key_points: ", "image:\n", " src: a\n", "\n", ": ", "null", "~", "'", "&x ", "[[a]]"),
    *("children:\n  ", "events:\n", " - {date: 2026}\n", "#", "[^9]", "\t", "- ", "sources: "),
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(PATHS),
        st.binary(max_size=400)
        | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass"))
        | st.lists(st.sampled_from(PIECES), max_size=40).map(lambda some: "".join(some).encode()),
        max_size=5,
    )
)
@example(files={"permalinks.lock": b"\x0b\x00"})
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    root = tmp_path_factory.mktemp("folder")
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    reading = read(root)
    for problem in problems(reading):
        assert problem.code in CODES
        rows = re.split(r"\r\n|\r|\n", files[problem.path].decode("utf-8", "replace"))
        assert 1 <= problem.line <= max(1, len(rows)), problem
        assert 1 <= problem.column <= len(rows[problem.line - 1]) + 1, problem
    named = {p.path for p in reading.problems}
    for name in files:
        kept = {b.path for b in reading.catalog.briefings.values()}
        assert not name.endswith(".md") or name in kept | named or "/" in name or name == "index.md"


@pytest.mark.archive
def test_a_real_archive_is_read_whole(corpus: Path) -> None:
    reading = read(corpus)
    assert len(reading.catalog.briefings) == len(list(corpus.rglob("*.md"))), "every article"
    assert not reading.broken
    lowered = grade(problems(reading), {"*": Severity.WARNING})
    assert {p.severity for p in lowered} == {Severity.WARNING}
    assert {p.code for p in lowered} <= {
        *("bad-anchor", "bad-link", "empty-body", "hidden-characters", "long-name"),
        *("long-summary", "missing-summary", "remote-image", "unsafe-html"),
    }


@pytest.mark.parametrize(
    ("slug", "found"),
    [
        pytest.param("drawn", [], id="a briefing with a chart"),
        pytest.param("Drawn", [], id="typed in capitals"),
        pytest.param("plain", [("index.md", 2, 8, "bad-chart")], id="one without"),
        pytest.param("drwan", [("index.md", 2, 8, "bad-link")], id="no briefing at all"),
    ],
)
def test_the_chart_of_the_front_page(
    tmp_path: Path, slug: str, found: list[tuple[str, int, int, str]]
) -> None:
    chart = "```chart\ntitle: Rates\nrows:\n  2026: 3.5\n```\n"
    reading = make(
        tmp_path,
        f"-- index.md --\n---\nchart: {slug}\n---\n"
        f"-- drawn.md --\n---\ntitle: Drawn\n{HEAD}---\nText.\n\n{chart}"
        f"-- plain.md --\n---\ntitle: Plain\n{HEAD}---\nText.\n",
    )
    assert [(p.path, p.line, p.column, p.code) for p in problems(reading)] == found
    assert reading.catalog.front.chart == ("" if found else "drawn")


@pytest.mark.parametrize("kind", [Fault, PassingFault])
def test_what_weighs_too_much_gives_no_record(tmp_path: Path, kind: type[Fault]) -> None:
    """And is remembered, unless it says something of this machine at this moment."""
    make(tmp_path, f"-- a.md --\n---\ntitle: A\n{HEAD}---\nText.\n")
    recent = Recent()
    heavy = read(tmp_path, memory=recent, weigh=lambda *_: kind("too-much", 9, 1, "too much"))
    assert told(heavy.problems) == ["a.md:9:1 too-much"]
    assert list(heavy.broken) == ["a.md"]
    assert not heavy.catalog.briefings
    again = read(tmp_path, memory=recent)
    assert (again.problems == heavy.problems) is (kind is Fault)
    assert ("a" in again.catalog.briefings) is (kind is PassingFault)
