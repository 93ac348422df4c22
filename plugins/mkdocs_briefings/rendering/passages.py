"""Marks the passages of a body that are in another language than its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..catalog import markup
from ..catalog.briefing import Passage
from .sanitise import ATTRIBUTE, TAG
from .walk import lang_of

_HOLDERS = markup.LANGUAGE_ELEMENTS - {"q", "span"}
"""Elements that can hold a passage, and say its language."""


@dataclass(slots=True)
class _Open:
    name: str
    at: int
    """Where its tag stands in the pieces."""
    told: bool
    """Its author has said the language, here or round it."""
    texts: list[str] = field(default_factory=list)
    """Its own, without those of the holders in it."""


def with_languages(clean: str, passages: Sequence[Passage], lang: str) -> str:
    """Sanitised HTML with `lang`, and `dir` where it turns, on the elements that hold `passages`.

    A passage is known by its letters, so that marks, numbers of sources and typography do not
    matter. What an author says of an element, or of one round it, stands.

    Args:
        clean: What `sanitise` gave.
        passages: As reading found them in this text.
        lang: Language of the page, BCP 47.
    """
    if not passages:
        return clean
    sought = {_letters(passage.text): passage.lang for passage in passages}
    pieces: list[str] = []
    stack: list[_Open] = []
    at = 0
    for tag in TAG.finditer(clean):
        text = clean[at : tag.start()]
        pieces += [text, tag[0]]
        at = tag.end()
        if stack:
            stack[-1].texts.append(text)
        if tag[2] not in _HOLDERS:
            continue
        if not tag[1]:
            own = "lang" in dict(ATTRIBUTE.findall(tag[3]))
            told = own or bool(stack and stack[-1].told)
            stack.append(_Open(tag[2], len(pieces) - 1, told))
        elif stack and stack[-1].name == tag[2]:
            held = stack.pop()
            found = sought.get(_letters("".join(held.texts)))
            if found and not held.told:
                opened = pieces[held.at]
                pieces[held.at] = f"{opened[:-1]}{lang_of(found, lang)}>"
    return "".join([*pieces, clean[at:]])


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))
