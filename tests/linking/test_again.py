"""After any edit, lists made again are those made from nothing, and few are made."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Briefing, Pick
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.linking import kept, related
from mkdocs_briefings.linking.again import Ranked, related_again
from mkdocs_briefings.linking.kept import from_parts, to_parts
from mkdocs_briefings.linking.related import FEW, related_briefings
from mkdocs_briefings.linking.rests import Lists, lists_from_bytes, lists_to_bytes
from mkdocs_briefings.reading.read import read

from .catalogs import body, briefing, catalog
from .test_moved import same

WORDS = [f"{kind}{n}" for kind in ("harbour", "copper", "ferry", "court") for n in range(12)]


def text(dice: random.Random, count: int = 30) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))


def archive(dice: random.Random, count: int) -> dict[str, Briefing]:
    return {
        f"b{n:03}": briefing(
            f"b{n:03}",
            day=dice.randint(1, 900),
            title=text(dice, 3),
            text=text(dice, dice.randint(0, 60)),
            topics=tuple(dice.sample(["ports", "metals", "law"], dice.randint(0, 2))),
            authors=(dice.choice(["ada-example", "bo-example"]),),
            storylines=("run",) if dice.random() < 0.2 else (),
        )
        for n in range(count)
    }


Cited = Mapping[str, Sequence[str]]


Parts = dict[str, bytes]


def checked(
    site: Catalog, cited: Cited, before: Ranked | None, parts: Parts | None = None
) -> tuple[Ranked, int]:
    """Made again, compared with what is made from nothing, and sent through bytes.

    `parts` are those of `before`; what is written anew of them is replaced.
    """
    ranked, made = related_again(site, cited, before, limit=4)
    clean, _ = related_again(site, cited, None, limit=4)
    assert ranked.lists == clean.lists
    read = again(ranked, {})
    for one in (ranked, read, again(ranked, parts, before)) if parts else (ranked, read):
        assert same(one.space, clean.space)
        assert np.array_equal(one.least, clean.least)
        assert one.features.texts == clean.features.texts
        assert one.lists == clean.lists
    return read, made


def parts_of(ranked: Ranked, known: Ranked | None = None) -> Parts:
    return dict(to_parts(ranked, known))


def again(ranked: Ranked, parts: Parts, known: Ranked | None = None) -> Ranked:
    """The same, through bytes, most of them as they were."""
    lists = lists_from_bytes(lists_to_bytes(Lists(ranked.rests.key, ranked.lists)))
    parts |= to_parts(ranked, known)
    return from_parts(parts.get, lists)


EDITS = ("body", "title", "topics", "author", "date", "new", "gone", "pick", "link", "copy", "none")


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(EDITS), min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_random_edits(dice: random.Random, edits: list[str]) -> None:
    with patch.object(kept, "_LEAST", dice.choice([1, 64])):
        edited_at_random(dice, edits)


@given(st.randoms(use_true_random=False), st.integers(1, 90))
@settings(max_examples=25, deadline=None)
def test_all_briefings_get_what_each_of_them_gets(dice: random.Random, count: int) -> None:
    """However few they are, and though only few are looked at closely."""
    held = archive(dice, count)
    site = catalog(*held.values())
    cited = {slug: dice.sample(sorted(held), min(count, 2)) for slug in list(held)[::3]}
    with patch.object(related, "CANDIDATES", dice.choice([FEW, 20, 60])):
        with patch.object(related, "_MANY", range(0)):
            one_by_one, _ = related_again(site, cited, None, limit=4)
        with patch.object(related, "_MANY", range(1, 91)):
            together, _ = related_again(site, cited, None, limit=4)
    assert together.lists == one_by_one.lists
    assert np.array_equal(together.least, one_by_one.least)


def edited_at_random(dice: random.Random, edits: list[str]) -> None:
    held = archive(dice, dice.randint(3, 90))
    cited: dict[str, list[str]] = {}
    ranked, _ = related_again(catalog(*held.values()), cited, None, limit=4)
    parts: Parts = {}
    ranked = again(ranked, parts)
    for edit in edits:
        slug = dice.choice(sorted(held))
        one = held[slug]
        match edit:
            case "body":
                held[slug] = replace(one, body=body(text=text(dice)))
            case "title":
                held[slug] = replace(one, title=text(dice, 3))
            case "topics":
                held[slug] = replace(one, topics=("law",))
            case "author":
                held[slug] = replace(one, authors=("cleo-example",))
            case "date":
                held[slug] = replace(one, published=one.published.replace(year=2019))
            case "new":
                held["new"] = briefing("new", text=text(dice), title=text(dice, 2))
            case "gone" if len(held) > 1:
                del held[slug]
            case "pick":
                held[slug] = replace(one, related=(Pick(slug=dice.choice(sorted(held))),))
            case "link":
                cited = cited | {slug: [dice.choice(sorted(held))]}
            case "copy":
                held[slug] = replace(one, body=held[dice.choice(sorted(held))].body)
        cited = {s: [o for o in others if o in held] for s, others in cited.items() if s in held}
        site = catalog(*held.values())
        checked(site, cited, ranked)
        now, _ = related_again(site, cited, ranked, limit=4)
        checked(site, cited, ranked, dict(parts))
        ranked = again(now, parts, ranked)


def test_nothing_changed_makes_nothing() -> None:
    held = archive(random.Random(3), 40)
    ranked, made = checked(catalog(*held.values()), {}, None)
    assert ranked.lists == related_briefings(catalog(*held.values()), {}, limit=4)
    assert made == 40
    assert checked(catalog(*held.values()), {}, ranked)[1] == 0


def test_what_is_filed_near_counts_where_words_are_few() -> None:
    """It may be no copy any more of what a list has, though nothing else leads to it."""
    reader = briefing("reader", day=1, title="Zinc", text="Zinc.", topics=("ports",))
    entries = [
        briefing(f"{topic}{n}", day=day + n, title=text, text=text, topics=(topic,))
        for topic, day, text, count in (
            ("ports", 2, "Ferry dock toll", 2),
            ("law", 400, "Mill tin lead", 24),
            ("sea", 700, "Ferry dock toll", 6),
            ("corn", 800, "Grain bond levy", 7),
        )
        for n in range(count)
    ]
    held = {one.slug: one for one in [reader, *entries]}
    ranked, _ = checked(catalog(*held.values()), {}, None)
    assert [entry.slug for entry in ranked.lists["reader"]] == ["ports0"]
    held["ports1"] = replace(held["ports1"], title="Grain", body=body(text="Grain bond levy."))
    ranked, made = checked(catalog(*held.values()), {}, ranked)
    assert [entry.slug for entry in ranked.lists["reader"]] == ["ports0", "ports1"]
    assert made < len(held)


@pytest.mark.archive
def test_an_edit_of_the_archive_makes_few_lists(corpus: Path) -> None:
    site = read(corpus).catalog
    ranked, _ = related_again(site, {}, None, limit=3)
    slugs = sorted(site.briefings)
    for slug in slugs[100::700]:
        one = site.briefings[slug]
        edited = replace(one, body=replace(one.body, text=one.body.text + " One sentence more."))
        after = replace(site, briefings={**site.briefings, slug: edited})
        again, made = related_again(after, {}, ranked, limit=3)
        assert again.lists == related_briefings(after, {}, limit=3)
        assert made < len(slugs) / 2, slug


def test_parts_of_anything_else_are_refused() -> None:
    held = archive(random.Random(5), 60)
    ranked, _ = related_again(catalog(*held.values()), {}, None)
    ranked = again(ranked, {})
    held["b003"] = replace(held["b003"], title="Another title")
    other, _ = related_again(catalog(*held.values()), {}, ranked)
    parts, lists = parts_of(ranked), Lists(ranked.rests.key, ranked.lists)
    assert from_parts(parts.get, lists).lists == ranked.lists
    for name in [name for name, part in parts.items() if part]:
        part = parts[name]
        for spoilt in (None, b"", b"\x00", part[:-1], part[:40], b"\x93" + part[1:], part * 2):
            with pytest.raises(ValueError, match=r"no |parts of several states"):
                from_parts({**parts, name: spoilt}.get, lists)
    changed = [name for name, part in to_parts(other, ranked) if part != parts[name]]
    assert len(changed) == 2, "what has moved of the vectors, and one shard"
    for name in (*changed, "columns", "weights"):
        with pytest.raises(ValueError, match="parts of several states"):
            from_parts({**parts, name: parts_of(other)[name]}.get, lists)
    with pytest.raises(ValueError, match="parts of several states"):
        from_parts(parts.get, Lists(other.rests.key, other.lists))
