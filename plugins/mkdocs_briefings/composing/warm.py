"""What is imported before workers are started that begin with all that was imported then: the
first body needs a parser, whose extensions and patterns take longer to get ready than it does."""

from __future__ import annotations

from ..rendering.extensions import DEFAULTS, parser
from . import batch as batch

parser(DEFAULTS, {})
