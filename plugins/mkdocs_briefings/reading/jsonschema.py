"""JSON Schema for editors, made from the models that files are read with.

Draft 7: what the YAML extensions of editors know best. Each schema stands alone. It is a little
stricter than reading, and on purpose: a key without a value and a bare `true` where a text is
wanted are read, but hardly meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..catalog.briefing import Status
from . import schema as models
from .parts import COUNTS, OTHERS
from .registries import STATE_ROWS
from .rules import MOST_HOSTS, MOST_WORDS, RulesModel

DRAFT = "http://json-schema.org/draft-07/schema#"
KEY = r"^[^\sA-Z_!-,./:-@\[-^`{-~]+$"
"""Keys of registries, as far as a pattern can tell: they are parts of addresses."""
ADDRESS = r"^[^/:#?\s][^:#?\s]*(#[^#\s]+)?$"
"""Keys of `former.yml`, likewise."""
_SLUGS = ("slug", "by", "translation_of", "lead", "chart", "briefing", "featured")
"""Keys at any depth that name a briefing; `slug` in a list of picks, never the page's own."""

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file with a schema of its own."""

    model: type[BaseModel]
    about: str
    """What the file is, for the schema's title."""
    files: str
    """Where such files lie in the content folder."""
    keys: str = ""
    """Pattern of the keys of a file of entries, each checked against the model; empty for a file
    that is one."""


KINDS: Mapping[str, Kind] = {
    "briefing": Kind(models.BriefingModel, "Front matter of a briefing", "**/*.md"),
    "edition": Kind(models.EditionModel, "Front matter of an edition", "editions/*.md"),
    "page": Kind(models.PageModel, "Front matter of a plain page", "pages/*.md"),
    "front": Kind(models.FrontModel, "Front matter of the front page", "index.md"),
    "topics": Kind(models.TopicModel, "The tree of topics", "topics.yml", KEY),
    "authors": Kind(models.AuthorModel, "People and desks that sign", "authors.yml", KEY),
    "storylines": Kind(
        models.StorylineModel, "Runs of briefings and events", "storylines.yml", KEY
    ),
    "glossary": Kind(models.TermModel, "Words that are explained", "glossary.yml", KEY),
    "former": Kind(
        models.FormerModel, "Addresses that have no page any more", "former.yml", ADDRESS
    ),
    "rules": Kind(RulesModel, "House rules", "rules.yml"),
}
"""By the name that asks for it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a site has, by key, with a line that tells it. Empty where every name is taken."""

    topics: Mapping[str, str]
    authors: Mapping[str, str]
    storylines: Mapping[str, str]
    briefings: Mapping[str, str]


def json_schema(kind: str, names: Names | None = None) -> Schema:
    """The schema of a kind of file, ready for `json.dumps`.

    Args:
        kind: A key of `KINDS`.
        names: Only these keys are then valid, and editors offer them.

    Raises:
        KeyError: If there is no such kind.
    """
    told = KINDS[kind]
    entry = _entry(told.model, names)
    if kind == "briefing":
        _whole(entry)
    elif kind == "former":
        gone = ["title", "date", "reason"]
        moved = {"required": ["to"], "not": {"anyOf": [{"required": [key]} for key in gone]}}
        entry["oneOf"] = [moved, {"required": gone, "not": {"required": ["to"]}}]
    elif kind == "rules":
        _few(entry)
    head = {"$schema": DRAFT, "title": told.about}
    if not told.keys:
        return {**head, **entry}
    needed = "required" in entry or "oneOf" in entry
    definition: Schema = entry if needed else {**entry, "type": ["object", "null"]}
    keys: Schema = {
        "type": "object",
        "propertyNames": {"pattern": told.keys},
        "additionalProperties": {"$ref": "#/definitions/entry"},
    }
    if kind == "topics":
        below = {**keys, "type": ["object", "null"], "description": "Topics below this one."}
        definition["properties"]["children"] = below
    keys["type"] = ["object", "null"]
    return {**head, **keys, "definitions": {"entry": definition}}


def _entry(model: type[BaseModel], names: Names | None) -> Schema:
    made = model.model_json_schema()
    entry = _bare(made, made.get("$defs", {}))
    # The docstrings of models speak to who reads the code.
    entry.pop("description", None)
    for form in entry["properties"].get("now", {}).get("anyOf", ()):
        if state := form.get("properties", {}).get("state"):
            state["maxItems"] = STATE_ROWS
    if names:
        _name(entry["properties"], names, top=True)
    return entry


def _whole(entry: Schema) -> None:
    """What the front matter of a briefing must have as a whole, and how many entries its lists
    take."""
    for key, value in entry["properties"].items():
        for form in (value, *value.get("anyOf", ())):
            if form.get("type") == "array":
                least, most = COUNTS.get(key, OTHERS)
                form |= {"minItems": least, "maxItems": most} if least else {"maxItems": most}
    entry["properties"]["topics"]["minItems"] = 1
    # Two names for one key, of which one is used.
    entry["oneOf"] = [{"required": ["author"]}, {"required": ["authors"]}]
    entry["not"] = {"required": ["storyline", "storylines"]}
    superseded = {"const": str(Status.SUPERSEDED)}
    entry["if"] = {"required": ["by"]}
    entry["then"] = {"required": ["status"], "properties": {"status": superseded}}


def _few(entry: Schema) -> None:
    """How many entries the lists of house rules take."""
    entry["properties"]["avoid"]["maxItems"] = MOST_WORDS
    for key in ("links", "sources"):
        for hosts in entry["properties"][key]["properties"].values():
            for form in hosts["anyOf"]:
                if form["type"] == "array":
                    form["maxItems"] = MOST_HOSTS


def _bare(made: Mapping[str, Any], parts: Mapping[str, Any]) -> Schema:
    """A schema of pydantic's without references, invented titles, and defaults that editors would
    write into the file."""
    if "$ref" in made:
        part = parts[made["$ref"].rpartition("/")[2]]
        # What is told at the place of use counts, not what the part says of itself.
        beside = {key: value for key, value in made.items() if key != "$ref"}
        return _bare({**part, "description": "", **beside}, parts)
    found: Schema = {}
    for key, value in made.items():
        if key in ("$defs", "title", "default") or (key == "description" and not value):
            continue
        if key == "properties":
            found[key] = {name: _bare(inner, parts) for name, inner in value.items()}
        elif key == "items":
            found[key] = _bare(value, parts)
        elif key == "anyOf":
            choices = [_bare(one, parts) for one in value if one != {"type": "null"}]
            found |= choices[0] if len(choices) == 1 else {key: choices}
        else:
            found[key] = value
    if made.get("description"):
        # Of the whole and not of one of the choices.
        found["description"] = made["description"]
    return found


def _name(properties: Mapping[str, Schema], names: Names, *, top: bool) -> None:
    """Allow only what the site has, wherever a name is wanted."""
    known = {
        **dict.fromkeys(("topics", "parent"), names.topics),
        **dict.fromkeys(("author", "authors", "editor"), names.authors),
        **dict.fromkeys(("storyline", "storylines"), names.storylines),
        **dict.fromkeys(_SLUGS, names.briefings),
        **dict.fromkeys(("related", "five", "briefings"), names.briefings),
    }
    if top:
        del known["slug"]
    for key, value in properties.items():
        if known.get(key):
            _only(value, known[key])
        for form in (value, *value.get("anyOf", ())):
            for inner in (form, form.get("items", {}), *form.get("items", {}).get("anyOf", ())):
                if "properties" in inner:
                    _name(inner["properties"], names, top=False)


def _only(value: Schema, known: Mapping[str, str]) -> None:
    """Turn every text of a value, alone or in a list, into one of the known keys."""
    for form in _texts(value):
        del form["maxLength"], form["pattern"]
        form |= {"type": "string", "enum": list(known)}
        # What the extension for YAML shows beside each.
        form["markdownEnumDescriptions"] = list(known.values())


def _texts(value: Schema) -> Sequence[Schema]:
    found = [value] if "maxLength" in value else []
    for inner in (value.get("items"), *value.get("anyOf", ())):
        found += _texts(inner) if inner else []
    return found
