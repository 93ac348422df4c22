"""What counts as the words of a briefing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, starmap

from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import KeyPoint, Passage
from mkdocs_briefings.linking.features import TITLE, features, features_of, pair_keys, word_keys
from mkdocs_briefings.linking.words import words

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


def test_features_of_several_are_those_of_each() -> None:
    several = [
        briefing("toll", title="A toll", text=f"{ENGLISH} {ENGLISH}"),
        briefing("none", title="—", text=""),
        briefing("tasa", title="Ставка", text=SPANISH, key_points=(KeyPoint(text="Two boats."),)),
        briefing("café", title="A café", text="金利 and 15% of a café"),
        briefing("last", text=f"{SPANISH}\n{ENGLISH}", summary="x", summary_written=True),
    ]
    found = features_of(several)
    assert found.ends[0] == 0
    assert found.ends[-1] == len(found.keys) == len(found.counts)
    for one, own in zip(several, starmap(slice, pairwise(found.ends.tolist())), strict=True):
        alone = features(one)
        assert found.keys[own].tolist() == alone.keys.tolist()
        assert found.counts[own].tolist() == alone.counts.tolist()
        assert alone.keys.tolist() == sorted({*alone.keys.tolist()})
    assert features_of([]).ends.tolist() == [0]


@given(
    st.lists(st.tuples(st.text(), st.text("aB é’金\u0301.\n1"), st.booleans()), max_size=4),
)
def test_words_and_pairs_of_each_part_are_counted_by_themselves(
    texts: list[tuple[str, str, bool]],
) -> None:
    held = [
        briefing(f"b{n}", title=title, text=text, summary=title, summary_written=written)
        for n, (title, text, written) in enumerate(texts)
    ]
    found = features_of(held)
    for one, own in zip(held, starmap(slice, pairwise(found.ends.tolist())), strict=True):
        summary = one.summary if one.summary_written else ""
        expected: Counter[int] = Counter()
        for part, weight in ((one.title, TITLE), (summary, 1), (one.body.own_text, 1)):
            keys = word_keys(words(part))
            for key in (*keys.tolist(), *(pair_keys(keys).tolist() if len(keys) else ())):
                expected[key] += weight
        counts = found.counts[own].tolist()
        assert dict(zip(found.keys[own].tolist(), counts, strict=True)) == expected
