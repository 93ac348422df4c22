"""Looking for garbage less often is over when a build is; what is free is given back."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from mkdocs_briefings.building.garbage import collect_hardly, collecting_seldom, give_back


def test_it_ends_with_the_build() -> None:
    before = gc.get_threshold()
    seen = []

    def build() -> None:
        with collecting_seldom():
            seen.append((gc.get_threshold() > before, gc.isenabled()))
            raise ValueError("ends")

    with pytest.raises(ValueError, match="ends"):
        build()
    assert seen == [(True, True)]
    assert gc.get_threshold() == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is kept, or none can tell")
def test_what_is_free_is_given_back() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) << 12

    # Every tenth stays, and so would the pages of all between.
    kept = [bytes(20_000) for _ in range(5_000)][::10]
    held = resident()
    give_back()
    assert held - resident() > 30_000_000
    assert len(kept) == 500


def test_who_looks_as_usual_goes_on_so() -> None:
    """A process that builds again and again, and does not end with a build."""
    before = gc.get_threshold()
    collect_hardly()
    assert gc.get_threshold() == before
    with collecting_seldom():
        seldom = gc.get_threshold()
        collect_hardly()
        assert gc.get_threshold() > seldom
    assert gc.get_threshold() == before


def test_a_python_without_a_third_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    with collecting_seldom():
        first, second, _ = gc.get_threshold()
        with monkeypatch.context() as patched:
            patched.setattr(gc, "get_threshold", lambda: (first, second, 0))
            patched.setattr(gc, "set_threshold", lambda *to: asked.append(to))
            collect_hardly()
    assert [to[0] > first for to in asked] == [True]


def test_what_a_build_left_is_not_looked_through_when_it_ends() -> None:
    with collecting_seldom():
        left = [[number] for number in range(5000)]
    old = {id(each) for each in gc.get_objects(generation=2)}
    assert old.issuperset(map(id, left))
