"""Front matter as python-frontmatter carries it, by rules of ours.

The library's own handler reads a byte order mark, an open block, a list or TOML as "no metadata",
without an error and without places. This one says what is wrong and where. `load` gives every
scalar as its text, and `export` writes what `load` reads back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from .nodes import FRONT_MATTER, Fault, Node, tree
from .nodes_plain import plain_tree

LIMIT = 32 * 1024
"""Most bytes of a front matter."""

_OPENING = re.compile(r"---[ \t]*(\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FOUR_LINES = (
    "begin with: `---`, `title: …`, `author: …`, `date: 2026-03-17`, `topics: [ … ]`, `---`"
)


class BriefingHandler(BaseHandler):
    """YAML between two lines of three dashes, the first of them the first line of the file."""

    FM_BOUNDARY = _CLOSING
    START_DELIMITER = END_DELIMITER = "---"

    def detect(self, text: str) -> bool:
        return bool(_OPENING.match(text))

    def split(self, text: str) -> tuple[str, str]:
        """Front matter without its dashes, and the body.

        The front matter begins on line 2; the body on the line after the closing dashes.

        Raises:
            Fault: `no-front-matter`, `bad-front-matter` or `too-large`.
        """
        opening = _OPENING.match(text)
        if not opening:
            raise _unopened(text)
        closing = _CLOSING.search(text, opening.end())
        if not closing:
            message = "the front matter that begins here is never closed"
            raise Fault("bad-front-matter", 1, 1, message, "put `---` on a line after its last key")
        front = text[opening.end() : closing.start()]
        # Code points first: most front matter is far from the limit.
        if len(front) > LIMIT // 4 and len(front.encode()) > LIMIT:
            message = f"the front matter is over {LIMIT // 1024} KiB"
            raise Fault("too-large", 1, 1, message, "move text into the body")
        return front, text[closing.end() + 1 :]

    def load(self, fm: str) -> dict[str, Any]:
        """Texts, lists and mappings, no numbers and no dates.

        Raises:
            Fault: At the first thing that is wrong, repeated keys included.
        """
        node, faults = self.tree(fm)
        if faults:
            raise faults[0]
        plain = bare(node)
        assert isinstance(plain, dict)
        return plain

    def tree(self, fm: str) -> tuple[Node, Sequence[Fault]]:
        """The front matter with places, and its repeated keys.

        Raises:
            Fault: When it is empty, not a mapping, or not YAML of our kind.
        """
        if plain := plain_tree(fm, 2):
            return plain, ()
        node, faults = tree(fm, 2, FRONT_MATTER)
        if node is None or (node.value == "" and node.plain):
            raise Fault("no-front-matter", 1, 1, "the front matter is empty", _FOUR_LINES)
        if not isinstance(node.value, dict):
            kind = "a list" if isinstance(node.value, list) else "a text"
            message = f"the front matter is {kind}, not `key: value` lines"
            raise Fault("bad-front-matter", node.line, node.column, message, _FOUR_LINES)
        return node, faults

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """Keys in the order given; quotes only where YAML needs them."""
        text = yaml.dump(
            metadata,
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=100,
        )
        return str(text).rstrip("\n")


class _Dumper(yaml.CSafeDumper):
    """No anchors for lists that are used twice: what is written must be readable again."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


HANDLER = BriefingHandler()


def bare(node: Node) -> str | list[Any] | dict[str, Any]:
    """A node without its places."""
    value = node.value
    if isinstance(value, dict):
        return {key: bare(entry.value) for key, entry in value.items()}
    if isinstance(value, list):
        return [bare(entry) for entry in value]
    return value


def _unopened(text: str) -> Fault:
    if text.startswith("+++"):
        message = "the front matter is TOML"
        return Fault("bad-front-matter", 1, 1, message, "write it as YAML between lines of `---`")
    if re.match(r"\{\s*\"", text):
        message = "the front matter is JSON"
        return Fault("bad-front-matter", 1, 1, message, "write it as YAML between lines of `---`")
    late = re.match(r"\s*\n[ \t]*---[ \t]*\n|[ \t]+---[ \t]*\n", text)
    if late:
        line = text.count("\n", 0, late.end() - 1) + 1
        message = "front matter begins on the first line, without spaces before it"
        return Fault("bad-front-matter", line, 1, message, "delete what stands before the dashes")
    if re.match(r"(?:title|authors?|date|topics):[ \t]", text):
        message = "there is no line of three dashes before the keys"
        hint = "put `---` on a line before them, and on another after the last"
        return Fault("no-front-matter", 1, 1, message, hint)
    return Fault("no-front-matter", 1, 1, "the file has no front matter", _FOUR_LINES)
