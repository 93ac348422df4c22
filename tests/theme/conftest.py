"""Fixtures of the theme's tests: the specimens, rendered once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..browser.serving import served
from .render import write


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """All specimens, written and served; gives the origin."""
    folder = tmp_path_factory.mktemp("specimens")
    write(folder)
    with served(folder) as origin:
        yield origin
