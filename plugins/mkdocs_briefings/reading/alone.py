"""What a briefing's file says by itself, whatever other files say."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, fields
from operator import attrgetter

from ..catalog.briefing import Body, Briefing, Image
from ..catalog.problem import Problem
from ..catalog.slugs import fold
from .nodes import Node

_ALONE = tuple(
    field.name
    for field in fields(Briefing)
    if field.name not in {"topics", "authors", "storylines", "editor", "image"}
)
"""What a record has from its file alone."""
_alone = attrgetter(*_ALONE)


@dataclass(frozen=True, slots=True)
class Named:
    """A text of the front matter, and where it stands."""

    text: str
    line: int
    column: int

    @classmethod
    def at(cls, node: Node, text: str = "") -> Named:
        return cls(text, node.line, node.column)

    @property
    def node(self) -> Node:
        return Node(self.text, self.line, self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as written: whether the file is there is not known yet."""

    src: Named
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The file of a briefing, as far as it can be understood alone."""

    path: str
    front: bytes
    """As of `Document`."""
    slug: str
    place: Named
    """Where the slug is written: its value, or the file's first line."""
    record: Briefing | None
    """Without topics, authors, storylines, editor, image and aliases; None without a date."""
    loose: Body | None
    """The body where there is no record; None where the record has it."""
    problems: tuple[Problem, ...]
    topics: tuple[Named, ...]
    authors: tuple[Named, ...]
    storylines: tuple[Named, ...]
    editor: Named | None
    number: Named | None
    picture: Picture | None
    wanted: tuple[Named, ...]
    """Slugs that the front matter names."""
    aliases: tuple[Named, ...]

    @property
    def body(self) -> Body:
        body = self.record.body if self.record else self.loose
        assert body is not None
        return body


def named(
    record: Briefing,
    topics: tuple[str, ...],
    authors: tuple[str, ...],
    storylines: tuple[str, ...],
    editor: str,
    image: Image | None,
) -> Briefing:
    """A record as its file has it alone, with what the names in the file mean."""
    # Of ten thousand, `replace` takes three times as long.
    return Briefing(
        **dict(zip(_ALONE, _alone(record), strict=True)),
        topics=topics,
        authors=authors,
        storylines=storylines,
        editor=editor,
        image=image,
    )


def file_slug(path: str) -> str:
    """The slug that a file's name gives."""
    return fold(posixpath.basename(path).removesuffix(".md"))
