"""What counts as the words of a briefing."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_briefings.catalog.briefing import Passage
from mkdocs_briefings.linking.features import features

from .catalogs import briefing

ENGLISH = "Both councils agree on a toll."
SPANISH = "Los dos consejos acuerdan una tasa para cada barca."


def test_a_passage_in_another_language_does_not_count() -> None:
    mixed = briefing("toll", text=f"{ENGLISH}\n{SPANISH}")
    marked = replace(mixed, body=replace(mixed.body, passages=(Passage(text=SPANISH, lang="es"),)))
    alone = briefing("toll", text=ENGLISH)
    assert features(marked).keys.tolist() == features(alone).keys.tolist()
    assert features(marked).counts.tolist() == features(alone).counts.tolist()
    assert len(features(mixed).keys) > len(features(alone).keys)
