from __future__ import annotations

from datetime import UTC, datetime

import pytest
from mkdocs_briefings.catalog.briefing import Briefing, Link
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.linking.backlinks import backlinks, citations
from mkdocs_briefings.linking.graph import Backlink
from mkdocs_briefings.linking.resolve import resolve_links

from .catalogs import briefing, catalog, link, page, wiki

SENTENCE = "As the bank held rates in March, lenders waited."


def backlinks_of(site: Catalog) -> dict[str, list[Backlink]]:
    links, _ = resolve_links(site)
    found = backlinks(site, citations(site, links))
    return {slug: list(entries) for slug, entries in found.items()}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            wiki("rates", text="held rates", sentence=SENTENCE),
            ("As the bank ", "held rates", " in March, lenders waited."),
            id="the sentence is cut round the link",
        ),
        pytest.param(
            link("rates.md", text="As the bank", sentence=SENTENCE),
            ("", "As the bank", " held rates in March, lenders waited."),
            id="a link at the start has nothing before it",
        ),
        pytest.param(wiki("rates"), ("", "Rates", ""), id="no words at all: the cited title"),
        pytest.param(
            link("rates.md", text="here"), ("", "here", ""), id="no sentence: the link alone"
        ),
        pytest.param(
            link("rates.md", text="gone", sentence=SENTENCE),
            (SENTENCE, "", ""),
            id="a link that is not in its sentence: the sentence",
        ),
    ],
)
def test_sentence(written: Link, expected: tuple[str, str, str]) -> None:
    found = backlinks_of(catalog(briefing("rates"), briefing("citing", written)))
    (entry,) = found["rates"]
    assert (entry.before, entry.text, entry.after) == expected


def test_a_wiki_link_without_words_shows_the_title_inside_its_sentence() -> None:
    bare = Link(target="rates", fragment="", text="", wiki=True, line=1, column=1,
                sentence="See  for more.", offset=4)  # fmt: skip
    (entry,) = backlinks_of(catalog(briefing("rates"), briefing("citing", bare)))["rates"]
    assert (entry.before, entry.text, entry.after) == ("See ", "Rates", " for more.")


@pytest.mark.parametrize("place", [0, 1, 50, 98, 99])
def test_a_page_without_full_stops_is_cut_at_words(place: int) -> None:
    words = [f"word{number:02}" for number in range(100)]
    words[place] = "the link"
    written = wiki("rates", text="the link", sentence=" ".join(words))
    (entry,) = backlinks_of(catalog(briefing("rates"), briefing("citing", written)))["rates"]
    shown = entry.before + entry.text + entry.after
    assert 250 < len(shown) < 330
    assert entry.text == "the link"
    assert set(shown.replace("the link", "").split()) <= {*words, "…"}
    assert ("…" in entry.before) == (place > 40)
    assert ("…" in entry.after) == (place < 60)


CITED = briefing("cited")
NOON = datetime(2026, 1, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("citing", "expected"),
    [
        pytest.param([], [], id="nobody cites it: an entry all the same"),
        pytest.param(
            [briefing("old", wiki("cited"), day=1), briefing("new", wiki("cited"), day=2)],
            ["new", "old"],
            id="newest first",
        ),
        pytest.param(
            [briefing("b", wiki("cited"), day=3), briefing("a", wiki("cited"), day=3),
             briefing("noon", wiki("cited"), day=3, published_at=NOON)],
            ["noon", "a", "b"],
            id="on one day the later hour first, then by slug",
        ),
        pytest.param(
            [briefing("twice", wiki("cited", text="one", sentence="one"), link("cited.md"))],
            ["twice"],
            id="a briefing is listed once, with its first link",
        ),
        pytest.param([briefing("cited", wiki("cited"))], [], id="not by itself"),
        pytest.param([briefing("lost", wiki("cyted"))], [], id="not by a dead link"),
    ],
)  # fmt: skip
def test_who_cites(citing: list[Briefing], expected: list[str]) -> None:
    forth = backlinks_of(catalog(CITED, *citing))
    assert [entry.slug for entry in forth["cited"]] == expected
    assert backlinks_of(catalog(*citing[::-1], *([CITED] if "cited" not in
        {b.slug for b in citing} else []))) == forth, "input order must not matter"  # fmt: skip


def test_only_briefings_cite() -> None:
    site = catalog(CITED, pages={"about": page("about", wiki("cited"))})
    assert backlinks_of(site) == {"cited": []}
