"""The checker sees what the page has: links, headings, anchors, citations, dropped markup."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.briefing import Body
from mkdocs_briefings.reading.body import Finding, read_body
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href, RenderedBody
from mkdocs_briefings.viewing.parts import SourceItem

from . import judge
from .dropped import dropped
from .grammar import body as grammatical

RENDERER = BodyRenderer()
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Both:
    """One body, read and rendered."""

    markdown: str
    body: Body
    findings: tuple[Finding, ...]
    rendered: RenderedBody
    dropped: tuple[str, ...]
    met: list[tuple[str, str]]
    """Links that the renderer asked about, in order."""


def both(markdown: str, source: SourceItem) -> Both:
    body, findings = read_body(markdown)
    met: list[tuple[str, str]] = []

    def to(target: str, fragment: str) -> Href:
        met.append((target, fragment))
        return Href(url="../x/", title=f"Another title {target}")

    rendered = RENDERER.render(markdown, to, lang="en", sources=[source])
    left_out = dropped(RENDERER._convert(markdown, frozenset({source.number})))
    return Both(markdown, body, findings, rendered, left_out, met)


@pytest.fixture(scope="module")
def source() -> SourceItem:
    return SourceItem(
        number=1,
        title="T",
        publisher="",
        date="",
        url="",
        kind="",
        lang="",
        archived="",
        cited=0,
    )


def headings(html: str) -> list[tuple[int, str]]:
    return [(int(level), name) for level, name in re.findall(r'<h(\d) id="([^"]*)"', html)]


def disagreements(seen: Both) -> Iterator[str]:
    links = [(link.target, link.fragment) for link in seen.body.links]
    if links != seen.met and ("[^" not in seen.markdown or sorted(links) != sorted(seen.met)):
        yield f"links: checked {links}, rendered {seen.met}"
    checked = [(heading.level, heading.anchor) for heading in seen.body.headings]
    if checked != headings(seen.rendered.html):
        yield f"headings: checked {checked}, rendered {headings(seen.rendered.html)}"
    if seen.body.cited != set(seen.rendered.cited):
        yield f"cited: checked {seen.body.cited}, rendered {seen.rendered.cited}"
    reported = any(f.code == "unsafe-html" and "address" not in f.message for f in seen.findings)
    if reported != bool(seen.dropped):
        yield f"dropped: checked {reported}, rendered {seen.dropped}"


@pytest.mark.parametrize("seed", range(0, 400, 40))
def test_on_whatever_people_combine(seed: int, source: SourceItem) -> None:
    for number in range(seed, seed + 40):
        markdown = grammatical(number)
        assert list(disagreements(both(markdown, source))) == [], f"body {number}:\n{markdown}"


@pytest.mark.parametrize("seed", range(0, 120, 40))
def test_no_word_of_honest_markdown_is_lost(seed: int, source: SourceItem) -> None:
    for number in range(seed, seed + 40):
        seen = both(grammatical(number), source)
        page = set(WORD.findall(judge.text(seen.rendered.html)))
        assert set(WORD.findall(seen.body.text)) <= page, seen.markdown


def bodies(corpus: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(corpus.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        yield path.name, text.split("\n---\n", 1)[1]


@pytest.mark.archive
def test_on_a_real_archive(corpus: Path, source: SourceItem) -> None:
    found = {
        name: faults
        for name, markdown in bodies(corpus)
        if (faults := list(disagreements(both(markdown, source))))
    }
    assert found == {}


@pytest.mark.archive
def test_no_word_of_a_real_archive_is_lost_in_silence(corpus: Path, source: SourceItem) -> None:
    for name, markdown in list(bodies(corpus))[::8]:
        seen = both(markdown, source)
        page = set(WORD.findall(judge.text(seen.rendered.html)))
        for word in set(WORD.findall(seen.body.text)) - page:
            # Marks of emphasis inside a word are read differently here and there.
            assert "_" in word or any(word in longer for longer in page), f"{name}: {word}"


@pytest.mark.archive
def test_checking_a_real_archive_is_quick(corpus: Path) -> None:
    texts = [markdown for _, markdown in bodies(corpus)]
    start = time.process_time()
    for markdown in texts:
        read_body(markdown)
    seconds = time.process_time() - start
    # About 0.6 ms an article on a quiet machine; shared ones are slower.
    assert seconds / len(texts) < 0.002
