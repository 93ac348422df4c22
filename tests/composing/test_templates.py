"""Templates as compiled here, against what Jinja itself makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError, UndefinedError
from mkdocs_briefings.composing.templates import Templates
from mkdocs_briefings.composing.writer import shown

PARTS = {
    "frame.html": "<{% block a %}[{{ site }}]{% endblock %}{% include 'said.html' %}"
    "{% set foot %}{{ site }}{% endset %}{% block b %}{{ foot }}{% endblock %}>",
    "said.html": "{{ one }}-{{ other or '' }}-{% set one = 'own' %}{{ one }};\n",
    "listed.html": "{% for one in all %}{{ loop.index }}{% include 'said.html' %}{% endfor %}",
    "tree.html": "{{ node.name }}("
    "{% for node in node.below %}{% include 'tree.html' %}{% endfor %})",
    "macro.html": "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}{{ bold(site) }}",
    "loop.html": "{{ loop.index if loop is defined else 'none' }}",
    "sets-loop.html": "{% set loop = 1 %}{{ loop }}",
    "loop-in.html": "{% include 'loop.html' %}",
    "own-loop.html": "{% for x in all if x %}{{ loop.index }}{{ x }}{% else %}-{% endfor %}",
    "looped.html": "{% for x in loop.all %}{{ x }}{% else %}{{ loop is defined }}{% endfor %}",
    "caller.html": "{{ caller is defined }}{{ varargs is defined }}{{ kwargs is defined }}",
    "super.html": "{{ super is defined }}",
    "self.html": "{{ self.a is defined }}{{ self.b is defined }}",
    "imports.html": "{% import 'macro.html' as one %}{{ one.bold('x') }}",
    "joined.html": "{{ all | join(', ') }}{{ one }}{% autoescape false %}{{ one }}"
    "{% include 'said.html' %}{% endautoescape %}{{ one }}",
    "sets.html": "{% set fresh = 'in' %}{% set site = site ~ fresh %}{{ site }}",
    "block-sets.html": "{% set one %}<{{ one }}>{% endset %}{{ one }}",
    "sets-late.html": "{% for x in all %}{{ one }}{% endfor %}{% set one = 8 %}{{ one }}",
    "sets-after.html": "{% macro m() %}{{ one }}{% endmacro %}{{ m() }}{% set one = 9 %}{{ m() }}",
    "sets-in-loop.html": "{% for x in all %}{% filter upper %}{{ one }}{% endfilter %}"
    "{% set one = x %}{% endfor %}",
    "loops.html": "{% for x in all %}{{ loop.index }}{% endfor %}{% include 'loop.html' %}",
    "sets-deep.html": "{% include 'sets-late.html' %}{% include 'sets-after.html' %}",
    "if-sets.html": "{% if all %}{% set one = 1 %}{% endif %}{{ one }}{% include 'said.html' %}",
    "bold-first.html": "{{ bold is defined }}{% macro bold() %}{{ one }}{% endmacro %}{{ bold() }}",
    "broken.html": "{% if %}",
    "no-filter.html": "{{ one | nothing }}",
    "no-test.html": "{{ one is nothing }}",
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
        pytest.param(
            "{% autoescape false %}{% include 'said.html' %}{% endautoescape %}", id="not escaped"
        ),
        pytest.param(
            "{% autoescape false %}{% if all %}{% include 'joined.html' %}{% endif %}"
            "{% endautoescape %}{% include 'joined.html' %}",
            id="not escaped here, and there",
        ),
        pytest.param(
            "{% macro m() %}{% include 'joined.html' %}{% endmacro %}"
            "{% autoescape false %}{{ m() }}{% endautoescape %}",
            id="a macro that is called where nothing is escaped",
        ),
        pytest.param("{% include 'joined.html' %}{{ one }}", id="not escaped within"),
        pytest.param(
            "{% for x in all %}{% include 'loop.html' %}{% include 'loop-in.html' %}{% endfor %}",
            id="a loop that only the part asks for",
        ),
        pytest.param(
            "{% for x in all %}{{ loop.index }}{% include 'loop.html' %}"
            "{% include 'looped.html' %}{% endfor %}",
            id="a loop that both ask for",
        ),
        pytest.param(
            "{% for x in all %}{% include 'sets-loop.html' %}{% endfor %}"
            "{% for x in all %}{{ loop.index }}{% include 'sets-loop.html' %}{% endfor %}",
            id="a name that is set as that of the loop",
        ),
        pytest.param(
            "{% for x in all %}{% include 'own-loop.html' %}{{ x }}{% endfor %}", id="its own loop"
        ),
        pytest.param(
            "{% for x in all recursive %}{% include 'own-loop.html' %}{% include 'loop.html' %}"
            "{% endfor %}",
            id="in a recursive loop",
        ),
        pytest.param(
            "{% include 'sets.html' %}{{ site }}{{ fresh is defined }}", id="nothing leaks out"
        ),
        pytest.param(
            "{% for site in all %}{% include 'sets.html' %}{{ site }}{% endfor %}"
            "{% include 'block-sets.html' %}{% include 'if-sets.html' %}{{ one }}",
            id="nothing leaks out, of blocks and branches",
        ),
        pytest.param(
            "{{ one }}{% include 'sets-late.html' %}{% include 'sets-after.html' %}"
            "{% for one in all %}{% include 'sets-deep.html' %}{% endfor %}",
            id="names that are set later in the part",
        ),
        pytest.param(
            "{% for one in all %}{% include 'sets-in-loop.html' %}{% endfor %}{{ one }}",
            id="a name that is set later in a loop of the part",
        ),
        pytest.param(
            "{% for x in all %}{% include 'loops.html' %}{% endfor %}"
            "{% for x in all %}{% include 'own-loop.html' %}{% include 'loop.html' %}{% endfor %}"
            "{% for x in all %}{% for y in all %}{% include 'own-loop.html' %}{% endfor %}"
            "{% include 'loop-in.html' %}{% endfor %}",
            id="a loop in one part that another asks for",
        ),
        pytest.param("{% include 'sets-deep.html' %}", id="names that are set later in two parts"),
        pytest.param(
            "{% include 'said.html' %}{% import 'macro.html' as one %}"
            "{% include 'block-sets.html' %}{{ one.bold is defined }}",
            id="a name that is imported between",
        ),
        pytest.param(
            "{% include 'bold-first.html' %}{% from 'macro.html' import bold as one, bold %}"
            "{{ bold(1) }}{% include 'said.html' %}{% include 'bold-first.html' %}",
            id="names that are imported from another between",
        ),
        pytest.param(
            "{% include 'said.html' %}{% from 'macro.html' import bold as one %}",
            id="a name that is imported as another later",
        ),
        pytest.param(
            "{% for x in all %}a{% include 'said.html' without context %}b{% endfor %}c"
            "{% include 'loop.html' without context %}",
            id="without what is known, in the midst of a text",
        ),
        pytest.param(
            "{% if not all %}{% include 'said.html' without context %}{% endif %}a"
            "{% include 'none.html' ignore missing without context %}b"
            "{% include ['none.html', 'sets.html'] ignore missing without context %}c",
            id="without what is known, if at all",
        ),
        pytest.param(
            "{% extends 'frame.html' %}{% block b %}a{% include 'said.html' without context %}b"
            "{% endblock %}",
            id="without what is known, in a block",
        ),
        pytest.param(
            "{% include 'said.html' ignore missing %}{% include ['none', 'no'] ignore missing %}"
            "{% set one = 7 %}{% include ['none', 'block-sets.html'] %}",
            id="one that is there",
        ),
        pytest.param(
            "{% macro m() %}{% include 'caller.html' %}{% endmacro %}{{ m() }}"
            "{% macro n(one) %}{% include 'said.html' %}{{ caller() }}{% endmacro %}"
            "{% call n(2) %}{% include 'said.html' %}{% include 'caller.html' %}{% endcall %}",
            id="in macros",
        ),
        pytest.param(
            "{% extends 'frame.html' %}{% block a %}{{ super() }}{% include 'super.html' %}"
            "{% include 'self.html' %}{{ self.b() }}{% endblock %}",
            id="in a block that shows the one above",
        ),
        pytest.param(
            "{% block a %}{% include 'super.html' %}{% include 'self.html' %}{% endblock %}"
            "{% for one in all %}{% block b scoped %}{% include 'said.html' %}{% endblock %}"
            "{% include 'self.html' %}{% endfor %}{{ self.a() }}",
            id="in blocks",
        ),
        pytest.param("{% include 'imports.html' %}{{ one }}", id="one that imports"),
        pytest.param(
            "{% filter upper %}{% include 'said.html' %}{% endfilter %}"
            "{% with one = 1, other = one %}{% include 'if-sets.html' %}{% endwith %}",
            id="filtered",
        ),
        pytest.param(
            "{% if not all %}{% include 'broken.html' %}{% endif %}"
            "{% for x in [] %}{% include 'no-filter.html' %}{% endfor %}"
            "{% for x in [] %}{% include 'no-test.html' %}{% endfor %}",
            id="broken ones that are never reached",
        ),
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
    assert ours.page("it.html", VALUES) == expected
    assert ours.page("it.html", VALUES) == expected, "nor does it change"


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


@pytest.mark.parametrize("part", ["broken.html", "no-filter.html", "no-test.html"])
def test_a_broken_part_is_told_as_by_jinja(part: str) -> None:
    told = []
    for kind in (Environment, Templates):
        env = kind(loader=DictLoader({**PARTS, "it.html": f"\n\n{{% include '{part}' %}}"}))
        with pytest.raises(TemplateSyntaxError) as raised:
            env.get_template("it.html").render(VALUES)
        told.append((raised.value.name, raised.value.lineno, raised.value.message))
    assert told[0] == told[1]


def test_a_macro_takes_no_caller_for_what_it_includes() -> None:
    text = "{% macro m() %}{% include 'caller.html' %}{% endmacro %}{% call m() %}{% endcall %}"
    for kind in (Environment, Templates):
        env = kind(loader=DictLoader({**PARTS, "it.html": text}))
        with pytest.raises(TypeError, match="caller"):
            env.get_template("it.html").render(VALUES)


class Marked:
    def __html__(self) -> str:
        return "<i>"


@pytest.mark.parametrize("value", ["a", "a & b", "'", '"', "<", "é\n", "", 1, None, Marked(), []])
def test_values_are_escaped_as_by_jinja(value: object) -> None:
    plain = Environment(autoescape=True)
    assert shown(value) == plain.from_string("{{ value }}").render(value=value)


def test_a_template_that_asks_for_what_is_missing_is_shown_as_by_jinja() -> None:
    ours = Templates(DictLoader({"it.html": "{{ one.real }}{{ one.none }}{{ two.name or 'no' }}"}))
    for values in ({"one": 5, "two": {"name": "<"}}, {"one": 6, "two": {}}, {"one": 7, "two": 7}):
        assert ours.page("it.html", values) == ours.get_template("it.html").render(values)
    with pytest.raises(UndefinedError, match="'two' is undefined"):
        ours.page("it.html", {"one": 5})


def test_an_attribute_that_a_value_fails_to_give_is_told() -> None:
    ours = Templates(DictLoader({"it.html": "{{ one | first_of }}"}))
    ours.filters["first_of"] = lambda value: value.nothing
    with pytest.raises(AttributeError, match="nothing"):
        ours.page("it.html", {"one": 5})


def test_another_takes_over_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = DictLoader({**PARTS, "it.html": "{% extends 'page.html' %}"})
    ours = Templates(parts)
    code = ours.compiled(["it.html", "listed.html", "broken.html", "none.html"])
    expected = ours.page("it.html", VALUES), ours.page("listed.html", VALUES)
    other = Templates(parts, code)
    monkeypatch.setattr(Templates, "compile", None)
    assert (other.page("it.html", VALUES), other.page("listed.html", VALUES)) == expected
    changed = Templates(DictLoader({**PARTS, "it.html": "{{ one }}"}), code)
    with pytest.raises(TypeError):
        changed.page("it.html", VALUES)
