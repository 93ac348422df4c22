"""axe finds no violation on any type of page, in light and dark, at every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import KINDS
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]

RULES = {"color-contrast", "document-title", "link-name", "region", "target-size"}
"""Some of WCAG and of best practice, to tell that both were asked."""


def violations(page: Page, look: str) -> tuple[str, set[str]]:
    """What axe reports of a page, and the rules that it passed."""
    options: dict[str, object] = {
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }
    # The scheme changes colours and nothing else: the other rules have had their say in light.
    if look.startswith("dark"):
        options["runOnly"] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    results = Axe().run(page, options=options)
    report = results.generate_report() if results.violations_count else ""
    return report, {rule["id"] for rule in results.response["passes"]}


@pytest.mark.parametrize("kind", KINDS)
def test_axe(kind: str, place: Place, visit: MakePage) -> None:
    origin, address = place(kind)
    reader = visit(origin)
    reader.open(address)
    # What is folded away is read too.
    reader.unfold()
    found: dict[str, str] = {}
    checked: set[str] = set()
    for look in reader.looks():
        report, passed = violations(reader.page, look)
        checked |= passed
        if report:
            found[look] = report
    assert found == {}, f"/{address}"
    assert checked >= RULES


def test_axe_is_asked_in_every_look(place: Place, visit: MakePage) -> None:
    """The self-check: a fault that only one scheme and width have is found there alone."""
    origin, address = place("missing")
    reader = visit(origin, bypass_csp=True)
    reader.open(address)
    reader.page.add_style_tag(
        content="@media (max-width: 400px) { :root[data-theme=dark] main { color: #444 } }"
    )
    reader.page.evaluate("document.querySelector('main').prepend('Nearly unreadable.')")
    looks = list(reader.looks())
    assert len(set(looks)) == 6
    assert [look for look in reader.looks() if violations(reader.page, look)[0]] == ["dark at 390"]
