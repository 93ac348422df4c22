"""Our own publication, read as an editor would read it before it goes out.

What compares it with the fact base needs the shared folder and is skipped where there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs_briefings.catalog.briefing import Briefing, Event, Status
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.pages import Edition, PlainPage
from mkdocs_briefings.catalog.registries import Storyline
from mkdocs_briefings.checking import problems
from mkdocs_briefings.linking.resolve import resolve_links
from mkdocs_briefings.reading.read import Reading, read
from mkdocs_briefings.reading.schema import BriefingModel

from ..conftest import ROOT
from .facts import FactBase, read_facts
from .words import ease, figures, in_english, plain, prose, runs, sentences, texts

FOLDER = ROOT / "briefings"
LAST = date(2026, 5, 31)
"""The last day of which the fact base tells."""
SECTIONS = {"The other view", "What we do not know"}
"""Headings that mean the same in every briefing; all others are its own."""
EVENT = re.compile(r"^    - date: (\S+)  # (.+)\n((?:      .+\n)+)", re.MULTILINE)
"""An event of storylines.yml: its day, its facts in a comment, and the rest of it."""
SHOWN = {
    ("legacy-chips", "25"): "37 percent less 12, in points",
    ("data-and-tiktok", "13 March"): "18 December 2025 and the 450 days of the law",
    ("trade-in-numbers", "202 billion"): "202.1, rounded for the headline",
    ("trade-in-numbers", "296"): "439 − 143, shown against the 295.4 of the source",
    ("trade-in-numbers", "2020"): "named as the year without a figure",
    ("fentanyl-file", "27860"): "76,282 − 48,422",
    ("industrial-policies", "4.4"): "2.0 + 1.5 + 0.5 + 0.4",
}
"""(slug, figure) → why it is in no fact: arithmetic that the text shows, and the like."""
SCHEDULED = {"tru-expiry", "dem-statute", "sup-usmca-review"}
"""Facts about dates that lay ahead when briefings were written, worded as due."""
UNTOLD = {
    ("wto-disputes", "fen-mar-2025"): "only the rate is told, not the reason given for it",
    ("emergency-powers", "fen-mar-2025"): "only the rate is told, not the reason given for it",
}
"""(slug, fact) → why the owner of a claim is not named: the claim is not told."""
REPORTED = {"press reports": ("reported", "reports", "commentators")}
"""What the fact base calls an owner → how else a text may name it."""
OPEN = "To be completed"
"""What a draft says where the outcome will stand, and nothing that is published says."""


@pytest.fixture(scope="session")
def reading() -> Reading:
    return read(FOLDER)


@pytest.fixture(scope="session")
def catalog(reading: Reading) -> Catalog:
    return reading.catalog


@pytest.fixture(scope="session")
def complete(reading: Reading) -> Catalog:
    """With the drafts: what is asked of a briefing is asked of them before they are out."""
    drafts = {draft.slug: draft for draft in reading.drafts}
    return replace(reading.catalog, briefings={**reading.catalog.briefings, **drafts})


@pytest.fixture(scope="session")
def base(shared: Path) -> FactBase:
    if not (shared / "facts").is_dir():
        pytest.skip(f"no fact base in {shared}")
    return read_facts(shared)


def originals(catalog: Catalog) -> dict[str, Briefing]:
    """Translations are compared with these, and are not checked by themselves."""
    return {s: b for s, b in catalog.briefings.items() if not b.translation_of}


def translations(catalog: Catalog) -> dict[str, Briefing]:
    return {s: b for s, b in catalog.briefings.items() if b.translation_of}


def storylines() -> str:
    return (FOLDER / "storylines.yml").read_text(encoding="utf-8")


def event_texts(briefing: Briefing) -> list[str]:
    return [event.text for event in briefing.events]


def told(briefing: Briefing) -> list[str]:
    """All that a briefing says in words of its own: its text, and charts with their figures."""
    image = briefing.image
    return [
        *([image.alt, image.credit] if image else []),
        briefing.title,
        briefing.summary,
        briefing.why,
        *(point.text for point in briefing.key_points),
        *event_texts(briefing),
        *(pick.reason for pick in briefing.related),
        *(correction.text for correction in briefing.corrections),
        *plain(briefing.body.markdown).split("\n\n"),
        *(text for chart in charts(briefing) for text in (chart["title"], chart["note"])),
        *(f"{row} {figure}" for chart in charts(briefing) for row, figure in chart["rows"].items()),
    ]


def charts(briefing: Briefing) -> list[dict[str, Any]]:
    found = re.findall(r"^```chart\n(.*?)^```$", briefing.body.markdown, re.MULTILINE | re.DOTALL)
    return [yaml.safe_load(text) for text in found]


def registry(name: str) -> dict[str, Any]:
    data = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def published(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text: all that readers see."""
    for slug, briefing in catalog.briefings.items():
        yield from ((slug, text) for text in told(briefing))
    for name in ("topics", "storylines", "authors", "glossary"):
        yield from ((name, text) for text in texts(registry(name)))
    sheets: list[PlainPage | Edition] = [*catalog.pages.values(), *catalog.editions.values()]
    for sheet in sheets:
        yield from ((sheet.path, text) for text in plain(sheet.body.markdown).split("\n\n"))
        yield from ((sheet.path, text) for text in (sheet.title, sheet.summary))
    picks = [pick for edition in catalog.editions.values() for pick in edition.picks]
    yield from (("picks", pick.reason) for pick in (*picks, *catalog.front.five))


def test_nothing_is_found_by_check(reading: Reading) -> None:
    assert not problems(reading)


def test_the_publication_is_whole(catalog: Catalog) -> None:
    """A subject has one briefing: neither a translation nor what was superseded is another."""
    subjects = [b for b in originals(catalog).values() if b.status != Status.SUPERSEDED]
    assert len(subjects) == 28
    assert all(b.superseded_by for b in originals(catalog).values() if b not in subjects)
    assert len(catalog.storylines) == 10
    assert 20 <= len(catalog.topics) <= 30
    assert len(catalog.terms) == 62
    assert len(catalog.editions) == 6
    assert set(catalog.pages) == {
        *("about", "editorial-rules", "corrections-policy", "contribute", "funding")
    }


def test_what_is_published_is_not_of_a_day_ahead(catalog: Catalog) -> None:
    assert all(briefing.published <= LAST for briefing in catalog.briefings.values())


def test_a_draft_waits_for_a_day_ahead(reading: Reading, base: FactBase) -> None:
    """Its facts are those of today, and what they cannot tell is marked as open."""
    assert reading.drafts
    for draft in reading.drafts:
        assert draft.draft, f"{draft.slug} is held back by its date alone"
        assert draft.published > LAST, draft.slug
        assert draft.body.markdown.count(OPEN) > 1, draft.slug
        assert f"{LAST.day} {LAST:%B %Y}" in draft.body.markdown, draft.slug
        for name in draft.facts:
            ahead = str(base.facts[name]["date"]) > LAST.isoformat()
            assert not ahead or name in SCHEDULED, f"{draft.slug}: {name}"
    assert not [where for where, text in published(reading.catalog) if OPEN in text]


def test_every_briefing_has_its_parts(complete: Catalog) -> None:
    for slug, briefing in originals(complete).items():
        assert briefing.summary_written, slug
        assert 80 <= len(briefing.summary) <= 300, slug
        assert len(briefing.title) < 90, slug
        assert 3 <= len(briefing.key_points) <= 5, slug
        assert briefing.why, slug
        assert briefing.status, slug
        # What was superseded has left the storyline to its successor.
        assert bool(briefing.storylines) != (briefing.status == Status.SUPERSEDED), slug
        assert briefing.events, slug
        assert briefing.facts, slug
        assert briefing.sources, slug
        assert briefing.body.cited == set(range(1, len(briefing.sources) + 1)), slug


def test_every_briefing_links_to_three_others(complete: Catalog) -> None:
    links, problems = resolve_links(complete)
    assert not problems
    for slug, briefing in originals(complete).items():
        found = {link.target for link in briefing.body.links} & set(complete.briefings)
        assert len(found - {slug}) >= 3, slug
        assert links[briefing.path], slug


def test_length_and_ease_of_reading(complete: Catalog) -> None:
    for slug, briefing in originals(complete).items():
        assert 500 <= briefing.body.words <= 1100, f"{slug}: {briefing.body.words} words"
        text = prose(briefing.body.markdown)
        assert ease(text) > 45, f"{slug}: reading ease {ease(text):.1f}"
        long = [said for said in sentences(text) if len(said.split()) > 28]
        assert len(long) <= len(sentences(text)) / 10, f"{slug}: {long}"


def test_no_opening_or_heading_is_repeated(complete: Catalog) -> None:
    bodies = [briefing.body for briefing in originals(complete).values()]
    openings = Counter(" ".join(body.first_paragraph.split()[:4]) for body in bodies)
    headings = Counter(heading.text for body in bodies for heading in body.headings)
    titles = Counter(briefing.title for briefing in originals(complete).values())
    for counted in (openings, headings, titles):
        assert not {text for text, times in counted.items() if times > 1} - SECTIONS


def test_events_are_told_alike(complete: Catalog) -> None:
    """An event told twice on one timeline has the same words, or readers see it as two."""
    for key, story in complete.storylines.items():
        told = [(e.date, e.text) for e in story.events]
        told += [
            (e.date, e.text)
            for b in complete.briefings.values()
            if key in b.storylines
            for e in b.events
        ]
        for (day, one), (other_day, other) in combinations(sorted(set(told)), 2):
            assert day != other_day or not alike(one, other), f"{key}: {one} / {other}"


def test_an_event_is_of_one_kind(complete: Catalog) -> None:
    kinds: dict[tuple[date, str], str] = {}
    tellers: list[Storyline | Briefing]
    tellers = [*complete.storylines.values(), *complete.briefings.values()]
    for event in chain.from_iterable(teller.events for teller in tellers):
        told = kinds.setdefault((event.date, event.text), event.kind)
        assert told == event.kind, f"{event.date}: {event.text}"


def alike(one: str, other: str) -> bool:
    """
    >>> alike("The port fees start.", "US port fees start on one day.")
    True
    """
    first, second = (set(re.findall(r"[a-z]{4,}|[A-Z]{2,}", text)) for text in (one, other))
    return len(first & second) > 0.5 * min(len(first), len(second))


def test_every_topic_with_two_briefings_says_where_to_start(catalog: Catalog) -> None:
    for key, topic in catalog.topics.items():
        below = {key} | {k for k, t in catalog.topics.items() if t.parent == key}
        filed = {s for s, b in catalog.briefings.items() if below & set(b.topics)}
        assert set(topic.featured) <= filed, key
        assert topic.featured or len(filed) < 2, f"{key}: of {sorted(filed)}"
        assert not topic.now or topic.now.checked, key


def test_editions_pick_what_was_out(catalog: Catalog) -> None:
    editions = list(catalog.editions.values())
    assert [edition.number for edition in editions] == [1, 2, 3, 4, 5, 6]
    for edition in editions:
        assert date(2025, 1, 1) <= edition.published <= LAST, edition.slug
        month_ends = (edition.published + timedelta(days=1)).day == 1
        assert edition.published.weekday() == 4 or month_ends, edition.slug
        picked = [catalog.briefings[pick.slug] for pick in edition.picks]
        assert len({briefing.slug for briefing in picked}) == 5, edition.slug
        assert all(briefing.published <= edition.published for briefing in picked), edition.slug
        assert all(pick.reason for pick in edition.picks), edition.slug
        linked = {catalog.briefings[link.target] for link in edition.body.links}
        assert all(briefing.published <= edition.published for briefing in linked), edition.slug
        assert 80 <= edition.body.words <= 150, f"{edition.slug}: {edition.body.words}"


def test_every_key_of_the_front_matter_has_a_true_use() -> None:
    """Those that contributors are told of, alternatives such as `author` and `authors` as one."""
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Front matter")[1]
    rows = re.findall(r"^\| (`.+?) \|", table.split("## ")[0], re.MULTILINE)
    named = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    assert set().union(*named) == set(BriefingModel.model_fields)
    files = FOLDER.glob("20*/*.md")
    fronts = [yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files]
    used = set().union(*fronts)
    assert not [keys for keys in named if not keys & used]


def test_every_status_has_a_true_use(catalog: Catalog) -> None:
    assert {briefing.status for briefing in catalog.briefings.values()} == set(Status)


def test_what_front_matter_and_text_can_say_is_said_somewhere(catalog: Catalog) -> None:
    briefings = list(catalog.briefings.values())
    assert any(point.section for b in briefings for point in b.key_points)
    assert any(event.date > b.changed for b in briefings for event in b.events)
    assert sum("\n|" in b.body.markdown for b in briefings) >= 2
    assert any(re.search(r"\{:\s*lang=", b.body.markdown) for b in briefings)
    assert len(list(chain.from_iterable(map(charts, briefings)))) >= 2


def test_reference_papers_are_counted_by_year(catalog: Catalog) -> None:
    papers = sorted((b for b in catalog.briefings.values() if b.number), key=lambda b: b.moment)
    assert len(papers) >= 2
    years = Counter[int]()
    for paper in papers:
        years[paper.published.year] += 1
        wanted = f"RP-{paper.published.year}-{years[paper.published.year]}"
        assert paper.number == wanted, paper.slug


def test_the_editor_reads_what_others_sign(catalog: Catalog) -> None:
    """The desk of second readings writes nothing, so that no text has its writer for a reader."""
    editors = {b.editor for b in catalog.briefings.values() if b.editor}
    assert editors == {"standards-desk"}
    assert not editors & {key for b in catalog.briefings.values() for key in b.authors}


def test_a_translation_says_what_its_original_says(catalog: Catalog) -> None:
    """Part by part: its figures, links, citations and sources, no more of them and no fewer."""
    for slug, ours in translations(catalog).items():
        original = catalog.briefings[ours.translation_of]
        assert ours.lang == "es" != original.lang, slug
        for part in ("authors", "published", "topics", "sources", "facts", "status"):
            assert getattr(ours, part) == getattr(original, part), f"{slug}: {part}"
        for shape in (_citations, _links, _rows, _headings):
            assert shape(ours) == shape(original), f"{slug}: {shape.__name__}"
        assert [bool(p.section) for p in ours.key_points] == [
            bool(p.section) for p in original.key_points
        ]
        pairs = zip(_figured(ours, in_english), _figured(original, str), strict=True)
        for number, (said, meant) in enumerate(pairs, start=1):
            assert said == meant, f"{slug}: block {number}"


def _citations(briefing: Briefing) -> list[str]:
    return re.findall(r"\[\^\d+\]", briefing.body.markdown)


def _links(briefing: Briefing) -> list[str]:
    return [link.target for link in briefing.body.links]


def _rows(briefing: Briefing) -> int:
    return briefing.body.markdown.count("\n|")


def _headings(briefing: Briefing) -> list[int]:
    return [heading.level for heading in briefing.body.headings]


def _figured(briefing: Briefing, read: Callable[[str], str]) -> list[set[str]]:
    """The figures of each of its parts, in order; a translator's note at the end is not one."""
    texts = [
        *(point.text for point in briefing.key_points),
        *plain(briefing.body.markdown).strip().split("\n\n"),
    ]
    if briefing.translation_of:
        texts.pop()
    return [figures(read(text)) for text in texts]


def test_pictures_are_drawings_of_our_own_and_small(complete: Catalog) -> None:
    used = {b.image.src for b in complete.briefings.values() if b.image}
    assert set(complete.images) == used
    for src in complete.images:
        assert (FOLDER / src).stat().st_size <= 80 * 1024, src
        assert (ROOT / "docs" / "drawings" / Path(src).name).with_suffix(".svg").exists(), src


def test_every_chart_says_what_it_shows(complete: Catalog) -> None:
    for slug, briefing in complete.briefings.items():
        for chart in charts(briefing):
            assert set(chart) == {"title", "unit", "source", "note", "rows"}, slug
            assert 1 <= chart["source"] <= len(briefing.sources), slug
            assert len(chart["rows"]) >= 3, slug


def test_every_fact_named_exists_and_had_happened(complete: Catalog, base: FactBase) -> None:
    for slug, briefing in complete.briefings.items():
        assert len(set(briefing.facts)) == len(briefing.facts), slug
        assert set(briefing.facts) <= set(base.facts), slug
        for name in briefing.facts:
            ahead = str(base.facts[name]["date"]) > briefing.changed.isoformat()
            assert not ahead or name in SCHEDULED, f"{slug}: {name} is later"


def test_every_place_is_named_by_a_fact(complete: Catalog, base: FactBase) -> None:
    """And by the title: a place is told where the briefing is about what happened in that one."""
    placed = {slug: b for slug, b in complete.briefings.items() if b.place}
    assert placed
    for slug, briefing in placed.items():
        assert briefing.place in briefing.title, slug
        told = [base.facts[name]["statement"] for name in briefing.facts]
        assert any(briefing.place in statement for statement in told), slug


def test_every_fact_is_used(catalog: Catalog, base: FactBase) -> None:
    assert not set(base.facts) - {name for b in catalog.briefings.values() for name in b.facts}


def test_every_figure_is_in_a_fact(complete: Catalog, base: FactBase) -> None:
    unknown = []
    for slug, briefing in originals(complete).items():
        held = base.figures(briefing.facts) | figures(briefing.published.isoformat())
        if briefing.draft:
            held |= figures(LAST.isoformat())  # The day on which it says that it rests.
        shown = {figure for place, figure in SHOWN if place == slug}
        found = {figure for text in told(briefing) for figure in figures(text)}
        assert shown <= found, f"{slug}: {shown - found} is no longer there"
        unknown += [(slug, figure) for figure in sorted(found - held - shown)]
    assert not unknown


def test_figures_of_editions_are_those_of_their_briefings(catalog: Catalog, base: FactBase) -> None:
    for edition in catalog.editions.values():
        picked = [catalog.briefings[pick.slug] for pick in edition.picks]
        held = base.figures({name for briefing in picked for name in briefing.facts})
        said = [plain(edition.body.markdown), edition.summary, *(p.reason for p in edition.picks)]
        found = {figure for text in said for figure in figures(text)}
        assert not found - held - figures(edition.published.isoformat()), edition.slug


def test_figures_of_registries_are_in_their_facts(catalog: Catalog, base: FactBase) -> None:
    """Those of a state of play in facts of its briefing, those of an event in its own."""
    for key, topic in catalog.topics.items():
        for row in topic.now.state if topic.now else ():
            said = f"{row.instrument}. {row.now}. {row.next}"
            held = base.figures(catalog.briefings[row.briefing].facts)
            assert not figures(said) - held, f"{key}: {row.instrument}"
    for day, names, rest in EVENT.findall(storylines()):
        text = yaml.safe_load(rest.split("text: ", 1)[1])
        assert not figures(text) - base.figures(names.split(", ")), f"{day}: {text}"


def test_nothing_is_copied(complete: Catalog, base: FactBase) -> None:
    """No eight words in a row are those of the fact base or of the article it began with."""
    copied = [(where, run) for where, text in published(complete) for run in runs(text)]
    assert not [(where, run) for where, run in copied if run in base.runs]


def test_links_of_sources_are_the_publishers_own(complete: Catalog, base: FactBase) -> None:
    """The fact base marks copies and reprints: they may be read, but are not linked to."""
    known = {
        source["url"]: source
        for fact in base.facts.values()
        for source in fact["sources"]
        if "url" in source
    }
    for slug, briefing in complete.briefings.items():
        for source in briefing.sources:
            assert not source.url or not known[source.url].get("mirror"), f"{slug}: {source.url}"
            assert not source.title.startswith("["), slug


def test_claims_name_whose_they_are(complete: Catalog, base: FactBase) -> None:
    """A claim's owner is named where it is told: by one name of those the fact base gives."""
    for slug, briefing in originals(complete).items():
        text = " ".join(told(briefing)).lower()
        for name in briefing.facts:
            owner = base.facts[name].get("attribute_to", "")
            words = {*re.findall(r"[a-z]{3,}", owner.lower()), *REPORTED.get(owner, ())}
            named = any(word in text for word in words - {"the", "and"})
            assert not owner or named or (slug, name) in UNTOLD, f"{slug}: {name}: {owner}"


def test_the_timeline_is_complete(catalog: Catalog, base: FactBase) -> None:
    """Each of its events is on the timeline of a storyline: same day, and resting on its facts."""
    found: set[tuple[str, str]] = set()
    for day, names, _ in EVENT.findall(storylines()):
        found |= {(day, name) for name in names.split(", ")}
    for briefing in catalog.briefings.values():
        found |= {(_day(e), name) for e in briefing.events for name in briefing.facts}
    assert len(base.timeline) == 152
    for event in base.timeline:
        wanted = {(str(event["date"]), name) for name in event["fact_ids"]}
        assert wanted & found, f"{event['date']}: {event['event']}"


def _day(event: Event) -> str:
    return event.date.isoformat()[: {"year": 4, "month": 7}.get(event.precision, 10)]


def test_the_glossary_is_that_of_the_fact_base(catalog: Catalog, base: FactBase) -> None:
    ours = {n.lower() for term in catalog.terms.values() for n in (term.term, *term.aliases)}
    for term in base.terms:
        name, _, field = term.lower().rstrip(")").partition(" (")
        assert {name, f"{field} {name}"} & ours, term
