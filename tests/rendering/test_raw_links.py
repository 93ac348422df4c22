"""Markdown links to briefings that stand in raw HTML, which Markdown leaves alone."""

from __future__ import annotations

import pytest
from mkdocs_briefings.reading.body import read_body
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href


@pytest.mark.parametrize(
    ("markdown", "targets"),
    [
        pytest.param("<p>See [the rules](rules.md#two).</p>", ["rules.md"], id="a link"),
        pytest.param("<pre>\n[a](b.md)\n</pre>", [], id="code stays as typed"),
        pytest.param('<p><a href="https://e.org">[a](b.md)</a></p>', [], id="a link in a link"),
        pytest.param("<p>[a](https://e.org/b.md)</p>", [], id="another site"),
    ],
)
def test_markdown_links_in_raw_html_are_links(markdown: str, targets: list[str]) -> None:
    assert [link.target for link in read_body(markdown)[0].links] == targets
    rendered = BodyRenderer().render(markdown, lambda *_: Href("x/"), lang="en")
    assert rendered.html.count('class="internal"') == len(targets)
