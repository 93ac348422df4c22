"""Linking on a real archive: every link its authors made, and what they would call related."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.linking.graph import Graph
from mkdocs_briefings.linking.related import related_briefings
from mkdocs_briefings.reading.read import read

pytestmark = pytest.mark.archive


@pytest.fixture(scope="module")
def measure(shared: Path) -> ModuleType:
    """The measure that comes with the archive."""
    path = shared / "corpora" / "related_measure.py"
    if not path.is_file():
        pytest.skip(f"no {path}")
    spec = importlib.util.spec_from_file_location("related_measure", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cut(
    measure: ModuleType, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Catalog, dict[str, list[str]]]:
    """The archive with every link taken out, and whom each article linked to."""
    folder = tmp_path_factory.mktemp("cut")
    measure.prepare(corpus.parent, folder)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return read(folder / "briefings").catalog, truth


@pytest.fixture(scope="module")
def catalog(corpus: Path) -> Catalog:
    return read(corpus).catalog


@pytest.fixture(scope="module")
def graph(catalog: Catalog) -> Graph:
    found, problems = connect(catalog, related=0)
    assert {problem.code for problem in problems} <= {"bad-link", "bad-anchor"}
    return found


def test_every_link_between_articles_is_a_backlink_with_words(
    catalog: Catalog, graph: Graph, cut: tuple[Catalog, dict[str, list[str]]]
) -> None:
    _, truth = cut
    made = [(slug, target) for slug, targets in truth.items() for target in targets]
    lost = [
        (slug, target)
        for slug, target in made
        if slug not in {entry.slug for entry in graph.backlinks[target]}
    ]
    # What stands inside raw HTML is no Markdown: no page shows it as a link.
    written = {
        (slug, link.target.rpartition("/")[2].removesuffix(".md"))
        for slug, briefing in catalog.briefings.items()
        for link in briefing.body.links
    }
    assert not written & set(lost)
    assert len(lost) < len(made) / 20
    shown = [entry for entries in graph.backlinks.values() for entry in entries]
    assert all(entry.before or entry.text or entry.after for entry in shown)
    assert max(len(entry.before + entry.text + entry.after) for entry in shown) < 400


def test_related_finds_what_authors_had_linked(
    measure: ModuleType, cut: tuple[Catalog, dict[str, list[str]]]
) -> None:
    without_links, truth = cut
    lists = related_briefings(without_links, {})
    full = [entries for entries in lists.values() if len(entries) == 10]
    assert len(full) > 0.99 * len(lists)
    found = {slug: [entry.slug for entry in entries] for slug, entries in lists.items()}
    told = measure.score(truth, found)
    assert float(told.split()[1]) >= 0.41, told
