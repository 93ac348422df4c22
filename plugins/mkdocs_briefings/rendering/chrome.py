"""The chrome: what is the same on every page, from options and catalog."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.catalog import Catalog
from ..viewing import addresses as places
from ..viewing.addresses import Addresses
from ..viewing.parts import Chrome, FeedRef, NavGroup, NavLink
from ..viewing.shelf import Site
from ..wording.language import Language, direction, primary

LEAD_TOPICS = 5
MEND = "fix-a-mistake"
"""Anchor of the heading, on the page `contribute`, under which mistakes are dealt with."""


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
    follow = []
    if feeds:
        atom, json = places.feeds("")
        follow = [
            NavLink(title=word("atom_feed"), url=atom),
            NavLink(title=word("json_feed"), url=json),
        ]
    if catalog.editions:
        follow.append(NavLink(title=word("editions"), url=addresses.url("editions/")))
    # The page and not the file: whether there is a date for a file changes with a briefing.
    follow.append(NavLink(title=word("calendar_page"), url=addresses.url("dates/")))
    groups = [NavGroup(title=word("follow_site"), links=tuple(follow))]
    take_part = [slug for slug in ("contribute", "editorial-rules") if slug in catalog.pages]
    if take_part:
        mend = mend_url(catalog, addresses)
        suggest = [NavLink(title=word("suggest"), url=mend)] if mend.endswith(MEND) else []
        links = (*suggest, *(page(slug) for slug in take_part))
        groups.append(NavGroup(title=word("take_part"), links=links))
    others = [slug for slug in catalog.pages if slug not in take_part]
    about = [
        *(page(slug) for slug in others),
        NavLink(title=word("who_writes"), url=addresses.url("authors/")),
        NavLink(title=word("corrections"), url=addresses.url(places.CORRECTIONS)),
        NavLink(title=word("updates_and_corrections"), url=addresses.url(places.CHANGES)),
        NavLink(title=word("archive"), url=addresses.url("archive/")),
    ]
    if catalog.terms:
        about.append(NavLink(title=word("glossary"), url=addresses.url(places.GLOSSARY)))
    return (*groups, NavGroup(title=word("about"), links=tuple(about)))


def mend_url(catalog: Catalog, addresses: Addresses) -> str:
    """Where the site's page for contributors tells how to report a mistake; empty without one."""
    page = catalog.pages.get("contribute")
    if page is None:
        return ""
    known = any(heading.anchor == MEND for heading in page.body.headings)
    return addresses.url(places.plain(page.slug)) + (f"#{MEND}" if known else "")


def chrome(
    site: Site,
    *,
    url: str,
    licence: str,
    licence_url: str,
    repo_url: str,
    asset_version: str,
    serving: bool,
    search: bool,
    styles: tuple[str, ...] = (),
) -> Chrome:
    """The chrome of a site; `url` is the absolute address with a trailing `/`, or empty."""
    catalog, addresses, language = site.catalog, site.addresses, site.language
    atom, json = places.feeds("")
    return Chrome(
        name=site.name,
        purpose=site.purpose,
        url=url,
        lang=site.lang,
        dir=direction(site.lang),
        words_lang=language.tag if primary(language.tag) != primary(site.lang) else "",
        sections=sections(catalog, site.lead_topics, addresses, language),
        footer=footer(catalog, addresses, language, feeds=site.feeds),
        licence=licence,
        licence_url=licence_url,
        repo_url=repo_url,
        mend_url=mend_url(catalog, addresses),
        search_url=addresses.url(places.SEARCH) if search else "",
        feeds=FeedRef(title=site.name, atom=atom, json=json) if site.feeds else None,
        card=places.SITE_CARD if site.cards else "",
        asset_version=asset_version,
        styles=styles,
        serving=serving,
    )
