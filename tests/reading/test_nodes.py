"""YAML as this project reads it: texts with places, and nothing that surprises."""

from __future__ import annotations

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.reading.handler import HANDLER, bare
from mkdocs_briefings.reading.nodes import FRONT_MATTER, Fault, tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: no", {"a": "no"}, id="no is a word"),
        pytest.param("a: 1.10", {"a": "1.10"}, id="1.10 keeps its nought"),
        pytest.param("a: 12:30:45", {"a": "12:30:45"}, id="a time is no number to the base 60"),
        pytest.param("a: 2026-13-45", {"a": "2026-13-45"}, id="an impossible date is a text"),
        pytest.param("a: 0o17", {"a": "0o17"}, id="an octal number is a text"),
        pytest.param(f"a: {'9' * 5000}", {"a": "9" * 5000}, id="a number of 5,000 digits"),
        pytest.param("a: >-\n  b\n  c\n", {"a": "b c"}, id="folded text"),
        pytest.param("yes: {on: [y, ~]}", {"yes": {"on": ["y", "~"]}}, id="keys are words, too"),
    ],
)
def test_every_scalar_is_its_text(text: str, expected: object) -> None:
    node, faults = tree(text, 1, FRONT_MATTER)
    assert node is not None
    assert bare(node) == expected
    assert faults == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a: &x b\nc: *x", "unsupported-yaml", 2, 4, id="anchor"),
        pytest.param("a: *x", "unsupported-yaml", 2, 4, id="alias"),
        pytest.param("b: 1\na: !!python/none x", "unsupported-yaml", 3, 4, id="tag"),
        pytest.param("? [a]\n: b", "unsupported-yaml", 2, 3, id="a list as a key"),
        pytest.param("<<: {a: b}", "unsupported-yaml", 2, 1, id="merge key"),
        pytest.param("%YAML 1.1\n--- \na: b", "unsupported-yaml", 2, 1, id="directive"),
        pytest.param("a: b\n--- # again\nc: d", "bad-front-matter", 3, 1, id="two documents"),
        pytest.param("a: [[[[[" * 99, "too-deep", 2, 6, id="endless nesting"),
        pytest.param(f"a: [{'b, ' * 2500}]", "too-large", 2, 5996, id="too many nodes"),
        pytest.param("a: b\nc: 'd", "bad-yaml", 3, 4, id="quote never closed"),
        pytest.param("a: b\n\tc: d", "bad-yaml", 3, 1, id="tab"),
        pytest.param("über: ä\nb: c: d", "bad-yaml", 3, 5, id="columns count characters"),
        pytest.param("a: @b", "bad-yaml", 2, 4, id="reserved sign"),
        pytest.param("a: [b", "bad-yaml", 2, 6, id="bracket never closed"),
    ],
)
def test_what_stops_the_reading(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(Fault) as stop:
        tree(text, 2, FRONT_MATTER)
    fault = stop.value
    assert (fault.code, fault.line, fault.column) == (code, line, column)
    assert fault.hint


def test_repeated_keys_do_not_stop_it() -> None:
    node, faults = tree("a: 1\nb: 2\na: 3\nb: 4", 2, FRONT_MATTER)
    assert node is not None
    assert bare(node) == {"a": "1", "b": "2"}, "the first stays"
    assert [(f.code, f.line, f.column) for f in faults] == [
        ("duplicate-key", 4, 1),
        ("duplicate-key", 5, 1),
    ]


def test_python_frontmatter_reads_and_writes_through_our_handler() -> None:
    post = frontmatter.loads("---\ntitle: no\nn: 1.10\n---\n\nText.\n", handler=HANDLER)
    assert (post.metadata, post.content) == ({"title": "no", "n": "1.10"}, "Text.")
    with pytest.raises(Fault):  # the library's own handler gives an empty mapping here
        frontmatter.loads("---\ntitle: open\n", handler=HANDLER)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"], exclude_characters="\ufeff")
)


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), TEXTS | st.lists(TEXTS)))
def test_what_is_written_is_read_back(metadata: dict[str, object]) -> None:
    if metadata:
        text = frontmatter.dumps(frontmatter.Post("Text.", None, **metadata), handler=HANDLER)
        assert frontmatter.loads(text, handler=HANDLER).metadata == metadata
