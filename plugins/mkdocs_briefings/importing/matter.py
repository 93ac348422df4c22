"""Old front matter, in the four styles that sites write it: YAML, TOML, JSON, or lines of
`Key: value` as Pelican has them. Every scalar comes out as its text."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from ..reading.nodes import Bounds, Fault, Node, tree
from ..reading.text import decode
from .records import Matter, Value

BOUNDS = Bounds(depth=10, nodes=50_000)
_FENCE = re.compile(
    r"\A(---|\+\+\+)(json|toml|ya?ml|)[ \t]*\n(.*?)(?<=\n)(\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_COMMENT = re.compile(r"(?:^|\s)(#.*)$")
_HEADER = re.compile(r"\A[A-Za-z][\w .-]{0,40}:(?:[ \t].*)?\Z")
_TOML_KEY = re.compile(r"^[ \t]*\[*[ \t]*([\w-]+)[ \t]*(?:=|\]|\.)", re.MULTILINE)


def split(data: bytes) -> tuple[Matter, str, int, list[Fault]]:
    """The front matter of a file, its body, the line on which the body begins, and faults that did
    not stop the reading. Without front matter the matter is empty and the body the whole text.

    Raises:
        Fault: If the file is no UTF-8 text or its front matter cannot be read.
    """
    text = decode(data)
    faults: list[Fault] = []
    if text.startswith(("---", "+++")):
        found = _FENCE.match(text)
        if found:
            body = text[found.end() :]
            line = text.count("\n", 0, found.end()) + 1
            if found[2] == "json":
                return _json(found[3]), body, line, []
            if found[2] == "toml" or (found[1] == "+++" and not found[2]):
                matter = _toml(found[3])
            else:
                matter, faults = _yaml(found[3])
            matter.comments = list(_comments(found[3]))
            return matter, body, line, faults
        if re.match(r"\A---[ \t]*\n[ \t]*[\w-]+:", text):
            raise Fault("bad-front-matter", 1, 1, "the front matter has no end", "add `---`")
    if text.startswith("{") and not text.startswith(("{{", "{%")):
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            return Matter(), text, 1, []
        rest = text[end:]
        if isinstance(value, dict) and (not rest or rest.startswith("\n")):
            line = text.count("\n", 0, end) + 2
            return _mapping(value, "", 1), rest.removeprefix("\n"), line, []
    return Matter(), text, 1, []


def header(data: bytes) -> tuple[Matter, str, int]:
    """The metadata of a Pelican text: `Key: value` lines up to the first blank one."""
    text = decode(data)
    lines = text.split("\n")
    matter, key, number = Matter(), "", 0
    for number, line in enumerate(lines):
        if not line.strip():
            break
        if key and line[:1] in " \t":
            before = matter.values[key]
            # A value that goes on below is a list, as the Markdown extension for it has it.
            matter.values[key] = f"{before}\n{line.strip()}" if before else line.strip()
        elif _HEADER.match(line):
            name, _, value = line.partition(":")
            key = name.strip().lower()
            matter.values.setdefault(key, value.strip())
            matter.places.setdefault(key, (number + 1, 1))
        else:
            return Matter(), text, 1
    if not matter.values:
        return Matter(), text, 1
    return matter, "\n".join(lines[number + 1 :]), number + 2


def settings(data: bytes, ending: str) -> dict[str, Value]:
    """A file of settings or data: `.toml`, `.json`, or else YAML.

    Raises:
        Fault: If it cannot be read as that.
    """
    text = decode(data)
    if ending == "toml":
        return _toml(text).values
    if ending == "json":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Fault("bad-yaml", 1, 1, f"not JSON: {error}") from None
        plain = _plain(found)
        return plain if isinstance(plain, dict) else {"": plain}
    value = _node(tree(_untagged(text), 1, BOUNDS)[0])
    return value if isinstance(value, dict) else {"": value} if value else {}


def _untagged(text: str) -> str:
    """Settings without the tags of MkDocs, which are code: their values become texts."""
    return re.sub(r"(:[ \t]+|-[ \t]+)(![!\w/:.]+)", r"\1", text)


def _yaml(text: str) -> tuple[Matter, list[Fault]]:
    root, faults = tree(text, 2, BOUNDS)
    if root is None or root.value == "":
        return Matter(), list(faults)
    if not isinstance(root.value, dict):
        raise Fault("bad-front-matter", root.line, root.column, "the front matter has no keys")
    matter = Matter()
    for name, (key, value) in root.value.items():
        matter.values[name] = _node(value)
        matter.places[name] = (key.line, key.column)
    return matter, list(faults)


def _node(node: Node | None) -> Value:
    if node is None:
        return ""
    if isinstance(node.value, str):
        return "" if node.plain and node.value in {"~", "null", "Null", "NULL"} else node.value
    if isinstance(node.value, list):
        return [_node(item) for item in node.value]
    return {name: _node(value) for name, (_, value) in node.value.items()}


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Comments of front matter; what looks like one inside a text is told once too often."""
    for number, line in enumerate(text.split("\n"), 2):
        found = _COMMENT.search(line) if "#" in line else None
        if found and found[1].strip("# "):
            yield number, found.start(1) + 1, found[1].strip()


def _json(text: str) -> Matter:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Fault("bad-front-matter", 2, 1, f"not JSON: {error}") from None
    if not isinstance(values, dict):
        raise Fault("bad-front-matter", 2, 1, "the front matter has no keys")
    return _mapping(values, "", 2)


def _toml(text: str) -> Matter:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(at[1]) + 1, int(at[2])) if at else (1, 1)
        raise Fault("bad-front-matter", line, column, f"not TOML: {error}") from None
    except RecursionError:
        raise Fault("too-deep", 1, 1, "TOML nested too deeply") from None
    return _mapping(values, text, 2)


def _mapping(values: dict[str, Any], source: str, first: int) -> Matter:
    matter = Matter()
    for key, value in values.items():
        matter.values[key] = _plain(value)
    for found in _TOML_KEY.finditer(source):
        matter.places.setdefault(found[1], (source.count("\n", 0, found.start(1)) + first, 1))
    return matter


def _plain(value: Any) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def flat(values: dict[str, Value], above: str = "") -> Iterator[tuple[str, str]]:
    """Scalars of nested settings by dotted key: `author.name`."""
    for key, value in values.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            yield from flat(value, f"{name}.")
        elif isinstance(value, str):
            yield name, value
