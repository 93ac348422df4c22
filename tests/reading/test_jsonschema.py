"""The schemas for editors say what reading says, as far as a schema can."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from mkdocs_briefings.catalog.slugs import slugify
from mkdocs_briefings.cli import known
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.cli.schema import KINDS as TOLD
from mkdocs_briefings.reading.folder import REGISTRIES, RULES
from mkdocs_briefings.reading.jsonschema import KEY, KINDS, Names, json_schema
from mkdocs_briefings.reading.read import read

from ..conftest import ROOT
from .examples import Example, examples

CONTENT = ROOT / "briefings"


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, and `yes` is a text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class declares it
        first: [
            (tag, pattern)
            for tag, pattern in rules
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
        ]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF")
)


def loaded(text: str) -> Any:
    return yaml.load(text, Core)


def kind_of(path: str) -> str:
    if path in (*REGISTRIES, RULES):
        return path.removesuffix(".yml")
    if path == "index.md":
        return "front"
    return {"pages": "page", "editions": "edition"}.get(path.split("/")[0], "briefing")


def part(path: str, text: str) -> Any:
    """What of a file the schema describes."""
    return loaded(text.split("\n---\n")[0] + "\n" if path.endswith(".md") else text)


def faults(kind: str, value: Any, names: Names | None = None) -> list[str]:
    validator = Draft7Validator(json_schema(kind, names))
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(value)]


FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for path in CONTENT.rglob("*")
    if path.suffix == ".md" or path.name in (*REGISTRIES, RULES)
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_leans_on_nothing(kind: str) -> None:
    schema = json_schema(kind)
    Draft7Validator.check_schema(schema)
    text = json.dumps(schema)
    assert '"default"' not in text, "editors would write it into the file"
    assert set(re.findall(r'"\$ref": "([^"]*)"', text)) <= {"#/definitions/entry"}
    assert undescribed(schema) == []


def undescribed(schema: Mapping[str, Any]) -> list[str]:
    missing = [
        key for key, value in schema.get("properties", {}).items() if not value.get("description")
    ]
    inner = [*schema.get("properties", {}).values(), *schema.get("definitions", {}).values()]
    inner += [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    return [*missing, *(key for one in inner for key in undescribed(one))]


def test_the_command_names_every_kind() -> None:
    assert tuple(KINDS) == TOLD


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_for_editors_are_what_the_command_prints(kind: str) -> None:
    file = ROOT / ".vscode" / "schemas" / f"{kind}.json"
    told = CliRunner().invoke(main, ["schema", kind]).stdout
    assert file.read_text(encoding="utf-8") == told, "briefings schema --to .vscode/schemas"
    assert json.loads(told) == json_schema(kind)


@pytest.mark.parametrize("path", FILES)
def test_our_own_files_are_valid(path: str) -> None:
    value = part(path, (CONTENT / path).read_text(encoding="utf-8"))
    names = Names(
        topics=known.topics(CONTENT),
        authors=known.authors(CONTENT),
        storylines=known.storylines(CONTENT),
        briefings=known.briefings(CONTENT),
    )
    assert faults(kind_of(path), value) == []
    assert faults(kind_of(path), value, names) == [], "with the names of the site"


@pytest.mark.archive
def test_a_real_archive_is_valid(corpus: Path) -> None:
    validators = {kind: Draft7Validator(json_schema(kind)) for kind in KINDS}
    wrong: dict[str, list[str]] = {}
    for path in sorted(corpus.rglob("*"))[::7]:
        name = path.relative_to(corpus).as_posix()
        if path.suffix == ".md" or name in REGISTRIES:
            value = part(name, path.read_text(encoding="utf-8"))
            errors = validators[kind_of(name)].iter_errors(value)
            if found := [f"{e.json_path}: {e.message[:200]}" for e in errors]:
                wrong[name] = found
    assert not wrong


SHAPE = frozenset(
    """missing-title missing-author missing-date missing-topics missing-key unknown-key
    conflicting-keys bad-type bad-value bad-lang bad-url too-long bad-count""".split()
)
"""Codes of what a schema can see in one file."""


def judged(example: Example) -> list[str]:
    return [
        fault
        for path, data in example.files.items()
        for fault in faults(kind_of(path), part(path, data.decode()))
    ]


EXAMPLES = [e for e in examples() if e.code in SHAPE | {"bad-date"}]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)
def test_the_examples_of_the_guide(example: Example) -> None:
    """What the guide calls bad for its shape is refused, what it calls good is not."""
    found = judged(example)
    if example.bad:
        assert found
    elif example.code == "missing-title":
        # A heading may be the title, which a schema of the front matter cannot see.
        assert found == ["$.title: None is not of type 'string', 'number'"]
    else:
        assert found == []


def given_by(path: str, front: str) -> str:
    return f"---\n{front}---\nText of its own.\n" if path.endswith(".md") else front


GOOD = "title: A\nauthor: ada\ndate: 2026-03-17\ntopics: [a]\n"


@pytest.mark.parametrize(
    ("path", "front"),
    [
        ("a.md", GOOD + "key_points: [one]\n"),
        ("a.md", GOOD + "key_points: [one, {section: x}]\n"),
        ("a.md", GOOD + "authors: [ben]\n"),
        ("a.md", GOOD + "storyline: a\nstorylines: [b]\n"),
        ("a.md", GOOD + "events:\n  - {date: 2026-13, text: x}\n"),
        ("a.md", GOOD + "events:\n  - {date: 1726, text: x}\n"),
        ("a.md", GOOD + "events:\n  - {date: 2026, text: x, kind: party}\n"),
        ("a.md", GOOD + "events:\n  - {date: 2026, text: x, key: yes}\n"),
        ("a.md", GOOD + "events:\n  - {date: 2026}\n"),
        ("a.md", GOOD + "events:\n  date: 2026\n"),
        ("a.md", GOOD + "sources: [a title]\n"),
        ("a.md", GOOD + "sources:\n  - {title: x, url: ftp://x}\n"),
        ("a.md", GOOD + "sources:\n  - {title: x, date: May 2026}\n"),
        ("a.md", GOOD + "sources:\n  - {title: x, lang: English}\n"),
        ("a.md", GOOD + "image: a.png\n"),
        ("a.md", GOOD + "image: {src: a.png}\n"),
        ("a.md", GOOD + "updated: 2026-03-17T10:00Z\n"),
        ("a.md", GOOD + "updated: 17.3.2026\n"),
        ("a.md", GOOD + "status: done\n"),
        ("a.md", GOOD + "draft: maybe\n"),
        ("a.md", GOOD + "related: [{reason: x}]\n"),
        ("a.md", GOOD + "tags: [a]\n"),
        ("a.md", GOOD.replace("[a]", "a")),
        ("a.md", GOOD.replace("[a]", "[a, b, c, d, e, f, g, h, i]")),
        ("a.md", GOOD.replace("title: A", "title: [A]")),
        ("a.md", GOOD.replace("2026-03-17", "2026-03-17T10:00")),
        ("a.md", GOOD.replace("2026-03-17", "2026-03-17T25:00Z")),
        ("a.md", GOOD.replace("2026-03-17", "2026")),
        ("a.md", GOOD.replace("title: A", f"title: {'x' * 201}")),
        ("pages/a.md", "title: A\nauthor: ada\n"),
        ("editions/a.md", "title: A\nnumber: one\n"),
        ("editions/a.md", "title: A\nnumber: -1\n"),
        ("editions/a.md", "title: A\nbriefings: a\n"),
        ("index.md", "five: a\n"),
        ("index.md", "leads: a\n"),
        ("topics.yml", "Rare earths:\n  title: x\n"),
        ("topics.yml", "a:\n  children:\n    b: {colour: red}\n"),
        ("topics.yml", "a:\n  now: {state: [{instrument: x}]}\n"),
        ("topics.yml", "a:\n  now: {state: [{instrument: x, now: y, state: off}]}\n"),
        ("topics.yml", "a: text\n"),
        ("topics.yml", "- a\n"),
        ("authors.yml", "ada: {role: Reporter}\n"),
        ("authors.yml", "ada:\n"),
        ("authors.yml", "ada: {name: Ada, desk: 1}\n"),
        ("storylines.yml", "a: {status: over}\n"),
        ("storylines.yml", "a: {events: [{date: 2026-05, text: x, source: 1}]}\n"),
        ("glossary.yml", "a: {term: A}\n"),
        ("glossary.yml", "a: {definition: x, aliases: one}\n"),
        ("former.yml", "a/:\n"),
        ("former.yml", "a/: {title: x, reason: y}\n"),
        ("former.yml", "a/: {to: b/, reason: y}\n"),
        ("former.yml", "a/: {to: b/, because: y}\n"),
        ("former.yml", "a/: {title: x, date: 2026-05, reason: y}\n"),
        ("former.yml", "/a/: {to: b/}\n"),
        ("former.yml", "https://a.example/b/: {to: b/}\n"),
        ("rules.yml", "titel: {at_most: 90}\n"),
        ("rules.yml", "title: 90\n"),
        ("rules.yml", "title: {at_most: many}\n"),
        ("rules.yml", "require: {sumary: 1}\n"),
        ("rules.yml", "avoid: [{write: use}]\n"),
        ("rules.yml", "avoid: [{word: utilize, lang: English}]\n"),
        ("rules.yml", "avoid: utilize\n"),
        ("rules.yml", "links: {refuse: https://a.example/}\n"),
        ("rules.yml", "sources: {allow: [localhost]}\n"),
        ("rules.yml", "sources: {allow: ['*.gov']}\n"),
        ("rules.yml", "cite: maybe\n"),
        ("rules.yml", "since: 2026\n"),
    ],
)  # fmt: skip
def test_what_reading_refuses_for_its_shape(path: str, front: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(given_by(path, front))
    codes = {problem.code for problem in read(tmp_path).problems}
    assert codes & (SHAPE | {"bad-date", "bad-slug", "bad-alias"}), codes
    assert faults(kind_of(path), loaded(front))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("former.yml", "a/b/: {title: x, date: 2026-05-31, reason: y}\nc.html: {to: d/}\n"),
        ("former.yml", "a/#b: {to: c/}\nä-b/: {to: c/}\n"),
        ("former.yml", "# None yet.\n"),
        ("rules.yml", "title: {at_least: 3, at_most: 90}\nrequire: {why: 1}\ncite: true\n"),
        ("rules.yml", "avoid: [utilis*, {word: prior to, write: before, lang: en-GB}]\n"),
        ("rules.yml", "links: {refuse: bit.ly}\nsources: {allow: ['*.a.example', bü.example]}\n"),
        ("rules.yml", "since: 2026-05-31\n"),
    ],
)
def test_what_reading_takes_is_valid(path: str, text: str, tmp_path: Path) -> None:
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert {problem.code for problem in read(tmp_path).problems} <= {"bad-address"}
    assert faults(kind_of(path), loaded(text)) == []


@settings(deadline=None)
@given(st.text(min_size=1, max_size=6).filter(slugify))
@example("🄐")
def test_keys_that_reading_takes_are_valid(text: str) -> None:
    assert re.search(KEY, slugify(text))


TEXTS = st.one_of(
    st.sampled_from(["x", "true", "2026", "2026-03-17", "a: b", "1.5", "no", "é", ""]),
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8),
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("date text title kind key source url slug src alt section".split()),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(deadline=None)  # The first example loads what the others use.
@given(st.dictionaries(st.sampled_from(sorted(KINDS["briefing"].model.model_fields)), VALUES))
def test_whatever_the_schema_takes_is_read(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, Any]
) -> None:
    """Of front matter that the schema takes, reading complains for no shape."""
    whole = {**loaded(GOOD), **record}
    if "authors" in record:
        del whole["author"]
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    value = loaded(text)
    if faults("briefing", value):
        return
    folder = tmp_path_factory.mktemp("taken", numbered=True)
    (folder / "a.md").write_text(given_by("a.md", text), encoding="utf-8")
    codes = {problem.code for problem in read(folder).problems}
    assert not codes & (SHAPE - {"missing-author", "missing-title", "missing-topics"}), (
        text,
        codes,
    )


Change = Callable[[Any], None]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("briefing", lambda front: front.update(topics=["tarifs"])),
        ("briefing", lambda front: front.update(author="Nobody")),
        ("briefing", lambda front: front.update(editor="nobody")),
        ("briefing", lambda front: front.update(related=["nothing"])),
        ("briefing", lambda front: front.update(related=[{"slug": "nothing"}])),
        ("briefing", lambda front: front.update(status="superseded", by="nothing")),
    ],
)
def test_with_names_only_those_of_the_site_are_valid(kind: str, change: Change) -> None:
    names = Names(
        topics={"a": "A"}, authors={"ada": "Ada"}, storylines={}, briefings={"one": "One"}
    )
    front = loaded(GOOD) | {"related": ["one", {"slug": "one"}], "slug": "new"}
    assert faults(kind, front, names) == []
    other = copy.deepcopy(front)
    change(other)
    assert faults(kind, other) == []
    assert faults(kind, other, names)
