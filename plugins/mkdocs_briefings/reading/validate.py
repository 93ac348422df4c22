"""A tree of texts → a checked model, or problems at the very entries that are wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from inspect import isclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..catalog.codes import CODES
from . import hints
from .findings import Findings
from .nodes import Node
from .text import short
from .visible import check_text

Model = TypeVar("Model", bound=BaseModel)
Path = Sequence[str | int]

NAMES = frozenset(
    {
        *("title", "name", "author", "authors", "editor", "topics", "storyline", "storylines"),
        *("slug", "aliases", "by", "parent", "term", "translation_of", "place", "publisher"),
        *("number",),
    }
)
"""Keys whose texts are names: one hidden character in them is an error, elsewhere a warning."""

_KINDS: Mapping[str, str] = {
    "string_type": "a text",
    "list_type": "a list",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}


def validate(
    model: type[Model], node: Node, findings: Findings, *, top: bool = True
) -> tuple[Model | None, frozenset[str]]:
    """Check `node`, a mapping, against `model`; report everything that is wrong.

    The model is made of what is right, so that the rest of the file can be checked in the same
    run; None when even that is not enough. With it come the keys that were left out for a firm
    fault: nobody should then be told that they are missing. `top` is false for the entries of a
    registry: other programs' names for front matter are no hints there.
    """
    assert isinstance(node.value, dict)
    data, cut = _mapping(node.value, findings)
    try:
        return model.model_validate(data), cut
    except ValidationError as errors:
        found = [(e["loc"], _report(e, model, node, findings, top)) for e in errors.errors()]
    for path, code in found:
        if CODES[code].firm:
            cut |= {str(path[0])}
            data.pop(str(path[0]), None)
        elif code != "too-long":
            _cut(data, path)
    try:
        return model.model_validate(data, context={"any_length": True}), cut
    except ValidationError:
        return None, cut


def find(node: Node, path: Path) -> Node:
    """The node at a path of keys and indexes, or the last one that is there: a bare text stands
    for a mapping or a list of one."""
    for step in path:
        value = node.value
        if isinstance(value, dict) and isinstance(step, str) and step in value:
            node = value[step].value
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            node = value[step]
        else:
            break
    return node


def find_key(node: Node, path: Path) -> Node:
    """The node of the last key of a path, for problems with the key itself."""
    above = find(node, path[:-1])
    if isinstance(above.value, dict) and path[-1] in above.value:
        return above.value[str(path[-1])].key
    return above


def _report(error: Any, model: type[BaseModel], node: Node, findings: Findings, top: bool) -> str:
    """Turn one error of pydantic into a problem; returns its code."""
    path: Path = error["loc"]
    kind: str = error["type"]
    what = next((step for step in reversed(path) if isinstance(step, str)), "")
    place = find(node, path)
    if kind == "extra_forbidden":
        key = find_key(node, path)
        known = fields(model, path[:-1])
        hint = hints.for_key(what, known, top=top and len(path) == 1)
        findings.at(key, "unknown-key", f"unknown key '{short(what)}'", hint)
        return "unknown-key"
    if kind == "missing":
        above = find(node, path[:-1])
        field = fields(model, path[:-1])[what]
        hint = f"add `{what}`: {field.description or 'a text'}"
        findings.at(above, "missing-key", f"`{what}` is missing here", hint)
        return "missing-key"
    if kind in CODES:
        context = error["ctx"]
        hint = context["hint"] or _meaning(model, path)
        findings.at(place, kind, f"`{what}`: {context['message']}", hint)
        return kind
    wanted = _KINDS.get(kind, "another kind of value")
    found = _found(error["input"])
    parts: Mapping[str, Any] = fields(model, path) if kind.startswith("model_") else {}
    hint = _type_hint(what, wanted, error["input"], parts) or _meaning(model, path)
    findings.at(place, "bad-type", f"`{what}`: {found} where {wanted} is wanted", hint)
    return "bad-type"


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"the text '{short(value)}'"
    return "a list" if isinstance(value, list) else "a mapping"


def _type_hint(what: str, wanted: str, value: Any, parts: Mapping[str, Any]) -> str:
    """How to write it; `parts` are the keys of a mapping that is wanted."""
    if value is None:
        return "write a value, or delete the line"
    if parts and isinstance(value, str) and re.fullmatch(r"[\w./ -]{1,80}", value):
        first, *others = parts
        more = [f"{key}: …" for key in others if parts[key].is_required()]
        return f"write `{what}: {{{', '.join([f'{first}: {value}', *more])}}}`"
    if isinstance(value, str) and wanted == "a list":
        entries = [part.strip() for part in value.split(",") if part.strip()]
        return f"write `{what}: [{', '.join(entries)}]`"
    if wanted == "a text" and isinstance(value, dict) and len(value) == 1:
        return "put a text that holds `: ` in quotes"
    if wanted == "a text" and isinstance(value, list):
        return "put a text that begins with `[` in quotes; else write a single text"
    return ""


def fields(model: type[BaseModel], path: Path) -> Mapping[str, Any]:
    """The fields known at a path inside a model."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            inner = _inner(model.model_fields[step].annotation)
            if inner:
                model = inner
    return model.model_fields


def _meaning(model: type[BaseModel], path: Path) -> str:
    """`topics`: what the key stands for, of the innermost key on a path."""
    for end in range(len(path), 0, -1):
        field = fields(model, path[: end - 1]).get(str(path[end - 1]))
        if field is not None and field.description:
            return f"`{path[end - 1]}` is for: {field.description}"
    return "write a single value"


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for a in get_args(annotation) if (found := _inner(a))), None)


def _cut(data: Any, path: Path) -> None:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(path[-1], None)


def _mapping(value: Mapping[str, Any], findings: Findings) -> tuple[dict[str, Any], frozenset[str]]:
    """Plain values of a mapping, and the keys whose value is no value.

    Blank values are left out, line ends in texts become spaces.
    """
    data: dict[str, Any] = {}
    cut = frozenset[str]()
    for key, entry in value.items():
        if not key.isascii() or not key.isprintable():
            check_text(entry.key, key, findings, names=True)
        before = len(findings.problems)
        plain = _plain(entry.value, key in NAMES, findings)
        if plain is not None:
            data[key] = plain
        elif len(findings.problems) > before:
            cut |= {key}
    return data, cut


def _plain(node: Node, names: bool, findings: Findings) -> Any:
    value = node.value
    if isinstance(value, str):
        if not value.isascii() or not value.isprintable():
            value = check_text(node, value, findings, names=names)
        if node.plain and value in ("null", "~"):
            message = f"'{value}' means nothing at all in YAML"
            findings.at(node, "bad-type", message, "delete the line, or put the word in quotes")
            return None
        return value.strip() or None
    if isinstance(value, list):
        return [_plain(entry, names, findings) for entry in value]
    return _mapping(value, findings)[0]
