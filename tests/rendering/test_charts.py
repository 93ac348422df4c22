"""Charts as HTML: every figure is text, its bar in proportion, nothing unescaped."""

from __future__ import annotations

import html5lib
import pytest
from mkdocs_briefings.reading.charts import charts
from mkdocs_briefings.rendering.charts import chart_html
from mkdocs_briefings.rendering.markdown import BodyRenderer
from mkdocs_briefings.wording.language import ENGLISH

RENDERER = BodyRenderer()


def rendered(markdown: str) -> str:
    found, faults = charts(markdown, line=1, sources=2)
    assert not faults
    return RENDERER.render(markdown, lambda *_: None, lang="en", charts=found).html


def chart(rows: str, title: str = "A", more: str = "") -> str:
    return f"Before.\n\n```chart\ntitle: {title}\n{more}rows:\n{rows}\n```\n\nAfter.\n"


@pytest.mark.parametrize(
    ("rows", "bars"),
    [
        pytest.param("  a: 10\n  b: 5", [("0.0", "1000.0"), ("0.0", "500.0")], id="to the largest"),
        pytest.param("  a: 3\n  b: -1", [("250.0", "750.0"), ("0.0", "250.0")], id="below zero"),
        pytest.param("  a: 0\n  b: 0", [], id="nothing to draw"),
    ],
)
def test_bars_are_in_proportion(rows: str, bars: list[tuple[str, str]]) -> None:
    page = html5lib.parse(rendered(chart(rows)), namespaceHTMLElements=False)
    drawn = [
        (rect.get("x"), rect.get("width")) for rect in page.iter() if rect.tag.endswith("rect")
    ]
    assert drawn == bars
    assert [cell.text for cell in page.iter("th")] == ["a", "b"]


def test_the_text_round_a_chart_stays() -> None:
    html = rendered(chart("  2024: 1,295.50") + "\n" + chart("  x: 1", title="B"))
    assert html.count("<p>Before.</p>") == html.count("<p>After.</p>") == 2
    assert html.index(">A<") < html.index(">B<")
    assert "1,295.50" in html


def test_values_are_escaped() -> None:
    hostile = "'<script>alert(1)</script>'"
    html = rendered(
        chart(f"  {hostile}: 1", title=hostile, more=f"unit: {hostile}\nnote: {hostile}\n")
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 6, "label, title, caption twice, unit, note"


def test_a_source_is_cited() -> None:
    assert 'href="#_source-2"' in rendered(chart("  a: 1", more="source: 2\n"))


@pytest.mark.parametrize(
    ("source", "note"),
    [
        pytest.param(
            "The <b>bank</b>", "Percent. Source: The &lt;b&gt;bank&lt;/b&gt;.", id="named"
        ),
        pytest.param("", "Percent.", id="none"),
    ],
)
def test_away_from_its_page_a_source_is_named(source: str, note: str) -> None:
    found, _ = charts(chart("  a: 1", more="unit: percent\nsource: 2\n"), line=1, sources=2)
    assert f'<p class="chart__note">{note}</p>' in chart_html(found[0], "en", ENGLISH, source)


def test_the_word_of_a_slot_cannot_be_typed() -> None:
    first = rendered(chart("  a: 1"))
    assert "<p>chart" not in first
    typed = "chart" + "0" * 24 + "n0"
    assert f"<p>{typed}</p>" in rendered(typed + "\n\n" + chart("  a: 1"))
