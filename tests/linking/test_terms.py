"""Terms of the glossary in running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from mkdocs_briefings.catalog.briefing import Briefing
from mkdocs_briefings.catalog.registries import Term
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.linking.terms import (
    MOST_EXPLAINED,
    glossary,
    mentions,
    other_names,
    spellings,
)

from .catalogs import briefing, catalog


def term(name: str, *aliases: str, key: str = "") -> Term:
    return Term(key=key or name, term=name, definition="What it is.", aliases=aliases)


def found(prose: str, *names: str | Term, lang: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    """Keys and spellings of the mentions; a name alone is a term with that key."""
    every = [name if isinstance(name, Term) else term(name) for name in names]
    known = glossary({each.key: each for each in every}, lang)
    return [(mention.key, mention.spellings) for mention in mentions(prose, known)]


@pytest.mark.parametrize(
    ("prose", "name", "expected"),
    [
        pytest.param("The port fee.", "Port fee", ["port fee"], id="the capital of the glossary"),
        pytest.param("Port fee first.", "port fee", ["Port fee"], id="the capital of a sentence"),
        pytest.param("Port fees rise.", "Port fee", ["Port fees"], id="a plural"),
        pytest.param("Two duties, one duty.", "Duty", ["duties", "duty"], id="a plural of y"),
        pytest.param("Three days.", "Day", ["days"], id="a plural of y after a vowel"),
        pytest.param("Two boxes.", "Box", ["boxes"], id="a plural of x"),
        pytest.param("Some GPUs and a GPU.", "GPU", ["GPUs", "GPU"], id="capitals in the plural"),
        pytest.param("A gpu, a Gpu.", "GPU", [], id="capitals only as capitals"),
        pytest.param("The entity list.", "Entity List", [], id="a name only as a name"),
        pytest.param("The Entity List.", "Entity List", ["Entity List"], id="a name as a name"),
        pytest.param("The PORT FEE.", "Port fee", [], id="no shouting"),
        pytest.param("A port fee's end.", "Port fee", ["port fee"], id="a genitive"),
        pytest.param("(port fee)", "Port fee", ["port fee"], id="between brackets"),
        pytest.param("port fee—or so", "Port fee", ["port fee"], id="before a dash"),
        pytest.param("airport fee, port feet", "Port fee", [], id="no parts of words"),
        pytest.param("a port fee-like charge", "Port fee", [], id="no part of a compound"),
        pytest.param("the anti-dumping rule", "Dumping", [], id="not after a hyphen"),
        pytest.param("anti-dumping", "Anti-dumping", ["anti-dumping"], id="with its own hyphen"),
        pytest.param("anti\u2011dumping", "Anti-dumping", ["anti\u2011dumping"], id="firm hyphen"),
        pytest.param("Côte d’Ivoire", "Côte d'Ivoire", ["Côte d’Ivoire"], id="an apostrophe"),
        pytest.param("under Section 301.", "Section 301", ["Section 301"], id="at a full stop"),
        pytest.param("under Section 301.5", "Section 301", [], id="not before decimals"),
        pytest.param("in China+1 plans", "China+1", ["China+1"], id="a sign inside"),
        pytest.param("uses .NET now", ".NET", [".NET"], id="a sign before"),
        pytest.param("port\nfee", "Port fee", [], id="not over the end of a line"),
        pytest.param("", "Port fee", [], id="nothing in nothing"),
    ],
)  # fmt: skip
def test_spelt(prose: str, name: str, expected: list[str]) -> None:
    assert [spelt for _, those in found(prose, name) for spelt in those] == expected


@pytest.mark.parametrize(
    ("prose", "names", "expected"),
    [
        pytest.param("an export control list", ["List", "Export control"],
                     ["Export control", "List"], id="in the order of the text"),
        pytest.param("a port fee", ["Port", "Fee", "Port fee"], ["Port fee"], id="the longer wins"),
        pytest.param("the WTO panel rules", ["WTO panel", "Panel rule"], ["WTO panel"],
                     id="of two that overlap the first"),
        pytest.param("a charge", [term("Fee", "charge"), term("Duty", "charge")], ["Fee"],
                     id="of two with one name the first of the glossary"),
        pytest.param("duty, levy, duty", [term("Tax", "duty", "levy")], ["Tax"],
                     id="aliases are one term"),
    ],
)  # fmt: skip
def test_which(prose: str, names: list[str | Term], expected: list[str]) -> None:
    assert [key for key, _ in found(prose, *names)] == expected


@pytest.mark.parametrize(
    ("prose", "name", "lang", "expected"),
    [
        pytest.param("Die Zölle", "Zoll", "de", [], id="plurals are English alone"),
        pytest.param("Zolls", "Zoll", "de", [], id="nor is an s one elsewhere"),
        pytest.param("对关税的报复", "关税", "zh", ["关税"], id="no spaces between words"),
        pytest.param("关税 and 关税率", "关税率", "zh", ["关税率"], id="the longer there too"),
        pytest.param("المفاوضات التجارية", "المفاوضات", "ar", ["المفاوضات"], id="Arabic"),
    ],
)
def test_other_languages(prose: str, name: str, lang: str, expected: Sequence[str]) -> None:
    spelt = [spelling for _, those in found(prose, name, lang=lang) for spelling in those]
    assert spelt == list(expected)


def test_the_first_ten_are_explained() -> None:
    names = [f"word{chr(97 + n)}" for n in range(MOST_EXPLAINED + 2)]
    known = glossary({name: term(name) for name in names}, "en")
    seen = mentions(" ".join(reversed(names)), known)
    assert [mention.key for mention in seen] == names[::-1]
    assert [mention.explained for mention in seen] == [True] * MOST_EXPLAINED + [False] * 2


def test_other_names_leave_out_what_the_name_says() -> None:
    fee = term("Port fee", "port fees", "Port fee", "harbour due", "harbour dues", "PF")
    assert other_names(fee, "en") == ("harbour due", "PF")
    assert spellings("PF", "en") == ("PF", "PFs")


def prosaic(slug: str, prose: str, **more: object) -> Briefing:
    made = briefing(slug, text=prose, **more)  # type: ignore[arg-type]
    return replace(made, body=replace(made.body, prose=prose))


SITE = catalog(
    prosaic("new", "The port fee and the toll.", day=9),
    prosaic("old", "A toll.", day=2),
    prosaic("abroad", "A toll, GPU.", day=3, lang="fr"),
    prosaic("silent", "Nothing.", day=4),
    terms={"toll": term("Toll", key="toll"), "fee": term("Port fee", key="fee"),
           "gpu": term("GPU", key="gpu")},
)  # fmt: skip


def test_the_graph_says_who_uses_which() -> None:
    graph, _ = connect(SITE, related=0)
    assert {slug: [m.key for m in those] for slug, those in graph.mentions.items()} == {
        "new": ["fee", "toll"],
        "old": ["toll"],
        "abroad": [],
        "silent": [],
    }
    assert graph.users == {"toll": ("old", "new"), "fee": ("new",), "gpu": ()}


def test_briefings_in_the_language_of_the_site_alone() -> None:
    graph, _ = connect(SITE, related=0, lang="fr-CH")
    assert graph.users == {"toll": ("abroad",), "fee": (), "gpu": ("abroad",)}


def test_a_definition_changes_nothing() -> None:
    terms = {key: replace(each, definition="Other words.") for key, each in SITE.terms.items()}
    assert connect(replace(SITE, terms=terms), related=0) == connect(SITE, related=0)


def test_without_a_glossary_there_is_nothing() -> None:
    graph, _ = connect(replace(SITE, terms={}), related=0)
    assert set(graph.mentions.values()) == {()}
    assert graph.users == {}
