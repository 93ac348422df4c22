"""Links in front matter and registries: every slug named there must be a briefing.

They are collected while files are read and checked when all slugs are known. What leads nowhere is
then taken out of the records, so that a site which lowers `bad-link` shows no dead link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ..catalog.briefing import Briefing, Pick
from ..catalog.catalog import Catalog
from ..catalog.permalinks import last_part
from ..catalog.problem import MOST_OFFERS
from ..catalog.slugs import fold
from . import hints
from .findings import Findings
from .nodes import Node
from .text import short


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slug named at a place."""

    findings: Findings
    node: Node
    slug: str
    """As typed."""
    by: str = ""
    """Slug of the briefing that names it, or empty."""
    chart: bool = False
    """A chart of it is wanted."""

    @classmethod
    def at(cls, findings: Findings, node: Node, slug: str, by: str = "") -> Wanted:
        return cls(findings, node, slug, by)


@dataclass(frozen=True, slots=True)
class Slugs:
    """What a slug may be."""

    live: Mapping[str, Briefing]
    held: Mapping[str, Briefing]
    """Drafts and future-dated briefings that are not published."""
    broken: Mapping[str, str]
    """Slug → path of files that gave no record."""


def check(wanted: Iterable[Wanted], slugs: Slugs) -> None:
    """Report each wanted slug that leads nowhere, with the nearest ones."""
    # An archive that has just moved in names what is gone again and again.
    offers: dict[str, list[str]] = {}
    missed: Counter[str] = Counter()
    former: dict[str, str] = {}
    for want in wanted:
        slug = fold(want.slug)
        if slug == want.by:
            message = f"'{short(want.slug)}' is this very briefing"
            want.findings.at(want.node, "bad-link", message, "name another one")
        elif slug in slugs.live:
            if want.chart and not slugs.live[slug].body.charts:
                message = f"'{short(want.slug)}' has no chart"
                hint = "name a briefing that has a block fenced as `chart`"
                want.findings.at(want.node, "bad-chart", message, hint)
        elif slug in slugs.held:
            # Two that are held back may name each other: they can appear together.
            if want.by not in slugs.held:
                held = slugs.held[slug]
                state = "a draft" if held.draft else f"held back until {held.published}"
                message = f"'{short(want.slug)}' is {state}"
                hint = "publish it first, or leave the name out until then"
                want.findings.at(want.node, "bad-link", message, hint)
        elif slug in slugs.broken:
            message = f"'{short(want.slug)}' cannot be read"
            hint = f"mend {slugs.broken[slug]} first"
            want.findings.at(want.node, "bad-link", message, hint)
        else:
            missed[want.findings.path] += 1
            some = missed[want.findings.path] <= MOST_OFFERS
            if some and slug not in offers:
                former = former or _former(slugs.live.values())
                known = former.get(slug)
                offers[slug] = [known] if known else hints.nearest(slug, slugs.live, limit=3)
            near = offers[slug] if some else []
            named = " or ".join(f"'{name}'" for name in near)
            hint = f"did you mean {named}?" if near else "a slug is a file's name without `.md`"
            message = f"no briefing has the slug '{short(want.slug)}'"
            want.findings.at(want.node, "bad-link", message, hint)


def _former(briefings: Iterable[Briefing]) -> dict[str, str]:
    """Last parts of old addresses, folded → the slug that the briefing has now."""
    return {last_part(alias): briefing.slug for briefing in briefings for alias in briefing.aliases}


def pruned(briefing: Briefing, live: Collection[str]) -> Briefing:
    """The briefing without links that lead nowhere or to itself."""
    related = _picks(briefing.related, live, briefing.slug)
    changes: dict[str, object] = {}
    if related != briefing.related:
        changes["related"] = related
    for name in ("superseded_by", "translation_of"):
        slug = getattr(briefing, name)
        if slug and (slug not in live or slug == briefing.slug):
            changes[name] = ""
    return replace(briefing, **changes) if changes else briefing  # type: ignore[arg-type]


def prune(catalog: Catalog) -> Catalog:
    """The catalog without links in front matter and registries that lead nowhere."""
    live = catalog.briefings
    front = catalog.front
    return replace(
        catalog,
        briefings={slug: pruned(briefing, live) for slug, briefing in live.items()},
        topics={
            key: replace(
                topic,
                featured=tuple(slug for slug in topic.featured if slug in live),
                now=topic.now
                and replace(
                    topic.now,
                    state=tuple(
                        row if row.briefing in live else replace(row, briefing="")
                        for row in topic.now.state
                    ),
                ),
            )
            if topic.featured or topic.now
            else topic
            for key, topic in catalog.topics.items()
        },
        storylines={
            key: replace(
                storyline,
                events=tuple(
                    event if event.briefing in live else replace(event, briefing="")
                    for event in storyline.events
                ),
            )
            for key, storyline in catalog.storylines.items()
        },
        editions={
            slug: replace(edition, picks=_picks(edition.picks, live))
            for slug, edition in catalog.editions.items()
        },
        front=replace(
            front,
            lead=front.lead if front.lead in live else "",
            five=_picks(front.five, live),
            chart=front.chart if front.chart in live and live[front.chart].body.charts else "",
        ),
    )


def _picks(picks: tuple[Pick, ...], live: Collection[str], own: str = "") -> tuple[Pick, ...]:
    return tuple(pick for pick in picks if pick.slug in live and pick.slug != own)
