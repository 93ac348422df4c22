"""The documentation: every command, target, option and link that it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from mkdocs_briefings.cli.main import COMMANDS, main

from .conftest import ROOT

DOCS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(command: str) -> list[str]:
    """Every use of a command in the docs: in backticks, or in a console block after `$`."""
    uses = []
    for name in DOCS:
        text = read(name)
        uses += re.findall(rf"`({command} [^`\n]*)`", FENCE.sub("", text))
        uses += re.findall(
            rf"^ *\$ (?:[A-Z_]+=\S+ )?(?:\.venv/bin/)?({command}\b.*)$", text, re.MULTILINE
        )
    assert uses, f"the docs name no use of {command}"
    return [use.split("#")[0].strip() for use in uses]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))


def test_every_make_target_named_exists() -> None:
    for use in named("make"):
        words = [word for word in shlex.split(use)[1:] if "=" not in word and word != "..."]
        assert set(words) <= targets(), f"{use}: no such target"


def test_make_help_lists_what_there_is_for_users() -> None:
    listed = set(re.findall(r'echo "make ([a-z-]+)', read("Makefile")))
    assert listed <= targets()
    assert {"site", "build", "test"} <= listed


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None, f"there is no command '{name}'"
    return found


def options(cmd: click.Command) -> set[str]:
    found = {opt for param in cmd.params for opt in (*param.opts, *param.secondary_opts)}
    return {opt for opt in found if opt.startswith("-")} | {"--help", "-h"}


def test_every_command_named_exists_with_its_options() -> None:
    for use in named("briefings"):
        words = shlex.split(use)[1:]
        assert words, f"{use}: name a command"
        if words[0].startswith("-"):
            assert words[0] in options(main), use
        elif "/" not in words[0]:
            given = {
                word.split("=")[0].strip("[]") for word in words if word.startswith(("-", "[-"))
            }
            assert given <= options(command(words[0])), use


def test_every_option_named_belongs_to_a_command() -> None:
    known = set().union(*(options(command(name)) for name in COMMANDS), options(main))
    foreign = {"--strict"}  # of `mkdocs build`, and ours too
    for name in DOCS:
        prose = FENCE.sub("", read(name))
        for option in re.findall(r"`(--[a-z][a-z-]*)(?: [^`]*)?`", prose):
            assert option in known | foreign, f"{name}: {option} is an option of no command"


def test_every_command_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"`briefings {name}" in read("README.md"), f"README.md does not name {name}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    examples = re.findall(rf"^ +(briefings {name}\b.*)$", shown.output, re.MULTILINE)
    assert examples, f"no example in:\n{shown.output}"
    for example in examples:
        given = {w.split("=")[0] for w in shlex.split(example)[2:] if w.startswith("-")}
        assert given <= options(command(name)), example


def test_examples_of_the_command_itself_are_of_commands_that_exist() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    examples = re.findall(r"^ +briefings ([a-z]+)", shown.output, re.MULTILINE)
    assert set(examples) <= set(COMMANDS)
    assert examples


def test_plugin_options_in_the_readme_are_those_of_the_plugin() -> None:
    from mkdocs_briefings.config import BriefingsConfig

    table = read("README.md").split("## In your own site")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    known = {key for key, _ in BriefingsConfig()._schema}
    assert told <= known, sorted(told - known)
    # `enabled` is MkDocs' custom, not ours.
    assert known - told <= {"enabled"}, f"README.md does not explain {sorted(known - told)}"


def test_front_matter_keys_in_the_guide_are_those_that_are_read() -> None:
    from mkdocs_briefings.reading.schema import BriefingModel

    table = read("CONTRIBUTING.md").split("## Front matter")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    told = {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}
    assert told == set(BriefingModel.model_fields), sorted(told ^ set(BriefingModel.model_fields))


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    titles = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert titles[0] == "Unreleased"


@pytest.mark.parametrize("name", DOCS)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", read(name))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        linked = ROOT / path if path else ROOT / name
        assert linked.exists(), f"{name}: {target} is not there"
        if fragment:
            assert fragment in anchors(linked), f"{name}: {target} has no such heading"


def anchors(path: Path) -> set[str]:
    """Anchors of the headings of a Markdown file, as code hosts make them."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
