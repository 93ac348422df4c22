"""The hostile site in a browser, once behind its policy alone and once behind the sanitiser alone:
nothing calls the canary. The honest site keeps to its policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.rendering import markdown

from ..making import Site
from ..trust.case import CANARY
from ..trust.honest import HONEST
from ..trust.hostile import HOSTILE, TARGET
from .serving import served
from .visiting import MakePage

pytestmark = pytest.mark.browser

OPENED = ("script alone", "handler alone", "link alone", "frame alone", "svg alone", "style alone",
          "a title with script", "a summary with attribute", "the rest with template end",
          "a clobbering id", "a comment that ends early")  # fmt: skip
HEARD = f"window.heard = []; window.{CANARY} = (...a) => window.heard.push(String(a))"


def built(root: Path, *, honest: bool = False) -> Site:
    site = Site(root)
    for case in HONEST if honest else [case for case in HOSTILE if case.name in OPENED]:
        case.write(site.content)
    (site.content / TARGET[0]).write_bytes(TARGET[1])
    done = site.publish(plugin={"cards": False, "cache": False})
    assert done.exit_code == 0, done.log[-2000:]
    return site


def heard(site: Site, visit: MakePage, *, policy: bool) -> tuple[list[str], list[str]]:
    """What called the canary on any page, and what the console said."""
    if not policy:
        for path in site.output.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("Content-Security-Policy", "x-none"), encoding="utf-8")
    calls: list[str] = []
    with served(site.output) as origin:
        reader = visit(origin)
        reader.page.add_init_script(HEARD)
        for case in HOSTILE:
            if case.name in OPENED:
                reader.open(f"briefings/2026/{case.slug}/")
                reader.page.evaluate(
                    "document.querySelectorAll('main a[href^=\"javascript\"]')"
                    ".forEach(a => a.click())"
                )
                calls += reader.page.evaluate("window.heard")
        for address in ("", "topics/money/", "search/?q=title", "authors/"):
            reader.open(address, idle=True)
            calls += reader.page.evaluate("window.heard")
    return calls, reader.errors


def test_p01_the_policy_alone_stops_it(
    tmp_path: Path, visit: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "sanitise", lambda html: html)
    calls, said = heard(built(tmp_path), visit, policy=True)
    assert calls == []
    assert [line for line in said if "policy: script-src" in line], "it had something to stop"


def test_p01_the_sanitiser_alone_stops_it(tmp_path: Path, visit: MakePage) -> None:
    assert heard(built(tmp_path), visit, policy=False)[0] == []


def test_p01_without_both_the_canary_is_heard(
    tmp_path: Path, visit: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "sanitise", lambda html: html)
    assert heard(built(tmp_path), visit, policy=False)[0] != []


def test_p01_the_honest_site_keeps_to_its_policy(tmp_path: Path, visit: MakePage) -> None:
    with served(built(tmp_path, honest=True).output) as origin:
        reader = visit(origin)
        chosen = [case for case in HONEST if "code" in case.name or "html" in case.name]
        for address in ["", "search/?q=title", "topics/money/"] + [
            f"briefings/2026/{case.slug}/" for case in chosen
        ]:
            reader.open(address, idle=True)
        assert reader.errors == []
