"""The view of the glossary, and what of it briefings see."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_briefings.catalog.briefing import Briefing
from mkdocs_briefings.catalog.registries import Term
from mkdocs_briefings.viewing.glossary import USES
from mkdocs_briefings.viewing.parts import TermMention
from mkdocs_briefings.viewing.records import BriefingView, GlossaryView

from ..linking.catalogs import briefing, catalog
from .test_views import made


def prosaic(slug: str, prose: str, day: int = 1) -> Briefing:
    bare = briefing(slug, day=day, text=prose)
    return replace(bare, body=replace(bare.body, prose=prose))


def terms(*names: str) -> dict[str, Term]:
    return {
        name.lower(): Term(key=name.lower(), term=name, definition=f"{name} is a word.")
        for name in names
    }


def glossary(count: int, *names: str) -> GlossaryView:
    briefings = [prosaic(f"b{n:02}", "A toll.", day=n) for n in range(1, count + 1)]
    view = made(catalog(*briefings, terms=terms(*names)))["glossary/"]
    assert isinstance(view, GlossaryView)
    return view


def test_terms_stand_under_their_letters() -> None:
    view = glossary(1, "toll", "Éclair", "401k", "zebra", "eclipse", "Toll road")
    found = [(group.letter, [row.term for row in group.rows]) for group in view.letters]
    assert found == [
        ("E", ["Éclair", "eclipse"]),
        ("T", ["toll", "Toll road"]),
        ("Z", ["zebra"]),
        ("#", ["401k"]),
    ]


def test_a_glossary_is_in_the_order_of_its_language() -> None:
    held = catalog(terms=terms("ñandú", "nube", "Oeste", "«Nada»"))
    view = made(held, lang="es")["glossary/"]
    assert isinstance(view, GlossaryView)
    found = [(group.letter, [row.term for row in group.rows]) for group in view.letters]
    assert found == [("N", ["«Nada»", "nube"]), ("Ñ", ["ñandú"]), ("O", ["Oeste"])]


def test_the_newest_uses_are_named_and_the_others_counted() -> None:
    toll = glossary(USES + 3, "Toll").letters[0].rows[0]
    assert [ref.url for ref in toll.uses] == [f"briefings/2026/b{n:02}/" for n in range(9, 3, -1)]
    assert toll.more == 3
    assert glossary(USES, "Toll").letters[0].rows[0].more == 0


def test_a_briefing_sees_names_and_no_definitions() -> None:
    held = catalog(prosaic("a", "A toll, two tolls."), terms=terms("Toll", "Fee"))
    view = made(held)["briefings/2026/a/"]
    assert isinstance(view, BriefingView)
    assert view.terms == (TermMention(key="toll", spellings=("toll", "tolls"), explained=True),)
    other = {key: replace(term, definition="Else.") for key, term in held.terms.items()}
    again = made(replace(held, terms=other))
    assert again["briefings/2026/a/"] == view
    assert again["glossary/"] != made(held)["glossary/"]


def test_no_terms_no_page() -> None:
    assert "glossary/" not in made(catalog(prosaic("a", "A toll.")))
