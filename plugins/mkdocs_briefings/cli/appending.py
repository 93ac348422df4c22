"""Registries that grow: entries put at the end of topics.yml or authors.yml, the rest kept."""

from __future__ import annotations

from pathlib import Path

from . import writing


def append(path: Path, lines: str) -> str:
    """Append entries to a registry, whole or not at all; why it was left alone, or empty."""
    before = path.read_bytes()
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    ends = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else ends
    after = text + gap + lines.replace("\n", ends)
    return _grown(text, after, lines) or _replaced(path, before, after)


def _replaced(path: Path, before: bytes, after: str) -> str:
    try:
        writing.replace(path, before, after)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _grown(before: str, after: str, lines: str) -> str:
    """Why appending would not just add the entries; empty when it does."""
    import yaml

    try:
        old, new, more = (
            yaml.load(text, Loader=yaml.CBaseLoader) or {} for text in (before, after, lines)
        )
    except (yaml.YAMLError, RecursionError):
        return "an entry at its end would not be read as one"
    if not isinstance(old, dict) or new != {**old, **more} or set(old) & set(more):
        return "an entry at its end would not be read as one"
    return ""
