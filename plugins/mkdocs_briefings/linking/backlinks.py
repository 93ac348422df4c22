"""Who cites a briefing, with the sentence in which they do."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.briefing import Briefing, Link
from ..catalog.catalog import Catalog
from .graph import Backlink, Resolved

_LONGEST = 320
"""Most code points shown of a sentence; bodies without full stops make sentences of a page."""

Links = Mapping[str, Mapping[tuple[str, str], Resolved]]


def citations(catalog: Catalog, links: Links) -> Mapping[str, Mapping[str, Link]]:
    """By citing briefing: what `cited_by` gives."""
    return {slug: cited_by(one, links[one.path]) for slug, one in catalog.briefings.items()}


def cited_by(
    briefing: Briefing, resolved: Mapping[tuple[str, str], Resolved]
) -> Mapping[str, Link]:
    """The briefings that the body of one links to, each with its first link.

    In the order of the text. Links of a briefing to itself do not count.
    """
    found: dict[str, Link] = {}
    for link in briefing.body.links:
        place = resolved.get((link.target, link.fragment))
        if place and place.kind == "briefing" and place.key != briefing.slug:
            found.setdefault(place.key, link)
    return found


def backlinks(
    catalog: Catalog, cited: Mapping[str, Mapping[str, Link]]
) -> Mapping[str, tuple[Backlink, ...]]:
    """By slug: the briefings that cite it, newest first, ties by slug; an entry for each."""
    found: dict[str, list[Backlink]] = {slug: [] for slug in catalog.briefings}
    for citing in sorted(catalog.briefings.values(), key=_newest_first):
        for slug, link in cited.get(citing.slug, {}).items():
            found[slug].append(backlink(citing, link, catalog.briefings[slug].title))
    return {slug: tuple(entries) for slug, entries in found.items()}


def _newest_first(briefing: Briefing) -> tuple[int, float, str]:
    time = briefing.published_at.timestamp() if briefing.published_at else 0.0
    return (-briefing.published.toordinal(), -time, briefing.slug)


def backlink(citing: Briefing, link: Link, title: str) -> Backlink:
    """A link of a briefing that cites, as the cited one shows it, which has a title."""
    text = link.text or title
    if not link.sentence:
        return Backlink(slug=citing.slug, before="", text=text, after="")
    if link.offset < 0:
        return Backlink(slug=citing.slug, before=_start(link.sentence, _LONGEST), text="", after="")
    before, after = link.sentence[: link.offset], link.sentence[link.offset + len(link.text) :]
    # What is left of the length goes to both sides, and what one does not need to the other.
    spare = max(_LONGEST - len(text), 0)
    left = max(spare // 2, spare - len(after))
    right = max(spare - spare // 2, spare - len(before))
    return Backlink(
        slug=citing.slug, before=_end(before, left), text=text, after=_start(after, right)
    )


def _start(text: str, length: int) -> str:
    """The first words of a text, with an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    kept = text[:length]
    return (kept[: kept.rfind(" ")] if " " in kept[1:] else kept).rstrip() + " …"


def _end(text: str, length: int) -> str:
    """The last words of a text, with an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    kept = text[-length:] if length else ""
    return "… " + (kept[kept.find(" ") + 1 :] if " " in kept[:-1] else kept).lstrip()
