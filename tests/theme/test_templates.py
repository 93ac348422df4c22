"""Rules that hold for the source of every template."""

from __future__ import annotations

import re
from pathlib import Path

import mkdocs_briefings
import pytest
from jinja2 import Environment, nodes
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from mkdocs_briefings.catalog.briefing import EVENT_KINDS, SOURCE_KINDS
from mkdocs_briefings.rendering.filters import filters
from mkdocs_briefings.wording.english import COUNTED, WORDS
from mkdocs_briefings.wording.language import ENGLISH

from .render import THEME, environment

TEMPLATES = sorted(THEME.rglob("*.html"))
every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=[str(path.relative_to(THEME)) for path in TEMPLATES]
)
ENVIRONMENT = environment()


def parsed(path: Path) -> nodes.Template:
    return ENVIRONMENT.parse(path.read_text(encoding="utf-8"))


@every_template
def test_a_template_says_first_what_it_shows(path: Path) -> None:
    assert re.match(r"\{#-\s", path.read_text(encoding="utf-8"))


@every_template
def test_a_template_trusts_nothing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape", source)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or "application/ld+json" in script


@every_template
def test_a_template_sees_its_view_and_the_chrome_alone(path: Path) -> None:
    """`main.html`, for pages of other plugins, is the one that reads MkDocs' own page."""
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    expressions = " ".join(re.findall(r"\{[{%].*?[%}]\}", source, flags=re.DOTALL))
    forbidden = r"\b(config|nav|extra|mkdocs_version|build_date_utc)\b\s*[.\[|]"
    assert not re.search(forbidden, re.sub(r'"[^"]*"', "", expressions))
    if path.name != "main.html":
        assert not re.search(r"(?<![\w.])page\s*\.", re.sub(r'"[^"]*"', "", expressions))


@every_template
def test_no_word_of_ours_stands_in_a_template(path: Path) -> None:
    """All of them are in `WORDS`, so that another language is another mapping."""
    words = []
    for output in parsed(path).find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                words.append(node.data)
    # A tag may be cut in two by an expression: join, then drop tags and lone attributes.
    shown = re.sub(r"<[^<>]*>", " ", "\u00b6".join(words))
    shown = re.sub(r"[\w-]+=\"[^\"]*\"|<!doctype html>", " ", shown)
    # Words of Open Graph, for machines.
    shown = re.sub(r"\b(website|article|profile)\b", " ", shown)
    assert not re.search(r"[A-Za-z]{2,}", re.sub(r"&[a-z]+;", "", shown)), shown


def used(name: str) -> set[str]:
    """Constant keys that templates give to a filter."""
    keys = set()
    for path in TEMPLATES:
        for node in parsed(path).find_all(nodes.Filter):
            if node.name != name:
                continue
            key = node.node if name == "word" else node.args[0]
            if isinstance(key, nodes.Const):
                keys.add(key.value)
    return keys


COMPUTED = {
    *("draft", "draft_text", "scheduled", "scheduled_text"),
    *("developing", "settled", "superseded", "superseded_text", "archived", "archived_text"),
    *("awaiting", "closed", "published", "update", "correction"),
    *("holds", "moves", "waits"),
    *(f"kind_{kind}" for kind in (*EVENT_KINDS, *SOURCE_KINDS)),
    *(f"entry_{kind}" for kind in ("published", "update", "correction")),
}
"""Keys made of a field of a record, whose values are few and fixed."""


def named_in_python() -> set[str]:
    """Words that code names by their key."""
    package = Path(mkdocs_briefings.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        if not path.is_relative_to(package / "wording") or path.name == "language.py":
            source = path.read_text(encoding="utf-8")
            found |= set(re.findall(r"\"([a-z_]+)\"", source))
    return found


def test_every_word_is_there_and_none_is_left_over() -> None:
    assert used("word") <= set(WORDS)
    assert set(WORDS) - used("word") - COMPUTED - named_in_python() == set()
    assert used("plural") <= set(COUNTED)
    assert set(COUNTED) - used("plural") - named_in_python() == set()


def test_a_constant_word_costs_nothing_at_run_time() -> None:
    env = Environment(autoescape=True)
    env.filters.update(filters(ENGLISH))
    source = env.compile('{{ "sources" | word }}', raw=True)
    assert "yield 'Sources'" in source
    assert "'sources'" not in source, "looked up again for every page"


def test_our_filters_shadow_none_of_jinja_or_mkdocs() -> None:
    assert not set(filters(ENGLISH)) & {*DEFAULT_FILTERS, "url", "tojson", "script_tag"}


@every_template
def test_every_include_is_there(path: Path) -> None:
    tree = parsed(path)
    named = [node.template for node in tree.find_all(nodes.Include)]
    named += [node.template for node in tree.find_all(nodes.Extends)]
    for name in named:
        assert isinstance(name, nodes.Const)
        ENVIRONMENT.get_template(name.value)
