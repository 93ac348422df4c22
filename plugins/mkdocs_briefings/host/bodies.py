"""Rendered bodies as they are kept."""

from __future__ import annotations

from typing import Final

from ..building.codec import Codec
from ..rendering.markdown import RenderedBody

BODIES: Final = Codec(RenderedBody)
"""As rows of kind `body`, by their keys."""
