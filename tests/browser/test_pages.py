"""Every page opens cleanly: status, console, policy, origin, headings, reflow, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import KINDS, TEMPLATES, Served
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_has_a_page_to_be_judged(kind: str, place: Place) -> None:
    assert place(kind)


def test_links_from_the_front_page_lead_to_every_page(own: Served) -> None:
    unlinked = set(own.templates) - set(own.pages) - {"404.html"}
    assert unlinked == set()


def test_every_page_opens_without_an_error_or_a_request_elsewhere(
    own: Served, visit: MakePage
) -> None:
    reader = visit(own.origin)
    faults = {}
    # One of each type is watched for longer: what a script does later it does on all of them.
    rich = {own.richest(kind) for kind in TEMPLATES if own.types(kind)}
    for address in [*own.pages, "404.html"]:
        reader.errors.clear()
        reader.open(address, idle=address in rich)
        if reader.errors:
            faults[address] = list(reader.errors)
        assert reader.page.locator("h1").count() == 1, f"/{address}: not one h1"
    assert faults == {}


def test_every_page_has_a_policy_that_stops_a_foreign_script(own: Served, visit: MakePage) -> None:
    for kind in TEMPLATES:
        if not own.types(kind):
            continue
        address = own.richest(kind)
        reader = visit(own.origin)
        reader.open(address)
        reader.page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.__planted = true';
              document.body.append(script);
              const picture = document.createElement('img');
              picture.src = 'https://elsewhere.example/pixel.png';
              document.body.append(picture);
            }"""
        )
        reader.page.wait_for_timeout(100)
        assert reader.page.evaluate("window.__planted") is None, f"/{address} ran a planted script"
        stopped = [error for error in reader.errors if error.startswith("policy: ")]
        assert len(stopped) == 2, f"/{address}: {reader.errors}"


def test_a_missing_address_shows_the_page_for_it(own: Served, visit: MakePage) -> None:
    reader = visit(own.origin)
    reader.open("no/such/page/at/all/", status=404, idle=True)
    # The browser reports the status of the document itself; all else must have been found.
    assert [e for e in reader.errors if "404 (" not in e] == []
    assert reader.page.locator("h1").count() == 1
    home = reader.page.locator("main a[href]").first
    home.click()
    reader.page.wait_for_load_state()
    assert reader.page.title()
    assert reader.page.locator("h1").count() == 1
