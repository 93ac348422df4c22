"""Forms for the editor in the browser have a field for all that a file may hold."""

from __future__ import annotations

from typing import Any

import pytest
from mkdocs_briefings.reading.forms import MOST_ENTRIES, Choices, collections
from mkdocs_briefings.reading.jsonschema import json_schema

KNOWN = Choices(topics={"a": "A"}, authors={"ada": "Ada"}, storylines={"s": "S"})
ENTRIES = {name: ["one"] for name in ("topics", "authors", "storylines", "glossary")}
NONE = Choices(topics={}, authors={}, storylines={})


def forms(known: Choices = KNOWN) -> dict[str, list[dict[str, Any]]]:
    """Fields by kind of file."""
    made = {c["name"]: c for c in collections("briefings", known, ENTRIES)}
    registries = {f["name"]: f["fields"][0]["fields"] for f in made["registries"]["files"]}
    return {
        "briefing": made["briefings"]["fields"],
        "edition": made["editions"]["fields"],
        "page": made["pages"]["fields"],
        "front": made["front"]["files"][0]["fields"],
        **registries,
    }


@pytest.mark.parametrize("kind", sorted(forms()))
def test_every_key_has_a_field_that_fits(kind: str) -> None:
    schema = json_schema(kind)
    schema = schema.get("definitions", {}).get("entry", schema)
    fields = {field["name"]: field for field in forms()[kind]}
    below = {"children"}  # Topics below a topic are for other editors.
    assert set(fields) - {"body"} == set(schema["properties"]) - below
    for name, field in fields.items():
        if name != "body":
            assert field["required"] == (name in schema.get("required", ())), name
            assert field["hint"] == schema["properties"][name]["description"]


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("briefing", "title", {"widget": "string", "maxlength": 200}),
        ("briefing", "summary", {"widget": "text", "maxlength": 1000}),
        ("briefing", "date", {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}),
        ("briefing", "updated", {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}),
        ("briefing", "topics", {"widget": "select", "multiple": True, "min": 1, "max": 8}),
        ("briefing", "author", {"widget": "select", "options": [{"label": "Ada", "value": "ada"}]}),
        ("briefing", "authors", {"widget": "select", "multiple": True}),
        ("briefing", "draft", {"widget": "boolean"}),
        ("briefing", "by", {"widget": "relation", "collection": "briefings"}),
        ("briefing", "key_points", {"widget": "list", "min": 2, "max": 5}),
        ("briefing", "image", {"widget": "object"}),
        ("edition", "number", {"widget": "number", "value_type": "int", "max": 9999}),
        ("topics", "now", {"widget": "object"}),
        ("authors", "desk", {"widget": "boolean"}),
    ],
)
def test_a_field_is_of_the_kind_of_its_key(kind: str, name: str, wanted: dict[str, Any]) -> None:
    (field,) = (field for field in forms()[kind] if field["name"] == name)
    assert wanted.items() <= field.items(), field


def test_what_is_in_a_list_has_fields_too() -> None:
    fields = {field["name"]: field for field in forms()["briefing"]}
    events = {field["name"]: field["widget"] for field in fields["events"]["fields"]}
    assert events == {
        "date": "string",
        "text": "text",
        "kind": "select",
        "key": "boolean",
        "source": "number",
    }
    assert fields["related"]["fields"][0]["widget"] == "relation"


def test_no_default_changes_what_is_edited() -> None:
    """A box that begins ticked would make a draft of a published briefing when it is opened."""
    assert "'default'" not in str(collections("briefings", KNOWN, ENTRIES))


def test_an_open_vocabulary_takes_what_is_typed() -> None:
    fields = {field["name"]: field for field in forms(NONE)["briefing"]}
    assert fields["topics"]["widget"] == "list"
    assert fields["author"]["widget"] in ("string", "list")


def test_a_long_registry_has_no_form() -> None:
    entries = {"authors": [f"a{n}" for n in range(MOST_ENTRIES + 1)], "topics": ["a"]}
    (registries,) = (c for c in collections("", KNOWN, entries) if c["name"] == "registries")
    assert [(f["name"], f["file"]) for f in registries["files"]] == [("topics", "topics.yml")]
