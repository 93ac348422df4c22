"""Looking for garbage less often is over when a build is; what is free is given back."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from mkdocs_briefings.building.garbage import collecting_seldom, give_back


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
