"""The registries of a content folder, `topics.yml` and its like → records and vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from ..catalog.briefing import Event
from ..catalog.ledger import Former
from ..catalog.problem import MOST_OFFERS
from ..catalog.registries import Author, Now, StateRow, Storyline, Term, Topic
from ..catalog.slugs import fold, slugify
from . import folder as folders
from . import hints, schema
from .findings import Findings
from .nodes import REGISTRY, Fault, Node, tree
from .references import Wanted
from .relative import relative_address
from .text import controls, decode, for_yaml, short
from .validate import find, find_key, validate
from .vocabulary import Vocabulary

Model = TypeVar("Model", bound=BaseModel)

STATE_ROWS = 8
"""Most rows of a topic's "State of play"."""
MOST_ENTRIES = 10_000
"""Of one registry."""
DEEPEST = 20
"""Topics that may stand above one another: each is on the pages of all below it."""


@dataclass(slots=True)
class Registries:
    """The vocabularies of a folder, and the links that registries make."""

    topics: dict[str, Topic] = field(default_factory=dict)
    """Parents before children, else in the order of the file."""
    authors: dict[str, Author] = field(default_factory=dict)
    storylines: dict[str, Storyline] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    topic_names: Vocabulary = field(default_factory=lambda: Vocabulary("topic", "topics.yml"))
    author_names: Vocabulary = field(default_factory=lambda: Vocabulary("author", "authors.yml"))
    storyline_names: Vocabulary = field(
        default_factory=lambda: Vocabulary("storyline", "storylines.yml")
    )
    former: dict[str, Former] = field(default_factory=dict)
    """By address, with `#` and the anchor for a heading."""
    wanted: list[Wanted] = field(default_factory=list)
    findings: list[Findings] = field(default_factory=list)


def read_registries(folder: Path, present: Sequence[str]) -> Registries:
    """Read the registries among `present`. Of one that cannot be read, only that is reported: its
    vocabulary stays open, and an entry that is wrong keeps its key, so that no name used elsewhere
    is called unknown."""
    registries = Registries()
    readers = {
        "topics.yml": _topics,
        "authors.yml": _authors,
        "storylines.yml": _storylines,
        "glossary.yml": _terms,
        "former.yml": _former,
    }
    for path, reader in readers.items():
        if path in present:
            findings = Findings(path)
            registries.findings.append(findings)
            node = _open(folder, path, findings)
            if node is not None:
                reader(node, registries, findings)
    return registries


def _open(folder: Path, path: str, findings: Findings) -> Node | None:
    try:
        text = decode(folders.load(folder, path))
        bare, ends = for_yaml(text, 1)
        for fault in (*controls(text), *ends):
            findings.fault(fault)
        node, faults = tree(bare, 1, REGISTRY)
    except Fault as stop:
        findings.fault(stop)
        return None
    for fault in faults:
        findings.fault(fault)
    if node is None or (node.value == "" and node.plain):
        return Node({}, 1, 1)
    if not isinstance(node.value, dict):
        kind = "a list" if isinstance(node.value, list) else "a text"
        hint = "write a key for each entry, with a colon, and its details indented below"
        findings.at(node, "bad-type", f"the registry is {kind}, not keys and values", hint)
        return None
    beyond = next(islice(_entries(node), MOST_ENTRIES, None), None)
    if beyond:
        message = f"more than {MOST_ENTRIES:,} entries, each of which has a page"
        findings.at(beyond, "bad-count", message, "delete those that no briefing names")
    return node


def _entries(node: Node) -> Iterator[Node]:
    """The keys of a registry's entries, those below others included, in order."""
    for key, value in node.value.values() if isinstance(node.value, dict) else ():
        yield key
        below = value.value.get("children") if isinstance(value.value, dict) else None
        if below:
            yield from _entries(below.value)


def _entry(
    model: type[Model], key: Node, value: Node, findings: Findings, without: str = ""
) -> Model | None:
    """One entry, checked. An entry with nothing under its key has no details."""
    name = str(key.value)
    if slugify(name) != name:
        hint = f"write `{slugify(name)}`" if slugify(name) else "write a word"
        message = f"the key '{short(name)}' is part of an address: small letters, digits and `-`"
        findings.at(key, "bad-slug", message, hint)
        return None
    return _details(model, key, value, name, findings, without)


def _details(
    model: type[Model], key: Node, value: Node, name: str, findings: Findings, without: str = ""
) -> Model | None:
    content = value.value
    if content == "" and value.plain:
        content = {}
    if not isinstance(content, dict):
        kind = "a list" if isinstance(content, list) else f"the text '{short(content)}'"
        message = f"`{name}`: {kind} where keys and values are wanted"
        findings.at(value, "bad-type", message, f"indent them under `{name}:`")
        return None
    node = Node({k: e for k, e in content.items() if k != without}, key.line, key.column)
    return validate(model, node, findings, top=False)[0]


def _label(key: str) -> str:
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]


class _Topics:
    """The tree of topics, nested or by `parent`, while it is read."""

    def __init__(self, registries: Registries, findings: Findings) -> None:
        self.registries = registries
        self.findings = findings
        self.topics: dict[str, Topic] = {}
        self.keys: dict[str, Node] = {}
        self.parents: dict[str, Node] = {}
        """Where each `parent` is written."""

    def add(self, node: Node, parent: str) -> None:
        assert isinstance(node.value, dict)
        for name, (key, value) in node.value.items():
            if name in self.topics:
                message = f"the topic '{name}' is already on line {self.keys[name].line}"
                self.findings.at(key, "duplicate-slug", message, "keys are unique in the tree")
                continue
            model = _entry(schema.TopicModel, key, value, self.findings, "children")
            slug = slugify(name)
            if not slug or (model is None and slug in self.topics):
                continue  # It is told already that the key is none.
            self.keys[slug] = key
            self.topics[slug] = (
                Topic(key=slug, title=_label(name), parent=parent)
                if model is None
                else self._topic(name, model, value, parent)
            )
            children = value.value.get("children") if isinstance(value.value, dict) else None
            if children is None or (children.value.value == "" and children.value.plain):
                continue
            if isinstance(children.value.value, dict):
                self.add(children.value, slug)
            else:
                message = "`children`: no keys and values"
                hint = "write topics by their keys, as at the top of the file"
                self.findings.at(children.value, "bad-type", message, hint)

    def _topic(self, name: str, model: schema.TopicModel, value: Node, parent: str) -> Topic:
        registries, findings = self.registries, self.findings
        if model.parent:
            place = find(value, ("parent",))
            if parent:
                message = f"'{name}' already stands under '{parent}'"
                findings.at(place, "conflicting-keys", message, "delete `parent`")
            else:
                self.parents[name] = place
        for n, slug in enumerate(model.featured):
            registries.wanted.append(Wanted.at(findings, find(value, ("featured", n)), slug))
        now = None
        if model.now:
            rows = model.now.state
            if len(rows) > STATE_ROWS:
                message = f"`state` has {len(rows)} rows, at most {STATE_ROWS} are shown"
                findings.at(find_key(value, ("now", "state")), "bad-count", message, "drop some")
            for n, row in enumerate(rows):
                if row.briefing:
                    place = find(value, ("now", "state", n, "briefing"))
                    registries.wanted.append(Wanted.at(findings, place, row.briefing))
            now = Now(
                text=model.now.text,
                checked=model.now.checked,
                state=tuple(
                    StateRow(
                        instrument=row.instrument,
                        now=row.now,
                        state=row.state,
                        next=row.next,
                        briefing=fold(row.briefing),
                    )
                    for row in rows[:STATE_ROWS]
                ),
            )
        return Topic(
            key=name,
            title=model.title or _label(name),
            description=model.description,
            aliases=tuple(model.aliases),
            parent=parent or model.parent,
            featured=tuple(dict.fromkeys(fold(slug) for slug in model.featured)),
            now=now,
            owners=tuple(dict.fromkeys(model.owners)),
        )

    def settle(self) -> dict[str, Topic]:
        """Parents checked, and before their children."""
        unknown = 0
        for name, place in self.parents.items():
            typed = self.topics[name].parent
            key = fold(typed)
            if key not in self.topics:
                unknown += 1
                offers = self.topics if unknown <= MOST_OFFERS else ()
                hint = hints.meant(key, offers, "add it as a topic of its own")
                message = f"the parent '{short(typed)}' is no topic of this file"
                self.findings.at(place, "bad-parent", message, hint)
                key = ""
            self.topics[name] = replace(self.topics[name], parent=key)
        for name, place in self.parents.items():
            above, seen = self.topics[name].parent, {name}
            while above and above not in seen and len(seen) <= DEEPEST:
                seen.add(above)
                above = self.topics[above].parent
            if above == name or len(seen) > DEEPEST:
                message = f"'{name}' would stand under itself"
                if above != name:
                    message = f"'{name}' stands more than {DEEPEST} topics deep"
                self.findings.at(place, "bad-parent", message, "name another parent")
                self.topics[name] = replace(self.topics[name], parent="")
        below: dict[str, list[str]] = {}
        for name, topic in self.topics.items():
            below.setdefault(topic.parent, []).append(name)
        ordered: dict[str, Topic] = {}
        waiting = below.get("", [])[::-1]
        while waiting:
            name = waiting.pop()
            ordered[name] = self.topics[name]
            waiting += below.get(name, [])[::-1]
        return ordered


def _topics(node: Node, registries: Registries, findings: Findings) -> None:
    reader = _Topics(registries, findings)
    reader.add(node, "")
    topics = registries.topics = reader.settle()
    registries.topic_names = Vocabulary.closed_by(
        "topic",
        "topics.yml",
        {key: topic.title for key, topic in topics.items()},
        (
            ((key, key) for key in topics),
            ((topic.title, key) for key, topic in topics.items()),
            ((alias, key) for key, topic in topics.items() for alias in topic.aliases),
        ),
        {key: topic.parent for key, topic in topics.items()},
    )


def _authors(node: Node, registries: Registries, findings: Findings) -> None:
    assert isinstance(node.value, dict)
    authors = registries.authors
    for name, (key, value) in node.value.items():
        model = _entry(schema.AuthorModel, key, value, findings)
        if model is None:
            authors[slugify(name)] = Author(key=slugify(name), name=_label(name))
        else:
            authors[name] = Author(key=name, **model.model_dump())
    registries.author_names = Vocabulary.closed_by(
        "author",
        "authors.yml",
        {key: author.name for key, author in authors.items()},
        (
            ((key, key) for key in authors),
            ((author.name, key) for key, author in authors.items()),
        ),
    )


def _storylines(node: Node, registries: Registries, findings: Findings) -> None:
    assert isinstance(node.value, dict)
    storylines = registries.storylines
    for name, (key, value) in node.value.items():
        model = _entry(schema.StorylineModel, key, value, findings)
        if model is None:
            storylines[slugify(name)] = Storyline(key=slugify(name), title=_label(name))
            continue
        for n, event in enumerate(model.events):
            if event.briefing:
                place = find(value, ("events", n, "briefing"))
                registries.wanted.append(Wanted.at(findings, place, event.briefing))
        now = Now(text=model.now.text, checked=model.now.checked) if model.now else None
        storylines[name] = Storyline(
            key=name,
            title=model.title or _label(name),
            description=model.description,
            status=model.status,
            awaiting=model.awaiting,
            now=now,
            events=events(model.events),
        )
    registries.storyline_names = Vocabulary.closed_by(
        "storyline",
        "storylines.yml",
        {key: storyline.title for key, storyline in storylines.items()},
        (
            ((key, key) for key in storylines),
            ((storyline.title, key) for key, storyline in storylines.items()),
        ),
    )


def events(parts: Sequence[schema.EventPart | schema.StoryEventPart]) -> tuple[Event, ...]:
    """Records in order of date; those of one day in the order written."""
    records = (
        Event(
            date=part.date[0],
            precision=part.date[1],
            text=part.text,
            kind=part.kind,
            key=part.key,
            source=getattr(part, "source", 0),
            briefing=fold(getattr(part, "briefing", "")),
        )
        for part in parts
    )
    return tuple(sorted(records, key=lambda event: event.date))


def _terms(node: Node, registries: Registries, findings: Findings) -> None:
    assert isinstance(node.value, dict)
    for name, (key, value) in node.value.items():
        model = _entry(schema.TermModel, key, value, findings)
        if model is not None:
            registries.terms[name] = Term(
                key=name,
                term=model.term or name.replace("-", " "),
                definition=model.definition,
                aliases=tuple(model.aliases),
            )


def _former(node: Node, registries: Registries, findings: Findings) -> None:
    """Addresses without a page. Whether one has a page after all is known when all have theirs."""
    assert isinstance(node.value, dict)
    for typed, (key, value) in node.value.items():
        address, hash_sign, anchor = typed.partition("#")
        path, fault, hint = relative_address(address)
        if not fault and hash_sign and not anchor:
            fault, hint = "names no heading after its '#'", "write its anchor, or delete the '#'"
        if fault:
            findings.at(key, "bad-alias", f"'{short(typed)}' {fault}", hint)
            continue
        model = _details(schema.FormerModel, key, value, typed, findings)
        if model is None:
            continue
        to, wrong, hint = relative_address(model.to) if model.to else ("", "", "")
        if wrong:
            findings.at(find(value, ("to",)), "bad-alias", f"'{short(model.to)}' {wrong}", hint)
            continue
        if not to and not (model.title and model.date and model.reason):
            message = f"`{short(typed)}`: neither where it leads nor why it is gone"
            hint = "give it `to`, the address of a page; or `title`, `date` and `reason`"
            findings.at(key, "missing-key", message, hint)
            continue
        if to and (model.title or model.date or model.reason):
            hint = "leave out `to`, or `title`, `date` and `reason`"
            message = f"`{short(typed)}`: it leads on, and says that it was withdrawn"
            findings.at(key, "conflicting-keys", message, hint)
            continue
        registries.former[f"{path}{hash_sign}{anchor}"] = Former(
            path=path,
            anchor=anchor,
            to=to,
            title=model.title,
            withdrawn=model.date,
            reason=model.reason,
            line=key.line,
            column=key.column,
        )
