"""The stylesheet as published: the browser makes of it what it makes of the source, and all of it
is of use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs_briefings.rendering.assets import compact_css, compact_js
from playwright.sync_api import Page

from ..conftest import ROOT
from ..theme.render import output, write
from ..theme.specimen import specimens
from .conftest import KINDS, Served
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser
THEME = ROOT / "theme"
SHEETS = sorted((THEME / "assets").glob("*.css"))

CSSOM = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText);
}"""

MODERN = """
.a { color: light-dark( #fff , #000 ); & :is(b, i) { color: red; } &:hover { color: blue; } }
@view-transition { navigation: auto; }
@media (min-width: 40.0625rem) { .a :is(.b) > .c ~ .d + .e { inset: calc(1px + 2px - -3px); } }
@container (inline-size > 20rem) { .a { x: y; color: red; } }
@supports (color: light-dark(#fff, #000)) and (not (x: y)) { .a { --b: ; --c: a b; } }
@layer one, two;
.a::after { content: "a  /* b */  c" attr(d) "\\a0·"; }
:where(ol, ul):where(:not(.prose *)) { margin: 0; }
.f:has(.g:checked) :is(.h:not(.i), .j:not(:has(.k, .l))) { display: none; }
"""


COUNT = """text => {
  const count = rules => [...(rules || [])].reduce((sum, r) => sum + 1 + count(r.cssRules), 0);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return count(sheet.cssRules);
}"""


def rules(page: Page, text: str) -> list[str]:
    """Every rule as the browser understood it; what it could not read is not among them."""
    # Values of our own properties are kept to the letter: spaces without a meaning do not count.
    return [re.sub(r"(?<=[,(:])\s+", "", rule) for rule in page.evaluate(CSSOM, text)]


@pytest.mark.parametrize(
    "source",
    [*(path.read_text("utf-8") for path in SHEETS), MODERN],
    ids=[*(p.name for p in SHEETS), "modern"],
)
def test_the_browser_makes_the_same_of_what_is_published(
    source: str, own: Served, visit: MakePage
) -> None:
    reader = visit(own.origin)
    reader.open("")
    before, after = rules(reader.page, source), rules(reader.page, compact_css(source))
    assert len(before) > 8
    assert after == before
    assert len(compact_css(source)) < len(source)


def test_what_compaction_would_spoil_is_seen(own: Served, visit: MakePage) -> None:
    """The self-check, with the one rule that it is known to spoil."""
    reader = visit(own.origin)
    reader.open("")
    spoilt = ".a { .b :is(i) { color: red; } }"
    assert rules(reader.page, compact_css(spoilt)) != rules(reader.page, spoilt)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_browser_understands_every_rule(path: Path, own: Served, visit: MakePage) -> None:
    """What it cannot read it drops without a word, with every selector of the same list."""
    reader = visit(own.origin)
    reader.open("")
    source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    # Not every browser knows of boxes in the margin of a sheet, and none needs them.
    source = re.sub(r"@(?:top|bottom)-[\w-]+\s*\{[^}]*\}", "", source)
    written = source.count("{")
    assert reader.page.evaluate(COUNT, source) == written
    assert reader.page.evaluate(COUNT, f"{source} a:has(b:has(i)) {{}}") == written


@pytest.mark.parametrize(
    "path", sorted((THEME / "assets").glob("*.js")), ids=lambda path: path.name
)
def test_a_published_script_is_the_source_without_its_comments(
    path: Path, own: Served, visit: MakePage
) -> None:
    source = path.read_text(encoding="utf-8")
    published = compact_js(source)
    lines = [line.strip() for line in source.splitlines()]
    assert [line for line in published.splitlines() if line.strip() not in lines] == []
    reader = visit(own.origin, bypass_csp=True)
    reader.open("")
    # Both are read, and neither is run; a function cannot hold what only a module can say.
    texts = [re.sub(r"^export ", "", text, flags=re.MULTILINE) for text in (source, published)]
    reader.page.evaluate("texts => texts.forEach(text => new Function(text))", texts)


# Use ----------------------------------------------------------------------------------------

SELECTORS = """text => {
  const sheet = new CSSStyleSheet(), found = [];
  sheet.replaceSync(text);
  const read = rule => {
    if (rule.selectorText) {
      let depth = 0, part = '';
      for (const char of rule.selectorText + ',') {
        if (char === '(' || char === '[') depth += 1;
        if (char === ')' || char === ']') depth -= 1;
        if (char !== ',' || depth) part += char;
        else { found.push(part.trim()); part = ''; }
      }
    }
    for (const inner of rule.cssRules || []) read(inner);
  };
  for (const rule of sheet.cssRules) read(rule);
  return found;
}"""
"""Every selector of the sheet, those of a list one by one."""

STATE = re.compile(
    r"::?(?:before|after|marker|hover|focus-visible|focus|target|checked|active|open)(?![\w-])"
    r"|:not\((?::hover|:focus|\[aria-current\])\)|::view-transition[\w-]*\(\*\)|:not\(\[data-theme\]\)"
    r"|\[aria-current\]|\[data-theme=\"\w+\"\]|\[data-waits\]"
)
"""What a page is in for a while, or what is drawn beside an element."""

FOUND = """selectors => selectors.filter(selector => document.querySelector(selector))"""


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The theme's own specimens: every template with much and with little in it."""
    folder = tmp_path_factory.mktemp("looks")
    write(folder)
    with served(folder) as origin:
        yield origin, [output(specimen) for specimen in specimens()]


def test_every_selector_finds_something(
    looks: tuple[str, list[str]], request: pytest.FixtureRequest, visit: MakePage
) -> None:
    """A rule that no page can have any use of is dead, and every reader pays for it."""
    page = visit(looks[0]).page
    page.goto(f"{looks[0]}/{looks[1][0]}")
    (sheet,) = SHEETS
    listed: list[str] = page.evaluate(SELECTORS, sheet.read_text(encoding="utf-8"))
    assert len(listed) > 300
    left = {selector: STATE.sub("", selector).strip() or "html" for selector in listed}
    # What a combinator leads to may have been a state alone: `a > :hover` is any child of a link.
    left = {s: re.sub(r"([>+~]\s*)(?=$|[>+~])", r"\1*", bare) for s, bare in left.items()}
    for place, pages in samples(looks, request):
        for address in pages:
            page.goto(f"{place}/{address}", wait_until="domcontentloaded")
            found = set(page.evaluate(FOUND, sorted(set(left.values()))))
            # Any page may be one that runs from right to left.
            page.evaluate("document.documentElement.dir = 'rtl'")
            found |= set(page.evaluate(FOUND, sorted(set(left.values()))))
            left = {selector: bare for selector, bare in left.items() if bare not in found}
            if not left:
                return
    assert sorted(selector for selector in left if not scripted(selector)) == []


def scripted(selector: str) -> bool:
    """Whether a script brings what a selector finds, itself or out of a `<template>`."""
    scripts = [path.read_text(encoding="utf-8") for path in (THEME / "assets").glob("*.js")]
    pages = [path.read_text(encoding="utf-8") for path in THEME.rglob("*.html")]
    kept = [part for page in pages for part in re.findall(r"<template.*?</template>", page, re.S)]
    brought = set(re.findall(r"[\w-]+", " ".join([*scripts, *kept])))
    return any(name in brought for name in re.findall(r"\.([\w-]+)", selector))


def samples(
    looks: tuple[str, list[str]], request: pytest.FixtureRequest
) -> Iterator[tuple[str, list[str]]]:
    """Origins and addresses: the specimens, then real sites if there is still a need of them."""
    yield looks
    for name in ("specimen", "own", "preview"):
        site: Served = request.getfixturevalue(name)
        yield site.origin, [site.richest(kind) for kind in KINDS if site.types(kind)]
