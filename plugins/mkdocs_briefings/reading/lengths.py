"""How long texts of the front matter may be."""

from __future__ import annotations

TITLE, NAME, TOPIC, PAPER, TEXT = 200, 100, 60, 40, 1000
"""Most code points of a title, a person's name, a topic's name, the number of a paper, and any
other text."""
