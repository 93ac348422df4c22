"""What a composer leaves to those of other processes: they make the same, and ask less."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.composing.composer import Composer
from mkdocs_briefings.composing.inputs import BodyInput, Frame
from mkdocs_briefings.composing.templates import Templates
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.viewing.records import View

from .test_batch import CHROME, FRAME

PARTS: Mapping[str, str] = {
    "page.html": "{% extends 'frame.html' %}{% block a %}{{ view.title }}{% endblock %}",
    "frame.html": "<{% block a %}{% endblock %}>",
}
PARTED = replace(FRAME, templates=PARTS)
VIEW = View(template="page.html", url="a/", title="A", description="", source="a.md")


@pytest.mark.parametrize(
    ("frame", "same"),
    [
        pytest.param(PARTED, True, id="the same templates"),
        pytest.param(replace(PARTED, extensions=[]), True, id="for other texts"),
        pytest.param(replace(PARTED, behind=("jinja2/ext",)), False, id="with others behind"),
        pytest.param(
            replace(PARTED, chrome=replace(CHROME, words_lang="en", lang="xx")),
            False,
            id="in another language than the words",
        ),
        pytest.param(
            replace(PARTED, templates={**PARTS, "frame.html": "[{% block a %}{% endblock %}]"}),
            False,
            id="in another frame",
        ),
    ],
)
def test_templates_are_compiled_once_for_all_processes(
    frame: Frame, same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    first = Composer(PARTED)
    shown = first.page(VIEW)
    first.keep_code()
    second = Composer(frame)
    compiled = []
    compile_one = Templates._generate

    def generate(self: Templates, *given: Any, **more: Any) -> str:
        compiled.append(given[1])
        return compile_one(self, *given, **more)

    monkeypatch.setattr(Templates, "_generate", generate)
    assert (second.page(VIEW) == shown) is ("[" not in str(frame.templates))
    assert (compiled == []) is same


def test_what_no_version_tells_of_is_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.html").write_text("one", encoding="utf-8")
    frame = replace(FRAME, templates={}, behind=(str(tmp_path),))
    first = Composer(frame)
    assert first.page(VIEW) == b"one"
    first.keep_code()
    (tmp_path / "page.html").write_text("two", encoding="utf-8")
    assert Composer(frame).page(VIEW) == b"two"
    assert not (tmp_path / "kept").exists()


def test_the_parser_rests_where_it_is_known_to_agree() -> None:
    frame = replace(FRAME, extensions=DEFAULTS)
    text = BodyInput(markdown="One *word*.", lang="en")
    first = Composer(frame)
    assert first.agrees is None
    made = first.body(text)
    assert first.agrees is True
    assert first.renderer.parsed
    second = Composer(frame, agrees=first.agrees)
    assert second.body(text) == made
    assert second.renderer.parsed == 0
    assert second.agrees is True
    slow = Composer(frame, agrees=False)
    assert slow.body(text) == made
    assert slow.renderer.parsed == 1
