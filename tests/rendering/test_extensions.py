"""The allow list holds exactly what the extensions emit, and some extensions are refused."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from markdown.util import BLOCK_LEVEL_ELEMENTS
from mkdocs_briefings.catalog import markup
from mkdocs_briefings.rendering import allowed
from mkdocs_briefings.rendering.extensions import DEFAULTS, refused
from mkdocs_briefings.rendering.markdown import BodyRenderer
from mkdocs_briefings.rendering.parser import parser
from mkdocs_briefings.rendering.sanitise import sanitise

from . import judge
from .dropped import dropped

SAMPLES = {
    "abbr": "*[GDP]: Gross domestic product\n\nThe GDP.",
    "admonition": '!!! note "Mind"\n    x\n\n!!! warning\n    y',
    "attr_list": "## P {: #plan }\n\n[x](a.md){: title=T }\n\nOui.\n{: lang=fr }",
    "def_list": "Tariff\n\n:   A tax at the border.\n\n:   Another sense.",
    "footnotes": "One[^a] two[^b] one again[^a].\n\n[^a]: First.\n\n    More.\n\n[^b]: Second.",
    "md_in_html": '<details markdown="1" open><summary>S</summary>\n\n*x*\n\n</details>',
    "tables": "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n| 4 |",
    "pymdownx.betterem": "*a* **b** ***c*** _d_ __e__ f_g_h",
    "pymdownx.caret": "^^a^^ x^2^",
    "pymdownx.details": '??? tip "More"\n    x\n\n???+ bug\n    y',
    "pymdownx.highlight": "    plain\n\n```python title=\"a.py\"\nx = 'é'  # c\n```",
    "pymdownx.mark": "==a==",
    "pymdownx.superfences": "~~~~ text\n```\nx\n```\n~~~~\n\n- a\n\n    ```json\n    {}\n    ```",
    "pymdownx.tasklist": "- [x] a\n- [ ] b\n\ntext\n\n1. [ ] c",
    "pymdownx.tilde": "~~a~~ H~2~O",
    "": "# A\n\nB\n=\n\n> c\n\n* d\n\n3. e\n\n---\n\n![f](g.png \"h\") `i` [j](k.md 'l')  \nm",
}


def convert(markdown: str) -> str:
    return str(parser(DEFAULTS, {}).convert(markdown))


def shape(html: str) -> list[tuple[str, dict[str, str]]]:
    return [(element.tag, dict(element.attrib)) for element in judge.elements(html)]


def test_every_extension_has_a_sample() -> None:
    assert set(SAMPLES) == {*DEFAULTS, ""}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_an_extension_emits_is_published_whole(name: str) -> None:
    raw = convert(SAMPLES[name])
    clean = sanitise(raw)
    assert shape(clean) == shape(raw)
    assert judge.text(clean) == judge.text(raw)
    assert dropped(raw) == ()


def emitted() -> Iterator[tuple[str, str]]:
    for markdown in SAMPLES.values():
        for tag, given in shape(convert(markdown)):
            for word in given.get("class", "").split():
                yield tag, word


def test_no_class_is_allowed_that_no_extension_emits() -> None:
    own = {(tag, word) for tag, words in allowed.CLASSES.items() for word in words}
    boxes = {(tag, word) for tag, words in markup.CLASSES.items() for word in words}
    tokens = {("span", word) for word in allowed.TOKENS}
    assert own - boxes - tokens == {
        pair for pair in emitted() if pair not in boxes and pair not in tokens
    }
    assert {pair for pair in emitted() if pair in tokens}, "the sample of code has tokens"


def test_blocks_are_those_of_the_parser() -> None:
    assert set(BLOCK_LEVEL_ELEMENTS) == markup.BLOCK


@pytest.mark.parametrize(
    "name",
    [
        "pymdownx.snippets",
        "pymdownx.snippets:SnippetExtension",
        "pymdownx.b64",
        "markdown_include.include",
        "mdx_include.mdx_include",
        "meta",
        "markdown.extensions.meta",
        "markdown.extensions.wikilinks",
        "markdown_exec",
    ],
)
def test_extensions_that_read_or_run_are_refused(name: str) -> None:
    (line,) = refused(["tables", name])
    assert "remove" in line
    with pytest.raises(ValueError, match="remove"):
        BodyRenderer(["tables", name], {})


def test_an_extension_given_as_an_object_is_refused_too() -> None:
    from pymdownx.snippets import SnippetExtension

    assert refused([SnippetExtension()])


def test_nothing_of_our_own_choice_is_refused() -> None:
    assert refused(DEFAULTS) == []
    assert refused(["toc", "tables", "fenced_code", "pymdownx.emoji", "nl2br"]) == []


def test_what_mkdocs_switches_on_does_not_get_in_the_way() -> None:
    renderer = BodyRenderer(
        ["toc", "tables", "fenced_code", *DEFAULTS[:-1]], {"toc": {"permalink": True}}
    )
    html = renderer.render("## A\n\n## A\n\n```\nx\n```", lambda *_: None, lang="en").html
    assert html.count("<h2 id=") == 2
    assert "¶" not in html
    assert 'id="a-2"' in html


def test_a_renderer_can_be_sent_to_another_process() -> None:
    renderer = BodyRenderer(DEFAULTS, {"pymdownx.tasklist": {"custom_checkbox": False}})
    sent = pickle.loads(pickle.dumps(renderer))
    text = "## A\n\n[[x]]\n"
    assert sent.render(text, lambda *_: None, lang="en") == renderer.render(
        text, lambda *_: None, lang="en"
    )
