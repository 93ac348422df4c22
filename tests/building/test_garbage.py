"""Looking for garbage less often is over when a build is, however it ends."""

from __future__ import annotations

import gc

import pytest
from mkdocs_briefings.building.garbage import collecting_seldom


def test_it_ends_with_the_build() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="ends"), collecting_seldom():
        assert gc.get_threshold() > before
        assert gc.isenabled()
        raise ValueError("ends")
    assert gc.get_threshold() == before
