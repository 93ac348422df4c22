"""Descriptions long enough to tell something where a page is found or its link is shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .records import BriefingView, View
from .words import clip

LEAST = 70
"""Characters: results and shared links have room for twice as much."""


def described(view: View, purpose: str) -> View:
    """A view whose description, when it is short, is followed by more that its page says.

    A briefing goes on with why it matters and with its key points; any other page with what the
    site is for. Where there is nothing to go on with, it stays short.
    """
    text = view.description
    if len(text) >= LEAST or view.noindex:
        return view
    for more in _more(view, purpose):
        if more and more not in text:
            text = f"{_ended(text)} {more}" if text else more
        if len(text) >= LEAST:
            break
    return view if text == view.description else replace(view, description=clip(text))


def _more(view: View, purpose: str) -> Iterator[str]:
    if isinstance(view, BriefingView):
        yield view.why
        yield from (point.text for point in view.key_points)
    elif not view.lang:
        # The purpose is in the site's language.
        yield purpose


def _ended(text: str) -> str:
    """A text that ends a sentence."""
    return text if text[-1] in ".!?…。！？؟" else f"{text}."
