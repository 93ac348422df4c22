"""What is published of the theme's stylesheet and scripts, and that it means what the source means.

Whether a browser makes the same of it is asked of a browser: `tests/browser/test_stylesheet.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.rendering.assets import (
    asset_version,
    compact_css,
    compact_js,
    published_assets,
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("a {\n  color: red;\n}\n", "a{color:red}", id="white space goes"),
        pytest.param("a :is(b) {\n}", "a :is(b){}", id="a space before a pseudo-class stays"),
        pytest.param(
            "@media (a) {\n  .b :not(i) {\n    x: y;\n  }\n}",
            "@media (a){.b :not(i){x:y}}",
            id="within a condition, too",
        ),
        pytest.param("a { & :is(b) { x: y } }", "a{& :is(b){x:y}}", id="and in a nested rule"),
        pytest.param("a { &:is(b) { x: y } }", "a{&:is(b){x:y}}", id="and none comes in"),
        pytest.param(
            "a{x:calc(1px + 2px - 3px)}", "a{x:calc(1px + 2px - 3px)}", id="sums keep their spaces"
        ),
        pytest.param(
            "a { x: light-dark(#fff, #000) }", "a{x:light-dark(#fff,#000)}", id="two colours"
        ),
        pytest.param(
            'a::after { content: " /*  */ " attr(b) "  ;  "; }',
            'a::after{content:" /*  */ " attr(b) "  ;  "}',
            id="texts stay as they are",
        ),
        pytest.param(
            "@view-transition {\n  navigation: auto;\n}",
            "@view-transition{navigation:auto}",
            id="what is new stays",
        ),
        pytest.param("@media not print { a { x: y } }", "@media not print{a{x:y}}", id="not"),
        pytest.param("/* a */ b { /* c */ x: y }", "b{x:y}", id="comments go"),
    ],
)
def test_a_stylesheet_loses_nothing_but_white_space_and_comments(
    source: str, expected: str
) -> None:
    assert compact_css(source) == expected
    assert compact_css(expected) == expected, "doing it again changes nothing"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("  a();\n\n  b();\n", "a();\nb();\n", id="indentation goes, lines stay"),
        pytest.param("/* a\n   b */\nc();\n", "c();\n", id="a comment of its own goes"),
        pytest.param("/* a */ b();\n", "b();\n", id="what follows a comment stays"),
        pytest.param("// a\nb();\n", "b();\n", id="a comment to the end of the line goes"),
        pytest.param("a(); // b\n", "a(); // b\n", id="a comment after code stays"),
        pytest.param(
            "return /* a */ b;\n", "return /* a */ b;\n", id="and one in the midst of code"
        ),
        pytest.param("a = '//';\n", "a = '//';\n", id="slashes in a text"),
        pytest.param("a(/[/*]/);\n  b();\n", "a(/[/*]/);\n  b();\n", id="a pattern: left alone"),
        pytest.param("a = `b\n  // c`;\n", "a = `b\n  // c`;\n", id="a text of two lines: alone"),
        pytest.param("a(); /* b\n// c */ d();\n", "a(); /* b\n// c */ d();\n", id="half a comment"),
        pytest.param("a = 'b\\\n  c';\n", "a = 'b\\\n  c';\n", id="a text that goes on: alone"),
        pytest.param("a = `b`;\n  c();\n", "a = `b`;\nc();\n", id="a text of one line"),
    ],
)
def test_a_script_loses_nothing_that_could_be_a_text(source: str, expected: str) -> None:
    assert compact_js(source) == expected
    assert compact_js(expected) == expected, "doing it again changes nothing"


def test_the_version_is_that_of_what_is_published(tmp_path: Path) -> None:
    def version(css: str, script: str = "a();\n") -> str:
        folder = tmp_path / "assets"
        folder.mkdir(exist_ok=True)
        (folder / "a.css").write_text(css, encoding="utf-8")
        (folder / "a.js").write_text(script, encoding="utf-8")
        return asset_version(published_assets(tmp_path))

    first = version("a { color: red; }")
    assert version("/* Why. */\na {\n  color: red;\n}\n") == first
    assert version("a { color: blue; }") != first
    assert version("a { color: red; }", "b();\n") != first


def test_pictures_are_published_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    icon = b"<svg>\n  <!-- a -->\n</svg>\n"
    (tmp_path / "assets" / "icon.svg").write_bytes(icon)
    assert published_assets(tmp_path) == {"assets/icon.svg": icon}
