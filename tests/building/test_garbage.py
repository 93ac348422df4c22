"""Looking for garbage less often is over when a build is, however it ends."""

from __future__ import annotations

import gc

import pytest
from mkdocs_briefings.building.garbage import collecting_seldom


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
