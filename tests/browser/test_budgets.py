"""What every type of page costs its reader, by the browser's own count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ..making import MakeSite
from .budgets import BRIEFING, KB, Budget, Cost, cost, weight
from .conftest import KINDS, Served
from .serving import served
from .sites import page_file
from .visiting import MakePage

pytestmark = pytest.mark.browser
Place = Callable[[str], tuple[str, str]]

BUDGETS = dict.fromkeys(("briefing", "draft", "foreign", "superseded"), BRIEFING)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_to_its_budget(kind: str, place: Place, visit: MakePage) -> None:
    origin, address = place(kind)
    spent = cost(visit(origin), address)
    # The count is real: every page has its text, the stylesheet, the script and the face.
    assert all(spent.bytes[part] > 200 for part in ("html", "css", "js", "font")), spent
    assert spent.requests >= 4
    assert spent.over(BUDGETS.get(kind, Budget())) == [], f"/{address}: {spent}"


def test_every_page_of_ours_keeps_to_its_budget(own: Served) -> None:
    """Of pages alone: what comes with them is the same on all of a type."""
    over = []
    for address, kind in own.templates.items():
        budget = BUDGETS.get(kind, Budget())
        size, elements = weight(page_file(own.folder, address).read_bytes())
        if size > budget.html or elements > budget.elements:
            over.append(f"/{address}: {size} bytes, {elements} elements")
    assert over == []


def test_a_long_timeline_keeps_to_its_budget(site: MakeSite, visit: MakePage) -> None:
    """150 events are as many as a storyline comes to, each of a kind and told by a briefing."""
    events = "".join(
        f"    - date: {2020 + number // 25}-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
        f"      text: The councils met for the {number}th time and agreed on the next meeting.\n"
        f"      kind: talks\n      key: {'true' if number % 10 == 0 else 'false'}\n"
        f"      briefing: talks-go-on\n"
        for number in range(150)
    )
    made = site(
        "-- briefings/storylines.yml --\n"
        f"long-talks:\n  title: The long talks\n  events:\n{events}"
        "-- briefings/2026/talks-go-on.md --\n---\ntitle: Talks go on\nauthor: Ada Example\n"
        "date: 2026-05-01\ntopics: [talks]\nstoryline: long-talks\nsummary: They go on.\n---\n"
        "The talks go on.\n"
    )
    built = made.build()
    assert built.text("storylines/long-talks/index.html").count("The councils met") >= 150
    with served(made.output) as origin:
        spent = cost(visit(origin), "storylines/long-talks/")
    assert spent.elements > 600
    assert spent.over(Budget()) == []


def test_what_is_over_is_told() -> None:
    spent = Cost(requests=9, elsewhere=["https://elsewhere.example/"], elements=901)
    spent.bytes.update(html=15 * KB + 1, css=10 * KB, image=90 * KB)
    assert spent.over(Budget()) == [
        "html: 15361 of 15360",
        "requests: 9 of 8",
        "elements: 901 of 900",
        "elsewhere: https://elsewhere.example/",
    ]
    assert spent.over(BRIEFING)[0] == "requests: 9 of 8"
