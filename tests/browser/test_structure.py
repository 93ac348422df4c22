"""How a page is built, for those who hear it: headings, landmarks, languages, links, targets."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from ..links import links_within
from .conftest import KINDS, Served
from .measuring import bad_languages, headings, landmarks, overflow, plain_links, small_targets
from .sites import page_file
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]


def skipped_levels(found: list[tuple[int, str]]) -> list[str]:
    """Headings that stand more than one level below the one before.

    >>> skipped_levels([(1, "A"), (3, "B"), (2, "C"), (3, "D")])
    ['B']
    """
    return [text for (above, _), (level, text) in pairwise(found) if level > above + 1]


@pytest.mark.parametrize("kind", KINDS)
def test_headings_landmarks_links_and_targets(kind: str, place: Place, visit: MakePage) -> None:
    origin, address = place(kind)
    reader = visit(origin)
    reader.open(address)
    reader.unfold()
    page = reader.page
    assert bad_languages(page) == []
    assert page.evaluate("document.documentElement.lang")
    assert page.evaluate("document.documentElement.dir") in ("ltr", "rtl")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = headings(page)
        assert [level for level, _ in found].count(1) == 1, found
        assert found[0][0] == 1, f"the first heading is {found[0]}"
        assert skipped_levels(found) == []
        assert [text for _, text in found if not text] == []
        marks = landmarks(page)
        assert len(set(marks)) == len(marks), f"two landmarks of one name: {sorted(marks)}"
        roles = [role for role, _ in marks]
        assert [roles.count(role) for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
        assert [role for role, name in marks if role == "navigation" and not name] == []
        assert plain_links(page) == []
        assert small_targets(page) == []


def test_faults_of_structure_are_found(place: Place, visit: MakePage) -> None:
    """The self-check of what is measured here."""
    origin, address = place("plain")
    reader = visit(origin, bypass_csp=True)
    reader.open(address)
    page = reader.page
    page.evaluate(
        """document.querySelector('main .prose').innerHTML =
          '<h4>Deep</h4><nav aria-label="A"></nav><nav aria-label="A"></nav>'
          + '<p lang="no tag"><a href="/" style="text-decoration: none">plain</a></p>'
          + '<button style="height: 20px; width: 20px">b</button>'"""
    )
    assert skipped_levels(headings(page)) == ["Deep"]
    assert landmarks(page).count(("navigation", "A")) == 2
    assert len(bad_languages(page)) == len(plain_links(page)) == len(small_targets(page)) == 1
    assert overflow(page) == []


def test_the_frame_is_the_same_on_every_page(own: Served) -> None:
    """WCAG 3.2.3 and 3.2.6: the same ways in the same order, wherever one is."""
    orders: dict[str, dict[tuple[str, ...], str]] = {"section-bar": {}, "site-footer": {}}
    for address in own.pages:
        text = page_file(own.folder, address).read_text(encoding="utf-8")
        for part, found in orders.items():
            links = tuple(
                link.replace("../", "").removeprefix("./") for link in links_within(text, part)
            )
            found.setdefault(links, address)
    assert {part: list(found.values()) for part, found in orders.items() if len(found) > 1} == {}
    assert all(len(next(iter(found))) > 3 for found in orders.values())
