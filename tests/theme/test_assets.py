"""Stylesheet, script and faces: within budget, in house style, with enough contrast."""

from __future__ import annotations

import gzip
import re
from itertools import product

import pytest
from mkdocs_briefings.rendering.assets import published_assets

from .bodies import ARABIC, EVERYTHING, PLAIN, PROSE
from .render import THEME

ASSETS = THEME / "assets"
CSS = (ASSETS / "briefings.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)


PUBLISHED = published_assets(THEME)


def test_budget_of_the_stylesheet() -> None:
    sheets = [content for name, content in PUBLISHED.items() if name.endswith(".css")]
    assert [name for name in PUBLISHED if name.endswith(".css")] == ["assets/briefings.css"]
    assert compressed(*sheets) <= 10 * 1024


def test_budget_of_the_scripts() -> None:
    """All scripts together, though no page loads all; the search page has a budget of its own."""
    scripts = [c for name, c in PUBLISHED.items() if name.endswith(".js") and "search" not in name]
    assert compressed(*scripts) <= 4 * 1024


def test_budget_of_the_search_script() -> None:
    assert compressed(PUBLISHED["assets/searching.js"]) <= 5 * 1024


def test_budget_of_the_face() -> None:
    assert (ASSETS / "fonts" / "newsreader.woff2").stat().st_size <= 24 * 1024


def compressed(*files: bytes) -> int:
    """Bytes on the way, each file compressed by itself."""
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in files)


def test_the_licence_of_the_face_is_beside_it() -> None:
    text = (ASSETS / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "Copyright" in text.splitlines()[0]
    assert "SIL Open Font License, Version 1.1" in text


def test_nothing_is_asked_for_elsewhere() -> None:
    for address in re.findall(r"url\(([^)]*)\)|@import", RULES):
        assert (ASSETS / address.strip("\"'")).is_file(), address


def test_the_stylesheet_keeps_to_the_house_style() -> None:
    assert "!important" not in RULES
    assert not re.search(r"#[a-z_][\w-]*[^;{}]*\{", re.sub(r":[^;{}]*;", ";", RULES)), "an id"
    side = "left|right|top|bottom"
    box = rf"(?:(?:margin|padding|border)-)?(?:{side})"
    physical = rf"(?<![\w-])({box}|(?:m(?:in|ax)-)?(?:width|height))\s*:"
    declarations = re.sub(r"@media[^{]*", "", RULES)
    assert re.findall(physical, declarations) == []
    assert not re.search(r"text-align:\s*(left|right)", RULES)
    assert "uppercase" not in RULES
    assert "justify;" not in RULES


def names(source: str) -> set[str]:
    """Classes in the source of a template or of a body."""
    plain = re.sub(r"\{[%#].*?[%#]\}", " ", source, flags=re.DOTALL)
    found: set[str] = set()
    for value in re.findall(r'class="([^"]*)"', plain):
        found.update(word for word in re.sub(r"\{\{.*?\}\}", "", value).split())
    return found


COMPUTED = {"mark--holds", "mark--moves", "mark--waits"}
"""Made of a field of a view."""


def test_every_class_has_a_rule_and_every_rule_a_use() -> None:
    templates = set().union(
        *(names(path.read_text(encoding="utf-8")) for path in THEME.rglob("*.html"))
    )
    bodies = names(PROSE + EVERYTHING + PLAIN + ARABIC)
    selectors = "\n".join(re.findall(r"[^{}]+(?=\{)", re.sub(r"@[^{;]*", "", RULES)))
    styled = set(re.findall(r"\.([A-Za-z][\w-]*)", selectors))
    scripts = {
        name
        for path in ASSETS.glob("*.js")
        for name in re.findall(r'className = "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    templates |= scripts
    ours = {name for name in templates if not name.endswith("--")} | COMPUTED
    # A block may be there to name a component; a part or a variant is there to be styled.
    parts = {name for name in ours if "__" in name or "--" in name}
    assert parts - styled == set(), "classes without a rule"
    prose_only = set(re.findall(r"\.prose[^,{]*?\.([A-Za-z][\w-]*)", selectors))
    prose_lists = " ".join(re.findall(r"\.prose[^(]*:is\(([^)]*)\)", selectors))
    from_markdown = prose_only | set(re.findall(r"\.([A-Za-z][\w-]*)", prose_lists))
    assert styled - ours - bodies - from_markdown == set(), "rules without a use"


# Contrast ----------------------------------------------------------------------------------

TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS
    )
}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: 1 to 21."""
    a, b = sorted((luminance(one), luminance(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


PAPERS = ("paper", "panel", "panel-2")
PAIRS = [
    *((text, paper, 4.5) for text, paper in product(("ink", "ink-2", "ink-3", "link"), PAPERS)),
    # Highlighted code and states stand on paper or panel.
    *((text, paper, 4.5) for text, paper in product(("holds", "waits", "correction"), PAPERS[:2])),
    ("correction", "correction-tint", 4.5),
    ("ink", "correction-tint", 4.5),
    ("ink", "highlighter", 4.5),
    # A button, or a source under the pointer, is turned round.
    ("paper", "ink", 4.5),
    ("paper", "link", 4.5),
    *((mark, paper, 3) for mark, paper in product(("field", "focus"), PAPERS)),
]


@pytest.mark.parametrize(("text", "paper", "least"), PAIRS)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(text: str, paper: str, least: float, scheme: int) -> None:
    found = contrast(TOKENS[text][scheme], TOKENS[paper][scheme])
    assert found >= least, f"{text} on {paper}: {found:.2f}"


def test_words_on_the_marker_are_dark_in_both_schemes() -> None:
    found = re.search(r"--on-mark: (#[0-9a-f]{6});", CSS)
    assert found
    assert min(contrast(found[1], colour) for colour in TOKENS["mark"]) >= 4.5


def test_the_marker_is_ringed_in_ink() -> None:
    """Marigold alone does not stand out on white; its ring does."""
    for selector in (".stops__stop--now::after", ".track .track__now::after", ".event--now::after"):
        rule = CSS.partition(f"{selector} {{")[2].partition("}")[0]
        assert re.search(r"border(-color)?: (2px solid )?var\(--ink\)", rule), selector
        assert "background: var(--mark)" in rule


def test_the_browser_is_told_the_colours_of_the_paper() -> None:
    base = (THEME / "base.html").read_text(encoding="utf-8")
    told = re.findall(r'name="theme-color" content="(#[0-9a-f]{6})"', base)
    assert tuple(told) == TOKENS["paper"]
