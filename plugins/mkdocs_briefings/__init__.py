"""Curated briefings as a published, cross-linked website."""

__version__ = "0.1.0"
