"""Names as typed → keys: topics by title or alias, authors by full name, open or closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..catalog.slugs import fold, slugify
from . import hints
from .findings import Findings
from .nodes import Node
from .text import short

TOPIC_LIMIT = 60
"""Most code points of a topic's title."""


@dataclass(slots=True)
class Vocabulary:
    """The names of one kind. Compared folded: no case, accents or punctuation."""

    kind: str
    """`topic`, `author` or `storyline`: what problems speak of."""
    registry: str
    """File that closes the vocabulary, for hints."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key → label, as the registry has them."""
    closed: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)
    """Folded name → keys that it may mean, all of one rank: a key comes before a title, a title
    before an alias."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """Key → key above it."""
    added: dict[str, str] = field(default_factory=dict)
    """Key → label of what is in no registry, as typed first."""
    places: dict[str, str] = field(default_factory=dict)
    """Key → path and line where it was typed first."""
    offers: dict[str, str] = field(default_factory=dict)
    """Folded unknown name → nearest key, or empty: looked for once a name."""

    plain: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """Names typed together → their keys, where there was nothing to report: many are filed alike,
    and what a name meant once it means again."""

    @classmethod
    def closed_by(
        cls,
        kind: str,
        registry: str,
        keys: Mapping[str, str],
        ranks: Iterable[Iterable[tuple[str, str]]],
        parents: Mapping[str, str] | None = None,
    ) -> Vocabulary:
        """A closed vocabulary. `ranks` are pairs of name and key, the strongest names first;
        `parents` allow for paths such as `trade/tariffs`."""
        names: dict[str, list[str]] = {}
        for rank in ranks:
            fresh: dict[str, list[str]] = {}
            for typed, key in rank:
                folded = fold(typed)
                if folded and folded not in names and key not in fresh.setdefault(folded, []):
                    fresh[folded].append(key)
            names.update(fresh)
        return cls(kind, registry, keys, True, names, parents or {})

    def key(self, typed: str, node: Node, findings: Findings) -> str:
        """The key of what was typed; an unknown name gets one too, so that a site which lowers
        the problem can publish the briefing. Empty when the text has no letter at all."""
        found = self.meant(typed)
        if not found:
            return self._new(typed, node, findings)
        if len(found) > 1:
            message = f"'{short(typed)}' may be {' or '.join(repr(key) for key in found)}"
            findings.at(node, f"unknown-{self.kind}", message, "write the key of the one meant")
        elif found[0] in self.added:
            self._again(found[0], typed, node, findings)
        return found[0]

    def meant(self, typed: str) -> list[str]:
        """The keys that a name may mean; none for a new or unknown one."""
        return (
            self._path(typed)
            or self.names.get(typed)
            or self.names.get(fold(typed))
            or self.names.get(slugify(typed), [])
        )

    def _path(self, typed: str) -> list[str] | None:
        """The topic at the end of a path of keys, each below the one before."""
        if "/" not in typed or not self.parents:
            return None
        *above, last = (fold(part) for part in typed.split("/"))
        key = last
        while above:
            key = self.parents.get(key, "")
            if key != above.pop():
                return None
        return [last] if last in self.keys else None

    def _again(self, key: str, typed: str, node: Node, findings: Findings) -> None:
        """A name beyond the registry was typed before."""
        label = self.added[key]
        if self.closed:
            self._unknown(typed, node, findings)
        elif self.kind in ("topic", "author") and typed != label:
            told = f"'{short(typed)}' and '{short(label)}' ({self.places[key]})"
            message = f"{told} are one {self.kind}"
            findings.at(node, f"duplicate-{self.kind}", message, f"write '{short(label)}' in both")

    def _new(self, typed: str, node: Node, findings: Findings) -> str:
        key = slugify(typed)
        if not key:
            message = f"the {self.kind} '{short(typed)}' has no letter and no digit"
            findings.at(node, "bad-value", message, "write a name: its page has an address")
            return ""
        if self.closed:
            self._unknown(typed, node, findings)
        elif self.kind == "topic" and len(typed) > TOPIC_LIMIT:
            message = f"the topic has {len(typed)} characters, {TOPIC_LIMIT} is the limit"
            findings.at(node, "too-long", message, "shorten it")
        self.added[key] = typed
        self.places[key] = f"{findings.path}:{node.line}"
        self.names[key] = [key]
        self.names.setdefault(fold(typed), [key])
        return key

    def _unknown(self, typed: str, node: Node, findings: Findings) -> None:
        near = self._nearest(typed)
        more = f"add it to {self.registry}"
        hint = f"did you mean '{near}'? Or {more}" if near else more
        message = f"'{short(typed)}' is not in {self.registry}"
        findings.at(node, f"unknown-{self.kind}", message, hint)

    def _nearest(self, typed: str) -> str:
        folded = fold(typed)
        if folded not in self.offers:
            known = [n for n, keys in self.names.items() if keys[0] not in self.added]
            near = hints.nearest(folded, known)
            self.offers[folded] = self.names[near[0]][0] if near else ""
        return self.offers[folded]
