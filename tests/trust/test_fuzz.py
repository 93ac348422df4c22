"""No input raises, and nothing that is made of it is active: random bytes, random front matter,
random Markdown of the signs that parsers stumble over."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mkdocs_briefings.reading.handler import HANDLER
from mkdocs_briefings.reading.schema import BriefingModel

from ..rendering.vectors import HTML, MARKDOWN
from .case import HEAD
from .feed import NAMES, send

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SIGNS = st.sampled_from(
    [
        *("*", "**", "_", "__", "`", "```", "~~~", "~", "^", "=", "==", "[", "]", "](", ")", "[["),
        *(
            "]]",
            "|",
            "[^a]",
            "[^a]: ",
            "[a]: ",
            "*[a]: ",
            "![",
            "<",
            ">",
            "</",
            "/>",
            "<!--",
            "-->",
        ),
        *(
            "<div>",
            "</div>",
            '<div markdown="1">',
            "<b>",
            "<table>",
            "<td>",
            "<p>",
            "<pre>",
            "<svg>",
        ),
        *("<script>", "<style>", "<textarea>", "<title>", "<math>", "<?", "<![CDATA[", "{: .a }"),
        *("{: #a }", "{.a}", "{", "}", "# ", "## ", "> ", "- ", "1. ", "    ", "\t", "\n", "\n\n"),
        *("  \n", "---\n", "===\n", "a|b\n-|-\n", "!!! note\n", "??? note\n", ": ", "- [ ] ", "\\"),
        *(
            "&",
            "&lt;",
            "&#0;",
            "&#x",
            "a",
            "é",
            "關",
            "\u202e",
            "\u200d",
            "\xa0",
            "\u3000",
            '"',
            "'",
        ),
        *("klzzwxh:0", "wzxhzdk:0", "http://a.example", "a@b.example", "javascript:", "{{", "%}"),
        *HTML.values(),
        *MARKDOWN.values(),
    ]
)
MARKDOWNS = st.lists(SIGNS | st.text(max_size=5), max_size=25).map("".join)
KEYS = st.sampled_from([*BriefingModel.model_fields, "tags", "template", "<<", "title"])
SCALARS = (
    st.text(max_size=20)
    | st.sampled_from(["no", "null", "1.10", "2026-13-45", "a, b", "[[x]]", "../x", "x"])
    | st.dates(date(1800, 1, 1), date(2200, 1, 1)).map(str)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "text", "date", "url", "slug", "src", "alt", "kind", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
FRONTS = st.dictionaries(KEYS, VALUES, max_size=10)
YAMLS = st.lists(
    st.sampled_from(
        ["title: ", "author: ", "- ", ": ", "\n", "\n  ", "[", "]", "{", "}", '"', "'", "&a ", "*a",
         "!!python/object ", "!x ", "|\n", ">-\n", "#", "%YAML", "---\n", "...\n", "<<: ", "? ",
         "\t", "x", "2026-01-01", "\\", "\x00", "\x85", "\u2028", "\ufeff"]
    )
    | st.text(max_size=4),
    max_size=20,
).map("".join)  # fmt: skip


def assert_held(data: bytes, name: str = "x.md") -> None:
    found, faults = send(data, name)
    assert faults == []
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)


@quick
@given(st.binary(max_size=400), st.sampled_from(NAMES))
@example(b"\xef\xbb\xbf---\n---\n", "x.md")
@example(b"---\r---", "index.md")
@example(b'"": x', "topics.yml")
@example(b"'!': {children: {a: }}", "topics.yml")
@example(b"a:\nA: {parent: a}\n", "topics.yml")
def test_p13_any_bytes_give_a_page_or_a_problem(data: bytes, name: str) -> None:
    assert_held(data, name)


@quick
@given(YAMLS, st.sampled_from(NAMES))
def test_p13_any_front_matter_gives_a_page_or_a_problem(text: str, name: str) -> None:
    data = text if name.endswith(".yml") else f"---\n{text}\n---\nText.\n"
    assert_held(data.encode("utf-8", "surrogatepass"), name)


@quick
@given(FRONTS, st.sampled_from(NAMES))
def test_p13_any_keys_and_values_give_a_page_or_a_problem(
    front: dict[str, object], name: str
) -> None:
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    data = text if name.endswith(".yml") else f"---\n{text}---\nText.\n"
    assert_held(data.encode("utf-8", "surrogatepass"), name)


@settings(quick, max_examples=300)
@given(MARKDOWNS)
@example("``a *[a]: b\n{: .a}" * 3)
@example("{: .a }")
@example("*[a]: b\n{: #__config onclick=x }")
def test_p13_any_markdown_gives_a_page_or_a_problem(text: str) -> None:
    assert_held(f"---\ntitle: T\n{HEAD}---\n{text}\n".encode("utf-8", "surrogatepass"))


@quick
@given(
    st.dictionaries(
        st.sampled_from(["title", "summary", "why"]),
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), min_size=1),
        min_size=1,
    )
)
def test_p11_front_matter_that_we_write_is_read_back(front: dict[str, str]) -> None:
    written = HANDLER.export(dict(front))
    assert HANDLER.load(written) == front
