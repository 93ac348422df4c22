"""After any edit, lists made again are those made from nothing, and few are made."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Briefing, Pick
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.linking.again import Ranked, from_bytes, related_again, to_bytes
from mkdocs_briefings.linking.related import related_briefings
from mkdocs_briefings.reading.read import read

from .catalogs import body, briefing, catalog

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


def checked(site: Catalog, cited: Cited, before: Ranked | None) -> tuple[Ranked, int]:
    """Made again, through bytes, and compared with what is made from nothing."""
    ranked, made = related_again(site, cited, before, limit=4)
    assert ranked.lists == related_briefings(site, cited, limit=4)
    kept = from_bytes(to_bytes(ranked))
    assert kept.lists == ranked.lists
    return kept, made


EDITS = ("body", "title", "topics", "author", "date", "new", "gone", "pick", "link", "copy", "none")


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(EDITS), min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_random_edits(dice: random.Random, edits: list[str]) -> None:
    held = archive(dice, dice.randint(3, 90))
    cited: dict[str, list[str]] = {}
    ranked, _ = checked(catalog(*held.values()), cited, None)
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
        ranked, _ = checked(catalog(*held.values()), cited, ranked)


def test_nothing_changed_makes_nothing() -> None:
    held = archive(random.Random(3), 40)
    ranked, made = checked(catalog(*held.values()), {}, None)
    assert made == 40
    assert checked(catalog(*held.values()), {}, ranked)[1] == 0


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


def test_bytes_that_are_something_else_are_refused() -> None:
    held = archive(random.Random(5), 6)
    ranked, _ = related_again(catalog(*held.values()), {}, None)
    data = to_bytes(ranked)
    for spoilt in (b"", b"PK\x03\x04", data[:200], data[:-40], data.replace(b"least", b"lesst")):
        with pytest.raises(ValueError, match="no ranked archive"):
            from_bytes(spoilt)
