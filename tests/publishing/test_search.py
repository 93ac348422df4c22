"""What can be found, and in which form Pagefind is told of it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from mkdocs_briefings.catalog.briefing import KeyPoint
from mkdocs_briefings.catalog.registries import Topic
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.publishing.search import division
from mkdocs_briefings.publishing.search.division import divided
from mkdocs_briefings.publishing.search.documents import EVERY, document
from mkdocs_briefings.publishing.search.engine import Job, SearchError, Stopped, engine
from mkdocs_briefings.publishing.search.facets import Words, common, facets
from mkdocs_briefings.publishing.search.index import ABOUT, DAYS, FACETS, Files, Index, index, make
from mkdocs_briefings.publishing.search.order import ENTRY, SIGNATURE, settled, told
from mkdocs_briefings.publishing.search.records import Entry, Filed, Record, entries
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.make import views
from mkdocs_briefings.viewing.parts import Ref
from mkdocs_briefings.viewing.shelf import Shelf, Site

from ..linking.catalogs import briefing, catalog
from .conftest import FOREIGN, make_chrome


def shelf(*briefings: Any, lang: str = "en", **more: Any) -> Shelf:
    held = catalog(*briefings, **more)
    graph, _ = connect(held, related=0)
    return Shelf(
        Site(
            catalog=held,
            graph=graph,
            settings=Settings(related=0),
            addresses=Addresses(),
            name="Specimen",
            today=date(2026, 6, 1),
            lang=lang,
        )
    )


def listed(made: Shelf, body: Callable[[Any], str] = lambda view: "") -> list[Entry]:
    return list(entries(views(made), made, make_chrome(), body))


def found(made: Shelf, body: Callable[[Any], str] = lambda view: "") -> dict[str, Record]:
    return {record.url: record for record in (entry.record() for entry in listed(made, body))}


TOPICS = [
    Topic(key="money", title="Money"),
    Topic(key="tolls", title="Tolls", parent="money", description="What it costs to pass."),
]


def test_briefings_topics_and_pages_are_found_and_lists_are_not() -> None:
    kinds = {url: r.kind for url, r in found(shelf(briefing("a", day=3), topics=TOPICS)).items()}
    assert kinds == {
        "briefings/2026/a/": "briefing",
        "topics/money/": "topic",
        "topics/tolls/": "topic",
    }


def test_a_record_holds_what_its_page_shows() -> None:
    one = replace(
        briefing("a", day=3, topics=("tolls",)),
        summary="In short.",
        key_points=(KeyPoint(text="A point."),),
        why="It matters.",
        number="RP-2026-1",
        facts=("CANARYFACT",),
    )
    record = found(shelf(one, topics=TOPICS), lambda view: f"<p>Body of {view.title}.</p>")[
        "briefings/2026/a/"
    ]
    assert record.lead == ("In short.", "A point.", "It matters.")
    assert record.lines == ("RP-2026-1",)
    assert record.body == f"<p>Body of {one.title}.</p>"
    assert record.date == one.published.isoformat()
    assert record.topic == Ref(title="Tolls", url="topics/tolls/")
    assert "CANARYFACT" not in document(record)


@pytest.mark.parametrize(
    ("facet", "keys"),
    [
        pytest.param("topic", ("tolls", "money"), id="a topic is filed under those above it"),
        pytest.param("year", ("2026",), id="the year is that of the day"),
        pytest.param("lang", ("pt",), id="of a language its first part"),
        pytest.param("storyline", ("rates",), id="a storyline by its key"),
    ],
)
def test_facets_of_a_briefing(facet: str, keys: tuple[str, ...]) -> None:
    one = briefing("a", day=3, topics=("tolls",), storylines=("rates",))
    made = found(shelf(replace(one, lang="pt-BR"), topics=TOPICS))
    assert made["briefings/2026/a/"].facets[facet] == keys


def test_a_summary_that_was_taken_from_the_text_is_not_told_twice() -> None:
    one = replace(briefing("a", day=3), summary="From the text.", summary_written=False)
    assert "From the text." not in found(shelf(one))["briefings/2026/a/"].lead


def test_records_without_a_date_come_first_then_the_oldest() -> None:
    made = shelf(briefing("b", day=9), briefing("a", day=3), topics=TOPICS)
    (part,) = index(listed(made), made, make_chrome(), afresh).parts
    urls = [record.url for record in part.records]
    days = [record.date for record in part.records]
    assert days == sorted(days)
    assert urls[-2:] == ["briefings/2026/a/", "briefings/2026/b/"]


# The document -----------------------------------------------------------------------------


def parsed(record: Record) -> Element:
    root: Element = html5lib.parse(document(record), namespaceHTMLElements=False)
    return root


def stored(record: Record, kind: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in parsed(record).iter():
        if name := element.get(f"data-pagefind-{kind}"):
            values.setdefault(name, []).append("".join(element.itertext()))
    return values


RECORD = Record(url="a/", title="A title", kind="briefing", date="2026-03-17", body="<p>x</p>")


@FOREIGN
def test_every_text_comes_out_as_it_went_in(text: str) -> None:
    record = replace(
        RECORD, title=text, lead=(text,), names=(text,), topic=Ref(title=text, url="t/")
    )
    assert stored(record, "meta") == {"title": [text], "author": [text], "every": [EVERY]}
    lead = [e for e in parsed(record).iter() if e.get("data-pagefind-weight")]
    assert ["".join(e.itertext()) for e in lead] == [text]
    (about,) = stored(record, "filter")["about"]
    assert json.loads(about)["topic"] == text
    assert [e.tag for e in parsed(record).iter() if e.tag in {"script", "b"}] == []


def test_what_is_stored_is_not_searched() -> None:
    root = parsed(replace(RECORD, facets={"year": ("2026",)}))
    body = root.find("body")
    assert body is not None
    hidden, *shown = list(body)
    assert hidden.get("data-pagefind-ignore") is not None
    assert {e.get("data-pagefind-filter") for e in hidden} >= {"about", "year"}
    assert [(e.tag, "".join(e.itertext())) for e in shown] == [("p", "x")]


def test_a_page_with_a_title_alone_is_found_by_it() -> None:
    bare = replace(RECORD, body="")
    assert [e.text for e in parsed(bare).iter() if e.get("data-pagefind-weight")] == ["A title"]


def test_a_text_cannot_talk_to_the_engine() -> None:
    record = replace(RECORD, body="<p>___PAGEFIND_WEIGHT___10 ___PAGEFIND_ANCHOR___h2:0:evil</p>")
    assert "PAGEFIND_" not in document(record)


# Parts of a large archive ---------------------------------------------------------------------


def entry(record: Record) -> Entry:
    return Entry(Filed.of(record), lambda: record)


def dated(year: int, count: int, kind: str = "briefing", month: int = 3) -> list[Entry]:
    day = f"{year}-{month:02}-17"
    return [
        entry(replace(RECORD, url=f"{kind}-{day}-{n}/", kind=kind, date=day)) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({2024: 3, 2025: 3, 2026: 4}, {"": 10}, id="a small archive is one part"),
        pytest.param(
            {2020: 6, 2021: 6, 2022: 9, 2023: 3, 2024: 13, 2026: 1},
            {"": 1, "2024-03": 13, "2022": 12, "2020": 12},
            id="years are together while they are few",
        ),
        pytest.param(
            {2024: 11, 2025: 2, 2026: 2}, {"": 4, "2024": 11}, id="the newest part is small"
        ),
        pytest.param({2026: 30}, {"": 30}, id="the latest year is never cut"),
        pytest.param({2025: 10, 2026: 30}, {"": 30, "2025": 10}, id="the latest year stands alone"),
    ],
)
def test_a_large_archive_is_cut_by_years(
    monkeypatch: pytest.MonkeyPatch, counts: dict[int, int], expected: dict[str, int]
) -> None:
    monkeypatch.setattr(division, "LARGE", 10)
    monkeypatch.setattr(division, "OLDER", 12)
    monkeypatch.setattr(division, "RECENT", 4)
    among = [entry for year, count in counts.items() for entry in dated(year, count)]
    made = divided(among)
    assert {name: len(part) for name, part in made.items()} == expected
    assert list(made) == ["", *sorted(list(made)[1:], reverse=True)], "the newest first"


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        pytest.param({1: 12, 7: 12}, {"2024-07": 12, "2024-01": 12}, id="halves"),
        pytest.param({1: 7, 6: 6}, {"2024-05": 6, "2024-01": 7}, id="pieces of one length"),
        pytest.param({2: 8, 3: 8, 12: 1}, {"2024-11": 1, "2024-03": 8, "2024-01": 8}, id="smaller"),
        pytest.param({4: 30, 5: 1}, {"2024-05": 1, "2024-04": 30}, id="a month is never cut"),
    ],
)
def test_a_large_year_is_cut_by_months(
    monkeypatch: pytest.MonkeyPatch, months: dict[int, int], expected: dict[str, int]
) -> None:
    monkeypatch.setattr(division, "LARGE", 10)
    monkeypatch.setattr(division, "OLDER", 12)
    monkeypatch.setattr(division, "RECENT", 4)
    among = [each for month, count in months.items() for each in dated(2024, count, month=month)]
    made = divided([*dated(2023, 5), *among, *dated(2025, 7), *dated(2026, 1)])
    sizes = {name: len(part) for name, part in made.items()}
    assert sizes == {"": 1, "2025": 7, **expected, "2023": 5}
    assert list(made) == ["", "2025", *expected, "2023"], "the newest first"


def test_what_moves_with_the_news_is_in_the_newest_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "LARGE", 1)
    monkeypatch.setattr(division, "RECENT", 0)
    about = entry(replace(RECORD, url="about/", kind="page", date=""))
    gathered, latest = [*dated(2020, 1, "topic"), about], dated(2026, 1)
    older = [*dated(2020, 2), *dated(2020, 1, "edition")]
    made = divided([*gathered, *older, *latest])
    assert made == {"": [*gathered, *latest], "2020": older}


def test_only_a_part_that_changed_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "LARGE", 1)
    monkeypatch.setattr(division, "RECENT", 0)
    kept: dict[str, Files] = {}
    made: list[str] = []

    def again(key: str, make: Callable[[], Files]) -> Files:
        if key not in kept:
            made.append(key)
            kept[key] = make()
        return kept[key]

    def build(text: str) -> dict[str, bytes]:
        made.clear()
        old = replace(briefing("old", day=3), published=date(2024, 5, 3), summary="Of old.")
        site = shelf(old, replace(briefing("new", day=4), summary=text), topics=TOPICS)
        plan = index(listed(site), site, make_chrome(), again)
        files = make(plan, Job(engine()), again)
        assert files == files_of(plan)
        return files

    first = build("Herons.")
    assert len(made) == 4, "of each part the files and the words"
    assert json.loads(first[ABOUT])["parts"] == [["en", 3], ["2024", 1]]
    old = {path: data for path, data in first.items() if path.startswith("2024/")}
    assert not [path for path in old if path.endswith((".js", ".pagefind"))], "the engine once"
    assert [page["url"] for page in map(told, fragments(old))] == ["/briefings/2024/old/"]
    build("Herons.")
    assert made == []
    second = build("Bitterns.")
    assert len(made) == 2
    assert {path: data for path, data in second.items() if path.startswith("2024/")} == old


def fragments(files: Files) -> list[bytes]:
    return [data for path, data in files.items() if path.endswith(".pf_fragment")]


# Facets and common words ------------------------------------------------------------------


def test_facets_offer_what_there_is_to_choose_from() -> None:
    made = shelf(
        briefing("a", day=3, topics=("tolls",), authors=("zoe", "adam")),
        briefing("b", day=4, topics=("money",), authors=("adam",)),
        topics=TOPICS,
    )
    offered = facets(listed(made), made)
    assert offered == {
        "topic": [("money", "Money"), ("tolls", "Tolls")],
        "author": [("adam", "Adam"), ("zoe", "Zoe")],
    }, "one year, one language and no storyline are no choice"


@pytest.mark.parametrize(
    ("lang", "order"), [("es", ["nunez", "ñu", "oe"]), ("en", ["ñu", "nunez", "oe"])]
)
def test_authors_are_offered_in_the_order_of_the_language(lang: str, order: list[str]) -> None:
    made = shelf(briefing("a", authors=("oe", "nunez", "ñu")), lang=lang)
    offered = facets(listed(made), made)
    assert [key for key, _ in offered["author"]] == order


@pytest.mark.parametrize(
    ("text", "kind", "count", "expected"),
    [
        pytest.param("The law of it", "briefing", 60, ["it", "law", "of", "the"], id="in all"),
        pytest.param("The law of it", "briefing", 40, [], id="a small site has none"),
        pytest.param(
            "<a class='the'>Customs</a>", "briefing", 60, [], id="no markup, nothing long"
        ),
        pytest.param("The law", "topic", 60, [], id="briefings alone are counted"),
    ],
)
def test_common_words(text: str, kind: str, count: int, expected: list[str]) -> None:
    among = [replace(RECORD, kind=kind, url=f"{n}/", body=text) for n in range(count)]
    assert common([Words.of(among)]) == expected
    assert common([Words.of(among[:30]), Words.of(among[30:])]) == expected
    rare = [replace(RECORD, url=f"r{n}/", body="elsewhere") for n in range(count // 5)]
    assert common([Words.of([*among, *rare])]) == []
    assert common([Words.of(among), Words.of(rare)]) == []


# The index --------------------------------------------------------------------------------


def wanted(text: str = "Herons return.") -> Index:
    made = shelf(
        *(
            briefing(f"b{n}", day=n, topics=("tolls",), authors=(f"author-{n}",))
            for n in range(1, 9)
        ),
        topics=TOPICS,
    )
    body = f"<h2 id='x'>H</h2><p>{text}</p>"
    return index(listed(made, lambda view: body), made, make_chrome(), afresh)


def files_of(index: Index) -> dict[str, bytes]:
    return make(index, Job(engine()), afresh)


def afresh(key: str, made: Callable[[], Files]) -> Files:
    return made()


def pages_of(index: Index) -> tuple[tuple[str, str], ...]:
    (part,) = index.parts
    return tuple((f"/{record.url}", document(record)) for record in part.records)


def test_an_index_holds_what_the_page_loads_and_nothing_else() -> None:
    files = files_of(wanted())
    assert list(files)[-1] == ABOUT, "when it is there, all of it is"
    about = json.loads(files[ABOUT])
    assert about["facets"] == ["topic", "author"]
    assert set(json.loads(files[FACETS])) == set(about["facets"])
    kinds = {path.partition("/")[0] if "/" in path else Path(path).suffix for path in files}
    assert kinds == {"fragment", "index", "filter", ".js", ".json", ".pf_meta", ".pagefind"}
    assert [path for path in files if path.endswith((".js", ".css"))] == ["pagefind.js"]
    stored = [told(files[path]) for path in files if path.startswith("fragment/")]
    assert {page["url"] for page in stored} == {url for url, _ in pages_of(wanted())}
    one = next(page for page in stored if page["url"].endswith("/b1/"))
    assert one["content"].endswith("Herons return.")
    assert [anchor["id"] for anchor in one["anchors"]] == ["x"]


def test_the_days_of_pages_are_told_apart_from_the_rest() -> None:
    files = files_of(wanted())
    days = json.loads(files[DAYS])
    stored = {name: told(files[f"fragment/{name}.pf_fragment"]) for name in days}
    about = {name: json.loads(page["filters"]["about"][0]) for name, page in stored.items()}
    assert days == {name: each["date"] for name, each in about.items()}
    assert len(days) == 10


def test_what_every_search_loads_holds_no_noise() -> None:
    run = Job(engine()).run(pages_of(wanted("Herons return. " * 300)), "en", ())
    lengths: dict[str, int] = {}
    for files in (run, settled(run, "2026")):
        names = [Path(path) for path in files if path.endswith((".pf_fragment", ".pf_index"))]
        assert len({path.stem for path in names}) == len(names)
        lengths[max(path.stem for path in names)] = max(len(path.stem) for path in names)
        (meta,) = (data for path, data in files.items() if path.endswith(".pf_meta"))
        assert all(path.stem.encode() in unpacked(meta) for path in names), "each is listed"
    assert sorted(lengths.values()) == [len("2026_12345"), len("en_1234567")]


def unpacked(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(SIGNATURE)


def test_two_runs_make_the_same_bytes() -> None:
    """Pagefind alone does not: eight values of a filter come in one of 40,320 orders."""
    one, other = (files_of(wanted()) for _ in range(2))
    assert one == other
    assert wanted().fingerprint == wanted().fingerprint
    assert wanted("Another text.").fingerprint != wanted().fingerprint


def test_the_order_is_settled_in_earnest() -> None:
    """The self-check: what the engine gives does differ, or this is no longer needed."""
    runs = [Job(engine()).run(pages_of(wanted()), "en", ()) for _ in range(4)]
    assert len({tuple(sorted(run)) for run in runs}) > 1, "remove search/order.py"
    assert len({tuple(settled(run, "en").items()) for run in runs}) == 1


def test_an_index_of_another_form_is_left_as_it_is() -> None:
    files = Job(engine()).run(pages_of(wanted()), "en", ())
    (meta,) = (path for path in files if path.endswith(".pf_meta"))
    strange = {**files, meta: gzip.compress(b"pagefind_dcd\xa0")}
    assert settled(strange, "en") == strange
    assert settled({ENTRY: b"{}"}, "en") == {ENTRY: b"{}"}


def program(folder: Path, text: str) -> str:
    path = folder / "pagefind"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="stands in a shell script for the program")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("exit 3", "does not start", id="it does not start"),
        pytest.param(
            'test "$1" = --version && echo pagefind 1.5.2 || { echo "no memory" >&2; exit 1; }',
            "no memory",
            id="it ends early",
        ),
        pytest.param(
            # {"message_id":0,"payload":{"type":"Error","message":"a fault"}}
            'test "$1" = --version && echo pagefind 1.5.2 || { printf %s, '
            "eyJtZXNzYWdlX2lkIjowLCJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJhIGZhdWx0In19; "
            "sleep 60; }",
            "a fault",
            id="it reports a fault",
        ),
    ],
)
def test_a_failing_engine_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, text))
    with pytest.raises(SearchError, match=words):
        files_of(wanted())


def test_a_job_that_was_stopped_makes_nothing() -> None:
    job = Job(engine())
    job.stop()
    with pytest.raises(Stopped):
        job.run(pages_of(wanted()), "en", ())
