"""Marks our words in templates where the interface is in another language than the site.

That is so where a site's language has no message catalog: the page says the site's language, and
each of our words says its own. It happens once for each template, as it is compiled; pages of a
site whose language we speak are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment
from jinja2.ext import Extension

from .walk import lang_of

_PIECE = re.compile(
    r"(?P<silent>\{#.*?#\}|\{%.*?%\})"
    r"|(?P<shown>\{\{.*?\}\})"
    r"|(?P<open><(?=[a-zA-Z/!])(?P<name>[a-zA-Z/!]*))"
    r"|(?P<close>>)",
    re.DOTALL,
)
_OURS = re.compile(
    r"\{\{-?.*\|\s*(?:word|plural|minutes_text|minutes_short|language|moment|timed|day|day_month"
    r"|month_year|short_\w+)\b(?:\([^|]*\)|\(.*\))?\s*-?\}\}",
    re.DOTALL,
)
"""An expression that ends in a filter of the interface."""
_TEXT_ONLY = frozenset({"title", "option", "textarea"})
"""Elements that hold text and no elements."""


def mark_words(env: Environment, words_lang: str, site_lang: str) -> None:
    """Make an environment, before it loads its first template, mark our words.

    Args:
        env: Whose templates are ours.
        words_lang: BCP 47 of the words.
        site_lang: BCP 47 of the site.
    """
    opening = f"<span{lang_of(words_lang, site_lang)}>"

    class Marking(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return "".join(_marked(source, opening))

    env.add_extension(Marking)


def _marked(source: str, opening: str) -> Iterator[str]:
    at, in_tag, within = 0, False, ""
    for piece in _PIECE.finditer(source):
        yield source[at : piece.start()]
        at = piece.end()
        if piece["open"]:
            in_tag = True
            within = piece["name"].lower()
        elif piece["close"]:
            in_tag = False
        if piece["shown"] and not in_tag and within not in _TEXT_ONLY and _OURS.fullmatch(piece[0]):
            # White space control belongs to what is now outside.
            inner = piece[0][2:-2]
            before = "{#--#}" if inner.startswith("-") else ""
            after = "{#--#}" if inner.endswith("-") else ""
            yield f"{before}{opening}{{{{{inner.strip('-')}}}}}</span>{after}"
        else:
            yield piece[0]
    yield source[at:]
