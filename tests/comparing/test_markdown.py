"""The report as a comment: whatever a title says, a forge shows it as text."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mkdocs_briefings.comparing import records as r
from mkdocs_briefings.comparing.markdown import LIMIT, markdown

NO_WORDS = r.Words(before=0, after=0, added=0, removed=0)

HOSTILE = [
    "@ada-example look",
    "Fixes #12 and GH-12 and example/repo#12 and !34 and ~bug and %3 and $9 and &5",
    "<img src=x onerror=alert(1)> <!-- <script>alert(1)</script>",
    "![picture](https://evil.example/a.png) [link](https://evil.example/)",
    "https://evil.example/ www.evil.example ada@evil.example <https://evil.example>",
    "| a | b |\n|---|---|\n# heading\n> quote\n/close\n- [x] done",
    "`code` ``code`` ```\nfence\n``` ~~gone~~ **bold** __bold__ *it* _it_",
    "a\\|b \\\\| c &lt;b&gt; &#64;ada &commat;ada :tada: ^[note] $x$ $$y$$ {{x}}",
    "\u202egpj.exe \u2066 \x1b[31m \x00 \r\n\r\n## heading",
    "</details></table></td></summary> --- *** ___ ===",
    "[ref]: https://evil.example/\n[ref]",
]


def comparison(value: str, count: int = 1) -> r.Comparison:
    """One that holds a text wherever somebody else's text may stand."""
    page = r.PageChange(
        change="edited",
        kind="briefing",
        address="briefings/2026/tea/",
        former="briefings/2026/leaves/",
        title=value,
        path=value,
        fields=("title",),
        words=NO_WORDS,
        sources=(r.SourceChange(change="added", title=value, url=value),),
        domains=(value,),
    )
    follows = r.PageChange(
        change="follows", kind="topic", address=value, former=value, title=value, path="",
        fields=(), words=NO_WORDS, sources=(), domains=(),
    )  # fmt: skip
    listed = r.ListChange(page=value, title=value, gained=(value,) * 9, lost=(), reordered=True)
    topics = tuple(
        r.TopicChange(
            change=change,
            key=value,
            title=value,
            address=value,
            before=0,
            after=1,
            parent=value,
            former_parent=value,
            former_title=value,
        )
        for change in ("new", "moved", "renamed")
    )
    return r.Comparison(
        base="0123456789abcdef",
        head="",
        faults=(
            r.Fault(severity="error", code="x", place=value, message=value, hint=value),
        ) * count,
        pages=(page, follows) * count,
        addresses=(
            r.AddressChange(change="added", kind="redirect", address=value, before="", after=value),
        ) * count,
        links=(r.LinkChange(change="gained", page=value, to=value, external=True),) * count,
        backlinks=(listed,) * count,
        related=(listed,) * count,
        topics=topics * count,
        domains=(r.DomainChange(domain=value, pages=(value,)),) * count,
        options=(value,) * count,
        frame=True,
        mended=0,
    )  # fmt: skip


def tree(report: str) -> Any:
    """The report as a forge parses it: with tables, raw HTML and links of bare addresses."""
    html = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(report)
    )
    return html5lib.parse(html, namespaceHTMLElements=False)


OURS = {
    *("html", "head", "body", "h2", "h3", "p", "strong", "code", "ul", "li", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
CALLS = re.compile(r"[@#!~%$&^:](?=[^\s\u2060|]\w*)")


def judge(value: str) -> None:
    found = tree(markdown(comparison(value)))
    plain = tree(markdown(comparison("plain")))
    assert {e.tag for e in found.iter() if isinstance(e.tag, str)} <= OURS
    assert not [e for e in found.iter() if not isinstance(e.tag, str)], "no comment hides anything"
    # As many of each as for a text without any signs: nothing began and nothing was cut short.
    for tag in ("table", "tr", "td", "details", "li", "h3"):
        assert len(found.findall(f".//{tag}")) == len(plain.findall(f".//{tag}")), tag
    for element in found.iter():
        for told in (element.text if element.tag != "code" else "", element.tail):
            called = re.search(r"[@#!~$][^\W_]|://|\bwww\.|\bGH-\d", told or "")
            assert not called, (value, told)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_text(value: str) -> None:
    judge(value)


@given(st.text(st.sampled_from("ab1@#!~%$&<>|`*_[]()\\/:.-+=\"' \n\t^{}wGH"), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_signs_are_text(value: str) -> None:
    judge(f"a{value}")


def test_a_text_reads_as_it_was_typed() -> None:
    value = "R&D <b> | 5 * 3 = 15, “quoted” _and_ `coded` [1] #2 @ada"
    found, plain = (tree(markdown(comparison(v))) for v in (value, "Plain"))
    told = "".join(found.itertext()).replace("\u2060", "")
    # Nowhere less than a plain one: a table's row ends where a sign is taken for its border.
    assert told.count(value) == "".join(plain.itertext()).count("Plain")


def test_an_ordinary_text_has_no_signs_of_markup() -> None:
    value = 'Rates (again): 2.5 - a half-year\'s "pause" = none + some.'
    assert value in markdown(comparison(value))


def test_a_report_stays_below_what_forges_take() -> None:
    for count in (1, 30, 1_000):
        for value in ("Tea", "\U0001f375" * 200, "<&@" * 200):
            assert len(markdown(comparison(value, count)).encode()) <= LIMIT


def test_what_is_left_out_is_counted() -> None:
    report = markdown(comparison("Tea", 1_000))
    shown = len(re.findall(r"^- \*\*error\*\*", report, re.MULTILINE))
    assert 0 < shown < 1_000
    assert f"… and {1_000 - shown:,} more" in report
    assert tree(report).findall(".//details"), "nothing is cut in the middle"
