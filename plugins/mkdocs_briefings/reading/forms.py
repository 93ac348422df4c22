"""Forms for an editor in the browser, made from the schemas of files.

In the words of Sveltia CMS and Decap CMS: collections of files, each with fields. A form writes
what the check takes, in the longer way where there are two: an item of `related` is a slug with a
reason, though a slug alone would do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .frontwrite import KEY_ORDER
from .jsonschema import KINDS, Schema, json_schema

Field = dict[str, Any]

MOST_ENTRIES = 200
"""Entries of a registry up to which it has a form: a longer one would be slow to open."""
_LONG = 200
"""Code points from which on a text gets more than one line."""
_SHORT_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_BODY: Field = {
    "name": "body",
    "label": "Text",
    "widget": "markdown",
    # As typed: an editor of rich text would rewrite notes, charts and links in double brackets.
    "modes": ["raw"],
    "hint": "Markdown. Links between briefings: [[name-of-the-file]]. Sources: [^1].",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, by key, with what a writer sees."""

    topics: Mapping[str, str]
    authors: Mapping[str, str]
    storylines: Mapping[str, str]


def collections(folder: str, known: Choices, entries: Mapping[str, Sequence[str]]) -> list[Field]:
    """All forms of a site.

    Args:
        folder: The content folder from the root of the repository, `briefings`, without a `/` at
            its end.
        known: What can be chosen.
        entries: By registry, `topics` for example, the keys at its top level: a form edits those
            that are there, if they are at most `MOST_ENTRIES`.
    """
    below = f"{folder}/" if folder else ""
    offered = {
        **dict.fromkeys(("topics", "parent"), known.topics),
        **dict.fromkeys(("author", "authors", "editor"), known.authors),
        **dict.fromkeys(("storyline", "storylines"), known.storylines),
    }
    registries = [
        {
            "name": name,
            "label": KINDS[name].about,
            "file": f"{below}{name}.yml",
            "fields": _entries(name, keys, offered),
        }
        for name, keys in entries.items()
        if 0 < len(keys) <= MOST_ENTRIES
    ]
    front = {
        "name": "front",
        "label": "Front page",
        "file": f"{below}index.md",
        "fields": [*_fields("front", offered), {**_BODY, "required": False}],
    }
    return [
        {
            **_folder("briefings", "Briefings", "Briefing", folder or "."),
            "path": "{{year}}/{{slug}}",
            # Pages and editions lie below the same folder, and are filed under no topic; the
            # editor reads what is not there as "null".
            "filter": {"field": "topics.0", "pattern": "^(?!null$)"},
            "summary": "{{date}} {{title}}",
            "sortable_fields": ["date", "title"],
            "fields": [*_briefing(offered), _BODY],
        },
        {
            **_folder("editions", "Editions", "Edition", f"{below}editions"),
            "fields": [*_fields("edition", offered), {**_BODY, "required": False}],
        },
        {
            **_folder("pages", "Pages", "Page", f"{below}pages"),
            "fields": [*_fields("page", offered), _BODY],
        },
        {"name": "front", "label": "Front page", "files": [front]},
        *([{"name": "registries", "label": "Registries", "files": registries}] * bool(registries)),
    ]


def _folder(name: str, label: str, singular: str, folder: str) -> Field:
    return {
        "name": name,
        "label": label,
        "label_singular": singular,
        "folder": folder,
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{title}}",
        "identifier_field": "title",
    }


def _briefing(offered: Mapping[str, Mapping[str, str]]) -> list[Field]:
    fields = {field["name"]: field for field in _fields("briefing", offered)}
    return [fields[key] for key in KEY_ORDER if key in fields]


def _fields(kind: str, offered: Mapping[str, Mapping[str, str]]) -> list[Field]:
    return _object(json_schema(kind), offered)


def _object(schema: Schema, offered: Mapping[str, Mapping[str, str]]) -> list[Field]:
    required = schema.get("required", ())
    made = [
        _field(name, value, name in required, offered)
        for name, value in schema["properties"].items()
    ]
    return [field for field in made if field]


def _entries(
    registry: str, keys: Sequence[str], offered: Mapping[str, Mapping[str, str]]
) -> list[Field]:
    """The forms of the entries of a registry."""
    fields = _object(json_schema(registry)["definitions"]["entry"], offered)
    shared = {"widget": "object", "collapsed": True, "required": True, "fields": fields}
    return [{"name": key, "label": key, **shared} for key in keys]


def _field(
    name: str, schema: Schema, required: bool, offered: Mapping[str, Mapping[str, str]]
) -> Field:
    """A field of a form; empty for the topics below a topic, which have no form."""
    if name == "children":
        return {}
    base = _base(name, schema, required=required)
    many = next((one for one in (schema, *schema.get("anyOf", ())) if "items" in one), None)
    if offered.get(name) and (many or "maxLength" in schema):
        return {**base, **_choice(name, offered[name], None if name in _ONE else many)}
    if "enum" in schema:
        return {**base, "widget": "select", "options": list(schema["enum"])}
    if schema.get("format") == "date" or (name == "date" and "anyOf" not in schema):
        return {**base, "widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if schema.get("type") == "boolean":
        return {**base, "widget": "boolean"}
    if schema.get("type") == "integer":
        number = {"widget": "number", "value_type": "int", "min": schema["minimum"]}
        return {**base, **number, "max": schema["maximum"]}
    if many:
        return _list(base, many, offered)
    if parts := next(
        (one for one in (schema, *schema.get("anyOf", ())) if "properties" in one), None
    ):
        fields = _object(parts, offered)
        return {**base, "widget": "object", "collapsed": True, "fields": fields}
    if name in _BRIEFINGS:
        return {**base, **_RELATION}
    return {**base, **_text(schema)}


def _base(name: str, schema: Schema, *, required: bool) -> Field:
    return {
        "name": name,
        "label": name.replace("_", " ").capitalize(),
        "required": required,
        "hint": schema.get("description", ""),
    }


_BRIEFINGS = frozenset({"by", "translation_of", "lead", "chart", "briefing"})
"""Keys that name a briefing."""
_RELATION: Field = {
    "widget": "relation",
    "collection": "briefings",
    "value_field": "{{slug}}",
    "display_fields": ["title"],
    "search_fields": ["title"],
}
_ONE = frozenset({"author", "storyline", "editor", "parent"})
"""Keys for which a form writes one name; their plurals take several."""


def _choice(name: str, known: Mapping[str, str], many: Schema | None) -> Field:
    options = [{"label": label, "value": key} for key, label in known.items()]
    if many is None:
        return {"widget": "select", "options": options}
    counts = {"min": many.get("minItems", 0), "max": many.get("maxItems", len(options))}
    return {"widget": "select", "multiple": True, "options": options, **counts}


def _list(base: Field, many: Schema, offered: Mapping[str, Mapping[str, str]]) -> Field:
    items = many["items"]
    shape = items.get("anyOf", [items])
    parts = next((one for one in shape if "properties" in one), None)
    counts = {
        key: many[said] for key, said in (("min", "minItems"), ("max", "maxItems")) if said in many
    }
    found: Field = {**base, "widget": "list", "collapsed": True, **counts}
    if parts:
        fields = _object(parts, offered)
        if "reason" in parts["properties"]:
            fields[0] = {**_base("slug", parts["properties"]["slug"], required=True), **_RELATION}
        return {**found, "fields": fields}
    return {**found, "field": {"name": "item", "label": base["label"], **_text(items)}}


def _text(schema: Schema) -> Field:
    if "anyOf" in schema:
        return {
            "widget": "string",
            "pattern": [_SHORT_PATTERN, "Write 2026-05-31, 2026-05 or 2026"],
        }
    if "maxLength" not in schema:
        return {"widget": "string", "pattern": [schema["pattern"], "This has another form"]}
    wide = schema["maxLength"] > _LONG
    return {"widget": "text" if wide else "string", "maxlength": schema["maxLength"]}
