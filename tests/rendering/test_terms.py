"""Terms in rendered bodies: where they are marked, and that it is where linking found them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.registries import Term
from mkdocs_briefings.linking.terms import MOST_EXPLAINED, Spellings, glossary, mentions
from mkdocs_briefings.reading.body import read_body
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href, RenderedBody
from mkdocs_briefings.rendering.sanitise import absolute
from mkdocs_briefings.rendering.terms import explained
from mkdocs_briefings.viewing.parts import SourceItem, TermMention

from ..conftest import ROOT
from .grammar import body as grammatical

RENDERER = BodyRenderer()
MARK = re.compile(r'<a class="term" href="\.\./glossary/#([^"]*)">([^<]*)</a>')
SOURCE = SourceItem(
    number=1, title="T", publisher="", date="", url="", kind="", lang="", archived="", cited=0
)


def terms(*names: str) -> dict[str, Term]:
    """Terms by key, each written `name` or `name=alias,alias`."""
    made = {}
    for name in names:
        term, _, aliases = name.partition("=")
        key = term.lower().replace(" ", "-")
        found = tuple(alias for alias in aliases.split(",") if alias)
        made[key] = Term(key=key, term=term, definition="What it is.", aliases=found)
    return made


def found_in(markdown: str, known: Spellings) -> tuple[TermMention, ...]:
    return tuple(
        TermMention(key=m.key, spellings=m.spellings, explained=m.explained)
        for m in mentions(read_body(markdown)[0].prose, known)
    )


def rendered(markdown: str, found: Iterable[TermMention], sources: int = 1) -> RenderedBody:
    return RENDERER.render(
        markdown,
        lambda target, fragment: Href(url=f"../{target}/", title=f"A title {target}"),
        lang="en",
        sources=[SOURCE][:sources],
        terms=tuple(found),
        glossary="../glossary/",
    )


def marks(markdown: str, *names: str) -> list[tuple[str, str]]:
    """Key and text of each mark, in the order of the page."""
    found = found_in(markdown, glossary(terms(*names), "en"))
    return [(key, unescape(text)) for key, text in MARK.findall(rendered(markdown, found).html)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("A toll. Another toll.", "toll", id="the first mention and no other"),
        pytest.param("One\ntoll a boat.", "toll", id="after the break of a line"),
        pytest.param("No *toll* yet.", "toll", id="all that is emphasised"),
        pytest.param("> They said: no toll.", "toll", id="in a quotation of the page's language"),
        pytest.param("- one toll\n- two tolls", "toll", id="in a list"),
        pytest.param("Tolls & *more* tolls.", "Tolls", id="beside a sign that HTML escapes"),
        pytest.param("A toll[^1] of one crown.", "toll", id="before a citation"),
        pytest.param("Box[^a].\n\n[^a]: The toll.", "toll", id="in a footnote"),
        pytest.param("!!! note\n    The toll.", "toll", id="in a box"),
        pytest.param("In 2025 toll 2.5 holds, the toll too.", "toll", id="not before decimals"),
    ],
)
def test_where(markdown: str, expected: str) -> None:
    assert [text for _, text in marks(markdown, "Toll")] == [expected]


@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("## The toll", id="in a heading"),
        pytest.param("The toll\n========", id="in an underlined heading"),
        pytest.param("See [the toll](https://a.example/).", id="in a link elsewhere"),
        pytest.param("See [[x|the toll]].", id="in a wiki-link"),
        pytest.param("See [the *toll*](x.md) here.", id="in a link to a briefing"),
        pytest.param("See [the `toll` here](https://a.example/).", id="round code in a link"),
        pytest.param("See <https://toll.example/toll>.", id="in an address"),
        pytest.param("Write to <toll@harbour.example>.", id="in an address of mail"),
        pytest.param("The `toll` variable.", id="in code"),
        pytest.param("```\ntoll\n```", id="in a block of code"),
        pytest.param("Text.\n\n    toll\n", id="in indented code"),
        pytest.param("| toll | b |\n|---|---|\n| toll | 1 |", id="in a table"),
        pytest.param('!!! note "The toll"\n    Text.', id="in the title of a box"),
        pytest.param('??? note "The toll"\n    Text.', id="in what folds a box"),
        pytest.param("<figure><figcaption>The toll</figcaption></figure>", id="in a caption"),
        pytest.param('A <span lang="es">toll</span> here.', id="in words of another language"),
        pytest.param('> Un toll mas.\n{: lang="es" }', id="in a foreign paragraph"),
        pytest.param("A <kbd>toll</kbd> key.", id="in a key"),
        pytest.param('An <abbr title="A charge">toll</abbr>.', id="in an explained abbreviation"),
        pytest.param("A to*ll* and t**oll**.", id="over a tag"),
        pytest.param("The anti-toll party, a toll-like fee, toll_x, atoll.", id="in longer words"),
    ],
)
def test_where_not(markdown: str) -> None:
    assert marks(markdown, "Toll") == []
    text = f"{markdown}\n\nAfterwards comes a toll."
    html = rendered(text, found_in(text, glossary(terms("Toll"), "en"))).html
    assert len(MARK.findall(html)) == 1
    assert html.rstrip().endswith('a <a class="term" href="../glossary/#toll">toll</a>.</p>')


def test_what_the_text_explains_itself() -> None:
    assert marks("*[toll]: a charge\n\nThe toll, and once more the toll.", "Toll") == []


def test_nothing_in_nothing() -> None:
    assert marks("", "Toll") == []


def test_a_shorter_term_is_not_found_in_a_longer_one() -> None:
    text = "A harbour toll. Then a toll."
    assert marks(text, "Toll", "Harbour toll") == [
        ("harbour-toll", "harbour toll"),
        ("toll", "toll"),
    ]


def test_a_term_beyond_the_limit_keeps_its_place() -> None:
    """What is not explained is not explained as a shorter term either."""
    words = [f"word{chr(97 + n)}" for n in range(MOST_EXPLAINED)]
    text = f"{' '.join(words)} and a harbour toll. The toll."
    # Ten come first; so neither of the last two is explained.
    assert [key for key, _ in marks(text, *words, "Harbour toll", "Toll")] == words
    # With nine, the longer one is the tenth, and the shorter stays away from it.
    assert [key for key, _ in marks(text, *words[:9], "Harbour toll", "Toll")] == [
        *words[:9],
        "harbour-toll",
    ]


def test_what_a_name_holds_is_escaped() -> None:
    found = found_in("Say R&D <b>x</b> and `<i>`.", glossary(terms("R&D"), "en"))
    html = rendered("Say R&D <b>x</b> and `<i>`.", found).html
    assert '<a class="term" href="../glossary/#r%26d">R&amp;D</a> <b>x</b>' in html


def test_the_rest_of_the_body_is_what_it_would_be_without() -> None:
    for number in range(0, 120, 3):
        markdown = grammatical(number)
        words = sorted(set(re.findall(r"\b[a-z]{5,}\b", read_body(markdown)[0].prose)))[:30]
        with_terms = rendered(markdown, found_in(markdown, glossary(terms(*words), "en"))).html
        without = rendered(markdown, ()).html
        assert re.sub(MARK, r"\2", with_terms) == without, markdown


def test_no_author_can_write_such_a_link() -> None:
    html = rendered('<a class="term" href="x.md">toll</a>', ()).html
    assert 'class="term"' not in html


def test_feeds_show_the_word() -> None:
    markdown = "The toll & more."
    html = rendered(markdown, found_in(markdown, glossary(terms("Toll"), "en"))).html
    assert "glossary" in html
    assert absolute(html, "https://a.example/b/") == "<p>The toll &amp; more.</p>"


# Agreement ---------------------------------------------------------------------------------


def disagreements(markdown: str, known: Spellings, sources: int = 1) -> Iterator[str]:
    found = found_in(markdown, known)
    wanted = [term.key for term in found if term.explained]
    marked = [key for key, _ in MARK.findall(rendered(markdown, found, sources).html)]
    if sorted(wanted) != sorted(marked):
        yield f"found {wanted}, marked {marked}"


def test_on_our_own_content() -> None:
    catalog = read(ROOT / "briefings").catalog
    known = glossary(catalog.terms, "en")
    count = 0
    for briefing in catalog.briefings.values():
        found = found_in(briefing.body.markdown, known)
        html = rendered(briefing.body.markdown, found).html
        wanted = [term.key for term in found if term.explained]
        assert [key for key, _ in MARK.findall(html)] == wanted, briefing.slug
        count += len(wanted)
    assert count > 50, "hardly a term is used: is the glossary empty?"


@pytest.mark.parametrize("seed", range(0, 400, 80))
def test_on_whatever_people_combine(seed: int) -> None:
    for number in range(seed, seed + 80):
        markdown = grammatical(number)
        prose = read_body(markdown)[0].prose
        words = sorted(set(re.findall(r"\b[a-z]{5,}\b", prose)))[:40]
        faults = list(disagreements(markdown, glossary(terms(*words), "en")))
        assert faults == [], f"body {number}:\n{markdown}"


COMMON = (
    *(
        "Agency=agencies,federal agency",
        "Website=web site",
        "API=application programming interface",
    ),
    *("User experience=UX", "Content strategy", "Digital service", "Usability test", "Open data"),
    *("Social media", "Mobile app", "Plain language", "Accessibility=508", "Analytics", "GSA"),
    *("Customer service", "Government-wide", "Cloud", "Metadata", "Crowdsourcing", "Webinar"),
    *("Survey", "Design system", "User", "Content", "Service", "Public", "Section 508", "Privacy"),
)
"""Words that many articles of the archive use; some stand within others."""


@pytest.mark.archive
def test_on_a_real_archive(corpus: Path) -> None:
    known = glossary(terms(*COMMON), "en")
    found: dict[str, list[str]] = {}
    marked = 0
    for path in sorted(corpus.rglob("*.md"))[::4]:
        markdown = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        if faults := list(disagreements(markdown, known)):
            found[path.name] = faults
        marked += 1
    assert marked > 500
    assert found == {}


@pytest.mark.archive
def test_marking_a_real_archive_is_quick(corpus: Path) -> None:
    known = glossary(terms(*COMMON), "en")
    pages = []
    for path in sorted(corpus.rglob("*.md"))[::8]:
        markdown = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        prose = read_body(markdown)[0].prose
        pages.append((prose, rendered(markdown, ()).html, found_in(markdown, known)))
    start = time.process_time()
    for prose, _, _ in pages:
        mentions(prose, known)
    finding = time.process_time() - start
    start = time.process_time()
    for _, html, found in pages:
        explained(html, found, "../glossary/")
    marking = time.process_time() - start
    # About 0.2 and 0.5 ms on a quiet machine; shared ones are slower.
    print(f"{1000 * finding / len(pages):.2f} ms, {1000 * marking / len(pages):.2f} ms a page")
    assert finding / len(pages) < 0.002
    assert marking / len(pages) < 0.003
