"""Machine outputs depend on views alone: not on hashes, zone, locale or clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

WRITE = """
import sys
from datetime import date
from mkdocs_briefings.publishing.cards import briefing_card, site_card
from mkdocs_briefings.publishing.drawing import draw
from mkdocs_briefings.publishing.feeds import Entry, atom, json_feed
from mkdocs_briefings.publishing.redirects import redirects
from mkdocs_briefings.publishing.sitemap import sitemaps
from mkdocs_briefings.publishing.structured import structured
from mkdocs_briefings.viewing.parts import Ref
from tests.publishing.conftest import make_briefing, make_chrome, make_feed

chrome, view = make_chrome(), make_briefing()
feed = make_feed(Entry(view, "<p>x</p>"), Entry(make_briefing("b", published_iso="2026-01-02"), ""))
out = sys.stdout.buffer
for data in (atom(feed, chrome), atom(make_feed(), chrome), json_feed(feed, chrome)):
    out.write(data)
out.write(structured(view, chrome).encode())
for name, data in sitemaps([("b/", date(2026, 1, 1)), ("a/", None)], chrome).items():
    out.write(name.encode() + data)
out.write(draw(briefing_card(view, chrome)) + draw(site_card(chrome)))
from tests.publishing.test_calendars import entry, written
out.write(written(entry("A"), entry("B", date(2026, 8, 1))))
moved = redirects({"y/": Ref(title="Y", url="n/"), "x.html": Ref(title="X", url="m/")}, chrome)
for name, page in moved.items():
    out.write(name.encode() + page.encode())
"""


def written(**environment: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", WRITE],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def here() -> bytes:
    return written(PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONHASHSEED": "4711"}, id="another hash seed"),
        pytest.param(
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"}, id="zone and locale"
        ),
        pytest.param({"SOURCE_DATE_EPOCH": "0"}, id="another clock"),
    ],
)
def test_same_views_same_bytes(environment: dict[str, str], here: bytes) -> None:
    assert len(here) > 5000
    assert written(**environment) == here
