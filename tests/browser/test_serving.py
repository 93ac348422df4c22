"""While somebody writes: the browser shows an edit by itself, under the site's own policy."""

from __future__ import annotations

import pytest

from ..making import MakeSite
from ..sites.live import PATIENCE, live
from ..sites.specimen import SPECIMEN
from .visiting import MakePage

pytestmark = pytest.mark.browser


def test_an_edit_shows_by_itself(site: MakeSite, visit: MakePage) -> None:
    s = site(SPECIMEN)
    with live(s, "briefings") as server:
        # Reloading holds a request open: the network is never idle.
        reader = visit(server.origin)
        page = reader.page
        page.goto(f"{server.origin}/briefings/2025/reed-count/", wait_until="load")
        source = s.content / "2025" / "reed-count.md"
        source.write_text(
            source.read_text(encoding="utf-8").replace("a tenth more", "a fifth more"),
            encoding="utf-8",
        )
        page.get_by_text("a fifth more").first.wait_for(timeout=PATIENCE * 1000)
        assert [error for error in reader.errors if error.startswith("policy")] == []
