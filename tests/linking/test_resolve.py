from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from typing import Any

import pytest
from mkdocs_briefings.catalog.briefing import Briefing, Link
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.pages import Edition, FrontPage
from mkdocs_briefings.catalog.registries import Term
from mkdocs_briefings.linking.graph import Resolved
from mkdocs_briefings.linking.resolve import resolve_links

from .catalogs import body, briefing, catalog, link, page, wiki

SOURCE = "2026/source.md"


def site(*links: Link, front: tuple[Link, ...] = (), extra: tuple[Briefing, ...] = ()) -> Catalog:
    """A site with one briefing that holds these links, and something of every kind to link to."""
    return catalog(
        briefing("source", *links, day=5, headings=["here"]),
        briefing("rates-held", day=1, headings=["what-changes=What changes", "next"]),
        briefing("banks", day=2, path="2025/banks.md", aliases=("news/2019/Lenders/",)),
        briefing("café", day=3, path="2025/café.md", aliases=("old/coffee.html", "x/index.html")),
        *extra,
        pages={"about": page("about", headings=["us"])},
        editions={
            "2026-w01": Edition(
                path="editions/2026-w01.md",
                slug="2026-w01",
                title="One",
                published=date(2026, 1, 4),
            )
        },
        images=("2026/chart.png", "logo.png"),
        front=FrontPage(body=body(*front)),
    )


def resolved(kind: str, key: str = "", fragment: str = "") -> Resolved:
    return Resolved(kind=kind, key=key, fragment=fragment)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(wiki("rates-held"), resolved("briefing", "rates-held"), id="by slug"),
        pytest.param(wiki("Rates held"), resolved("briefing", "rates-held"), id="slugs fold"),
        pytest.param(wiki("CAFÉ"), resolved("briefing", "café"), id="accents fold"),
        pytest.param(wiki("lenders"), resolved("briefing", "banks"), id="by an old permalink"),
        pytest.param(wiki("coffee"), resolved("briefing", "café"), id="by an old file"),
        pytest.param(wiki("x"), resolved("briefing", "café"), id="by an old index file"),
        pytest.param(wiki("about"), resolved("page", "about"), id="to a plain page"),
        pytest.param(wiki("2026-W01"), resolved("edition", "2026-w01"), id="to an edition"),
        pytest.param(
            wiki("rates-held", "next"),
            resolved("briefing", "rates-held", "next"),
            id="to a heading",
        ),
        pytest.param(
            wiki("rates-held", "What changes"),
            resolved("briefing", "rates-held", "what-changes"),
            id="to a heading by its words",
        ),
        pytest.param(wiki("", "here"), resolved("self", "", "here"), id="to its own heading"),
        pytest.param(link("", "here"), resolved("self", "", "here"), id="to its own anchor"),
        pytest.param(wiki("source"), resolved("briefing", "source"), id="to itself"),
        pytest.param(link("rates-held.md"), resolved("briefing", "rates-held"), id="same folder"),
        pytest.param(link("./rates-held.md"), resolved("briefing", "rates-held"), id="dot"),
        pytest.param(link("../2025/banks.md"), resolved("briefing", "banks"), id="other folder"),
        pytest.param(
            link("../2025/../2025/./banks.md"), resolved("briefing", "banks"), id="a winding path"
        ),
        pytest.param(
            link("../2025/caf%C3%A9.md"), resolved("briefing", "café"), id="percent-encoded"
        ),
        pytest.param(
            link("../2025/cafe\u0301.md"), resolved("briefing", "café"), id="decomposed accents"
        ),
        pytest.param(
            link("rates-held.md", "what-changes"),
            resolved("briefing", "rates-held", "what-changes"),
            id="path and anchor",
        ),
        pytest.param(
            link("rates-held.md", "what%2Dchanges"),
            resolved("briefing", "rates-held", "what-changes"),
            id="percent-encoded anchor",
        ),
        pytest.param(link("../pages/about.md", "us"), resolved("page", "about", "us"), id="page"),
        pytest.param(
            link("../editions/2026-w01.md"), resolved("edition", "2026-w01"), id="edition"
        ),
        pytest.param(link("../index.md"), resolved("front"), id="to the front page"),
        pytest.param(link("chart.png"), resolved("image", "2026/chart.png"), id="image"),
        pytest.param(link("../logo.png"), resolved("image", "logo.png"), id="image above"),
    ],
)
def test_link_leads_to(written: Link, expected: Resolved) -> None:
    links, problems = resolve_links(site(written))
    assert links[SOURCE] == {(written.target, written.fragment): expected}
    assert problems == ()


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        pytest.param(
            wiki("rates-hold"),
            "no briefing, page or edition is called 'rates-hold'",
            "did you mean 'rates-held'?",
            id="a slug with a slip gets the nearest",
        ),
        pytest.param(wiki("zzz"), "is called 'zzz'", "", id="a strange slug gets no guess"),
        pytest.param(
            wiki("2025/banks.md"),
            "is called '2025/banks.md'",
            "did you mean 'banks'?",
            id="a path in a wiki-link",
        ),
        pytest.param(
            link("banks.md"),
            "'banks.md' leads to no briefing, page or edition",
            "did you mean '../2025/banks.md'?",
            id="the right name in the wrong folder",
        ),
        pytest.param(
            link("../2019/lenders.md"), "", "did you mean '../2025/banks.md'?", id="an old name"
        ),
        pytest.param(
            link("rate-held.md"), "", "did you mean 'rates-held.md'?", id="a file with a slip"
        ),
        pytest.param(
            link("Rates-Held.md"), "", "did you mean 'rates-held.md'?", id="case is kept in paths"
        ),
        pytest.param(link("rates-held"), "", "did you mean 'rates-held.md'?", id="no suffix"),
        pytest.param(link("rates-held/"), "", "did you mean 'rates-held.md'?", id="an address"),
        pytest.param(link("rates-held.md/"), "", "'rates-held.md'?", id="a slash too many"),
        pytest.param(
            link("/2025/banks/"),
            "'/2025/banks/' is an absolute path, which breaks when the site moves",
            "did you mean '../2025/banks.md'?",
            id="absolute",
        ),
        pytest.param(
            link("/nowhere/"), "absolute", "write [[slug]], or a path", id="absolute and unknown"
        ),
        pytest.param(
            link("../../secret.md"),
            "'../../secret.md' leads out of the content folder",
            "whole address",
            id="climbing out",
        ),
        pytest.param(link("%2e%2e/%2e%2e/secret.md"), "leads out", "", id="climbing out in code"),
        pytest.param(link(".."), "leads to no", "", id="the folder itself"),
        pytest.param(
            link("report.pdf"),
            "'report.pdf' is no briefing, page, edition or image",
            "https",
            id="another kind of file",
        ),
        pytest.param(link("../topics.yml"), "is no briefing", "", id="a registry"),
        pytest.param(
            link("char.png"), "no image 'char.png'", "did you mean 'chart.png'?", id="no such image"
        ),
        pytest.param(
            wiki("soon"), "'soon' is not published yet", "draft or dated in the", id="held back"
        ),
        pytest.param(
            link("soon.md", "x"), "'soon.md' is not published yet", "", id="held back, by path"
        ),
    ],
)
def test_link_leads_nowhere(written: Link, message: str, hint: str) -> None:
    links, problems = resolve_links(site(written), frozenset({"soon"}))
    (problem,) = problems
    assert (problem.path, problem.line, problem.column) == (SOURCE, 9, 3)
    assert problem.code == "bad-link"
    assert message in problem.message
    assert hint in problem.hint
    assert links[SOURCE] == {}


@pytest.mark.parametrize(
    ("written", "hint", "led"),
    [
        pytest.param(
            wiki("rates-held", "nxt"), "did you mean 'next'?", resolved("briefing", "rates-held"),
            id="wiki-link",
        ),
        pytest.param(
            link("rates-held.md", "What changes"), "did you mean 'what-changes'?",
            resolved("briefing", "rates-held"), id="paths take anchors, not words",
        ),
        pytest.param(
            link("../2025/banks.md", "x"), "it has no headings", resolved("briefing", "banks"),
            id="no headings at all",
        ),
        pytest.param(link("", "hear"), "did you mean 'here'?", None, id="own page"),
        pytest.param(
            link("", "_sources"), "it has '#here'", None, id="an anchor of the page's frame"
        ),
        pytest.param(link("chart.png", "x"), "", resolved("image", "2026/chart.png"), id="image"),
    ],
)  # fmt: skip
def test_heading_is_missing(written: Link, hint: str, led: Resolved | None) -> None:
    links, problems = resolve_links(site(written))
    (problem,) = problems
    assert problem.code == "bad-anchor"
    assert f"'#{written.fragment}'" in problem.message
    assert hint in problem.hint
    # Without its heading the page is still the right one: a site may lower the problem.
    assert links[SOURCE].get((written.target, written.fragment)) == led


def test_every_source_has_an_entry() -> None:
    links, problems = resolve_links(site(front=(wiki("banks"), link("2026/none.md", line=2))))
    assert set(links) == {
        SOURCE, "2026/rates-held.md", "2025/banks.md", "2025/café.md", "pages/about.md",
        "editions/2026-w01.md", "index.md",
    }  # fmt: skip
    assert links["index.md"] == {("banks", ""): resolved("briefing", "banks")}
    assert [(problem.path, problem.line) for problem in problems] == [("index.md", 2)]


def test_two_targets_of_one_name_are_ambiguous() -> None:
    clash = site(wiki("about"), link("about.md"), extra=(briefing("about"),))
    links, problems = resolve_links(clash)
    assert [problem.message for problem in problems] == [
        "'about' is the name of 2026/about.md and pages/about.md"
    ]
    assert links[SOURCE] == {("about.md", ""): resolved("briefing", "about")}


def test_a_slug_in_use_wins_over_an_old_name() -> None:
    heir = briefing("heir", aliases=("old/banks/",))
    links, problems = resolve_links(site(wiki("banks"), extra=(heir,)))
    assert links[SOURCE] == {("banks", ""): resolved("briefing", "banks")}
    assert problems == ()


def test_problems_are_sorted_whatever_the_order_of_reading() -> None:
    first = briefing("one", wiki("b", line=20), wiki("a", line=3))
    second = briefing("two", link("c.md", line=1), day=2)
    forth, back = catalog(first, second), catalog(second, first)
    assert resolve_links(forth) == resolve_links(back)
    assert [(p.path, p.line) for p in resolve_links(back)[1]] == [
        ("2026/one.md", 3),
        ("2026/one.md", 20),
        ("2026/two.md", 1),
    ]


def test_hundreds_of_dead_links_in_a_large_archive_take_under_two_seconds() -> None:
    words = ["rates", "banks", "tariffs", "ports", "grain", "chips", "ships", "wages", "coal"]
    slugs = [f"{a}-{b}-{c}-{number}" for a in words for b in words for c in words
             for number in range(14)]  # fmt: skip
    dead = [link(f"../2019/{slug[1:]}-gone.md", line=n) for n, slug in enumerate(slugs[::25], 1)]
    many: list[Any] = [briefing(slug) for slug in slugs]
    whole = catalog(briefing("source", *dead, *dead), *many)
    began = time.process_time()
    _, problems = resolve_links(whole)
    spent = time.process_time() - began
    assert len(problems) == 2 * len(dead) > 800
    assert spent < 2.0


def test_resolving_imports_no_heavy_library() -> None:
    code = (
        "import sys, mkdocs_briefings.linking.resolve, mkdocs_briefings.linking.connect;"
        "print([m for m in ('numpy', 'scipy', 'rapidfuzz', 'mkdocs') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        pytest.param("topics/banks", "topics/banks/", id="a topic"),
        pytest.param("topics/banks/", "topics/banks/", id="a topic, written as its address"),
        pytest.param("authors/ada-example", "authors/ada-example/", id="an author"),
        pytest.param("changes", "changes/", id="a list that every site has"),
    ],
)
def test_a_wiki_link_leads_to_a_page_that_is_made(written: str, place: str) -> None:
    links, problems = resolve_links(catalog(briefing("a", wiki(written), topics=("banks",))))
    assert not problems
    found = links["2026/a.md"][written, ""]
    assert (found.kind, found.key) == ("made", place)


def terms() -> dict[str, Term]:
    return {"toll": Term(key="toll", term="Harbour toll", definition="A charge.")}


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        pytest.param("", "", id="the glossary"),
        pytest.param("toll", "toll", id="a term by its key"),
        pytest.param("Harbour toll", "toll", id="a term by its name"),
    ],
)
def test_a_wiki_link_leads_to_the_glossary(fragment: str, found: str) -> None:
    held = catalog(briefing("a", wiki("glossary", fragment)), terms=terms())
    links, problems = resolve_links(held)
    assert not problems
    assert links["2026/a.md"]["glossary", fragment] == Resolved(
        kind="made", key="glossary/", fragment=found
    )


def test_a_term_that_is_not_there_is_a_problem() -> None:
    _, problems = resolve_links(catalog(briefing("a", wiki("glossary", "tol")), terms=terms()))
    assert [(p.code, p.hint) for p in problems] == [("bad-anchor", "did you mean 'toll'?")]


def test_without_terms_there_is_no_glossary() -> None:
    _, problems = resolve_links(catalog(briefing("a", wiki("glossary"))))
    assert [problem.code for problem in problems] == ["bad-link"]


def test_a_slug_comes_before_a_page_that_is_made() -> None:
    links, _ = resolve_links(catalog(briefing("a", wiki("archive")), briefing("archive")))
    assert links["2026/a.md"]["archive", ""].kind == "briefing"
