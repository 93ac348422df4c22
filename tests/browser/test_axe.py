"""axe finds no violation on any type of page, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import KINDS
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe(kind: str, scheme: str, width: int, place: Place, visit: MakePage) -> None:
    origin, address = place(kind)
    reader = visit(origin, width=width, scheme=scheme)
    reader.open(address)
    # What is folded away is read too.
    reader.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    results = Axe().run(reader.page)
    assert results.violations_count == 0, f"/{address}\n{results.generate_report()}"
    checked = {rule["id"] for rule in results.response["passes"]}
    assert {"color-contrast", "document-title", "link-name"} <= checked, "axe did not run"


def test_axe_would_find_a_fault(place: Place, visit: MakePage) -> None:
    origin, address = place("front")
    reader = visit(origin)
    reader.open(address)
    reader.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert Axe().run(reader.page).violations_count > 0
