"""What is passed over on the walk over a body's tags changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.rendering import finish, walk_links
from mkdocs_briefings.rendering.sanitise import TAG, sanitise
from mkdocs_briefings.rendering.walk import Href
from mkdocs_briefings.wording.language import ENGLISH

NEVER = re.compile(r"(?!)")
SOUP = st.lists(
    st.sampled_from(
        [
            *('<a href="[[x]]">', '<a href="[[none]]"></a>', "</a>", '<a name="q">', "<a>"),
            *('<a href="https://x.example/?a=b#c">', '<a href="HTTPS://x.example/">'),
            *('<a href="https://x.example/" title="t">', '<a href="http://x.example/a&amp;b">'),
            *('<a href="https://x.example/a b">', '<a href="../2026/x.md#y">', "<em>", "</em>"),
            *("<h2>a &amp; b</h2>", '<a href="https://x.example/">c</a>', "<object>", "<h3></h3>"),
            *("<h2>", "</h2>", '<h3 id="a">', "</h3>", "<table><tr><td> ", "</td></tr></table>"),
            *(" ", "\n", "text", '<span class="x">', "<span>", "</span>", "<pre>", "</pre>"),
            *('<div class="highlight"><pre><span class="k">', "</pre></div>", "<br>", "<br />"),
            *("<img>", '<img src="a.png" alt="b">', '<img src="https://x.example/c.png" alt="d"/>'),
            *('<li id="fn:1">', '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">'),
            *("</sup>", "<ul><li>", "</li></ul>", '<input type="checkbox" disabled>', "<p>"),
            *("</p>", "[^1]", '<a href="[^1]">1</a>', '<blockquote lang="fr">', "</blockquote>"),
            *('<p onclick="x()">', "<script>", "</script>", '<tt class="y">', "&amp;", "&nbsp;"),
        ]
    ),
    max_size=16,
).map("".join)


def leads(target: str, fragment: str) -> Href | None:
    return None if target == "none" else Href(f"{target}/", "Title <i>", "fr" if fragment else "")


@contextmanager
def looking_at_all() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finish, "_HANDLED", TAG)
        patch.setattr(finish, "_ALL", TAG)
        patch.setattr(walk_links, "_OUTWARD", NEVER)
        yield


@given(SOUP, st.sampled_from([frozenset(), frozenset({1})]))
def test_a_body_is_finished_as_if_each_tag_were_looked_at(
    html: str, sources: frozenset[int]
) -> None:
    clean = sanitise(html)
    made = finish.finish(clean, leads, sources, "en", ENGLISH)
    with looking_at_all():
        assert made == finish.finish(clean, leads, sources, "en", ENGLISH)
