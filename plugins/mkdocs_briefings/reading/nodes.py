"""YAML text → a tree of texts, lists and mappings, each with its place in the file.

PyYAML's own values are not used: `no` would be false, `1.10` would be 1.1 and month 13 an
exception. Here every scalar is its text, and each field parses that text itself. The tree is
made from the stream of events, so that an endless nesting is refused after a few of them and not
after the parser has built it. Anchors, aliases, merge keys, tags and directives are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

# The pure Python loader is eight times slower and reports other places: better to say that the
# C loader is missing than to behave differently.
from yaml import CSafeLoader  # isort: skip


class Node:
    """A value as written."""

    __slots__ = ("column", "line", "plain", "value")

    def __init__(
        self,
        value: str | list[Node] | dict[str, Entry],
        line: int,
        column: int,
        plain: bool = False,
    ) -> None:
        self.value = value
        self.line = line
        """1-based, in the file on disk."""
        self.column = column
        """1-based, in code points."""
        self.plain = plain
        """A scalar without quotes."""


class Entry(NamedTuple):
    """A key of a mapping with its value."""

    key: Node
    value: Node


class Fault(Exception):
    """What stops the reading of a front matter or registry. Not a `ValueError`, which
    python-frontmatter would swallow."""

    def __init__(self, code: str, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a file may hold."""

    depth: int
    nodes: int


_TOP_KEY = re.compile(r"^[\w-]+:(?=\s)", re.MULTILINE)

# 100 sources of five keys each are 1,101 nodes.
FRONT_MATTER = Bounds(depth=4, nodes=2000)
REGISTRY = Bounds(depth=16, nodes=200_000)


def tree(text: str, line: int, bounds: Bounds) -> tuple[Node | None, Sequence[Fault]]:
    """Read the YAML in `text`, whose first line is line `line` of the file.

    Returns the root (None when there is no value at all) and the faults that did not stop the
    reading: repeated keys, of which the first stays.

    Raises:
        Fault: At the first thing that is not YAML, is refused or is over a bound.
    """
    try:
        return _Builder(line, bounds).build(text)
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text, line) from None
    except yaml.YAMLError as error:
        raise Fault("bad-yaml", line, 1, f"not YAML: {str(error).splitlines()[0]}", _LOOK) from None


def faults_by_key(text: str, line: int, bounds: Bounds) -> Iterator[Fault]:
    """What stops the reading of each top key of a mapping by itself, in order.

    `tree` ends at the first fault of a text, and where a bracket is not closed at a place below
    it; a writer would like to know of all, each where it is. It is right as long as nothing but
    keys begins in the first column.
    """
    starts = [key.start() for key in _TOP_KEY.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        try:
            tree(text[start:end], line + text.count("\n", 0, start), bounds)
        except Fault as fault:
            yield fault


class _Builder:
    def __init__(self, line: int, bounds: Bounds) -> None:
        self.line = line
        self.bounds = bounds
        self.root: Node | None = None
        self.open: list[Node] = []
        self.keys: list[Node | None] = []
        """For each open mapping the key that waits for its value."""
        self.faults: list[Fault] = []
        self.count = 0

    def build(self, text: str) -> tuple[Node | None, Sequence[Fault]]:
        documents = 0
        # Typed loosely: an event's attributes depend on its kind.
        event: Any
        for event in yaml.parse(text, Loader=CSafeLoader):
            kind = type(event)
            if kind is ScalarEvent:
                node = self._node(event, event.value)
                node.plain = event.implicit[0]
                self._place(node)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._enter(self._node(event, {} if kind is MappingStartEvent else []))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.open.pop()
                self.keys.pop()
            elif kind is AliasEvent:
                raise self._refused(event, f"the alias '*{event.anchor}'")
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "a second YAML document begins"
                    hint = "keep one; a text that begins with dashes needs quotes"
                    raise self._fault(event, "bad-front-matter", message, hint)
                if event.version or event.tags:
                    raise self._refused(event, "a '%' directive")
        return self.root, self.faults

    def _node(self, event: Any, value: str | list[Node] | dict[str, Entry]) -> Node:
        if event.anchor is not None:
            raise self._refused(event, f"the anchor '&{event.anchor}'")
        if event.tag is not None:
            raise self._refused(event, f"the tag '{_short(event.tag)}'")
        self.count += 1
        if self.count > self.bounds.nodes:
            message = f"more than {self.bounds.nodes} keys and values"
            raise self._fault(event, "too-large", message, "shorten the lists")
        mark = event.start_mark
        return Node(value, self.line + mark.line, mark.column + 1)

    def _enter(self, node: Node) -> None:
        self._place(node)
        self.open.append(node)
        self.keys.append(None)
        # Scalars count as a level: `a: {b: c}` is 3 deep.
        if len(self.open) >= self.bounds.depth:
            message = f"nested more than {self.bounds.depth} levels deep"
            hint = "a value that begins with '[' or '{' needs quotes"
            raise Fault("too-deep", node.line, node.column, message, hint)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1].value
        if isinstance(parent, list):
            parent.append(node)
            return
        assert isinstance(parent, dict)
        key = self.keys[-1]
        if key is None:
            self._key(node)
            return
        self.keys[-1] = None
        name = key.value
        assert isinstance(name, str)
        if name in parent:
            first = parent[name].key.line
            message = f"'{_short(name)}' is already on line {first}"
            hint = "keep one of the two"
            self.faults.append(Fault("duplicate-key", key.line, key.column, message, hint))
        else:
            parent[name] = Entry(key, node)

    def _key(self, node: Node) -> None:
        if not isinstance(node.value, str):
            message = "a list or mapping as a key"
            hint = "a value that begins with '[' or '{' needs quotes"
            raise Fault("unsupported-yaml", node.line, node.column, message, hint)
        if node.value == "<<" and node.plain:
            message = "the merge key '<<' is not read here"
            hint = "write the keys out"
            raise Fault("unsupported-yaml", node.line, node.column, message, hint)
        self.keys[-1] = node

    def _fault(self, event: Any, code: str, message: str, hint: str = "") -> Fault:
        mark = event.start_mark
        return Fault(code, self.line + mark.line, mark.column + 1, message, hint)

    def _refused(self, event: Any, what: str) -> Fault:
        hint = "write the value out; if the sign belongs to the text, put the text in quotes"
        return self._fault(event, "unsupported-yaml", f"{what} is not read here", hint)


_LOOK = "look for a missing quote, colon or space on this line or above it"
_QUOTES = "put the value in quotes"

_HINTS = (
    ("mapping values are not allowed", _QUOTES),
    ("cannot start any token", _QUOTES),
    ("did not find expected <document start>", _QUOTES),
    ("did not find expected alphabetic or numeric character", _QUOTES),
    ("did not find expected key", "look for a quote that is not closed, or wrong indentation"),
    ("did not find expected '-' indicator", "indent all entries of the list alike"),
    ("could not find expected ':'", "write `key: value`, with a space after the colon"),
    ("unexpected end of stream", "a quote that opens on this line is never closed"),
    ("expected ',' or ']'", "a '[' that is meant as text needs quotes round the whole value"),
    ("expected ',' or '}'", "a '{' that is meant as text needs quotes round the whole value"),
    ("unknown escape character", "use single quotes, in which '\\' is a plain character"),
)


def _explained(error: yaml.MarkedYAMLError, text: str, line: int) -> Fault:
    """The parser's message with its place and, where the usual cause is known, the cure."""
    what = error.problem or error.context or "not YAML"
    mark = error.problem_mark or error.context_mark
    hint = next((cure for sign, cure in _HINTS if sign in what), _LOOK)
    if mark is None:
        return Fault("bad-yaml", line, 1, f"not YAML: {what}", hint)
    lines = text.rstrip("\n").split("\n")
    if "unexpected end of stream" in what and error.context_mark is not None:
        mark = error.context_mark
    at = min(mark.line, len(lines) - 1)
    if hint == _QUOTES:
        hint = _quoted(lines[at])
    if lines[at][mark.column : mark.column + 1] == "\t":
        hint = "indent with spaces: YAML takes no tabs"
    # An error at the end of the text belongs to its last line, not to the dashes below it.
    column = mark.column if at == mark.line else len(lines[at])
    return Fault("bad-yaml", line + at, column + 1, f"not YAML: {what}", hint)


def _quoted(row: str) -> str:
    """The cure for a value that YAML takes for something else: the line, with quotes."""
    found = re.fullmatch(r"\s*(?:- +)?([\w-]+): +([^\"'].*?)\s*", row)
    if not found:
        return f"{_QUOTES}: a colon and a first character such as @ ` % have a meaning in YAML"
    value = found[2].replace("'", "''") if '"' in found[2] or "\\" in found[2] else found[2]
    sign = '"' if value == found[2] and '"' not in value else "'"
    return f"{_QUOTES}: {found[1]}: {sign}{_short(value)}{sign}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
