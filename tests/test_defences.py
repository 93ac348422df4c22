"""Each defence is needed: with it switched off, a test that is to hold it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings import checking
from mkdocs_briefings.building import publication
from mkdocs_briefings.host import run, staging
from mkdocs_briefings.linking.permanence import Places

from .making import MakeSite
from .sites import test_p05_whole, test_p06_two_builds, test_p08_addresses


@contextmanager
def unlocked(path: Path) -> Iterator[None]:
    yield


def in_place(folder: Path, beside: Path) -> bool:
    return False


def nothing(self: Places) -> Iterator[Any]:
    return iter(())


def own_slugs(self: Places) -> dict[str, Any]:
    return {slug: (b.published, slug) for slug, b in self.catalog.briefings.items()}


def write_fails(site: MakeSite) -> None:
    with pytest.MonkeyPatch.context() as patch:
        test_p05_whole.test_p05_a_write_that_fails(site, patch, 28, "make room")


SWITCHED_OFF = [
    pytest.param(
        run,
        "locked",
        unlocked,
        lambda site: test_p06_two_builds.test_p06_a_build_that_is_locked_out_says_so(
            site, "briefings"
        ),
        id="the lock",
    ),
    pytest.param(
        staging,
        "locked",
        unlocked,
        lambda site: test_p06_two_builds.test_p06_a_build_that_is_locked_out_says_so(
            site, "mkdocs"
        ),
        id="the lock under MkDocs",
    ),
    pytest.param(run, "can_move", in_place, write_fails, id="the exchange"),
    pytest.param(
        staging,
        "can_move",
        in_place,
        lambda site: test_p05_whole.test_p05_a_build_by_mkdocs(site, strict=True),
        id="the exchange under MkDocs",
    ),
    pytest.param(
        publication.Publication,
        "_place",
        lambda self, path: self.target / path,
        lambda site: test_p08_addresses.test_p08_redirects_end_at_a_page_however_often_it_moves(
            site
        ),
        id="folders that a build makes",
    ),
    pytest.param(
        Places,
        "problems",
        nothing,
        test_p08_addresses.test_p08_a_moved_briefing_names_its_old_address,
        id="the check of addresses",
    ),
    pytest.param(
        Places,
        "identities",
        property(own_slugs),
        test_p08_addresses.test_p08_redirects_end_at_a_page_however_often_it_moves,
        id="ids from the ledger",
    ),
]


@pytest.mark.parametrize(("where", "name", "off", "test"), SWITCHED_OFF)
def test_a_defence_that_is_switched_off_is_missed(
    where: Any,
    name: str,
    off: Any,
    test: Callable[[MakeSite], None],
    site: MakeSite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(where, name, off)
    with pytest.raises((AssertionError, OSError)):
        test(site)


def test_the_checks_are_those_of_the_command() -> None:
    """What is switched off above is what `briefings check` and builds use."""
    assert "places(reading).problems()" in Path(checking.__file__).read_text(encoding="utf-8")
