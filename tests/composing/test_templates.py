"""Templates as compiled here, against what Jinja itself makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from mkdocs_briefings.composing.templates import Templates, shown

PARTS = {
    "frame.html": "<{% block a %}[{{ site }}]{% endblock %}{% include 'said.html' %}"
    "{% set foot %}{{ site }}{% endset %}{% block b %}{{ foot }}{% endblock %}>",
    "said.html": "{{ one }}-{{ other or '' }}-{% set one = 'own' %}{{ one }};\n",
    "listed.html": "{% for one in all %}{{ loop.index }}{% include 'said.html' %}{% endfor %}",
    "tree.html": "{{ node.name }}("
    "{% for node in node.below %}{% include 'tree.html' %}{% endfor %})",
    "macro.html": "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}{{ bold(site) }}",
    "page.html": "{% extends 'frame.html' %}{% block a %}{{ super() }}{{ one }}{% endblock %}",
}

VALUES: dict[str, Any] = {
    "site": "R&D",
    "one": '<"1">',
    "all": [1, "<", None, 2.5],
    "node": {"name": "a&", "below": [{"name": "b", "below": []}, {"name": "c", "below": []}]},
    "name": "said.html",
}


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{% include 'said.html' %}{{ one }}", id="what is set inside stays inside"),
        pytest.param("{% set other = 2 %}{% include 'said.html' %}", id="what is set before"),
        pytest.param(
            "{% include 'said.html' %}{% set one = 5 %}{% include 'said.html' %}{{ one }}",
            id="a name that is set between",
        ),
        pytest.param(
            "{% for x in all %}{% include 'said.html' %}{% set one = x %}{% endfor %}"
            "{% if all %}{% set one = 3 %}{% endif %}{% set other, one = one, 4 %}",
            id="a name that is set later in a loop",
        ),
        pytest.param(
            "{% for one in all %}{% include 'said.html' %}{% endfor %}{{ one }}", id="in a loop"
        ),
        pytest.param(
            "{% for other in all %}{% include 'listed.html' %}{{ loop.last }}{% endfor %}",
            id="a loop in a loop",
        ),
        pytest.param("{% with one = site %}{% include 'said.html' %}{% endwith %}", id="with"),
        pytest.param("{% if all %}{% include 'listed.html' %}{% endif %}{{ one }}", id="if"),
        pytest.param("{% set a %}{% include 'said.html' %}{% endset %}{{ a }}{{ a }}", id="set"),
        pytest.param("{% include 'tree.html' %}", id="one that includes itself"),
        pytest.param("{% include 'macro.html' %}{{ bold is defined }}", id="a macro"),
        pytest.param("{% include 'page.html' %}{% include 'frame.html' %}", id="one with blocks"),
        pytest.param("{% extends 'page.html' %}{% block b %}b{{ super() }}{% endblock %}", id="on"),
        pytest.param("{% include 'none.html' ignore missing %}.", id="one that is not there"),
        pytest.param("{% include ['none.html', 'said.html'] %}", id="the first that is there"),
        pytest.param("{% include name %}", id="by a variable"),
        pytest.param("{% include 'said.html' without context %}", id="without what is known"),
        pytest.param("{% autoescape false %}{{ one }}{{ all }}{% endautoescape %}", id="as it is"),
        pytest.param("{{ one | safe }}{{ '<i>' }}{{ site ~ one }}{{ none }}{{ 1 }}", id="values"),
    ],
)
def test_the_result_is_that_of_jinja(template: str) -> None:
    loader = DictLoader({**PARTS, "it.html": template})
    plain = Environment(loader=loader, autoescape=True)
    ours = Templates(loader)
    ours.autoescape = True
    expected = plain.get_template("it.html").render(VALUES)
    assert ours.get_template("it.html").render(VALUES) == expected
    assert ours.get_template("it.html").render(VALUES) == expected, "nor does it change"


def test_what_is_included_is_compiled_into_the_template() -> None:
    ours = Templates(DictLoader(PARTS))
    ours.get_template("listed.html").render(VALUES)
    asked = ours.cache
    assert asked is not None
    assert [name for _, name in asked.keys()] == ["listed.html"]  # noqa: SIM118  # no mapping


def test_what_is_missing_is_told_as_by_jinja() -> None:
    ours = Templates(DictLoader({"it.html": "{% include 'a.html' %}", "a.html": "{{ a.b.c }}"}))
    with pytest.raises(UndefinedError, match="'a' is undefined"):
        ours.get_template("it.html").render()


class Marked:
    def __html__(self) -> str:
        return "<i>"


@pytest.mark.parametrize("value", ["a", "a & b", "'", '"', "<", "é\n", "", 1, None, Marked(), []])
def test_values_are_escaped_as_by_jinja(value: object) -> None:
    plain = Environment(autoescape=True)
    assert shown(value) == plain.from_string("{{ value }}").render(value=value)
