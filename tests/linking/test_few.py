"""After edits of texts, lists made from what few vectors say are those made from all of them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Briefing
from mkdocs_briefings.linking import few as module
from mkdocs_briefings.linking import related, vectors
from mkdocs_briefings.linking.again import related_again
from mkdocs_briefings.linking.few import ManyError, lists_again
from mkdocs_briefings.linking.kept import few_from_parts, few_to_parts, from_parts, to_parts
from mkdocs_briefings.linking.rests import Lists, text_digest
from mkdocs_briefings.linking.sequences import Lines, Order
from mkdocs_briefings.reading.read import read

from .catalogs import body, catalog
from .test_again import Parts, archive, text
from .test_moved import same

LIMIT = 4


class Kept:
    """The lists of some briefings, brought up to date edit after edit."""

    def __init__(self, held: dict[str, Briefing], cited: dict[str, list[str]]) -> None:
        self.held, self.cited = held, cited
        ranked, _ = related_again(catalog(*held.values()), cited, None, limit=LIMIT)
        self.parts: Parts = dict(to_parts(ranked))
        self.lists = dict(ranked.lists)
        self.key = ranked.rests.key

    def edit(self, edited: dict[str, Briefing]) -> set[str]:
        """Give some briefings other texts; gives the slugs of the lists that were made.

        Raises:
            ManyError: If these are many.
        """
        held = {**self.held, **edited}
        site = catalog(*held.values())
        before = few_from_parts(self.parts.get, self.key)
        texts = {slug: text_digest(one) for slug, one in edited.items()}
        after, made = lists_again(
            site, before, self.lists.__getitem__, texts, LIMIT, Lines(Order(site))
        )
        self.held, self.lists, self.key = held, {**self.lists, **made}, after.rests.key
        self.parts |= dict(few_to_parts(after))
        return set(made)

    def check(self) -> None:
        """Compare all that is kept with what is made from nothing."""
        site = catalog(*self.held.values())
        clean, _ = related_again(site, self.cited, None, limit=LIMIT)
        assert self.lists == clean.lists
        kept = from_parts(self.parts.get, Lists(self.key, self.lists))
        assert same(kept.space, clean.space)
        assert kept.rests == clean.rests
        assert np.array_equal(kept.least, clean.least)
        assert np.array_equal(kept.shown, clean.shown)
        # A build that looks at all goes on from there.
        slug = min(self.held)
        other = replace(self.held[slug], body=body(text="A harbour0 and a canal."))
        site = catalog(*{**self.held, slug: other}.values())
        again, _ = related_again(site, self.cited, kept, limit=LIMIT)
        assert again.lists == related_again(site, self.cited, None, limit=LIMIT)[0].lists


def edited(dice: random.Random, held: dict[str, Briefing], slug: str) -> Briefing:
    """A briefing with another text, more or less of it."""
    one = held[slug]
    match dice.randrange(5):
        case 0:
            return replace(one, body=body(text=text(dice, dice.randint(0, 60))))
        case 1:
            return replace(one, title=text(dice, 3))
        case 2:
            return replace(one, body=held[dice.choice(sorted(held))].body)
        case 3:
            return replace(one, body=body(text=f"{one.body.text} alone{dice.randrange(4)}"))
        case _:
            return replace(one, body=body(text=" ".join(one.body.text.split()[:-1])))


@given(st.randoms(use_true_random=False), st.integers(1, 6), st.sampled_from([2, 5, 500]),
       st.sampled_from([1, 7, 1024]), st.sampled_from([4, 12, 60]))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_random_edits(
    dice: random.Random, count: int, common: int, longest: int, candidates: int
) -> None:
    with (
        patch.object(vectors, "COMMON", common),
        patch.object(vectors, "LONGEST", longest),
        patch.object(related, "CANDIDATES", candidates),
    ):
        held = archive(dice, dice.randint(2, 60))
        slugs = sorted(held)
        cited = {dice.choice(slugs): [dice.choice(slugs)] for _ in range(dice.randrange(3))}
        kept = Kept(held, cited)
        for _ in range(count):
            some = dice.sample(slugs, min(dice.randint(1, 3), len(slugs)))
            kept.edit({slug: edited(dice, kept.held, slug) for slug in some})
            kept.check()


def test_a_word_of_one_is_now_one_of_two_and_back() -> None:
    """Of the other nobody has read the text: where its words are is known all the same."""
    held = archive(random.Random(7), 50)
    for slug in ("b003", "b017"):
        held[slug] = replace(held[slug], body=body(text=f"{held[slug].body.text} wherry{slug}"))
    kept = Kept(held, {})
    for word in ("wherryb003", "wherryb017", "wherry", ""):
        one = kept.held["b030"]
        made = kept.edit({"b030": replace(one, body=body(text=f"Copper0 court1 {word}"))})
        assert "b030" in made
        kept.check()


def test_more_than_few_are_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    held = archive(random.Random(3), 40)
    kept = Kept(held, {})
    parts = dict(kept.parts)
    monkeypatch.setattr(module, "_LEAST", 1)
    with pytest.raises(ManyError):
        kept.edit({"b003": replace(held["b003"], body=body(text=text(random.Random(5), 50)))})
    assert kept.parts == parts


def test_features_of_another_state_are_refused() -> None:
    held = archive(random.Random(4), 40)
    kept, other = Kept(held, {}), Kept(held, {})
    edit = {"b003": replace(held["b003"], title="Copper1 ferry2")}
    other.edit(edit)
    (number,) = [n for n, part in other.parts.items() if part != kept.parts[n] and "shard" in n]
    for spoilt in (other.parts[number], kept.parts[number][:-1], b""):
        kept.parts[number] = spoilt
        with pytest.raises(ValueError, match=r"no shard|parts of several states"):
            kept.edit(edit)


class Asked(dict[str, bytes]):
    """Parts, and the names of those that were asked for."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.names: set[str] = set()

    def get(self, name: str, default: object = None) -> bytes | None:  # type: ignore[override]
        self.names.add(name)
        return super().get(name)


def test_pieces_of_another_state_are_refused() -> None:
    held = archive(random.Random(4), 40)
    held["b017"] = replace(held["b017"], body=body(text="wherry"))
    edit = {"b003": replace(held["b003"], body=body(text=f"{held['b003'].body.text} wherry"))}
    trial, kept = Kept(held, {}), Kept(held, {})
    other = Kept({**held, "b009": replace(held["b009"], title="Quayside")}, {})
    trial.parts = asked = Asked(trial.parts)
    trial.edit(edit)
    pieces = {name for name in asked.names if name.startswith("rest-")}
    assert 0 < len(pieces) < 8, "of others nobody asks"
    name = min(pieces & kept.parts.keys() & other.parts.keys())
    for spoilt in (b"", b"\x93", kept.parts[name][:-1], other.parts[name]):
        kept.parts[name] = spoilt
        with pytest.raises(ValueError, match=r"no terms|parts of several states"):
            kept.edit(edit)


@pytest.mark.archive
def test_an_edit_of_the_archive_makes_few_lists(corpus: Path) -> None:
    site = read(corpus).catalog
    kept = Kept(dict(site.briefings), {})
    done = 0
    for slug in sorted(site.briefings)[100::500]:
        one = kept.held[slug]
        longer = replace(one.body, text=one.body.text + " One sentence more of the wherries.")
        made = kept.edit({slug: replace(one, body=longer)})
        assert slug in made
        assert len(made) <= len(kept.held) / 20
        done += 1
    assert done == len(range(100, len(site.briefings), 500)), "all of them are few"
    everything = replace(site, briefings=kept.held)
    assert kept.lists == related_again(everything, {}, None, limit=LIMIT)[0].lists
