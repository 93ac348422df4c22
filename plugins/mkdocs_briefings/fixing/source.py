"""The text of a file as it lies on the disk, and edits to it by place.

Nothing is written anew but the few characters of an edit: comments, order, quotes, line ends, a
byte order mark and the body stay as they are, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import yaml

from ..reading.handler import HANDLER
from ..reading.nodes import FRONT_MATTER, REGISTRY, Bounds, Fault, tree
from ..reading.text import decode, for_yaml

_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a file, and what is put in their place."""

    start: int
    """Offset in `Source.text`, in code points."""
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar of the front matter or registry."""

    text: str
    """As YAML reads it."""
    path: tuple[str | int, ...]
    """Keys and places in lists that lead to it; of a key, ending in that key."""
    start: int
    end: int
    """Offsets in `Source.text`, quotes included; both -1 when it stands on several lines."""
    line: int
    column: int
    above: yaml.Node
    """The mapping or list it is in."""


@dataclass(frozen=True)
class Source:
    """A file's text with its own line ends, byte order mark included."""

    text: str
    registry: bool = False
    """The whole file is YAML."""

    @classmethod
    def of(cls, data: bytes, *, registry: bool = False) -> Source:
        """Raises `Fault` for bytes that are not UTF-8."""
        decode(data)
        return cls(data.decode("utf-8"), registry)

    @property
    def data(self) -> bytes:
        return self.text.encode("utf-8")

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each line's first character."""
        first = len(_MARK) if self.text.startswith(_MARK) else 0
        return [first, *(found.end() for found in _BREAK.finditer(self.text))]

    @cached_property
    def line_end(self) -> str:
        """How lines end here: as the first one does; a file of one line gets `\\n`."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    @cached_property
    def front(self) -> tuple[str, int] | None:
        """The YAML with `\\n` line ends, and the line it begins on; None where it has none."""
        text = decode(self.data)
        try:
            front = text if self.registry else HANDLER.split(text)[0]
        except Fault:
            return None
        return for_yaml(front, 1)[0], 1 if self.registry else 2

    @cached_property
    def root(self) -> yaml.Node | None:
        """The YAML composed, with marks; None when our reader refuses it."""
        if self.front is None:
            return None
        bounds: Bounds = REGISTRY if self.registry else FRONT_MATTER
        try:
            tree(self.front[0], self.front[1], bounds)
        except Fault:
            return None
        return yaml.compose(self.front[0], Loader=yaml.CSafeLoader)

    def offset(self, mark: yaml.Mark) -> int:
        """Where a mark of the YAML is in the text."""
        assert self.front is not None
        return self.starts[mark.line + self.front[1] - 1] + mark.column

    @cached_property
    def values(self) -> list[Value]:
        """Every scalar that is a value, in the order of the file."""
        return list(self._walk(self.root, (), keys=False)) if self.root else []

    @cached_property
    def keys(self) -> list[Value]:
        """Every key, in the order of the file."""
        return list(self._walk(self.root, (), keys=True)) if self.root else []

    def _walk(self, node: yaml.Node, path: tuple[str | int, ...], *, keys: bool) -> Iterator[Value]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = (*path, str(key.value))
                if keys:
                    yield self._value(key, below, node)
                if not isinstance(value, yaml.ScalarNode):
                    yield from self._walk(value, below, keys=keys)
                elif not keys:
                    yield self._value(value, below, node)
        elif isinstance(node, yaml.SequenceNode):
            for place, value in enumerate(node.value):
                if not isinstance(value, yaml.ScalarNode):
                    yield from self._walk(value, (*path, place), keys=keys)
                elif not keys:
                    yield self._value(value, (*path, place), node)

    def _value(self, node: yaml.Node, path: tuple[str | int, ...], above: yaml.Node) -> Value:
        assert self.front is not None
        first, last = node.start_mark, node.end_mark
        start = end = -1
        if first.line == last.line:
            start, end = self.offset(first), self.offset(last)
            # The parser's mark may lie behind spaces that follow a plain value.
            end = start + len(self.text[start:end].rstrip())
        line = first.line + self.front[1]
        return Value(str(node.value), path, start, end, line, first.column + 1, above)

    def scalar(self, value: Value, new: str) -> Edit | None:
        """Put plain text in the place of a scalar, in the quotes that it has.

        `new` needs no quotes and no escapes. None for a scalar on several lines.
        """
        if value.start < 0:
            return None
        raw = self.text[value.start : value.end]
        quote = raw[0] if raw[:1] in ("'", '"') and raw[-1] == raw[0] and len(raw) > 1 else ""
        if not quote and raw != value.text:
            return None
        return Edit(value.start, value.end, f"{quote}{new}{quote}")

    def edited(self, edits: Iterable[Edit]) -> Source:
        """The text after edits that do not overlap."""
        text, before = self.text, len(self.text) + 1
        for edit in sorted(set(edits), key=lambda edit: edit.start, reverse=True):
            assert edit.end <= before, "edits overlap"
            text, before = text[: edit.start] + edit.new + text[edit.end :], edit.start
        return Source(text, self.registry)


def names(node: yaml.Node) -> Mapping[str, int]:
    """The keys of a mapping, with how often each is written."""
    found: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            found[str(key.value)] = found.get(str(key.value), 0) + 1
    return found
