from __future__ import annotations

import subprocess
import sys

from mkdocs_briefings.catalog.registries import Storyline, Topic
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.linking.graph import Graph

from .catalogs import briefing, catalog, page, wiki

SITE = catalog(
    briefing("rates", day=1, title="Rates held", text="The bank held rates.", topics=("banks",)),
    briefing("loans", wiki("rates"), wiki("soon", line=12), day=2, title="Loans dear",
             text="After rates, loans.", topics=("banks",)),
    briefing("wheat", wiki("loan"), day=3, title="Wheat", text="Grain.", topics=("farms",)),
    pages={"about": page("about", wiki("rates"))},
    topics=[Topic(key="empty", title="Empty")],
)  # fmt: skip


def test_every_mapping_has_an_entry_for_every_key_of_its_kind() -> None:
    storyline = Storyline(key="quiet", title="Quiet")
    site = catalog(*SITE.briefings.values(), topics=SITE.topics.values(), pages=SITE.pages)
    site.storylines["quiet"] = storyline  # type: ignore[index]
    graph, _ = connect(site)
    by_slug = [graph.backlinks, graph.related, graph.in_topic]
    assert all(set(mapping) == {"rates", "loans", "wheat"} for mapping in by_slug)
    assert set(graph.filed) == set(graph.beside) == {"banks", "farms", "empty"}
    assert set(graph.signed) == {"ada-example"}
    assert dict(graph.parts) == {"quiet": ()}
    assert set(graph.links) == {
        "2026/rates.md", "2026/loans.md", "2026/wheat.md", "pages/about.md", "index.md",
    }  # fmt: skip


def test_problems_come_sorted_and_links_feed_backlinks_and_related() -> None:
    graph, problems = connect(SITE, held_back=frozenset({"soon"}))
    assert [(p.path, p.code, p.message) for p in problems] == [
        ("2026/loans.md", "bad-link", "'soon' is not published yet"),
        ("2026/wheat.md", "bad-link", "no briefing, page or edition is called 'loan'"),
    ]
    assert [entry.slug for entry in graph.backlinks["rates"]] == ["loans"]
    assert [entry.slug for entry in graph.related["rates"]] == ["loans"]
    assert graph.in_topic["rates"].next == "loans"


def test_any_order_of_input_gives_one_graph() -> None:
    mixed = catalog(*list(SITE.briefings.values())[::-1], topics=SITE.topics.values(),
                    pages=SITE.pages)  # fmt: skip
    assert connect(mixed) == connect(SITE)


def test_without_related_nothing_else_changes() -> None:
    graph, problems = connect(SITE)
    bare, same = connect(SITE, related=0)
    assert dict(bare.related) == {"rates": (), "loans": (), "wheat": ()}
    assert same == problems
    for name in Graph.__dataclass_fields__:
        if name != "related":
            assert getattr(bare, name) == getattr(graph, name)


def test_without_related_no_vectors_are_loaded() -> None:
    code = (
        "import sys; from mkdocs_briefings.catalog.catalog import Catalog;"
        "from mkdocs_briefings.linking.connect import connect;"
        "from mkdocs_briefings.linking.reasons import reason_text;"
        "connect(Catalog(), related=0);"
        "print([m for m in ('numpy', 'scipy', 'mkdocs', 'yaml') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
