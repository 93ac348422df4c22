"""Old addresses lead on in a browser, to the very part that a link named."""

from __future__ import annotations

import pytest

from ..making import MakeSite
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser

MOVED = """\
-- briefings/2026/rates-kept.md --
---
title: Rates held
author: Ada Example
date: 2026-03-17
topics: [banks]
summary: The bank kept its rate.
aliases: [briefings/2026/rates-held/]
---
The bank kept its rate.

## What changed

Nothing.
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_p08_a_page_that_has_moved(site: MakeSite, visit: MakePage, scripts: bool) -> None:
    made = site(MOVED)
    assert made.publish(plugin={"search": False, "cards": False}).exit_code == 0
    with served(made.output) as origin:
        reader = visit(origin, java_script_enabled=scripts)
        old, new = (f"{origin}/briefings/2026/rates-{name}/" for name in ("held", "kept"))
        part = "#what-changed" if scripts else ""
        reader.page.goto(f"{old}{part}")
        reader.page.wait_for_url(f"{new}{part}")
        assert reader.page.title().startswith("Rates held")
        reader.page.goto("about:blank")
        reader.page.goto(old)
        reader.page.wait_for_url(new)
        reader.page.go_back()
        assert reader.page.url == "about:blank", "the old page is not in the way back"
        assert reader.errors == []
