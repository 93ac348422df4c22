"""P8, P9: whatever is renamed, and however often, addresses answer and ids stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.catalog.briefing import Body, Briefing
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.ledger import Former, Ledger, parse
from mkdocs_briefings.linking.permanence import Places

PATTERN = "briefings/{year}/{slug}/"
DAY = date(2026, 6, 1)

SLUGS = st.sampled_from(["rates", "jobs", "rates-2"])
DAYS = st.dates(date(2024, 12, 30), date(2026, 1, 2))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), SLUGS, DAYS),
        st.tuples(st.just("move"), SLUGS, st.tuples(SLUGS, DAYS)),
        st.tuples(st.just("withdraw"), SLUGS, st.just(None)),
        st.tuples(st.just("record"), st.just(""), st.just(None)),
    ),
    min_size=6,
    max_size=16,
)


def catalog_of(
    briefings: dict[str, Briefing], ledger: Ledger, former: dict[str, Former]
) -> Catalog:
    shown = {b.slug: b for b in sorted(briefings.values(), key=lambda b: b.moment)}
    return Catalog(briefings=shown, ledger=ledger, former=former)


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_p09_random_renames(steps: list[tuple[str, str, object]]) -> None:
    """An editor adds, moves (naming the old address) and withdraws, and records now and then."""
    ledger, former = Ledger(), dict[str, Former]()
    briefings: dict[str, Briefing] = {}
    ids: dict[str, tuple[date, str]] = {}
    """By path, which a move leaves as it is here: what each was first published as."""
    number = 0
    for kind, slug, more in [*steps, ("record", "", None)]:
        places = Places(catalog_of(briefings, ledger, former), PATTERN)
        taken = {*ledger.by_path, *former, *(a for b in briefings.values() for a in b.aliases)}
        known = {b.slug: name for name, b in briefings.items()}
        if kind == "record":
            before = ledger
            ledger = places.recorded(DAY)
            assert set(before.by_path) <= set(ledger.by_path)
            assert parse(str(ledger)) == (ledger, ())
        elif kind == "add" and slug not in known:
            assert isinstance(more, date)
            number += 1
            new = Briefing(
                path=f"{number}.md", slug=slug, title="", authors=(), published=more,
                body=Body(markdown=""),
            )  # fmt: skip
            trial = {**briefings, new.path: new}
            if Places(catalog_of(trial, ledger, former), PATTERN).permalink(slug) not in taken:
                briefings = trial
        elif kind == "move" and slug in known:
            assert isinstance(more, tuple)
            to, day = more
            old = briefings[known[slug]]
            if to != slug and to in known:
                continue
            moved = replace(
                old, slug=to, published=day, aliases=(*old.aliases, places.permalink(slug))
            )
            trial = {**briefings, old.path: moved}
            there = Places(catalog_of(trial, ledger, former), PATTERN).permalink(to)
            if there not in taken and there not in moved.aliases:
                briefings = trial
        elif kind == "withdraw" and slug in known:
            gone = briefings[known[slug]]
            briefings = {p: b for p, b in briefings.items() if p != gone.path}
            for path in (places.permalink(slug), *gone.aliases):
                former[path] = Former(path=path, title="x", withdrawn=DAY, reason="y")
        places = Places(catalog_of(briefings, ledger, former), PATTERN)
        assert [str(p) for p in places.problems() if p.code != "lost-address"] == []
        # Topics and authors are none here: what the ledger has of briefings is all there is.
        assert not [p for p in places.problems() if "briefings/" in p.message]
        for old_address, to in places.redirects.items():
            assert to in places.pages, f"{old_address} leads to {to}"
        found = {b.path: places.identities[b.slug] for b in briefings.values()}
        assert len({i for _, i in found.values()}) == len(found), "no id is used twice"
        if kind == "record":
            for briefing in briefings.values():
                row = ledger.by_path[places.permalink(briefing.slug)]
                known_as = ids.setdefault(briefing.path, (row.day, row.id))
                assert known_as == (row.day, row.id)
            assert len({i for _, i in ids.values()}) == len(ids), "nor by one that is gone"
        for path, identity in found.items():
            assert identity == ids.get(path, identity), "what is recorded never changes"
