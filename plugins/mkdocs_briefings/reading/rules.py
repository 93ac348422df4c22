"""House rules as written, in `rules.yml` or `mkdocs.yml` → rules, and what is wrong with them."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from ..catalog.problem import Problem
from ..catalog.rules import Avoided, Domains, Rules, Span
from .findings import Findings
from .folder import RULES, load
from .nodes import REGISTRY, Entry, Fault, Node, tree
from .schema import Day, Lang, Number, Part, Text, Truth
from .text import controls, decode, for_yaml, short
from .validate import find, validate
from .values import wrong

_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?")
_HOST_TYPED = r"^\s*(\*\.)?([^\s/:@.*]+\.)+[^\s/:@.*]+\s*$"
"""The same for editors, as far as a pattern tells in any of them."""
_DEEPEST = 8
MOST_WORDS, MOST_HOSTS = 500, 1000
"""Most words to avoid, and most hosts of a list: each is looked for in every text."""


def _host(value: Any) -> str:
    text = value.strip().lower().removeprefix("*.") if isinstance(value, str) else ""
    if _HOST.fullmatch(text):
        return text
    message = f"'{short(str(value))}' is not the name of a host"
    raise wrong("bad-value", message, "write it as in `example.org`, without `https://` and path")


Host = Annotated[
    str, PlainValidator(_host), WithJsonSchema({"type": "string", "pattern": _HOST_TYPED})
]
Hosts = Annotated[
    list[Host],
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value,
        json_schema_input_type=Host | list[Host],
    ),
]


class SpanPart(Part):
    at_least: Number = Field(0, description="The fewest there may be.")
    at_most: Number = Field(0, description="The most there may be.")


class DomainsPart(Part):
    allow: Hosts = Field(
        default_factory=list, description="Hosts that may be led to, with those below them."
    )
    refuse: Hosts = Field(default_factory=list, description="Hosts that may not.")


class AvoidPart(Part):
    word: Text = Field(description="A word or phrase; `*` at its end stands for any ending.")
    write: Text = Field("", description="What to write instead.")
    lang: Lang = Field("", description="Only in briefings of this language.")


Word = BeforeValidator(
    lambda value: {"word": value} if isinstance(value, str) else value,
    json_schema_input_type=Text | AvoidPart,
)


class RequirePart(Part):
    """Keys of a briefing, with how many entries each needs at least."""

    summary: Number = Field(0, description="1: written, not taken from the text.")
    key_points: Number = Field(0, description="The fewest.")
    why: Number = Field(0, description="1: every briefing says why it matters.")
    sources: Number = Field(0, description="The fewest.")
    storylines: Number = Field(0, description="The fewest.")
    events: Number = Field(0, description="The fewest.")
    related: Number = Field(0, description="The fewest.")
    image: Number = Field(0, description="1: every briefing has a picture.")
    place: Number = Field(0, description="1: every briefing says where it happened.")
    editor: Number = Field(0, description="1: somebody else has read it.")
    facts: Number = Field(0, description="The fewest.")


class RulesModel(Part):
    since: Day | None = Field(None, description="The first day whose briefings they hold for.")
    title: SpanPart = Field(SpanPart(), description="Characters of a title.")
    summary: SpanPart = Field(SpanPart(), description="Characters of a summary.")
    words: SpanPart = Field(SpanPart(), description="Words of a text.")
    require: RequirePart = Field(RequirePart(), description="Keys that a briefing needs.")
    cite: Truth = Field(False, description="True: every text cites a source.")
    avoid: list[Annotated[AvoidPart, Word]] = Field(
        default_factory=list, description="Words that the house does not use."
    )
    links: DomainsPart = Field(DomainsPart(), description="Where links of texts may lead.")
    sources: DomainsPart = Field(DomainsPart(), description="Where sources may lead.")


def rules_in_file(folder: Path) -> tuple[Rules, Findings]:
    """The rules in `rules.yml` of a content folder, as far as they are right."""
    findings = Findings(RULES)
    try:
        text = decode(load(folder, RULES))
        bare, ends = for_yaml(text, 1)
        for fault in (*controls(text), *ends):
            findings.fault(fault)
        node, faults = tree(bare, 1, REGISTRY)
    except Fault as stop:
        findings.fault(stop)
        return Rules(), findings
    for fault in faults:
        findings.fault(fault)
    return rules_of(node or Node({}, 1, 1), findings), findings


def rules_in_options(
    given: Any, config: Path | None, folder: Path
) -> tuple[Rules, tuple[Problem, ...]]:
    """The option `rules` of the plugin: the rules, and what is wrong with them, by its place.

    Args:
        given: The option's value, as some YAML reader gave it; None for none.
        config: The `mkdocs.yml` it is in; what comes from elsewhere is placed on its first line.
        folder: The content folder, to which paths of problems are relative.
    """
    if given is None:
        return Rules(), ()
    path = "mkdocs.yml"
    if config is not None:
        path = posixpath.join(*Path(os.path.relpath(config.resolve(), folder.resolve())).parts)
    findings = Findings(path)
    node = _placed(config) if config is not None else None
    return rules_of(node or _node(given, 0), findings), tuple(findings.problems)


def rules_of(node: Node, findings: Findings) -> Rules:
    """Rules from their tree; what is wrong is reported and left out."""
    if node.value == "" or node.value in ("null", "~"):
        return Rules()
    if not isinstance(node.value, dict):
        findings.at(node, "bad-type", "`rules` are keys with values", "write `summary: …`")
        return Rules()
    model, _ = validate(RulesModel, node, findings, top=False)
    if model is None:
        return Rules()
    avoid = _few(model.avoid, MOST_WORDS, node, ("avoid",), findings)
    return Rules(
        since=model.since,
        title=_span(model.title),
        summary=_span(model.summary),
        words=_span(model.words),
        require={key: number for key, number in model.require.model_dump().items() if number},
        cite=model.cite,
        avoid=tuple(Avoided(part.word, part.write, part.lang) for part in avoid),
        links=_domains(model.links, "links", node, findings),
        sources=_domains(model.sources, "sources", node, findings),
    )


def _span(part: SpanPart) -> Span:
    return Span(part.at_least, part.at_most)


def _domains(part: DomainsPart, key: str, node: Node, findings: Findings) -> Domains:
    allow, refuse = (
        tuple(_few(getattr(part, name), MOST_HOSTS, node, (key, name), findings))
        for name in ("allow", "refuse")
    )
    return Domains(allow, refuse)


Item = TypeVar("Item")


def _few(
    entries: list[Item], most: int, node: Node, path: tuple[str, ...], findings: Findings
) -> list[Item]:
    """The entries that are looked at; more than `most` are reported."""
    if len(entries) <= most:
        return entries
    message = f"`{path[-1]}` has {len(entries):,} entries, {most:,} are the most"
    findings.at(find(node, path), "bad-count", message, "the first of them hold; shorten the list")
    return entries[:most]


def _placed(config: Path) -> Node | None:
    """The option in the text of `mkdocs.yml`, with its places; None where it is not in there."""
    try:
        root = yaml.compose(config.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return None
    plugins = _under(root, "plugins")
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        if found := _under(_under(entry, "briefings"), "rules"):
            return _converted(found, 0)
    return None


def _under(node: Any, key: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    return None


def _converted(node: Any, depth: int) -> Node:
    """A node of PyYAML as one of ours. Aliases are followed, to some depth."""
    made = Node("", node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > _DEEPEST:
        return made
    if isinstance(node, yaml.MappingNode):
        made.value = {
            str(key.value): Entry(_converted(key, depth + 1), _converted(value, depth + 1))
            for key, value in node.value
        }
    elif isinstance(node, yaml.SequenceNode):
        made.value = [_converted(value, depth + 1) for value in node.value]
    else:
        made.value = str(node.value)
        made.plain = node.style is None
    return made


def _node(value: Any, depth: int) -> Node:
    """A value without places, as a tree on the first line."""
    made = Node("", 1, 1)
    if depth > _DEEPEST or value is None:
        return made
    if isinstance(value, Mapping):
        made.value = {str(k): Entry(Node(str(k), 1, 1), _node(v, depth + 1))
                      for k, v in value.items()}  # fmt: skip
    elif isinstance(value, list):
        made.value = [_node(entry, depth + 1) for entry in value]
    else:
        made.value = str(value).lower() if isinstance(value, bool) else str(value)
    return made
