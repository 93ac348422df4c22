"""What published briefings name: registries, and in an open vocabulary what these lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..catalog.briefing import Briefing
from ..catalog.registries import Author, Storyline, Topic
from .registries import Registries
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Used:
    """What briefings that are published name: an open vocabulary holds no more than that.

    A draft or a briefing of the future must not show through a topic or an author of its own.
    """

    topics: frozenset[str]
    authors: frozenset[str]
    storylines: frozenset[str]

    @classmethod
    def by(cls, briefings: Iterable[Briefing]) -> Used:
        known = list(briefings)
        return cls(
            topics=frozenset(key for b in known for key in b.topics),
            authors=frozenset(key for b in known for key in (*b.authors, b.editor)),
            storylines=frozenset(key for b in known for key in b.storylines),
        )


def _added(names: Vocabulary, used: frozenset[str]) -> dict[str, str]:
    """Labels by key of what a vocabulary lacked and published briefings name."""
    return {key: names.added[key] for key in sorted(names.added.keys() & used)}


def topics(registries: Registries, used: frozenset[str]) -> dict[str, Topic]:
    """Those of the registry, and those that only briefings name; so the two below."""
    added = _added(registries.topic_names, used)
    beyond = {key: Topic(key=key, title=title) for key, title in added.items()}
    return {**registries.topics, **beyond}


def authors(registries: Registries, used: frozenset[str]) -> dict[str, Author]:
    added = _added(registries.author_names, used)
    return {**registries.authors, **{key: Author(key=key, name=n) for key, n in added.items()}}


def storylines(registries: Registries, used: frozenset[str]) -> dict[str, Storyline]:
    added = _added(registries.storyline_names, used)
    beyond = {key: Storyline(key=key, title=title) for key, title in added.items()}
    return {**registries.storylines, **beyond}
