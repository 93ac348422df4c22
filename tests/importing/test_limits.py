"""What strangers send costs little: no input makes the time grow much faster than itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.importing.convert import Choices, Target, convert
from mkdocs_briefings.importing.records import Item, Site
from mkdocs_briefings.importing.tree import Tree
from mkdocs_briefings.reading.registries import Registries

SIZE = 150_000
"""Characters of a pathological body."""
PIECES = (
    "[", "](", "![", "[a](", "[a](/x ", "<a href='", '<a href="/x">', "<!--", "{{< a ", "{{", "{%",
    '{{< ref "', "{{< note >}}", "{% raw %}", "`", "``` ", "~~~\n", "\n[a]: /x ", "(", "<a ",
    "<a x", "{{<a href='x' ", "](/2020/01/02/x/)", "[a](/topics/x)", "<img src=/a ", "{: ", "\\",
    "|filename|", '<a href="{{< ref "x" >}}">', "{{< highlight >}}", "<script>", "-- 8<-- ", "&#",
    "* ", "> ",
)  # fmt: skip


def translated(body: str, dialect: str = "hugo") -> str:
    """A body after everything that an import does to it."""
    site = Site(form=dialect, dialect=dialect, bases=["https://old.example/"])
    item = Item(source="a.md", kind="briefing", body=body, slug="a", title="A", url="/a/")
    item.matter.values = {"title": "A", "date": "2020-01-02"}
    site.items = [item]
    target = Target(settings=Settings(), registries=Registries())
    result = convert(site, Tree(root=None, files={}), target, Choices())  # type: ignore[arg-type]
    return result.files["2020/a.md"].text


@pytest.mark.parametrize("dialect", ["hugo", "liquid"])
@pytest.mark.parametrize("piece", PIECES)
def test_p12_a_pathological_body_costs_little(piece: str, dialect: str) -> None:
    start = time.process_time()
    translated(piece * (SIZE // len(piece)), dialect)
    assert time.process_time() - start < 8


def bodies() -> st.SearchStrategy[str]:
    words = st.sampled_from(
        [*PIECES, "word ", "\n", "\n\n", ">}}", "%}", "}}", ")", "]", "-->", ">"]
    )
    return st.lists(words, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(body=bodies(), dialect=st.sampled_from(["hugo", "liquid", "pelican", "mkdocs", "plain"]))
def test_p13_no_body_makes_a_traceback(body: str, dialect: str) -> None:
    translated(body, dialect)


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="<>[]{}`|\\#=-")))
def test_p11_a_body_without_marks_is_as_it_was(text: str) -> None:
    body = f"Text {text}"
    whole: Callable[[str], str] = lambda text: text.strip("\n")  # noqa: E731
    assert whole(translated(body, "plain").split("---\n\n", 1)[1]) == whole(body)
