"""What is imported before workers are started that begin with all that was imported then: a body
that is not plain needs a parser, whose extensions take longer to import than the body to make."""

from __future__ import annotations

from ..rendering.extensions import DEFAULTS
from ..rendering.parser import parser
from . import batch as batch

parser(DEFAULTS, {})
