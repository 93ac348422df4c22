"""Small catalogs for the tests of linking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mkdocs_briefings.catalog.briefing import Body, Briefing, Heading, Link
from mkdocs_briefings.catalog.catalog import Catalog
from mkdocs_briefings.catalog.pages import PlainPage
from mkdocs_briefings.catalog.registries import Author, Storyline, Topic
from mkdocs_briefings.linking.table import Table
from scipy import sparse


def link(
    target: str,
    fragment: str = "",
    *,
    text: str = "",
    wiki: bool = False,
    line: int = 9,
    column: int = 3,
    sentence: str = "",
) -> Link:
    offset = sentence.find(text) if text and text in sentence else -1
    return Link(
        target=target,
        fragment=fragment,
        text=text,
        wiki=wiki,
        line=line,
        column=column,
        sentence=sentence,
        offset=offset,
    )


def wiki(target: str, fragment: str = "", **more: Any) -> Link:
    return link(target, fragment, wiki=True, **more)


def body(*links: Link, headings: Iterable[str] = (), text: str = "") -> Body:
    """A body with these links, headings (their anchors, or `anchor=words`) and plain text."""
    made = []
    for number, heading in enumerate(headings):
        anchor, _, words = heading.partition("=")
        made.append(Heading(level=2, text=words or anchor, anchor=anchor, line=10 + number))
    return Body(
        markdown=text, links=links, headings=tuple(made), text=text, words=len(text.split())
    )


def briefing(
    slug: str, *links: Link, day: int = 1, text: str = "", headings: Iterable[str] = (), **more: Any
) -> Briefing:
    """A briefing of the `day`th day of 2026, in the folder `2026`."""
    more.setdefault("path", f"2026/{slug}.md")
    more.setdefault("title", slug.replace("-", " ").capitalize())
    more.setdefault("authors", ("ada-example",))
    more.setdefault("published", date.fromordinal(date(2025, 12, 31).toordinal() + day))
    return Briefing(slug=slug, body=body(*links, headings=headings, text=text), **more)


def page(slug: str, *links: Link, headings: Iterable[str] = (), path: str = "") -> PlainPage:
    return PlainPage(
        path=path or f"pages/{slug}.md",
        slug=slug,
        title=slug.capitalize(),
        body=body(*links, headings=headings),
    )


def catalog(*briefings: Briefing, topics: Iterable[Topic] = (), **more: Any) -> Catalog:
    """A catalog of these briefings, in the order given; its vocabularies hold what they use."""
    vocabulary = {topic.key: topic for topic in topics}
    for entry in briefings:
        for key in entry.topics:
            vocabulary.setdefault(key, Topic(key=key, title=key.replace("-", " ").title()))
    named = {key for entry in briefings for key in (*entry.authors, entry.editor)}
    authors = sorted(named - {""})
    storylines = sorted({key for entry in briefings for key in entry.storylines})
    return Catalog(
        briefings={entry.slug: entry for entry in briefings},
        topics=vocabulary,
        authors={key: Author(key=key, name=key.replace("-", " ").title()) for key in authors},
        storylines={key: Storyline(key=key, title=key.title()) for key in storylines},
        **more,
    )


def matrix(table: Table) -> Any:
    """A table as a matrix of scipy, which shares its numbers."""
    arrays = table.data, table.indices, table.indptr
    return sparse.csr_matrix(arrays, shape=(table.height, table.width))
