"""Charts in a body: what they hold, and where their faults are."""

from __future__ import annotations

import pytest
from mkdocs_briefings.reading.charts import charts

TWO = """Before.

```chart
title: The deficit fell
unit: billion US dollars
source: 1
rows:
  2024: 1,295.50
  2025: "-202.1"
```

```python
title: no chart
```
"""


def test_a_chart_keeps_its_figures_as_written() -> None:
    (chart,), faults = charts(TWO, line=10, sources=1)
    assert not faults
    assert (chart.title, chart.unit, chart.source) == ("The deficit fell", "billion US dollars", 1)
    assert [(bar.label, bar.shown) for bar in chart.bars] == [
        ("2024", "1,295.50"),
        ("2025", "-202.1"),
    ]
    assert [str(bar.value) for bar in chart.bars] == ["1295.50", "-202.1"]
    lines = TWO.split("\n")
    assert (lines[chart.first], lines[chart.last]) == ("```chart", "```")


@pytest.mark.parametrize(
    ("yaml", "line", "column", "message"),
    [
        pytest.param("rows: {a: 1}", 2, 1, "this chart has no title", id="no title"),
        pytest.param("title: A", 2, 1, "this chart has no rows", id="no rows"),
        pytest.param("title: A\nrows: 3", 4, 7, "rows of a chart", id="rows of another kind"),
        pytest.param("title: A\nrows: {a: low}", 4, 11, "'a' has no figure", id="no figure"),
        pytest.param("title: A\ncolour: red\nrows: {a: 1}", 4, 1, "no key 'colour'", id="a key"),
        pytest.param("title: A\nsource: 3\nrows: {a: 1}", 4, 9, "no source 3", id="a source"),
        pytest.param("title: A\nsource: x\nrows: {a: 1}", 4, 9, "no source x", id="a word"),
        pytest.param("title: [a", 3, 10, "", id="not YAML"),
        pytest.param("title: A\ntitle: B\nrows: {a: 1}", 4, 1, "", id="a key twice"),
        pytest.param("", 2, 1, "holds no keys", id="nothing"),
        pytest.param("title: &a A\nrows: {a: *a}", 3, 8, "", id="an anchor"),
    ],
)
def test_a_fault_is_told_at_its_place(yaml: str, line: int, column: int, message: str) -> None:
    found, (fault,) = charts(f"\n```chart\n{yaml}\n```\n", line=1, sources=1)
    assert not found
    assert (fault.code, fault.line, fault.column) == ("bad-chart", line, column)
    assert message in fault.message


@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("````text\n```chart\ntitle: A\n```\n````\n", id="shown in another fence"),
        pytest.param("    ```chart\n    title: A\n    ```\n", id="code by its indent"),
        pytest.param("```charts\ntitle: A\n```\n", id="another word"),
        pytest.param("```chart\ntitle: A\n", id="without an end"),
    ],
)
def test_what_is_no_chart_stays_code(markdown: str) -> None:
    assert charts(markdown, line=1, sources=0) == ((), [])


def test_too_many_rows_are_a_table() -> None:
    rows = "".join(f"  r{n}: {n}\n" for n in range(41))
    found, (fault,) = charts(f"```chart\ntitle: A\nrows:\n{rows}```\n", line=1, sources=0)
    assert not found
    assert "41 rows" in fault.message
