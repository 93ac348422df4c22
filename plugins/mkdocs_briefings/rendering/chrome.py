"""The chrome: what is the same on every page, from options and catalog."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ..catalog.catalog import Catalog
from ..viewing import addresses as places
from ..viewing.addresses import Addresses
from ..viewing.parts import Chrome, FeedRef, NavGroup, NavLink
from ..wording.language import Language, direction, primary

LEAD_TOPICS = 5


def lead_topics(catalog: Catalog, chosen: Sequence[str]) -> tuple[str, ...]:
    """Topics of the section bar: those chosen, else the first top ones of the registry.

    Never those with most briefings: a new briefing must not change the frame of every page.
    Fewer than three are none.
    """
    keys = [key for key in chosen if key in catalog.topics] or [
        key for key, topic in catalog.topics.items() if not topic.parent
    ][:LEAD_TOPICS]
    return tuple(keys) if len(keys) > 2 or chosen else ()


def sections(
    catalog: Catalog, lead: Sequence[str], addresses: Addresses, language: Language
) -> tuple[NavLink, ...]:
    """The section bar."""

    def link(title: str, place: str, section: str) -> NavLink:
        return NavLink(title=title, url=addresses.url(place), section=section)

    word = language.word
    bar = [link(word("today"), "", "today")]
    bar += [link(catalog.topics[key].title, places.topic(key), f"topic:{key}") for key in lead]
    if catalog.storylines:
        bar.append(link(word("storylines"), "storylines/", "storylines"))
    if catalog.editions:
        bar.append(link(word("editions"), "editions/", "editions"))
    bar.append(link(word("all_topics"), "topics/", "topics"))
    if "contribute" in catalog.pages:
        bar.append(link(word("contribute"), places.plain("contribute"), "page:contribute"))
    return tuple(bar)


def footer(
    catalog: Catalog, addresses: Addresses, language: Language, *, feeds: bool
) -> tuple[NavGroup, ...]:
    """The footer's columns: Follow, Take part, About."""

    def page(slug: str) -> NavLink:
        return NavLink(title=catalog.pages[slug].title, url=addresses.url(places.plain(slug)))

    word = language.word
    groups = []
    if feeds:
        atom, json = places.feeds("")
        follow = [
            NavLink(title=word("atom_feed"), url=atom),
            NavLink(title=word("json_feed"), url=json),
        ]
        if catalog.editions:
            follow.append(NavLink(title=word("editions"), url=addresses.url("editions/")))
        groups.append(NavGroup(title=word("follow_site"), links=tuple(follow)))
    take_part = [slug for slug in ("contribute", "editorial-rules") if slug in catalog.pages]
    if take_part:
        groups.append(
            NavGroup(title=word("take_part"), links=tuple(page(slug) for slug in take_part))
        )
    others = [slug for slug in catalog.pages if slug not in take_part]
    about = [
        *(page(slug) for slug in others),
        NavLink(title=word("who_writes"), url=addresses.url("authors/")),
        NavLink(title=word("updates_and_corrections"), url=addresses.url("changes/")),
        NavLink(title=word("archive"), url=addresses.url("archive/")),
    ]
    return (*groups, NavGroup(title=word("about"), links=tuple(about)))


def asset_version(theme: Path) -> str:
    """Short hash of stylesheets and scripts: a changed asset gets a new address."""
    digest = hashlib.blake2b(digest_size=4)
    for path in sorted(theme.glob("assets/*.*")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def chrome(
    catalog: Catalog,
    addresses: Addresses,
    *,
    name: str,
    purpose: str,
    url: str,
    lang: str,
    language: Language,
    lead: Sequence[str],
    licence: str,
    licence_url: str,
    repo_url: str,
    theme: Path,
    serving: bool,
) -> Chrome:
    """The chrome of a site; `url` is the absolute address with a trailing `/`, or empty."""
    atom, json = places.feeds("")
    return Chrome(
        name=name,
        purpose=purpose,
        url=url,
        lang=lang,
        dir=direction(lang),
        words_lang=language.tag if primary(language.tag) != primary(lang) else "",
        sections=sections(catalog, lead, addresses, language),
        footer=footer(catalog, addresses, language, feeds=bool(url)),
        licence=licence,
        licence_url=licence_url,
        repo_url=repo_url,
        feeds=FeedRef(title=name, atom=atom, json=json) if url else None,
        asset_version=asset_version(theme),
        serving=serving,
    )
