"""What a link can point at: pages with a source file, pages that are made, and the images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..catalog.briefing import Body, Briefing, Heading
from ..catalog.catalog import Catalog
from ..catalog.pages import Edition, PlainPage
from ..catalog.permalinks import last_part
from ..catalog.slugs import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A page that a link can lead to."""

    kind: str
    """`briefing`, `page`, `edition`, `front` or `made`."""
    key: str
    """Its slug; empty for the front page; of a page that is made its place, `topics/banks/`."""
    path: str
    """Source path; empty for a page that is made."""
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """All targets of a catalog, and the names they answer to."""

    paths: Mapping[str, Target]
    """By source path."""
    names: Mapping[str, tuple[Target, ...]]
    """By folded slug; more than one when a briefing, a page and an edition share it."""
    former: Mapping[str, tuple[Target, ...]]
    """By folded last part of an old permalink; names that are somebody's slug are left out."""
    made: Mapping[str, Target]
    """By place without its last `/`: pages that no file stands for, such as `topics/banks`."""
    images: frozenset[str]
    sorted_names: Sequence[str] = field(default=())
    """Folded slugs in code point order, for hints."""

    def called(self, name: str) -> tuple[Target, ...]:
        """The targets a folded name leads to: those that bear it, else those that once did."""
        return self.names.get(name) or self.former.get(name, ())


def targets(catalog: Catalog) -> Targets:
    """Collect what links of this catalog can point at."""
    every = tuple(_every(catalog))
    names: dict[str, tuple[Target, ...]] = {}
    for target in every:
        if target.kind != "front":
            name = fold(target.key)
            names[name] = (*names.get(name, ()), target)
    former: dict[str, tuple[Target, ...]] = {}
    for target in every:
        if target.kind == "briefing":
            aliases = catalog.briefings[target.key].aliases
            for name in sorted({last_part(alias) for alias in aliases}):
                if name and name not in names:
                    former[name] = (*former.get(name, ()), target)
    return Targets(
        paths={target.path: target for target in every},
        names=names,
        former=former,
        made={**{place: _made(place) for place in _places(catalog)}, **_glossary(catalog)},
        images=frozenset(catalog.images),
        sorted_names=sorted(names),
    )


def _every(catalog: Catalog) -> Iterator[Target]:
    front = catalog.front
    yield Target(kind="front", key="", path=front.path, body=front.body)
    kinds: tuple[tuple[str, Mapping[str, Briefing | PlainPage | Edition]], ...] = (
        ("briefing", catalog.briefings),
        ("page", catalog.pages),
        ("edition", catalog.editions),
    )
    for kind, entries in kinds:
        for key, entry in sorted(entries.items()):
            yield Target(kind=kind, key=key, path=entry.path, body=entry.body)


def _made(place: str) -> Target:
    return Target(kind="made", key=f"{place}/", path="", body=Body(markdown=""))


def _glossary(catalog: Catalog) -> Mapping[str, Target]:
    """The glossary, whose terms can be linked to like headings: `[[glossary#port-fee]]`."""
    if not catalog.terms:
        return {}
    terms = tuple(
        Heading(level=3, text=term.term, anchor=key, line=0) for key, term in catalog.terms.items()
    )
    body = Body(markdown="", headings=terms)
    return {"glossary": Target(kind="made", key="glossary/", path="", body=body)}


def _places(catalog: Catalog) -> Iterator[str]:
    """The pages that a site has beside those of its files: lists, topics, authors, storylines."""
    yield from ("archive", "authors", "changes", "changes/corrections", "dates", "topics")
    yield from (f"topics/{key}" for key in catalog.topics)
    yield from (f"authors/{key}" for key in catalog.authors)
    if catalog.storylines:
        yield "storylines"
        yield from (f"storylines/{key}" for key in catalog.storylines)
    if catalog.editions:
        yield "editions"
